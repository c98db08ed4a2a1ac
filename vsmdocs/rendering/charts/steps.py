"""Values that hold until the next one, as step lines with gaps.

A long history has more snapshots than a plot has columns. Of those in one column the first,
the last and the extremes are drawn, which look the same as all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from vsmdocs.rendering.charts.plane import Point

Place = tuple[float, float | None]
"""Where a snapshot is; None where its value is unknown."""


class Run(NamedTuple):
    """A piece of a line without a gap: where it steps to what, and where it ends."""

    points: tuple[Point, ...]
    end: float


def find_runs(places: Sequence[Place], end: float) -> tuple[Run, ...]:
    """Return the pieces of a line whose last value holds up to `end`."""
    runs: list[Run] = []
    points: list[Point] = []
    for x, y in _fewer(places):
        if y is None:
            if points:
                runs.append(Run(tuple(points), x))
            points = []
        elif not points or points[-1][1] != y:
            points.append((x, y))
    if points:
        runs.append(Run(tuple(points), end))
    return tuple(runs)


def _fewer(places: Sequence[Place]) -> list[Place]:
    found: list[Place] = []
    for _, column in groupby(places, key=lambda place: round(place[0])):
        members = list(column)
        if len(members) > 4:
            known = [(y, index) for index, (_, y) in enumerate(members) if y is not None]
            extremes = {min(known)[1], max(known)[1]} if known else set()
            members = [members[i] for i in sorted({0, len(members) - 1, *extremes})]
        found += members
    return found


def line_path(runs: Sequence[Run]) -> str:
    """Return the line itself."""
    return "".join(_steps(run, f"M{run.points[0][0]:g} {run.points[0][1]:g}") for run in runs)


def area_path(runs: Sequence[Run], base: float) -> str:
    """Return the area between a line and the axis."""
    return "".join(
        _steps(run, f"M{run.points[0][0]:g} {base:g}V{run.points[0][1]:g}") + f"V{base:g}Z"
        for run in runs
    )


def _steps(run: Run, start: str) -> str:
    steps = "".join(f"H{x:g}V{y:g}" for x, y in run.points[1:])
    return f"{start}{steps}H{run.end:g}"


def between_path(one: Sequence[Run], other: Sequence[Run]) -> str:
    """Return the area between two lines, where both are known."""
    sides = _breaks(one), _breaks(other)
    edges = sorted({x for side in sides for x, _ in side})
    parts = []
    for left, right in pairwise(edges):
        upper, lower = (_height(side, left) for side in sides)
        if upper is not None and lower is not None and upper != lower:
            parts.append(f"M{left:g} {upper:g}H{right:g}V{lower:g}H{left:g}Z")
    return "".join(parts)


def _breaks(runs: Sequence[Run]) -> list[Place]:
    return [place for run in runs for place in (*run.points, (run.end, None))]


def _height(breaks: Sequence[Place], x: float) -> float | None:
    index = bisect_right(breaks, x, key=lambda place: place[0]) - 1
    return breaks[index][1] if index >= 0 else None


def spaced(points: Sequence[Point], keep: frozenset[int], least: float) -> list[int]:
    """Return which marks to draw so that none merge: those to keep, and what has room.

    Points are in the order of `x`.
    """
    chosen: list[int] = []
    kept = sorted(keep)
    for index, point in enumerate(points):
        if index in keep:
            if not any(points[other] == point for other in chosen if other in keep):
                chosen.append(index)
        elif not (_crowded(point, points, chosen, least) or _crowded(point, points, kept, least)):
            chosen.append(index)
    return chosen


def _crowded(point: Point, points: Sequence[Point], others: Sequence[int], least: float) -> bool:
    for other in reversed(others):
        x, y = points[other]
        if point[0] - x >= least:
            return False
        if abs(point[0] - x) < least and abs(point[1] - y) < least:
            return True
    return False
