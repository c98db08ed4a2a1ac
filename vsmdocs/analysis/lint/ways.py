"""What lies between two steps of a flow, and how bad work may be there."""

from __future__ import annotations

from math import prod

from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.model.flow import Flow
from vsmdocs.model.stream import Rework


def between(flow: Flow, first: str, last: str) -> list[str]:
    """Return the steps on any way from `first` to `last`, both included, in order of the flow."""
    after = {first}
    for step in flow.order:
        if step in after:
            after.update(edge.target for edge in flow.outgoing[step])
    before = {last}
    for step in reversed(flow.order):
        if any(edge.target in before for edge in flow.outgoing[step]):
            before.add(step)
    return [step for step in flow.order if step in after and step in before]


def repeated(flow: Flow, loop: Rework) -> list[str]:
    """Return the steps that rework goes through again, from its target to its source."""
    return between(flow, loop.target, loop.source)


def origin(subject: Subject, steps: list[str], loop: Rework) -> tuple[str, float] | None:
    """Return the step of a loop that hands on the least that can be used, and how much it is.

    None where no step before the loop's source states its %C&A, or all is perfect.
    """
    rows = {step.id: step.complete_accurate for step in subject.map.steps}
    stated = {
        step: prod(shares)
        for step in steps
        if (step != loop.source or step == loop.target) and (shares := rows[step]) is not None
    }
    if not stated:
        return None
    worst = min(stated, key=lambda step: stated[step])
    return (worst, stated[worst]) if stated[worst] < 1 else None
