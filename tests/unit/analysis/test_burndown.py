"""Gap and pace: what is done, and when a forecast is better not made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.histories import DAY, START, every, pair
from vsmdocs.analysis.trend.burndown import FARTHEST, FEWEST_VALUES, Burndown, find_burndown
from vsmdocs.analysis.trend.pace import find_pace

FALLING = [100.0, 90.0, 84.0, 70.0, 66.0, 50.0]


def burndown(
    current: list[Any],
    future: list[Any],
    *,
    key: str = "lead_time",
    days: float = 30,
    rest: float = 0,
    shift: timedelta = timedelta(),
) -> Burndown:
    start = START + shift
    until = start + ((len(current) - 1) * days + rest) * DAY
    now = until + DAY * 4000
    lines = every(days, current, start), every(days, future, start)
    found = find_burndown(*pair(*lines, key, now, until))
    assert found is not None
    return found


# --- how far it is ------------------------------------------------------------


def test_promise_reality_and_what_is_left() -> None:
    found = burndown(FALLING, [40.0, 40.0, 30.0])
    assert [(promise.value, promise.change) for promise in found.promises] == [
        (40, None), (30, -10),
    ]  # fmt: skip
    assert found.start.value == 100
    assert found.remaining == 20
    assert found.closed == pytest.approx(50 / 70)
    assert found.reached is None
    assert found.forecast is not None
    assert found.forecast.values == len(FALLING)
    assert found.forecast.per_month < 0


def test_a_share_grows_towards_its_promise() -> None:
    found = burndown([0.1, 0.12, 0.14, 0.16, 0.18], [0.3], key="activity_ratio")
    assert found.remaining == pytest.approx(0.12)
    assert found.closed == pytest.approx(0.4)
    assert found.forecast is not None
    # At 0.02 in 30 days the missing 0.12 take 180.
    waiting = found.forecast.likely - found.current.until
    assert waiting / DAY == pytest.approx(180)


def test_the_way_begins_when_the_promise_is_made() -> None:
    lines = every(30, [200.0, 100.0, 90.0]), [(START + 40 * DAY, 50.0)]
    found = find_burndown(*pair(*lines))
    assert found is not None
    assert found.start.value == 100
    assert found.closed == pytest.approx(0.2)


def test_a_current_state_that_comes_later_is_the_start() -> None:
    lines = [(START + 40 * DAY, 100.0), (START + 50 * DAY, 90.0)], [(START, 50.0)]
    found = find_burndown(*pair(*lines))
    assert found is not None
    assert found.start.value == 100


def test_reached_since_it_has_been_held() -> None:
    found = burndown([100.0, 38.0, 60.0, 40.0, 35.0], [40.0])
    assert found.remaining < 0
    assert found.closed is not None
    assert found.closed > 1
    assert found.reached is not None
    assert found.reached.at == START + 90 * DAY
    assert (found.forecast, found.silence) == (None, "it is reached")


def test_without_a_common_moment_there_is_no_gap() -> None:
    assert find_burndown(*pair(every(1, [None]), every(1, [4.0]))) is None
    assert find_burndown(*pair(every(1, [4.0]), every(1, ["?"]))) is None


# --- silence ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("current", "future", "days", "why"),
    [
        (FALLING[: FEWEST_VALUES - 1], [40.0], 30, "too few values"),
        ([100.0, 100.0, 100.0, 100.0, 90.0, 90.0, 90.0], [40.0], 30, "too few values"),
        (FALLING, [40.0], 2, "shorter than 28 days"),
        ([100.0, 105.0, 110.0, 115.0, 120.0], [40.0], 30, "moves away"),
        ([100.0, 110.0, 100.0, 110.0, 100.0, 110.0, 100.0], [40.0], 30, "it stands still"),
        ([100.0, 99.9, 99.8, 99.7, 99.6], [40.0], 30, "more than ten years"),
        ([*FALLING, None], [40.0], 30, "the present value is unknown"),
        ([*FALLING, (48.0, 1)], [40.0], 30, "leaves steps out"),
        (FALLING, [40.0, "gone"], 30, "the future state was removed"),
        (FALLING, [40.0, None], 30, "promises now is unknown"),
        (FALLING, [100.0], 30, "no change"),
    ],
)
def test_silence_has_its_reason(
    current: list[Any], future: list[Any], days: float, why: str
) -> None:
    found = burndown(current, future, days=days)
    assert found.forecast is None
    assert why in found.silence


def test_a_stand_still_since_then_slows_the_pace() -> None:
    at_once, later = burndown(FALLING, [40.0]), burndown(FALLING, [40.0], rest=200)
    assert at_once.forecast is not None
    assert later.forecast is not None
    waited = [
        found.forecast.likely - found.current.until for found in (at_once, later) if found.forecast
    ]
    assert waited[0] < waited[1]


def test_a_pace_that_may_be_none_has_no_latest_date() -> None:
    found = burndown([100.0, 80.0, 95.0, 75.0, 97.0, 72.0, 96.0, 70.0], [40.0])
    assert found.forecast is not None
    assert found.forecast.latest is None


# --- properties ---------------------------------------------------------------


values = st.lists(st.integers(0, 200).map(float), min_size=1, max_size=12)
goals = st.lists(st.integers(0, 200).map(float), min_size=1, max_size=4)


@given(values, goals, st.floats(1, 60), st.integers(0, 3000))
def test_shifted_dates_shift_the_forecast(
    current: list[float], future: list[float], days: float, shift: int
) -> None:
    one = burndown(current, future, days=days)
    other = burndown(current, future, days=days, shift=shift * DAY)
    assert (one.silence, one.closed) == (other.silence, other.closed)
    if one.forecast is not None and other.forecast is not None:
        moved = other.forecast.likely - one.forecast.likely
        assert abs(moved - shift * DAY) < timedelta(seconds=1)


@given(values, goals, st.floats(10, 60), st.floats(0, 400))
def test_a_forecast_lies_ahead_and_in_its_range(
    current: list[float], future: list[float], days: float, rest: float
) -> None:
    found = burndown(current, future, days=days, rest=rest)
    assert (found.forecast is None) == bool(found.silence)
    if found.forecast is not None:
        assert len(set(current)) > 1
        now, ahead = found.current.until, found.forecast
        assert now < ahead.earliest <= ahead.likely <= now + FARTHEST
        assert ahead.latest is None or ahead.likely <= ahead.latest <= now + FARTHEST


@given(st.integers(1, 60))
def test_a_promise_nearer_by_is_reached_sooner(step: int) -> None:
    current = [400.0 - step * n for n in range(6)]
    near, far = (burndown(current, [goal]) for goal in (current[-1] - step, 0.0))
    assert near.forecast is not None
    if far.forecast is not None:
        assert near.forecast.likely <= far.forecast.likely


@given(values, st.data())
def test_versions_without_a_value_change_nothing(current: list[float], data: st.DataObject) -> None:
    """What is unknown is no value of 0: it moves no pace."""
    until = START + 30 * len(current) * DAY
    plain = every(30, current)
    holes = [
        (at + data.draw(st.integers(1, 29)) * DAY, data.draw(st.sampled_from(["?", None])))
        for at, _ in plain[:-1]
    ]
    found = [
        find_burndown(*pair(line, [(START, 40.0)], now=until + DAY, until=until))
        for line in (plain, sorted([*plain, *holes], key=lambda step: step[0]))
    ]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].forecast == found[1].forecast
    assert found[0].closed == found[1].closed


@given(st.floats(-5, 5), st.floats(-50, 50), st.lists(st.integers(0, 99), min_size=2, unique=True))
def test_the_pace_of_a_straight_line_is_its_slope(
    slope: float, start: float, times: list[int]
) -> None:
    pace = find_pace([(float(t), start + slope * t) for t in sorted(times)])
    assert pace is not None
    assert pace.low <= pace.slope <= pace.high
    assert pace.slope == pytest.approx(slope, abs=1e-6)


def test_one_odd_point_does_not_mislead_the_pace() -> None:
    points = [(float(n), 100.0 - n) for n in range(12)]
    points[6] = (6.0, 900.0)
    pace = find_pace(points)
    assert pace is not None
    assert pace.slope == pytest.approx(-1)
    assert pace.low <= -1 <= pace.high


def test_sens_range_of_his_own_method() -> None:
    """Ten points: 45 slopes, C = 1.2816 * sqrt(125) = 14.3, so the 15th and the 31st."""
    points = [(float(x), float(y)) for x, y in enumerate([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])]
    slopes = sorted(
        (b[1] - a[1]) / (b[0] - a[0]) for n, a in enumerate(points) for b in points[n + 1 :]
    )
    pace = find_pace(points)
    assert pace is not None
    assert (pace.low, pace.slope, pace.high) == (slopes[14], slopes[22], slopes[30])


def test_no_time_no_pace() -> None:
    assert find_pace([(1.0, 2.0), (1.0, 3.0)]) is None


def test_many_points_are_thinned_evenly() -> None:
    pace = find_pace([(float(n), 2.0 * n) for n in range(5000)])
    assert pace is not None
    assert (pace.low, pace.slope, pace.high) == (2, 2, 2)
