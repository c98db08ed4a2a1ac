"""Times, shares and counts as a person reads them; exact values belong into data.

Every format keeps about three significant figures and never more than two parts, with
no-break spaces inside, so that a figure is not torn apart at the end of a line.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from vsmdocs.language import ENGLISH, isolated, mark, own_way, signed, spoken, tr, tr_c, tr_n
from vsmdocs.model.units import Calendar, Rate

SPACE = "\u00a0"
MINUS = "\u2212"
UNKNOWN = mark("unknown")
_RATES = {
    "hour": mark("{n}/hour"),
    "day": mark("{n}/day"),
    "week": mark("{n}/week"),
    "month": mark("{n}/month"),
    "quarter": mark("{n}/quarter"),
    "year": mark("{n}/year"),
}
_NOISE = 1e-9


def format_hours(hours: float | None, calendar: Calendar) -> str:
    """Return working hours as `45 min`, `2 h 30 min` or `14 d 7 h` on `calendar`.

    Days are working days. Below 100 hours the last part is rounded to tenths of an hour,
    below 1,000 to hours, and from there on to days. Weeks and months are not used, because
    people do not agree on how long they are.
    """
    if hours is None:
        return unknown()
    sign, size = (MINUS if hours < 0 else ""), abs(hours)
    return signed(sign, _text(size, calendar.hours_per_day, spoken().code))


def unknown() -> str:
    """Return what stands where a figure is not known."""
    return tr(UNKNOWN)


@lru_cache(maxsize=8192)
def _text(hours: float, hours_per_day: float, _: str) -> str:
    # The same times stand in the picture, its ladder, the tables and the sentences.
    return own_way(SPACE.join(_parts(hours, hours_per_day)))


def _parts(hours: float, hours_per_day: float) -> tuple[str, ...]:
    seconds = hours * 3600
    if hours < _NOISE:
        return ("0", unit("h"))
    if seconds < 0.5:
        return ("<", "1", unit("s"))
    if round(seconds) < 2_400:
        # Half a minute is more than a hundredth of it.
        return _two(round(seconds), "min", "s")
    minutes = round(hours * 60)
    if minutes < 60 or hours < hours_per_day - 1 / 120:
        return _two(minutes, "h", "min")
    if hours >= 999.5:
        return (f"{max(round(hours / hours_per_day), 1):,}", unit("d"))
    days = int((hours + _NOISE) / hours_per_day)
    rest = max(hours - days * hours_per_day, 0.0)
    rest = round(rest + _NOISE, 1 if hours < 99.95 else 0)
    if rest >= hours_per_day:
        days, rest = days + 1, 0.0
    last = (f"{rest:.10g}", "h", rest) if rest >= 1 else (f"{rest * 60:.0f}", "min", rest)
    return _join((f"{days:,}", "d", days), last)


def _two(number: int, large: str, small: str) -> tuple[str, ...]:
    whole, rest = divmod(number, 60)
    return _join((str(whole), large, whole), (str(rest), small, rest))


def _join(*parts: tuple[str, str, float]) -> tuple[str, ...]:
    return tuple(word for number, name, value in parts if value for word in (number, unit(name)))


def unit(name: Literal["d", "h", "min", "s"] | str) -> str:
    """Return a unit of time as short as people write it."""
    match name:
        case "d":
            return tr_c("unit of time", "d")
        case "h":
            return tr_c("unit of time", "h")
        case "min":
            return tr_c("unit of time", "min")
    return tr_c("unit of time", "s")


def format_percent(fraction: float | None) -> str:
    """Return a fraction as `14.6 %`; only nothing is 0 %, and only everything is 100 %."""
    return unknown() if fraction is None else isolated(_percent(fraction))


@lru_cache(maxsize=8192)
def _percent(fraction: float) -> str:
    sign, percent = (MINUS if fraction < 0 else ""), abs(fraction) * 100
    if percent < _NOISE:
        return f"0{SPACE}%"
    if percent < 0.05:
        return f"{sign}<{SPACE}0.1{SPACE}%"
    if 99.95 <= percent < 100 - _NOISE:
        return f"{sign}>{SPACE}99.9{SPACE}%"
    digits = 1 if percent < 99.95 else 0
    return f"{sign}{_trim(f'{percent:,.{digits}f}')}{SPACE}%"


def format_points(difference: float) -> str:
    """Return the size of a difference of two fractions in points, such as `0.7 points`."""
    size = _percent(abs(difference)).removesuffix(f"{SPACE}%")
    return tr_n("{size}\u00a0point", "{size}\u00a0points", 1 if size == "1" else 2, size=size)


def format_count(count: float | None) -> str:
    """Return a number of things, such as `1,234` or `1.25`, to three significant figures."""
    if count is None:
        return unknown()
    sign, size = (MINUS if count < 0 else ""), abs(count)
    if isinstance(count, int) or size >= 99.95:
        return signed(sign, f"{size:,.0f}")
    if 0 < size < 0.005:
        return signed(sign, f"<{SPACE}0.01")
    return signed(sign, _trim(f"{size:.{2 if size < 9.995 else 1}f}"))


def format_rate(rate: Rate) -> str:
    """Return a rate such as `12/month`."""
    if spoken() is ENGLISH:
        return rate.text
    return own_way(tr(_RATES[rate.unit], n=format_count(rate.count)))


def format_change(
    change: float | None, kind: Literal["hours", "ratio", "count"], calendar: Calendar
) -> str:
    """Return a difference with its sign; ratios differ by points, and 0 is `unchanged`."""
    if change is None:
        return unknown()
    size = abs(change)
    if size < _NOISE:
        return tr("unchanged")
    if kind == "hours":
        text = format_hours(size, calendar)
    elif kind == "ratio":
        text = format_points(size)
    else:
        text = format_count(int(size) if size == int(size) else size)
    return signed("+" if change > 0 else MINUS, text)


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
