"""The flow of a map as ways from step to step, which can be compared, edited and written again.

However the lines of a flow are written, the same ways mean the same flow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from vsmdocs.analysis.diff.meaning import Calendars, same_time
from vsmdocs.model.flow import START, Flow, build_flow
from vsmdocs.model.stream import EdgeKind, FlowEdge, FlowItem, ValueStreamMap
from vsmdocs.model.units import Estimate

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fork:
    """Alternatives with their shares, and the steps that they follow."""

    sources: tuple[str, ...]
    """In alphabetical order, as are the options."""
    options: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, sources: Iterable[str], options: Mapping[str, float]) -> Fork:
        """Return the fork, whatever order it is written in."""
        return cls(tuple(sorted(sources)), tuple(sorted(options.items())))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The ways that belong to it."""
        return tuple((source, option) for source in self.sources for option, _ in self.options)


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a step to the next."""

    source: str
    """`START` where the flow begins with alternatives."""
    target: str
    wait: Estimate | None = None
    kind: EdgeKind | None = None
    label: str | None = None
    fork: Fork | None = None

    @property
    def pair(self) -> Pair:
        """Its two ends."""
        return self.source, self.target


Wiring = Mapping[Pair, Way]


@dataclass(frozen=True, slots=True)
class FlowEdit:
    """What a change does to the flow, way by way; a way that alters is in both."""

    dropped: tuple[Way, ...] = ()
    drawn: tuple[Way, ...] = ()

    @classmethod
    def between(cls, before: Wiring, after: Wiring) -> FlowEdit:
        """Return the edit that makes one flow the other."""
        return cls(
            tuple(way for pair, way in before.items() if after.get(pair) != way),
            tuple(way for pair, way in after.items() if before.get(pair) != way),
        )

    def inverse(self) -> FlowEdit:
        """Return the edit that takes this one back."""
        return FlowEdit(self.drawn, self.dropped)

    def apply(self, wiring: Wiring) -> dict[Pair, Way]:
        """Return the flow after the edit."""
        dropped = {way.pair for way in self.dropped}
        edited = {pair: way for pair, way in wiring.items() if pair not in dropped}
        edited.update((way.pair, way) for way in self.drawn)
        return edited


def wiring_of(stream_map: ValueStreamMap, flow: Flow | None = None) -> dict[Pair, Way]:
    """Return the ways of a map, in the order in which they are first drawn.

    `flow` is the compiled flow of the same map, where there is one already.
    """
    flow = flow or build_flow(stream_map)
    written = {
        (item.source, item.target): item
        for item in stream_map.flow or ()
        if isinstance(item, FlowEdge)
    }
    options: list[dict[str, float]] = [{} for _ in flow.choices]
    for edge in flow.edges:
        if edge.choice is not None:
            options[edge.choice][edge.target] = flow.choices[edge.choice].shares[edge.option]
    forks = [Fork.of(choice.sources, options[i]) for i, choice in enumerate(flow.choices)]
    found = {}
    for edge in flow.edges:
        pair = edge.source, edge.target
        fork = None if edge.choice is None else forks[edge.choice]
        if (item := written.get(pair)) is None:
            found[pair] = Way(*pair, fork=fork)
        else:
            wait = item.wait if edge.wait_hours else None
            found[pair] = Way(*pair, wait, item.kind, item.label, fork)
    return found


def flow_items(wiring: Wiring, steps: Iterable[str]) -> tuple[FlowItem, ...]:
    """Return lines of a flow that mean `wiring`; a step that nothing leads to has its own."""
    items: list[FlowItem] = []
    forks: set[Fork] = set()
    touched: set[str] = set()
    for way in wiring.values():
        touched.update(way.pair)
        if way.fork is not None and way.fork not in forks:
            forks.add(way.fork)
            items.append(_fork_line(way.fork))
        if way.wait is not None or way.kind is not None or way.label is not None:
            items.append(
                FlowEdge.model_construct(
                    source=way.source,
                    target=way.target,
                    wait=way.wait,
                    kind=way.kind,
                    label=way.label,
                )
            )
        elif way.fork is None:
            items.append(f"{way.source} -> {way.target}")
    items.extend(step for step in steps if step not in touched)
    return tuple(items)


def _fork_line(fork: Fork) -> str:
    shares = ", ".join(f"{step} {share_text(share)}%" for step, share in fork.options)
    if fork.sources == (START,):
        return f"[{shares}]"
    before = ", ".join(fork.sources)
    return f"[{before}] -> [{shares}]" if len(fork.sources) > 1 else f"{before} -> [{shares}]"


def share_text(share: float) -> str:
    """Return the percentage of a share with as many decimals as a flow line can have."""
    return f"{share * 100:.6f}".rstrip("0").rstrip(".")


def renamed(wiring: Wiring, names: Mapping[str, str]) -> dict[Pair, Way]:
    """Return the same flow between steps of other names."""
    found = {}
    for way in wiring.values():
        fork = way.fork and Fork.of(
            (names.get(source, source) for source in way.fork.sources),
            {names.get(option, option): share for option, share in way.fork.options},
        )
        source, target = names.get(way.source, way.source), names.get(way.target, way.target)
        found[source, target] = replace(way, source=source, target=target, fork=fork)
    return found


def as_written(wiring: Wiring, like: Wiring, calendars: Calendars) -> dict[Pair, Way]:
    """Return `wiring` with the ways of `like` wherever they mean the same."""
    return {
        pair: other
        if (other := like.get(pair)) is not None and _same_way(way, other, calendars)
        else way
        for pair, way in wiring.items()
    }


def _same_way(one: Way, other: Way, calendars: Calendars) -> bool:
    if one == other:
        return True
    return replace(one, wait=other.wait) == other and same_time(one.wait, other.wait, calendars)
