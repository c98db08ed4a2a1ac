"""Advice on future states, on evidence, on quality and on times."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.analysis.examples import TODAY
from vsmdocs.analysis.lint import identities, run
from vsmdocs.analysis.lint.words import hours_text, percent_text
from vsmdocs.errors import Finding
from vsmdocs.model.units import Calendar
from vsmdocs.reading.reader import MapDocument, read_map

CURRENT = """steps:
  - {id: a, name: Pick, process_time: 1d, wait_time: 1d, complete_accurate: 90%}
  - {id: b, name: Pack, process_time: 1d, wait_time: 5d}
"""
FASTER = CURRENT.replace("5d", "1d")
DATED = "target_date: 2027-06-30\n"


def document(text: str, name: str = "current") -> MapDocument:
    return read_map(f"maps/orders/{name}.md", f"---\ntitle: T\n{text}---\n".encode())


def both(current: str, future: str, name: str = "future") -> list[Finding]:
    """Return what is found in the future state beside the current one."""
    maps = [document(current), document(future, name)]
    return [f for f in run(maps, TODAY) if f.path == f"maps/orders/{name}.md"]


def rules(current: str, future: str, name: str = "future") -> list[str]:
    return [finding.rule for finding in both(current, future, name)]


def lint(text: str, today: date = TODAY) -> list[Finding]:
    return run([document(text)], today)


def one(findings: list[Finding], rule: str) -> Finding:
    (finding,) = [finding for finding in findings if finding.rule == rule]
    return finding


IMPROVED = f"{CURRENT}improvements:\n  - {{id: van, title: Van, step: b}}\n"


def test_a_future_with_a_day_and_a_reason_is_left_alone() -> None:
    assert rules(IMPROVED, DATED + FASTER) == []


def test_a_future_state_says_when_and_an_ideal_one_need_not() -> None:
    assert rules(IMPROVED, FASTER) == ["future-without-date"]
    assert rules(IMPROVED, FASTER, "ideal") == []


@pytest.mark.parametrize(("day", "late"), [("2026-11-20", False), ("2026-11-19", True)])
def test_the_day_of_a_future_state_can_be_past(day: str, late: bool) -> None:
    findings = both(IMPROVED, f"target_date: {day}\n{FASTER}")
    assert [f.rule for f in findings] == (["target-date-past"] if late else [])
    assert all(f.message == "this was to be real 1 day ago" for f in findings)


def test_a_day_in_a_current_state_is_let_be() -> None:
    assert lint(f"target_date: 2020-01-01\n{CURRENT}") == []


def test_a_future_that_is_worse_says_in_what() -> None:
    worse = DATED + CURRENT.replace("5d", "6d").replace("90%", "80%")
    finding = one(both(IMPROVED, worse), "future-worse")
    assert finding.message == (
        "this state is worse than today: the lead time goes from 8d to 9d and the rolled %C&A "
        "goes from 90% to 80%"
    )
    assert finding.severity == "warning"


@pytest.mark.parametrize(("share", "told"), [("86%", False), ("85%", True)])
def test_a_hair_is_not_worse(share: str, told: bool) -> None:
    future = DATED + FASTER.replace("90%", share)
    assert rules(IMPROVED, future) == (["future-worse"] if told else [])


def test_quality_that_is_better_known_is_not_worse() -> None:
    known = DATED + FASTER.replace("wait_time: 1d}", "wait_time: 1d, complete_accurate: 80%}")
    assert rules(IMPROVED, known) == []


def test_figures_that_leave_steps_out_are_not_compared() -> None:
    worse = DATED + CURRENT.replace("5d", "6d") + "  - {id: c}\n"
    assert rules(IMPROVED, worse) == ["unknown-time"]


def test_every_future_state_is_held_against_the_current_one() -> None:
    assert rules(IMPROVED, DATED + CURRENT, "future-q2") == ["future-unchanged"]
    assert rules(IMPROVED, DATED + CURRENT, "ideal") == ["future-unchanged"]


def test_a_variant_of_the_current_state_is_not_what_is_compared_with() -> None:
    maps = [document(CURRENT, "current-night"), document(DATED + CURRENT, "future")]
    assert run(maps, TODAY) == []


def test_nothing_is_compared_where_the_current_state_is_not_at_hand() -> None:
    future = document(DATED + CURRENT.replace("5d", "9d"), "future")
    known = identities([(("orders", "current", ""), "maps/orders/current.md")])
    assert run([future], TODAY, among={**known, future.map.identity: [future.path]}) == []
    broken = f"{CURRENT}rework:\n  - {{from: b, to: a, rate: 100%}}\n"
    assert rules(broken, DATED + CURRENT) == []


def test_a_day_is_equally_long_in_all_states() -> None:
    finding = one(
        both(IMPROVED, f"calendar: {{hours_per_day: 6}}\n{DATED}{FASTER}"), "calendar-differs"
    )
    assert finding.message.startswith("maps/orders/current.md has 8 hours a day and 5 days a week")


def test_a_large_change_without_an_improvement_is_told_at_its_number() -> None:
    finding = one(both(CURRENT, DATED + FASTER), "change-without-improvement")
    assert finding.message == "“Pack” is to take 4d less, and no improvement says how"
    assert finding.source_line[finding.column - 1 : finding.end_column - 1] == "1d"
    assert "with step: b" in finding.hint


def test_a_step_that_goes_needs_one_too_and_several_are_counted() -> None:
    gone = f"{DATED}steps:\n  - {{id: a, process_time: 1d, complete_accurate: 90%}}\n"
    finding = one(both(CURRENT, gone), "change-without-improvement")
    assert finding.message == (
        "“Pack” is to go, and no improvement says how; the same holds for 1 more step"
    )
    assert finding.source_line == "steps:"


@pytest.mark.parametrize(
    ("improvement", "explains"),
    [
        ("{id: i, title: I, step: b}", True),
        ("{id: i, title: I, change: {b.wait_time: 1d}}", True),
        ("{id: i, title: I}", True),
        ("{id: i, title: I, step: a}", False),
        ("{id: i, title: I, step: b, status: rejected}", False),
    ],
)
def test_what_explains_a_change(improvement: str, explains: bool) -> None:
    planned = f"improvements:\n  - {improvement}\n"
    expected = [] if explains else ["change-without-improvement"]
    assert rules(CURRENT + planned, DATED + FASTER) == expected
    assert rules(CURRENT, DATED + FASTER + planned) == expected


def test_small_changes_need_no_improvement() -> None:
    assert rules(CURRENT, DATED + CURRENT.replace("5d", "4.8d")) == []


def test_targets_of_today_are_asked_of_the_future() -> None:
    target = "targets:\n  - {metric: lead_time, at_most: 3d, by: 2027-06-30}\n"
    finding = one(both(IMPROVED + target, DATED + FASTER), "target-out-of-reach")
    assert finding.message == (
        "with this state lead_time is 4d, and the target is at most 3d, says maps/orders/current.md"
    )
    assert rules(IMPROVED + target, f"target_date: 2027-01-31\n{FASTER}") == []
    own = f"{DATED}{FASTER}targets:\n  - {{metric: lead_time, at_most: 4d}}\n"
    assert rules(IMPROVED + target, own) == []
    assert rules(IMPROVED + target.replace("3d", "4d"), DATED + FASTER) == []


# --- evidence ------------------------------------------------------------------


def chain(third: str) -> str:
    rows = (
        "a, process_time: 1d, wait_time: 1d, complete_accurate: 90%",
        "b, process_time: 1d, wait_time: 1d",
        third,
    )
    return "steps:\n" + "".join(f"  - {{id: {row}}}\n" for row in rows)


def graded(evidence: str, third: str = "c, process_time: 1d, wait_time: 5d") -> list[Finding]:
    return lint(chain(f"{third}, evidence: {evidence}"))


def test_a_map_without_any_evidence_is_told_once() -> None:
    finding = one(lint(chain("c, process_time: 1d, wait_time: 5d")), "no-evidence")
    assert (finding.line, finding.source_line) == (3, "steps:")
    assert "no-evidence" not in {f.rule for f in graded("estimated")}


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ("assumed", True),
        ("{wait_time: assumed}", True),
        ("{wait_time: assumed, process_time: measured}", True),
        ("{process_time: assumed}", False),
        ("{wait_time: estimated}", False),
        ("measured", False),
    ],
)
def test_the_number_that_the_answer_hangs_on_is_assumed(evidence: str, told: bool) -> None:
    assert ("assumed-answer" in {f.rule for f in graded(evidence)}) == told


def test_an_assumed_answer_is_told_with_its_length_also_of_a_queue_and_of_work() -> None:
    said = [
        one(graded("assumed", third), "assumed-answer").message
        for third in (
            "c, name: Test, process_time: 1d, wait_time: 5d",
            "c, name: Test, process_time: 1d, lead_time: 6d",
            "c, name: Shelf, kind: queue, wait_time: 5d",
        )
    ]
    assert said == [
        "value gets stuck most in the wait before “Test”, and how long that is, 5d, is assumed",
        "value gets stuck most in the wait before “Test”, and how long that is, 5d, is assumed",
        "value gets stuck most in “Shelf”, and how long that is, 5d, is assumed",
    ]
    work = "".join(f"  - {{id: {n}, process_time: 1d, evidence: assumed}}\n" for n in "abc")
    message = one(lint(f"steps:\n{work}"), "assumed-answer").message
    assert message.startswith("value gets stuck most in the work of “A”")


def test_evidence_is_not_asked_of_what_is_only_planned() -> None:
    future = document(
        DATED + chain("c, process_time: 1d, wait_time: 5d, evidence: assumed"), "future"
    )
    assert [f.rule for f in run([future], TODAY)] == ["future-without-current"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("mapped_on: 2025-11-19\n", True),
        ("mapped_on: 2025-11-20\n", False),
        ("mapped_on: 2020-01-01\nreview_by: 2026-12-01\n", False),
    ],
)
def test_a_map_of_more_than_a_year_ago_is_old(keys: str, told: bool) -> None:
    assert [f.rule for f in lint(keys + CURRENT)] == (["mapped-long-ago"] if told else [])


# --- quality and times -----------------------------------------------------------


def test_a_map_without_waits_is_told() -> None:
    work = "".join(f"  - {{id: {n}, process_time: 1d}}\n" for n in "abc")
    finding = one(lint(f"steps:\n{work}"), "no-waits")
    assert finding.source_line == "steps:"
    on_the_way = f"steps:\n{work}flow:\n  - a -> b -> c\n  - {{from: a, to: b, wait: 1d}}\n"
    assert "no-waits" not in {f.rule for f in lint(on_the_way)}
    assert "no-waits" not in {f.rule for f in lint(f"steps:\n{work}  - {{id: d}}\n")}


def test_a_map_without_quality_is_told() -> None:
    text = chain("c, process_time: 1d, wait_time: 5d")
    assert "quality-unknown" not in {f.rule for f in lint(text)}
    assert "quality-unknown" in {f.rule for f in lint(text.replace(", complete_accurate: 90%", ""))}


def test_unusable_work_has_to_go_somewhere() -> None:
    text = chain("c, process_time: 1d, wait_time: 5d").replace("90%", "50%")
    finding = one(lint(text), "rework-missing")
    assert finding.message.startswith("only 50% of the items get through without a correction")
    assert "rework-missing" not in {f.rule for f in lint(text.replace("50%", "70%"))}
    looped = f"{text}rework:\n  - {{from: c, to: a, rate: 40%}}\n"
    assert "rework-missing" not in {f.rule for f in lint(looped)}


def loop(rate: str, source: str, target: str, b: str = "") -> list[str]:
    text = chain("c, process_time: 1d, wait_time: 5d").replace("id: b", f"id: b{b}")
    found = lint(f"{text}rework:\n  - {{from: {source}, to: {target}, rate: {rate}}}\n")
    return [f.message for f in found if f.rule == "quality-disagrees"]


def test_no_more_comes_back_than_is_spoilt() -> None:
    assert loop("40%", "b", "a") == [
        "40% go back to “A”, and by the %C&A of that step only 10% cannot be used as it is"
    ]
    assert loop("25%", "b", "a") == []


def test_steps_between_may_spoil_it_too() -> None:
    assert loop("40%", "c", "a") == []  # nothing is known of b
    assert loop("40%", "c", "a", ", complete_accurate: 70%") == []
    assert loop("60%", "c", "a", ", complete_accurate: 80%") == [
        "60% go back to “A”, and by the %C&A of the steps from there on only 28% cannot be used "
        "as it is"
    ]


def test_a_step_that_repeats_itself_is_not_judged() -> None:
    assert loop("90%", "a", "a") == []


# --- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (0.001, "1m"),
        (0.25, "15m"),
        (0.99, "59m"),
        (1, "1h"),
        (7.9, "7.9h"),
        (7.99, "1d"),
        (12, "1.5d"),
        (799.9, "100d"),
        (80_000, "10,000d"),
    ],
)
def test_hours_are_said_as_maps_write_them(hours: float, text: str) -> None:
    assert hours_text(hours, Calendar()) == text


def test_a_day_is_as_long_as_the_calendar_says() -> None:
    assert hours_text(12, Calendar(6.0, 5.0)) == "2d"


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (0.004, "under 1%"), (0.146, "15%")])
def test_shares_are_said_in_whole_percent(share: float, text: str) -> None:
    assert percent_text(share) == text
