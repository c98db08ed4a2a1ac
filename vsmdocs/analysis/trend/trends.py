"""A figure of a map over its snapshots, as steps over real time.

A value holds from its commit until the next snapshot. Where a version cannot be read or its
figure is unknown, the line has a gap: nothing is drawn from one known value to the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Literal

from vsmdocs.analysis.gap import LEFT_OUT
from vsmdocs.analysis.trend.clocks import is_sane, settle
from vsmdocs.model.metrics import Totals
from vsmdocs.model.snapshot import MapHistory, Snapshot
from vsmdocs.model.stream import RATIO_METRICS
from vsmdocs.model.units import Calendar

FIGURES = (
    "lead_time",
    "process_time",
    "activity_ratio",
    "complete_accurate",
    "expected_lead_time",
    "wip",
    "handoffs",
)
SAME = 1e-9
"""Values that differ by less are the same."""
Direction = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A snapshot and where on the axis it stands."""

    at: datetime
    """Never before the moment before it, whatever the commit says."""
    snapshot: Snapshot
    moved: bool
    """Whether the commit says another time."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value and when it came to be."""

    at: datetime
    value: float
    partial: bool
    """Whether steps are left out of it, so that it is at least this much."""
    index: int
    """Of its moment."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure of one map over its history."""

    key: str
    name: str
    """The map's state and variant, such as `future-q2`."""
    moments: tuple[Moment, ...]
    """Oldest first; the same for all figures of a map."""
    values: tuple[float | None, ...]
    """By moment; None where nothing is known, or where the map was taken away."""
    until: datetime
    """Up to when the last value is known to hold."""
    first: Known | None
    newest: Known | None
    """The last value that is known, which may not be the present one."""
    best: Known | None
    """The first of the best values that leave no step out."""
    change: float | None
    """From the first to the newest value."""
    direction: Direction | None
    """None where a value is unknown or leaves steps out."""
    since: Moment | None
    """Since when the newest value has stood; unreadable versions between do not end that."""
    points: int
    """How many values are known."""

    @property
    def ended(self) -> bool:
        """Whether the map was removed."""
        return self.moments[-1].snapshot.removed

    @property
    def calendar(self) -> Calendar:
        """The calendar of the newest version that can be read."""
        readable = (moment.snapshot for moment in reversed(self.moments))
        return next((s.calendar for s in readable if s.readable), Calendar())

    @property
    def present(self) -> Known | None:
        """The value that holds now; None where it is unknown."""
        return self.newest if self.values[-1] is not None else None

    def known(self, index: int) -> Known | None:
        """Return what is known at a moment."""
        return _known(self.key, self.moments, self.values, index)

    def at(self, when: datetime) -> Known | None:
        """Return the value that held at a time; None where it was unknown, or before the map."""
        index = bisect_right(self.moments, when, key=lambda moment: moment.at) - 1
        return self.known(index) if index >= 0 else None


@dataclass(frozen=True, slots=True)
class FigureTrend:
    """One figure of a stream: what it is, and what it was to become."""

    key: str
    current: Trend
    futures: tuple[Trend, ...]
    """In the order in which they were given."""


def find_trends(
    current: MapHistory,
    futures: Sequence[MapHistory] = (),
    *,
    now: datetime,
    until: datetime | None = None,
) -> tuple[FigureTrend, ...]:
    """Return the trends of a stream's figures, in the order of `FIGURES`.

    `now` is the clock's time, later than which no commit's date is believed. `until` is when
    the branch was last committed to, up to where the last values hold; without it that is the
    newest snapshot of these maps.
    """
    histories = (current, *futures)
    end = until if until is not None and is_sane(until, now) else None
    moments = [_moments(history, now, end) for history in histories]
    last = max(found[-1].at for found in moments)
    last = last if end is None else max(last, end)
    lines = [
        {key: _trend(key, history.name, found, last) for key in FIGURES}
        for history, found in zip(histories, moments, strict=True)
    ]
    return tuple(
        FigureTrend(key, lines[0][key], tuple(line[key] for line in lines[1:])) for key in FIGURES
    )


def _moments(history: MapHistory, now: datetime, end: datetime | None) -> tuple[Moment, ...]:
    committed = [s.revision.committed_at for s in history.snapshots if s.revision is not None]
    settled = list(settle(committed, now)) if committed else []
    # What stands in the working tree was changed after everything that was committed.
    present = max([*settled[-1:], end or now]) if settled else end or now
    settled += [present] * (len(history.snapshots) - len(settled))
    return tuple(
        Moment(at, snapshot, snapshot.revision is not None and at != snapshot.revision.committed_at)
        for at, snapshot in zip(settled, history.snapshots, strict=True)
    )


def _trend(key: str, name: str, moments: tuple[Moment, ...], until: datetime) -> Trend:
    values = tuple(_value(key, moment.snapshot.totals) for moment in moments)
    indices = [index for index, value in enumerate(values) if value is not None]
    first = _known(key, moments, values, indices[0]) if indices else None
    newest = _known(key, moments, values, indices[-1]) if indices else None
    change = direction = None
    if first is not None and newest is not None:
        change = newest.value - first.value
        if not (first.partial or newest.partial):
            direction = direction_of(key, change)
    sign = -1 if key in RATIO_METRICS else 1
    whole = (
        (sign * value, index)
        for index, value in enumerate(values)
        if value is not None and not _is_partial(key, moments[index].snapshot.totals)
    )
    best = min(whole, default=None)
    return Trend(
        key, name, moments, values, until, first, newest,
        None if best is None else _known(key, moments, values, best[1]),
        change, direction, _since(moments, values, newest), len(indices),
    )  # fmt: skip


def direction_of(key: str, change: float) -> Direction:
    """Return whether a change of a figure is for the better."""
    if abs(change) <= SAME:
        return "same"
    return "better" if (change > 0) == (key in RATIO_METRICS) else "worse"


def _value(key: str, totals: Totals | None) -> float | None:
    if totals is None:
        return None
    value: float | None = getattr(totals, key)
    if value is None or not isfinite(value):
        return None
    # A map that knows no time at all has not got a time of 0.
    return None if not value and _is_partial(key, totals) else value


def _is_partial(key: str, totals: Totals | None) -> bool:
    return totals is not None and key in LEFT_OUT and getattr(totals, LEFT_OUT[key]) > 0


def _known(
    key: str, moments: tuple[Moment, ...], values: tuple[float | None, ...], index: int
) -> Known | None:
    value, moment = values[index], moments[index]
    if value is None:
        return None
    return Known(moment.at, value, _is_partial(key, moment.snapshot.totals), index)


def _since(
    moments: tuple[Moment, ...], values: tuple[float | None, ...], newest: Known | None
) -> Moment | None:
    if newest is None:
        return None
    since = moments[newest.index]
    for index in range(newest.index, -1, -1):
        value, snapshot = values[index], moments[index].snapshot
        if value is not None and abs(value - newest.value) <= SAME:
            since = moments[index]
        elif value is not None or snapshot.readable or snapshot.removed:
            break
    return since
