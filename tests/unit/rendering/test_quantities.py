"""Figures as people read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vsmdocs.model.units import Calendar
from vsmdocs.rendering.quantities import (
    format_change,
    format_count,
    format_hours,
    format_percent,
    format_points,
)

DAY = Calendar()


def plain(text: str) -> str:
    assert " " not in text.replace("\u00a0", "").replace("unchanged", "")
    return text.replace("\u00a0", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (None, "unknown"),
        (0, "0 h"),
        (0.00001, "< 1 s"),
        (45 / 3600, "45 s"),
        (0.125, "7 min 30 s"),
        (0.75, "45 min"),
        (0.9999, "1 h"),
        (1, "1 h"),
        (2.5, "2 h 30 min"),
        (7.9999, "1 d"),
        (8, "1 d"),
        (8.4, "1 d 24 min"),
        (9.5, "1 d 1.5 h"),
        (15.99, "2 d"),
        (28, "3 d 4 h"),
        (119, "14 d 7 h"),
        (119.6, "15 d"),
        (384, "48 d"),
        (999, "124 d 7 h"),
        (1000, "125 d"),
        (80_000, "10,000 d"),
        (-28, "-3 d 4 h"),
    ],
)
def test_hours(hours: float | None, text: str) -> None:
    assert plain(format_hours(hours, DAY)) == text


def test_hours_follow_the_calendar() -> None:
    assert plain(format_hours(30, Calendar(7.5))) == "4 d"
    assert plain(format_hours(14.9999, Calendar(7.5))) == "2 d"
    assert plain(format_hours(30, Calendar(24, 7))) == "1 d 6 h"
    assert plain(format_hours(20, Calendar(24, 7))) == "20 h"
    assert plain(format_hours(1, Calendar(0.5))) == "2 d"


@given(st.floats(0, 1e6), st.sampled_from([8.0, 7.5, 24.0, 6.0]))
@example(0.375, 8.0)
@example(2399.4 / 3600, 8.0)
def test_hours_keep_about_three_figures(hours: float, day: float) -> None:
    text = plain(format_hours(hours, Calendar(day)))
    assert len(text.split()) <= 4
    if text in ("< 1 s", "0 h"):
        assert hours < 0.5 / 3600
        return
    sizes = {"d": day, "h": 1.0, "min": 1 / 60, "s": 1 / 3600}
    value = sum(
        float(number.replace(",", "")) * sizes[unit]
        for number, unit in re.findall(r"([0-9.,]+) (d|h|min|s)", text)
    )
    assert value == pytest.approx(hours, rel=0.0125, abs=0.51 / 3600)


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (None, "unknown"), (0, "0 %"), (1, "100 %"), (0.1458, "14.6 %"), (0.8, "80 %"),
        (0.0004, "< 0.1 %"), (0.0006, "0.1 %"), (0.9996, "> 99.9 %"), (0.9994, "99.9 %"),
        (1.25, "125 %"), (1.0004, "100 %"), (-0.05, "-5 %"), (0.1 + 0.2, "30 %"),
        (0.9999999999999, "100 %"),
    ],
)  # fmt: skip
def test_percent(fraction: float | None, text: str) -> None:
    assert plain(format_percent(fraction)) == text


@given(st.floats(1e-9, 1 - 1e-9))
def test_only_all_is_100_and_only_nothing_is_0(fraction: float) -> None:
    assert plain(format_percent(fraction)) not in ("0 %", "100 %")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "unknown"), (0, "0"), (1234, "1,234"), (1.25, "1.25"), (1.0, "1"), (12.34, "12.3"),
        (123.4, "123"), (0.001, "< 0.01"), (-3, "-3"), (1 / 3, "0.33"),
    ],
)  # fmt: skip
def test_counts(count: float | None, text: str) -> None:
    assert plain(format_count(count)) == text


def test_changes() -> None:
    assert plain(format_change(None, "hours", DAY)) == "unknown"
    assert plain(format_change(0.0, "ratio", DAY)) == "unchanged"
    assert plain(format_change(-49, "hours", DAY)) == "-6 d 1 h"
    assert plain(format_change(28, "hours", DAY)) == "+3 d 4 h"
    assert plain(format_change(0.016, "ratio", DAY)) == "+1.6 points"
    assert plain(format_change(-0.01, "ratio", DAY)) == "-1 point"
    assert plain(format_change(-2, "count", DAY)) == "-2"
    assert plain(format_points(-0.007)) == "0.7 points"
