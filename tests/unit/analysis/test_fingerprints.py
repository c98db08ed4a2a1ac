"""What a finding is known by, and what a change brought in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.analysis.fingerprints import brought_in, fingerprint, fingerprints
from vsmdocs.errors import Finding

BASE = Finding(
    "maps/a.md", 7, 5, "no-owner", "info", "“Build” has no owner", "name one", 9, "  - id: build"
)
TEXT = st.text(max_size=5)
FINDINGS = st.builds(
    Finding,
    path=st.sampled_from(["a.md", "b.md", "a"]),
    line=st.integers(0, 3),
    column=st.just(1),
    rule=st.sampled_from(["x", "y"]),
    severity=st.sampled_from(["error", "warning", "info"]),
    message=TEXT,
    source_line=TEXT,
)


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, line=70, column=1, end_column=2),
        replace(BASE, severity="error"),
        replace(BASE, hint="name a team"),
        replace(BASE, source_line="      - id: build  "),
    ],
)
def test_moving_a_line_changes_nothing(other: Finding) -> None:
    assert fingerprint(other) == fingerprint(BASE)


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, path="maps/b.md"),
        replace(BASE, rule="no-owners"),
        replace(BASE, message="“Review” has no owner"),
        replace(BASE, source_line="  - id: review"),
        replace(BASE, path="maps/a.mdno-owner", rule=""),
    ],
)
def test_what_makes_another_finding(other: Finding) -> None:
    assert fingerprint(other) != fingerprint(BASE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the review was due 1 day ago", "the review was due 400 days ago"),
        ("lead_time is 9.5d, at most 10d", "lead_time is 1,200.25w, at most 10d"),
        ("it takes 2h 30m (5%)", "it takes 3h (12.5%)"),
        ("2 d and 4 h late", "1 h late"),
    ],
)
def test_days_that_pass_and_figures_that_change_are_the_same_finding(one: str, other: str) -> None:
    assert fingerprint(replace(BASE, message=one)) == fingerprint(replace(BASE, message=other))


def test_a_number_in_the_line_itself_counts() -> None:
    line = replace(BASE, source_line="at_most: 10d")
    assert fingerprint(line) != fingerprint(replace(line, source_line="at_most: 11d"))


def test_it_is_the_same_on_every_machine_and_in_every_version() -> None:
    # Baselines in repositories hold these.
    assert fingerprints([BASE, BASE]) == [
        "374ad738978e2a96e2bdf946cfd798fc",
        "9da0b6020dcd06cbbc6d6732db676d69",
    ]


@given(st.lists(FINDINGS, max_size=30))
def test_no_two_of_a_run_are_the_same(findings: list[Finding]) -> None:
    assert len(set(fingerprints(findings))) == len(findings)


@given(st.lists(FINDINGS, max_size=12), st.lists(FINDINGS, max_size=12))
def test_what_is_brought_in_is_what_is_more(before: list[Finding], after: list[Finding]) -> None:
    new = brought_in(before, after)
    assert brought_in(after, after) == []
    assert brought_in([], after) == after
    assert brought_in([replace(one, line=one.line + 9) for one in before], after) == new
    kinds = {fingerprint(one) for one in (*before, *after)}

    def counted(findings: list[Finding]) -> dict[str, int]:
        marks = [fingerprint(one) for one in findings]
        return {kind: marks.count(kind) for kind in kinds}

    was, now = counted(before), counted(after)
    assert counted(new) == {kind: max(now[kind] - was[kind], 0) for kind in kinds}


def test_of_those_alike_the_last_one_is_new() -> None:
    lines = [replace(BASE, line=number) for number in (3, 5, 9)]
    assert brought_in(lines[:2], lines) == lines[2:]
