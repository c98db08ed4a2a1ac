"""Headline figures with their terms, labels and notes, and how a figure is written."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS, ValueStreamMap
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.quantities import format_count, format_hours, format_percent


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure."""

    term: str
    label: str
    value: str
    note: str = ""
    tone: str = ""


LABELS = {
    "lead_time": ("lead-time", "Lead time"),
    "process_time": ("process-time", "Process time"),
    "wait_time": ("wait-time", "Wait time"),
    "effort": ("effort", "Effort"),
    "labour": ("labour", "Labour"),
    "activity_ratio": ("activity-ratio", "Activity ratio"),
    "value_adding_ratio": ("value-adding-ratio", "Value-adding ratio"),
    "complete_accurate": ("rolled-complete-accurate", "Rolled %C&A"),
    "expected_lead_time": ("expected-lead-time", "Lead time with rework"),
    "expected_process_time": ("expected-process-time", "Process time with rework"),
    "lead_time_sd": ("lead-time-sd", "Spread by rework"),
    "first_pass": ("first-pass", "First pass"),
    "handoffs": ("handoff", "Handoffs"),
    "approvals": ("approval", "Approvals"),
    "manual_steps": ("manual-step", "Manual steps"),
    "rework_loops": ("rework", "Rework loops"),
    "wip": ("wip", "Work in process"),
    "takt_time": ("takt-time", "Takt time"),
    "steps": ("swimlane", "Steps"),
}
"""By metric, the id of its term and what it is called."""


def format_metric(key: str, value: float | None, calendar: Calendar) -> str:
    """Return a figure in the way of its kind."""
    if key in TIME_METRICS:
        return format_hours(value, calendar)
    return format_percent(value) if key in RATIO_METRICS else format_count(value)


def state_label(stream_map: ValueStreamMap) -> str:
    """Return `Current`, `Future` or `Future q2`."""
    variant = f" {stream_map.variant}" if stream_map.variant else ""
    return f"{stream_map.state.capitalize()}{variant}"


def calendar_text(calendar: Calendar) -> str:
    """Return the calendar as every page names it beside its ratios."""
    return f"{calendar.hours_per_day:g} h days, {calendar.days_per_week:g}-day weeks"


def _figure(key: str, value: str, note: str = "", tone: str = "") -> Figure:
    term, label = LABELS[key]
    return Figure(term, label, value, note, tone)


def _steps(count: int) -> str:
    return f"{count} step" if count == 1 else f"{count} steps"


def headline_figures(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[Figure, ...]:
    """Return the six figures at the top of a map's page."""
    totals, calendar = metrics.totals, stream_map.calendar
    count = totals.steps

    def at_least(left_out: int) -> str:
        if not left_out:
            return ""
        return f"at least: {_steps(left_out)} unknown"

    rework = (
        f"{totals.rework_loops} {'loop' if totals.rework_loops == 1 else 'loops'}"
        f", ± {format_hours(totals.lead_time_sd, calendar)}"
        if totals.rework_loops
        else "no rework stated"
    )
    return (
        _figure("lead_time", format_hours(totals.lead_time, calendar),
                at_least(totals.lead_time_left_out) or _steps(count)),
        _figure("process_time", format_hours(totals.process_time, calendar),
                at_least(totals.process_time_left_out) or "hands on, critical path"),
        _figure("activity_ratio", format_percent(totals.activity_ratio), "work per lead time"),
        _figure("complete_accurate", format_percent(totals.complete_accurate),
                f"{totals.complete_accurate_assessed} of {_steps(count)} assessed"),
        _figure("expected_lead_time", format_hours(totals.expected_lead_time, calendar), rework),
        _figure("handoffs", format_count(totals.handoffs),
                f"of {len([e for e in metrics.flow.edges if e.source])} moves"),
    )  # fmt: skip


def more_figures(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[Figure, ...]:
    """Return the figures below them, those that the map says enough for."""
    totals, calendar = metrics.totals, stream_map.calendar
    figures = [_figure("effort", format_hours(totals.effort, calendar), "all branches counted")]
    if totals.labour is not None:
        left = f"{_steps(totals.labour_left_out)} left out" if totals.labour_left_out else ""
        figures.append(_figure("labour", format_hours(totals.labour, calendar), left))
    if totals.value_adding_ratio is not None:
        figures.append(_figure("value_adding_ratio", format_percent(totals.value_adding_ratio)))
    if totals.rework_loops:
        figures.append(_figure("first_pass", format_percent(totals.first_pass), "meet no rework"))
    figures.append(_figure("approvals", format_count(totals.approvals)))
    if any(step.automation for step in stream_map.steps):
        figures.append(_figure("manual_steps", format_count(totals.manual_steps)))
    if totals.wip is not None:
        note = ""
        if totals.littles_law_lead_time is not None:
            implied = format_hours(totals.littles_law_lead_time, calendar)
            note = f"implies a lead time of {implied}"
        figures.append(_figure("wip", format_count(totals.wip), note))
    if totals.takt_time is not None:
        figures.append(_figure("takt_time", format_hours(totals.takt_time, calendar)))
    if totals.constraint:
        name = next(s.title for s in stream_map.steps if s.id == totals.constraint)
        figures.append(Figure("constraint", "Constraint", name, "least capacity"))
    return tuple(figures)


def number_name(key: str) -> str:
    """Return what a number of a step is called, such as `wait time` for `wait_time`."""
    return "%C&A" if key == "complete_accurate" else key.replace("_", " ")
