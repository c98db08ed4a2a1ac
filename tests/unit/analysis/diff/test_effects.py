"""What each change is said to have done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.strategies import make
from vsmdocs.analysis.diff import Change, CountedLater, Effect, OffPath, diff, invert
from vsmdocs.analysis.diff import effects as effects_module
from vsmdocs.errors import CalculationError
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.stream import ValueStreamMap

WORK = {"process_time": "1h"}


def lead_times(changes: tuple[Change, ...]) -> list[float | None]:
    return [change.effect.lead_time if change.effect else None for change in changes]


def test_each_change_is_measured_after_those_before_it() -> None:
    base = make([{"id": "a", "process_time": "2h", "wait_time": "6h"}, {"id": "b", **WORK}])
    head = make([{"id": "a", "process_time": "1h", "wait_time": "3h"}, {"id": "b", **WORK}])
    first, second = diff(base, head).changes
    assert first.effect == Effect(-1, -1, pytest.approx(2 / 8 - 3 / 9), None)  # type: ignore[arg-type]
    assert second.effect == Effect(-3, -3, pytest.approx(2 / 5 - 2 / 8), None)  # type: ignore[arg-type]


def test_words_do_nothing_to_figures_that_are_known() -> None:
    (change,) = diff(make([{"id": "a", **WORK}]), make([{"id": "a", "owner": "O", **WORK}])).changes
    assert change.effect == Effect(0, 0, 0, 0)


def test_what_is_unknown_on_one_side_is_not_taken_for_nothing() -> None:
    known, unknown = (
        make([{"id": "a", **WORK}, {"id": "b", **WORK}]),
        make([{"id": "a"}, {"id": "b", **WORK}]),
    )
    for pair in ((known, unknown), (unknown, known)):
        found = diff(*pair)
        assert found.effect == found.changes[0].effect == Effect(None, None, None, None)


def test_only_what_can_alter_figures_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[ValueStreamMap] = []

    def counting(stream_map: ValueStreamMap, *, ranked: bool = True) -> StreamMetrics:
        measured.append(stream_map)
        return measure(stream_map, ranked=ranked)

    monkeypatch.setattr(effects_module, "measure", counting)
    words = {"owner": "O", "wip": "3", "systems": ["Git"], "notes": "n", "name": "N"}
    steps: list[dict[str, Any]] = [{"id": name, **WORK} for name in "abc"]
    base = make(steps, title="A", flow=["a -> b -> c"])
    moved = [{**steps[2], **words}, {**steps[0], "process_time": "2h"}, {**steps[1], **words}]
    head = make(moved, title="B", flow=["a -> b", {"from": "b", "to": "c", "label": "l"}])
    found = diff(base, head, "x", "y")
    assert len(found.changes) > 10
    assert measured == []
    assert lead_times(found.changes).count(0) == len(found.changes) - 1
    diff(base, make([{**step, "process_time": "2h"} for step in steps], flow=["a -> b -> c"]))
    assert len(measured) == 2


PARALLEL = ["a -> [b, c, d] -> e"]


def parallel(wait: str | None, **keys: Any) -> ValueStreamMap:
    waits = {"b": wait, "c": "5h", "d": "1h"}
    steps = [
        {"id": n, **WORK, **({"wait_time": waits[n]} if waits.get(n) else {})} for n in "abcde"
    ]
    return make(steps, flow=PARALLEL, **keys)


def test_a_wait_off_the_critical_path_gained_nothing() -> None:
    (change,) = diff(parallel("3h"), parallel("1h")).changes
    assert change.effect == Effect(0, 0, 0, None)
    assert change.reason == OffPath(2, ("c",))
    (longer,) = diff(parallel("1h"), parallel("3h")).changes
    assert longer.reason is None
    assert invert(diff(parallel("3h"), parallel("1h"))).changes[0].reason is None


def test_a_wait_as_long_as_the_one_beside_it() -> None:
    (change,) = diff(parallel("5h"), parallel("1h")).changes
    assert change.reason == OffPath(0, ("c",))


def test_a_wait_on_the_path_needs_no_reason() -> None:
    (change,) = diff(parallel("9h"), parallel("1h")).changes
    assert (change.reason, lead_times((change,))) == (None, [-4])


def test_a_step_that_went_and_gained_nothing() -> None:
    base = parallel("3h")
    rest = tuple(step for step in base.steps if step.id != "b")
    head = base.model_copy(update={"steps": rest, "flow": ("a -> [c, d] -> e",)})
    (change,) = diff(base, head).changes
    assert (change.kind, change.reason) == ("removed", OffPath(2, ("c",)))


def test_a_wait_on_the_way_that_gained_nothing() -> None:
    def waiting(wait: str) -> ValueStreamMap:
        edge = {"from": "a", "to": "b", "wait": wait}
        return make(
            "a b c", flow=["a -> c", {"from": "a", "to": "c", "wait": "9h"}, "a -> b -> c", edge]
        )

    (change,) = diff(waiting("5h"), waiting("2h")).changes
    assert (change.field, change.reason) == ("wait", OffPath(3, ()))


def test_a_wait_that_no_item_meets() -> None:
    def never(wait: str) -> ValueStreamMap:
        steps = [{"id": n, **WORK, "wait_time": wait if n == "b" else "0"} for n in "abc"]
        return make(steps, flow=["a -> [b 0%, c 100%]"])

    (change,) = diff(never("5h"), never("2h")).changes
    assert change.reason == OffPath(None, ())


def test_a_renamed_step_off_the_path() -> None:
    base, head = parallel("3h"), parallel("1h")
    text = head.model_copy(
        update={
            "steps": tuple(
                s.model_copy(update={"id": "c2", "name": "C"}) if s.id == "c" else s
                for s in head.steps
            ),
            "flow": ("a -> [b, c2, d] -> e",),
        }
    )
    found = diff(base, text).changes
    assert [(c.kind, c.reason) for c in found] == [
        ("renamed", None), ("changed", OffPath(2, ("c2",))),
    ]  # fmt: skip


def test_what_cannot_be_calculated_in_between_is_counted_later() -> None:
    base = make("a b c", rework=[{"from": "c", "to": "b", "rate": "60%"}])
    head = make("a b c", rework=[{"from": "c", "to": "b", "rate": "30%"},
                                 {"from": "c", "to": "a", "rate": "50%"}])  # fmt: skip
    back = diff(head, base)
    assert [c.kind for c in back.changes] == ["loop-removed", "loop-changed"]
    turned = invert(back).changes
    assert [c.kind for c in turned] == ["loop-changed", "loop-added"]
    swap = diff(
        make("a b c", rework=[{"from": "c", "to": "b", "rate": "60%"},
                              {"from": "c", "to": "a", "rate": "10%"}]),
        make("a b c", rework=[{"from": "c", "to": "a", "rate": "60%"},
                              {"from": "c", "to": "b", "rate": "10%"}]),
    )  # fmt: skip
    first, second = swap.changes
    assert (first.effect, first.reason) == (None, CountedLater(1))
    assert second.effect == swap.effect
    one, other = invert(swap).changes
    assert (one.effect, one.reason) == (None, CountedLater(1))
    assert other.effect == swap.effect.inverse()  # type: ignore[union-attr]
    assert invert(invert(swap)).changes == swap.changes


def test_steps_that_trade_places_in_a_written_flow() -> None:
    base = make("a b c", flow=["a -> b -> c"])
    head = make("c n a b", flow=["c -> n -> a -> b"])
    found = diff(base, head)
    assert [c.kind for c in found.changes] == ["moved", "added", "rewired"]
    assert [c.reason for c in found.changes] == [None, CountedLater(1), None]


def test_a_map_whose_steps_are_all_others() -> None:
    found = diff(make("a b"), make("x y"))
    assert [c.kind for c in found.changes] == ["removed", "removed", "added", "added"]
    assert lead_times(found.changes)[0] == -1
    assert found.changes[1].reason == CountedLater(1)


def test_a_move_that_decides_between_loops() -> None:
    loops = [{"from": "a", "to": "b", "rate": "50%"},
             {"from": "b", "to": "b", "rate": "50%", "passes": "1"}]  # fmt: skip
    base = make("a b", flow=["a", "b"], rework=loops)
    (change,) = diff(base, make("b a", flow=["a", "b"], rework=loops)).changes
    assert change.kind == "moved"
    assert change.effect
    assert change.effect.lead_time == 0
    assert change.effect.expected_lead_time


def test_very_many_changes_are_not_measured_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects_module, "MOST_MEASURED", 12)
    steps = [{"id": n, **WORK} for n in "abcdef"]
    found = diff(make(steps), make([{**step, "process_time": "2h"} for step in steps]))
    assert lead_times(found.changes) == [1, 1, None, None, None, 4]
    assert found.changes[2].reason == CountedLater(3)


def test_figures_that_are_known_are_not_calculated_again() -> None:
    base, head = make("a b"), make("a b c")
    metrics = measure(base), measure(head)
    found = diff(base, head, base_metrics=metrics[0], head_metrics=metrics[1])
    assert found.base_metrics is metrics[0]
    assert found.head_metrics is metrics[1]


def test_a_map_without_figures_is_refused() -> None:
    trapped = make("a b", rework=[{"from": "b", "to": "a", "rate": "100%"}])
    with pytest.raises(CalculationError):
        diff(make("a b"), trapped)
