"""Findings as a code quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from collections.abc import Iterable

from vsmdocs.analysis.fingerprints import fingerprints
from vsmdocs.errors import Finding, Severity
from vsmdocs.rendering.findings_json import safe_json
from vsmdocs.rendering.findings_text import safe

_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "info": "info"}


def findings_gitlab(findings: Iterable[Finding]) -> str:
    """Return the report: a JSON list, ASCII alone.

    GitLab wants a line of every finding, so those about a whole file stand on its first.
    """
    listed = list(findings)
    rows = [
        {
            "description": safe(" – ".join(filter(None, (finding.message, finding.hint)))),
            "check_name": finding.rule,
            "fingerprint": mark,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": safe(finding.path), "lines": {"begin": max(finding.line, 1)}},
        }
        for finding, mark in zip(listed, fingerprints(listed), strict=True)
    ]
    return safe_json(rows)
