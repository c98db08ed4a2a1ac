"""Times and capacities: what is missing, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.model.stream import Step
from vsmdocs.model.times import step_times


@rule(
    "unknown-time",
    "timing",
    "warning",
    summary="Every step's times are known.",
    reason="A step without times is left out of the lead time, which is then too short, and "
    "ratios cannot be told at all. A rough estimate says more than a gap.",
    bad="steps:\n  - {id: build, process_time: 2d}\n  - {id: review, wait_time: 3d}\n",
    good="steps:\n  - {id: build, process_time: 2d}\n"
    "  - {id: review, wait_time: 3d, process_time: 1h..2h}\n",
)
def unknown_time(subject: Subject) -> Iterator[Found]:
    """Find steps whose lead or process time cannot be told from what is stated."""
    rows = subject.metrics.steps if subject.metrics is not None else ()
    for index, step in enumerate(subject.map.steps):
        if rows and rows[index].lead_time is not None and rows[index].process_time is not None:
            continue
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
        yield Found(("steps", index, stated), message, _what_to_state(step))


def _what_to_state(step: Step) -> str:
    if step.wait_time is not None:
        return "state process_time or lead_time as well"
    if step.lead_time is not None:
        return "state process_time or wait_time as well"
    if step.kind == "queue":
        return "state its wait_time"
    return "state process_time and wait_time, or process_time alone where nothing waits"


@rule(
    "no-waits",
    "timing",
    "info",
    summary="The waits of a stream are on its map.",
    reason="Work waits in nearly every stream, and longer than it is worked on. A map without a "
    "wait shows how people are busy, and not where value gets stuck.",
    bad="steps:\n"
    "  - {id: design, process_time: 2d}\n"
    "  - {id: build, process_time: 3d}\n"
    "  - {id: test, process_time: 1d}\n",
    good="steps:\n"
    "  - {id: design, process_time: 2d, wait_time: 1w}\n"
    "  - {id: build, process_time: 3d, wait_time: 1d}\n"
    "  - {id: test, process_time: 1d, wait_time: 2d}\n",
)
def no_waits(subject: Subject) -> Iterator[Found]:
    """Find maps in which nothing waits."""
    metrics = subject.practice
    if metrics is None or metrics.totals.lead_time_left_out:
        return
    if any(step.wait_time for step in metrics.steps):
        return
    if any(edge.wait_hours for edge in metrics.flow.edges):
        return
    yield Found(
        ("steps",),
        "nothing waits in this map, so that it cannot show where value gets stuck",
        "take the last three items and ask when each step could have begun and when it did: "
        "the difference is its wait_time",
        key=True,
    )


@rule(
    "over-capacity",
    "timing",
    "warning",
    summary="No step is asked for more than it can finish.",
    reason="What a step cannot finish piles up before it, without end, and no lead time holds. "
    "It is the constraint, on which everything else depends.",
    bad="demand: 12/week\nsteps:\n"
    "  - {id: build, process_time: 2d}\n"
    "  - {id: review, process_time: 2h, capacity: 8/week}\n",
    good="demand: 12/week\nsteps:\n"
    "  - {id: build, process_time: 2d}\n"
    "  - {id: review, process_time: 2h, capacity: 15/week}\n",
)
def over_capacity(subject: Subject) -> Iterator[Found]:
    """Find steps that can finish less than the customer asks for."""
    if subject.metrics is None or subject.map.demand is None:
        return
    demand = subject.map.demand.text
    pairs = zip(subject.map.steps, subject.metrics.steps, strict=True)
    for index, (step, row) in enumerate(pairs):
        if step.capacity is not None and row.utilisation is not None and row.utilisation > 1 + 1e-9:
            yield Found(
                ("steps", index, "capacity"),
                f"“{step.id}” can finish {step.capacity.text} and the demand is {demand}: "
                f"{row.utilisation:.0%} of what it can do",
                "work piles up before it: raise its capacity, or check the two numbers",
            )
