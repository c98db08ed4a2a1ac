"""Two versions of a map as one: what the head has, and what only the base had beside it.

The union is a map with metrics of its own, so that it is laid out and drawn like any other.
Steps, edges and loops that were removed come after those of the head; where nothing was
removed the union is the head, and so has the very layout of the head's own picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heapify, heappop, heappush

from vsmdocs.analysis.diff.matching import match_steps
from vsmdocs.analysis.gap import Measured
from vsmdocs.model.flow import START, Edge, Flow
from vsmdocs.model.metrics import StepMetrics, StreamMetrics
from vsmdocs.model.stream import Rework, Step, ValueStreamMap
from vsmdocs.rendering.picture.drawing import END, Pair
from vsmdocs.rendering.picture.marks import Change

_Rank = tuple[int, int, int]


@dataclass(frozen=True)
class Union:
    """Two versions as one map; steps go by the head's ids."""

    base: Measured
    head: Measured
    map: ValueStreamMap
    metrics: StreamMetrics
    names: Mapping[str, str]
    """By the id in the base, the id here."""
    left_out: tuple[Edge, ...]
    """Removed edges that would close a circle, and so are not drawn."""
    loops_before: tuple[Rework | None, ...]
    """By loop of the union, what it was in the base; ids are the union's."""

    @cached_property
    def removed(self) -> frozenset[str]:
        """Steps that only the base has."""
        return frozenset(step.id for step in self.map.steps[len(self.head[0].steps) :])

    @cached_property
    def steps_before(self) -> dict[str, tuple[Step, StepMetrics]]:
        """By id here, the step as it was in the base, with its figures."""
        figures = {row.id: row for row in self.base[1].steps}
        return {self.names[step.id]: (step, figures[step.id]) for step in self.base[0].steps}

    @cached_property
    def edges_before(self) -> dict[Pair, Edge | None]:
        """The base's ways by their ends here; None for those from the trigger and to the end."""
        return _ways(self.base[1].flow, self.names)

    @cached_property
    def edges_now(self) -> dict[Pair, Edge | None]:
        """The same of the head."""
        return _ways(self.head[1].flow, {})

    def change_of(self, pair: Pair) -> Change | None:
        """Return what became of a way; None where it stayed or has but other words on it."""
        if pair not in self.edges_now:
            return "removed"
        return None if pair in self.edges_before else "added"


def unite(base: Measured, head: Measured) -> Union:
    """Return the union of two versions."""
    stream_map, metrics = head
    names = _names(base[0], stream_map)
    own = {step.id for step in stream_map.steps}
    ghosts = {step.id: names[step.id] for step in base[0].steps if names[step.id] not in own}
    loops, loops_before = _loops(base[0], stream_map, names)
    now = _ways(metrics.flow, {})
    shift = len(metrics.flow.choices)
    gone = [
        edge
        for edge in _moved(base[1].flow, names, shift)
        if (edge.source, edge.target) not in now
        # A step that was first and is not any more has its new way in; the old one says nothing.
        and (edge.source != START or edge.target not in own)
    ]
    left_out: tuple[Edge, ...] = ()
    if ghosts or gone:
        flow, left_out = _flow(base[1].flow, metrics.flow, ghosts, names, gone)
        rows = [_ghost(row, ghosts[row.id]) for row in base[1].steps if row.id in ghosts]
        metrics = replace(metrics, steps=(*metrics.steps, *rows), flow=flow)
    if ghosts or len(loops) > len(stream_map.rework):
        steps = [_renamed(step, ghosts[step.id]) for step in base[0].steps if step.id in ghosts]
        more = {"steps": (*stream_map.steps, *steps), "rework": loops}
        stream_map = stream_map.model_copy(update=more)
    return Union(base, head, stream_map, metrics, names, left_out, loops_before)


def _names(base: ValueStreamMap, head: ValueStreamMap) -> dict[str, str]:
    matched = match_steps(base, head)
    own = {step.id for step in head.steps}
    return {
        # A space is in no id, so a step that gave its id to another has one that nobody has.
        step.id: matched.get(step.id) or (f"{step.id} removed" if step.id in own else step.id)
        for step in base.steps
    }


def _renamed(step: Step, name: str) -> Step:
    return step if step.id == name else step.model_copy(update={"id": name})


def _ghost(row: StepMetrics, name: str) -> StepMetrics:
    return replace(row, id=name, on_critical_path=False)


def _ways(flow: Flow, names: Mapping[str, str]) -> dict[Pair, Edge | None]:
    ways: dict[Pair, Edge | None] = {(START, names.get(s, s)): None for s in flow.starts}
    for edge in flow.edges:
        ways[names.get(edge.source, edge.source), names.get(edge.target, edge.target)] = edge
    ways.update({(names.get(s, s), END): None for s in flow.order if not flow.outgoing[s]})
    return ways


