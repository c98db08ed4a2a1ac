"""When a snapshot counts, although committers' clocks may be wrong.

The order of a history is that of its commits; their dates only say how far apart they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""A commit that says it is older has a clock that was never set."""
_AHEAD = timedelta(days=1)
"""How far ahead of ours a clock may be."""


def is_sane(date: datetime, now: datetime) -> bool:
    """Return whether a commit can have been made then."""
    return EARLIEST <= date <= now + _AHEAD


def settle(dates: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return a time for each date, none earlier than the one before it.

    As many dates as possible are kept: the longest series that is sane and never runs
    backwards. Any other commit counts as made together with the one before it, so that one
    wrong clock moves no other commit.
    """
    kept = _longest_rise([index for index, date in enumerate(dates) if is_sane(date, now)], dates)
    if not kept:
        return tuple(min(max(dates[0], EARLIEST), now) for _ in dates)
    settled, last = [], dates[min(kept)]
    for index, date in enumerate(dates):
        last = date if index in kept else last
        settled.append(last)
    return tuple(settled)


def _longest_rise(indices: Sequence[int], dates: Sequence[datetime]) -> frozenset[int]:
    """Return the most of these indices whose dates never fall, by patience sorting.

    Of several such series one whose dates lie close together is taken.
    """
    ends: list[datetime] = []
    piles: list[list[int]] = []
    before: dict[int, int | None] = {}
    for index in indices:
        date = dates[index]
        number = bisect_right(ends, date)
        before[index] = _nearest(piles[number - 1], date, dates) if number else None
        if number == len(piles):
            ends.append(date)
            piles.append([index])
        else:
            ends[number] = date
            piles[number].append(index)
    found: set[int] = set()
    at = piles[-1][-1] if piles else None
    while at is not None:
        found.add(at)
        at = before[at]
    return frozenset(found)


def _nearest(pile: Sequence[int], date: datetime, dates: Sequence[datetime]) -> int:
    """Return the latest of a pile that is not later; the dates of a pile fall."""
    return pile[bisect_left(pile, True, key=lambda index: dates[index] <= date)]
