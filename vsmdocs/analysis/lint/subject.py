"""What a rule looks at: one map with its figures, and the maps beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from vsmdocs.analysis.numbers import Place
from vsmdocs.errors import CalculationError, Finding, Severity
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import Step, ValueStreamMap
from vsmdocs.reading.comments import Comment

Path = tuple[str | int, ...]
Identity = tuple[str, str, str]
FEWEST_STEPS = 3
"""Below that a map is a sketch, and advice on it would be noise."""


class Document(Protocol):
    """A map that was read and knows where everything in it stands."""

    @property
    def path(self) -> str:
        """Path as findings name it."""

    @property
    def map(self) -> ValueStreamMap:
        """The map."""

    @property
    def first_key_line(self) -> int:
        """Number of the line on which the first key stands."""

    def comments(self, containing: str) -> list[Comment]:
        """Return the comments of the frontmatter that contain a text, in order."""

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
class Sibling:
    """Another map of the stream, with its figures."""

    path: str
    map: ValueStreamMap
    metrics: StreamMetrics


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One map in its surroundings; no two of them are the same."""

    document: Document
    metrics: StreamMetrics | None
    """None where the figures do not exist; then `error` says why."""
    error: CalculationError | None
    today: date
    known: Mapping[Identity, Sequence[str]]
    """The paths of all maps, by stream, state and variant, each in order."""
    stale: Mapping[Place, str]
    """Which of its numbers are too old, and why; none where its past is not known."""
    current: Sibling | None = None
    """The stream's current state, where this is another one and that one is at hand."""

    @property
    def map(self) -> ValueStreamMap:
        """The map."""
        return self.document.map

    @property
    def practice(self) -> StreamMetrics | None:
        """The figures of a map that says how the work is done now, in enough steps for advice."""
        enough = self.map.state == "current" and len(self.map.steps) >= FEWEST_STEPS
        return self.metrics if enough else None

    def step(self, name: str) -> Step:
        """Return a step by its id."""
        return self.map.steps[self.place(name)[1]]

    def place(self, name: str) -> tuple[str, int]:
        """Return the path to a step by its id."""
        for index, step in enumerate(self.map.steps):
            if step.id == name:
                return ("steps", index)
        raise KeyError(name)


def calculation_finding(document: Document, error: CalculationError) -> Finding:
    """Return what keeps a map's figures from being calculated, at the value at fault."""
    return document.finding(error.where, error.rule, "error", error.message, error.hint)
