"""The burn-down in lines and sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.histories import DAY, START, every, pair
from tests.unit.rendering.charts.strategies import milestones, pairs
from tests.unit.rendering.charts.test_run_chart import (
    assert_sound,
    coordinates,
    cross_names,
    labels,
    line,
)
from vsmdocs.analysis.trend.burndown import find_burndown
from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.model.snapshot import Milestone
from vsmdocs.rendering.charts.burndown_chart import burndown_chart
from vsmdocs.rendering.charts.parts import BurndownChart

FALLING = [100.0, 90.0, 84.0, 70.0, 66.0, 50.0]


def chart(
    current: list[Any], future: list[Any], due: date | None = None, key: str = "lead_time"
) -> BurndownChart:
    until = START + (30 * len(current)) * DAY
    lines = pair(every(30, current), every(30, future), key, until + DAY, until)
    found = find_burndown(*lines, due)
    assert found is not None
    return burndown_chart(found)


def said(drawn: BurndownChart) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in drawn.sentences]


@given(pairs(), milestones, st.one_of(st.none(), st.dates(date(2020, 1, 1), date(9999, 12, 31))))
def test_nothing_collides_and_nothing_leaves_the_picture(
    drawn: tuple[Trend, Trend], tags: tuple[Milestone, ...], due: date | None
) -> None:
    found = find_burndown(*drawn, due)
    if found is not None:
        shown = burndown_chart(found, tags)
        for plot in (shown.wide, shown.narrow):
            assert_sound(plot)
            cross_names(plot)


def test_a_gap_that_closes() -> None:
    drawn = chart([100.0, 95.0, 84.0, 88.0, 66.0, 50.0], [20.0, 15.0], date(2026, 3, 31))
    assert (drawn.now, drawn.goal) == ("6\u00a0d\u00a02\u00a0h", "1\u00a0d\u00a07\u00a0h")
    promised, real, ahead, due = said(drawn)
    assert promised == (
        "2 d 4 h was promised on 6 Jan 2025; the promise moved once, last on 5 Feb 2025 to 1 d 7 h."
    )
    assert real == "58.8 % of the way from 12 d 4 h on 6 Jan 2025 is done; 4 d 3 h to go."
    assert ahead.startswith("At the pace so far (−")
    assert "four times in five between" in ahead
    assert due == "It is due by 31 Mar 2026, which the pace so far would keep."
    names = labels(drawn.wide, "milestone")
    assert "due 31 Mar 2026" in names
    assert any(name.startswith("pace:") for name in names)


def test_a_date_that_is_missed() -> None:
    assert "would miss by" in said(chart(FALLING, [10.0], date(2025, 8, 1)))[-1]


@pytest.mark.parametrize(
    ("current", "future", "done", "last"),
    [
        ([100.0, 90.0], [40.0], "16.7 % of the way", "No forecast: too few values"),
        ([100.0, 120.0], [40.0], "the gap has widened", "No forecast: too few values"),
        ([100.0, 40.0], [40.0], "reached", "It has been reached since 5 Feb 2025, from"),
        ([100.0, 90.0], [100.0], "no change promised", "It promises no change from 12 d 4 h"),
    ],
)
def test_without_a_forecast(current: list[Any], future: list[Any], done: str, last: str) -> None:
    drawn = chart(current, future)
    assert drawn.done.replace("\u00a0", " ") == done
    assert said(drawn)[-1].startswith(last)
    assert line(drawn.wide, "fan") == ""


def test_the_forecast_begins_now_and_ends_at_the_promise() -> None:
    drawn = chart(FALLING, [40.0])
    real, planned = (coordinates(line(drawn.wide, f"line {k}")) for k in ("real", "planned"))
    start, end = coordinates(line(drawn.wide, "line ahead"))
    assert start == real[-1]
    assert end[1] == planned[-1][1]
    assert end[0] > start[0]
    fan = coordinates(line(drawn.wide, "fan"))
    assert fan[0] == start
    assert min(x for x, _ in fan[1:-1]) <= end[0] <= max(x for x, _ in fan)


def test_the_gap_is_shaded_where_both_are_known() -> None:
    drawn = chart([100.0, None, 80.0], [40.0, 40.0, 40.0])
    corners = coordinates(line(drawn.wide, "gap"))
    upper = coordinates(line(drawn.wide))
    edges = sorted({x for x, _ in corners})
    assert edges == sorted({upper[0][0], upper[1][0], upper[2][0], upper[3][0]})


def test_a_far_forecast_does_not_dwarf_what_was() -> None:
    values = [100.0 - n / 2 for n in range(24)]
    drawn = chart(values, [60.0])
    assert "Sep 2031" in said(drawn)[-1]
    real = coordinates(line(drawn.wide))
    axis = coordinates(line(drawn.wide, "axis"))
    assert (real[-1][0] - axis[0][0]) / (axis[1][0] - axis[0][0]) > 0.35
    # The line ahead is cut where the axis ends, on its way to the promise.
    (_, now), (x, y) = coordinates(line(drawn.wide, "line ahead"))
    assert x == pytest.approx(axis[1][0], abs=0.1)
    assert now < y < coordinates(line(drawn.wide, "line planned"))[0][1]
