"""Rows of the step table and of the ranking of what is stuck."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.language import isolated, signed, tr
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import Evidence, Step, ValueStreamMap
from vsmdocs.model.stuck import StuckPoint
from vsmdocs.model.units import Calendar, Estimate
from vsmdocs.rendering.pages.figures import number_name
from vsmdocs.rendering.pages.prose import render_prose
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.picture.parts import Picture
from vsmdocs.rendering.quantities import (
    MINUS,
    format_count,
    format_hours,
    format_percent,
    format_rate,
    unknown,
)
from vsmdocs.rendering.words import automation_word, from_to, grade_word, kind_word, value_word


class RankRow(NamedTuple):
    """One place where value gets stuck, and the bar of what its removal gains."""

    kind: str
    name: str
    what: str
    gain: str
    length: float
    """Of the bar, in hundredths of the longest."""
    wait_length: float
    """The part of it that is waiting."""
    step: str
    """The step it is at; of a way, the one that it begins at."""


class StepRow(NamedTuple):
    """One row of the step table."""

    id: str
    name: str
    owner: str
    kind: str
    process: str
    wait: str
    lead: str
    quality: str
    people: str
    wip: str
    visits: str
    slack: str
    critical: bool
    worst: bool
    value: str
    automation: str
    details: tuple[str, ...]
    """What it runs on, its batch and its capacity."""
    evidence: tuple[str, ...]
    notes: Markup | None
    wastes: tuple[str, ...]
    load: str
    over_capacity: bool
    team: str = ""
    """The page of its owner, below the site's root."""
    kind_label: str = ""
    """What a step that is no work is called."""


def ranking(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[RankRow, ...]:
    """Return a row per step and loop that costs anything, with its waiting in the bar."""
    names = {step.id: step.title for step in stream_map.steps}
    waits = {p.step: p.gain or 0.0 for p in metrics.stuck if p.kind == "wait" and p.to is None}
    whole = {p.step for p in metrics.stuck if p.kind == "step"}
    points = [
        p
        for p in metrics.stuck
        if p.gain and not (p.kind == "wait" and p.to is None and p.step in whole)
    ]
    longest = max((p.gain or 0.0 for p in points), default=1.0)

    def row(point: StuckPoint) -> RankRow:
        gain = point.gain or 0.0
        waiting = waits.get(point.step, 0.0) if point.kind == "step" else 0.0
        if point.kind == "wait":
            waiting = gain
        name = names[point.step]
        if point.to:
            name = from_to(name, names[point.to])
        return RankRow(
            point.kind, name, _what(point, waiting, stream_map.calendar),
            signed(MINUS, format_hours(gain, stream_map.calendar)),
            round(gain / longest * 100, 1), round(waiting / longest * 100, 1),
            point.step,
        )  # fmt: skip

    return tuple(row(point) for point in points)


def _what(point: StuckPoint, waiting: float, calendar: Calendar) -> str:
    if point.kind == "loop":
        return tr("rework")
    if point.kind == "wait":
        return tr("wait on the way")
    return (
        tr("{time} of it waiting", time=format_hours(waiting, calendar)) if waiting else tr("work")
    )


def step_rows(
    stream_map: ValueStreamMap, metrics: StreamMetrics, picture: Picture | None
) -> tuple[StepRow, ...]:
    """Return the steps in the order of the flow."""
    calendar = stream_map.calendar
    figures = {row.id: row for row in metrics.steps}
    steps = {step.id: step for step in stream_map.steps}
    worst = next((box.id for box in picture.steps if box.worst), None) if picture else None
    rows = []
    for step in (steps[step] for step in metrics.flow.order):
        row = figures[step.id]
        rows.append(
            StepRow(
                id=step.id,
                name=step.title,
                owner=step.owner or "",
                kind=step.kind,
                process=_time(row.process_time, step.process_time, calendar),
                wait=_time(row.wait_time, step.wait_time, calendar),
                lead=_time(row.lead_time, step.lead_time, calendar),
                quality=_quality(step),
                people=format_count(step.people) if step.people else "",
                wip=format_count(step.wip) if step.wip is not None else "",
                visits=f"{row.visits:.2f}".rstrip("0").rstrip("."),
                slack="" if not row.slack else format_hours(row.slack, calendar),
                critical=row.on_critical_path,
                worst=step.id == worst,
                value=value_word(step.value) if step.value else "",
                automation=automation_word(step.automation) if step.automation else "",
                details=_details(step),
                evidence=_evidence(step.evidence),
                notes=render_prose(step.notes) if step.notes else None,
                wastes=step.wastes,
                load=format_percent(row.utilisation) if row.utilisation is not None else "",
                over_capacity=(row.utilisation or 0) > 1,
                team=team_href(step.owner) if step.owner else "",
                kind_label="" if step.kind == "work" else kind_word(step.kind),
            )
        )
    return tuple(rows)


def _time(hours: float | None, stated: Estimate | None, calendar: Calendar) -> str:
    text = format_hours(hours, calendar)
    return f"{text} ({stated.text})" if stated and len(stated.points) > 1 else text


def _quality(step: Step) -> str:
    if step.complete_accurate is None:
        return unknown()
    text = format_percent(prod(step.complete_accurate))
    if len(step.complete_accurate) == 1:
        return text
    shares = " × ".join(format_percent(share) for share in step.complete_accurate)
    return f"{text} ({isolated(shares)})"


def _details(step: Step) -> tuple[str, ...]:
    batch = (tr("batches of {n}", n=step.batch_size),) if step.batch_size else ()
    capacity = (tr("capacity {rate}", rate=format_rate(step.capacity)),) if step.capacity else ()
    return (*step.systems, *batch, *capacity)


def _evidence(evidence: dict[str, Evidence] | None) -> tuple[str, ...]:
    lines = []
    for number, known in (evidence or {}).items():
        how = known_how(known)
        if number != "all":
            how = tr("{number}: {evidence}", number=number_name(number), evidence=how)
        lines.append(how)
    return tuple(lines)


def known_how(known: Evidence) -> str:
    """Return how well something is known, where from and since when."""
    parts = (grade_word(known.grade), known.source, str(known.on or ""))
    return ", ".join(part for part in parts if part)
