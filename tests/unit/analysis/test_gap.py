"""Two states of a stream, figure by figure and step by step."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.strategies import make
from vsmdocs.analysis.gap import HEADLINES, Difference, Gap, find_gap
from vsmdocs.model.metrics import measure


def gap(current: Any, future: Any) -> Gap:
    maps = make(current), make(future)
    return find_gap((maps[0], measure(maps[0])), (maps[1], measure(maps[1])))


CURRENT = [
    {"id": "a", "process_time": "2h", "wait_time": "6h", "owner": "X", "wip": "3"},
    {"id": "gone", "process_time": "1h", "owner": "Y", "complete_accurate": "50%"},
    {"id": "b", "process_time": "1h", "owner": "X"},
]
FUTURE = [
    {"id": "a", "process_time": "2h", "wait_time": "2h", "owner": "X"},
    {"id": "b", "process_time": "1h", "owner": "X"},
    {"id": "new", "process_time": "1h", "owner": "X", "complete_accurate": "60%"},
]


def test_headlines() -> None:
    found = gap(CURRENT, FUTURE)
    assert tuple(difference.key for difference in found.differences) == HEADLINES
    assert found["lead_time"] == Difference("lead_time", 10, 6, -4, -0.4, True)
    assert found["activity_ratio"].better is True
    assert found["complete_accurate"].change == pytest.approx(0.1)
    assert found["complete_accurate"].better is True
    assert found["handoffs"] == Difference("handoffs", 2, 0, -2, -1, True)
    assert found["effort"] == Difference("effort", 4, 4, 0, 0, None)
    assert found["wip"] == Difference("wip", 3, None, None, None, None)
    assert found["rework_loops"] == Difference("rework_loops", 0, 0, 0, None, None)


def test_worse_is_not_better() -> None:
    found = gap(FUTURE, CURRENT)
    assert [found[key].better for key in ("lead_time", "activity_ratio")] == [False, False]


def test_a_figure_that_leaves_steps_out_is_no_progress() -> None:
    found = gap(CURRENT, [*FUTURE, {"id": "unknown"}])
    assert found["lead_time"].change == -4
    assert found["lead_time"].better is None


def test_steps() -> None:
    found = gap(CURRENT, FUTURE).steps
    assert [(step.id, step.kind) for step in found] == [
        ("a", "changed"), ("gone", "removed"), ("new", "added"),
    ]  # fmt: skip
    assert [(d.key, d.current, d.future) for d in found[0].differences] == [
        ("wait_time", 6, 2), ("lead_time", 8, 4),
    ]  # fmt: skip
    assert found[0].differences[0].better is True
    assert [d.future for d in found[1].differences] == [None] * 4


def test_the_same_map_has_no_gap() -> None:
    found = gap(CURRENT, CURRENT)
    assert found.steps == ()
    assert all(difference.change == 0 for difference in found.differences)
