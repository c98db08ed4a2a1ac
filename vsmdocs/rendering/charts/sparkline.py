"""A figure's course at the size of a word, for one row of a table."""

from __future__ import annotations

from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.language import tr
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.marks import places_of
from vsmdocs.rendering.charts.parts import Sparkline
from vsmdocs.rendering.charts.plane import Plane
from vsmdocs.rendering.charts.scales import time_axis
from vsmdocs.rendering.charts.steps import area_path, find_runs, line_path
from vsmdocs.rendering.charts.words import change_text, dated_value, value_text
from vsmdocs.rendering.pages.figures import label as label_of
from vsmdocs.rendering.words import tone_word

WIDTH, HEIGHT = 112, 28
_EDGE = 4.0


def sparkline(trend: Trend) -> Sparkline:
    """Draw a trend without axes, from 0 up to its largest value."""
    largest = max((value for value in trend.values if value is not None), default=0.0)
    times = time_axis(trend.moments[0].at, trend.until)
    plane = Plane(_EDGE, WIDTH - _EDGE, _EDGE, HEIGHT - _EDGE, times, largest or 1.0)
    end = plane.x(trend.until)
    runs = find_runs(places_of(trend, plane), end)
    present = trend.present
    return Sparkline(
        WIDTH,
        HEIGHT,
        line_path(runs),
        area_path(runs, HEIGHT),
        None if present is None else (end, plane.y(present.value)),
        _sentence(trend, trend.calendar),
        direction if (direction := trend.direction) in ("better", "worse") else "",
    )


def _sentence(trend: Trend, calendar: Calendar) -> str:
    label = label_of(trend.key)
    first, newest = trend.first, trend.newest
    if first is None or newest is None:
        return tr("{figure}: unknown", figure=label)
    now = value_text(trend.key, trend.present, calendar)
    before = dated_value(trend, first, calendar)
    if trend.present is None:
        return tr("{figure}: unknown now, {before}", figure=label, before=before)
    if first.index == newest.index:
        return tr("{figure}: {value}, one version so far", figure=label, value=before)
    change = change_text(trend.key, newest.value - first.value, first.value, calendar)
    if trend.direction in ("better", "worse"):
        change = tr("{value}, {change}", value=change, change=tone_word(trend.direction))
    return tr(
        "{figure}: {before}, now {now}, {change}",
        figure=label, before=before, now=now, change=change,
    )  # fmt: skip
