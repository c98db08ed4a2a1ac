"""What does not fit together, each at the very characters that it is about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.strategies import make
from vsmdocs.model.structure import MOST_PROBLEMS, Problem, find_problems


def problems(steps: Any, **keys: Any) -> list[Problem]:
    return find_problems(make(steps, **keys))


def places(steps: Any, **keys: Any) -> list[tuple]:
    return [(p.rule, p.where, p.offset, p.length) for p in problems(steps, **keys)]


def test_nothing_is_wrong() -> None:
    assert problems("a b c") == []
    assert problems("a b c d", flow=["a -> [b, c] -> d"]) == []
    assert problems("a", rework=[{"from": "a", "to": "a", "rate": "10%"}]) == []


@pytest.mark.parametrize(
    ("flow", "place"),
    [
        (["a -> b -> x"], ("unknown-step", ("flow", 0), 10, 1)),
        (["a -> b", "b -> [xyz, c]"], ("unknown-step", ("flow", 1), 6, 3)),
        ([{"from": "a", "to": "zz"}], ("unknown-step", ("flow", 0, "to"), 0, 0)),
        ([{"from": "zz", "to": "a"}], ("unknown-step", ("flow", 0, "from"), 0, 0)),
        (["a -> b -> c -> a"], ("flow-circle", ("flow", 0), 15, 1)),
        (["a -> a", "b -> c"], ("flow-circle", ("flow", 0), 5, 1)),
        (["a -> b -> c", {"from": "c", "to": "b"}], ("flow-circle", ("flow", 1, "to"), 0, 0)),
        (["a -> c"], ("step-not-in-flow", ("steps", 1, "id"), 0, 0)),
        (["a -> b c"], ("flow-syntax", ("flow", 0), 7, 1)),
        (["a -> "], ("flow-syntax", ("flow", 0), 3, 1)),
        (["a -> [b, c"], ("flow-syntax", ("flow", 0), 5, 1)),
        (["a -> [b 20%, c]"], ("flow-syntax", ("flow", 0), 5, 1)),
        (["a -> [b 20%, c 70%]"], ("flow-syntax", ("flow", 0), 5, 1)),
        (["a -> [b 20, c]"], ("flow-syntax", ("flow", 0), 8, 2)),
        (["a -> [b, b] -> c"], ("flow-syntax", ("flow", 0), 9, 1)),
        (["a -> B -> c"], ("flow-syntax", ("flow", 0), 5, 1)),
        (["a -> b -> c", "a -> [b 50%, c 50%]"], ("ambiguous-choice", ("flow", 1), 6, 1)),
        (
            ["a -> [b 50%, c 50%]", "a -> [b 40%, c 60%]"],
            ("ambiguous-choice", ("flow", 1), 6, 1),
        ),
        (
            ["a -> b -> c", {"from": "a", "to": "b"}, {"from": "a", "to": "b"}],
            ("duplicate-edge", ("flow", 2, "to"), 0, 0),
        ),
    ],
)
def test_the_flow(flow: list[Any], place: tuple) -> None:
    assert place in places("a b c", flow=flow)


def test_an_unknown_step_suggests_the_nearest() -> None:
    (problem,) = problems("build review deploy", flow=["build -> revew -> deploy", "review"])
    assert (problem.message, problem.hint) == ("there is no step “revew”", "did you mean review?")


def test_a_circle_is_written_out() -> None:
    (problem,) = problems("a b c d", flow=["a -> b -> c -> d", "d -> b"])
    assert "b -> c -> d -> b" in problem.message
    assert (problem.where, problem.offset) == (("flow", 1), 5)
    assert "{from: d, to: b, rate: 20%}" in problem.hint


@pytest.mark.parametrize(
    ("rework", "place"),
    [
        ([("a", "c", 10)], ("rework-forward", ("rework", 0, "to"), 0, 0)),
        ([("x", "a", 10)], ("unknown-step", ("rework", 0, "from"), 0, 0)),
        ([("b", "x", 10)], ("unknown-step", ("rework", 0, "to"), 0, 0)),
        ([("b", "a", 10), ("b", "a", 5)], ("duplicate-rework", ("rework", 1, "to"), 0, 0)),
        ([("c", "a", 60), ("c", "b", 50)], ("rework-rates", ("rework", 1, "rate"), 0, 0)),
    ],
)
def test_rework(rework: list[tuple], place: tuple) -> None:
    loops = [{"from": a, "to": b, "rate": f"{rate}%"} for a, b, rate in rework]
    assert places("a b c", rework=loops) == [place]


def test_rework_to_a_parallel_step_is_no_skipping() -> None:
    loops = [{"from": "b", "to": "c", "rate": "10%"}]
    assert problems("a b c d", flow=["a -> [b, c] -> d"], rework=loops) == []


@pytest.mark.parametrize(
    ("times", "rule"),
    [
        ({"lead_time": "1h", "process_time": "2h"}, "lead-below-process"),
        ({"lead_time": "1h", "wait_time": "2h"}, "lead-below-wait"),
        ({"lead_time": "5h", "wait_time": "2h", "process_time": "2h"}, "times-disagree"),
    ],
)
def test_times(times: dict, rule: str) -> None:
    assert places([{"id": "a"}, {"id": "b", **times}]) == [(rule, ("steps", 1, "lead_time"), 0, 0)]


def test_three_times_that_agree() -> None:
    assert problems([{"id": "a", "lead_time": "1d", "wait_time": "7h", "process_time": "1h"}]) == []


def test_ids_and_improvements() -> None:
    improvements = [
        {"id": "i", "title": "t", "step": "x"},
        {"id": "i", "title": "t", "change": {"y.wait_time": "1d"}},
        {"id": "j", "title": "t", "started": "2026-02-01", "ended": "2026-01-01"},
    ]
    found = problems([{"id": "a"}, {"id": "a"}], improvements=improvements)
    assert [(p.rule, p.where, p.key) for p in found] == [
        ("duplicate-id", ("steps", 1, "id"), False),
        ("duplicate-id", ("improvements", 1, "id"), False),
        ("unknown-step", ("improvements", 0, "step"), False),
        ("unknown-step", ("improvements", 1, "change", "y.wait_time"), True),
        ("ended-before-start", ("improvements", 2, "ended"), False),
    ]


def test_rework_among_steps_of_one_id_is_not_judged() -> None:
    rework = [{"from": "b", "to": "a", "rate": "20%"}]
    steps = [{"id": "a"}, {"id": "b"}, {"id": "a"}, {"id": "c"}]
    found = problems(steps, flow=["a -> b -> c"], rework=rework)
    assert [(p.rule, p.where) for p in found] == [("duplicate-id", ("steps", 2, "id"))]


def test_it_stops_after_as_many_as_anyone_reads() -> None:
    flow = [{"from": f"x{n}", "to": f"y{n}"} for n in range(500)]
    assert len(problems("a b", flow=flow)) == MOST_PROBLEMS


def test_a_flow_that_draws_too_many_ways() -> None:
    names = [f"s{n}" for n in range(300)]
    flow = [f"[{', '.join(names[:150])}] -> [{', '.join(names[150:])}]"]
    assert places(" ".join(names), flow=flow) == [("too-many-edges", ("flow", 0), 0, 0)]
