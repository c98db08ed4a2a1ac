"""Advice on waste: what it says, what it lets be, and that it stays calm."""

from __future__ import annotations

import pytest

from tests.unit.analysis.examples import TODAY
from vsmdocs.analysis.lint import run
from vsmdocs.analysis.lint.catalogue import RULES
from vsmdocs.errors import Finding
from vsmdocs.reading.reader import read_map

WASTE = {rule.id for rule in RULES if rule.group == "waste"}


def lint(text: str, name: str = "current") -> list[Finding]:
    whole = f"---\ntitle: T\n{text}---\n".encode()
    return run([read_map(f"maps/orders/{name}.md", whole)], TODAY)


def of(rule: str, text: str) -> list[Finding]:
    return [finding for finding in lint(text) if finding.rule == rule]


def marked(finding: Finding) -> str:
    return finding.source_line[finding.column - 1 : finding.end_column - 1]


def steps(*rows: str) -> str:
    return "steps:\n" + "".join(f"  - {{id: {row}}}\n" for row in rows)


BUSY = steps(
    "design, process_time: 1d, wait_time: 1d, owner: A, complete_accurate: 60%",
    "check, process_time: 30m, wait_time: 2d, owner: B",
    "build, process_time: 2d, wait_time: 1d, owner: A, batch_size: 9, wip: 90",
    "ci, process_time: 10m, automation: automated, owner: A",
    "merge, process_time: 10m, wait_time: 1d, automation: manual, owner: A",
    "board, kind: approval, process_time: 1h, wait_time: 5d, owner: C",
    "release, process_time: 1h, wait_time: 1d, owner: A",
) + (
    "demand: 10/week\nrework:\n  - {from: merge, to: design, rate: 30%}\n"
    "  - {from: release, to: design, rate: 10%}\n"
)


def test_every_rule_of_waste_can_be_broken_by_one_map_and_each_is_told_at_most_twice() -> None:
    found = [finding.rule for finding in lint(BUSY) if finding.rule in WASTE]
    assert set(found) == WASTE - {"no-owner"}
    assert all(found.count(rule) <= 2 for rule in WASTE)
    assert len(found) <= 12


def test_a_long_bad_map_gets_no_more_advice_than_a_person_reads() -> None:
    row = (
        "s{0}, kind: {1}, process_time: 10m, wait_time: 2d, owner: O{2}, automation: {3}, "
        "batch_size: 5, wip: 9, complete_accurate: 60%"
    )
    kinds, ways = ("work", "work", "approval"), ("manual", "automated", "assisted")
    rows = [row.format(n, kinds[n % 3], n % 2, ways[n % 3]) for n in range(60)]
    loops = "".join(f"  - {{from: s{n}, to: s{n // 2}, rate: 10%}}\n" for n in range(8, 60, 5))
    found = lint(f"{steps(*rows)}demand: 40/week\nrework:\n{loops}")
    assert 3 <= len([finding for finding in found if finding.rule in WASTE]) <= 15


@pytest.mark.parametrize("state", ["future", "ideal"])
def test_what_is_only_planned_gets_no_such_advice(state: str) -> None:
    assert {finding.rule for finding in lint(BUSY, state)} & WASTE == set()


def test_a_sketch_of_two_steps_gets_no_such_advice() -> None:
    text = steps("a, process_time: 1h, wait_time: 9d", "b, process_time: 1h, wait_time: 9d")
    assert lint(text) == []


def test_a_map_without_figures_gets_no_such_advice() -> None:
    text = f"{BUSY}  - {{from: board, to: board, rate: 100%}}\n"
    assert {f.rule for f in lint(text)} & WASTE == set()


# --- waits ---------------------------------------------------------------------

THREE = ("a, process_time: 1d, wait_time: 1d", "b, name: Second, process_time: 1d, wait_time: 4d")


def test_the_longest_wait_is_told_with_what_it_costs() -> None:
    (finding,) = of("longest-wait", steps(*THREE, "c, process_time: 2d"))
    assert finding.message == (
        "the longest wait is before “Second”: 4d; without it the expected lead time is 4d (44%) "
        "shorter"
    )
    assert marked(finding) == "4d"
    assert "limit the work in process" in finding.hint


