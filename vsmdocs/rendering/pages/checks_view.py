"""The page of what the check found: what stops people first, advice folded away below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.errors import Finding
from vsmdocs.language import ENGLISH, mark, speaking, tr, tr_n
from vsmdocs.rendering.findings_text import excerpt
from vsmdocs.rendering.pages.dates import dated
from vsmdocs.rendering.quantities import format_count

MOST = 300
"""Findings of one kind on the page; thousands of hints would make it one that nobody can load."""
_KINDS = {
    "error": mark("A map that cannot be read is shown as it last could be."),
    "warning": mark("Something is likely not as it was meant."),
    "info": mark("What to try next, and what would make the figures surer."),
}
_WORDS = {"error": mark("error"), "warning": mark("warning"), "info": mark("info")}


class ShownFinding(NamedTuple):
    """A finding with the source line that it points at."""

    place: str
    """Line and column in its file."""
    rule: str
    severity: str
    message: str
    """In English, as what is found is told everywhere; so is the hint."""
    hint: str
    excerpt: str
    word: str
    """The severity as the page calls it."""
    told: Markup
    """The message with its dates marked, in English as well."""


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
        _section(severity, tr(about), some, hrefs)
        for severity, about in _KINDS.items()
        if (some := [finding for finding in ordered if finding.severity == severity])
    )
    maps = tr_n("{n} map checked", "{n} maps checked", files, n=format_count(files))
    counts = ", ".join(section.title for section in sections)
    if not counts:
        return ChecksView(tr("{maps}, nothing found.", maps=maps), sections)
    return ChecksView(tr("{maps}: {counts}.", maps=maps, counts=counts), sections)


def shown(finding: Finding) -> ShownFinding:
    """Return a finding in the words of a page."""
    with speaking(ENGLISH.code):
        told = dated(finding.message)
    return ShownFinding(
        _place(finding),
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        excerpt(finding),
        tr(_WORDS[finding.severity]),
        told,
    )


def _place(finding: Finding) -> str:
    if not finding.line:
        return tr("the file")
    return tr("line {line}:{column}", line=finding.line, column=finding.column)


def _section(
    severity: str, about: str, findings: Sequence[Finding], hrefs: Mapping[str, str]
) -> FindingSection:
    groups = tuple(
        FindingGroup(path, hrefs.get(path, ""), tuple(shown(finding) for finding in some))
        for path, some in groupby(findings[:MOST], key=lambda finding: finding.path)
    )
    left = len(findings) - MOST
    more = ""
    if left > 0:
        n = format_count(left)
        more = tr("{n} more are left out here; vsmdocs check lists them all.", n=n)
    title = _counted(severity, len(findings))
    return FindingSection(severity, title, about, groups, more, severity == "info")


def _counted(severity: str, number: int) -> str:
    n = format_count(number)
    if severity == "error":
        return tr_n("{n} error", "{n} errors", number, n=n)
    if severity == "warning":
        return tr_n("{n} warning", "{n} warnings", number, n=n)
    return tr_n("{n} hint", "{n} hints", number, n=n)
