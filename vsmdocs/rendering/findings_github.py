"""Findings as workflow commands, which GitHub shows as annotations beside the lines.

A command is one line of a log, `::error file=...::message`, so nothing that a map says may end
the line or the part that it stands in. GitHub shows ten of a kind for a step and says nothing
of the others; here the others are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vsmdocs.errors import Finding, Severity
from vsmdocs.rendering.findings_text import safe

MOST_SHOWN = 10
"""Annotations of one kind that GitHub shows for a step."""
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "hint"}


def findings_github(findings: Iterable[Finding]) -> str:
    """Return a workflow command for each finding that GitHub will show, and one for the rest."""
    listed = list(findings)
    counts = Counter(finding.severity for finding in listed)
    most = dict.fromkeys(_COMMANDS, MOST_SHOWN)
    if any(counts[severity] > MOST_SHOWN for severity in _COMMANDS):
        # One place among the notices is for saying so.
        most["info"] -= 1
    shown: Counter[Severity] = Counter()
    lines = []
    for finding in listed:
        if shown[finding.severity] < most[finding.severity]:
            shown[finding.severity] += 1
            lines.append(_command(finding))
    rest = [
        f"{count:,} {_NOUNS[severity]}{'' if count == 1 else 's'}"
        for severity in _COMMANDS
        if (count := counts[severity] - shown[severity])
    ]
    if rest:
        message = f"{', '.join(rest)} more: vsmdocs check prints all of them"
        lines.append(f"::notice title=vsmdocs::{_data(message)}")
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    properties: dict[str, str | int] = {"file": finding.path}
    if finding.line:
        properties |= {"line": finding.line, "col": finding.column}
    if finding.end_column:
        properties["endColumn"] = finding.end_column
    properties["title"] = finding.rule
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    said = "\n".join(safe(part) for part in (finding.message, finding.hint) if part)
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(said)}"


def _data(text: str) -> str:
    """Escape a message as the runner reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe(text)).replace(":", "%3A").replace(",", "%2C")
