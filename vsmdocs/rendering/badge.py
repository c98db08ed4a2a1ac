"""A stream's lead time as a badge, for the README of what it delivers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vsmdocs.language import mark, own_way, tr
from vsmdocs.rendering.picture.textfit import text_width
from vsmdocs.rendering.words import tone_word

LABEL = mark("lead time")
_SIZE = 11
_NARROW = 0.88
"""What badges are usually set in is that much narrower than the widest of fonts."""
_EDGE, _SIGN = 8, 15
_SIGNS = {"better": "M0 3H8L4 9Z", "worse": "M0 9H8L4 3Z"}
"""Down and up, since a lead time is the better the shorter it is."""


class BadgeView(NamedTuple):
    """A badge, ready to be drawn."""

    sentence: str
    label: str
    value: str
    left: int
    """Width of the part that says what it is."""
    width: int
    sign: str
    """What shows where it is going, as a path; nothing where that is unknown or level."""
    sign_at: int
    label_at: float
    value_at: float
    ground: str
    fill: str
    ink: str


def badge_view(title: str, value: str, direction: str, tokens: Mapping[str, str]) -> BadgeView:
    """Return the badge of a stream; `direction` is `better`, `worse` or anything else."""
    sign = _SIGNS.get(direction, "")
    label, shown = own_way(tr(LABEL)), value
    told = tr("Lead time of {stream}: {time}", stream=title, time=value)
    if sign:
        tone = tone_word(direction)
        shown = own_way(tr("{time} {tone}", time=value, tone=tone))
        told = tr("Lead time of {stream}: {time}, {tone}", stream=title, time=value, tone=tone)
    left, right = _width(label), _width(shown) + (_SIGN if sign else 0)
    fill = tokens[f"--{direction}"] if sign else tokens["--flow"]
    return BadgeView(
        told, label, shown, left, left + right, sign, left + _EDGE,
        left / 2, left + (right + (_SIGN if sign else 0)) / 2,
        tokens["--ink"], fill, tokens["--card"],
    )  # fmt: skip


def _width(text: str) -> int:
    return round(text_width(text) * _SIZE * _NARROW) + 2 * _EDGE
