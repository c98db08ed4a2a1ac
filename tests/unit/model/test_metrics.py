"""Every formula of the map format on a map that is worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.strategies import make
from vsmdocs.errors import CalculationError
from vsmdocs.model.metrics import StepMetrics, StreamMetrics, measure


def step(name: str, process: str | None = "1h", wait: str | None = None, **more: Any) -> dict:
    times = {"process_time": process, "wait_time": wait}
    return {"id": name, **{key: value for key, value in times.items() if value}, **more}


def row(metrics: StreamMetrics, name: str) -> StepMetrics:
    return next(row for row in metrics.steps if row.id == name)


def stuck(metrics: StreamMetrics) -> dict[tuple[str, str, str | None], float | None]:
    return {(point.kind, point.step, point.to): point.gain for point in metrics.stuck}


def test_a_chain() -> None:
    metrics = measure(make([step("a", "2h", "6h"), step("b", "1h", "1d"), step("c", "30m")]))
    totals = metrics.totals
    assert (totals.lead_time, totals.process_time, totals.wait_time) == (17.5, 3.5, 14)
    assert totals.activity_ratio == pytest.approx(0.2)
    assert (totals.effort, totals.labour) == (3.5, None)
    assert (totals.expected_lead_time, totals.lead_time_sd, totals.first_pass) == (17.5, 0, 1)
    assert totals.critical_path == ("a", "b", "c")
    assert [rung.wait for rung in metrics.ladder.rungs] == [6, 8, 0]
    assert [rung.process for rung in metrics.ladder.rungs] == [2, 1, 0.5]
    assert (metrics.ladder.lead_time, metrics.ladder.probability) == (17.5, 1)


def test_the_calendar_counts() -> None:
    calendar = {"hours_per_day": "6", "days_per_week": "4"}
    metrics = measure(make([step("a", "1d", "1w"), step("b", "1mo")], calendar=calendar))
    assert metrics.totals.lead_time == pytest.approx(6 + 24 + 24 * 52 / 12)


def test_edges_wait() -> None:
    metrics = measure(make("a b", flow=[{"from": "a", "to": "b", "wait": "2h..6h"}]))
    assert (metrics.totals.lead_time, metrics.totals.wait_time) == (6, 4)
    assert [rung.wait for rung in metrics.ladder.rungs] == [0, 4]
    assert stuck(metrics)["wait", "a", "b"] == 4


def test_several_starts_and_ends_are_parallel() -> None:
    flow = ["[a, b] -> c -> [d, e]"]
    steps = [step("a", "3h"), step("b", "1h", "5h"), step("c"), step("d", "4h"), step("e", "2h")]
    metrics = measure(make(steps, flow=flow))
    totals = metrics.totals
    assert (totals.lead_time, totals.process_time, totals.effort) == (11, 6, 11)
    assert totals.critical_path == ("b", "c", "d")
    assert [row.slack for row in metrics.steps] == [3, 0, 0, 0, 2]
    assert [row.on_critical_path for row in metrics.steps] == [False, True, True, True, False]


def test_of_equal_ways_the_one_with_more_work_is_critical() -> None:
    metrics = measure(make([step("a", "1h", "3h"), step("b", "4h")], flow=["a", "b"]))
    assert metrics.totals.critical_path == ("b",)
    assert metrics.totals.process_time == 4
    assert [row.slack for row in metrics.steps] == [0, 0]
    # Neither wait nor step shortens anything as long as the other stands.
    assert set(stuck(metrics).values()) == {0}


def test_an_edge_past_a_parallel_block() -> None:
    flow = ["a -> b -> c", {"from": "a", "to": "c", "wait": "10h"}]
    metrics = measure(make("a b c", flow=flow))
    assert metrics.totals.lead_time == 12
    assert metrics.totals.critical_path == ("a", "c")
    assert row(metrics, "b").slack == 9
    assert stuck(metrics)["wait", "a", "c"] == 9


def test_alternatives() -> None:
    steps = [step("a"), step("b", "2h", "8h", people="2"), step("c", "4h"), step("d")]
    metrics = measure(make(steps, flow=["a -> [b 25%, c 75%] -> d"]))
    totals = metrics.totals
    assert totals.lead_time == 0.25 * 12 + 0.75 * 6
    assert totals.process_time == 0.25 * 4 + 0.75 * 6
    assert totals.activity_ratio == pytest.approx(0.25 * 4 / 12 + 0.75 * 1)
    assert totals.effort == 1 + 0.25 * 2 + 0.75 * 4 + 1
    assert (totals.labour, totals.labour_left_out) == (0.25 * 2 * 2, 3)
    assert totals.critical_path == ("a", "c", "d")
    assert totals.scenarios == 2
    assert metrics.ladder.probability == 0.75
    assert [row.share for row in metrics.steps] == [1, 0.25, 0.75, 1]
    assert [row.visits for row in metrics.steps] == [1, 0.25, 0.75, 1]
    assert stuck(metrics)["wait", "b", None] == 2


def test_a_choice_that_is_never_reached_makes_no_scenario() -> None:
    flow = ["a -> [b 0%, c 100%]", "b -> [d 50%, e 50%]", "c -> f"]
    metrics = measure(make("a b c d e f", flow=flow))
    assert metrics.totals.scenarios == 1
    assert row(metrics, "b").slack is None
    assert row(metrics, "b").visits == 0


def test_a_choice_among_first_steps() -> None:
    metrics = measure(make([step("a", "2h"), step("b", "4h")], flow=["[a 50%, b 50%]"]))
    assert (metrics.totals.lead_time, metrics.totals.scenarios) == (3, 2)


def test_complete_and_accurate() -> None:
    steps = [step("a", complete_accurate="80%"), step("b", complete_accurate=["50%", "0.9"])]
    metrics = measure(make([*steps, step("c")]))
    assert metrics.totals.complete_accurate == pytest.approx(0.8 * 0.5 * 0.9)
    assert metrics.totals.complete_accurate_assessed == 2
    assert row(metrics, "b").complete_accurate == pytest.approx(0.45)
    assert row(metrics, "c").complete_accurate is None
    assert measure(make("a")).totals.complete_accurate is None
    assert measure(make([step("a", complete_accurate="0%")])).totals.complete_accurate == 0


def test_parallel_branches_multiply_their_quality() -> None:
    steps = [step(name, complete_accurate="50%") for name in "ab"]
    assert measure(make(steps, flow=["[a, b]"])).totals.complete_accurate == 0.25
    choice = measure(make(steps, flow=["[a 50%, b 50%]"]))
    assert choice.totals.complete_accurate == 0.5


def test_value_adding() -> None:
    steps = [step("a", "2h", "2h", value="adding"), step("b", "4h", value="waste")]
    assert measure(make(steps)).totals.value_adding_ratio == 0.25
    assert measure(make("a b")).totals.value_adding_ratio is None
    assert measure(make([step("a", value="waste")])).totals.value_adding_ratio == 0


def test_estimates_count_with_their_means() -> None:
    metrics = measure(make([step("a", "2h..8h", "2h..4h..12h")]))
    assert (metrics.totals.process_time, metrics.totals.wait_time) == (5, 6)


def test_geometric_rework() -> None:
    rework = [{"from": "b", "to": "a", "rate": "20%", "wait": "2h"}]
    metrics = measure(make([step("a", "3h"), step("b")], rework=rework))
    totals = metrics.totals
    # 1 / 0.8 = 1.25 visits; a round costs 4 h and the wait 2 h.
    assert [row.visits for row in metrics.steps] == [1.25, 1.25]
    assert totals.expected_lead_time == pytest.approx(4 + 0.25 * 6)
    assert totals.expected_process_time == pytest.approx(5)
    assert totals.lead_time == 4
    assert totals.first_pass == pytest.approx(0.8)
    # A geometric number of rounds with q = 0.2 has the variance q / (1 - q)^2.
    assert totals.lead_time_sd == pytest.approx(6 * (0.2 / 0.64) ** 0.5)
    assert stuck(metrics)["loop", "b", "a"] == pytest.approx(1.5)


def test_all_come_back_once() -> None:
    rework = [{"from": "b", "to": "a", "rate": "100%", "passes": "1"}]
    metrics = measure(make([step("a", "3h"), step("b")], rework=rework))
    assert [row.visits for row in metrics.steps] == [2, 2]
    assert metrics.totals.expected_lead_time == 8
    assert (metrics.totals.lead_time_sd, metrics.totals.first_pass) == (0, 0)


def test_at_most_two_rounds() -> None:
    rework = [{"from": "a", "to": "a", "rate": "50%", "passes": "2"}]
    metrics = measure(make("a", rework=rework))
    assert row(metrics, "a").visits == 1 + 0.5 + 0.25


def test_loops_are_visited_in_turn() -> None:
    # c -> a passes b -> a again, so the two rates do not add up.
    rework = [{"from": "b", "to": "a", "rate": "50%"}, {"from": "c", "to": "a", "rate": "50%"}]
    metrics = measure(make("a b c", rework=rework))
    assert [row.visits for row in metrics.steps] == [4, 4, 2]
    assert metrics.totals.first_pass == 0.25


def test_rework_within_into_and_out_of_a_parallel_block() -> None:
    def visits(source: str, target: str) -> list[float]:
        rework = [{"from": source, "to": target, "rate": "50%"}]
        metrics = measure(make("a b c d", flow=["a -> [b, c] -> d"], rework=rework))
        return [row.visits for row in metrics.steps]

    assert visits("b", "b") == [1, 2, 2, 1]
    assert visits("b", "c") == [1, 2, 2, 1]
    assert visits("d", "c") == [1, 2, 2, 2]
    assert visits("b", "a") == [2, 2, 2, 1]


def test_in_a_block_the_loop_that_goes_back_furthest_decides() -> None:
    rework = [{"from": "b", "to": "b", "rate": "50%"}, {"from": "c", "to": "a", "rate": "50%"}]
    metrics = measure(make("a b c", flow=["a -> [b, c]"], rework=rework))
    # From the block: 1/2 to a, 1/4 to the block, 1/4 on. So 4 visits, and 2 of them to a more.
    assert [round(row.visits, 9) for row in metrics.steps] == [3, 4, 4]
    assert metrics.totals.first_pass == 0.25


def test_rework_to_a_step_outside_the_scenario() -> None:
    steps = [step("a"), step("b", "2h"), step("c", "10h"), step("d")]
    rework = [{"from": "d", "to": "c", "rate": "50%"}]
    metrics = measure(make(steps, flow=["a -> [b 100%, c 0%] -> d"], rework=rework))
    # After d half go through c and d once more, and half of those again.
    assert [round(row.visits, 9) for row in metrics.steps] == [1, 1, 1, 2]
    assert metrics.totals.expected_lead_time == pytest.approx(4 + 11)
    assert metrics.totals.lead_time == 4
    assert row(metrics, "c").share == 0
    assert stuck(metrics)["step", "c", None] == pytest.approx(10)


def test_rework_to_another_alternative_meets_its_choices() -> None:
    flow = ["a -> [b 50%, c 50%]", "c -> [d 50%, e 50%]"]
    rework = [{"from": "b", "to": "c", "rate": "10%"}]
    metrics = measure(make("a b c d e", flow=flow, rework=rework))
    assert metrics.totals.scenarios == 4
    assert row(metrics, "c").visits == pytest.approx(0.5 + 0.5 * 0.1)
    assert row(metrics, "d").visits == pytest.approx(0.5 * 0.55)


@pytest.mark.parametrize(
    ("rework", "where"),
    [
        ([{"from": "b", "to": "a", "rate": "100%"}], ("rework", 0, "rate")),
        (
            [{"from": "b", "to": "b", "rate": "40%"}, {"from": "b", "to": "a", "rate": "60%"}],
            ("rework", 1, "rate"),
        ),
        (
            [{"from": "b", "to": "a", "rate": "100%"},
             {"from": "a", "to": "a", "rate": "1%", "passes": "1"}],
            ("rework", 0, "rate"),
        ),
    ],
)  # fmt: skip
def test_a_chain_without_an_exit(rework: list[dict], where: tuple) -> None:
    with pytest.raises(CalculationError) as caught:
        measure(make("a b c", rework=rework))
    assert (caught.value.rule, caught.value.where) == ("no-exit", where)


def test_handoffs_need_two_owners() -> None:
    owners = ["X", "X", "Y", None, "Z", "X"]
    steps = [
        step(f"s{n}", owner=owner) if owner else step(f"s{n}") for n, owner in enumerate(owners)
    ]
    assert measure(make(steps)).totals.handoffs == 2
    flow = ["s0 -> [s1, s2] -> s4", "s3 -> s4", "s5"]
    assert measure(make(steps, flow=flow)).totals.handoffs == 3


def test_counts() -> None:
    steps = [step("a", kind="approval", automation="manual", wip="3"),
             step("b", automation="assisted", wip="0"), step("c", automation="manual")]  # fmt: skip
    rework = [{"from": "c", "to": "a", "rate": "0%"}]
    totals = measure(make(steps, rework=rework)).totals
    assert (totals.approvals, totals.manual_steps, totals.rework_loops) == (1, 2, 1)
    assert (totals.steps, totals.wip) == (3, 3)
    assert measure(make("a")).totals.wip is None


def test_takt_and_little() -> None:
    steps = [step("a", wip="20"), step("b", wip="12")]
    totals = measure(make(steps, demand="16/week")).totals
    assert totals.takt_time == 2.5  # 40 h over 16 items
    assert totals.littles_law_lead_time == 80  # 32 items, one every 2.5 h
    assert measure(make(steps)).totals.littles_law_lead_time is None


def test_the_constraint_has_the_highest_demand_over_capacity() -> None:
    steps = [step("a", capacity="10/day"), step("b", capacity="1/hour"), step("c")]
    metrics = measure(make(steps, demand="10/day"))
    assert metrics.totals.constraint == "b"
    assert [row.utilisation for row in metrics.steps] == [1, 1.25, None]
    assert measure(make("a")).totals.constraint is None


def test_unknown_times_are_left_out_and_counted() -> None:
    steps = [step("a"), step("b", None), step("c", None, "3h"), step("d", None, lead_time="5h")]
    metrics = measure(make(steps))
    totals = metrics.totals
    assert totals.lead_time == 6
    assert (totals.lead_time_left_out, totals.process_time_left_out) == (2, 3)
    assert (totals.effort, totals.effort_left_out) == (1, 3)
    assert (totals.wait_time, totals.activity_ratio) == (None, None)
    assert stuck(metrics) == {
        ("step", "a", None): 1,
        ("step", "d", None): 5,
        ("wait", "c", None): None,
    }


def test_a_queue_only_waits() -> None:
    metrics = measure(make([step("a", None, "3h", kind="queue"), step("b")]))
    assert (row(metrics, "a").process_time, row(metrics, "a").lead_time) == (0, 3)
    lead = measure(make([{"id": "a", "kind": "queue", "lead_time": "3h"}]))
    assert (row(lead, "a").process_time, row(lead, "a").wait_time) == (0, 3)
    assert lead.totals.activity_ratio == 0


def test_two_of_three_times_give_the_third() -> None:
    metrics = measure(
        make([step("a", "1h", lead_time="5h"), step("b", None, "2h", lead_time="3h")])
    )
    assert [(row.process_time, row.wait_time, row.lead_time) for row in metrics.steps] == [
        (1, 4, 5),
        (1, 2, 3),
    ]


def test_nothing_over_nothing_is_no_ratio() -> None:
    totals = measure(make([step("a", "0")])).totals
    assert (totals.lead_time, totals.activity_ratio) == (0, None)
    assert measure(make([step("a", "0")])).stuck == ()


def test_the_ranking() -> None:
    steps = [step("a", "1h", "2h"), step("b", "1h", "9h"), step("c", "1h", "5h"), step("d")]
    rework = [{"from": "d", "to": "a", "rate": "50%"}]
    flow = ["a -> [b, c]", {"from": "b", "to": "d", "wait": "1h"}, "c -> d"]
    metrics = measure(make(steps, flow=flow, rework=rework))
    # 3 + 11 + 1 = 15 h, twice. Without the wait of b, c takes 6 h where b takes 2.
    assert metrics.totals.expected_lead_time == 30
    assert [(p.kind, p.step, p.to, p.gain, p.share) for p in metrics.stuck] == [
        ("loop", "d", "a", 15, 0.5),
        ("wait", "b", None, 10, pytest.approx(1 / 3)),
        ("step", "b", None, 10, pytest.approx(1 / 3)),
        ("step", "a", None, 6, 0.2),
        ("wait", "a", None, 4, pytest.approx(2 / 15)),
        ("wait", "b", "d", 2, pytest.approx(1 / 15)),
        ("step", "d", None, 2, pytest.approx(1 / 15)),
        ("wait", "c", None, 0, 0),
        ("step", "c", None, 0, 0),
    ]


def test_of_equal_gains_waits_come_first_then_in_the_order_of_the_map() -> None:
    metrics = measure(make([step("a", "0", "1h"), step("b", "0", "1h")]))
    assert [(p.kind, p.step) for p in metrics.stuck] == [
        ("wait", "a"), ("wait", "b"), ("step", "a"), ("step", "b"),
    ]  # fmt: skip


def test_a_rate_of_nothing_is_no_loop_to_remove() -> None:
    metrics = measure(make("a b", rework=[{"from": "b", "to": "a", "rate": "0%"}]))
    assert all(point.kind != "loop" for point in metrics.stuck)
    assert metrics.totals.first_pass == 1
