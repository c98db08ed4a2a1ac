"""Reports for tests: one with everything in it, and the same with a text in every place."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tests.unit.model.strategies import make
from tests.unit.rendering.diff_maps import BASE, BODIES, HEAD
from vsmdocs.analysis.diff import diff
from vsmdocs.errors import Finding
from vsmdocs.review.make import make_report
from vsmdocs.review.report import Report, report_json

OLD, NEW = "1f" * 20, "2e" * 20
FIXED = {"severity", "kind", "status", "base", "head"}
"""Keys whose values are one of a few, or commits."""
FINDINGS = [
    Finding("maps/bad/current.md", 3, 1, "yaml-syntax", "error", "this is no YAML", "mend it"),
    Finding("maps/feature-delivery/current.md", 12, 5, "no-owner", "warning", "nobody owns “Ship”"),
    Finding("maps/new/current.md", 1, 1, "no-trigger", "info", "it does not say where it starts"),
]


@cache
def everything() -> Report:
    """Return a report with every status, kind of change and severity."""
    other = make("a b", title="Incidents", stream="incidents", state="future", variant="q2")
    slow = make([{"id": "a", "process_time": "1h"}, {"id": "b"}], title="Onboarding")
    known = make([{"id": "a", "process_time": "1h"}, {"id": "b", "process_time": "3h"}],
                 title="Onboarding")  # fmt: skip
    words = make("a b", title="Import")
    diffs = [
        ("maps/import/current.md", diff(words, words, "Old.", "New.")),
        ("maps/feature-delivery/current.md", diff(BASE, HEAD, *BODIES)),
        ("maps/incidents/future-q2.md", diff(None, other)),
        ("maps/onboarding/current.md", diff(slow, known)),
        ("maps/gone/current.md", diff(other, None)),
    ]
    unreadable = {"maps/bad/current.md": True, "maps/was/current.md": False}
    return make_report(OLD, NEW, diffs, unreadable, FINDINGS)


def data(report: Report) -> dict[str, Any]:
    """Return a report as plain values."""
    found: dict[str, Any] = json.loads(report_json(report))
    return found


def with_text(value: Any, text: str, key: str = "") -> Any:
    """Return a report's plain values with one text wherever text may stand."""
    if isinstance(value, dict):
        return {name: with_text(part, text, name) for name, part in value.items()}
    if isinstance(value, list):
        return [with_text(part, text, key) for part in value]
    return text if isinstance(value, str) and key not in FIXED else value
