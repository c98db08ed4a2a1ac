"""The changes between two maps, in the order in which they are applied and told.

That is the order of the head's file, with what is gone where the base had it. New ids come
first, so that everything after them speaks of one set of steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vsmdocs.analysis.diff.change import Change, Planned
from vsmdocs.analysis.diff.draft import rename_steps
from vsmdocs.analysis.diff.meaning import calendars_of
from vsmdocs.analysis.diff.parts import (
    ABOVE_STEPS,
    BELOW_STEPS,
    body_changes,
    improvement_changes,
    loop_changes,
    lost_loops,
    map_changes,
)
from vsmdocs.analysis.diff.walk import StepWalk
from vsmdocs.analysis.diff.wiring import Wiring, as_written, renamed, wiring_of
from vsmdocs.model.flow import Flow
from vsmdocs.model.stream import ValueStreamMap


def plan_changes(
    base: ValueStreamMap,
    head: ValueStreamMap,
    matched: Mapping[str, str],
    flows: tuple[Flow, Flow],
    bodies: tuple[str, str],
) -> Iterator[Planned]:
    """Yield every change, without its effect.

    Parameters
    ----------
    matched
        The steps of the base that are still there, with their ids in the head.
    flows
        The compiled flows of both maps.
    bodies
        The prose below the frontmatter of both.
    """
    names = {old: new for old, new in matched.items() if old != new}
    for old, new in names.items():
        yield Planned(Change("renamed", step=new, before=old, after=new))
    same_ids = rename_steps(base, names) if names else base
    yield from map_changes(base, head, ABOVE_STEPS)
    lost = list(lost_loops(same_ids, head))
    old_names = {new: old for old, new in names.items()}
    wirings = _wirings(base, head, names, flows)
    yield from StepWalk(same_ids, head, old_names, wirings, lost).changes()
    yield from lost
    yield from loop_changes(same_ids, head)
    yield from improvement_changes(same_ids, head)
    yield from map_changes(base, head, BELOW_STEPS)
    yield from body_changes(*bodies)


def _wirings(
    base: ValueStreamMap, head: ValueStreamMap, names: Mapping[str, str], flows: tuple[Flow, Flow]
) -> tuple[Wiring, Wiring] | None:
    """Return both flows in the head's ids; None where they are written alike.

    Two flows that follow the list of steps are written alike too.
    """
    if base.flow == head.flow:
        return None
    before = wiring_of(base, flows[0])
    if names:
        before = renamed(before, names)
    return before, as_written(wiring_of(head, flows[1]), before, calendars_of(base, head))
