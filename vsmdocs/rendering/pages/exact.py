"""The figures of a map as exactly as they were calculated, for who asks."""

from __future__ import annotations

from typing import NamedTuple

from vsmdocs.language import isolated, own_way, tr
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.pages.figures import label
from vsmdocs.rendering.quantities import SPACE, unit


class ExactFigure(NamedTuple):
    """One figure: a time in hours and in days of the map's calendar, a ratio in percent."""

    label: str
    value: str


def exact_figures(metrics: StreamMetrics, calendar: Calendar) -> tuple[ExactFigure, ...]:
    """Return every time and ratio of a map that is known, to four places."""
    figures = []
    for key in (*TIME_METRICS, *RATIO_METRICS):
        value: float | None = getattr(metrics.totals, key)
        if value is None:
            continue
        if key in RATIO_METRICS:
            text = isolated(f"{_places(value * 100)}{SPACE}%")
        else:
            text = tr(
                "{hours} = {days}",
                hours=_time(value, "h"),
                days=_time(value / calendar.hours_per_day, "d"),
            )
        figures.append(ExactFigure(label(key), text))
    return tuple(figures)


def _time(number: float, name: str) -> str:
    return own_way(f"{_places(number)}{SPACE}{unit(name)}")


def _places(number: float) -> str:
    text = f"{number:,.4f}"
    return text.rstrip("0").rstrip(".")
