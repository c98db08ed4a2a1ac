"""Rework arrows: they leave a box at its top, run back on a rail above all lanes, and return.

Each loop has a track of its own where another would touch it, so that no rework arrow runs
into the forward flow and every label has its room. They are not given to Graphviz.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vsmdocs.language import own_way, tr, tr_n
from vsmdocs.model.stream import Rework, ValueStreamMap
from vsmdocs.rendering.picture.curves import Arrow, arrow, corners, rounded
from vsmdocs.rendering.picture.layout import Point
from vsmdocs.rendering.picture.textfit import text_width, wrap
from vsmdocs.rendering.quantities import format_percent

TRACK = 24
_LABEL = 11
_RADIUS = 7
_CLEAR = 12
"""Between the lowest label and the boxes' highest place, of which the lanes' edge takes 8."""
_LONGEST_LABEL = 300
_OFFSETS = (22, 31, 13, 38, 27, 17, 35, 8)
"""From a box's middle to where its rails start or end; all stay clear of its badges."""


class Rail(NamedTuple):
    """One rework arrow."""

    path: str
    head: Arrow
    label: str
    label_at: Point
    """Centre of the label."""
    label_width: float
    title: str
    points: tuple[Point, ...]
    mark: str = ""
    """Of two versions in one picture: `added`, `removed` or `changed`."""

    @property
    def head_points(self) -> str:
        """The arrow head as a polygon's points."""
        return corners(self.head)

    @property
    def pill(self) -> str:
        """What the label stands on, as a path."""
        x, y = self.label_at
        return rounded(x - self.label_width / 2, y - 9, self.label_width, 18, 9)

    @property
    def label_y(self) -> float:
        """Baseline of the label."""
        return self.label_at[1] + 4

    def moved(self, dx: float, dy: float) -> Rail:
        """Return the same rail elsewhere."""

        def move(point: Point) -> Point:
            return (round(point[0] + dx, 1), round(point[1] + dy, 1))

        points = tuple(move(point) for point in self.points)
        a, b, c = self.head
        return Rail(
            _rounded(points), (move(a), move(b), move(c)), self.label, move(self.label_at),
            self.label_width, self.title, points,
        )  # fmt: skip


class Rails(NamedTuple):
    """All rework arrows, and the room that they need above the lanes."""

    rails: tuple[Rail, ...]
    height: float


def route(
    stream_map: ValueStreamMap,
    places: Mapping[str, Point],
    width: float,
    canvas: float,
    hours: Callable[[float], str],
    labels: Mapping[int, str] | None = None,
) -> Rails:
    """Route every loop; y is measured from the top of the lanes, rails are above it.

    `labels` has, by the loop's place in the map, what stands on it instead of its own words.
    """
    names = {step.id: step.title for step in stream_map.steps}
    leaving: dict[str | float, int] = {}
    arriving: dict[str | float, int] = {}
    plans: list[tuple[Rework, list[Point], list[Point], float, float, str, float]] = []
    for number, loop in enumerate(stream_map.rework):
        wait = hours(loop.wait.hours(stream_map.calendar)) if loop.wait else ""
        label = (labels or {}).get(number) or rail_label(loop, format_percent(loop.rate), wait)
        label_width = text_width(label) * _LABEL + 14
        out = _climb(places, loop.source, width, leaving, 1)
        back = _climb(places, loop.target, width, arriving, -1)
        left, right = sorted((out[-1][0], back[-1][0]))
        centre = min(max((left + right) / 2, label_width / 2), canvas - label_width / 2)
        low = min(left, centre - label_width / 2) - 8
        high = max(right, centre + label_width / 2) + 8
        plans.append((loop, out, back, low, high, label, centre))
    tracks: list[list[tuple[float, float]]] = []
    placed: dict[int, int] = {}
    # Short loops go nearest to the lanes, so that long ones pass over them.
    for index in sorted(range(len(plans)), key=lambda i: (plans[i][4] - plans[i][3], i)):
        _, _, _, low, high, _, _ = plans[index]
        track = next(
            (t for t, taken in enumerate(tracks) if all(high < a or low > b for a, b in taken)),
            None,
        )
        if track is None:
            track = len(tracks)
            tracks.append([])
        tracks[track].append((low, high))
        placed[index] = track
    rails = []
    for index, (loop, out, back, _, _, label, centre) in enumerate(plans):
        y = -(placed[index] + 0.5) * TRACK - _CLEAR
        points = (*out, (out[-1][0], y), (back[-1][0], y), *reversed(back))
        title = _title(loop, names[loop.source], names[loop.target])
        rails.append(
            Rail(
                _rounded(points), arrow(points[-2], points[-1], 9), label, (round(centre, 1), y),
                round(text_width(label) * _LABEL + 14, 1), title, points,
            )
        )  # fmt: skip
    return Rails(tuple(rails), len(tracks) * TRACK + 6 if tracks else 0.0)


def _title(loop: Rework, source: str, target: str) -> str:
    share = format_percent(loop.rate)
    if not loop.reason:
        return tr(
            "Rework: {share} go back from {source} to {target}",
            share=share, source=source, target=target,
        )  # fmt: skip
    return tr(
        "Rework: {share} go back from {source} to {target}, {reason}",
        share=share, source=source, target=target, reason=loop.reason,
    )  # fmt: skip


def rail_label(loop: Rework, rate: str, wait: str) -> str:
    """Return what stands on a rework arrow."""
    passes = ""
    if loop.passes is not None:
        passes = tr_n("once", "at most {n} times", loop.passes)
    parts = [rate, passes, loop.reason or "", wait]
    text = " · ".join(part for part in parts if part)
    return own_way(wrap(text, _LONGEST_LABEL / _LABEL, 1)[0])


def _climb(
    places: Mapping[str, Point],
    step: str,
    width: float,
    used: dict[str | float, int],
    side: int,
) -> list[Point]:
    """Return the way from a box up to where nothing stands above it; `side` is 1 for leaving.

    `used` counts the ways so far by step, and by column for those in the gutter beside it.
    """
    x, y = places[step]
    nth = _count(used, step)
    blocked = any(
        other != step and abs(cx - x) < width and cy < y for other, (cx, cy) in places.items()
    )
    if not blocked:
        return [(x + width / 2 + side * _OFFSETS[nth], y)]
    beside = _count(used, round(x))
    away = 9 + 2 * (beside % 4) + beside // 4
    edge = x + width if side > 0 else x
    level = y + 12 + 6 * (nth % 4) + 3 * (nth // 4)
    return [(edge, level), (edge + side * away, level)]


def _count(used: dict[str | float, int], key: str | float) -> int:
    nth = used.get(key, 0)
    used[key] = nth + 1
    return nth % len(_OFFSETS)


def _rounded(points: tuple[Point, ...]) -> str:
    """Return a path through the points with rounded places; all its lines are straight."""
    parts = [f"M{points[0][0]:g},{points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(
            f"L{start[0]:g},{start[1]:g}Q{corner[0]:g},{corner[1]:g} {end[0]:g},{end[1]:g}"
        )
    parts.append(f"L{points[-1][0]:g},{points[-1][1]:g}")
    return "".join(parts)


def _towards(corner: Point, other: Point) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    if not length:
        return corner
    reach = min(_RADIUS, length / 2) / length
    return (round(corner[0] + dx * reach, 1), round(corner[1] + dy * reach, 1))
