"""Every figure of a map, by the names and formulas of the map format.

A map with alternatives is calculated scenario by scenario; its figures are the means by
probability. Counts (handoffs, approvals, manual steps, loops, work in process) are over the
whole map. What is not known is None, and totals say how many steps they leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import prod

from vsmdocs.model.budget import Budget
from vsmdocs.model.flow import START, Flow, build_flow, scenarios
from vsmdocs.model.passage import (
    Passage,
    ReworkLoop,
    pass_through,
)
from vsmdocs.model.stream import Step, ValueStreamMap
from vsmdocs.model.stuck import StuckPoint, find_stuck
from vsmdocs.model.times import StepTimes, step_times
from vsmdocs.model.units import Calendar


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a whole map; times in working hours, ratios from 0 to 1."""

    lead_time: float
    process_time: float
    wait_time: float | None
    effort: float
    labour: float | None
    activity_ratio: float | None
    value_adding_ratio: float | None
    complete_accurate: float | None
    complete_accurate_assessed: int
    """How many steps state their %C&A."""
    lead_time_left_out: int
    """Steps whose lead time is unknown: the lead time is at least what it says."""
    process_time_left_out: int
    """Steps on the critical path whose process time is unknown."""
    effort_left_out: int
    """Steps whose process time is unknown."""
    labour_left_out: int
    """Steps whose process time or number of people is unknown."""
    critical_path: tuple[str, ...]
    """Of the likeliest scenario."""
    expected_lead_time: float
    expected_process_time: float
    lead_time_sd: float
    first_pass: float
    handoffs: int
    approvals: int
    manual_steps: int
    rework_loops: int
    steps: int
    scenarios: int
    wip: int | None
    littles_law_lead_time: float | None
    takt_time: float | None
    constraint: str | None


@dataclass(frozen=True, slots=True)
class StepMetrics:
    """The figures of one step."""

    id: str
    process_time: float | None
    wait_time: float | None
    lead_time: float | None
    complete_accurate: float | None
    visits: float
    share: float
    """How likely an item goes through it at all, rework aside."""
    on_critical_path: bool
    """In at least one scenario."""
    slack: float | None
    """Hours, the least over the scenarios; None where no item comes by."""
    utilisation: float | None
    """Demand over capacity; above 1 the step is over capacity."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the time ladder: the wait before it (edge included) and its work, in hours."""

    step: str
    wait: float | None
    process: float | None


@dataclass(frozen=True, slots=True)
class TimeLadder:
    """The ladder under a map: the critical path of the likeliest scenario."""

    rungs: tuple[Rung, ...]
    lead_time: float
    process_time: float
    probability: float
    """Of that scenario."""


@dataclass(frozen=True, slots=True)
class StreamMetrics:
    """Everything that is calculated of a map."""

    calendar: Calendar
    totals: Totals
    steps: tuple[StepMetrics, ...]
    stuck: tuple[StuckPoint, ...]
    """Largest gain first."""
    ladder: TimeLadder
    flow: Flow


def measure(stream_map: ValueStreamMap, *, ranked: bool = True) -> StreamMetrics:
    """Calculate every figure of a map that has no structural problems.

    Without `ranked` nothing is said to be stuck, which takes a third of the time.

    Raises
    ------
    CalculationError
        When the figures do not exist: rework without an exit, too many scenarios or states.
    """
    way = _Way.through(stream_map)
    return StreamMetrics(
        stream_map.calendar,
        way.totals(),
        _steps(stream_map, way.passages, way.known),
        find_stuck(way.flow, way.passages, way.known, way.loops, way.budget) if ranked else (),
        _ladder(way.likeliest, way.known),
        way.flow,
    )


def measure_totals(stream_map: ValueStreamMap) -> Totals:
    """Calculate the totals of a map alone, which `measure` gives as well.

    Raises
    ------
    CalculationError
        When `measure` would, but for what is too complex to be ranked.
    """
    return _Way.through(stream_map).totals()


