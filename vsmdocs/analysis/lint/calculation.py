"""Maps whose figures do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.subject import Subject, calculation_finding
from vsmdocs.errors import Finding


def no_exit(subject: Subject) -> Iterator[Finding]:
    """Find rework that nothing gets out of."""
    yield from _error(subject, "no-exit")


def too_many_scenarios(subject: Subject) -> Iterator[Finding]:
    """Find alternatives with more combinations than are calculated."""
    yield from _error(subject, "too-many-scenarios")


def too_complex(subject: Subject) -> Iterator[Finding]:
    """Find maps that would take too long to calculate."""
    yield from _error(subject, "too-complex")


def _error(subject: Subject, rule: str) -> Iterator[Finding]:
    if subject.error is not None and subject.error.rule == rule:
        yield calculation_finding(subject.document, subject.error)
