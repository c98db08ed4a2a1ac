"""Findings as JUnit XML, which most build servers show: a test case for each map."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from vsmdocs.analysis.policy import at_least
from vsmdocs.errors import Finding, Severity
from vsmdocs.rendering.findings_text import render_findings, safe


def findings_junit(findings: Iterable[Finding], files: Collection[str], fail_on: Severity) -> str:
    """Return one suite with a case for each file that was checked.

    A case fails where `check` would for the sake of that file; findings that are less grave are
    its output. Only one failure is written a case, since many readers take no more.
    """
    ordered = sorted(findings)
    found = {path: list(own) for path, own in groupby(ordered, key=lambda one: one.path)}
    cases, failures = [], 0
    for path in sorted({*files, *found}):
        own = found.get(path, [])
        failing = at_least(own, fail_on)
        failures += bool(failing)
        cases.append(_case(path, failing, [one for one in own if one not in failing]))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="vsmdocs" {counts}>\n'
        f'  <testsuite name="vsmdocs check" {counts}>\n{"".join(cases)}'
        "  </testsuite>\n</testsuites>\n"
    )


def _case(path: str, failing: list[Finding], other: list[Finding]) -> str:
    shown = quoteattr(safe(path))
    head = f'    <testcase classname="vsmdocs" name={shown} file={shown}'
    if not failing and not other:
        return f"{head}/>\n"
    inside = ""
    if failing:
        first, more = failing[0], len(failing) - 1
        message = safe(f"{first.rule}: {first.message}") + (f" (and {more:,} more)" * bool(more))
        kind = quoteattr(safe(first.severity))
        text = _text(failing)
        inside += f"      <failure message={quoteattr(message)} type={kind}>{text}</failure>\n"
    if other:
        inside += f"      <system-out>{_text(other)}</system-out>\n"
    return f"{head}>\n{inside}    </testcase>\n"


def _text(findings: list[Finding]) -> str:
    return escape(render_findings(findings))
