"""What must hold for every map: against exact slow calculations, and against itself."""

from __future__ import annotations

from itertools import pairwise
from math import isclose, sqrt
from statistics import fmean

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.model.oracle import calculate, combinations, simulate
from tests.unit.model.strategies import Drawn, drawn_maps, make
from vsmdocs.model.flow import build_flow, scenarios
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.structure import find_problems


def near(value: float, wanted: float) -> bool:
    return isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-6)


def check_figures(drawn: Drawn) -> None:
    stream_map = drawn.map()
    assert find_problems(stream_map) == []
    metrics, exact = measure(stream_map), calculate(drawn)
    totals = metrics.totals
    assert near(totals.lead_time, float(exact.lead))
    assert near(totals.process_time, float(exact.process))
    assert near(totals.effort, float(exact.effort))
    assert near(totals.expected_lead_time, float(exact.expected))
    assert near(totals.expected_process_time, float(exact.expected_process))
    assert near(totals.lead_time_sd, exact.sd)
    assert near(totals.first_pass, float(exact.first_pass))
    for row in metrics.steps:
        assert near(row.visits, float(exact.visits.get(row.id, 0)))
        assert near(row.share, float(exact.share.get(row.id, 0)))
        slack = exact.slack.get(row.id)
        assert (row.slack is None) == (slack is None)
        assert row.slack is None or slack is None or near(row.slack, slack)
        assert not row.on_critical_path or row.slack == 0
    assert 0 <= totals.first_pass <= 1
    # With alternatives, rework to another way may leave out steps of the one that was begun.
    if not drawn.choices:
        assert all(row.visits >= row.share - 1e-9 for row in metrics.steps)


@given(drawn_maps(chain=True, alternatives=False, loops=5, passes=False))
def test_chains_agree_with_the_definitions(drawn: Drawn) -> None:
    check_figures(drawn)


@given(drawn_maps(chain=True, alternatives=False, most_steps=5))
def test_limited_passes_agree_with_the_definitions(drawn: Drawn) -> None:
    check_figures(drawn)


@given(drawn_maps(alternatives=False, loops=0, most_steps=10))
def test_parallel_work_agrees_with_the_definitions(drawn: Drawn) -> None:
    check_figures(drawn)


@given(drawn_maps())
def test_any_map_agrees_with_the_definitions(drawn: Drawn) -> None:
    check_figures(drawn)


@settings(max_examples=12)
@given(drawn_maps(most_steps=5), st.integers(0, 2**32))
def test_closed_forms_agree_with_a_simulation(drawn: Drawn, seed: int) -> None:
    items = 2_000
    hours = simulate(drawn, items, seed)
    mean = fmean(hours)
    spread = sqrt(sum((h - mean) ** 2 for h in hours) / items)
    # Five standard errors, and what a few very slow items may hide from the spread.
    assert abs(mean - measure(drawn.map()).totals.expected_lead_time) <= (
        6 * spread / sqrt(items) + 0.01 * mean + 0.05
    )


@given(drawn_maps(), st.data(), st.integers(1, 50))
def test_more_waiting_never_shortens(drawn: Drawn, data: st.DataObject, hours: int) -> None:
    before = measure(drawn.map()).totals
    places: list[tuple[dict, object]] = [(drawn.wait, step) for step in drawn.order]
    places += [(drawn.edges, edge) for edge in drawn.edges]
    where, key = data.draw(st.sampled_from(places))
    where[key] += hours
    after = measure(drawn.map()).totals
    assert after.lead_time >= before.lead_time - 1e-9
    assert after.expected_lead_time >= before.expected_lead_time - 1e-9
    assert after.lead_time <= before.lead_time + hours + 1e-9


@given(drawn_maps(alternatives=False, most_steps=9), st.data())
def test_slack_is_how_far_a_step_may_lengthen(drawn: Drawn, data: st.DataObject) -> None:
    before = measure(drawn.map())
    row = data.draw(st.sampled_from(before.steps))
    assert row.slack is not None
    slack = round(row.slack)
    within, beyond = data.draw(st.integers(0, slack)), data.draw(st.integers(1, 9))
    own = drawn.wait[row.id]
    drawn.wait[row.id] = own + within
    assert near(measure(drawn.map()).totals.lead_time, before.totals.lead_time)
    drawn.wait[row.id] = own + slack + beyond
    assert near(measure(drawn.map()).totals.lead_time, before.totals.lead_time + beyond)


@given(drawn_maps(alternatives=False, loops=0, most_steps=9))
def test_a_wait_off_the_critical_path_gains_nothing(drawn: Drawn) -> None:
    metrics = measure(drawn.map())
    slack = {row.id: row.slack or 0.0 for row in metrics.steps}
    for point in metrics.stuck:
        if point.to is None and slack[point.step] > 0:
            assert point.gain == 0


@given(drawn_maps())
def test_gains_are_what_a_recalculation_gains(drawn: Drawn) -> None:
    metrics = measure(drawn.map())
    whole = metrics.totals.expected_lead_time
    for point in metrics.stuck:
        assert point.gain is not None
        assert near(point.gain, whole - _without(drawn, point.kind, point.step, point.to))
    gains = [point.gain or 0.0 for point in metrics.stuck]
    assert all(a >= b - 1e-6 for a, b in pairwise(gains))
    assert _stuck_names(metrics) == _expected_names(drawn)


