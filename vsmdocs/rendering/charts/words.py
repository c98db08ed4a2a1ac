"""What is said of a trend: values, changes and dates in the site's words."""

from __future__ import annotations

from datetime import date, datetime

from vsmdocs.analysis.trend.trends import SAME, Known, Moment, Trend
from vsmdocs.language import isolated, mark, own_way, tr
from vsmdocs.model.snapshot import Snapshot
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.scales import short_month
from vsmdocs.rendering.pages.figures import format_metric
from vsmdocs.rendering.picture.textfit import wrap
from vsmdocs.rendering.quantities import MINUS, SPACE, format_change, format_percent

_STATES = {"current": mark("current"), "future": mark("future"), "ideal": mark("ideal")}


def uncommitted() -> str:
    """Return what stands instead of the day of a commit."""
    return tr("not committed yet")


def fitted(text: str, width: float, size: float) -> str:
    """Return as much of a text as fits one line of `width`, with an ellipsis where it is cut."""
    lines = wrap(text, width / size, 1)
    return lines[0] if lines else ""


def value_text(key: str, known: Known | None, calendar: Calendar) -> str:
    """Return a value; `≥` says that it leaves steps out."""
    text = format_metric(key, None if known is None else known.value, calendar)
    return isolated(f"≥{SPACE}{text}") if known is not None and known.partial else text


def change_text(key: str, change: float, before: float, calendar: Calendar) -> str:
    """Return a difference with its sign, of a time also as a part of what it was."""
    if abs(change) <= SAME:
        return tr("unchanged")
    if key in RATIO_METRICS:
        return format_change(change, "ratio", calendar)
    if key not in TIME_METRICS:
        return format_change(change, "count", calendar)
    text = format_change(change, "hours", calendar)
    if before > SAME:
        sign = MINUS if change < 0 else "+"
        share = isolated(sign + format_percent(abs(change) / before))
        return tr("{change} ({share})", change=text, share=share)
    return text


def day_words(day: date) -> str:
    """Return a day as sentences name it, which no end of a line tears apart."""
    month = short_month(day.month)
    words = tr("{day} {month} {year}", day=day.day, month=month, year=day.year)
    return own_way(words.replace(" ", SPACE))


def date_of(moment: Moment) -> str:
    """Return the day that the commit itself names, so that it is the same on every page."""
    revision = moment.snapshot.revision
    return uncommitted() if revision is None else day_words(revision.committed_at.date())


def day_of(trend: Trend, known: Known) -> str:
    """Return the day of a value."""
    return date_of(trend.moments[known.index])


def dated_value(trend: Trend, known: Known, calendar: Calendar) -> str:
    """Return a value and since when it was so."""
    value = value_text(trend.key, known, calendar)
    return tr("{value} on {date}", value=value, date=day_of(trend, known))


def month_of(when: datetime) -> str:
    """Return a month, which is as exact as a forecast is."""
    words = tr("{month} {year}", month=short_month(when.month), year=when.year)
    return own_way(words.replace(" ", SPACE))


def state_words(name: str) -> str:
    """Return `future q2` for `future-q2`."""
    state, _, variant = name.partition("-")
    word = tr(_STATES[state]) if state in _STATES else state
    return own_way(tr("{state} {variant}", state=word, variant=variant)) if variant else word


def no_value(snapshot: Snapshot) -> str:
    """Return what is said of a version that has no value."""
    if snapshot.removed:
        return tr("removed")
    return tr("unknown") if snapshot.readable else tr("unreadable")
