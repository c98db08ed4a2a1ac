"""Each rule: what it finds, where, and what it lets be."""

from __future__ import annotations

from datetime import date

import pytest

from vsmdocs.analysis.lint import run
from vsmdocs.errors import Finding
from vsmdocs.model.metrics import measure
from vsmdocs.reading.reader import MapDocument, read_map

TODAY = date(2026, 11, 20)
CHAIN = """steps:
  - {id: a, process_time: 1h, wait_time: 7h}
  - {id: b, process_time: 2h, wait_time: 6h}
"""


def document(text: str, path: str = "maps/x/current.md") -> MapDocument:
    return read_map(path, f"---\ntitle: X\n{text}---\n".encode())


def lint(text: str) -> list[Finding]:
    return run([document(text)], TODAY)


def found(text: str, *, infos: bool = True) -> list[tuple[str, str, str]]:
    """Return rule, severity and the marked characters of each finding."""
    return [
        (f.rule, f.severity, f.source_line[f.column - 1 : f.end_column - 1])
        for f in lint(text)
        if infos or f.severity != "info"
    ]


def test_a_good_map_is_left_alone() -> None:
    assert lint(CHAIN) == []


@pytest.mark.parametrize(
    ("stated", "fine"),
    [
        ("lead_time: 2d", True),
        ("lead_time: 2.1d", False),
        ("lead_time: 1.9d..2.1d", True),
        ("lead_time: 16.1h", True),
        ("lead_time: 15h", False),
        ("lead_time: PT15H", False),
        ("process_time: 3h", True),
        ("process_time: 3.4h", False),
        ("process_time: 1d", False),
        ("activity_ratio: 19%", True),
        ("activity_ratio: 18.7%", True),
        ("activity_ratio: 18%", False),
        ("activity_ratio: 0.2", False),
        ("steps: 2", True),
        ("steps: 3", False),
        ("handoffs: 0", True),
        ("complete_accurate: 10%", True),
    ],
)
def test_stated_totals_may_be_rounded(stated: str, fine: bool) -> None:
    rules = [finding.rule for finding in lint(f"{CHAIN}stated_totals: {{{stated}}}\n")]
    assert rules == ([] if fine else ["stated-total"])


def test_a_stated_total_is_shown_beside_ours() -> None:
    (finding,) = lint(f"{CHAIN}stated_totals:\n  lead_time: 2.5d\n")
    assert finding.message == "lead_time is stated as 2.5d, and the steps come to 2d"
    assert (finding.line, finding.column, finding.end_column) == (7, 14, 18)
    (finding,) = lint(f"{CHAIN}stated_totals: {{lead_time: 2w}}\n")
    assert finding.message.endswith("stated as 2w, and the steps come to 0.4w")
    (finding,) = lint(f"{CHAIN}stated_totals: {{activity_ratio: 18%}}\n")
    assert finding.message.endswith("stated as 18%, and the steps come to 18.8%")


def test_a_stated_total_may_know_of_what_is_left_out() -> None:
    text = CHAIN + "  - {id: c}\nstated_totals: {lead_time: 5d}\n"
    assert found(text, infos=False) == [("unknown-time", "warning", "c")]


def test_targets() -> None:
    targets = """targets:
  - {metric: lead_time, at_most: 2d}
  - {metric: lead_time, at_most: 1d, by: 2027-01-01}
  - {metric: lead_time, at_most: 10h, by: 2026-11-19}
  - {metric: activity_ratio, at_least: 25%, by: 2026-11-20}
  - {metric: complete_accurate, at_least: 25%}
  - {metric: handoffs, at_most: 0}
"""
    findings = lint(CHAIN + targets)
    assert [(f.line, f.severity, f.message) for f in findings] == [
        (8, "warning", "lead_time is 2d, and the target is at most 1d by 2027-01-01"),
        (9, "error", "lead_time is 16h, and the target is at most 10h by 2026-11-19"),
        (
            10,
            "warning",
            "activity_ratio is 18.8%, and the target is at least 25% by 2026-11-20",
        ),
    ]
    assert {f.rule for f in findings} == {"target-missed"}


def test_unknown_times() -> None:
    text = """steps:
  - {id: a}
  - {id: b, wait_time: 3d}
  - {id: c, lead_time: 3d}
  - {id: d, lead_time: 3d, process_time: 1h}
  - {id: e, kind: queue}
"""
    assert found(text, infos=False) == [
        ("unknown-time", "warning", "a"),
        ("unknown-time", "warning", "3d"),
        ("unknown-time", "warning", "3d"),
        ("unknown-time", "warning", "e"),
    ]
    messages = [finding.message for finding in lint(text) if finding.rule == "unknown-time"]
    assert "lead time of “b” is unknown" in messages[1]
    assert "process time of “c” is unknown" in messages[2]


def test_over_capacity() -> None:
    text = """demand: 10/day
steps:
  - {id: a, process_time: 1h, capacity: 10/day}
  - {id: b, process_time: 1h, capacity: 1/hour}
"""
    assert found(text) == [("over-capacity", "warning", "1/hour")]
    assert "125%" in lint(text)[0].message


def test_no_owner() -> None:
    text = "steps:\n  - {id: a, process_time: 1h}\n  - {id: b, process_time: 1h, owner: X}\n"
    assert found(text) == [("no-owner", "info", "a")]


def test_review_due() -> None:
    assert found(f"{CHAIN}review_by: 2026-11-20\n") == []
    assert found(f"{CHAIN}review_by: 2026-11-19\n") == [("review-due", "warning", "2026-11-19")]


def test_choice_never() -> None:
    text = CHAIN + '  - {id: c, process_time: 1h}\nflow:\n  - "a -> [b 100%, c 0%]"\n'
    assert ("choice-never", "info", "c") in found(text)


def test_calculation_errors() -> None:
    text = f"{CHAIN}rework:\n  - {{from: b, to: a, rate: 100%}}\n"
    assert found(text) == [("no-exit", "error", "100%")]


def test_two_files_for_one_state() -> None:
    one, two = document(CHAIN, "maps/x/current.md"), document(CHAIN, "maps/x.md")
    findings = run([one, two], TODAY)
    assert [(f.path, f.rule) for f in findings] == [
        ("maps/x.md", "duplicate-identity"),
        ("maps/x/current.md", "duplicate-identity"),
    ]
    assert "maps/x/current.md" in findings[0].message


def test_a_future_without_a_current_state() -> None:
    future, current = document(CHAIN, "maps/x/future.md"), document(CHAIN, "maps/x/current.md")
    assert "future-without-current" in {f.rule for f in run([future], TODAY)}
    assert "future-without-current" not in {f.rule for f in run([future, current], TODAY)}


def test_known_figures_are_not_calculated_again() -> None:
    one = document(CHAIN)
    assert run([one], TODAY, {one.path: measure(one.map)}) == []
