"""Findings as SARIF 2.1.0, which GitHub's code scanning and many editors read.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from vsmdocs import __version__
from vsmdocs.analysis.fingerprints import fingerprints
from vsmdocs.errors import Finding, Severity
from vsmdocs.rendering.findings_json import safe_json
from vsmdocs.rendering.findings_text import safe

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
BASE = "%SRCROOT%"
"""What paths are relative to: the top of the repository, as GitHub calls it."""
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def findings_sarif(findings: Iterable[Finding]) -> str:
    """Return a log of one run; ASCII alone.

    Only rules that something was found by are described, so that a log is as long as what it
    tells.
    """
    listed = list(findings)
    ids = sorted({finding.rule for finding in listed})
    places = {rule: index for index, rule in enumerate(ids)}
    marks = fingerprints(listed)
    rules = [_descriptor(rule) for rule in ids]
    run = {
        "tool": {"driver": {"name": "vsmdocs", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The top of the repository."}}},
        "results": [
            _result(finding, places[finding.rule], mark)
            for finding, mark in zip(listed, marks, strict=True)
        ],
    }
    return safe_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(id: str) -> dict[str, Any]:
    """Return what there is to say about a rule; all of it stands in the log itself."""
    from vsmdocs.analysis.lint.catalogue import find_rule
    from vsmdocs.reading.rule_info import example_language

    rule = find_rule(id)
    if rule is None:
        return {"id": id}
    said, marked = [rule.summary, rule.reason], [rule.summary, rule.reason]
    for title, example in (("This breaks it:", rule.bad), ("Mended:", rule.good)):
        if example:
            said.append(f"{title}\n\n{example}")
            language = example_language(example)
            marked.append(f"{title}\n\n````{language}\n{example.rstrip()}\n````")
    return {
        "id": id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.reason or rule.summary},
        "help": {"text": "\n\n".join(said), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group]},
    }


def _result(finding: Finding, rule: int, mark: str) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(finding.path),
                    "region": _region(finding),
                }
            }
        ],
        # The first is what GitHub knows alerts by; it would work one out from lines otherwise.
        "partialFingerprints": {"primaryLocationLineHash": f"{mark}:1", "vsmdocs/v1": mark},
    }


def _message(finding: Finding) -> str:
    said = ". ".join(safe(part) for part in (finding.message, finding.hint) if part)
    # In a message `[text](address)` is a link; a bracket with a backslash is a bracket.
    return said.replace("](", "\\](") or finding.rule


def _artifact(path: str) -> dict[str, Any]:
    if path.startswith("/"):
        return {"uri": f"file://{_uri(path)}"}
    return {"uri": _uri(path), "uriBaseId": BASE}


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "backslashreplace"), safe="/")


def _region(finding: Finding) -> dict[str, int]:
    """Return where a finding stands; GitHub wants a line also of what is about a whole file."""
    region = {"startLine": max(finding.line, 1)}
    if finding.line and finding.column:
        region["startColumn"] = finding.column
        if finding.end_column >= finding.column:
            region["endColumn"] = finding.end_column
    return region
