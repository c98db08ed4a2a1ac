"""What a finding is known by when lines move, days pass and figures change.

A baseline, a review and the forges ask whether a finding was there before. Its line is no
answer, since any line above it can come or go. So it is known by its rule, its file, the text
of its line and its message without the numbers in it, and by how many like it came before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from vsmdocs.errors import Finding

_LENGTH = 32
"""Of 64 hexadecimal digits: short enough for a line, long enough never to meet by chance."""
_UNITS = (
    "working days|working hours|seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
    "min|mo|s|m|h|d|w|y|%"
)
_NUMBER = re.compile(rf"[0-9]+(?:[.,][0-9]+)*(?:\s?(?:{_UNITS})(?![A-Za-z]))?")
_NUMBERS = re.compile(r"#(?:(?:\s|, | and )*#)*")


def fingerprint(finding: Finding, occurrence: int = 0) -> str:
    """Return what a finding is known by; `occurrence` counts those before it that are alike.

    A day more overdue, or an hour off what was stated, is the same finding: numbers in the
    message are left out. Those that somebody wrote stand in the source line, which counts.
    """
    message = _NUMBERS.sub("#", _NUMBER.sub("#", finding.message))
    parts = (finding.rule, finding.path, finding.source_line.strip(), message, str(occurrence))
    # Lengths keep apart what only looks the same when put together.
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return the fingerprints of all findings of a run, no two of them the same."""
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        alike = fingerprint(finding)
        found.append(fingerprint(finding, seen[alike]) if seen[alike] else alike)
        seen[alike] += 1
    return found


def brought_in(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings of `after` that `before` has not, in their order.

    Of three that are alike where there were two, the last one is new.
    """
    known = set(fingerprints(before))
    listed = list(after)
    return [
        one for one, mark in zip(listed, fingerprints(listed), strict=True) if mark not in known
    ]
