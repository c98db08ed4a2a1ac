"""What improvements promise: by hand, and against what `stuck` says of the same waits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.unit.model.strategies import Drawn, drawn_maps, make
from vsmdocs.analysis.promises import Promise, find_promise
from vsmdocs.model.metrics import measure, measure_totals
from vsmdocs.model.stream import ValueStreamMap

STEPS: list[dict[str, Any]] = [
    {"id": "build", "process_time": "2d", "wait_time": "1d", "complete_accurate": "80%"},
    {"id": "review", "process_time": "2h", "lead_time": "26h", "complete_accurate": "90%"},
    {"id": "ship", "wait_time": "4h"},
]


def with_changes(*changes: dict[str, str], **keys: Any) -> ValueStreamMap:
    rows = [
        {"id": f"i{number}", "title": "t", "change": change}
        for number, change in enumerate(changes)
    ]
    return make(STEPS, improvements=rows, **keys)


def promise_of(stream_map: ValueStreamMap) -> Promise:
    return find_promise(stream_map, measure_totals(stream_map), stream_map.improvements)


def test_a_relative_change_is_of_the_value_that_it_finds() -> None:
    # The wait of 24 h follows from lead and process time; 70 % of it are 16.8 h.
    assert promise_of(with_changes({"review.wait_time": "-70%"})).hours == pytest.approx(16.8)


def test_rework_goes_through_what_is_shortened_again() -> None:
    rework = [{"from": "review", "to": "build", "rate": "25%"}]
    promise = promise_of(with_changes({"review.wait_time": "-70%"}, rework=rework))
    assert promise.hours == pytest.approx(16.8 / 0.75)


def test_two_that_shorten_one_wait_give_less_than_their_sum() -> None:
    half = {"review.wait_time": "-50%"}
    assert promise_of(with_changes(half)).hours == pytest.approx(12)
    assert promise_of(with_changes(half, half)).hours == pytest.approx(24 * 0.75)


@pytest.mark.parametrize(
    ("change", "hours"),
    [
        ({"build.process_time": "1d"}, 8.0),
        ({"build.process_time": "+50%"}, -8.0),
        ({"review.lead_time": "10h"}, 16.0),
        ({"review.lead_time": "1h"}, 25.0),
        ({"build.wait_time": "0"}, 8.0),
        ({"build.wait_time": "2h..6h"}, 4.0),
        ({"build.wait_time": "-50%", "review.wait_time": "1d"}, 20.0),
        ({"build.automation": "automated"}, None),
        ({"build.owner": "Platform", "build.wait_time": "0"}, 8.0),
    ],
)
def test_promised_hours(change: dict[str, str], hours: float | None) -> None:
    found = promise_of(with_changes(change)).hours
    assert found == (None if hours is None else pytest.approx(hours))


def test_quality_is_promised_in_points_of_the_whole() -> None:
    promise = promise_of(with_changes({"build.complete_accurate": "90%"}))
    # From 0.8 x 0.9 to 0.9 x 0.9; of time nothing is said.
    assert promise.hours is None
    assert promise.quality == pytest.approx(0.09)
    both = promise_of(with_changes({"build.complete_accurate": "+50%", "build.wait_time": "0"}))
    # There is no more than everything.
    assert both.hours == pytest.approx(8)
    assert both.quality == pytest.approx(0.18)


@pytest.mark.parametrize(
    "change",
    [
        {"ship.process_time": "-50%"},
        {"ship.wait_time": "-50%"},
        {"ship.complete_accurate": "+5%"},
        {"ship.complete_accurate": "80%"},
        {"ship.lead_time": "1h"},
    ],
)
def test_of_what_is_not_known_nothing_is_promised(change: dict[str, str]) -> None:
    assert promise_of(with_changes(change)) == Promise()


def test_a_wait_beside_the_critical_path_promises_no_lead_time() -> None:
    steps = [
        {"id": "a", "process_time": "1h"},
        {"id": "long", "process_time": "9h"},
        {"id": "short", "process_time": "1h", "wait_time": "2h"},
        {"id": "z", "process_time": "1h"},
    ]
    change = [{"id": "i", "title": "t", "change": {"short.wait_time": "0"}}]
    stream_map = make(steps, flow=["a -> [long, short] -> z"], improvements=change)
    assert promise_of(stream_map).hours == 0.0


@given(drawn_maps())
def test_ending_a_wait_promises_what_stuck_says_of_it(drawn: Drawn) -> None:
    stream_map = drawn.map()
    metrics = measure(stream_map)
    for point in metrics.stuck:
        if point.kind != "wait" or point.to is not None:
            continue
        change = [{"id": "i", "title": "t", "change": {f"{point.step}.wait_time": "0"}}]
        tried = ValueStreamMap.model_validate(drawn.data() | {"improvements": change})
        found = find_promise(stream_map, metrics.totals, tried.improvements).hours
        assert found == pytest.approx(point.gain, abs=1e-6)
