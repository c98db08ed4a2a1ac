"""Figures as advice says them: rounded, in the units that maps are written in."""

from __future__ import annotations

from vsmdocs.model.units import Calendar


def hours_text(hours: float, calendar: Calendar) -> str:
    """Return working hours as a map would state them: `30m`, `4h`, `2.5d`."""
    if hours >= calendar.hours_per_day - 0.05:
        days = hours / calendar.hours_per_day
        return f"{_short(days)}d"
    if hours >= 0.995:
        return f"{_short(hours)}h"
    return f"{max(round(hours * 60), 1)}m"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 99.95 else f"{number:.1f}".removesuffix(".0")


def percent_text(share: float) -> str:
    """Return a share in whole percent, or `under 1%`."""
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"
