"""What is said to have changed, by kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.analysis.diff.edits import meaning
from tests.unit.model.strategies import make
from vsmdocs.analysis.diff import Change, MapDiff, Place, Times, apply_changes, diff, invert
from vsmdocs.model.stream import ValueStreamMap


def compare(base: ValueStreamMap, head: ValueStreamMap) -> MapDiff:
    """Return the diff, once it was seen to lead there and back."""
    found = diff(base, head)
    assert meaning(apply_changes(base, found.changes)) == meaning(head)
    assert meaning(apply_changes(head, invert(found).changes)) == meaning(base)
    return found


def kinds(found: MapDiff) -> list[tuple[Any, ...]]:
    return [(c.kind, c.step, c.field) for c in found.changes]


def only(found: MapDiff) -> Change:
    assert len(found.changes) == 1, kinds(found)
    return found.changes[0]


def one(**keys: Any) -> ValueStreamMap:
    return make([{"id": "a", **keys}, {"id": "b", "process_time": "1h"}])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"wait_time": "8h"}, {"wait_time": "1d"}),
        ({"wait_time": "PT2H"}, {"wait_time": "120m"}),
        ({"wait_time": "1h..1d"}, {"wait_time": "60m..8h"}),
        ({"process_time": "2h"}, {"process_time": "2h", "wait_time": "0"}),
        ({"process_time": "2h", "wait_time": "6h"}, {"process_time": "2h", "lead_time": "1d"}),
        ({"kind": "queue", "wait_time": "3d"}, {"kind": "queue", "lead_time": "3d"}),
        ({"complete_accurate": "80%"}, {"complete_accurate": "0.8"}),
        ({"capacity": "10/day"}, {"capacity": "50/week"}),
        ({"systems": ["Git", "Jira"]}, {"systems": ["Jira", "Git"]}),
        ({}, {"name": "A"}),
        ({"kind": "work"}, {}),
    ],
)
def test_another_spelling_is_no_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert compare(one(**before), one(**after)).nothing
    assert compare(one(**after), one(**before)).nothing


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ({"wait_time": "5h"}, {"wait_time": "2h..8h"}, "wait_time"),
        ({"process_time": "2h"}, {"process_time": "2h", "wait_time": "1h"}, "wait_time"),
        ({"lead_time": "2d", "process_time": "1h"}, {"lead_time": "3d", "process_time": "1h"},
         "lead_time"),
        ({"process_time": "1h", "wait_time": "1d"}, {"process_time": "1h", "lead_time": "2d"},
         "times"),
        ({}, {"process_time": "2h"}, "process_time"),
        ({"complete_accurate": "80%"}, {}, "complete_accurate"),
        ({"complete_accurate": "81%"}, {"complete_accurate": ["90%", "90%"]}, "complete_accurate"),
        ({"owner": "X"}, {"owner": "Y"}, "owner"),
        ({"evidence": "measured"}, {"evidence": "assumed"}, "evidence"),
        ({}, {"name": "B"}, "name"),
        ({}, {"wip": "0"}, "wip"),
    ],
)  # fmt: skip
def test_one_number_or_word(before: dict[str, Any], after: dict[str, Any], field: str) -> None:
    change = only(compare(one(**before), one(**after)))
    assert (change.kind, change.step, change.field) == ("changed", "a", field)


def test_values_before_and_after() -> None:
    change = only(compare(one(process_time="2h"), one(process_time="2h", wait_time="1d")))
    assert (change.before.text, change.after.text) == ("0h", "1d")
    change = only(compare(one(process_time="1h", wait_time="1d"), one(lead_time="2d")))
    assert isinstance(change.before, Times)
    assert change.before.lead_time is None
    assert change.after.lead_time.text == "2d"


def test_notes_and_the_body_are_prose() -> None:
    base, head = one(notes="One."), one(notes="Two.")
    found = diff(base, head, "x\r\n", "x")
    assert kinds(found) == [("prose", "a", "notes")]
    assert found.only_words
    assert kinds(diff(base, base, "x", "y")) == [("prose", None, None)]
    assert diff(base, base, "\nx\n", "x").nothing


def test_a_queue_drops_its_process_time_without_a_moment_unknown() -> None:
    work, queue = one(process_time="1h", wait_time="1d"), one(kind="queue", wait_time="1d")
    for found in (compare(work, queue), compare(queue, work)):
        assert {c.field for c in found.changes} == {"kind", "process_time"}
        effects = [c.effect.lead_time for c in found.changes if c.effect]
        assert sorted(map(abs, effects)) == [0, 1]  # type: ignore[arg-type]


def test_a_queue_that_says_what_was_unknown() -> None:
    found = compare(one(wait_time="0"), one(kind="queue", wait_time="0", process_time="0"))
    assert [c.field for c in found.changes] == ["kind", "process_time"]
    assert (found.changes[1].before, found.changes[1].after.text) == (None, "0")


def test_a_step_in_a_chain_takes_its_ways_with_it() -> None:
    for keys in ({}, {"flow": ["a -> b -> c"]}):
        less = {"flow": ["a -> c"]} if keys else {}
        there = compare(make("a b c", **keys), make("a c", **less))
        back = compare(make("a c", **less), make("a b c", **keys))
        assert kinds(there) == [("removed", "b", None)]
        assert kinds(back) == [("added", "b", None)]
        assert there.changes[0].effect == back.changes[0].inverse().effect
        assert there.changes[0].before.place == Place(1, "a")


def test_several_steps_come_and_go_in_one_flow() -> None:
    base = make("a b c d", flow=["a -> [b, c] -> d"])
    head = make("a x y d", flow=["a -> x -> y -> d"])
    assert kinds(compare(base, head)) == [
        ("removed", "b", None), ("removed", "c", None), ("added", "x", None), ("added", "y", None),
    ]  # fmt: skip


def test_a_parallel_branch_comes_and_goes_alone() -> None:
    base = make("a b c d", flow=["a -> [b, c] -> d"])
    head = make("a b d", flow=["a -> b -> d"])
    assert kinds(compare(base, head)) == [("removed", "c", None)]
    assert kinds(compare(head, base)) == [("added", "c", None)]
    apart = make("a d", flow=["a", "d"])
    assert kinds(compare(head, apart)) == [("removed", "b", None)]
    assert kinds(compare(apart, head)) == [("added", "b", None)]


def test_an_alternative_that_goes_leaves_the_way_past_it() -> None:
    base = make("a b c", flow=["a -> [b 20%, c 80%]", "b -> c"])
    assert kinds(compare(base, make("a c", flow=["a -> c"]))) == [("removed", "b", None)]


def test_alternatives_after_a_step_that_goes() -> None:
    base = make("a b c d", flow=["a -> b -> [c 20%, d 80%]"])
    head = make("a c d", flow=["a -> [c 20%, d 80%]"])
    assert kinds(compare(base, head)) == [("removed", "b", None)]
    first = make("c d", flow=["[c 20%, d 80%]"])
    assert kinds(compare(head, first)) == [("removed", "a", None)]


def test_shares_that_cannot_be_told_apart_come_with_the_step() -> None:
    base = make("a b c d", flow=["a -> [b 20%, c 30%, d 50%]"])
    head = make("a c d", flow=["a -> [c 40%, d 60%]"])
    change = only(compare(base, head))
    assert (change.kind, change.step) == ("removed", "b")


def test_rewiring_is_told_by_what_hangs_together() -> None:
    base = make("a b c d e f g h", flow=["a -> b -> c -> d -> e -> f -> g -> h"])
    head = make("a b c d e f g h", flow=["a -> [b, c] -> d -> e -> [f, g] -> h"])
    found = compare(base, head)
    assert kinds(found) == [("rewired", "a", None), ("rewired", "e", None)]
    assert [w.pair for w in found.changes[0].before] == [("b", "c")]
    assert [w.pair for w in found.changes[0].after] == [("a", "c"), ("b", "d")]


def test_the_flow_written_otherwise() -> None:
    base = make("a b c d", flow=["a -> [b, c] -> d"])
    head = make("a b c d", flow=["a -> b -> d", "a -> c", "c -> d"])
    assert compare(base, head).nothing
    assert compare(make("a b"), make("a b", flow=["a -> b"])).nothing


def test_shares_waits_arrows_and_labels() -> None:
    base = make("a b c", flow=["a -> [b 20%, c 80%]", {"from": "b", "to": "c", "wait": "1d"}])
    head = make("a b c", flow=["a -> [b 30%, c 70%]",
                               {"from": "b", "to": "c", "wait": "2d", "kind": "fifo"}])  # fmt: skip
    found = compare(base, head)
    assert kinds(found) == [("rewired", "a", "share"), ("rewired", "b", "wait"),
                            ("rewired", "b", "kind")]  # fmt: skip
    assert found.changes[1].to == "c"
    spelled = {"from": "b", "to": "c", "wait": "8h"}
    assert compare(base, make("a b c", flow=["a -> [b 20%, c 80%]", spelled])).nothing


def test_moves_are_as_few_as_can_be() -> None:
    found = compare(make("a b c d e"), make("b c d e a"))
    assert kinds(found) == [("moved", "a", None)]
    assert (found.changes[0].before, found.changes[0].after) == (Place(0, None), Place(4, "e"))
    back = compare(make("b c d e a"), make("a b c d e"))
    assert kinds(back) == [("moved", "a", None)]


def test_a_move_in_the_list_alone_does_not_touch_the_flow() -> None:
    found = compare(make("a b c", flow=["a -> b -> c"]), make("c a b", flow=["a -> b -> c"]))
    assert kinds(found) == [("moved", "c", None)]
    written = compare(make("a b c"), make("c a b", flow=["a -> b -> c"]))
    assert kinds(written) == [("moved", "c", None)]


def test_a_new_id_is_one_change_wherever_it_is_referred_to() -> None:
    keys = {
        "flow": ["x -> old -> [y 20%, z 80%]"],
        "rework": [{"from": "old", "to": "x", "rate": "10%"}],
        "improvements": [{"id": "i", "title": "I", "step": "old", "change": {"old.wip": "1"}}],
    }
    steps = [
        {"id": "x"},
        {"id": "old", "name": "Four eyes", "owner": "O"},
        {"id": "y"},
        {"id": "z"},
    ]
    text = json.dumps({**keys, "steps": steps}).replace("old", "new")
    found = compare(make(steps, **keys), make(**json.loads(text)))
    assert kinds(found) == [("renamed", "new", None)]
    assert (found.changes[0].before, found.changes[0].after) == ("old", "new")
    assert found.steps["old"] == "new"


def test_a_name_made_from_the_id_changes_with_it() -> None:
    steps = [{"id": "a"}, {"id": "review", "owner": "O", "process_time": "1h", "wip": "3"}]
    found = compare(make(steps), make([steps[0], {**steps[1], "id": "code-review"}]))
    assert kinds(found) == [("renamed", "code-review", None), ("changed", "code-review", "name")]


def test_loops() -> None:
    def rework(*loops: dict[str, str]) -> ValueStreamMap:
        return make("a b c", rework=list(loops))

    loop = {"from": "b", "to": "a", "rate": "20%"}
    assert kinds(compare(rework(), rework(loop))) == [("loop-added", "b", None)]
    assert kinds(compare(rework(loop), rework())) == [("loop-removed", "b", None)]
    other = {**loop, "rate": "30%", "passes": "2", "reason": "r", "wait": "1d"}
    assert [c.field for c in compare(rework(loop), rework(other)).changes] == [
        "rate", "passes", "reason", "wait",
    ]  # fmt: skip
    assert compare(rework(loop), rework({**loop, "rate": "0.2", "wait": "0"})).nothing
    more = {"from": "c", "to": "a", "rate": "5%"}
    assert compare(rework(loop, more), rework(more, loop)).nothing


def test_a_loop_goes_before_its_step() -> None:
    base = make("a b c", rework=[{"from": "b", "to": "a", "rate": "50%"}])
    found = compare(base, make("a c"))
    assert kinds(found) == [("loop-removed", "b", None), ("removed", "b", None)]
    assert [c.effect.expected_lead_time for c in found.changes if c.effect] == [-2, -1]


def test_improvements() -> None:
    def trying(**keys: Any) -> ValueStreamMap:
        return make("a b", improvements=[{"id": "i", "title": "I", "step": "a", **keys}])

    none = make("a b")
    assert kinds(compare(none, trying())) == [("improvement-begun", "a", None)]
    assert kinds(compare(none, trying(status="adopted"))) == [("improvement-adopted", "a", None)]
    assert kinds(compare(trying(), none)) == [("improvement-removed", "a", None)]
    for before, after, kind in (
        ("idea", "trial", "begun"), ("trial", "adopted", "adopted"),
        ("idea", "rejected", "rejected"),
        ("trial", "idea", "changed"), ("adopted", "trial", "changed"),
    ):  # fmt: skip
        change = only(compare(trying(status=before), trying(status=after)))
        assert (change.kind, change.field) == (f"improvement-{kind}", "status")
        assert change.improvement == "i"
    change = only(compare(trying(), trying(hypothesis="h")))
    assert (change.kind, change.field) == ("improvement-changed", "hypothesis")
    assert compare(trying(effort="1d"), trying(effort="8h")).nothing


def test_what_an_improvement_is_to_change() -> None:
    def cut(**keys: str) -> ValueStreamMap:
        change = {key.replace("__", "."): value for key, value in keys.items()}
        return make("a b", improvements=[{"id": "i", "title": "I", "change": change}])

    assert diff(cut(a__wait_time="1d"), cut(a__wait_time="8h")).nothing
    assert diff(cut(a__complete_accurate="80%"), cut(a__complete_accurate="0.8")).nothing
    assert diff(cut(a__wip="-10%"), cut(a__wip="-10.0%")).nothing
    for other in ({"a__wip": "3"}, {"a__wip": "-20%"}, {"b__wip": "-10%"}):
        assert only(compare(cut(a__wip="-10%"), cut(**other))).field == "change"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ({"title": "A"}, {"title": "B"}, False),
        ({"demand": "10/day"}, {"demand": "50/week"}, True),
        ({"demand": "10/day"}, {}, False),
        ({"calendar": {"hours_per_day": "6"}}, {}, False),
        ({"calendar": {"hours_per_day": "8"}}, {}, True),
        ({"review_by": "2027-01-01"}, {"review_by": "2027-02-01"}, False),
        ({"targets": [{"metric": "lead_time", "at_most": "1d"}]},
         {"targets": [{"metric": "lead_time", "at_most": "8h"}]}, True),
        ({"targets": [{"metric": "lead_time", "at_most": "1d"}]}, {}, False),
        ({"stated_totals": {"lead_time": "1d"}}, {"stated_totals": {"lead_time": "8h"}}, True),
        ({"stated_totals": {"lead_time": "1d"}}, {"stated_totals": {"lead_time": "2d"}}, False),
        ({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, True),
        ({"trigger": "A call"}, {}, False),
        ({"state": "current"}, {"state": "future", "variant": "q2"}, True),
    ],
)  # fmt: skip
def test_the_map_itself(before: dict[str, Any], after: dict[str, Any], same: bool) -> None:
    found = compare(make("a b", **before), make("a b", **after))
    assert found.nothing is same
    if not same:
        assert (only(found).kind, only(found).field) == ("map-changed", next(iter(before)))


def test_days_of_another_length_do_not_hide_another_value() -> None:
    base = make([{"id": "a", "wait_time": "1d", "process_time": "1h"}])
    head = make(
        [{"id": "a", "wait_time": "6h", "process_time": "1h"}], calendar={"hours_per_day": "6"}
    )
    found = compare(base, head)
    assert kinds(found) == [("map-changed", None, "calendar"), ("changed", "a", "wait_time")]
    assert [c.effect.lead_time for c in found.changes if c.effect] == [-2, 0]


def test_a_map_that_is_new_or_gone() -> None:
    a_map = make("a b")
    new, gone = diff(None, a_map), diff(a_map, None)
    assert (new.base, new.head_metrics is None, new.changes, new.effect) == (None, False, (), None)
    assert invert(new) == gone
    assert not new.nothing
    assert not new.only_words
