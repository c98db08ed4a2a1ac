"""Names where the lines end and over the milestones, none on top of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsmdocs.rendering.charts.parts import Shape, Text
from vsmdocs.rendering.charts.plane import ROW, Plane
from vsmdocs.rendering.charts.words import fitted
from vsmdocs.rendering.picture.textfit import is_rtl, text_width

SIZES = {"value": 13.0, "name": 12.0}
LINE = 15.0
"""From baseline to baseline."""
_APART = 4.0
_BESIDE = 10.0
"""From the axis' end to the labels."""
_OFF = 4.0
"""From a milestone to its name."""


class EndLabel(NamedTuple):
    """What stands where a line ends."""

    kind: str
    """Of the line."""
    value: str
    names: tuple[str, ...]
    """A line each, under the value."""
    at: float
    """The value, or where on the axis it is shown."""
    lead: bool = True
    """Whether the line goes up to the labels."""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Kind of text, and text."""
        return (("value", self.value), *(("name", name) for name in self.names))


class Milestones(NamedTuple):
    """The placed names, which row of them each has, and how many rows there are."""

    texts: tuple[Text, ...]
    row_of: tuple[int | None, ...]
    """By milestone; None where there is no room for the name."""
    rows: int


def end_width(labels: Sequence[EndLabel], most: float) -> float:
    """Return how much room the labels need beside the axis."""
    widths = [text_width(text) * SIZES[kind] for label in labels for kind, text in label.lines]
    return min(max(widths, default=0.0) + 1, most) + _BESIDE


def place_ends(
    labels: Sequence[EndLabel], plane: Plane, width: float
) -> tuple[tuple[Text, ...], tuple[Shape, ...]]:
    """Return the labels beside the axis, each as near to its line's end as the others allow.

    Labels come by importance: of more than have room, the last are left out.
    """
    low, high = plane.top - 8, plane.base + 6
    shown: list[EndLabel] = []
    for label in labels:
        if sum(_height(one) for one in (*shown, label)) - _APART <= high - low:
            shown.append(label)
    shown.sort(key=lambda label: -label.at)
    tops = _spread([(plane.y(one.at) - LINE / 2, _height(one)) for one in shown], low, high)
    x = plane.right + _BESIDE
    texts: list[Text] = []
    leads: list[Shape] = []
    for label, top in zip(shown, tops, strict=True):
        for number, (kind, text) in enumerate(label.lines):
            cut = fitted(text, width - x, SIZES[kind])
            texts.append(
                Text(
                    f"{kind} of-{label.kind}",
                    round(x, 1),
                    round(top + 11.5 + number * LINE, 1),
                    cut,
                    size=SIZES[kind],
                    full=text if cut != text else "",
                    rtl=is_rtl(text),
                )
            )
        y = plane.y(label.at)
        if label.lead and abs(top + LINE / 2 - y) > 3:
            path = f"M{plane.right + 2:g} {y:g}L{x - 2:g} {top + LINE / 2:.5g}"
            leads.append(Shape("lead", path))
    return tuple(texts), tuple(leads)


def _height(label: EndLabel) -> float:
    return len(label.lines) * LINE + _APART


def _spread(wanted: Sequence[tuple[float, float]], low: float, high: float) -> list[float]:
    """Return tops near the wanted ones, in their order, so that no two (top, height) overlap."""
    tops: list[float] = []
    for top, _ in wanted:
        after = tops[-1] + wanted[len(tops) - 1][1] if tops else low
        tops.append(max(top, after))
    limit = high + _APART
    for index in range(len(tops) - 1, -1, -1):
        tops[index] = min(tops[index], limit - wanted[index][1])
        limit = tops[index]
    return tops


def place_milestones(
    named: Sequence[tuple[float, str, str]], width: float, most: float, rows: int = 2
) -> Milestones:
    """Return the names over milestones given as (x, kind, name), the last ones first.

    The line of one milestone never runs through the name of another.
    """
    texts: list[Text] = []
    row_of: list[int | None] = [None] * len(named)
    lines: list[float] = []
    for row in range(rows):
        taken: list[tuple[float, float]] = []
        new_lines: list[float] = []
        for index in range(len(named) - 1, -1, -1):
            if row_of[index] is not None:
                continue
            x, kind, name = named[index]
            cut = fitted(name, most, SIZES["name"])
            size = text_width(cut) * SIZES["name"]
            for anchor, start in (("start", x + _OFF), ("end", x - _OFF - size)):
                end = start + size
                free = all(end + 6 <= a or start >= b + 6 for a, b in taken)
                crossed = any(start - 2 < line < end + 2 for line in lines)
                if not cut or start < 2 or end > width - 2 or not free or crossed:
                    continue
                taken.append((min(start, x), max(end, x)))
                new_lines.append(x)
                row_of[index] = row
                texts.append(
                    Text(
                        f"milestone of-{kind}",
                        round(start if anchor == "start" else end, 1),
                        12 + row * ROW,
                        cut,
                        "start" if anchor == "start" else "end",
                        SIZES["name"],
                        name if cut != name else "",
                        is_rtl(name),
                    )
                )
                break
        lines += new_lines
    used = max((row + 1 for row in row_of if row is not None), default=0)
    return Milestones(tuple(texts), tuple(row_of), used)
