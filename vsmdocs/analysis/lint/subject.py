"""What a rule looks at: one map with its figures, and the maps beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from vsmdocs.analysis.numbers import Place
from vsmdocs.errors import CalculationError, Finding, Severity
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap

Path = tuple[str | int, ...]
Identity = tuple[str, str, str]


class Document(Protocol):
    """A map that was read and knows where everything in it stands."""

    @property
    def path(self) -> str:
        """Path as findings name it."""

    @property
    def map(self) -> ValueStreamMap:
        """The map."""

    def finding(
        self,
        where: Path,
        rule: str,
        severity: Severity,
        message: str,
        hint: str = "",
        offset: int = 0,
        length: int = 0,
        key: bool = False,
    ) -> Finding:
        """Return a finding at a path of keys."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One map in its surroundings."""

    document: Document
    metrics: StreamMetrics | None
    """None where the figures do not exist; then `error` says why."""
    error: CalculationError | None
    today: date
    known: Mapping[Identity, Sequence[str]]
    """The paths of all maps, by stream, state and variant, each in order."""
    stale: Mapping[Place, str]
    """Which of its numbers are too old, and why; none where its past is not known."""

    @property
    def map(self) -> ValueStreamMap:
        """The map."""
        return self.document.map


def calculation_finding(document: Document, error: CalculationError) -> Finding:
    """Return what keeps a map's figures from being calculated, at the value at fault."""
    return document.finding(error.where, error.rule, "error", error.message, error.hint)
