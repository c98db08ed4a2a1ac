"""Headline figures with their terms, labels and notes, and how a figure is written."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.language import mark, tr, tr_n
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS, ValueStreamMap
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.quantities import format_count, format_hours, format_percent
from vsmdocs.rendering.words import field_word, state_name


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure."""

    term: str
    label: str
    value: str
    note: str = ""
    tone: str = ""


LABELS = {
    "lead_time": ("lead-time", mark("Lead time")),
    "process_time": ("process-time", mark("Process time")),
    "wait_time": ("wait-time", mark("Wait time")),
    "effort": ("effort", mark("Effort")),
    "labour": ("labour", mark("Labour")),
    "activity_ratio": ("activity-ratio", mark("Activity ratio")),
    "value_adding_ratio": ("value-adding-ratio", mark("Value-adding ratio")),
    "complete_accurate": ("rolled-complete-accurate", mark("Rolled %C&A")),
    "expected_lead_time": ("expected-lead-time", mark("Lead time with rework")),
    "expected_process_time": ("expected-process-time", mark("Process time with rework")),
    "lead_time_sd": ("lead-time-sd", mark("Spread by rework")),
    "first_pass": ("first-pass", mark("First pass")),
    "handoffs": ("handoff", mark("Handoffs")),
    "approvals": ("approval", mark("Approvals")),
    "manual_steps": ("manual-step", mark("Manual steps")),
    "rework_loops": ("rework", mark("Rework loops")),
    "wip": ("wip", mark("Work in process")),
    "takt_time": ("takt-time", mark("Takt time")),
    "steps": ("swimlane", mark("Steps")),
}
"""By metric, the id of its term and what it is called in English."""


def label(key: str) -> str:
    """Return what a figure is called."""
    return tr(LABELS[key][1])


def term_and_label(key: str) -> tuple[str, str]:
    """Return the id of a figure's term, and what the figure is called."""
    return LABELS[key][0], label(key)


def format_metric(key: str, value: float | None, calendar: Calendar) -> str:
    """Return a figure in the way of its kind."""
    if key in TIME_METRICS:
        return format_hours(value, calendar)
    return format_percent(value) if key in RATIO_METRICS else format_count(value)


def state_label(stream_map: ValueStreamMap) -> str:
    """Return `Current`, `Future` or `Future q2`."""
    return state_name(stream_map.state, stream_map.variant)


def calendar_text(calendar: Calendar) -> str:
    """Return the calendar as every page names it beside its ratios."""
    hours, days = f"{calendar.hours_per_day:g}", f"{calendar.days_per_week:g}"
    return tr("{hours} h days, {days}-day weeks", hours=hours, days=days)


def _figure(key: str, value: str, note: str = "", tone: str = "") -> Figure:
    return Figure(*term_and_label(key), value, note, tone)


def headline_figures(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[Figure, ...]:
    """Return the six figures at the top of a map's page."""
    totals, calendar = metrics.totals, stream_map.calendar
    count = totals.steps

    def at_least(left_out: int) -> str:
        if not left_out:
            return ""
        return tr_n("at least: {n} step unknown", "at least: {n} steps unknown", left_out)

    rework = tr("no rework stated")
    if totals.rework_loops:
        spread = format_hours(totals.lead_time_sd, calendar)
        rework = tr_n("{n} loop, ± {time}", "{n} loops, ± {time}", totals.rework_loops, time=spread)
    assessed = tr_n(
        "{assessed} of {n} step assessed", "{assessed} of {n} steps assessed", count,
        assessed=totals.complete_accurate_assessed,
    )  # fmt: skip
    moves = sum(bool(edge.source) for edge in metrics.flow.edges)
    return (
        _figure("lead_time", format_hours(totals.lead_time, calendar),
                at_least(totals.lead_time_left_out) or tr_n("{n} step", "{n} steps", count)),
        _figure("process_time", format_hours(totals.process_time, calendar),
                at_least(totals.process_time_left_out) or tr("hands on, critical path")),
        _figure("activity_ratio", format_percent(totals.activity_ratio),
                tr("work per lead time")),
        _figure("complete_accurate", format_percent(totals.complete_accurate), assessed),
        _figure("expected_lead_time", format_hours(totals.expected_lead_time, calendar), rework),
        _figure("handoffs", format_count(totals.handoffs), tr("of {n} moves", n=moves)),
    )  # fmt: skip


def more_figures(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[Figure, ...]:
    """Return the figures below them, those that the map says enough for."""
    totals, calendar = metrics.totals, stream_map.calendar
    effort = format_hours(totals.effort, calendar)
    figures = [_figure("effort", effort, tr("all branches counted"))]
    if totals.labour is not None:
        left = ""
        if totals.labour_left_out:
            left = tr_n("{n} step left out", "{n} steps left out", totals.labour_left_out)
        figures.append(_figure("labour", format_hours(totals.labour, calendar), left))
    if totals.value_adding_ratio is not None:
        figures.append(_figure("value_adding_ratio", format_percent(totals.value_adding_ratio)))
    if totals.rework_loops:
        share = format_percent(totals.first_pass)
        figures.append(_figure("first_pass", share, tr("meet no rework")))
    figures.append(_figure("approvals", format_count(totals.approvals)))
    if any(step.automation for step in stream_map.steps):
        figures.append(_figure("manual_steps", format_count(totals.manual_steps)))
    if totals.wip is not None:
        note = ""
        if totals.littles_law_lead_time is not None:
            implied = format_hours(totals.littles_law_lead_time, calendar)
            note = tr("implies a lead time of {time}", time=implied)
        figures.append(_figure("wip", format_count(totals.wip), note))
    if totals.takt_time is not None:
        figures.append(_figure("takt_time", format_hours(totals.takt_time, calendar)))
    if totals.constraint:
        name = next(s.title for s in stream_map.steps if s.id == totals.constraint)
        figures.append(Figure("constraint", tr("Constraint"), name, tr("least capacity")))
    return tuple(figures)


def number_name(key: str) -> str:
    """Return what a number of a step is called, such as `wait time` for `wait_time`."""
    return field_word(key)