@dataclass(frozen=True, slots=True)
class _Way:
    """What passes through a map, from which all figures follow."""

    map: ValueStreamMap
    flow: Flow
    known: dict[str, StepTimes]
    loops: list[ReworkLoop]
    passages: list[Passage]
    budget: Budget

    @classmethod
    def through(cls, stream_map: ValueStreamMap) -> _Way:
        calendar = stream_map.calendar
        flow = build_flow(stream_map)
        budget = Budget("flow" if flow.choices else "rework")
        known = {step.id: step_times(step, calendar) for step in stream_map.steps}
        times = {
            step: (t.lead or 0.0, (t.process or 0.0) if t.lead is not None else 0.0)
            for step, t in known.items()
        }
        loops = [
            ReworkLoop(
                index,
                loop.source,
                loop.target,
                loop.rate,
                loop.wait.hours(calendar) if loop.wait else 0.0,
                loop.passes,
            )
            for index, loop in enumerate(stream_map.rework)
        ]
        returns = [(loop.source, loop.target) for loop in loops if loop.rate > 0]
        passages = [
            pass_through(scenario, flow, times, loops, budget)
            for scenario in scenarios(flow, returns, budget)
        ]
        return cls(stream_map, flow, known, loops, passages, budget)

    @property
    def likeliest(self) -> Passage:
        return max(self.passages, key=lambda passage: passage.scenario.probability)

    def totals(self) -> Totals:
        return _totals(self.map, self.flow, self.passages, self.likeliest, self.known)


def _mean(passages: Iterable[tuple[Passage, float]]) -> float:
    return sum(passage.scenario.probability * figure for passage, figure in passages)


