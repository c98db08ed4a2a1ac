"""A figure's course at the size of a word, for one row of a table."""

from __future__ import annotations

from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.marks import places_of
from vsmdocs.rendering.charts.parts import Sparkline
from vsmdocs.rendering.charts.plane import Plane
from vsmdocs.rendering.charts.scales import time_axis
from vsmdocs.rendering.charts.steps import area_path, find_runs, line_path
from vsmdocs.rendering.charts.words import change_text, day_of, value_text
from vsmdocs.rendering.pages.figures import LABELS

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
    label = LABELS[trend.key][1]
    first, newest = trend.first, trend.newest
    if first is None or newest is None:
        return f"{label}: unknown"
    now = value_text(trend.key, trend.present, calendar)
    before = f"{value_text(trend.key, first, calendar)} on {day_of(trend, first)}"
    if trend.present is None:
        return f"{label}: unknown now, {before}"
    if first.index == newest.index:
        return f"{label}: {before}, one version so far"
    change = change_text(trend.key, newest.value - first.value, first.value, calendar)
    tone = f", {trend.direction}" if trend.direction in ("better", "worse") else ""
    return f"{label}: {before}, now {now}, {change}{tone}"
