"""Exact values of a map's figures, in hours, in days of its calendar, and in percent."""

from __future__ import annotations

from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.pages.exact import exact_figures

SPACE = "\u00a0"


def exact(*steps: dict[str, str], **more: object) -> dict[str, str]:
    stream_map = ValueStreamMap.model_validate(
        {"stream": "s", "title": "S", "steps": list(steps), **more}
    )
    figures = exact_figures(measure(stream_map), stream_map.calendar)
    return {figure.label: figure.value.replace(SPACE, " ") for figure in figures}


def test_times_are_in_hours_and_days_and_shares_in_percent() -> None:
    figures = exact(
        {"id": "a", "process_time": "20m", "wait_time": "1d"}, {"id": "b", "process_time": "1h"}
    )
    assert figures["Lead time"] == "9.3333 h = 1.1667 d"
    assert figures["Process time"] == "1.3333 h = 0.1667 d"
    assert figures["Activity ratio"] == "14.2857 %"


def test_a_day_is_a_day_of_the_map_s_calendar() -> None:
    steps = {"id": "a", "process_time": "12h"}
    assert exact(steps)["Lead time"] == "12 h = 1.5 d"
    assert exact(steps, calendar={"hours_per_day": "6"})["Lead time"] == "12 h = 2 d"


def test_what_is_not_known_is_left_out() -> None:
    figures = exact({"id": "a", "process_time": "3000h"})
    assert figures["Lead time"] == "3,000 h = 375 d"
    assert "Labour" not in figures
    assert "Takt time" not in figures
