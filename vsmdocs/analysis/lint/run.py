"""All rules over all maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vsmdocs.analysis.lint.catalogue import RULES
from vsmdocs.analysis.lint.ignoring import without_ignored
from vsmdocs.analysis.lint.rule import Found, Rule
from vsmdocs.analysis.lint.subject import Document, Identity, Sibling, Subject
from vsmdocs.analysis.numbers import Place
from vsmdocs.errors import CalculationError, Finding
from vsmdocs.model.metrics import StreamMetrics, measure

Measured = Mapping[str, StreamMetrics | CalculationError]


def run(
    documents: Iterable[Document],
    today: date,
    measured: Measured | None = None,
    among: Mapping[Identity, Sequence[str]] | None = None,
    stale: Mapping[str, Mapping[Place, str]] | None = None,
) -> list[Finding]:
    """Return what the rules find and no comment switches off, in order of path and line.

    Parameters
    ----------
    today
        What dates are compared with.
    measured
        Figures by path, where they are known already; the others are calculated.
    among
        The paths of all maps there are, where `documents` are a part of them.
    stale
        By path, which numbers are too old and why, where the past is known.
    """
    ordered = sorted(documents, key=lambda document: document.path)
    known = among or identities((d.map.identity, d.path) for d in ordered)
    results = {d.path: (measured or {}).get(d.path) or _measure(d) for d in ordered}
    current = {
        d.map.stream: Sibling(d.path, d.map, figures)
        for d in ordered
        if d.map.identity == (d.map.stream, "current", "")
        and not isinstance(figures := results[d.path], CalculationError)
    }
    findings: list[Finding] = []
    for document in ordered:
        result = results[document.path]
        metrics, error = (None, result) if isinstance(result, CalculationError) else (result, None)
        past = (stale or {}).get(document.path)
        beside = current.get(document.map.stream) if document.map.state != "current" else None
        subject = Subject(document, metrics, error, today, known, past or {}, beside)
        found = [
            _finding(document, rule, one)
            for rule in RULES
            if rule.check is not None
            for one in rule.check(subject)
        ]
        findings += without_ignored(document, found, RULES, _unjudged(subject, past is not None))
    return sorted(findings)


def _finding(document: Document, rule: Rule, found: Found) -> Finding:
    return document.finding(
        found.where,
        rule.id,
        found.severity or rule.severity,
        found.message,
        found.hint,
        found.offset,
        found.length,
        found.key,
    )


def _unjudged(subject: Subject, past_known: bool) -> set[str]:
    """Return the rules that had not what they need in order to find anything."""
    if subject.metrics is None:
        return {rule.id for rule in RULES}
    missing = set() if past_known else {"past"}
    if subject.current is None:
        missing.add("current")
    return {rule.id for rule in RULES if rule.needs in missing}


def identities(maps: Iterable[tuple[Identity, str]]) -> dict[Identity, list[str]]:
    """Return the paths of all maps by stream, state and variant, in order of path."""
    known: dict[Identity, list[str]] = {}
    for identity, path in sorted(maps, key=lambda pair: pair[1]):
        known.setdefault(identity, []).append(path)
    return known


def _measure(document: Document) -> StreamMetrics | CalculationError:
    try:
        return measure(document.map)
    except CalculationError as error:
        return error
