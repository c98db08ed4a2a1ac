"""A figure over time: order, gaps, and what a reader is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.histories import DAY, NOW, START, every, history, pair, trend
from vsmdocs.analysis.trend.clocks import EARLIEST, is_sane, settle
from vsmdocs.analysis.trend.trends import FIGURES, find_trends

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES)
VALUES = st.one_of(st.none(), st.sampled_from(["?", "gone"]), st.integers(0, 20).map(float))


# --- clocks -------------------------------------------------------------------


@given(st.lists(DATES, min_size=1, max_size=30))
def test_settled_times_are_sane_and_never_run_backwards(dates: list[datetime]) -> None:
    settled = settle(dates, NOW)
    assert len(settled) == len(dates)
    assert all(a <= b for a, b in pairwise(settled))
    assert all(is_sane(at, NOW) for at in settled)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=30).map(sorted))
def test_dates_in_order_stay_as_they_are(hours: list[int]) -> None:
    dates = [START + timedelta(hours=hour) for hour in hours]
    assert settle(dates, NOW + 1000 * DAY) == tuple(dates)


@given(st.integers(3, 20), st.data())
def test_one_wrong_clock_moves_no_other_commit(count: int, data: st.DataObject) -> None:
    dates = [START + n * DAY for n in range(count)]
    wrong = data.draw(st.integers(0, count - 1))
    said = data.draw(st.sampled_from([1970, 2004, 2026, 2030, 2099]))
    lying = [*dates]
    lying[wrong] = datetime(said, 1, 1, tzinfo=UTC)
    settled = settle(lying, NOW)
    for index in range(count):
        if index != wrong:
            assert settled[index] == dates[index]
    assert settled[max(wrong - 1, 0)] <= settled[wrong] <= settled[min(wrong + 1, count - 1)]


def test_a_history_without_any_sane_date_has_one_time() -> None:
    assert settle([datetime(1970, 1, 1, tzinfo=UTC)] * 3, NOW) == (EARLIEST,) * 3
    assert settle([datetime(2999, 1, 1, tzinfo=UTC)], NOW) == (NOW,)


# --- trends -------------------------------------------------------------------


def test_what_is_told_of_a_trend() -> None:
    found = trend(every(10, [40.0, 30, 50, 30, 30]), until=START + 90 * DAY)
    assert (found.points, found.change, found.direction) == (5, -10, "better")
    assert found.first is not None
    assert (found.first.value, found.first.at) == (40, START)
    assert found.newest is not None
    assert (found.newest.value, found.newest.index) == (30, 4)
    assert found.best is not None
    assert found.best.index == 1
    assert found.since is not None
    assert found.since.at == START + 30 * DAY
    assert found.until == START + 90 * DAY
    assert found.present == found.newest


@pytest.mark.parametrize(
    ("key", "values", "direction", "best"),
    [
        ("lead_time", [10.0, 12.0], "worse", 10.0),
        ("activity_ratio", [0.1, 0.2], "better", 0.2),
        ("complete_accurate", [0.4, 0.3], "worse", 0.4),
        ("wip", [4, 4], "same", 4),
        ("handoffs", [4, 1, 3], "better", 1),
    ],
)
def test_what_is_better(key: str, values: list[Any], direction: str, best: float) -> None:
    found = trend(every(1, values), key)
    assert found.direction == direction
    assert found.best is not None
    assert found.best.value == best


def test_an_unreadable_version_is_a_gap_and_does_not_end_a_value() -> None:
    found = trend(every(1, [10.0, None, 10.0]))
    assert found.values == (10, None, 10)
    assert found.at(START + 1.5 * DAY) is None
    assert found.since is not None
    assert found.since.at == START


@pytest.mark.parametrize("between", ["?", "gone"])
def test_a_value_that_was_not_said_begins_anew(between: str) -> None:
    found = trend(every(1, [10, between, 10]), "wip")
    assert found.since is not None
    assert found.since.at == START + 2 * DAY


def test_a_removed_map_ends_its_line() -> None:
    found = trend(every(1, [10.0, "gone"]))
    assert found.ended
    assert found.present is None
    assert found.newest is not None
    assert found.newest.value == 10
    assert found.at(NOW) is None


def test_what_leaves_steps_out_is_no_progress() -> None:
    found = trend(every(1, [10.0, (4.0, 1)]))
    assert found.newest is not None
    assert found.newest.partial
    assert found.direction is None
    assert found.best is not None
    assert found.best.value == 10


def test_a_map_that_knows_no_time_has_no_time_of_zero() -> None:
    assert trend(every(1, [(0.0, 3), 0.0])).values == (None, 0)


def test_a_figure_without_end_is_unknown() -> None:
    assert trend(every(1, [float("inf"), float("nan"), 2.0])).values == (None, None, 2)


def test_what_is_not_committed_stands_at_the_end() -> None:
    found = trend([(START, 10.0), (None, 8.0)], until=START + 5 * DAY)
    assert [moment.at for moment in found.moments] == [START, START + 5 * DAY]
    assert not found.moments[1].moved
    alone = trend([(None, 8.0)])
    assert alone.moments[0].at == alone.until == NOW


def test_a_commit_from_the_future_says_it_was_moved() -> None:
    found = trend([(START, 1.0), (datetime(2099, 1, 1, tzinfo=UTC), 2.0), (START + DAY, 3.0)])
    assert [moment.at for moment in found.moments] == [START, START, START + DAY]
    assert [moment.moved for moment in found.moments] == [False, True, False]
    assert found.until == START + DAY


def test_an_insane_end_is_not_believed() -> None:
    until = datetime(2099, 1, 1, tzinfo=UTC)
    assert trend([(START, 1.0)], until=until).until == START


def test_lines_of_two_states_end_together() -> None:
    current, future = pair(every(10, [9.0, 8.0]), every(40, [4.0, 5.0]))
    assert current.until == future.until == START + 40 * DAY


def test_every_figure_is_there_in_order() -> None:
    found = find_trends(history([(START, 1.0)]), [history([(START, 1.0)], state="ideal")], now=NOW)
    assert tuple(figure.key for figure in found) == FIGURES
    assert all([line.name for line in figure.futures] == ["ideal"] for figure in found)


@given(st.lists(st.tuples(DATES, VALUES), min_size=1, max_size=20))
def test_no_history_breaks_a_trend(steps: list[tuple[datetime, Any]]) -> None:
    found = trend(steps)
    known = [value for value in found.values if value is not None]
    assert len(found.values) == len(steps)
    assert found.points == len(known)
    assert (found.first is None) == (not known)
    assert found.until >= found.moments[-1].at
    if found.best is not None:
        assert found.best.value == min(known)
    # What holds at a moment is what its last snapshot says.
    assert found.at(found.until) == found.known(len(steps) - 1)
