"""Round numbers and dates on the axes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.analysis.trend.trends import FIGURES
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.scales import time_axis, time_ticks, value_axis

START = datetime(2025, 1, 6, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("largest", "key", "labels"),
    [
        (148.0, "lead_time", ["0 d", "5 d", "10 d", "15 d", "20 d"]),
        (19.0, "lead_time", ["0 h", "5 h", "10 h", "15 h", "20 h"]),
        (0.5, "process_time", ["0 min", "10 min", "20 min", "30 min"]),
        (0.0, "lead_time", ["0 h", "1 h"]),
        (0.12, "activity_ratio", ["0 %", "5 %", "10 %", "15 %"]),
        (1.0, "complete_accurate", ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]),
        (0.0, "activity_ratio", ["0 %", "100 %"]),
        (3, "handoffs", ["0", "1", "2", "3"]),
        (1, "wip", ["0", "1"]),
        (4200, "wip", ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]),
    ],
)
def test_value_axis(largest: float, key: str, labels: list[str]) -> None:
    axis = value_axis(largest, key, Calendar(), 5)
    assert [label.replace("\u00a0", " ") for _, label in axis.ticks] == labels


@given(st.floats(0, 1e300), st.sampled_from(FIGURES), st.integers(1, 6), st.floats(0.01, 24))
def test_an_axis_begins_at_zero_and_has_room(
    largest: float, key: str, most: int, hours: float
) -> None:
    axis = value_axis(largest, key, Calendar(hours), most)
    values = [value for value, _ in axis.ticks]
    assert values[0] == 0
    assert values[-1] == pytest.approx(axis.top)
    assert axis.top >= largest * (1 - 1e-6)
    assert 1 <= len(values) - 1 <= most
    assert values == sorted(values)
    assert all(len(label) < 14 for _, label in axis.ticks)


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (0.3, [("09:00", "6 Jan 2025"), ("12:00", ""), ("15:00", "")]),
        (9, [("8 Jan", "2025"), ("10 Jan", ""), ("12 Jan", ""), ("14 Jan", "")]),
        (300, [("Mar", "2025"), ("May", ""), ("Jul", ""), ("Sep", ""), ("Nov", "")]),
        (1200, [("Jul", "2025"), ("Jan", "2026"), ("Jul", ""), ("Jan", "2027"), ("Jul", ""),
                ("Jan", "2028")]),
        (9000, [("2030", ""), ("2035", ""), ("2040", ""), ("2045", "")]),
    ],
)  # fmt: skip
def test_time_ticks(days: float, labels: list[tuple[str, str]]) -> None:
    axis = time_axis(START, START + timedelta(days=days))
    ticks = time_ticks(axis, 40, 340, 400)
    assert [(tick.label, tick.under) for tick in ticks] == labels


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.floats(0, 40_000))
def test_every_axis_has_a_date_within_it(start: datetime, days: float) -> None:
    begin = start.replace(tzinfo=UTC)
    axis = time_axis(begin, begin + timedelta(days=days))
    for left, right, width in ((50, 480, 600), (46, 200, 300)):
        ticks = time_ticks(axis, left, right, width)
        assert 1 <= len(ticks) <= 20
        assert all(axis.start <= tick.at <= axis.end for tick in ticks)
        assert [tick.at for tick in ticks] == sorted({tick.at for tick in ticks})


def test_one_instant_stands_in_the_middle() -> None:
    axis = time_axis(START, START)
    assert axis.part(START) == 0.5
