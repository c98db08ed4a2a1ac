"""What changed beside the steps and the flow: rework, improvements, the map itself, prose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from math import isclose
from typing import Any

from vsmdocs.analysis.diff.change import Change, Planned, improvement_kind
from vsmdocs.analysis.diff.meaning import (
    Calendars,
    calendars_of,
    same_in_improvement,
    same_rate,
    same_targets,
    same_time,
    same_totals,
)
from vsmdocs.model.stream import Rework, ValueStreamMap
from vsmdocs.model.units import Calendar, Estimate

_IMPROVEMENT_FIELDS = (
    "title", "step", "owner", "status", "hypothesis", "change", "started", "ended", "effort",
)  # fmt: skip
ABOVE_STEPS = (
    "title", "owner", "unit", "trigger", "customer", "outcome", "demand", "calendar",
    "mapped_on", "review_by", "target_date",
)  # fmt: skip
BELOW_STEPS = ("targets", "stated_totals", "tags")


def map_changes(
    base: ValueStreamMap, head: ValueStreamMap, fields: Collection[str]
) -> Iterator[Planned]:
    """Yield what changed of the map as a whole; which map it is, is no part of that."""
    calendars = calendars_of(base, head)
    for field in fields:
        before, after = getattr(base, field), getattr(head, field)
        if before is after or before == after:
            continue
        same = _SAME_IN_MAP.get(field)
        if same is None or not same(before, after, calendars):
            # Other days make other waits, and may make times disagree until they are mended.
            clock = field == "calendar"
            change = Change("map-changed", field=field, before=before, after=after)
            yield Planned(change, alters=clock, risky=clock)


_SAME_IN_MAP: dict[str, Callable[[Any, Any, Calendars], bool]] = {
    "demand": same_rate,
    "targets": same_targets,
    "stated_totals": same_totals,
    "tags": lambda before, after, _: set(before) == set(after),
}


def lost_loops(base: ValueStreamMap, head: ValueStreamMap) -> Iterator[Planned]:
    """Yield the loops that are gone, as the base lists them."""
    here = {(loop.source, loop.target) for loop in head.rework}
    for loop in base.rework:
        if (loop.source, loop.target) not in here:
            change = Change("loop-removed", loop.source, loop.target, before=loop)
            yield Planned(change, alters=loop.rate > 0, risky=True)


def loop_changes(base: ValueStreamMap, head: ValueStreamMap) -> Iterator[Planned]:
    """Yield the loops that are new or not as they were, as the head lists them."""
    if base.rework == head.rework:
        return
    before = {(loop.source, loop.target): loop for loop in base.rework}
    calendars = calendars_of(base, head)
    for loop in head.rework:
        pair = loop.source, loop.target
        old = before.get(pair)
        if old is None:
            change = Change("loop-added", *pair, after=loop)
            yield Planned(change, alters=loop.rate > 0, risky=True)
            continue
        for field in _loop_fields(old, loop, calendars):
            one, other = getattr(old, field), getattr(loop, field)
            change = Change("loop-changed", *pair, field=field, before=one, after=other)
            yield Planned(change, alters=field != "reason", risky=field != "reason")


def _loop_fields(one: Rework, other: Rework, calendars: Calendars) -> Iterator[str]:
    if not isclose(one.rate, other.rate, rel_tol=0.0, abs_tol=1e-12):
        yield "rate"
    if one.passes != other.passes:
        yield "passes"
    if one.reason != other.reason:
        yield "reason"
    if not same_time(_some(one.wait), _some(other.wait), calendars):
        yield "wait"


def _some(wait: Estimate | None) -> Estimate | None:
    """Return a wait on the way; none stated is one of no time."""
    return wait if wait is not None and wait.hours(Calendar()) else None


def improvement_changes(base: ValueStreamMap, head: ValueStreamMap) -> Iterator[Planned]:
    """Yield what became of improvements, those that are gone first."""
    if base.improvements == head.improvements:
        return
    here = {item.id for item in head.improvements}
    calendars = calendars_of(base, head)
    before = {item.id: item for item in base.improvements}
    for item in base.improvements:
        if item.id not in here:
            gone = Change("improvement-removed", item.step, improvement=item.id, before=item)
            yield Planned(gone)
    for item in head.improvements:
        old = before.get(item.id)
        if old is None:
            kind = improvement_kind(None, None, item)
            yield Planned(Change(kind, item.step, improvement=item.id, after=item))
            continue
        for field in _IMPROVEMENT_FIELDS:
            if same_in_improvement(field, old, item, calendars):
                continue
            one, other = getattr(old, field), getattr(item, field)
            kind = improvement_kind(field, one, other)
            yield Planned(
                Change(kind, item.step, improvement=item.id, field=field, before=one, after=other)
            )


def body_changes(base: str, head: str) -> Iterator[Planned]:
    """Yield the change of the prose below the frontmatter, blank lines around it aside."""
    before, after = (body.replace("\r\n", "\n").strip() for body in (base, head))
    if before != after:
        yield Planned(Change("prose", before=before, after=after))
