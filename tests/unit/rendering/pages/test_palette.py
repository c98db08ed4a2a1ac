"""Colours of a project: used as they are set or refused, and all that follows can be read."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.rendering.pages.test_assets import MARKS, PAIRS, STYLE
from vsmdocs.rendering.colours import contrast
from vsmdocs.rendering.pages.palette import KEYS, as_style, built_in, settle
from vsmdocs.rendering.shades import Shades


def colours(least: int, most: int) -> st.SearchStrategy[str]:
    return st.tuples(*3 * [st.integers(least, most)]).map(lambda rgb: f"#{bytes(rgb).hex()}")


def pairs(light: st.SearchStrategy[str], dark: st.SearchStrategy[str]) -> Any:
    return st.tuples(light, dark).map(lambda pair: Shades(*pair))


# Mostly such as a designer would choose, and some that nobody could read.
DEEP, PALE, ANY = colours(0, 0x70), colours(0xA0, 0xFF), colours(0, 0xFF)
SHADES = st.one_of(
    pairs(DEEP, PALE), DEEP.map(lambda light: Shades(light, "", True)), pairs(ANY, ANY)
)
GROUNDS = st.one_of(
    pairs(colours(0xE0, 0xFF), colours(0, 0x28)), colours(0xD0, 0xFF).map(Shades), pairs(ANY, ANY)
)
CHOSEN = st.dictionaries(st.sampled_from(KEYS), st.none()).flatmap(
    lambda keys: st.fixed_dictionaries(
        {key: GROUNDS if key in ("ground", "card") else SHADES for key in keys if key != "ink"}
    )
)


@settings(max_examples=50)
@given(CHOSEN)
def test_what_is_not_refused_can_be_read(chosen: dict[str, Shades]) -> None:
    changed, faults = settle(chosen, STYLE)
    refused = {fault.theme for fault in faults}
    for at, theme in enumerate(("light", "dark")):
        if theme in refused:
            continue
        tokens = built_in(STYLE)[at] | {name: pair[at] for name, pair in changed.items()}
        for text, ground in PAIRS:
            assert contrast(tokens[text], tokens[ground]) >= 4.5, (theme, text, ground)
        for mark, ground in product(MARKS, ("ground", "card", "sunken")):
            assert contrast(tokens[mark], tokens[ground]) >= 3, (theme, mark, ground)
        for key, shades in chosen.items():
            if said := shades[at]:
                assert tokens[key] == said


def test_nothing_set_changes_nothing() -> None:
    assert settle({}, STYLE) == ({}, [])
    assert as_style({}) == ""


def test_a_colour_of_the_house_is_that_of_links_and_has_a_shade_for_the_night() -> None:
    changed, faults = settle({"flow": Shades("#0b6e4f", "", True)}, STYLE)
    assert faults == []
    assert set(changed) == {"flow", "link", "flow-soft"}
    light, dark = changed["flow"]
    assert light == "#0b6e4f"
    assert changed["link"] == (light, dark)
    assert contrast(dark, built_in(STYLE)[1]["card"]) >= 6


@pytest.mark.parametrize(
    ("chosen", "key", "theme", "words", "hint"),
    [
        ({"wait": Shades("#f4a94a", "", True)}, "wait", "light", "is 1.7:1", "nearest shade"),
        ({"flow": Shades("#1d5fa8", "#1d5fa8")}, "flow", "dark", "text needs 4.5:1", '"#'),
        ({"ground": Shades("#888888")}, "ground", "light", "needs 7:1", "will do, or set ink"),
        ({"ink": Shades("#999999")}, "ink", "light", "needs 7:1", '"#'),
        ({"wait": Shades("#1d5fa8", "#f4a94a")}, "wait", "light", "told from flow", "hue"),
    ],
)
def test_what_is_refused_says_why_and_what_would_do(
    chosen: dict[str, Shades], key: str, theme: str, words: str, hint: str
) -> None:
    fault = settle(chosen, STYLE)[1][0]
    assert (fault.key, fault.theme) == (key, theme)
    assert words in fault.message
    assert hint in fault.hint


def test_print_keeps_its_white_ground() -> None:
    style = as_style({"ground": ("#eeffee", "#001100"), "wait": ("#a33b00", "#ffb067")})
    paper, screen = style.split("\n", 1)
    assert paper == ":root, :root[data-theme] { --wait: light-dark(#a33b00, #ffb067); }"
    assert screen.startswith("@media screen")
    assert "--ground" in screen
