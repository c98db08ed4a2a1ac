"""What a rework chain is made of: stages, the loops that leave them, and how likely each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NO_EXIT = 1e-12
"""Less than this chance of going on is none: it is what rounding leaves of 0."""
MOST_VISITS = 1e9
"""An item that comes by more often is never finished for any practical purpose."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A rework loop as the chain sees it."""

    index: int
    """Position in the map's list of rework."""
    rate: float
    to: int
    """Stage that it leads to."""
    wait: float
    passes: int | None
    rank: int
    """How early its target comes in the flow; of several loops at once the earliest wins."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A section with its lead and process hours, what comes next, and what goes back."""

    lead: float
    process: float
    next: int | None
    wait_after: float
    loops: tuple[tuple[Loop, ...], ...]
    """Loops by the step that they leave: those of one step exclude each other."""


@dataclass(frozen=True, slots=True)
class ChainResult:
    """Expected figures of one item that enters at stage 0."""

    visits: tuple[float, ...]
    """By stage."""
    moves: tuple[float, ...]
    """By stage, how often an item goes on from it rather than back."""
    lead: float
    process: float
    sd: float
    """Standard deviation of the lead time that comes from looping, in hours."""
    first_pass: float


Chances = Sequence[tuple[Loop, float]]


def chances(groups: Sequence[Sequence[Loop]], used: Mapping[int, int]) -> list[tuple[Loop, float]]:
    """Return which loop sends the item back from a stage, and how likely.

    The steps of a block fail independently of each other, and the loop that goes back
    furthest decides; so a loop wins when no loop of another step that goes further fires.

    Parameters
    ----------
    used
        Rounds that the item has gone already, by loop; only loops with `passes` are counted.
    """
    live = [
        (loop, number)
        for number, group in enumerate(groups)
        for loop in group
        if loop.rate > 0 and (loop.passes is None or used.get(loop.index, 0) < loop.passes)
    ]
    if len(groups) == 1:
        return [(loop, loop.rate) for loop, _ in live]
    live.sort(key=lambda entry: (entry[0].rank, entry[1]))
    fired = [0.0] * len(groups)
    # The product of what is left of every step's chance to fire nothing so far; zeros apart.
    quiet, silenced = 1.0, 0
    found: list[tuple[Loop, float]] = []
    for loop, number in live:
        before = _rest(fired[number])
        others = 0.0 if silenced > (before == 0.0) else quiet / (before or 1.0)
        if others > 0:
            found.append((loop, loop.rate * others))
        fired[number] += loop.rate
        after = _rest(fired[number])
        if before > 0:
            quiet = quiet / before * (after or 1.0)
            silenced += after == 0.0
    return found


def _rest(fired: float) -> float:
    rest = 1.0 - fired
    return rest if rest > NO_EXIT else 0.0


def first_pass(stages: Sequence[Stage]) -> float:
    """Return the share of items that meet no loop on the way from stage 0 to the end."""
    share = 1.0
    index: int | None = 0
    while index is not None:
        stage = stages[index]
        if stage.loops:
            share *= max(1.0 - sum(chance for _, chance in chances(stage.loops, {})), 0.0)
        index = stage.next
    return share
