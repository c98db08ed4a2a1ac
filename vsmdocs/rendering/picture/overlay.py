"""Two versions of a map in one picture: ghosts, marks, and old values beside the new ones.

The head is drawn as it is alone, critical path, longest wait and ladder included, and what only
the base had is put in. Of versions that differ in values alone the layout is the head's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.analysis.gap import Measured
from vsmdocs.language import mark, tr
from vsmdocs.model.flow import Edge
from vsmdocs.model.stream import Step
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.picture.curves import middle, rounded
from vsmdocs.rendering.picture.drawing import Drawing, Pair, edge_labels
from vsmdocs.rendering.picture.ladder import ladder_totals, scale_bars
from vsmdocs.rendering.picture.layout import Curve, Layout, LayoutSpec, Point
from vsmdocs.rendering.picture.marks import CHANGES, Marks, WayMark
from vsmdocs.rendering.picture.parts import EdgeLine, Picture, ScaleLine, StepBox
from vsmdocs.rendering.picture.rails import Rail, Rails
from vsmdocs.rendering.picture.sizing import layout_spec
from vsmdocs.rendering.picture.step_marks import StepMarks
from vsmdocs.rendering.picture.union import Union, unite
from vsmdocs.rendering.picture.was_now import ARROW
from vsmdocs.rendering.picture.way_marks import edge_changes, loop_changes, way_marks
from vsmdocs.rendering.quantities import format_hours
from vsmdocs.rendering.words import change_word

_STEPS = {
    "added": mark("Steps added: {steps}."),
    "removed": mark("Steps removed: {steps}."),
    "changed": mark("Steps changed: {steps}."),
}
_WAYS = {
    "added": mark("Ways added: {ways}."),
    "removed": mark("Ways removed: {ways}."),
    "changed": mark("Ways changed: {ways}."),
}


@dataclass(frozen=True, slots=True)
class Overlay:
    """Two versions of a map, ready to be laid out as one."""

    union: Union
    spec: LayoutSpec


def overlay_spec(base: Measured, head: Measured) -> Overlay:
    """Return the union of two versions, and what Graphviz is asked to lay out for it."""
    union = unite(base, head)
    labels = edge_labels(union.map, union.metrics)
    return Overlay(union, layout_spec(union.map, union.metrics.flow, labels))


def draw_overlay(overlay: Overlay, layout: Layout) -> Picture:
    """Compose the picture of two versions on its layout."""
    return _OverlayDrawing(overlay, layout).picture()


class _OverlayDrawing(Drawing):
    def __init__(self, overlay: Overlay, layout: Layout) -> None:
        self.union = union = overlay.union
        self._loops = loop_changes(union)
        super().__init__(union.map, union.metrics, overlay.spec, layout)
        self._edges_changed = edge_changes(union, overlay.spec, self.labels)
        self.labels = {
            **self.labels, **{pair: edge.label for pair, edge in self._edges_changed.items()}
        }  # fmt: skip
        self._step_marks = StepMarks(self.sizes)
        self._ways = way_marks(union, self._edges_changed, self._loops)

    def calendar(self, step: str) -> Calendar:
        version = self.union.base if step in self.union.removed else self.union.head
        return version[0].calendar

    def routed(self, places: dict[str, Point]) -> Rails:
        plain = self.labelled(places, {})
        if not self._loops:
            return plain
        full = {number: loop.label for number, loop in self._loops.items()}
        short = {number: loop.short for number, loop in self._loops.items()}
        # A longer label never costs a track more, which would move all steps.
        tries = (self.labelled(places, labels) for labels in (full, short))
        return next((rails for rails in tries if rails.height <= plain.height), plain)

    def picture(self) -> Picture:
        picture = super().picture()
        totals = ladder_totals(self.union.base[1], self.union.base[0].calendar)
        now = picture.ladder.lead_time, picture.ladder.process_time, picture.ladder.activity_ratio
        lead, process, ratio = (
            f"{old} {ARROW} " if old != new else "" for old, new in zip(totals, now, strict=True)
        )
        found = {
            *(step.mark.change for step in picture.steps if step.mark),
            *(way.change for way in self._ways),
        }
        width, height = self.sizes.width, self.sizes.box
        return picture._replace(
            description=f"{picture.description} {_told(picture.steps, self._ways)}",
            rails=self._marked_rails(picture),
            marks=Marks(
                changes=tuple(change for change in CHANGES if change in found),
                bar=f"M0 4H5V{height - 4}H0z",
                outline=rounded(-4, -4, width + 8, height + 8, 8),
                lead_time_was=lead,
                process_time_was=process,
                activity_ratio_was=ratio,
                ways=self._ways,
            ),
            scale=self._scale(totals[0], now[0]),
        )

    def _marked_rails(self, picture: Picture) -> tuple[Rail, ...]:
        rails = []
        for number, rail in enumerate(picture.rails):
            loop = self._loops.get(number)
            if loop:
                rail = rail._replace(mark=loop.change, title=_with_note(rail.title, loop.words))
            rails.append(rail)
        # What is no longer there lies below what is.
        return tuple(sorted(rails, key=lambda rail: rail.mark != "removed"))

    def _scale(self, was: str, now: str) -> tuple[ScaleLine, ...]:
        versions = self.union.base, self.union.head
        longest = max(metrics.ladder.lead_time for _, metrics in versions)
        return tuple(
            ScaleLine(name, text, scale_bars(*version, longest))
            for name, text, version in zip(("before", "after"), (was, now), versions, strict=True)
        )

    def box(self, step: Step) -> StepBox:
        box = super().box(step)
        if step.id in self.union.removed:
            mark = self._step_marks.removed(box)
        elif step.id not in self.union.steps_before:
            mark = self._step_marks.added(box)
        else:
            mark = self._step_marks.kept(
                box,
                (*self.union.steps_before[step.id], self.union.base[0].calendar),
                (step, self.figures[step.id], self.union.head[0].calendar),
            )
        label = "; ".join((box.label, *mark.notes))
        if mark.change:
            label = tr("{change}: {step}", change=change_word(mark.change), step=label)
        return box._replace(mark=mark, label=label)

    def line(self, curve: Curve, pair: Pair, edge: Edge | None) -> EdgeLine:
        line = super().line(curve, pair, edge)
        found = self._edges_changed.get(pair)
        change = found.change if found else self.union.change_of(pair) if not edge else None
        if change is None:
            return line
        # Labels stand in the middle between the first two columns.
        points = tuple((self._x(x), self._y(y)) for x, y in curve.points[:4])
        handoff = line.handoff if change != "removed" else None
        sign = None
        if not (found and found.told):
            # Where two ways leave a box together, their signs do not lie on each other.
            beside = 0.36 if handoff or change == "added" else 0.66
            sign = middle(points, 0.14 if line.label else beside)
            handoff = handoff and middle(points, 0.82)
        return line._replace(
            mark=change,
            mark_at=sign,
            kind="" if change == "removed" else line.kind,
            handoff=handoff,
            title=_with_note(line.title, found.words) if found else line.title,
        )

    def description(self, order: tuple[str, ...]) -> str:
        metrics, calendar = self.union.base[1], self.union.base[0].calendar
        before = tr(
            "Before, the lead time was {lead} and the process time {process}.",
            lead=format_hours(metrics.totals.lead_time, calendar),
            process=format_hours(metrics.totals.process_time, calendar),
        )
        return f"{super().description(self.union.head[1].flow.order)} {before}"


def _with_note(text: str, note: str) -> str:
    return tr("{text} ({note})", text=text, note=note)


def _told(steps: tuple[StepBox, ...], ways: tuple[WayMark, ...]) -> str:
    """Return what was added, removed and changed, in sentences."""
    sentences = []
    for change in CHANGES:
        names = [
            _with_note(title, ", ".join(mark.notes)) if mark.notes else title
            for title, mark in ((step.title, step.mark) for step in steps if step.mark)
            if mark.change == change
        ]
        if names:
            sentences.append(tr(_STEPS[change], steps="; ".join(names)))
        moved = [way.text for way in ways if way.change == change]
        if moved:
            sentences.append(tr(_WAYS[change], ways="; ".join(moved)))
    return " ".join(sentences) or tr("Nothing that is drawn changed.")