def _moved(flow: Flow, names: Mapping[str, str], shift: int) -> Iterable[Edge]:
    """Yield a base's edges between the steps of the union, in the order of its flow."""
    for step in (START, *flow.order):
        for edge in flow.outgoing[step]:
            choice = None if edge.choice is None else edge.choice + shift
            yield Edge(
                names.get(step, step), names[edge.target], edge.wait_hours, edge.kind,
                edge.label, choice, edge.option,
            )  # fmt: skip


def _loops(
    base: ValueStreamMap, head: ValueStreamMap, names: Mapping[str, str]
) -> tuple[tuple[Rework, ...], tuple[Rework | None, ...]]:
    """Return the loops of both, and by loop what it was; those removed come last."""
    before: dict[Pair, list[Rework]] = {}
    for loop in base.rework:
        before.setdefault((names[loop.source], names[loop.target]), []).append(loop)
    was: list[Rework | None] = []
    for loop in head.rework:
        same = before.get((loop.source, loop.target))
        was.append(same.pop(0) if same else None)
    gone = [
        loop.model_copy(update={"source": source, "target": target})
        for (source, target), loops in before.items()
        for loop in loops
    ]
    return (*head.rework, *gone), (*was, *gone)


def _flow(
    base: Flow,
    head: Flow,
    ghosts: Mapping[str, str],
    names: Mapping[str, str],
    gone: list[Edge],
) -> tuple[Flow, tuple[Edge, ...]]:
    """Return the flow of both, and the removed edges that would make a circle of it.

    What leaves a step is what left it in its own version, so that the ends stay the ends.
    """
    ranks = _ranks(base, head, names, ghosts)
    order, circle = _sorted(ranks, [*head.edges, *gone])
    left_out: list[Edge] = []
    if circle:
        kept: list[Edge] = []
        for edge in gone:
            # Only an edge inside can close a circle, and one that goes forward never does.
            inside = edge.source in circle and edge.target in circle
            closes = inside and ranks[edge.source] >= ranks[edge.target]
            (left_out if closes else kept).append(edge)
        gone = kept
        order, _ = _sorted(ranks, [*head.edges, *gone])
    outgoing = dict(head.outgoing)
    outgoing.update({name: base.outgoing[step] for step, name in ghosts.items()})
    flow = Flow(
        (*head.steps, *ghosts.values()),
        [*head.edges, *gone],
        [*head.choices, *base.choices],
        order,
        outgoing,
        (*head.starts, *(ghosts[step] for step in base.starts if step in ghosts)),
    )
    return flow, tuple(left_out)


def _ranks(
    base: Flow, head: Flow, names: Mapping[str, str], ghosts: Mapping[str, str]
) -> dict[str, _Rank]:
    """Return an order of all steps: the head's, each removed one after what led to it."""
    ranks: dict[str, _Rank] = {step: (place, 0, 0) for place, step in enumerate(head.order)}
    before: dict[str, list[str]] = {}
    for edge in base.edges:
        if edge.source != START:
            before.setdefault(edge.target, []).append(names[edge.source])
    for place, step in enumerate(base.order):
        if step in ghosts:
            last = max((ranks[name] for name in before.get(step, ())), default=(-1, 0, 0))
            ranks[ghosts[step]] = (last[0], last[1] + 1, place)
    return ranks


def _sorted(ranks: Mapping[str, _Rank], edges: Iterable[Edge]) -> tuple[tuple[str, ...], set[str]]:
    """Return a topological order, and the steps that have none because they are in a circle."""
    pending = dict.fromkeys(ranks, 0)
    following = dict.fromkeys(ranks, 0)
    outgoing: dict[str, list[str]] = {}
    incoming: dict[str, list[str]] = {}
    for edge in edges:
        if edge.source != START:
            pending[edge.target] += 1
            following[edge.source] += 1
            outgoing.setdefault(edge.source, []).append(edge.target)
            incoming.setdefault(edge.target, []).append(edge.source)
    order = _peel(ranks, pending, outgoing)
    circle = set(ranks).difference(order)
    # What only follows a circle is not in it.
    circle.difference_update(_peel(ranks, following, incoming) if circle else ())
    return order, circle


def _peel(
    ranks: Mapping[str, _Rank], waiting: dict[str, int], leading: Mapping[str, list[str]]
) -> tuple[str, ...]:
    """Take away, lowest rank first, whatever waits for nothing more."""
    ready = [(ranks[step], step) for step, count in waiting.items() if not count]
    heapify(ready)
    order = []
    while ready:
        _, step = heappop(ready)
        order.append(step)
        for target in leading.get(step, ()):
            waiting[target] -= 1
            if not waiting[target]:
                heappush(ready, (ranks[target], target))
    return tuple(order)
