"""What changed in one step, number by number and word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose, prod
from typing import Any

from vsmdocs.analysis.diff.change import Times
from vsmdocs.analysis.diff.meaning import Calendars, same_rate, same_shares, same_time
from vsmdocs.model.stream import Step, StepKind
from vsmdocs.model.times import TOLERANCE_HOURS, StepTimes, step_times
from vsmdocs.model.units import Duration, Estimate

_TIMES = ("process_time", "wait_time", "lead_time")
_WORDS = ("owner", "people", "wip", "batch_size", "automation", "value", "evidence")
_LISTS = ("wastes", "systems")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A key of a step, and what it says before and after."""

    field: str
    before: Any
    after: Any
    alters: bool = False
    """Whether figures of the map can alter."""
    risky: bool = False
    """Whether the step may contradict itself until its other changes are made too."""


def same_step(one: Step, other: Step) -> bool:
    """Return whether two steps are written alike; cheap, and true of nearly all of them."""
    return one is other or one.__dict__ == other.__dict__


def step_changes(step: Step, head: Step, calendars: Calendars) -> Iterator[FieldChange]:
    """Yield what makes `step` mean what `head` does, in the order in which it can be applied."""
    if step.title != head.title:
        yield FieldChange("name", step.title, head.title)
    # A queue needs no process time, so a step becomes one before it drops its own, or after.
    times = _times(step, head, calendars)
    if head.kind == "queue" != step.kind:
        yield _kind(step, head, calendars)
        yield from times
    else:
        yield from times
        if step.kind != head.kind:
            yield _kind(_as(step.kind, head), head, calendars)
    ours, theirs = step.complete_accurate, head.complete_accurate
    if not same_shares(ours, theirs):
        yield FieldChange("complete_accurate", ours, theirs, alters=not _same_product(ours, theirs))
    if not same_rate(step.capacity, head.capacity, calendars):
        yield FieldChange("capacity", step.capacity, head.capacity)
    for field in (*_WORDS, *_LISTS, "notes"):
        before, after = getattr(step, field), getattr(head, field)
        same = set(before) == set(after) if field in _LISTS else before == after
        if not same:
            yield FieldChange(field, before, after)


def _kind(step: Step, head: Step, calendars: Calendars) -> FieldChange:
    alters = not _as_long(step, _as(head.kind, step), calendars)
    return FieldChange("kind", step.kind, head.kind, alters=alters)


def _same_product(ours: tuple[float, ...] | None, theirs: tuple[float, ...] | None) -> bool:
    if ours is None or theirs is None:
        return False
    return isclose(prod(ours), prod(theirs), rel_tol=1e-12, abs_tol=0.0)


def _as(kind: StepKind, step: Step) -> Step:
    return step if step.kind == kind else step.model_copy(update={"kind": kind})


def _times(step: Step, head: Step, calendars: Calendars) -> list[FieldChange]:
    """Return the changes of times, which lead from one step to the other and back."""
    if all(same_time(getattr(step, f), getattr(head, f), calendars) for f in _TIMES):
        return []
    stated = [{f for f in _TIMES if getattr(one, f) is not None} for one in (step, head)]
    apart = stated[0] == stated[1] or "lead_time" not in stated[0] | stated[1]
    # What a queue leaves unsaid is known, and unknown of other steps: either may tell it best.
    for kind in sorted({step.kind, head.kind}, key=lambda kind: (kind != "queue", kind)):
        changes = _one_by_one(_as(kind, step), _as(kind, head), calendars) if apart else []
        there = step.model_copy(
            update={"kind": head.kind, **{change.field: change.after for change in changes}}
        )
        back = head.model_copy(
            update={"kind": step.kind, **{change.field: change.before for change in changes}}
        )
        if _same_times(there, head, calendars) and _same_times(back, step, calendars):
            return changes
    before, after = (
        Times(one.process_time, one.wait_time, one.lead_time, step_times(one, calendar))
        for one, calendar in ((step, calendars[0]), (head, calendars[-1]))
    )
    alters = step.kind != head.kind or not _as_long(step, head, calendars)
    return [FieldChange("times", before, after, alters=alters)]


def _one_by_one(step: Step, head: Step, calendars: Calendars) -> list[FieldChange]:
    """Return the times that say something else, each as a change of its own."""
    pairs = {
        field: (_value(step, field, calendars), _value(head, field, calendars))
        for field in _TIMES
        if getattr(step, field) is not None or getattr(head, field) is not None
    }
    differing = {f: pair for f, pair in pairs.items() if not same_time(*pair, calendars)}
    risky = len(differing) > 1 and head.lead_time is not None
    changes = []
    for field, (before, after) in differing.items():
        changed = step.model_copy(update={field: after})
        alters = not _as_long(step, changed, calendars)
        changes.append(FieldChange(field, before, after, alters, risky))
        step = changed
    return changes


def _value(step: Step, field: str, calendars: Calendars) -> Estimate | None:
    """Return a time as stated, or as it follows from the others.

    No lead time is stated where something follows here, so that it is 0 on any calendar.
    """
    stated: Estimate | None = getattr(step, field)
    if stated is not None:
        return stated
    hours: float | None = getattr(step_times(step, calendars[-1]), field.removesuffix("_time"))
    if hours is None:
        return None
    text = f"{hours:.12g}h"
    return Estimate(text, (Duration(text, hours),))


def _same_times(one: Step, other: Step, calendars: Calendars) -> bool:
    """Return whether the times are as long, and no range is known to one step alone."""
    for field in _TIMES:
        mine, its = getattr(one, field), getattr(other, field)
        stated = [time for time in (mine, its) if time is not None]
        same = len(stated[0].points) == 1 if len(stated) == 1 else same_time(mine, its, calendars)
        if not same:
            return False
    return _as_long(one, other, calendars)


def _as_long(one: Step, other: Step, calendars: Calendars) -> bool:
    return all(
        _agree(step_times(one, calendar), step_times(other, calendar)) for calendar in calendars
    )


def _agree(one: StepTimes, other: StepTimes) -> bool:
    for field in ("process", "wait", "lead"):
        mine, its = getattr(one, field), getattr(other, field)
        if (mine is None) != (its is None):
            return False
        if mine is not None and abs(mine - its) > TOLERANCE_HOURS:
            return False
    return True
