"""The three times of a step, in hours: any two give the third, and what cannot is unknown."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.model.stream import Step
from vsmdocs.model.units import Calendar

TOLERANCE_HOURS = 1e-6
"""Times that differ by less are the same: 3.6 milliseconds, far below what anyone states."""


@dataclass(frozen=True, slots=True)
class StepTimes:
    """Process, wait and lead time of one step in working hours; None is unknown."""

    process: float | None
    wait: float | None
    lead: float | None


def step_times(step: Step, calendar: Calendar) -> StepTimes:
    """Return the times of a step, deriving the third from two.

    Source: `lead_time = wait_time + process_time` (Rother & Shook, Learning to See, 1999). A
    step that states its process time alone starts at once; a queue that states its wait or
    lead time alone has no process time.
    """
    process, wait, lead = (
        None if value is None else value.hours(calendar)
        for value in (step.process_time, step.wait_time, step.lead_time)
    )
    if process is not None and wait is None and lead is None:
        wait = 0.0
    elif step.kind == "queue" and process is None and (wait is None) != (lead is None):
        process = 0.0
    if lead is None and process is not None and wait is not None:
        lead = process + wait
    elif wait is None and lead is not None and process is not None:
        wait = max(lead - process, 0.0)
    elif process is None and lead is not None and wait is not None:
        process = max(lead - wait, 0.0)
    return StepTimes(process, wait, lead)
