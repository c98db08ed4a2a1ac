"""The gap between two states of a stream: what each figure and each step would change by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vsmdocs.model.metrics import StepMetrics, StreamMetrics
from vsmdocs.model.stream import ValueStreamMap

_LESS_IS_BETTER = (
    "lead_time",
    "expected_lead_time",
    "process_time",
    "wait_time",
    "handoffs",
    "approvals",
    "manual_steps",
    "rework_loops",
    "wip",
    "effort",
)
HEADLINES = (
    "lead_time",
    "expected_lead_time",
    "process_time",
    "wait_time",
    "activity_ratio",
    "complete_accurate",
    "first_pass",
    "handoffs",
    "approvals",
    "manual_steps",
    "rework_loops",
    "wip",
    "effort",
)
_STEP_FIGURES = ("process_time", "wait_time", "lead_time", "complete_accurate")
LEFT_OUT = {
    "lead_time": "lead_time_left_out",
    "expected_lead_time": "lead_time_left_out",
    "process_time": "process_time_left_out",
    "effort": "effort_left_out",
}
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in two states; times in hours, shares as fractions."""

    key: str
    current: float | None
    future: float | None
    change: float | None
    """Future less current."""
    ratio: float | None
    """The change as part of the current figure; None where that is unknown or 0."""
    better: bool | None
    """None where nothing changes, or where a figure is unknown or leaves steps out."""


@dataclass(frozen=True, slots=True)
class StepDifference:
    """What becomes of one step."""

    id: str
    kind: Literal["added", "removed", "changed"]
    differences: tuple[Difference, ...]
    """Of a changed step, the figures that change; of the others, those that are known."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Two states of a stream side by side."""

    differences: tuple[Difference, ...]
    """In the order of `HEADLINES`."""
    steps: tuple[StepDifference, ...]
    """Those that are not the same, as the current state lists them; what is added, last."""

    def __getitem__(self, key: str) -> Difference:
        return next(difference for difference in self.differences if difference.key == key)


Measured = tuple[ValueStreamMap, StreamMetrics]


def find_gap(current: Measured, future: Measured) -> Gap:
    """Compare two states figure by figure, and their steps by id."""
    return Gap(
        tuple(_headline(key, current[1], future[1]) for key in HEADLINES),
        tuple(_steps(current[1], future[1])),
    )


def _headline(key: str, current: StreamMetrics, future: StreamMetrics) -> Difference:
    totals = current.totals, future.totals
    before, after = (getattr(side, key) for side in totals)
    partial = key in LEFT_OUT and any(getattr(side, LEFT_OUT[key]) for side in totals)
    return _difference(key, before, after, partial=partial)


def _steps(current: StreamMetrics, future: StreamMetrics) -> list[StepDifference]:
    before = {step.id: step for step in current.steps}
    after = {step.id: step for step in future.steps}
    found = []
    for name, step in before.items():
        if name not in after:
            found.append(StepDifference(name, "removed", _figures(step, None)))
        elif changed := _figures(step, after[name]):
            found.append(StepDifference(name, "changed", changed))
    for name, step in after.items():
        if name not in before:
            found.append(StepDifference(name, "added", _figures(None, step)))
    return found


def _figures(before: StepMetrics | None, after: StepMetrics | None) -> tuple[Difference, ...]:
    found = []
    for key in _STEP_FIGURES:
        one = getattr(before, key, None)
        other = getattr(after, key, None)
        if one is None and other is None:
            continue
        if one is None or other is None or abs(one - other) > _SAME:
            found.append(_difference(key, one, other))
    return tuple(found)


def _difference(
    key: str, current: float | None, future: float | None, *, partial: bool = False
) -> Difference:
    if current is None or future is None:
        return Difference(key, current, future, None, None, None)
    change = future - current
    if abs(change) <= _SAME:
        return Difference(key, current, future, type(change)(0), 0.0 if current else None, None)
    better = None if partial else (change < 0) == (key in _LESS_IS_BETTER)
    return Difference(key, current, future, change, change / current if current else None, better)
