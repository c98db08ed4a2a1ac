"""What is said of a trend: values, changes and dates in the site's words."""

from __future__ import annotations

from datetime import date, datetime

from vsmdocs.analysis.trend.trends import SAME, Known, Moment, Trend
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.scales import MONTHS
from vsmdocs.rendering.pages.figures import format_metric
from vsmdocs.rendering.picture.textfit import wrap
from vsmdocs.rendering.quantities import MINUS, SPACE, format_change, format_percent

UNCOMMITTED = "not committed yet"


def fitted(text: str, width: float, size: float) -> str:
    """Return as much of a text as fits one line of `width`, with an ellipsis where it is cut."""
    lines = wrap(text, width / size, 1)
    return lines[0] if lines else ""


def value_text(key: str, known: Known | None, calendar: Calendar) -> str:
    """Return a value; `≥` says that it leaves steps out."""
    text = format_metric(key, None if known is None else known.value, calendar)
    return f"≥{SPACE}{text}" if known is not None and known.partial else text


def change_text(key: str, change: float, before: float, calendar: Calendar) -> str:
    """Return a difference with its sign, of a time also as a part of what it was."""
    if abs(change) <= SAME:
        return "unchanged"
    if key in RATIO_METRICS:
        return format_change(change, "ratio", calendar)
    if key not in TIME_METRICS:
        return format_change(change, "count", calendar)
    text = format_change(change, "hours", calendar)
    if before > SAME:
        sign = MINUS if change < 0 else "+"
        text += f" ({sign}{format_percent(abs(change) / before)})"
    return text


def day_words(day: date) -> str:
    """Return a day as sentences name it, which no end of a line tears apart."""
    return SPACE.join((str(day.day), MONTHS[day.month - 1], str(day.year)))


def date_of(moment: Moment) -> str:
    """Return the day that the commit itself names, so that it is the same on every page."""
    revision = moment.snapshot.revision
    return UNCOMMITTED if revision is None else day_words(revision.committed_at.date())


def day_of(trend: Trend, known: Known) -> str:
    """Return the day of a value."""
    return date_of(trend.moments[known.index])


def month_of(when: datetime) -> str:
    """Return a month, which is as exact as a forecast is."""
    return f"{MONTHS[when.month - 1]}{SPACE}{when.year}"


def state_words(name: str) -> str:
    """Return `future q2` for `future-q2`."""
    return name.replace("-", " ", 1)


def counted(number: int, noun: str) -> str:
    """Return `1 version` or `4 versions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
