"""Figures that people state or aim for, against what the steps come to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.errors import Severity
from vsmdocs.model.metrics import Totals
from vsmdocs.model.stream import RATIO_METRICS, Target
from vsmdocs.model.units import Calendar, Estimate, parse_duration

_LEFT_OUT = {
    "lead_time": "lead_time_left_out",
    "expected_lead_time": "lead_time_left_out",
    "lead_time_sd": "lead_time_left_out",
    "process_time": "process_time_left_out",
    "expected_process_time": "effort_left_out",
    "effort": "effort_left_out",
    "labour": "labour_left_out",
}
_LAST_PART = re.compile(r"([0-9]*)(?:\.([0-9]+))?\s*(mo|[smhdw]|[MWDHS])\s*$")
_STEPS = (
    "steps:\n  - {id: build, process_time: 2d}\n  - {id: test, process_time: 1d, wait_time: 2d}\n"
)
_BUDGET = "targets:\n  - {metric: lead_time, at_most: 4d, by: 2027-06-30}\n"
_FASTER = _STEPS.replace("wait_time: 2d", "wait_time: 4h")


@rule(
    "stated-total",
    "targets",
    "warning",
    summary="A stated total agrees with what the steps add up to.",
    reason="What was written on the wall and what the steps come to are compared by everyone who "
    "was there. Where they differ, a step is missing, a number is wrong or the wall was.",
    bad=_STEPS + "stated_totals: {lead_time: 3w}\n",
    good=_STEPS + "stated_totals: {lead_time: 1w}\n",
)
def stated_total(subject: Subject) -> Iterator[Found]:
    """Find stated figures that rounding alone does not explain.

    A difference of half a unit of the stated text's last digit, or of 1 % of it, is rounding.
    """
    if subject.metrics is None:
        return
    totals, calendar = subject.metrics.totals, subject.map.calendar
    for metric, stated in subject.map.stated_totals.items():
        value = getattr(totals, metric)
        if value is None:
            continue
        figure = _figure(stated, calendar)
        off = value - figure
        if abs(off) <= max(_half_unit(stated, metric, calendar), abs(figure) / 100) + 1e-9:
            continue
        left_out = _left_out(metric, totals)
        if left_out and off < 0:
            continue  # what is missing may be in the steps that are left out
        yield Found(
            ("stated_totals", metric),
            f"{metric} is stated as {_text(stated, metric)}, and the steps come to "
            f"{_shown(value, metric, stated, calendar)}",
            "correct the stated figure, or the step whose numbers are off",
        )


@rule(
    "target-missed",
    "targets",
    "warning",
    summary="A map keeps to its targets.",
    reason="A target is what a team has promised itself. It warns until the day it is for, and "
    "is an error once that day is past.",
    bad=_STEPS + _BUDGET,
    good=_FASTER + _BUDGET,
)
def target_missed(subject: Subject) -> Iterator[Found]:
    """Find targets that the map does not keep to; past their date they are errors."""
    if subject.metrics is None:
        return
    for index, target in enumerate(subject.map.targets):
        said = _missed(target, subject.metrics.totals, subject.map.calendar)
        if not said:
            continue
        overdue = target.by is not None and target.by < subject.today
        severity: Severity | None = "error" if overdue else None
        when = f" by {target.by.isoformat()}" if target.by else ""
        yield Found(
            ("targets", index, _bound(target)[0]),
            f"{said}{when}",
            "the date is past: agree on another target or date" if overdue else "",
            severity=severity,
        )


@rule(
    "target-out-of-reach",
    "targets",
    "warning",
    summary="A future state reaches the targets of the current one.",
    reason="Where the plan comes about and the target is still missed, either the plan is too "
    "small or the target too large. It is better to know that now than on the day.",
    bad="# maps/orders/current.md\n" + _STEPS + _BUDGET
    + "# maps/orders/future.md\nstate: future\ntarget_date: 2027-06-30\n"
    + _STEPS.replace("wait_time: 2d", "wait_time: 12h"),
    good="# maps/orders/current.md\n" + _STEPS + _BUDGET
    + "# maps/orders/future.md\nstate: future\ntarget_date: 2027-06-30\n" + _FASTER,
    needs="current",
)  # fmt: skip
def target_out_of_reach(subject: Subject) -> Iterator[Found]:
    """Find targets of today that this future state would miss."""
    current = subject.current
    if current is None or subject.metrics is None or subject.map.state != "future":
        return
    own = {target.metric for target in subject.map.targets}
    for target in current.map.targets:
        day = subject.map.target_date
        if target.metric in own or (day and target.by and day < target.by):
            continue  # it has targets of its own, or another step is to follow
        said = _missed(target, subject.metrics.totals, subject.map.calendar)
        if said:
            yield Found(
                ("state",),
                f"with this state {said}, says {current.path}",
                "plan what is missing, starting with what is stuck most in this state, or agree "
                "on another target",
            )


def _bound(target: Target) -> tuple[str, Estimate | float | None]:
    """Return which of the two bounds a target has, and its value."""
    if target.at_most is not None:
        return "at_most", target.at_most
    return "at_least", target.at_least


def _missed(target: Target, totals: Totals, calendar: Calendar) -> str:
    """Return in words how figures miss a target; nothing where they do not."""
    key, bound = _bound(target)
    value = getattr(totals, target.metric)
    if value is None or bound is None:
        return ""
    if key == "at_least" and _left_out(target.metric, totals):
        return ""  # the figure may be higher than what is known of it
    excess = value - _figure(bound, calendar)
    if (excess if key == "at_most" else -excess) <= 1e-9:
        return ""
    return (
        f"{target.metric} is {_shown(value, target.metric, bound, calendar)}, and the target "
        f"is {key.replace('_', ' ')} {_text(bound, target.metric)}"
    )


def _left_out(metric: str, totals: Totals) -> int:
    return int(getattr(totals, _LEFT_OUT[metric])) if metric in _LEFT_OUT else 0


def _figure(stated: Estimate | float, calendar: Calendar) -> float:
    return stated.hours(calendar) if isinstance(stated, Estimate) else stated


def _half_unit(stated: Estimate | float, metric: str, calendar: Calendar) -> float:
    """Return half a unit of the last digit that was written."""
    if isinstance(stated, Estimate):
        spread = stated.points[-1].hours(calendar) - stated.points[0].hours(calendar)
        unit = _last_unit(stated, calendar)
        return spread / 2 + (unit[1] * 10 ** -unit[2] / 2 if unit else 0.0)
    if metric not in RATIO_METRICS:
        return 0.5
    percent = f"{stated * 100:.9f}".rstrip("0")
    return 10.0 ** -len(percent.partition(".")[2]) / 200


def _last_unit(stated: Estimate, calendar: Calendar) -> tuple[str, float, int] | None:
    """Return the last unit that was written, its hours, and how many decimals stand before it."""
    text = stated.points[-1].text
    match = _LAST_PART.search(text)
    if match is None:
        return None
    unit = match[3]
    if unit.isupper():
        unit = {"M": "m" if "T" in text else "mo"}.get(unit, unit.lower())
    return unit, parse_duration(f"1{unit}").hours(calendar), len(match[2] or "")


def _text(stated: Estimate | float, metric: str) -> str:
    if isinstance(stated, Estimate):
        return stated.text
    return f"{stated * 100:.10g}%" if metric in RATIO_METRICS else f"{stated:g}"


def _shown(value: float, metric: str, like: Estimate | float, calendar: Calendar) -> str:
    """Write a figure as the stated one is written, with as many digits as tell them apart."""
    if metric in RATIO_METRICS:
        return f"{value * 100:.3g}%"
    if not isinstance(like, Estimate):
        return f"{value:g}"
    unit, size, decimals = _last_unit(like, calendar) or ("h", 1.0, 0)
    figure = _figure(like, calendar)
    for digits in range(decimals, decimals + 3):
        text = f"{value / size:.{digits}f}"
        if abs(float(text) * size - value) <= min(abs(value - figure) / 4, abs(value) / 100):
            break
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"
