"""The page of what the check found: what stops people first, advice folded away below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from vsmdocs.errors import Finding
from vsmdocs.rendering.findings_text import excerpt

MOST = 300
"""Findings of one kind on the page; thousands of hints would make it one that nobody can load."""
_KINDS = (
    ("error", "error", "A map that cannot be read is shown as it last could be."),
    ("warning", "warning", "Something is likely not as it was meant."),
    ("info", "hint", "What to try next, and what would make the figures surer."),
)


class ShownFinding(NamedTuple):
    """A finding with the source line that it points at."""

    place: str
    """Line and column in its file."""
    rule: str
    severity: str
    message: str
    hint: str
    excerpt: str


class FindingGroup(NamedTuple):
    """What was found in one file."""

    path: str
    href: str
    findings: tuple[ShownFinding, ...]


class FindingSection(NamedTuple):
    """All findings of one severity."""

    severity: str
    title: str
    about: str
    groups: tuple[FindingGroup, ...]
    more: str
    """How many are left out, in words."""
    folded: bool


class ChecksView(NamedTuple):
    """The page of findings."""

    summary: str
    sections: tuple[FindingSection, ...]


def checks_view(findings: Iterable[Finding], files: int, hrefs: Mapping[str, str]) -> ChecksView:
    """Bring findings into a page; `hrefs` gives the page of a map's file."""
    ordered = sorted(findings)
    sections = tuple(
        _section(severity, _counted(len(some), noun), about, some, hrefs)
        for severity, noun, about in _KINDS
        if (some := [finding for finding in ordered if finding.severity == severity])
    )
    maps = f"{_counted(files, 'map')} checked"
    counts = ", ".join(section.title for section in sections)
    return ChecksView(f"{maps}: {counts}." if counts else f"{maps}, nothing found.", sections)


def shown(finding: Finding) -> ShownFinding:
    """Return a finding in the words of a page."""
    return ShownFinding(
        f"line {finding.line}:{finding.column}" if finding.line else "the file",
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        excerpt(finding),
    )


def _section(
    severity: str, title: str, about: str, findings: Sequence[Finding], hrefs: Mapping[str, str]
) -> FindingSection:
    groups = tuple(
        FindingGroup(path, hrefs.get(path, ""), tuple(shown(finding) for finding in some))
        for path, some in groupby(findings[:MOST], key=lambda finding: finding.path)
    )
    left = len(findings) - MOST
    more = f"{left:,} more are left out here; vsmdocs check lists them all." if left > 0 else ""
    return FindingSection(severity, title, about, groups, more, severity == "info")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
