"""The flow while steps come and go one by one, so that each takes its own ways with it.

Where a step goes, its neighbours join up, if the head has them so; where one comes, they
part. What the two flows then still differ in is rewiring. Not every flow in between can be
written as a map, such as alternatives whose shares no longer sum to 100 %; that is said by
None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vsmdocs.analysis.diff.wiring import FlowEdit, Fork, Pair, Way, Wiring
from vsmdocs.model.flow import START


class Weave:
    """Two flows, and what lies between them."""

    def __init__(
        self, base: Wiring, head: Wiring, removed: Sequence[str], added: Sequence[str]
    ) -> None:
        self.base, self.head = base, head
        self.removed, self.added = removed, added
        self._fewer = list(_shrink(base, removed))
        """The base without the first so many of the removed steps."""
        self._more = list(_shrink(head, added[::-1]))[::-1]
        """The head with the first so many of the added steps."""

    def at(self, gone: int, come: int) -> Wiring | None:
        """Return the flow with so many steps removed and so many added already."""
        last = gone == len(self.removed) and come == len(self.added)
        ours, theirs = self._fewer[gone], self._more[come]
        common = self._more[0]
        found: dict[Pair, Way] | None = None
        if ours is not None and theirs is not None and common is not None:
            found = self._blend(
                ours, theirs, common, set(self.removed[gone:]), set(self.added[:come])
            )
        # Where the ways of single steps cannot be told apart, the last brings all of the rest.
        return self.head if found is None and last else found

    def _blend(
        self,
        ours: Wiring,
        theirs: Wiring,
        common: Wiring,
        to_go: set[str],
        here: set[str],
    ) -> dict[Pair, Way] | None:
        found: dict[Pair, Way] = {}
        for pair, way in ours.items():
            if pair[0] in to_go or pair[1] in to_go:
                found[pair] = way
            elif pair in self.base:
                if pair not in common or pair in theirs:
                    found[pair] = way
            elif pair in theirs:
                # Neighbours join up only where the head joins them, by a way or over new steps.
                found[pair] = self.head.get(pair, way)
        for pair, way in theirs.items():
            if pair[0] in here or pair[1] in here:
                found[pair] = way
        whole = all(
            all((other := found.get(pair)) and other.fork == way.fork for pair in way.fork.pairs)
            for way in found.values()
            if way.fork is not None
        )
        return found if whole else None


def _shrink(wiring: Wiring, steps: Sequence[str]) -> Iterator[Wiring | None]:
    left: Wiring | None = wiring
    yield left
    for step in steps:
        left = without(left, step) if left is not None else None
        yield left


def without(wiring: Wiring, step: str) -> dict[Pair, Way] | None:
    """Return the flow with the neighbours of a step joined up in its place.

    None where alternatives meet at the step in a way that leaves no shares to write.
    """
    before = [way for way in wiring.values() if way.target == step]
    after = [way for way in wiring.values() if way.source == step]
    found = {pair: way for pair, way in wiring.items() if step not in pair}
    arriving = {way.fork for way in before if way.fork is not None}
    leaving = {way.fork for way in after if way.fork is not None}
    if arriving and (leaving or len(after) != 1):
        return None
    sources = [way.source for way in before if way.fork is None]
    joins: list[Way] = [
        Way(source, way.target) for source in sources for way in after if way.fork is None
    ]
    for fork in arriving:
        options = dict(fork.options)
        target, share = after[0].target, options.pop(step)
        options[target] = options.get(target, 0.0) + share
        if fork.sources == (START,) and len(options) == 1:
            return None
        joins += _refork(found, fork, Fork.of(fork.sources, options))
    for fork in leaving:
        starts = [source for source in fork.sources if source != step]
        starts += sources or ([] if starts else [START])
        joins += _refork(found, fork, Fork.of(dict.fromkeys(starts), dict(fork.options)))
    for way in joins:
        if way.pair in found and (way.fork is not None or found[way.pair].fork is not None):
            return None
        found.setdefault(way.pair, way)
    return found


def _refork(found: dict[Pair, Way], old: Fork, new: Fork) -> list[Way]:
    """Give the ways of a fork that stay its new form, and return those that it gains."""
    kept = {way.pair: way for way in found.values() if way.fork == old}
    fork = new if len(new.options) > 1 else None
    for pair, way in kept.items():
        found[pair] = replace(way, fork=fork)
    return [Way(*pair, fork=fork) for pair in new.pairs if pair not in kept]


def rewirings(before: Wiring, after: Wiring, steps: Sequence[str]) -> Iterator[FlowEdit]:
    """Yield edits that give `before` the ways and forks of `after`, between the same steps.

    Ways that share a step or a fork are one edit. Where only a share, a wait, an arrow or a
    label differs, nothing is rewired.
    """
    dropped = [way for way in before.values() if _differs(way, after)]
    drawn = [way for way in after.values() if _differs(way, before)]
    group: dict[str, str] = {}

    def root(step: str) -> str:
        while (above := group.setdefault(step, step)) != step:
            step = above
        return step

    for way in (*dropped, *drawn):
        for pair in (way.pair, *(way.fork.pairs if way.fork is not None else ())):
            for name in pair:
                if name != START:
                    group[root(name)] = root(way.target)
    place = {step: index for index, step in enumerate((START, *steps))}
    found: dict[str, tuple[list[Way], list[Way]]] = {}
    for way in sorted((*dropped, *drawn), key=lambda way: (place[way.source], place[way.target])):
        found.setdefault(root(way.target), ([], []))
    for side, ways in enumerate((dropped, drawn)):
        for way in ways:
            found[root(way.target)][side].append(way)
    for without_way, with_way in found.values():
        yield FlowEdit(tuple(without_way), tuple(with_way))


def _differs(way: Way, other: Wiring) -> bool:
    same = other.get(way.pair)
    return same is None or _shape(same.fork) != _shape(way.fork)


def _shape(fork: Fork | None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    if fork is None:
        return None
    return fork.sources, tuple(option for option, _ in fork.options)
