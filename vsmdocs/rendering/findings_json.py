"""Findings for programs: one stable JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, get_args

from vsmdocs.errors import Finding, Severity

_KEYS = ("path", "line", "column", "end_column", "rule", "severity", "message", "hint")


def findings_json(findings: Iterable[Finding]) -> str:
    """Return `{"findings": [...], "counts": {...}}` in the order given.

    A line or column of 0 is unknown; `counts` has every severity, also where there is none."""
    listed = list(findings)
    rows = [{key: getattr(finding, key) for key in _KEYS} for finding in listed]
    counts = {
        severity: sum(finding.severity == severity for finding in listed)
        for severity in get_args(Severity)
    }
    return safe_json({"findings": rows, "counts": counts})


def safe_json(value: Any) -> str:
    """Return a value as JSON that neither a terminal nor the log of a build obeys.

    The text is ASCII, and `##[x]`, a command to GitHub's runner anywhere in a line, is spelled
    otherwise; it can only stand in a text.
    """
    return json.dumps(value, indent=2).replace("##[", "##\\u005b") + "\n"
