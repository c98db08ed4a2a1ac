"""The forward flow as a graph: edges, choices, scenarios and a topological order.

An alternative is a choice. Every combination of choices that an item can meet is a
`Scenario` with a probability; within one, the flow is a plain acyclic graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heapify, heappop, heappush

from vsmdocs.errors import CalculationError
from vsmdocs.model.budget import Budget
from vsmdocs.model.flow_text import Group, parse_line
from vsmdocs.model.stream import FlowEdge, ValueStreamMap
from vsmdocs.model.units import Calendar

START = ""
"""The virtual node before the first steps; a choice among first steps begins there."""
MOST_SCENARIOS = 1_024
SHARED = 128
"""Structures that are remembered: hardly a stream changes its own from version to version."""
MOST_SHARED_STEPS = 40
"""A larger map is compiled each time, lest what is remembered take much memory."""
_USUAL = Calendar()
FlowItems = tuple[str | FlowEdge, ...]
"""A map's flow as it was written."""


@dataclass(slots=True)
class Edge:
    """One forward move from a step to the next."""

    source: str
    target: str
    wait_hours: float = 0.0
    kind: str | None = None
    label: str | None = None
    choice: int | None = None
    """Which choice it belongs to, by index into `Flow.choices`."""
    option: int = 0
    where: tuple[str | int, ...] = ()
    """Path of keys to what declared it."""
    offset: int = 0
    annotated: bool = False
    """Whether a long form gave it its wait, kind or label."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A point where an item takes one of several ways."""

    shares: tuple[float, ...]
    sources: tuple[str, ...]


@dataclass(slots=True)
class Flow:
    """The compiled forward flow of a map."""

    steps: tuple[str, ...]
    edges: list[Edge] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    order: tuple[str, ...] = ()
    """Steps in topological order; ties as listed. Shorter than `steps` if there is a circle."""
    outgoing: dict[str, list[Edge]] = field(default_factory=dict)
    starts: tuple[str, ...] = ()
    """Steps that nothing leads to."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One combination of choices: what is active in it, in topological order."""

    probability: float
    steps: tuple[str, ...]
    starts: tuple[str, ...]
    edges: dict[str, tuple[Edge, ...]]
    """Outgoing edges by step, also of steps that only rework leads to."""


def build_flow(stream_map: ValueStreamMap) -> Flow:
    """Compile the flow of a map whose lines parse; a default flow is the list of steps.

    Edges keep the first place that declares them; a long form adds its wait, kind and label
    to an edge that a line has already drawn. References and circles are not judged here.

    Maps of one structure share their flow: it is for reading alone.
    """
    steps = tuple(step.id for step in stream_map.steps)
    return flow_of(steps, stream_map.flow, stream_map.calendar)


def flow_of(steps: tuple[str, ...], items: FlowItems | None, calendar: Calendar = _USUAL) -> Flow:
    """Compile a flow as `build_flow` does, of its steps' ids and its lines."""
    build = _build_once if len(steps) <= MOST_SHARED_STEPS else _build
    return build(steps, items, calendar)


def _build(steps: tuple[str, ...], items: FlowItems | None, calendar: Calendar) -> Flow:
    flow = Flow(steps)
    edges: dict[tuple[str, str], Edge] = {}
    if items is None:
        for index in range(len(steps) - 1):
            source, target = steps[index], steps[index + 1]
            edges[source, target] = Edge(source, target, where=("steps", index + 1, "id"))
    else:
        for number, item in enumerate(items):
            where = ("flow", number)
            if isinstance(item, FlowEdge):
                edge = edges.setdefault(
                    (item.source, item.target), Edge(item.source, item.target, where=where)
                )
                edge.wait_hours = item.wait.hours(calendar) if item.wait else 0.0
                edge.kind, edge.label, edge.annotated = item.kind, item.label, True
            else:
                _add_chain(flow, edges, parse_line(item), where)
    flow.edges = list(edges.values())
    _finish(flow)
    return flow


_build_once = lru_cache(maxsize=SHARED)(_build)


def _add_chain(
    flow: Flow,
    edges: dict[tuple[str, str], Edge],
    groups: tuple[Group, ...],
    where: tuple[str | int, ...],
) -> None:
    before: tuple[str, ...] = ()
    for position, group in enumerate(groups):
        sources = before if position else ((START,) if group.is_choice else ())
        choice = None
        if group.is_choice:
            choice = len(flow.choices)
            flow.choices.append(Choice(tuple(m.share or 0.0 for m in group.mentions), sources))
        for source in sources:
            for option, mention in enumerate(group.mentions):
                edge = edges.setdefault(
                    (source, mention.id),
                    Edge(source, mention.id, where=where, offset=mention.offset),
                )
                if choice is not None:
                    edge.choice, edge.option = choice, option
        before = tuple(mention.id for mention in group.mentions)


