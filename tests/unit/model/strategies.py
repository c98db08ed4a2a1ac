"""Random valid maps, with their graph beside them for the slow calculations to work from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from vsmdocs.model.stream import ValueStreamMap


def make(steps: Sequence[Mapping[str, Any]] | str, **keys: Any) -> ValueStreamMap:
    """Return a map; `"a b"` as steps gives an hour of work to each."""
    if isinstance(steps, str):
        steps = [{"id": name, "process_time": "1h"} for name in steps.split()]
    return ValueStreamMap.model_validate({"title": "t", "stream": "s", "steps": steps, **keys})


@dataclass
class Loop:
    source: str
    target: str
    rate: Fraction
    wait: int
    passes: int | None


@dataclass
class Drawn:
    """A map's graph in plain values; hours are whole."""

    process: dict[str, int]
    wait: dict[str, int]
    edges: dict[tuple[str, str], int] = field(default_factory=dict)
    choices: list[tuple[str, list[tuple[str, Fraction]]]] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    """As listed, which is a topological order too."""

    def data(self) -> dict[str, Any]:
        """Return the keys of the map."""
        chosen = {(source, target) for source, ways in self.choices for target, _ in ways}
        flow: list[Any] = [
            f"{source} -> [{', '.join(f'{target} {int(share * 100)}%' for target, share in ways)}]"
            for source, ways in self.choices
        ]
        for (source, target), wait in self.edges.items():
            if wait:
                flow.append({"from": source, "to": target, "wait": f"{wait}h"})
            elif (source, target) not in chosen:
                flow.append(f"{source} -> {target}")
        touched = {step for edge in self.edges for step in edge}
        flow += [step for step in self.order if step not in touched]
        return {
            "title": "t",
            "stream": "s",
            "steps": [
                {"id": s, "process_time": f"{self.process[s]}h", "wait_time": f"{self.wait[s]}h"}
                for s in self.order
            ],
            "flow": flow,
            "rework": [
                {
                    "from": loop.source,
                    "to": loop.target,
                    "rate": f"{int(loop.rate * 100)}%",
                    "wait": f"{loop.wait}h",
                    **({"passes": str(loop.passes)} if loop.passes else {}),
                }
                for loop in self.loops
            ],
        }

    def map(self) -> ValueStreamMap:
        return ValueStreamMap.model_validate(self.data())


@st.composite
def drawn_maps(
    draw: st.DrawFn,
    *,
    most_steps: int = 7,
    alternatives: bool = True,
    loops: int = 3,
    passes: bool = True,
    chain: bool = False,
) -> Drawn:
    """Draw a chain, or any acyclic graph with choices; rework goes to any step not after."""
    size = draw(st.integers(1, most_steps))
    names = [f"s{number}" for number in range(size)]
    hours = st.integers(0, 9)
    drawn = Drawn(
        {name: draw(hours) for name in names}, {name: draw(hours) for name in names}, order=names
    )
    if chain:
        pairs = {(number - 1, number) for number in range(1, size)}
    else:
        pairs = set()
        for target in range(1, size):
            # Mostly from the steps just before, so that blocks and chains come about.
            sources = draw(st.sets(st.integers(max(0, target - 3), target - 1), max_size=2))
            pairs |= {(source, target) for source in sources}
    for source, target in sorted(pairs):
        drawn.edges[names[source], names[target]] = draw(st.sampled_from((0, 0, 0, 2, 5, 20)))
    if alternatives:
        _draw_choices(draw, drawn)
    for _ in range(draw(st.integers(0, loops))):
        _draw_loop(draw, drawn, passes)
    return drawn


def _draw_choices(draw: st.DrawFn, drawn: Drawn) -> None:
    for source in drawn.order:
        targets = [target for one, target in drawn.edges if one == source]
        if len(targets) < 2 or not draw(st.booleans()):
            continue
        percents = []
        left = 100
        for _ in targets[1:]:
            percents.append(draw(st.integers(0, left)))
            left -= percents[-1]
        ways = zip(targets, [*percents, left], strict=True)
        drawn.choices.append((source, [(target, Fraction(p, 100)) for target, p in ways]))


def _draw_loop(draw: st.DrawFn, drawn: Drawn, passes: bool) -> None:
    source = draw(st.integers(0, len(drawn.order) - 1))
    target = draw(st.integers(0, source))
    pair = drawn.order[source], drawn.order[target]
    spent = sum(int(loop.rate * 100) for loop in drawn.loops if loop.source == pair[0])
    if spent >= 60 or any((loop.source, loop.target) == pair for loop in drawn.loops):
        return
    rate = Fraction(draw(st.integers(0, 60 - spent)), 100)
    limit = draw(st.sampled_from((None, None, 1, 2))) if passes else None
    drawn.loops.append(Loop(*pair, rate, draw(st.sampled_from((0, 0, 3))), limit))
