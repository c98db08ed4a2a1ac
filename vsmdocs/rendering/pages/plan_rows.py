"""Rows of rework, wastes, improvements, targets and stated totals."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from vsmdocs.language import tr
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import Estimate
from vsmdocs.rendering.pages.figures import format_metric, number_name, term_and_label
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.quantities import format_hours, format_percent
from vsmdocs.rendering.words import field_value, status_word, waste_word


class ReworkRow(NamedTuple):
    """One rework loop."""

    source: str
    target: str
    rate: str
    passes: str
    reason: str
    wait: str
    gain: str


class ImprovementRow(NamedTuple):
    """One kaizen burst."""

    number: int
    id: str
    title: str
    step: str
    owner: str
    status: str
    hypothesis: str
    changes: tuple[str, ...]
    dates: str
    effort: str
    team: str = ""
    """The page of its owner, below the site's root."""
    status_label: str = ""


class TargetRow(NamedTuple):
    """One target, and whether it is met."""

    label: str
    term: str
    bound: str
    now: str
    by: str
    met: bool | None


class StatedRow(NamedTuple):
    """A figure that the workshop wrote on the wall beside the calculated one."""

    label: str
    term: str
    stated: str
    calculated: str


def rework_rows(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[ReworkRow, ...]:
    """Return the loops in the order of the map."""
    names = {step.id: step.title for step in stream_map.steps}
    gains = {(p.step, p.to): p.gain for p in metrics.stuck if p.kind == "loop"}
    calendar = stream_map.calendar
    return tuple(
        ReworkRow(
            names[loop.source],
            names[loop.target],
            format_percent(loop.rate),
            "" if loop.passes is None else bound_text(str(loop.passes), most=True),
            loop.reason or "",
            format_hours(loop.wait.hours(calendar), calendar) if loop.wait else "",
            format_hours(gains.get((loop.source, loop.target), 0.0), calendar),
        )
        for loop in stream_map.rework
    )


def wastes(stream_map: ValueStreamMap) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return by waste the steps that have it, the most frequent first."""
    where: dict[str, list[str]] = {}
    for step in stream_map.steps:
        for waste in step.wastes:
            where.setdefault(waste, []).append(step.title)
    ranked = sorted(where.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((waste_word(waste), tuple(steps)) for waste, steps in ranked)


def improvements(stream_map: ValueStreamMap) -> tuple[ImprovementRow, ...]:
    """Return the improvements, numbered as on the picture."""
    names = {step.id: step.title for step in stream_map.steps}
    rows = []
    for number, item in enumerate(stream_map.improvements, 1):
        rows.append(
            ImprovementRow(
                number, item.id, item.title,
                names.get(item.step or "", ""), item.owner or "", item.status,
                item.hypothesis or "",
                tuple(
                    change_text(names[change.step], change.field, change.value)
                    for change in item.change
                ),
                dates_text(item.started, item.ended), item.effort.text if item.effort else "",
                team_href(item.owner) if item.owner else "",
                status_word(item.status),
            )
        )  # fmt: skip
    return tuple(rows)


def change_text(step: str, field: str, value: str) -> str:
    """Return what an improvement does to a number of a step."""
    number, value = number_name(field), field_value(field, value)
    return tr("{step}: {number} {value}", step=step, number=number, value=value)


def dates_text(started: date | None, ended: date | None) -> str:
    """Return when an improvement was tried, as far as that is said."""
    if started and ended:
        return tr("{start} to {end}", start=str(started), end=str(ended))
    if started:
        return tr("since {date}", date=str(started))
    return str(ended or "")


def targets(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[TargetRow, ...]:
    """Return the targets beside the figures that they are about."""
    calendar = stream_map.calendar
    rows = []
    for target in stream_map.targets:
        bound = target.at_most if target.at_most is not None else target.at_least
        limit = bound.hours(calendar) if isinstance(bound, Estimate) else bound
        value = getattr(metrics.totals, target.metric)
        most = target.at_most is not None
        met = None
        if value is not None and limit is not None:
            met = value <= limit + 1e-9 if most else value >= limit - 1e-9
        term, label = term_and_label(target.metric)
        rows.append(
            TargetRow(
                label, term, bound_text(format_metric(target.metric, limit, calendar), most=most),
                format_metric(target.metric, value, calendar),
                str(target.by) if target.by else "", met,
            )
        )  # fmt: skip
    return tuple(rows)


def bound_text(figure: str, *, most: bool) -> str:
    """Return what a target wants of a figure."""
    return tr("at most {figure}", figure=figure) if most else tr("at least {figure}", figure=figure)


def stated(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[StatedRow, ...]:
    """Return what the workshop stated beside what is calculated."""
    calendar = stream_map.calendar
    rows = []
    for key, stated in stream_map.stated_totals.items():
        value = stated.hours(calendar) if isinstance(stated, Estimate) else stated
        term, label = term_and_label(key)
        text = stated.text if isinstance(stated, Estimate) else format_metric(key, value, calendar)
        rows.append(
            StatedRow(label, term, text, format_metric(key, getattr(metrics.totals, key), calendar))
        )
    return tuple(rows)