def _finish(flow: Flow) -> None:
    flow.outgoing = {step: [] for step in (START, *flow.steps)}
    pending = dict.fromkeys(flow.steps, 0)
    for edge in flow.edges:
        if edge.target in pending and edge.source in flow.outgoing:
            flow.outgoing[edge.source].append(edge)
            if edge.source != START:
                pending[edge.target] += 1
    gated = {edge.target for edge in flow.outgoing[START]}
    flow.starts = tuple(s for s in flow.steps if not pending[s] and s not in gated)
    # Always the first listed step that is ready: a stable order, near to how it was written.
    rank = {step: index for index, step in enumerate(flow.steps)}
    ready = [rank[step] for step in flow.steps if not pending[step]]
    heapify(ready)
    order: list[str] = []
    while ready:
        step = flow.steps[heappop(ready)]
        order.append(step)
        for edge in flow.outgoing[step]:
            pending[edge.target] -= 1
            if not pending[edge.target]:
                heappush(ready, rank[edge.target])
    flow.order = tuple(order)


def scenarios(
    flow: Flow, returns: Iterable[tuple[str, str]] = (), budget: Budget | None = None
) -> Iterator[Scenario]:
    """Yield every combination of choices that items meet, likeliest options first.

    Parameters
    ----------
    returns
        Rework as pairs of steps: ways on which an item may meet a choice besides forward flow.

    Raises
    ------
    CalculationError
        When there are more than `MOST_SCENARIOS`, or `budget` is spent.
    """
    loops = tuple(returns)
    budget = budget or Budget()
    pending: list[tuple[float, dict[int, int]]] = [(1.0, {})]
    count = 0
    while pending:
        probability, chosen = pending.pop()
        open_choice, active, starts, edges = _reach(flow, chosen, loops, budget)
        if open_choice is None:
            count += 1
            yield Scenario(probability, active, starts, edges)
        else:
            shares = flow.choices[open_choice].shares
            ways = sorted(range(len(shares)), key=lambda way: (shares[way], -way))
            pending.extend(
                (probability * shares[way], {**chosen, open_choice: way})
                for way in ways
                if shares[way] > 0
            )
        if count + len(pending) > MOST_SCENARIOS:
            raise CalculationError(
                "too-many-scenarios",
                f"the alternatives make more than {MOST_SCENARIOS:,} combinations",
                "join alternatives that do not change the figures, or split the map",
                ("flow",),
            )


_Reached = tuple[int | None, tuple[str, ...], tuple[str, ...], dict[str, tuple[Edge, ...]]]


def _reach(
    flow: Flow, chosen: dict[int, int], loops: tuple[tuple[str, str], ...], budget: Budget
) -> _Reached:
    """Follow the choices made so far; return the first open one, or what is active."""
    if not flow.choices:
        return None, flow.order, flow.starts, {s: tuple(flow.outgoing[s]) for s in flow.steps}

    def taken(step: str) -> list[Edge]:
        return [
            edge
            for edge in flow.outgoing[step]
            if edge.choice is None or chosen.get(edge.choice) == edge.option
        ]

    def undecided(step: str) -> int | None:
        for edge in flow.outgoing[step]:
            if edge.choice is not None and edge.choice not in chosen:
                return edge.choice
        return None

    if (first := undecided(START)) is not None:
        return first, (), (), {}
    starts = (*flow.starts, *(edge.target for edge in taken(START)))
    starts = tuple(step for step in flow.order if step in starts)
    forward: set[str] = set(starts)
    touched: set[str] = set(starts)
    edges: dict[str, tuple[Edge, ...]] = {}
    # Rework may lead to steps outside the scenario; repeat until nothing more is touched.
    while True:
        size = len(touched)
        budget.spend(len(flow.order) + len(loops) // 2)
        for step in flow.order:
            if step in touched and step not in edges:
                if (first := undecided(step)) is not None:
                    return first, (), (), {}
                edges[step] = tuple(taken(step))
                for edge in edges[step]:
                    touched.add(edge.target)
                    if step in forward:
                        forward.add(edge.target)
        touched.update(target for source, target in loops if source in touched)
        if len(touched) == size:
            break
    return None, tuple(s for s in flow.order if s in forward), starts, edges
