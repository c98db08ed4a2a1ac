"""Where value gets stuck: every wait, step and loop, by what its removal would gain.

A gain is how much shorter the expected lead time gets, recalculated through the whole graph
and every scenario, so that a wait off the critical path counts 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vsmdocs.model.budget import Budget
from vsmdocs.model.flow import Flow
from vsmdocs.model.passage import Passage, ReworkLoop
from vsmdocs.model.times import TOLERANCE_HOURS, StepTimes


@dataclass(frozen=True, slots=True)
class StuckPoint:
    """One wait, step or loop, and what its removal would gain."""

    kind: str
    """`wait`, `step` or `loop`."""
    step: str
    """The step that waits or works; of an edge's wait and of a loop, the one that it leaves."""
    to: str | None
    """The other end of an edge or loop."""
    hours: float | None
    """Its own length, for one visit."""
    gain: float | None
    """Hours by which the expected lead time gets shorter; None where its length is unknown."""
    share: float | None
    """The gain as part of the expected lead time."""


def find_stuck(
    flow: Flow,
    passages: Sequence[Passage],
    known: dict[str, StepTimes],
    loops: Sequence[ReworkLoop],
    budget: Budget,
) -> tuple[StuckPoint, ...]:
    """Return every wait, step and loop with what its removal would gain, largest first."""
    whole = sum(p.scenario.probability * p.chain.lead for p in passages)
    gains = [(passage.scenario.probability, passage.gains(budget)) for passage in passages]
    points: list[StuckPoint] = []
    budget.spend(len(passages) * (len(flow.steps) + len(loops)))

    def add(kind: str, step: str, to: str | None, hours: float | None, gain: float | None) -> None:
        if gain is not None and abs(gain) < TOLERANCE_HOURS:
            gain = 0.0
        share = gain / whole if gain is not None and whole > 0 else None
        points.append(StuckPoint(kind, step, to, hours, gain, share))

    def without(step: str, hours: float) -> float:
        return sum(chance * gain.of_step(step, hours) for chance, gain in gains)

    for step in flow.steps:
        t = known[step]
        if t.lead is None:
            # What is stated of it is not in the lead time, so nothing can be said of a gain.
            if t.wait:
                add("wait", step, None, t.wait, None)
            continue
        if t.wait:
            add("wait", step, None, t.wait, without(step, t.wait))
        if t.lead > 0:
            add("step", step, None, t.lead, without(step, t.lead))
    for edge in flow.edges:
        if edge.wait_hours > 0:
            budget.spend(len(gains))
            gain = sum(chance * gain.of_edge(edge) for chance, gain in gains)
            add("wait", edge.source, edge.target, edge.wait_hours, gain)
    for loop in loops:
        if loop.rate > 0:
            gain = sum(chance * gain.of_loop(loop.index) for chance, gain in gains)
            add("loop", loop.source, loop.target, None, gain)
    kinds = {"wait": 0, "loop": 1, "step": 2}
    # Stable: equal gains stay in the order of the map.
    points.sort(key=lambda p: (-round(p.gain or 0.0, 6), kinds[p.kind]))
    return tuple(points)
