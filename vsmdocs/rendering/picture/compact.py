"""Durations short enough for a box in a picture: one number, one unit."""

from __future__ import annotations

from functools import lru_cache

from vsmdocs.model.units import Calendar

_SPACE = "\u00a0"


def compact_hours(hours: float | None, calendar: Calendar) -> str:
    """Return `45 min`, `2.5 h` or `14.9 d`; the exact value stands in the table."""
    return "?" if hours is None else _text(hours, calendar.hours_per_day)


# A hundred of them stand in a picture, and between two versions all but one are the same.
@lru_cache(maxsize=8192)
def _text(hours: float, hours_per_day: float) -> str:
    if hours == 0:
        return "0"
    if hours < 1:
        minutes = hours * 60
        if minutes < 1:
            return f"{_number(minutes * 60)}{_SPACE}s"
        if round(minutes) < 60:
            return f"{_number(minutes)}{_SPACE}min"
    if hours < hours_per_day - 0.05:
        return f"{_number(hours)}{_SPACE}h"
    return f"{_number(hours / hours_per_day)}{_SPACE}d"


def _number(value: float) -> str:
    """Return at most three significant figures."""
    if value >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if value >= 0.95 else f"{value:.2g}"
