"""One scenario calculated through: its sections, its rework chain, and what removals gain.

This is where flow and rework meet. Everything that the map's figures are a mean of is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vsmdocs.model.budget import Budget
from vsmdocs.model.flow import Edge, Flow, Scenario
from vsmdocs.model.relief import Relief
from vsmdocs.model.rework import ReworkChain
from vsmdocs.model.sections import Length, Section, Times, split
from vsmdocs.model.stages import ChainResult, Loop, Stage
from vsmdocs.model.times import TOLERANCE_HOURS


@dataclass(frozen=True, slots=True)
class ReworkLoop:
    """A loop of the map with its wait in hours."""

    index: int
    source: str
    target: str
    rate: float
    wait: float
    passes: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A scenario's sections and expected figures."""

    scenario: Scenario
    length: Length
    """The critical path, without rework."""
    sections: tuple[Section, ...]
    """The scenario's own, then those that only rework leads to."""
    rework: ReworkChain
    times: Times

    @property
    def slack(self) -> dict[str, float]:
        """By step of the scenario, in hours."""
        return _slack(self.scenario, self.times)

    @property
    def chain(self) -> ChainResult:
        """Expected figures of one item."""
        return self.rework.result

    @property
    def visits(self) -> dict[str, float]:
        """Expected visits by step."""
        visits: dict[str, float] = {}
        for section, count in zip(self.sections, self.chain.visits, strict=True):
            for step in section.steps:
                visits[step] = visits.get(step, 0.0) + count
        return visits

    def gains(self, budget: Budget) -> Gains:
        """Return what can be asked for removals."""
        return Gains(self, budget)


class Gains:
    """By how many hours the expected lead time of one scenario falls if something goes."""

    def __init__(self, passage: Passage, budget: Budget) -> None:
        self._rework = passage.rework
        self._alone: dict[str, float] = {}
        """Visits of steps that are a section of their own, once or several times."""
        self._between: dict[tuple[str, str], float] = {}
        """How often an item goes on by an edge between two sections."""
        self._blocks: dict[str | tuple[str, str], list[tuple[float, Relief]]] = {}
        chain = passage.chain
        for section, visits, moves in zip(passage.sections, chain.visits, chain.moves, strict=True):
            if section.next_edge is not None:
                way = section.next_edge.source, section.next_edge.target
                self._between[way] = self._between.get(way, 0.0) + moves
            if section.edges or len(section.steps) != 1:
                budget.spend(12 * len(section.edges))
                relief = Relief(section, passage.times)
                names: list[str | tuple[str, str]] = [*section.steps]
                names += [(e.source, e.target) for e in section.edges]
                for name in names:
                    self._blocks.setdefault(name, []).append((visits, relief))
            else:
                step = section.steps[0]
                self._alone[step] = self._alone.get(step, 0.0) + visits

    def of_step(self, step: str, hours: float) -> float:
        """Return the gain if every visit to a step takes `hours` less."""
        return self._alone.get(step, 0.0) * hours + self._in_blocks(step, hours)

    def of_edge(self, edge: Edge) -> float:
        """Return the gain if the wait on an edge goes."""
        way = edge.source, edge.target
        hours = edge.wait_hours
        return self._between.get(way, 0.0) * hours + self._in_blocks(way, hours)

    def of_loop(self, index: int) -> float:
        """Return the gain if a rework loop goes, by its position in the map."""
        return self._rework.gain(index)

    def _in_blocks(self, name: str | tuple[str, str], hours: float) -> float:
        found = self._blocks.get(name)
        if not found:
            return 0.0
        return sum(visits * relief.gain(name, hours) for visits, relief in found)


