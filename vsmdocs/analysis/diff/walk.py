"""What changed in the steps, in the order of the head's file, each with its part of the flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vsmdocs.analysis.diff.change import Change, Kind, Place, PlacedStep, Planned
from vsmdocs.analysis.diff.meaning import calendars_of
from vsmdocs.analysis.diff.order import file_order, moved_steps
from vsmdocs.analysis.diff.rewiring import flow_changes
from vsmdocs.analysis.diff.steps import same_step, step_changes
from vsmdocs.analysis.diff.weave import Weave
from vsmdocs.analysis.diff.wiring import FlowEdit, Wiring
from vsmdocs.model.stream import ValueStreamMap


class StepWalk:
    """A walk through the steps of two maps that call what they share by the same ids."""

    def __init__(
        self,
        base: ValueStreamMap,
        head: ValueStreamMap,
        names: Mapping[str, str],
        wirings: tuple[Wiring, Wiring] | None,
        lost: list[Planned],
    ) -> None:
        """Prepare the walk.

        `names` are the base's own ids of steps that have another in the head. `wirings` are
        the two flows, where they differ in how they are written. `lost` are the loops that
        are gone; those of a step that goes are taken out of it and go before the step.
        """
        self.before = {step.id: step for step in base.steps}
        self.after = {step.id: step for step in head.steps}
        self.calendars = calendars_of(base, head)
        self.lost = lost
        self.order = list(self.before)
        self.merged = list(self.after)
        self.moved: set[str] = set()
        if self.order != self.merged:
            self.merged = file_order(self.order, self.merged)
            self.moved = moved_steps(self.order, list(self.after), names)
        self.leads = _leads(self.before), _leads(self.after)
        self.by_order = base.flow is None and head.flow is None
        # Of loops that fire at once in a block the order of the steps may decide.
        self.order_counts = self.by_order or bool(base.rework and head.rework)
        self.current, self.target = wirings or ({}, {})
        self.weave: Weave | None = None
        if wirings is not None:
            gone = [step for step in self.merged if step not in self.after]
            come = [step for step in self.merged if step not in self.before]
            self.weave = Weave(*wirings, gone, come)
        self.gone = self.come = 0
        self.whole = True

    def changes(self) -> Iterator[Planned]:
        """Yield what comes, goes, moves or changes, and then what is rewired."""
        for step in self.merged:
            if step not in self.after:
                yield from self._lost_with(step)
                yield self._removal(step)
                continue
            if step not in self.before:
                yield self._addition(step)
                continue
            if step in self.moved:
                yield self._move(step)
            old, new = self.before[step], self.after[step]
            if same_step(old, new):
                continue
            for found in step_changes(old, new, self.calendars):
                kind: Kind = "prose" if found.field == "notes" else "changed"
                change = Change(
                    kind, step, field=found.field, before=found.before, after=found.after
                )
                yield Planned(change, found.alters, found.risky, self.whole)
        if self.weave is not None:
            yield from flow_changes(self.current, self.target, list(self.after))

    def _lost_with(self, step: str) -> Iterator[Planned]:
        for planned in tuple(self.lost):
            if step in (planned.change.step, planned.change.to):
                self.lost.remove(planned)
                yield Planned(planned.change, planned.alters, planned.risky, self.whole)

    def _removal(self, step: str) -> Planned:
        place = Place(self.order.index(step), self.leads[0][step])
        self.order.remove(step)
        self.gone += 1
        edit = self._edit()
        placed = PlacedStep(self.before[step], place)
        change = Change("removed", step, before=placed, flow=edit)
        return Planned(change, alters=True, risky=True, whole=self.whole)

    def _addition(self, step: str) -> Planned:
        place = Place(self._index_for(step), self.leads[1][step])
        self.order.insert(place.index, step)
        self.come += 1
        edit = self._edit()
        change = Change("added", step, after=PlacedStep(self.after[step], place), flow=edit)
        return Planned(change, alters=True, risky=True, whole=self.whole)

    def _move(self, step: str) -> Planned:
        before = Place(self.order.index(step), self.leads[0][step])
        self.order.remove(step)
        after = Place(self._index_for(step), self.leads[1][step])
        self.order.insert(after.index, step)
        edit = None if self.weave is None else FlowEdit()
        change = Change("moved", step, before=before, after=after, flow=edit)
        return Planned(change, self.order_counts, self.by_order, self.whole)

    def _index_for(self, step: str) -> int:
        """Return where the step belongs: right after the one that the head has before it."""
        lead = self.leads[1][step]
        return 0 if lead is None else self.order.index(lead) + 1

    def _edit(self) -> FlowEdit | None:
        """Return what the step that just came or went does to the flow."""
        if self.weave is None:
            return None
        wiring = self.weave.at(self.gone, self.come)
        self.whole = wiring is not None
        if wiring is None:
            return FlowEdit()
        edit = FlowEdit.between(self.current, wiring)
        self.current = wiring
        return edit


def _leads(steps: Mapping[str, object]) -> dict[str, str | None]:
    """Return by step the one that is listed before it."""
    names = list(steps)
    return dict(zip(names, [None, *names[:-1]], strict=True))