def _without(drawn: Drawn, kind: str, step: str, to: str | None) -> float:
    changed = Drawn(
        dict(drawn.process), dict(drawn.wait), dict(drawn.edges), drawn.choices, order=drawn.order
    )
    changed.loops = [
        loop for loop in drawn.loops if kind != "loop" or (loop.source, loop.target) != (step, to)
    ]
    if kind == "step":
        changed.process[step] = changed.wait[step] = 0
    elif kind == "wait" and to is None:
        changed.wait[step] = 0
    elif kind == "wait" and to is not None:
        changed.edges[step, to] = 0
    return measure(changed.map()).totals.expected_lead_time


def _stuck_names(metrics: StreamMetrics) -> set[tuple[str, str, str | None]]:
    names = [(point.kind, point.step, point.to) for point in metrics.stuck]
    assert len(names) == len(set(names))
    return set(names)


def _expected_names(drawn: Drawn) -> set[tuple[str, str, str | None]]:
    names: set[tuple[str, str, str | None]] = set()
    names |= {("wait", step, None) for step in drawn.order if drawn.wait[step]}
    names |= {("step", s, None) for s in drawn.order if drawn.wait[s] + drawn.process[s]}
    names |= {("wait", *edge) for edge, hours in drawn.edges.items() if hours}
    names |= {("loop", loop.source, loop.target) for loop in drawn.loops if loop.rate}
    return names


@given(drawn_maps())
def test_scenarios_are_all_there_is(drawn: Drawn) -> None:
    found = list(scenarios(build_flow(drawn.map())))
    assert near(sum(scenario.probability for scenario in found), 1)
    assert len(found) <= len(list(combinations(drawn)))
    assert len({scenario.steps for scenario in found}) <= len(found)


FORMS = ("lead_time", "process_time", "expected_lead_time", "expected_process_time",
         "lead_time_sd", "first_pass", "effort", "activity_ratio")  # fmt: skip


def same(one: StreamMetrics, other: StreamMetrics) -> None:
    for name in FORMS:
        a, b = getattr(one.totals, name), getattr(other.totals, name)
        assert (a is None) == (b is None), name
        assert a is None or near(a, b), name


@given(drawn_maps(chain=True, alternatives=False))
def test_a_chain_is_the_list_of_its_steps(drawn: Drawn) -> None:
    drawn.edges = dict.fromkeys(drawn.edges, 0)
    data = drawn.data()
    del data["flow"]
    same(measure(make(data["steps"], rework=data["rework"])), measure(drawn.map()))


@given(drawn_maps(chain=True, alternatives=False, most_steps=5), st.integers(0, 100))
def test_equal_alternatives_are_one_step(drawn: Drawn, percent: int) -> None:
    assume(len(drawn.order) > 2)
    middle = drawn.order[1]
    drawn.edges = dict.fromkeys(drawn.edges, 0)
    drawn.loops = [loop for loop in drawn.loops if middle not in (loop.source, loop.target)]
    data = drawn.data()
    whole = measure(drawn.map())
    twin = {**data["steps"][1], "id": "twin"}
    first, *rest = [step for step in drawn.order if step != middle]
    line = f"{first} -> [{middle} {percent}%, twin {100 - percent}%] -> {' -> '.join(rest)}"
    same(whole, measure(make([*data["steps"], twin], flow=[line], rework=data["rework"])))
    both = line.replace(f" {percent}%", "").replace(f" {100 - percent}%", "")
    parallel = measure(make([*data["steps"], twin], flow=[both], rework=data["rework"]))
    assert near(parallel.totals.expected_lead_time, whole.totals.expected_lead_time)
    assert near(parallel.totals.effort, whole.totals.effort + drawn.process[middle])


@pytest.mark.parametrize("group", ["[b]", "[b 100%]", "[b 100%, c 0%]"])
def test_a_group_of_one_is_the_step(group: str) -> None:
    rework = [{"from": "d", "to": "b", "rate": "30%"}]
    steps = "a b c d" if "c" in group else "a b d"
    grouped = make(steps, flow=[f"a -> {group} -> d"], rework=rework)
    same(measure(make("a b d", rework=rework)), measure(grouped))


@given(drawn_maps(loops=2), st.data())
def test_a_step_in_two_parts_is_the_step(drawn: Drawn, data: st.DataObject) -> None:
    before = measure(drawn.map())
    step = data.draw(st.sampled_from(drawn.order))
    part = data.draw(st.integers(0, drawn.process[step]))
    at = drawn.order.index(step)
    # The first part takes the wait and what leads there, the second what leaves.
    drawn.order.insert(at + 1, "second")
    drawn.process[step], drawn.process["second"] = drawn.process[step] - part, part
    drawn.wait["second"] = 0
    moved = {("second" if a == step else a, b): hours for (a, b), hours in drawn.edges.items()}
    drawn.edges = {**moved, (step, "second"): 0}
    drawn.choices = [("second" if s == step else s, ways) for s, ways in drawn.choices]
    for loop in drawn.loops:
        loop.source = "second" if loop.source == step else loop.source
    same(before, measure(drawn.map()))
