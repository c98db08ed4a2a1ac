"""Where value gets stuck, as facts."""

from __future__ import annotations

import pytest

from tests.unit.model.strategies import make
from vsmdocs.analysis.answer import Answer, find_answer
from vsmdocs.model.metrics import measure


def test_a_wait_on_the_critical_path() -> None:
    steps = [
        {"id": "a", "process_time": "9h"},
        {"id": "b", "process_time": "1h", "wait_time": "6h"},
    ]
    loop = {"from": "b", "to": "b", "rate": "50%"}
    answer = find_answer(measure(make(steps, rework=[loop])))
    assert answer is not None
    assert (answer.kind, answer.step, answer.to, answer.hours) == ("wait", "b", None, 6)
    # Two visits of b: 12 h of the expected 23 h wait, and 6 h of the 16 h without rework.
    assert answer.gain == pytest.approx(12)
    assert answer.share == pytest.approx(12 / 23)
    assert answer.share_of_lead_time == pytest.approx(6 / 16)
    assert answer.without == pytest.approx(11)


def test_the_wait_on_an_edge() -> None:
    flow = [{"from": "a", "to": "b", "wait": "8h"}]
    answer = find_answer(measure(make("a b", flow=flow)))
    assert answer == Answer("wait", "a", "b", 8, 8, 0.8, 0.8, 2)


def test_a_loop() -> None:
    answer = find_answer(measure(make("a b", rework=[{"from": "b", "to": "a", "rate": "50%"}])))
    assert answer == Answer("loop", "b", "a", 2, None, 0.5, None, 2)


def test_a_step_only_when_no_wait_or_loop_gains_anything() -> None:
    steps = [
        {"id": "a", "process_time": "9h"},
        {"id": "b", "process_time": "1h", "wait_time": "1h"},
        {"id": "c", "process_time": "3h"},
    ]
    answer = find_answer(measure(make(steps, flow=["a -> [b, c]"])))
    assert answer is not None
    assert (answer.kind, answer.step, answer.share_of_lead_time) == ("step", "a", None)


def test_nothing_is_known() -> None:
    assert find_answer(measure(make([{"id": "a"}]))) is None
    assert find_answer(measure(make([{"id": "a", "wait_time": "1d"}]))) is None
