"""Round numbers and dates for the axes.

Every axis of values begins at 0, shares too: then a height is an amount, the area under a
line is fair, and two charts can be compared. (Tufte asks it of bars; the area makes these
bars.) A share's axis ends at the next round number and not at 100 %, because an activity
ratio of 5 % that doubles would be a flat line at the bottom of a full one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import ceil, floor, log10
from typing import NamedTuple

from vsmdocs.language import isolated, own_way, spoken, tr, tr_c
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.picture.textfit import text_width
from vsmdocs.rendering.quantities import SPACE
from vsmdocs.rendering.quantities import unit as unit_of

_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
_HOURS = (1 / 6, 0.5, 1, 3, 6, 12)
_DAYS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50)
TICK_SIZE = 12
_GAP = 10.0
_NOISE = 1e-9
"""What is less is 0, as everywhere on the site."""


class ValueAxis(NamedTuple):
    """From 0 to `top`, with a label at every grid line."""

    top: float
    ticks: tuple[tuple[float, str], ...]


def short_month(number: int) -> str:
    """Return `Jan` for 1."""
    return _months(spoken().code)[number - 1]


@lru_cache(maxsize=2)
def _months(_: str) -> tuple[str, ...]:
    return (
        tr_c("short month", "Jan"), tr_c("short month", "Feb"), tr_c("short month", "Mar"),
        tr_c("short month", "Apr"), tr_c("short month", "May"), tr_c("short month", "Jun"),
        tr_c("short month", "Jul"), tr_c("short month", "Aug"), tr_c("short month", "Sep"),
        tr_c("short month", "Oct"), tr_c("short month", "Nov"), tr_c("short month", "Dec"),
    )  # fmt: skip


def value_axis(largest: float, key: str, calendar: Calendar, most: int) -> ValueAxis:
    """Return an axis of at most `most` intervals that has room for `largest`."""
    unit, form = _unit(largest, key, calendar)
    size = largest / unit
    if size < _NOISE:
        size, most = (100.0 if key in RATIO_METRICS else 1.0), 1
    step = _round_step(size / most)
    if key not in RATIO_METRICS and key not in TIME_METRICS:
        step = max(step, 1.0)
    count = max(ceil(size / step - 1e-9), 1)
    return ValueAxis(
        count * step * unit,
        tuple((n * step * unit, form.format(_amount(n * step))) for n in range(count + 1)),
    )


def _unit(largest: float, key: str, calendar: Calendar) -> tuple[float, str]:
    """Return the size of a unit, and how an amount of it is written."""
    if key in RATIO_METRICS:
        return 0.01, isolated(f"{{}}{SPACE}%")
    if key not in TIME_METRICS:
        return 1.0, "{}"
    sizes = ((calendar.hours_per_day, "d"), (1.0, "h"), (1 / 60, "min"))
    found = next(((size, name) for size, name in sizes if largest >= 2.5 * size), (1 / 3600, "s"))
    if largest < _NOISE:
        found = (1.0, "h")
    return found[0], own_way(f"{{}}{SPACE}{unit_of(found[1])}")


def _round_step(step: float) -> float:
    """Return the next of 1, 2, 5, 10, 20 and so on."""
    power: float = 10.0 ** floor(log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))


def _amount(number: float) -> str:
    if not number:
        return "0"
    return f"{number:,.10g}" if 1e-4 <= number < 1e6 else f"{number:.3g}"


class TimeTick(NamedTuple):
    """A date on the axis, and the year or day that begins there."""

    at: datetime
    label: str
    under: str


class TimeAxis(NamedTuple):
    """From one instant to a later one."""

    start: datetime
    end: datetime

    def part(self, when: datetime) -> float:
        """Return where a time is, as a part of the whole."""
        return (when - self.start) / (self.end - self.start)


def time_axis(start: datetime, end: datetime) -> TimeAxis:
    """Return an axis for these times; one instant alone stands in the middle of two days."""
    if end - start < timedelta(hours=1):
        start, end = start - timedelta(days=1), end + timedelta(days=1)
    return TimeAxis(start.astimezone(UTC), end.astimezone(UTC))


def time_ticks(axis: TimeAxis, left: float, right: float, width: float) -> tuple[TimeTick, ...]:
    """Return as many ticks as have room between `left` and `right` of a plot this wide."""
    room = right - left
    for unit, seconds in _units():
        if (axis.end - axis.start).total_seconds() / seconds > room / 20:
            continue
        ticks = _labelled(tuple(_dates(axis, unit)), unit[0])
        if ticks and _fits(ticks, axis, left, right, width):
            return ticks
    return ()


_Unit = tuple[str, float]


def _units() -> Iterator[tuple[_Unit, float]]:
    for hours in _HOURS:
        yield ("hour", hours), hours * 3600
    for days in _DAYS:
        yield ("day", days), days * 86_400
    for months in _MONTH_STEPS:
        yield ("month", months), months * 30 * 86_400
    for years in _YEAR_STEPS:
        yield ("year", years), years * 365 * 86_400


def _dates(axis: TimeAxis, unit: _Unit) -> Iterator[datetime]:
    kind, size = unit
    if kind in ("hour", "day"):
        step = timedelta(hours=size) if kind == "hour" else timedelta(days=size)
        at = _MONDAY + ceil((axis.start - _MONDAY) / step) * step
        while at <= axis.end:
            yield at
            at += step
        return
    months = int(size) * (12 if kind == "year" else 1)
    number = axis.start.year * 12
    number -= number % months
    while (at := datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)) <= axis.end:
        if at >= axis.start:
            yield at
        number += months


def _labelled(dates: tuple[datetime, ...], kind: str) -> tuple[TimeTick, ...]:
    ticks: list[TimeTick] = []
    last = ""
    for at in dates:
        month, year = short_month(at.month), str(at.year)
        if kind == "hour":
            day = tr("{day} {month} {year}", day=at.day, month=month, year=at.year)
            label, under = f"{at:%H:%M}", own_way(day)
        elif kind == "day":
            label, under = own_way(tr("{day} {month}", day=at.day, month=month)), year
        else:
            label, under = (month, year) if kind == "month" else (year, "")
        ticks.append(TimeTick(at, label, under if under != last else ""))
        last = under
    return tuple(ticks)


def tick_centre(text: str, x: float, width: float) -> float:
    """Return the middle of a tick's label, which never leaves the plot."""
    half = text_width(text) * TICK_SIZE / 2 + 1
    return min(max(x, half), width - half)


def _fits(
    ticks: tuple[TimeTick, ...], axis: TimeAxis, left: float, right: float, width: float
) -> bool:
    for row in ("label", "under"):
        end = float("-inf")
        for tick in ticks:
            text = getattr(tick, row)
            if not text:
                continue
            x = tick_centre(text, left + axis.part(tick.at) * (right - left), width)
            half = text_width(text) * TICK_SIZE / 2
            if x - half < end + _GAP:
                return False
            end = x + half
    return True
