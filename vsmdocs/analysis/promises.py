"""What improvements promise: the map with their changes, measured against the map without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from vsmdocs.errors import CalculationError
from vsmdocs.model.metrics import Totals, measure_totals
from vsmdocs.model.stream import Improvement, Step, StepChange, ValueStreamMap
from vsmdocs.model.times import TOLERANCE_HOURS, step_times
from vsmdocs.model.units import Calendar, Duration, Estimate, parse_estimate, parse_percent

OPEN = ("trial", "idea")
"""What may still do what it promises; the numbers of the map do not have it yet."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What changes if improvements do what they say; None is unknown, or not said."""

    hours: float | None = None
    """By which the expected lead time gets shorter; below 0 where it gets longer."""
    quality: float | None = None
    """By how much of 1 the rolled %C&A rises."""


def find_promise(
    stream_map: ValueStreamMap, totals: Totals, improvements: Iterable[Improvement]
) -> Promise:
    """Return what improvements promise together, applied in order to the map as it is.

    Together they give what is left when all are done, which is less than the sum of what each
    gives alone where two shorten the same wait.
    """
    chosen = tuple(improvements)
    fields = {change.field for one in chosen for change in one.change}
    timed = any(field.endswith("_time") for field in fields)
    if not timed and "complete_accurate" not in fields:
        return Promise()
    changed = _applied(stream_map, chosen)
    if changed is None:
        return Promise()
    try:
        after = measure_totals(changed)
    except CalculationError:
        return Promise()
    same = after.lead_time_left_out == totals.lead_time_left_out
    hours = totals.expected_lead_time - after.expected_lead_time if timed and same else None
    if hours is not None and abs(hours) < TOLERANCE_HOURS:
        hours = 0.0
    quality = None
    if "complete_accurate" in fields and after.complete_accurate is not None:
        before = totals.complete_accurate
        known = after.complete_accurate_assessed == totals.complete_accurate_assessed
        quality = after.complete_accurate - before if before is not None and known else None
    return Promise(hours, quality)


def _applied(
    stream_map: ValueStreamMap, improvements: Iterable[Improvement]
) -> ValueStreamMap | None:
    """Return the map with all changes made; None where one finds nothing to change."""
    steps = {step.id: step for step in stream_map.steps}
    for improvement in improvements:
        for change in improvement.change:
            step = steps.get(change.step)
            changed = _change(step, change, stream_map.calendar) if step is not None else None
            if changed is None:
                return None
            steps[change.step] = changed
    return stream_map.model_copy(update={"steps": tuple(steps.values())})


def _change(step: Step, change: StepChange, calendar: Calendar) -> Step | None:
    if change.field == "complete_accurate":
        return _with_quality(step, change)
    if not change.field.endswith("_time"):
        return step
    times = step_times(step, calendar)
    found = {"process_time": times.process, "wait_time": times.wait, "lead_time": times.lead}
    new = _new_hours(found[change.field], change, calendar)
    if new is None:
        return None
    process, wait = times.process, times.wait
    if change.field == "wait_time":
        wait = new
    elif change.field == "process_time":
        process = new
    elif process is None:
        return step.model_copy(update={"lead_time": _estimate(new)})
    else:
        # Less than its work takes: then there is nothing but work, and less of it.
        process, wait = min(process, new), max(new - process, 0.0)
    if process is None or wait is None:
        return None
    times_now = {"process_time": _estimate(process), "wait_time": _estimate(wait)}
    return step.model_copy(update={**times_now, "lead_time": None})


def _new_hours(before: float | None, change: StepChange, calendar: Calendar) -> float | None:
    if change.relative is None:
        return parse_estimate(change.value).hours(calendar)
    return None if before is None else max(before * (1 + change.relative.share), 0.0)


def _with_quality(step: Step, change: StepChange) -> Step | None:
    if change.relative is None:
        return step.model_copy(update={"complete_accurate": (parse_percent(change.value),)})
    if step.complete_accurate is None:
        return None
    share = prod(step.complete_accurate) * (1 + change.relative.share)
    return step.model_copy(update={"complete_accurate": (min(max(share, 0.0), 1.0),)})


def _estimate(hours: float) -> Estimate:
    return Estimate(f"{hours:g}h", (Duration(f"{hours:g}h", hours),))