def test_a_wait_on_the_way_is_told_there() -> None:
    text = steps("a, process_time: 1d", "b, process_time: 1d", "c, process_time: 2d")
    text += "flow:\n  - a -> b\n  - {from: b, to: c, wait: 3d}\n"
    (finding,) = of("longest-wait", text)
    assert "between “B” and “C”: 3d" in finding.message
    assert marked(finding) == "3d"


def test_a_queue_and_an_approval_get_hints_of_their_own() -> None:
    queue = steps(*THREE[:1], "q, name: Shelf, kind: queue, wait_time: 3d", "c, process_time: 1d")
    (finding,) = of("longest-wait", queue)
    assert "in “Shelf”" in finding.message
    assert "pull" in finding.hint
    board = steps(*THREE[:1], "q, kind: approval, wait_time: 3d, process_time: 1h", "c")
    assert "decided" in of("longest-wait", board)[0].hint


def test_a_wait_off_the_critical_path_is_no_longest_wait() -> None:
    text = steps("a, process_time: 9d", "b, process_time: 1h, wait_time: 8d", "c, process_time: 1h")
    assert of("longest-wait", text + 'flow:\n  - "[a, b] -> c"\n') == []


def test_many_small_waits_have_no_longest() -> None:
    rows = [f"s{n}, process_time: 1h, wait_time: 1h" for n in range(12)]
    assert of("longest-wait", steps(*rows)) == []


def test_waits_that_outweigh_the_work_are_the_two_worst_beside_the_longest() -> None:
    rows = [f"s{n}, process_time: 1h, wait_time: {n}d" for n in range(1, 6)]
    found = of("wait-outweighs-work", steps(*rows))
    assert [marked(finding) for finding in found] == ["3d", "4d"]
    assert found[1].message == "“S4” is 1h of work after 4d of waiting, 32 times as long"


def test_a_wait_like_the_work_or_of_a_queue_or_an_approval_does_not_outweigh() -> None:
    first = "a, process_time: 1h, wait_time: 9d"
    usual = steps(first, "b, process_time: 1d, wait_time: 5d", "c, process_time: 1h")
    assert of("wait-outweighs-work", usual) == []
    others = steps(
        first, "b, kind: queue, wait_time: 5d", "c, kind: approval, process_time: 1h, wait_time: 5d"
    )
    assert of("wait-outweighs-work", others) == []


# --- approvals -----------------------------------------------------------------


def approvals(*waits: str, more: str = "") -> str:
    rows = [f"b{n}, kind: approval, process_time: 1h, wait_time: {w}" for n, w in enumerate(waits)]
    return steps(*THREE, *rows) + more


def test_approvals_are_told_where_they_are_felt() -> None:
    (finding,) = of("approval-step", approvals("2d", "30m"))
    assert finding.message == "“B0” holds work up for 2d before 1h of approving"
    assert marked(finding) == "approval"
    assert len(of("approval-step", approvals("2d", "2d", "2d"))) == 2
    assert of("approval-step", approvals("1h")) == []


def test_an_approval_that_never_says_no_is_told_so_where_the_map_could_know() -> None:
    loop = "rework:\n  - {from: b, to: a, rate: 10%}\n"
    assert "ever turns anything down" in of("approval-step", approvals("2d", more=loop))[0].message
    loop = "rework:\n  - {from: b0, to: a, rate: 10%}\n"
    assert "turns" not in of("approval-step", approvals("2d", more=loop))[0].message


# --- batches and work in process -----------------------------------------------


def test_a_batch_is_told_with_how_long_it_takes_to_fill() -> None:
    text = steps(*THREE, "c, process_time: 1h, batch_size: 11") + "demand: 10/week\n"
    (finding,) = of("large-batch", text)
    assert finding.message == (
        "“C” moves 11 items on together: at 10/week the first of them waits 5d for the last"
    )
    assert marked(finding) == "11"


def test_a_batch_without_a_demand_is_told_without_times_and_a_quick_one_not_at_all() -> None:
    text = steps(*THREE, "c, process_time: 1h, batch_size: 11")
    assert of("large-batch", text)[0].message == "“C” moves 11 items on together"
    assert of("large-batch", f"{text}demand: 900/day\n") == []
    assert of("large-batch", steps(*THREE, "c, process_time: 1h, batch_size: 1")) == []


