"""The burn-down of a gap: what was promised, what became real, and when the rest would.

A promise is what a future state says of a figure. It may move, and that is part of the story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vsmdocs.analysis.trend.pace import Point, find_pace
from vsmdocs.analysis.trend.trends import SAME, Known, Moment, Trend
from vsmdocs.language import tr

FEWEST_VALUES = 5
"""Of fewer different values no pace is taken."""
SHORTEST = timedelta(days=28)
"""In a shorter time no pace shows."""
FARTHEST = timedelta(days=3653)
"""Ten years: what would take longer is no forecast."""
_DAY = timedelta(days=1)
_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Promise:
    """What a future state said, from then on."""

    value: float
    change: float | None
    """Against what it said before; None for the first."""
    moment: Moment


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the promise would be reached at the pace so far."""

    likely: datetime
    earliest: datetime
    """With the upper end of the pace's range: one in ten would be sooner."""
    latest: datetime | None
    """With its lower end; None where that would take more than ten years, or never get there."""
    per_month: float
    """By how much the figure changes in a month, with its sign."""
    values: int
    """How many values the pace was taken from."""


@dataclass(frozen=True, slots=True)
class Burndown:
    """One figure of a stream on its way to one future state."""

    key: str
    current: Trend
    future: Trend
    start: Known
    """The value that was real when the promise was made, or the first one after."""
    promises: tuple[Promise, ...]
    """Oldest first, one for each time it moved; never empty."""
    newest: Known
    """What is real, as far as it is known."""
    remaining: float
    """How far it is from there to the newest promise; 0 or below where it is reached."""
    closed: float | None
    """The part of the way from the start to the newest promise that is done: below 0 where the
    figure went the other way, above 1 beyond the promise. None where there was no way to go."""
    reached: Moment | None
    """Since when the newest promise has been kept."""
    target: date | None
    """When it was to be real."""
    forecast: Forecast | None
    silence: str
    """Why there is no forecast, in the language of the site."""

    @property
    def promise(self) -> Promise:
        """The newest promise."""
        return self.promises[-1]


def find_burndown(current: Trend, future: Trend, target: date | None = None) -> Burndown | None:
    """Return how the gap in a figure closes; None where the two were never known together."""
    promises = _promises(future)
    start = _start(current, future)
    if not promises or start is None or current.newest is None:
        return None
    goal, newest = promises[-1].value, current.newest
    way = goal - start.value
    toward = 0.0 if abs(way) <= SAME else 1.0 if way > 0 else -1.0
    remaining = (goal - newest.value) * toward if toward else 0.0
    remaining = 0.0 if abs(remaining) <= SAME else remaining
    forecast: Forecast | str
    if future.ended:
        forecast = tr("the future state was removed")
    elif future.present is None:
        forecast = tr("what the future state promises now is unknown")
    elif current.present is None:
        forecast = tr("the present value is unknown")
    elif not toward:
        forecast = tr("the future state promises no change of it")
    elif remaining <= 0:
        forecast = tr("it is reached")
    else:
        forecast = _forecast(current, start, remaining, toward)
    return Burndown(
        current.key,
        current,
        future,
        start,
        promises,
        newest,
        remaining,
        (newest.value - start.value) / way if toward else None,
        _reached(current, start, goal, toward) if toward and remaining <= 0 else None,
        target,
        forecast if isinstance(forecast, Forecast) else None,
        "" if isinstance(forecast, Forecast) else forecast,
    )


def _promises(future: Trend) -> tuple[Promise, ...]:
    found: list[Promise] = []
    for moment, value in zip(future.moments, future.values, strict=True):
        before = found[-1].value if found else None
        if value is not None and (before is None or abs(value - before) > SAME):
            found.append(Promise(value, None if before is None else value - before, moment))
    return tuple(found)


def _start(current: Trend, future: Trend) -> Known | None:
    if future.first is None:
        return None
    when = future.first.at
    held = current.at(when)
    if held is not None:
        return held
    later = (
        index
        for index, moment in enumerate(current.moments)
        if moment.at >= when and current.values[index] is not None
    )
    index = next(later, None)
    return None if index is None else current.known(index)


def _reached(current: Trend, start: Known, goal: float, toward: float) -> Moment | None:
    since = None
    for index in range(len(current.moments) - 1, start.index - 1, -1):
        value = current.values[index]
        if value is None:
            continue
        if (goal - value) * toward > SAME:
            break
        since = current.moments[index]
    return since


def _forecast(current: Trend, start: Known, remaining: float, toward: float) -> Forecast | str:
    """Return the forecast, or why there is none."""
    if current.newest is None or current.newest.partial:
        return tr("the present value leaves steps out whose times are unknown")
    points, values = _changes(current, start)
    if values < FEWEST_VALUES:
        return tr(
            "too few values to tell a pace from: {values} since the promise, and {fewest} are "
            "needed",
            values=values,
            fewest=FEWEST_VALUES,
        )
    if points[-1][0] - points[0][0] < SHORTEST / _DAY:
        return tr("the record is shorter than {days} days", days=SHORTEST.days)
    pace = find_pace([(x, y * toward) for x, y in points])
    if pace is None or abs(pace.slope) * (FARTHEST / _DAY) <= SAME:
        return tr("it stands still")
    if pace.slope < 0:
        return tr("so far it moves away from what was promised")
    likely = _reach(current.until, remaining, pace.slope)
    earliest = _reach(current.until, remaining, pace.high)
    if likely is None or earliest is None:
        return tr("at the pace so far it would take more than ten years")
    return Forecast(
        likely,
        earliest,
        _reach(current.until, remaining, pace.low),
        pace.slope * toward * _MONTH,
        values,
    )


def _changes(current: Trend, start: Known) -> tuple[list[Point], int]:
    """Return when (in days) the figure changed to what, up to now, and how often it did.

    The present is a point of its own: that nothing has happened since the last change counts.
    """
    points: list[Point] = []
    for index in range(start.index, len(current.moments)):
        known = current.known(index)
        if known is None or known.partial:
            continue
        days = max((known.at - start.at) / _DAY, 0.0)
        if points and abs(points[-1][1] - known.value) <= SAME:
            continue
        if points and points[-1][0] == days:
            points.pop()
        points.append((days, known.value))
    values = len(points)
    end = (current.until - start.at) / _DAY
    if points and end > points[-1][0]:
        points.append((end, points[-1][1]))
    return points, values


def _reach(now: datetime, remaining: float, pace: float) -> datetime | None:
    """Return when the rest is done at a pace a day; None beyond `FARTHEST`, or never."""
    if pace * (FARTHEST / _DAY) < remaining:
        return None
    return now + timedelta(days=remaining / pace)
