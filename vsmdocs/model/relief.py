"""How much shorter a parallel block gets when something in it takes less time.

Whatever goes through a block crosses every cut of its topological order exactly once, by a
step or an edge. So the longest way *around* a step or an edge is the longest among the
others that cross the place where it begins, and the block is then as long as the longer of
that and the shortened way through it.
"""

from __future__ import annotations

from heapq import heappop, heappush

from vsmdocs.model.flow import Edge
from vsmdocs.model.sections import Section, Times
from vsmdocs.model.times import TOLERANCE_HOURS


class Relief:
    """The slack of everything in a block, and the longest way around what has none."""

    def __init__(self, section: Section, times: Times) -> None:
        self._whole = section.length.lead
        self._around: dict[str | tuple[str, str], float] = {}
        spans = _spans(section, times)
        self._sweep(spans, 2 * len(section.steps) + 2)

    def _sweep(self, spans: list[tuple[int, int, float, str | tuple[str, str]]], cuts: int) -> None:
        beginning: list[list[int]] = [[] for _ in range(cuts)]
        for number, span in enumerate(spans):
            beginning[span[0]].append(number)
        crossing: list[tuple[float, int]] = []
        for cut, numbers in enumerate(beginning):
            for number in numbers:
                heappush(crossing, (-spans[number][2], number))
            for number in numbers:
                _, _, through, name = spans[number]
                if through < self._whole - TOLERANCE_HOURS:
                    continue
                kept = []
                others = 0.0
                while crossing:
                    length, other = crossing[0]
                    if spans[other][1] > cut and other != number:
                        others = -length
                        break
                    heappop(crossing)
                    if spans[other][1] > cut:
                        kept.append((length, other))
                for entry in kept:
                    heappush(crossing, entry)
                self._around[name] = others

    def gain(self, name: str | tuple[str, str], hours: float) -> float:
        """Return by how many hours the block shortens if a step or an edge takes `hours` less."""
        around = self._around.get(name)
        if around is None:
            return 0.0
        return max(min(hours, self._whole - around), 0.0)


def _spans(section: Section, times: Times) -> list[tuple[int, int, float, str | tuple[str, str]]]:
    """Return first cut, end, longest way through and name of every step and edge."""
    place = {step: 2 * index + 1 for index, step in enumerate(section.steps)}
    end = 2 * len(section.steps) + 1
    arrival = dict.fromkeys(section.steps, 0.0)
    rest = dict.fromkeys(section.steps, 0.0)
    outgoing: dict[str, list[Edge]] = {step: [] for step in section.steps}
    for edge in section.edges:
        if edge.source in place:
            outgoing[edge.source].append(edge)
        elif edge.target in place:
            arrival[edge.target] = edge.wait_hours
    for step in section.steps:
        done = arrival[step] + times[step][0]
        for edge in outgoing[step]:
            if edge.target in place:
                arrival[edge.target] = max(arrival[edge.target], done + edge.wait_hours)
    for step in reversed(section.steps):
        rest[step] = times[step][0] + max(
            (edge.wait_hours + rest.get(edge.target, 0.0) for edge in outgoing[step]), default=0.0
        )
    spans: list[tuple[int, int, float, str | tuple[str, str]]] = []
    for step in section.steps:
        at = place[step]
        spans.append((at, at + 1, arrival[step] + rest[step], step))
        if not outgoing[step]:
            spans.append((at + 1, end, arrival[step] + times[step][0], (step, "")))
    spans += [(0, place[step], rest[step], ("", step)) for step in section.entries]
    for edge in section.edges:
        begin = place[edge.source] + 1 if edge.source in place else 0
        before = arrival[edge.source] + times[edge.source][0] if begin else 0.0
        through = before + edge.wait_hours + rest.get(edge.target, 0.0)
        spans.append((begin, place.get(edge.target, end), through, (edge.source, edge.target)))
    return spans
