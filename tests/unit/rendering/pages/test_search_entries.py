"""What can be found in a stream: named once, with every state that has it."""

from __future__ import annotations

from typing import Any

from tests.unit.model.strategies import make
from vsmdocs.rendering.pages.search_entries import FoundImprovement, FoundStep, found_stream

_REVIEW = {
    "id": "review", "name": "Code review", "owner": "Engineering", "wait_time": "3d",
    "systems": ["Forge"], "wastes": ["waiting"],
}  # fmt: skip
_GATE = {"id": "gate", "kind": "approval", "owner": "Board", "systems": ["Mail", "Forge"]}


def _maps(*futures: dict[str, Any]) -> list[Any]:
    sla = {"id": "sla", "title": "Reviews start within a day", "step": "review", "owner": "Ops",
           "status": "trial", "hypothesis": "Less waiting"}  # fmt: skip
    current = make(
        [_REVIEW, _GATE], title="Delivery", stream="delivery", owner="Payments", unit="feature",
        outcome="Sooner", tags=["web"], improvements=[sla, {"id": "one", "title": "One board"}],
    )  # fmt: skip
    return [current, *(make(**one, title="Delivery", stream="delivery") for one in futures)]


def test_a_step_has_its_name_its_owner_and_what_else_it_is_found_by() -> None:
    found = found_stream("Delivery", "Payments", _maps())
    assert found.steps == (
        FoundStep("review", "Code review", "Engineering", "Forge waiting", (0,)),
        FoundStep("gate", "Gate", "Board", "approval Mail Forge", (0,)),
    )
    assert found.improvements == (
        FoundImprovement(
            "sla", "Reviews start within a day", "Ops", "Less waiting", (0,), "trial", "Code review"
        ),
        FoundImprovement("one", "One board", "", "", (0,), "idea", ""),
    )
    assert (found.name, found.title, found.owner) == ("delivery", "Delivery", "Payments")
    assert found.words == "feature Sooner web"


def test_a_step_that_reads_the_same_in_two_states_stands_once() -> None:
    future = {"steps": [{**_REVIEW, "wait_time": "1h", "systems": ["Chat"]}], "state": "future"}
    moved = {"steps": [{**_REVIEW, "owner": "Platform"}], "state": "future", "variant": "q2"}
    found = found_stream("Delivery", "Payments", _maps(future, moved))
    assert [(state.name, state.label) for state in found.states] == [
        ("current", "Current"), ("future", "Future"), ("future-q2", "Future q2"),
    ]  # fmt: skip
    assert [(step.owner, step.words, step.states) for step in found.steps] == [
        ("Engineering", "Forge waiting Chat waiting", (0, 1)),
        ("Board", "approval Mail Forge", (0,)),
        ("Platform", "Forge waiting", (2,)),
    ]


def test_everybody_who_answers_for_something_is_an_owner_once() -> None:
    future = {"steps": [{**_REVIEW, "owner": "Engineering"}, {"id": "x"}], "state": "future"}
    found = found_stream("Delivery", "Payments", _maps(future))
    assert found.owners == ("Payments", "Engineering", "Board", "Ops")
    assert found_stream("t", "", [make([{"id": "a"}], title="t", stream="s")]).owners == ()


def test_a_long_text_is_searched_by_its_beginning() -> None:
    steps = [{"id": "a", "systems": [f"system {number}" for number in range(99)]}]
    (step,) = found_stream("t", "", [make(steps, title="t", stream="s")]).steps
    assert step.words.startswith("system 0 system 1")
    assert len(step.words) == 300
