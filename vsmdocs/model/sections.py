"""A scenario as a line of sections: single steps that every item passes, and what is between.

A step that every path from the entry to the end passes is a section of its own. Whatever
lies between two of those is done in parallel and makes one section, a *parallel block*. The
lead time is the sum over sections, and the sections are the states of the rework chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vsmdocs.model.flow import Edge, Scenario
from vsmdocs.model.times import TOLERANCE_HOURS


@dataclass(frozen=True, slots=True)
class Length:
    """The longest way through something, in working hours, and the steps on it."""

    lead: float
    process: float
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One step, or a parallel block, and the wait on the way to the next section."""

    steps: tuple[str, ...]
    length: Length
    edges: tuple[Edge, ...]
    """The edges inside it, for a block those into and out of it as well; none for a step."""
    entries: tuple[str, ...]
    """Of a block, the steps that begin with it when no step stands before it."""
    next_edge: Edge | None
    """The way to the next section where that is a single edge with nothing beside it."""

    @property
    def wait_after(self) -> float:
        """Hours on the way to the next section."""
        return self.next_edge.wait_hours if self.next_edge else 0.0


Times = Mapping[str, tuple[float, float]]
"""Lead and process hours by step, 0 where they are unknown."""


def split(
    scenario: Scenario, entries: Sequence[str], order: Sequence[str], times: Times
) -> tuple[Section, ...]:
    """Split what follows `entries` into sections, first to last.

    `order` is a topological order of at least the steps that can be reached.
    """
    reached = set(entries)
    line: list[str] = []
    for step in order:
        if step in reached:
            line.append(step)
            for edge in scenario.edges[step]:
                reached.add(edge.target)
    position = {step: index for index, step in enumerate(line)}
    # A step is passed by everything if no edge, nor an entry or an end, jumps over it.
    farthest = max((position[step] for step in entries), default=0)
    cuts: list[int] = []
    for index, step in enumerate(line):
        if farthest <= index:
            cuts.append(index)
        out = scenario.edges[step]
        if not out:
            farthest = len(line)
        for edge in out:
            target = position[edge.target]
            if target > farthest:
                farthest = target
    return _sections(scenario, line, cuts, times)


def _sections(
    scenario: Scenario, line: list[str], cuts: list[int], times: Times
) -> tuple[Section, ...]:
    sections: list[Section] = []
    previous = -1
    for cut in cuts:
        if cut - previous > 1:
            sections.append(_block(scenario, line, previous, cut, times))
        step = line[cut]
        lead, process = times[step]
        out = scenario.edges[step]
        single = out[0] if len(out) == 1 else None
        sections.append(Section((step,), Length(lead, process, (step,)), (), (), single))
        previous = cut
    if len(line) - previous > 1:
        sections.append(_block(scenario, line, previous, len(line), times))
    return tuple(sections)


def _block(scenario: Scenario, line: list[str], previous: int, cut: int, times: Times) -> Section:
    steps = tuple(line[previous + 1 : cut])
    edges = tuple(edge for step in line[max(previous, 0) : cut] for edge in scenario.edges[step])
    # Without a step before it, what nothing inside leads to begins at once.
    entries: tuple[str, ...] = ()
    if previous < 0:
        targets = {edge.target for edge in edges}
        entries = tuple(step for step in steps if step not in targets)
    return Section(steps, longest(steps, edges, times, entries), edges, entries, None)


def longest(
    steps: Sequence[str], edges: Sequence[Edge], times: Times, entries: Sequence[str] = ()
) -> Length:
    """Return the longest way through a block; of equally long ones, one with the most work.

    The edges in and out are part of it. Where one way is as long as another, to the
    tolerance, the first that was drawn is kept.

    Source: critical path method, Kelley & Walker, Critical-Path Planning and Scheduling, 1959.
    """
    inside = set(steps)
    lead = dict.fromkeys(entries, 0.0)
    process = dict.fromkeys(entries, 0.0)
    came: dict[str, str | None] = {}
    outgoing: dict[str, list[Edge]] = {step: [] for step in steps}
    best_lead, best_process, last = -1.0, 0.0, None
    for edge in edges:
        if edge.source in inside:
            outgoing[edge.source].append(edge)
        elif edge.target in inside:
            lead[edge.target], process[edge.target] = edge.wait_hours, 0.0
        else:
            best_lead = max(best_lead, edge.wait_hours)  # straight past the block
    for step in steps:
        own_lead, own_process = times[step]
        done, worked = lead[step] + own_lead, process[step] + own_process
        for edge in outgoing[step]:
            there, target = done + edge.wait_hours, edge.target
            if target in inside:
                if target not in lead or _beats(there, worked, lead[target], process[target]):
                    lead[target], process[target], came[target] = there, worked, step
            elif _beats(there, worked, best_lead, best_process):
                best_lead, best_process, last = there, worked, step
        if not outgoing[step] and _beats(done, worked, best_lead, best_process):
            best_lead, best_process, last = done, worked, step
    path: list[str] = []
    while last is not None:
        path.append(last)
        last = came.get(last)
    return Length(max(best_lead, 0.0), best_process, tuple(reversed(path)))


def _beats(lead: float, process: float, other_lead: float, other_process: float) -> bool:
    if abs(lead - other_lead) > TOLERANCE_HOURS:
        return lead > other_lead
    return process > other_process + TOLERANCE_HOURS