def test_work_in_process_is_held_against_littles_law() -> None:
    text = steps(*THREE, "c, process_time: 2d, wip: {wip}") + "demand: 10/week\n"
    (finding,) = of("wip-above-throughput", text.replace("{wip}", "40"))
    assert finding.message == (
        "40 items in process at 10/week take 20d each (Little's law), and the map accounts for 9d"
    )
    assert "about 18" in finding.hint
    assert marked(finding) == "10/week"
    assert of("wip-above-throughput", text.replace("{wip}", "20")) == []
    assert of("wip-above-throughput", text.replace("{wip}", "40") + "unit: order\n") != []


def test_nothing_is_said_of_work_in_process_where_the_lead_time_is_not_known() -> None:
    text = steps(*THREE, "c, wip: 400") + "demand: 10/week\n"
    assert of("wip-above-throughput", text) == []


# --- hands ---------------------------------------------------------------------


def hands(middle: str, last: str = "owner: A, process_time: 1d") -> str:
    return steps("a, owner: A, process_time: 1d", f"b, {middle}", f"c, {last}")


def test_work_that_goes_there_and_back_is_told_with_both_waits() -> None:
    text = hands(
        "owner: B, process_time: 1h, wait_time: 1d", "owner: A, process_time: 1d, wait_time: 4h"
    )
    (finding,) = of("ping-pong", text)
    assert finding.message == (
        "the work goes from “A” to “B” and back: 1.5d of waiting around 1h of work in “B”"
    )
    assert marked(finding) == "B"


@pytest.mark.parametrize(
    "middle",
    [
        "owner: B, process_time: 1h",
        "owner: B, process_time: 5d, wait_time: 9d",
        "owner: A, process_time: 1h, wait_time: 1d",
        "process_time: 1h, wait_time: 1d",
        "owner: B, kind: approval, process_time: 1h, wait_time: 1d",
        "owner: B, automation: automated, process_time: 1h, wait_time: 1d",
    ],
    ids=["no wait", "much work", "same owner", "no owner", "approval", "machine"],
)
def test_other_work_in_the_middle_is_let_be(middle: str) -> None:
    assert of("ping-pong", hands(middle)) == []


def test_an_owner_who_does_not_come_back_is_let_be() -> None:
    middle = "owner: B, process_time: 1h, wait_time: 1d"
    assert of("ping-pong", hands(middle, "owner: C, process_time: 1d")) == []


def test_several_steps_elsewhere_count_as_one_excursion() -> None:
    text = steps(
        "a, owner: A, process_time: 1d",
        "b, owner: B, kind: queue, wait_time: 1d",
        "c, owner: B, process_time: 1h",
        "d, owner: A, process_time: 1d",
    )
    assert len(of("ping-pong", text)) == 1


def machine(last: str, flow: str = "") -> str:
    return (
        steps(
            "a, process_time: 2d",
            "ci, name: Checks, process_time: 10m, automation: automated",
            f"merge, process_time: 10m, {last}",
            "d, process_time: 5m, automation: automated",
        )
        + flow
    )


def test_short_manual_work_beside_machines_is_told() -> None:
    (finding,) = of("manual-beside-automated", machine("automation: manual, wait_time: 2h"))
    assert finding.message == (
        "“Merge” is done by hand and follows “Checks”, which is automated: it takes 2.2h, 2h of "
        "waiting included"
    )
    assert marked(finding) == "manual"
    between = of("manual-beside-automated", machine("automation: manual"))
    assert between[0].message.endswith("it takes 10m")


@pytest.mark.parametrize(
    "last",
    [
        "automation: assisted, wait_time: 2h",
        "wait_time: 2h",
        "automation: manual, value: adding",
        "automation: manual, kind: approval",
    ],
)
def test_other_work_beside_machines_is_let_be(last: str) -> None:
    assert of("manual-beside-automated", machine(last)) == []


