"""Durations short enough for a box in a picture: one number, one unit."""

from __future__ import annotations

from functools import lru_cache

from vsmdocs.language import own_way, spoken
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.quantities import unit

_SPACE = "\u00a0"


def compact_hours(hours: float | None, calendar: Calendar) -> str:
    """Return `45 min`, `2.5 h` or `14.9 d`; the exact value stands in the table."""
    return "?" if hours is None else _text(hours, calendar.hours_per_day, spoken().code)


# A hundred of them stand in a picture, and between two versions all but one are the same.
@lru_cache(maxsize=8192)
def _text(hours: float, hours_per_day: float, _: str) -> str:
    number, name = _parts(hours, hours_per_day)
    return own_way(f"{_number(number)}{_SPACE}{unit(name)}") if name else "0"


def _parts(hours: float, hours_per_day: float) -> tuple[float, str]:
    """Return a number and its unit, which nothing does not have."""
    if hours == 0:
        return 0.0, ""
    if hours < 1:
        minutes = hours * 60
        if minutes < 1:
            return minutes * 60, "s"
        if round(minutes) < 60:
            return minutes, "min"
    if hours < hours_per_day - 0.05:
        return hours, "h"
    return hours / hours_per_day, "d"


def _number(value: float) -> str:
    """Return at most three significant figures."""
    if value >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if value >= 0.95 else f"{value:.2g}"
