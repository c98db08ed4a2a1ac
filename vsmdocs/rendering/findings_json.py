"""Findings for programs: one stable JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import get_args

from vsmdocs.errors import Finding, Severity

_KEYS = ("path", "line", "column", "end_column", "rule", "severity", "message", "hint")


def findings_json(findings: Iterable[Finding]) -> str:
    """Return `{"findings": [...], "counts": {...}}` in the order given.

    A line or column of 0 is unknown; `counts` has every severity, also where there is none.
    The text is ASCII, so that no terminal obeys what stands in a file.
    """
    listed = list(findings)
    rows = [{key: getattr(finding, key) for key in _KEYS} for finding in listed]
    counts = {
        severity: sum(finding.severity == severity for finding in listed)
        for severity in get_args(Severity)
    }
    return json.dumps({"findings": rows, "counts": counts}, indent=2) + "\n"