def test_work_that_waits_for_people_too_does_not_follow_a_machine() -> None:
    text = steps(
        "ci, process_time: 10m, automation: automated",
        "look, process_time: 2h, automation: manual",
        "accept, process_time: 1h, wait_time: 1d, automation: manual",
        "e, process_time: 1h",
    )
    assert of("manual-beside-automated", text + 'flow:\n  - "[ci, look] -> accept -> e"\n') == []
    alone = text + 'flow:\n  - "[ci 50%, look 50%] -> accept -> e"\n'
    assert of("manual-beside-automated", alone) == []
    choice = text + 'flow:\n  - "ci -> [look 50%, accept 50%]"\n  - look -> accept -> e\n'
    assert len(of("manual-beside-automated", choice)) == 1


# --- loops ---------------------------------------------------------------------


def loops(*rework: str, last: str = "e") -> str:
    rows = (
        "a, process_time: 1d, complete_accurate: 90%",
        "b, name: Build, process_time: 1d, complete_accurate: 60%",
        "c, process_time: 1d",
        "d, process_time: 1d, complete_accurate: 10%",
        f"{last}, process_time: 1d",
    )
    return steps(*rows) + "rework:\n" + "".join(f"  - {{{loop}}}\n" for loop in rework)


def test_the_dearest_loop_is_told_with_its_origin() -> None:
    text = loops("from: b, to: a, rate: 1%", "from: d, to: a, rate: 20%")
    (finding,) = of("costly-rework", text)
    assert finding.message == (
        "20% of what leaves “D” goes back to “A”, which adds 1d (17%) to the expected lead time; "
        "on that way “Build” hands on the least that is usable, as it is in 60% of cases"
    )
    assert marked(finding) == "20%"
    assert "begin at “Build”" in finding.hint


def test_a_loop_of_unknown_origin_asks_for_it() -> None:
    (finding,) = of("costly-rework", loops("from: c, to: c, rate: 50%"))
    assert finding.message.endswith("to the expected lead time")
    assert "complete_accurate" in finding.hint


def test_a_step_that_repeats_itself_is_its_own_origin() -> None:
    (finding,) = of("costly-rework", loops("from: b, to: b, rate: 60%"))
    assert "“Build” hands on" in finding.message


def test_cheap_loops_are_let_be() -> None:
    assert of("costly-rework", loops("from: d, to: a, rate: 1%")) == []


def test_what_is_found_late_is_told_where_it_is_found() -> None:
    (finding,) = of("late-discovery", loops("from: e, to: b, rate: 5%"))
    assert finding.message == (
        "what goes wrong in “Build” is found in “E” in 5% of the items, 3 steps later; what it "
        "hands on is usable as it is in 60% of cases"
    )
    assert marked(finding) == "e"


def test_what_is_found_soon_is_let_be() -> None:
    assert of("late-discovery", loops("from: d, to: b, rate: 30%")) == []


@pytest.mark.parametrize(
    "last", ["release", "go-live", "x, name: Deployment to production", "x, name: Roll-out"]
)
def test_what_comes_back_after_a_release_is_told_and_is_not_late_as_well(last: str) -> None:
    name = last.partition(",")[0]
    text = loops(f"from: {name}, to: b, rate: 5%", last=last)
    (finding,) = of("feedback-after-release", text)
    assert finding.message.startswith("5% come back from “")
    assert finding.message.endswith("to “Build” after the release")
    assert marked(finding) == name
    assert of("late-discovery", text) == []


@pytest.mark.parametrize(
    "last",
    ["x, name: Deploy to staging", "release-planning", "unreleased", "x, name: Release approval"],
)
def test_not_everything_that_is_called_so_is_a_release(last: str) -> None:
    name = last.partition(",")[0]
    assert of("feedback-after-release", loops(f"from: {name}, to: b, rate: 5%", last=last)) == []


def test_a_release_at_the_beginning_is_none() -> None:
    text = steps("release", "b", "c", "d").replace("}", ", process_time: 1d}")
    assert (
        of("feedback-after-release", text + "rework:\n  - {from: c, to: release, rate: 5%}\n") == []
    )


def test_a_loop_after_the_release_stays_there() -> None:
    text = steps("a", "b", "release", "d").replace("}", ", process_time: 1d}")
    assert (
        of("feedback-after-release", text + "rework:\n  - {from: d, to: release, rate: 5%}\n") == []
    )
