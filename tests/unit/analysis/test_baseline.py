"""Baselines: what they hide, what they outlive, and how they are written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.analysis.baseline import Baseline, baseline_of, read_baseline, write_baseline
from vsmdocs.errors import ConfigError, Finding

ONE = Finding("maps/a.md", 4, 1, "no-owner", "info", "no owner", source_line="- id: a")
TWO = replace(ONE, line=9, source_line="- id: b")
BROKEN = replace(ONE, rule="unknown-key", severity="error")
FINDINGS = st.lists(
    st.builds(
        Finding,
        path=st.text(max_size=3),
        line=st.integers(0, 5),
        column=st.just(1),
        rule=st.sampled_from(["no-owner", "stated-total", "unknown-key"]),
        severity=st.just("info"),
        message=st.text(max_size=3),
    ),
    max_size=10,
)


def test_the_file() -> None:
    text = write_baseline(baseline_of([TWO, ONE, replace(ONE, line=5)]))
    lines = text.splitlines()
    assert lines[:3] == ["{", '  "version": 1,', '  "findings": [']
    assert lines[-2:] == ["  ]", "}"]
    rows = [json.loads(line.rstrip(",")) for line in lines[3:-2]]
    assert {(row["path"], row["rule"]) for row in rows} == {("maps/a.md", "no-owner")}
    assert sorted(row["count"] for row in rows) == [1, 2]
    assert all(row.keys() == {"path", "rule", "fingerprint", "count"} for row in rows)
    assert rows == sorted(rows, key=lambda row: row["fingerprint"])


def test_an_empty_one() -> None:
    text = write_baseline(Baseline())
    assert json.loads(text) == {"version": 1, "findings": []}
    assert read_baseline(text, "b.json").total == 0


@given(FINDINGS)
def test_what_was_written_is_read_and_hides_all_it_can(findings: list[Finding]) -> None:
    baseline = baseline_of(findings)
    again = read_baseline(write_baseline(baseline), "b.json")
    assert again.counts == baseline.counts
    assert {one.rule for one in again.new(findings)} <= {"unknown-key"}
    assert len(again.new(findings)) + again.total == len(findings)
    moved = [replace(one, line=one.line + 3, severity="warning") for one in findings]
    assert len(again.new(moved)) == len(again.new(findings))


def test_one_finding_more_changes_one_line() -> None:
    before = write_baseline(baseline_of([ONE])).splitlines()
    after = write_baseline(baseline_of([ONE, replace(ONE, path="maps/b.md")])).splitlines()
    assert len(set(after) - set(before)) <= 2
    assert len(after) == len(before) + 1


def test_one_more_than_it_holds_is_new() -> None:
    baseline = baseline_of([ONE, replace(ONE, line=6)])
    lines = [replace(ONE, line=number) for number in (2, 4, 8)]
    assert baseline.new(lines) == lines[2:]
    assert baseline.new([TWO]) == [TWO]


def test_errors_of_reading_are_never_in_it() -> None:
    assert baseline_of([BROKEN]).total == 0
    assert baseline_of([BROKEN]).new([BROKEN]) == [BROKEN]


@pytest.mark.parametrize(
    ("found", "rules", "whole", "gone"),
    [
        ([ONE, ONE, TWO], {"maps/a.md": {"no-owner"}}, True, 0),
        ([ONE], {"maps/a.md": {"no-owner"}}, True, 2),
        ([], {"maps/a.md": {"no-owner"}}, False, 3),
        # Nobody looked for it, so nobody knows.
        ([], {"maps/a.md": {"stated-total"}}, True, 0),
        # The file is gone, or was not asked about.
        ([], {"maps/b.md": {"no-owner"}}, True, 3),
        ([], {"maps/b.md": {"no-owner"}}, False, 0),
    ],
)
def test_what_it_outlived(
    found: list[Finding], rules: dict[str, set[str]], whole: bool, gone: int
) -> None:
    assert baseline_of([ONE, ONE, TWO]).outlived(found, rules, whole) == gone


ROW = '{"path": "a", "rule": "b", "fingerprint": "c", "count": %s}'


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "b.json:1:1", "not JSON"),
        ('{\n"version": 1,\n<<<<<<< HEAD\n', "b.json:3:1", "not JSON"),
        ("[" * 100_000, "b.json", "baseline"),
        ("[]", "b.json", "a version and a list of findings"),
        ('{"version": 1}', "b.json", "a list of findings"),
        ('{"version": 2, "findings": []}', "b.json", "version 2 of a baseline is not known"),
        ('{"findings": []}', "b.json", "version None"),
        ('{"version": 1, "findings": [1]}', "b.json", "finding 1 has path, rule"),
        ('{"version": 1, "findings": [{}]}', "b.json", "finding 1 has path, rule"),
        (f'{{"version": 1, "findings": [{ROW % "true"}]}}', "b.json", "count of finding 1 is a"),
        (f'{{"version": 1, "findings": [{ROW % "0"}]}}', "b.json", "count of finding 1 is 1"),
        (f'{{"version": 1, "findings": [{ROW % 1}, {ROW % "1.5"}]}}', "b.json", "of finding 2"),
        (f'{{"version": 1, "findings": [{ROW % ("9" * 5000)}]}}', "b.json", "not a baseline"),
    ],
)
def test_what_is_no_baseline(text: str, place: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_baseline(text, "b.json")
    (finding,) = caught.value.findings
    assert finding.place == place
    assert said in finding.message
    assert "--write-baseline" in finding.hint