def _shares(passages: list[Passage]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for passage in passages:
        for step in passage.scenario.steps:
            shares[step] = shares.get(step, 0.0) + passage.scenario.probability
    return {step: min(share, 1.0) for step, share in shares.items()}


def _totals(
    stream_map: ValueStreamMap,
    flow: Flow,
    passages: list[Passage],
    likeliest: Passage,
    known: dict[str, StepTimes],
) -> Totals:
    steps = {step.id: step for step in stream_map.steps}
    shares = _shares(passages)
    reached = [step for step in stream_map.steps if shares.get(step.id)]
    on_path = {step for passage in passages for step in passage.length.path}
    lead_left_out = sum(known[step.id].lead is None for step in reached)
    process_left_out = sum(known[step].process is None or known[step].lead is None
                           for step in on_path)  # fmt: skip
    certain = not lead_left_out and not process_left_out
    lead = _mean((p, p.length.lead) for p in passages)
    process = _mean((p, p.length.process) for p in passages)

    labour = [
        shares[step.id] * (known[step.id].process or 0.0) * step.people
        for step in reached
        if step.people is not None and known[step.id].process is not None
    ]
    wips = [step.wip for step in stream_map.steps if step.wip is not None]
    demand = stream_map.demand.per_hour(stream_map.calendar) if stream_map.demand else None
    wip = sum(wips) if wips else None
    return Totals(
        lead_time=lead,
        process_time=process,
        wait_time=lead - process if certain else None,
        effort=sum(shares[s.id] * (known[s.id].process or 0.0) for s in reached),
        labour=sum(labour) if labour else None,
        activity_ratio=_ratio(passages, lambda p: p.length.process) if certain else None,
        value_adding_ratio=_value_adding(passages, steps, known) if certain else None,
        complete_accurate=_rolled(passages, steps),
        complete_accurate_assessed=sum(step.complete_accurate is not None for step in reached),
        lead_time_left_out=lead_left_out,
        process_time_left_out=process_left_out,
        effort_left_out=sum(known[step.id].process is None for step in reached),
        labour_left_out=len(reached) - len(labour),
        critical_path=likeliest.length.path,
        expected_lead_time=_mean((p, p.chain.lead) for p in passages),
        expected_process_time=_mean((p, p.chain.process) for p in passages),
        lead_time_sd=_mean((p, p.chain.sd) for p in passages),
        first_pass=_mean((p, p.chain.first_pass) for p in passages),
        handoffs=handoffs(flow, steps),
        approvals=sum(step.kind == "approval" for step in stream_map.steps),
        manual_steps=sum(step.automation == "manual" for step in stream_map.steps),
        rework_loops=len(stream_map.rework),
        steps=len(stream_map.steps),
        scenarios=len(passages),
        wip=wip,
        littles_law_lead_time=wip / demand if wip is not None and demand else None,
        takt_time=1 / demand if demand else None,
        constraint=_constraint(stream_map),
    )


def _ratio(passages: list[Passage], part: Callable[[Passage], float]) -> float | None:
    """Return the mean of a part of the process time over the lead time.

    None where a scenario takes no time at all, since nothing over nothing is no figure.
    """
    if any(p.length.lead <= 0 for p in passages):
        return None
    return _mean((p, part(p) / p.length.lead) for p in passages)


def _value_adding(
    passages: list[Passage], steps: dict[str, Step], known: dict[str, StepTimes]
) -> float | None:
    if not any(step.value for step in steps.values()):
        return None
    adding = {step: known[step].process or 0.0 for step, s in steps.items() if s.value == "adding"}
    return _ratio(passages, lambda p: sum(adding.get(step, 0.0) for step in p.length.path))


def _rolled(passages: list[Passage], steps: dict[str, Step]) -> float | None:
    stated = {
        step.id: prod(step.complete_accurate)
        for step in steps.values()
        if step.complete_accurate is not None
    }
    if not any(step in stated for p in passages for step in p.scenario.steps):
        return None
    return _mean(
        (p, prod(stated[step] for step in p.scenario.steps if step in stated)) for p in passages
    )


def handoffs(flow: Flow, steps: dict[str, Step]) -> int:
    """Count the forward edges whose two steps have different owners, both stated."""
    return sum(is_handoff(steps, edge.source, edge.target) for edge in flow.edges)


def is_handoff(steps: dict[str, Step], source: str, target: str) -> bool:
    """Return whether the work changes hands between two steps."""
    if source == START:
        return False
    owners = steps[source].owner, steps[target].owner
    return None not in owners and owners[0] != owners[1]


def _constraint(stream_map: ValueStreamMap) -> str | None:
    """Return the step with the highest demand over capacity: the one with the least capacity.

    Source: Goldratt, The Goal, 1984. Every step faces the same demand.
    """
    capacities = [
        (step.capacity.per_hour(stream_map.calendar), index, step.id)
        for index, step in enumerate(stream_map.steps)
        if step.capacity
    ]
    return min(capacities)[2] if capacities else None


def _steps(
    stream_map: ValueStreamMap, passages: list[Passage], known: dict[str, StepTimes]
) -> tuple[StepMetrics, ...]:
    calendar = stream_map.calendar
    demand = stream_map.demand.per_hour(calendar) if stream_map.demand else None
    shares = _shares(passages)
    visits: dict[str, float] = {}
    slack: dict[str, float] = {}
    critical: set[str] = set()
    for passage in passages:
        critical.update(passage.length.path)
        for step_id, count in passage.visits.items():
            visits[step_id] = visits.get(step_id, 0.0) + passage.scenario.probability * count
        for step_id, hours in passage.slack.items():
            slack[step_id] = min(hours, slack.get(step_id, hours))
    return tuple(
        StepMetrics(
            step.id,
            known[step.id].process,
            known[step.id].wait,
            known[step.id].lead,
            prod(step.complete_accurate) if step.complete_accurate is not None else None,
            visits.get(step.id, 0.0),
            shares.get(step.id, 0.0),
            step.id in critical,
            slack.get(step.id),
            demand / step.capacity.per_hour(calendar) if demand and step.capacity else None,
        )
        for step in stream_map.steps
    )


def _ladder(passage: Passage, known: dict[str, StepTimes]) -> TimeLadder:
    path = passage.length.path
    waits = {
        (edge.source, edge.target): edge.wait_hours
        for step in path
        for edge in passage.scenario.edges[step]
    }
    rungs = []
    for index, step in enumerate(path):
        on_the_way = waits.get((path[index - 1], step), 0.0) if index else 0.0
        own = known[step].wait
        wait = None if own is None else own + on_the_way
        rungs.append(Rung(step, wait, known[step].process))
    return TimeLadder(
        tuple(rungs), passage.length.lead, passage.length.process, passage.scenario.probability
    )
