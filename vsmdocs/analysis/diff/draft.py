"""A map that changes are applied to one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vsmdocs.analysis.diff.change import Change, PlacedStep
from vsmdocs.analysis.diff.wiring import flow_items, renamed, wiring_of
from vsmdocs.model.flow import Flow
from vsmdocs.model.stream import Improvement, Rework, Step, ValueStreamMap


def apply_changes(base: ValueStreamMap, changes: Iterable[Change]) -> ValueStreamMap:
    """Return what the changes of a diff make of its base: a map that means what its head does.

    Prose below the frontmatter is no part of a map; nor do changes alter which map it is.
    """
    changes = tuple(changes)
    draft = Draft(base, changes)
    for change in changes:
        draft.apply(change)
    return draft.to_map()


class Draft:
    """A map in the middle of its changes; it need not be valid."""

    def __init__(
        self, base: ValueStreamMap, changes: Iterable[Change], flow: Flow | None = None
    ) -> None:
        self.base = base
        self.fields: dict[str, Any] = {}
        self.order = [step.id for step in base.steps]
        self.steps = {step.id: step for step in base.steps}
        self.loops = {(loop.source, loop.target): loop for loop in base.rework}
        self.improvements = {item.id: item for item in base.improvements}
        # A flow that is not edited stays as it is written, or follows the steps.
        edited = any(
            change.flow is not None or (change.kind == "renamed" and base.flow is not None)
            for change in changes
        )
        self.wiring = wiring_of(base, flow) if edited else None

    def apply(self, change: Change) -> None:
        """Make one change."""
        _APPLY.get(change.kind, _nothing)(self, change)
        if self.wiring is not None and change.flow is not None:
            self.wiring = change.flow.apply(self.wiring)

    def to_map(self) -> ValueStreamMap:
        """Return the map as it is now."""
        update = {
            **self.fields,
            "steps": tuple(self.steps[step] for step in self.order),
            "rework": tuple(self.loops.values()),
            "improvements": tuple(self.improvements.values()),
        }
        if self.wiring is not None:
            update["flow"] = flow_items(self.wiring, self.order)
        return self.base.model_copy(update=update)


def rename_steps(base: ValueStreamMap, names: Mapping[str, str]) -> ValueStreamMap:
    """Return the map with other ids for some of its steps, which keep their names."""
    return apply_changes(
        base,
        (Change("renamed", step=new, before=old, after=new) for old, new in names.items()),
    )


def _nothing(draft: Draft, change: Change) -> None:
    """Prose below the frontmatter, and rewiring, which is in the change's flow."""


def _rename(draft: Draft, change: Change) -> None:
    old, new = change.before, change.after
    step = draft.steps.pop(old)
    draft.steps[new] = step.model_copy(update={"id": new, "name": step.title})
    draft.order[draft.order.index(old)] = new
    names = {old: new}
    if draft.wiring is not None:
        draft.wiring = renamed(draft.wiring, names)
    loops = (
        loop.model_copy(
            update={
                "source": names.get(loop.source, loop.source),
                "target": names.get(loop.target, loop.target),
            }
        )
        for loop in draft.loops.values()
    )
    draft.loops = {(loop.source, loop.target): loop for loop in loops}
    for key, item in draft.improvements.items():
        draft.improvements[key] = _refer(item, names)


def _refer(item: Improvement, names: Mapping[str, str]) -> Improvement:
    change = tuple(
        part.model_copy(update={"step": names.get(part.step, part.step)}) for part in item.change
    )
    step = item.step and names.get(item.step, item.step)
    return item.model_copy(update={"step": step, "change": change})


def _add(draft: Draft, change: Change) -> None:
    placed: PlacedStep = change.after
    draft.steps[placed.step.id] = placed.step
    draft.order.insert(placed.place.index, placed.step.id)


def _remove(draft: Draft, change: Change) -> None:
    placed: PlacedStep = change.before
    del draft.steps[placed.step.id]
    draft.order.remove(placed.step.id)


def _move(draft: Draft, change: Change) -> None:
    step = change.step or ""
    draft.order.remove(step)
    draft.order.insert(change.after.index, step)


def _change_step(draft: Draft, change: Change) -> None:
    if change.step is None:
        return
    if change.field == "times":
        times = ("process_time", "wait_time", "lead_time")
        update = {field: getattr(change.after, field) for field in times}
    else:
        update = {change.field or "": change.after}
    step: Step = draft.steps[change.step]
    draft.steps[change.step] = step.model_copy(update=update)


def _change_loop(draft: Draft, change: Change) -> None:
    pair = change.step or "", change.to or ""
    if change.field is not None:
        loop: Rework = draft.loops[pair]
        draft.loops[pair] = loop.model_copy(update={change.field: change.after})
    elif change.after is not None:
        draft.loops[pair] = change.after
    else:
        del draft.loops[pair]


def _change_improvement(draft: Draft, change: Change) -> None:
    key = change.improvement or ""
    if change.field is not None:
        update = {change.field: change.after}
        draft.improvements[key] = draft.improvements[key].model_copy(update=update)
    elif change.after is not None:
        draft.improvements[key] = change.after
    else:
        del draft.improvements[key]


def _change_map(draft: Draft, change: Change) -> None:
    draft.fields[change.field or ""] = change.after


_APPLY: dict[str, Callable[[Draft, Change], None]] = {
    "renamed": _rename,
    "added": _add,
    "removed": _remove,
    "moved": _move,
    "changed": _change_step,
    "prose": _change_step,
    "loop-added": _change_loop,
    "loop-removed": _change_loop,
    "loop-changed": _change_loop,
    "improvement-begun": _change_improvement,
    "improvement-adopted": _change_improvement,
    "improvement-rejected": _change_improvement,
    "improvement-changed": _change_improvement,
    "improvement-removed": _change_improvement,
    "map-changed": _change_map,
}
