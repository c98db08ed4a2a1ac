"""Which step of one map is which of another."""

from __future__ import annotations

from typing import Any

from tests.unit.model.strategies import make
from vsmdocs.analysis.diff import match_steps


def step(key: str, /, **keys: Any) -> dict[str, Any]:
    return {"id": key, **keys}


BUILD = step("build", owner="Engineering", process_time="2d", wait_time="1d")
DEPLOY = step("deploy", owner="Ops", process_time="30m", wait_time="8h")
REVIEW = step("review", name="Code review", owner="Engineering", process_time="2h", wait_time="3d")


def both_ways(base: list[Any], head: list[Any], **keys: Any) -> dict[str, str]:
    there = match_steps(make(base, **keys), make(head, **keys))
    back = match_steps(make(head, **keys), make(base, **keys))
    assert {new: old for old, new in there.items()} == back
    return there


def test_an_id_that_both_have_is_the_same_step() -> None:
    other = step("review", name="Tea", owner="Sales", kind="queue", wait_time="9d")
    assert both_ways([BUILD, REVIEW], [other, BUILD]) == {"build": "build", "review": "review"}


def test_a_new_id_alone() -> None:
    found = both_ways([BUILD, REVIEW, DEPLOY], [BUILD, {**REVIEW, "id": "pr"}, DEPLOY])
    assert found == {"build": "build", "review": "pr", "deploy": "deploy"}


def test_a_new_id_with_a_name_and_numbers_that_are_like_it() -> None:
    head = {**REVIEW, "id": "peer-review", "name": "Peer code review", "wait_time": "1d"}
    assert both_ways([BUILD, REVIEW, DEPLOY], [BUILD, head, DEPLOY])["review"] == "peer-review"


def test_a_new_name_with_everything_else_as_it_was() -> None:
    head = {**REVIEW, "id": "check", "name": "Four eyes"}
    assert both_ways([BUILD, REVIEW, DEPLOY], [BUILD, head, DEPLOY])["review"] == "check"


def test_what_replaces_a_step_is_not_that_step() -> None:
    head = step("pair", name="Pairing", owner="Engineering", process_time="4h")
    assert "review" not in both_ways([BUILD, REVIEW, DEPLOY], [BUILD, head, DEPLOY])
    kind = {**REVIEW, "id": "signing", "name": "Signing", "kind": "approval"}
    assert "review" not in both_ways([BUILD, REVIEW, DEPLOY], [BUILD, kind, DEPLOY])


def test_one_equal_number_says_nothing() -> None:
    assert match_steps(make("a b c"), make("a x c")) == {"a": "a", "c": "c"}


def test_names_that_differ_by_a_number_alone() -> None:
    base = [BUILD, step("process-2", owner="A", process_time="2h"), DEPLOY]
    head = [BUILD, step("process-7", owner="B", process_time="5h"), DEPLOY]
    assert "process-2" not in both_ways(base, head)


def test_the_more_alike_go_together_and_each_once() -> None:
    base = [BUILD, step("qa", name="Test", owner="QA"), step("uat", name="Test", owner="Sales")]
    head = [BUILD, step("trial", name="Test", owner="Sales"), step("exam", name="Test", owner="QA")]
    found = both_ways(base, head)
    assert (found["qa"], found["uat"]) == ("exam", "trial")
    assert len(set(both_ways(base, head[:2]).values())) == len(both_ways(base, head[:2])) == 2


def test_place_in_the_flow_decides_between_equals() -> None:
    twins = [step("a"), step("b"), step("t1", name="Test"), step("t2", name="Test"), step("z")]
    others = [step("a"), step("b"), step("u1", name="Test"), step("u2", name="Test"), step("z")]
    base = make(twins, flow=["a -> t1 -> z", "b -> t2 -> z"])
    head = make(others, flow=["b -> u1 -> z", "a -> u2 -> z"])
    found = match_steps(base, head)
    assert (found["t1"], found["t2"]) == ("u2", "u1")


def test_numbers_are_compared_in_hours() -> None:
    head = {**REVIEW, "id": "check", "name": "Four eyes", "wait_time": "24h"}
    assert both_ways([BUILD, REVIEW, DEPLOY], [BUILD, head, DEPLOY])["review"] == "check"


def test_of_very_many_only_those_of_one_name() -> None:
    base = [step(f"a{n}", name=f"Step {n}") for n in range(120)]
    head = [step(f"b{n}", name=f"Step {n}") for n in range(110)]
    found = both_ways(base, [*head, step("c", name="Step 119x")])
    assert found == {f"a{n}": f"b{n}" for n in range(110)}


def test_other_alphabets_have_names_too() -> None:
    base = [BUILD, step("a", name="評審代碼", owner="工程"), DEPLOY]
    head = [BUILD, step("b", name="代碼評審", owner="工程"), DEPLOY]
    assert both_ways(base, head)["a"] == "b"
    signs = both_ways([BUILD, step("a", name="!!!")], [BUILD, step("b", name="???")])
    assert signs["build"] == "build"
