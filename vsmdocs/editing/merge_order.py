"""In which order the entries of two changed lists stand, when they are one again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """Names in the order of a merged list."""

    names: list[str]
    both_moved: bool
    """Whether either side has an order of its own; `names` then follows the preferred one."""


def merge_order(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    kept: Collection[str],
    *,
    prefer_theirs: bool,
    free: bool = False,
) -> Order:
    """Order the names that are `kept`, each of which is in `ours` or in `theirs`.

    Whoever changed the order of what was there before has it; what is new follows what it
    followed. The outcome does not depend on which side is ours, unless the order is `free`,
    which means that it says nothing: then ours stays.
    """
    shared = set(ours) & set(theirs) & set(kept)
    one = [name for name in ours if name in shared]
    other = [name for name in theirs if name in shared]
    was = [name for name in base if name in shared]
    known = set(was)
    moved = [[name for name in side if name in known] != was for side in (one, other)]
    both_moved = False
    if one == other or free:
        spine = one
    elif moved[0] != moved[1]:
        spine = one if moved[0] else other
    elif not moved[0]:
        spine = min(one, other)
    else:
        spine, both_moved = (other if prefer_theirs else one), True
    runs = [_runs(side, kept, set(spine)) for side in (ours, theirs)]
    names: list[str] = []
    for anchor in (None, *spine):
        names += [] if anchor is None else [anchor]
        first, second = sorted(run.get(anchor, []) for run in runs)
        names += [*first, *(name for name in second if name not in first)]
    return Order(names, both_moved)


def _runs(
    side: Sequence[str], kept: Collection[str], spine: Collection[str]
) -> dict[str | None, list[str]]:
    """Return what only one side has, by the shared name that it follows."""
    runs: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for name in side:
        if name in spine:
            anchor = name
        elif name in kept:
            runs.setdefault(anchor, []).append(name)
    return runs
