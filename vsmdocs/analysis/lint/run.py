"""All rules over all maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vsmdocs.analysis.lint.catalogue import RULES
from vsmdocs.analysis.lint.subject import Document, Identity, Subject
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
    """Return what the rules find, in order of path and line.

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
    findings: list[Finding] = []
    for document in ordered:
        result = (measured or {}).get(document.path) or _measure(document)
        metrics, error = (None, result) if isinstance(result, CalculationError) else (result, None)
        subject = Subject(
            document, metrics, error, today, known, (stale or {}).get(document.path, {})
        )
        for rule in RULES:
            findings += rule.check(subject)
    return sorted(findings)


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