def pass_through(
    scenario: Scenario,
    flow: Flow,
    times: Times,
    loops: Sequence[ReworkLoop],
    budget: Budget,
) -> Passage:
    """Calculate one scenario.

    Raises
    ------
    CalculationError
        From the rework chain.
    """
    edges = sum(map(len, scenario.edges.values()))
    budget.spend(2 * len(flow.order) + 6 * edges + len(loops))
    own = split(scenario, scenario.starts, flow.order, times)
    reachable = [loop for loop in loops if loop.source in scenario.edges and loop.rate > 0]
    sections, follows, home = _with_detours(scenario, flow, times, own, reachable, budget)
    stages = _stages(sections, follows, home, reachable, flow)
    return Passage(
        scenario,
        _join(own),
        tuple(sections),
        ReworkChain(stages, budget),
        times,
    )


def _join(sections: Sequence[Section]) -> Length:
    lead = sum(section.length.lead + section.wait_after for section in sections)
    process = sum(section.length.process for section in sections)
    return Length(lead, process, tuple(step for s in sections for step in s.length.path))


def _with_detours(
    scenario: Scenario,
    flow: Flow,
    times: Times,
    own: tuple[Section, ...],
    loops: Sequence[ReworkLoop],
    budget: Budget,
) -> tuple[list[Section], list[int | None], dict[str, int]]:
    """Add the sections that only rework leads to; return sections, what follows, and homes.

    A step of the scenario is at home in its section; another one that rework leads to, in a
    section where what follows it begins. Where that comes to a section that is known, it
    goes on from there.
    """
    sections = list(own)
    follows: list[int | None] = [index + 1 for index in range(len(own))]
    if follows:
        follows[-1] = None
    home = {step: index for index, section in enumerate(own) for step in section.steps}
    # A block includes the ways into it, so behind another step it is another section.
    known = {_key(section): index for index, section in enumerate(own)}
    for loop in loops:
        if loop.target in home:
            continue
        budget.spend(2 * len(flow.order))
        previous: int | None = None
        for section in split(scenario, (loop.target,), flow.order, times):
            index = known.get(_key(section))
            fresh = index is None
            if index is None:
                index = known[_key(section)] = len(sections)
                sections.append(section)
                follows.append(None)
            if previous is None:
                home[loop.target] = index
            else:
                follows[previous] = index
            if not fresh:
                break
            previous = index
    return sections, follows, home


def _key(section: Section) -> tuple[tuple[str, ...], str | None]:
    before = section.edges[0].source if section.edges else None
    return section.steps, None if before in section.steps else before


def _stages(
    sections: Sequence[Section],
    follows: Sequence[int | None],
    home: Mapping[str, int],
    loops: Sequence[ReworkLoop],
    flow: Flow,
) -> tuple[Stage, ...]:
    by_step: dict[str, list[Loop]] = {}
    rank = {step: index for index, step in enumerate(flow.order)} if loops else {}
    for loop in loops:
        by_step.setdefault(loop.source, []).append(
            Loop(
                loop.index, loop.rate, home[loop.target], loop.wait, loop.passes, rank[loop.target]
            )
        )
    return tuple(
        Stage(
            section.length.lead,
            section.length.process,
            after,
            section.wait_after,
            tuple(tuple(by_step[step]) for step in section.steps if step in by_step),
        )
        for section, after in zip(sections, follows, strict=True)
    )


def _slack(scenario: Scenario, times: Times) -> dict[str, float]:
    """Return by how much each step may lengthen before the lead time does.

    Source: total float, Kelley & Walker, Critical-Path Planning and Scheduling, 1959.
    """
    arrival = dict.fromkeys(scenario.starts, 0.0)
    for step in scenario.steps:
        done = arrival[step] + times[step][0]
        for edge in scenario.edges[step]:
            arrival[edge.target] = max(arrival.get(edge.target, 0.0), done + edge.wait_hours)
    rest: dict[str, float] = {}
    for step in reversed(scenario.steps):
        rest[step] = times[step][0] + max(
            (edge.wait_hours + rest[edge.target] for edge in scenario.edges[step]), default=0.0
        )
    whole = max((arrival[step] + rest[step] for step in scenario.steps), default=0.0)
    slack = {step: whole - arrival[step] - rest[step] for step in scenario.steps}
    return {step: 0.0 if hours < TOLERANCE_HOURS else hours for step, hours in slack.items()}
