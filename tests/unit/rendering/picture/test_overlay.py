"""Two versions in one picture: what is marked, and that nothing else moves."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.model.strategies import make
from tests.unit.rendering.picture.geometry import Drawn, check
from tests.unit.rendering.picture.strategies import HOSTILE, measured, pictured
from tests.unit.rendering.picture.test_placing import order_of
from vsmdocs.analysis.gap import Measured
from vsmdocs.model.flow import START
from vsmdocs.model.metrics import measure
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.overlay import Overlay, draw_overlay, overlay_spec
from vsmdocs.rendering.picture.parts import EdgeLine, Picture, StepBox
from vsmdocs.rendering.picture.placing import place


def version(steps: Any, **keys: Any) -> Measured:
    stream_map = make(steps, **keys)
    return stream_map, measure(stream_map)


def overlaid(base: Measured, head: Measured) -> tuple[Overlay, Picture]:
    overlay = overlay_spec(base, head)
    return overlay, draw_overlay(overlay, place(overlay.spec, order_of(overlay.spec)))


def pictured_of(base: Measured, head: Measured) -> Picture:
    return overlaid(base, head)[1]


def box_of(picture: Picture, step: str) -> StepBox:
    return next(box for box in picture.steps if box.id == step)


def change_of(picture: Picture, step: str) -> str | None:
    mark = box_of(picture, step).mark
    assert mark is not None
    return mark.change


def edge_of(picture: Picture, title: str) -> EdgeLine:
    return next(edge for edge in picture.edges if title in edge.title)


def times(**steps: str) -> list[dict[str, Any]]:
    """Return steps of `id="wait process"`."""
    return [
        {"id": name, "wait_time": both.split()[0], "process_time": both.split()[1]}
        for name, both in steps.items()
    ]


def reworded(data: dict[str, Any]) -> dict[str, Any]:
    """Return keys of the same structure with other numbers, other rates among them."""
    other: dict[str, Any] = json.loads(json.dumps(data))
    for number, step in enumerate(other["steps"]):
        if step["kind"] != "queue":
            step["process_time"] = f"{number % 9 + 1}h"
        step["wait_time"] = f"{number % 5}d"
        step |= {"complete_accurate": "85%", "people": str(number + 9), "wip": str(number)}
    for loop in other["rework"]:
        loop["rate"] = "17%"
    return other


# --- places ---------------------------------------------------------------------


@given(pictured(loops=3))
def test_versions_of_one_structure_lie_exactly_on_each_other(data: dict[str, Any]) -> None:
    base, head = measured(data), measured(reworded(data))
    overlay, both = overlaid(base, head)
    spec = spec_of(*head)
    assert overlay.spec == spec
    layout = place(spec, order_of(spec))
    alone = draw(*head, spec, layout)
    assert [(box.id, box.x, box.y) for box in both.steps] == [
        (box.id, box.x, box.y) for box in alone.steps
    ]
    assert [edge.path for edge in both.edges] == [edge.path for edge in alone.edges]
    assert (both.width, both.height, both.lanes) == (alone.width, alone.height, alone.lanes)
    assert both.ladder == alone.ladder
    assert [box.critical for box in both.steps] == [box.critical for box in alone.steps]
    check(Drawn(*head, spec, layout, both))


@given(pictured(most_steps=14), pictured(most_steps=14), st.integers(0, 99))
def test_any_two_versions_make_a_picture(
    one: dict[str, Any], other: dict[str, Any], turn: int
) -> None:
    base, head = measured(one), measured(other)
    overlay = overlay_spec(base, head)
    layout = place(overlay.spec, order_of(overlay.spec, turn))
    picture = draw_overlay(overlay, layout)
    union = overlay.union
    check(Drawn(union.map, union.metrics, overlay.spec, layout, picture))
    kept = [box for box in picture.steps if box.mark and box.mark.change != "removed"]
    assert {box.id for box in kept} == {step.id for step in head[0].steps}
    gone = len(picture.steps) - len(kept)
    added = sum(box.mark is not None and box.mark.change == "added" for box in picture.steps)
    assert len(base[0].steps) - gone == len(head[0].steps) - added
    for box in picture.steps:
        if box.mark and box.mark.change == "removed":
            assert not box.critical
            assert not box.worst
            assert box.owner == (union.steps_before[box.id][0].owner or "")
    # Every edge of the base that the head has not is drawn as removed, or said to be left out.
    drawn = {(edge.source, edge.target) for edge in union.metrics.flow.edges}
    left_out = {(edge.source, edge.target) for edge in union.left_out}
    ghosts = union.removed
    for edge in base[1].flow.edges:
        pair = (union.names.get(edge.source, START), union.names[edge.target])
        if edge.source != START or pair[1] in ghosts:
            assert (pair in drawn) != (pair in left_out)


@given(pictured(most_steps=20))
def test_a_version_laid_on_itself_is_its_own_picture(data: dict[str, Any]) -> None:
    own = measured(data)
    overlay, both = overlaid(own, own)
    assert both.marks is not None
    assert both.marks.changes == ()
    assert both.marks.ways == ()
    assert {box.mark.change for box in both.steps if box.mark} == {None}
    alone = draw(*own, overlay.spec, place(overlay.spec, order_of(overlay.spec)))
    plain = tuple(box._replace(mark=None) for box in both.steps)
    told = both._replace(steps=plain, marks=None, scale=(), description=alone.description)
    assert told == alone
    assert both.description.endswith("Nothing that is drawn changed.")


# --- steps ----------------------------------------------------------------------


def test_a_removed_step_is_a_ghost_in_its_old_owners_lane() -> None:
    steps = [
        {"id": "build", "owner": "Dev", "process_time": "1h"},
        {"id": "sign", "owner": "Board", "process_time": "2h", "wait_time": "5d"},
        {"id": "ship", "owner": "Ops", "process_time": "1h"},
    ]
    picture = pictured_of(version(steps), version([steps[0], steps[2]]))
    ghost = box_of(picture, "sign")
    assert [box.id for box in picture.steps] == ["build", "sign", "ship"]
    lane = next(lane for lane in picture.lanes if lane.full_name == "Board")
    assert lane.y < ghost.y < lane.y + lane.height
    assert ghost.mark
    assert (ghost.mark.change, ghost.mark.word) == ("removed", "× removed")
    assert (ghost.wait, ghost.process) == ("5\u00a0d", "2\u00a0h")
    assert ghost.label.startswith("removed: Sign")
    assert change_of(picture, "build") is None
    assert edge_of(picture, "Build → Ship").mark == "added"
    assert edge_of(picture, "Build → Sign").mark == "removed"
    assert edge_of(picture, "Sign → Ship").mark == "removed"
    assert "Steps removed: Sign." in picture.description
    assert [rung.step for rung in picture.ladder.rungs] == ["build", "ship"]


def test_an_added_step_says_so() -> None:
    picture = pictured_of(version("a c"), version("a b c"))
    box = box_of(picture, "b")
    assert box.mark
    assert (box.mark.change, box.mark.word) == ("added", "+ added")
    assert edge_of(picture, "A → B").mark_at is not None
    assert edge_of(picture, "A → C").mark == "removed"
    assert picture.marks
    assert picture.marks.changes == ("added", "removed")


def test_changed_times_stand_beside_the_old_ones() -> None:
    picture = pictured_of(
        version(times(a="3d 2h", b="1d 1h")), version(times(a="1d 2h", b="1d 1h"))
    )
    mark = box_of(picture, "a").mark
    assert mark
    assert [(row.number.key, row.number.was, row.number.now) for row in mark.rows] == [
        ("PT", "", "2\u00a0h"),
        ("Wait", "3\u00a0d → ", "1\u00a0d"),
        ("%C&A", "", "?"),
    ]
    assert [bool(row.plate) for row in mark.rows] == [False, True, False]
    assert mark.rows[1].number.tone == "better"
    assert mark.notes == ("wait from 3\u00a0d to 1\u00a0d",)
    assert change_of(picture, "b") is None
    assert picture.marks
    assert picture.marks.lead_time_was == "4.4\u00a0d → "
    assert picture.marks.process_time_was == ""
    assert [line.lead_time for line in picture.scale] == ["4.4\u00a0d", "2.4\u00a0d"]
    ends = [line.bars[-1].x + line.bars[-1].width for line in picture.scale]
    assert abs(ends[0] - 1000) < 0.1
    assert abs(ends[1] - 1000 * 19 / 35) < 0.1


def test_what_is_not_known_is_never_nothing() -> None:
    base = version([{"id": "a", "process_time": "1h"}, {"id": "b"}])
    head = version([{"id": "a"}, {"id": "b", "process_time": "4h", "complete_accurate": "0%"}])
    picture = pictured_of(base, head)
    (first, second) = (box.mark for box in picture.steps)
    assert first
    assert second
    assert (first.rows[0].number.was, first.rows[0].number.now) == ("1\u00a0h → ", "?")
    assert first.rows[0].number.tone == ""
    assert "process time from 1\u00a0h to unknown" in first.notes
    assert (second.rows[2].number.was, second.rows[2].number.now) == ("? → ", "0")


def test_a_better_share_is_a_higher_one() -> None:
    picture = pictured_of(
        version([{"id": "a", "process_time": "1h", "complete_accurate": "80%", "people": "5"}]),
        version([{"id": "a", "process_time": "1h", "complete_accurate": "60%", "people": "3"}]),
    )
    mark = box_of(picture, "a").mark
    assert mark
    quality = mark.rows[2]
    assert (quality.number.was, quality.number.now, quality.number.tone) == ("80 → ", "60", "worse")
    (people,) = (row.people for row in mark.rows if row.people)
    assert (people.was, people.now) == ("5 → ", "3")


def test_a_renamed_and_moved_step_has_its_old_name_in_its_label() -> None:
    picture = pictured_of(
        version([{"id": "a", "name": "Check", "owner": "QA", "process_time": "1h"}]),
        version([{"id": "a", "name": "Peer review", "owner": "Dev", "process_time": "1h"}]),
    )
    box = box_of(picture, "a")
    assert box.mark
    assert box.mark.word == "renamed, from QA"
    assert not box.mark.rows, "the usual rows stay where no number changed"
    assert "renamed from “Check”" in box.label
    assert "moved from QA to Dev" in box.label
    assert [lane.full_name for lane in picture.lanes] == ["Dev"]


def test_a_tag_says_less_where_there_is_no_room() -> None:
    long = {"id": "a", "process_time": "1h", "wait_time": "9d"}
    picture = pictured_of(
        version([long | {"owner": "Product management and discovery", "name": "Old"}]),
        version([long | {"owner": "Dev", "name": "New", "automation": "automated"}]),
    )
    box = box_of(picture, "a")
    assert box.worst
    assert box.mark
    assert box.mark.word == "renamed"
    assert box.mark.automation == "", "there is no room for it beside two tags"
    assert "automation from unknown to automated" in box.mark.words


def test_work_in_process_and_automation_tell_both() -> None:
    step = {"id": "a", "process_time": "1h"}
    picture = pictured_of(
        version([step | {"wip": "12", "automation": "manual"}]),
        version([step | {"wip": "3", "automation": "automated"}]),
    )
    mark = box_of(picture, "a").mark
    assert mark
    assert mark.wip
    assert (mark.wip.was, mark.wip.now) == ("12→", "3")
    assert mark.automation == "manual → automated"


def test_an_id_that_went_to_another_step_stands_for_both() -> None:
    """`x` becomes `y`, and a step that has nothing to do with it is called `x` from now on."""
    base = version(times(a="1d 1h", x="4d 2h", c="1h 1h"))
    head = version([*times(a="1d 1h"), {"id": "x", "kind": "queue", "wait_time": "9d"}, *times(c="1h 1h")])  # noqa: E501  # fmt: skip
    overlay, picture = overlaid(base, head)
    assert len({box.id for box in picture.steps}) == len(picture.steps)
    assert len(picture.steps) == len(base[0].steps) + len(overlay.union.removed) == 3


@given(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE))
@example("<b>", "]]>")
def test_hostile_names_reach_no_layout(name: str, owner: str) -> None:
    step = {"id": "a", "process_time": "1h"}
    try:
        base, head = version([step | {"name": name, "owner": owner}]), version([step])
    except ValueError:
        return
    overlay, picture = overlaid(base, head)
    assert overlay.spec == spec_of(*head)
    assert change_of(picture, "a") == "changed"


# --- ways -----------------------------------------------------------------------


def test_a_way_that_would_close_a_circle_is_told_and_not_drawn() -> None:
    base = version("a b c", flow=["a -> b -> c"])
    head = version("a b c", flow=["c -> b -> a"])
    overlay, picture = overlaid(base, head)
    assert [(e.source, e.target) for e in overlay.union.left_out] == [("a", "b"), ("b", "c")]
    assert {edge.mark for edge in picture.edges} == {"added"}
    assert "A → B (not drawn: it ran against the flow)" in picture.description


def test_only_what_closes_the_circle_is_left_out() -> None:
    base = version("a g b z", flow=["a -> g -> b", "a -> z"])
    head = version("a b z", flow=["b -> a -> z"])
    overlay, picture = overlaid(base, head)
    assert [(e.source, e.target) for e in overlay.union.left_out] == [("g", "b")]
    assert edge_of(picture, "A → G").mark == "removed"


def test_a_changed_share_stands_on_its_arrow_without_moving_it() -> None:
    flow = "a -> [b {}%, c {}%]"
    base = version("a b c", flow=[flow.format(65, 35)])
    head = version("a b c", flow=[flow.format(80, 20)])
    overlay, picture = overlaid(base, head)
    assert overlay.spec == spec_of(*head)
    edge = edge_of(picture, "A → B")
    assert edge.mark == "changed"
    assert edge.label
    assert edge.label.lines == ("65→80\u00a0%",)
    assert edge.mark_at is None
    assert "share from 65\u00a0% to 80\u00a0%" in edge.title
    assert "A → C: share from 35\u00a0% to 20\u00a0%" in picture.description


def test_a_label_without_room_for_both_leaves_the_telling_to_a_sign() -> None:
    base = version("a b", flow=[{"from": "a", "to": "b", "wait": "2d"}])
    head = version("a b")
    edge = edge_of(pictured_of(base, head), "A → B")
    assert (edge.mark, edge.label) == ("changed", None)
    assert edge.mark_at is not None
    assert "wait on the way from 2\u00a0d to none" in edge.title


def test_marks_stand_on_labels_where_there_are_any() -> None:
    base = version("a b c", flow=["a -> b -> c"])
    head = version("a b c", flow=["a -> [b 50%, c 50%]"])
    picture = pictured_of(base, head)
    added = edge_of(picture, "A → C")
    assert added.label
    assert added.label.lines == ("+ 50\u00a0%",)
    assert added.mark_at is None
    assert edge_of(picture, "B → C").handoff is None


def test_ends_are_those_of_each_version() -> None:
    """Where the first step goes, the trigger led to it and leads to the next from now on."""
    picture = pictured_of(version("a b c"), version("b"))
    marks = sorted(edge.mark for edge in picture.edges if not edge.title)
    assert marks == ["added", "added", "removed", "removed"]


def test_loops_are_marked_like_edges() -> None:
    base = version(
        "a b c",
        rework=[
            {"from": "b", "to": "a", "rate": "30%", "reason": "defects"},
            {"from": "c", "to": "a", "rate": "5%"},
        ],
    )
    head = version(
        "a b c",
        rework=[
            {"from": "b", "to": "a", "rate": "20%", "reason": "defects"},
            {"from": "c", "to": "b", "rate": "9%"},
        ],
    )
    picture = pictured_of(base, head)
    found = {rail.mark: rail for rail in picture.rails}
    assert picture.rails[0].mark == "removed", "it lies below the others"
    assert found["changed"].label == "30\u00a0% → 20\u00a0% · defects"
    assert found["added"].label == "+ 9\u00a0%"
    assert found["removed"].label == "× 5\u00a0%"
    assert "(rate from 30\u00a0% to 20\u00a0%)" in found["changed"].title
    assert "rework B → A: rate from 30\u00a0% to 20\u00a0%" in picture.description
