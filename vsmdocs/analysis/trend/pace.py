"""How fast a figure has moved, by a method that a few odd points cannot mislead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor, sqrt
from statistics import median

_Z = 1.2816
"""Of the standard normal distribution: one in ten lies above it, one in ten below its opposite."""
_MOST = 200
"""Points that are compared pair by pair; of more, as many are taken evenly."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pace:
    """A change by unit of time, with the range in which it lies with 80 % confidence."""

    slope: float
    low: float
    high: float


def find_pace(points: Sequence[Point]) -> Pace | None:
    """Return the Theil-Sen slope of points (time, value); None where all are of one time.

    The slope is the median of the slopes between all pairs of points (H. Theil, 1950, "A
    rank-invariant method of linear and polynomial regression analysis"), and its range the one
    of P. K. Sen (1968, "Estimates of the regression coefficient based on Kendall's tau",
    Journal of the American Statistical Association 63, 1379-1389): of N ordered slopes those
    at (N - C) / 2 and (N + C) / 2, with C = z sqrt(n (n - 1) (2 n + 5) / 18). Ties are not
    taken out of the variance, which makes the range rather too wide than too narrow.
    """
    used = _thinned(points)
    slopes = sorted(
        (y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(used, 2) if x2 != x1
    )
    if not slopes:
        return None
    size, count = len(used), len(slopes)
    spread = _Z * sqrt(size * (size - 1) * (2 * size + 5) / 18)
    low = max(floor((count - spread) / 2) - 1, 0)
    high = min(ceil((count + spread) / 2), count - 1)
    return Pace(median(slopes), slopes[low], slopes[high])


def _thinned(points: Sequence[Point]) -> Sequence[Point]:
    if len(points) <= _MOST:
        return points
    last = len(points) - 1
    return [points[round(index * last / (_MOST - 1))] for index in range(_MOST)]
