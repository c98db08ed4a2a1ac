"""Colours: read, measured as WCAG does, and brought to where they can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.rendering.colours import contrast, difference, lowest, mix, parse_colour, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#0B6E4F", "#0b6e4f"),
        ("#abc", "#aabbcc"),
        ("rgb(11, 110, 79)", "#0b6e4f"),
        ("RGB( 11 110 79 )", "#0b6e4f"),
        ("hsl(0 100% 50%)", "#ff0000"),
        ("hsl(120deg, 100%, 50%)", "#00ff00"),
        ("red", None),
        ("#12345", None),
        ("#0b6e4f80", None),
        ("rgb(256 0 0)", None),
        ("rgb(1 2 3 / 50%)", None),
        ("hsl(361 0% 0%)", None),
        ("hsl(0 101% 0%)", None),
        ("rgb(٣ 0 0)x", None),
        ("var(--x)", None),
        ("url(https://x)", None),
        ("#fff;}", None),
        ("", None),
    ],
)
def test_colours_are_read_or_refused(written: str, colour: str | None) -> None:
    assert parse_colour(written) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # The first two follow from the definition; the others are WebAIM's contrast checker's.
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#777777", 1),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_the_nearest_shade_can_be_read(colour: str, ground: str) -> None:
    found = readable(colour, [ground])
    # Either black or white can be read on any one ground.
    assert found is not None
    assert contrast(found, ground) >= 4.5
    if contrast(colour, ground) >= 4.5:
        assert found == colour


def test_there_is_none_for_grounds_too_far_apart() -> None:
    assert readable("#ff0000", ["#ffffff", "#000000"], 5) is None
    assert lowest("#777777", ["#ffffff", "#777777"]) == 1


@given(COLOURS, COLOURS)
def test_mixing_ends_at_both_colours(one: str, other: str) -> None:
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)
    assert difference(one, one) == 0
    assert difference(one, other) == pytest.approx(difference(other, one))
