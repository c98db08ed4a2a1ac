"""What is said in which language: filling in, choosing a number's form, and both directions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markupsafe import Markup

from tests.e2e.greek import Greek
from vsmdocs.language import (
    LANGUAGES,
    isolated,
    languages,
    own_way,
    signed,
    speaking,
    spoken,
    tr,
    tr_m,
    tr_n,
    tr_parts,
)


@pytest.fixture
def backwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak a language from right to left in which every text there could be is known."""
    monkeypatch.setattr(languages, "catalogue_of", lambda language: Greek())
    with speaking("he"):
        yield


def test_english_says_what_is_written() -> None:
    assert tr("{n} of {all}", n=1, all="{n}") == "1 of {n}"
    assert tr("braces {stay}") == "braces {stay}"
    assert [tr_n("{n} step", "{n} steps", n) for n in (0, 1, 2, 1.5)] == [
        "0 steps", "1 step", "2 steps", "1.5 steps",
    ]  # fmt: skip
    assert tr_m("<{a}> & {b}", a="<i>", b=Markup("<b>x</b>")) == Markup(
        "&lt;&lt;i&gt;&gt; &amp; <b>x</b>"
    )
    assert tr_parts("from {a} to {b}", a=1, b=2) == ("from ", 1, " to ", 2)
    assert (isolated("-1"), own_way("1 d"), signed("-", "1")) == ("-1", "1 d", "-1")


def test_a_language_is_spoken_until_the_end_of_its_block(backwards: None) -> None:
    assert spoken() == LANGUAGES["he"]
    with speaking("en"):
        assert spoken().code == "en"
        assert tr("a") == "a"
    assert tr("a") == "α"


def test_values_keep_their_own_direction(backwards: None) -> None:
    assert tr("a {b}", b="C (1)") == "α \u2068C (1)\u2069"
    assert tr("a {b}", b=isolated("-1")) == "α \u2066-1\u2069"
    assert tr("a {b}", b=2) == "α 2"
    assert tr_n("{n} a", "{n} b", 2) == "2 β"
    assert tr_m("a {b}", b="<i>") == Markup("α <bdi>&lt;i&gt;</bdi>")
    assert tr_m("a {b}", b=Markup("<i>x</i>")) == Markup("α <i>x</i>")
    assert signed("−", "1") == "\u200e−1"
    assert signed("", "1") == "1"
    # The sign is inside, since what follows it runs the other way.
    assert signed("−", own_way("1 d")) == "\u2067\u200e−1 d\u2069"
    assert own_way("1 d") == "\u20671 d\u2069"
