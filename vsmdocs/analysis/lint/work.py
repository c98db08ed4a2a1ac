"""What is missing or too much in the steps and in the flow."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.errors import Finding
from vsmdocs.model.stream import Step
from vsmdocs.model.times import step_times


def unknown_time(subject: Subject) -> Iterator[Finding]:
    """Find steps whose lead or process time cannot be told from what is stated."""
    for index, step in enumerate(subject.map.steps):
        times = step_times(step, subject.map.calendar)
        if times.lead is not None and times.process is not None:
            continue
        if times.lead is not None:
            message = f"the process time of “{step.id}” is unknown, so ratios cannot be told"
        elif times.process is not None or times.wait is not None:
            message = f"the lead time of “{step.id}” is unknown, so the totals leave it out"
        else:
            message = f"the times of “{step.id}” are unknown, so the totals leave it out"
        stated = next((key for key in ("lead_time", "wait_time") if getattr(step, key)), "id")
        yield subject.document.finding(
            ("steps", index, stated), "unknown-time", "warning", message, _what_to_state(step)
        )


def _what_to_state(step: Step) -> str:
    if step.wait_time is not None:
        return "state process_time or lead_time as well"
    if step.lead_time is not None:
        return "state process_time or wait_time as well"
    if step.kind == "queue":
        return "state its wait_time"
    return "state process_time and wait_time, or process_time alone where nothing waits"


def over_capacity(subject: Subject) -> Iterator[Finding]:
    """Find steps that can finish less than the customer asks for."""
    if subject.metrics is None or subject.map.demand is None:
        return
    demand = subject.map.demand.text
    pairs = zip(subject.map.steps, subject.metrics.steps, strict=True)
    for index, (step, row) in enumerate(pairs):
        if step.capacity is not None and row.utilisation is not None and row.utilisation > 1 + 1e-9:
            yield subject.document.finding(
                ("steps", index, "capacity"),
                "over-capacity",
                "warning",
                f"“{step.id}” can finish {step.capacity.text} and the demand is {demand}: "
                f"{row.utilisation:.0%} of what it can do",
                "work piles up before it: raise its capacity, or check the two numbers",
            )


def no_owner(subject: Subject) -> Iterator[Finding]:
    """Find steps without an owner among steps that have one."""
    if not any(step.owner for step in subject.map.steps):
        return
    for index, step in enumerate(subject.map.steps):
        if step.owner is None:
            yield subject.document.finding(
                ("steps", index, "id"),
                "no-owner",
                "info",
                f"“{step.id}” has no owner, so handoffs to and from it are not counted",
                "name the team or role that does it",
            )


def choice_never(subject: Subject) -> Iterator[Finding]:
    """Find alternatives that no item takes."""
    if subject.metrics is None:
        return
    flow = subject.metrics.flow
    seen: set[tuple[int, int]] = set()
    for edge in flow.edges:
        if edge.choice is None or flow.choices[edge.choice].shares[edge.option] > 0:
            continue
        if (edge.choice, edge.option) in seen:
            continue
        seen.add((edge.choice, edge.option))
        yield subject.document.finding(
            edge.where,
            "choice-never",
            "info",
            f"no item takes the way to “{edge.target}”: its share is 0 %",
            "drop it, or give it its share",
            edge.offset,
            len(edge.target),
        )
