"""One change between two versions of a map, in terms of the stream, with what it did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from vsmdocs.analysis.diff.wiring import FlowEdit
from vsmdocs.model.metrics import Totals
from vsmdocs.model.stream import Improvement, Step
from vsmdocs.model.times import StepTimes
from vsmdocs.model.units import Estimate

Kind = Literal[
    "added",
    "removed",
    "changed",
    "renamed",
    "moved",
    "rewired",
    "loop-added",
    "loop-removed",
    "loop-changed",
    "improvement-begun",
    "improvement-adopted",
    "improvement-rejected",
    "improvement-changed",
    "improvement-removed",
    "map-changed",
    "prose",
]
FIGURES = ("lead_time", "expected_lead_time", "activity_ratio", "complete_accurate")


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much figures change, after less before; None where either side is not known.

    A lead time leaves out steps whose time is unknown. Where more or fewer are left out than
    before, the two do not compare, and the effect is not known. Of a change of words it is 0.
    """

    lead_time: float | None
    expected_lead_time: float | None
    activity_ratio: float | None
    complete_accurate: float | None

    @classmethod
    def between(cls, before: Totals, after: Totals) -> Effect:
        """Return what lies between two states of the same map."""
        same_steps = before.lead_time_left_out == after.lead_time_left_out
        return cls(
            after.lead_time - before.lead_time if same_steps else None,
            after.expected_lead_time - before.expected_lead_time if same_steps else None,
            _difference(before.activity_ratio, after.activity_ratio),
            _difference(before.complete_accurate, after.complete_accurate),
        )

    def inverse(self) -> Effect:
        """Return the effect of going back."""
        return Effect(*(None if (one := getattr(self, key)) is None else -one for key in FIGURES))


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands in the list of steps."""

    index: int
    """In the list as the changes before this one leave it."""
    after: str | None
    """The step that stands before it in its own file; None for the first."""


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A whole step that comes or goes."""

    step: Step
    place: Place


@dataclass(frozen=True, slots=True)
class Times:
    """The three times of a step as stated, where other ones of them are stated than before."""

    process_time: Estimate | None
    wait_time: Estimate | None
    lead_time: Estimate | None
    hours: StepTimes
    """All three as they follow from what is stated."""


@dataclass(frozen=True, slots=True)
class OffPath:
    """Why time that was cut gained nothing: something beside it takes longer."""

    slack: float | None
    """Hours by which it is shorter than the longest path; None where no item comes by."""
    path: tuple[str, ...]
    """The steps beside it on the longest path; empty where alternatives make several paths."""


@dataclass(frozen=True, slots=True)
class CountedLater:
    """Why a change has no effect of its own: the map after it is not, or cannot be, calculated."""

    further: int
    """How many changes further on its effect is counted, with that of the change there."""


Reason = OffPath | CountedLater


@dataclass(frozen=True, slots=True)
class Change:
    """One change; steps have their ids of the head, removed ones those of the base."""

    kind: Kind
    step: str | None = None
    """The step it is about; of a loop and of a way through the flow, the one that it leaves."""
    to: str | None = None
    """The other end of a loop or way."""
    improvement: str | None = None
    field: str | None = None
    """The key that changed; None where a whole thing comes, goes or moves."""
    before: Any = None
    """The value as the model has it; a `PlacedStep`, `Place`, `Rework` or `Improvement` as well."""
    after: Any = None
    flow: FlowEdit | None = None
    """What it does to the flow; None where the flow follows the list of steps."""
    effect: Effect | None = None
    """None where it is counted with that of a later change."""
    reason: Reason | None = None

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return replace(
            self,
            kind=_back(self),
            before=self.after,
            after=self.before,
            flow=self.flow.inverse() if self.flow is not None else None,
            effect=self.effect.inverse() if self.effect is not None else None,
            reason=self.reason if isinstance(self.reason, CountedLater) else None,
        )


def improvement_kind(field: str | None, before: Any, after: Any) -> Kind:
    """Return which kind of change an improvement, or one field of it, went through."""
    if field not in (None, "status"):
        return "improvement-changed"
    if after is None:
        return "improvement-removed"
    status = after.status if isinstance(after, Improvement) else after
    if status == "adopted":
        return "improvement-adopted"
    if status == "rejected":
        return "improvement-rejected"
    return "improvement-begun" if before in (None, "idea") else "improvement-changed"


def _back(change: Change) -> Kind:
    if change.kind.startswith("improvement-"):
        return improvement_kind(change.field, change.after, change.before)
    return _OPPOSITES.get(change.kind, change.kind)


_OPPOSITES: dict[Kind, Kind] = {
    "added": "removed",
    "removed": "added",
    "loop-added": "loop-removed",
    "loop-removed": "loop-added",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A change that still has no effect, and what has to be known to find it."""

    change: Change
    alters: bool = False
    """Whether figures of the map can alter; where not, nothing needs to be measured."""
    risky: bool = False
    """Whether the map may contradict itself until later changes are made too."""
    whole: bool = True
    """Whether the flow after it can be written as a map at all."""
