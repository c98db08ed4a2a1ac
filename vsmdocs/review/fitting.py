"""What fits into a comment: parts of a text of which whole rows are left out at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A list or table with what stands above and below it."""

    share: float
    """Which part of the room it may fill while others want room too; all of them make 1."""
    rows: tuple[str, ...]
    """The more important first."""
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    left_out: int = 0
    """Rows that nobody has."""


def fit(parts: Sequence[Part], room: int) -> str:
    """Return the parts as one text of at most `room` characters, each cut by whole rows.

    First every part gets its share, then what is left over goes to the first that wants it.
    """
    parts = [part for part in parts if part.rows or part.left_out or part.head]
    taken = [0] * len(parts)
    free = room - sum(length(_written(part, 0)) for part in parts)
    budgets = [int(free * part.share) for part in parts]
    for index, budget in enumerate(budgets):
        free -= _take(parts, taken, index, budget)
    for index in range(len(parts)):
        free -= _take(parts, taken, index, free)
    return "".join(_written(part, count) for part, count in zip(parts, taken, strict=True))


def length(text: str) -> int:
    """Return how long a text is for those who count a sign beyond the first 65,536 as two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _take(parts: Sequence[Part], taken: list[int], index: int, budget: int) -> int:
    """Add rows to a part while they fit; return what they fill."""
    used = 0
    for row in parts[index].rows[taken[index] :]:
        size = length(row) + 1
        if used + size > budget:
            break
        used += size
        taken[index] += 1
    return used


def _written(part: Part, count: int) -> str:
    """Return a part with its first rows; without any, as if the line about more stood there."""
    more = len(part.rows) - count + part.left_out
    lines = [*part.head, *part.rows[:count]]
    if more:
        lines += ["", f"… and {more:,} more."] if count else [f"… and {more:,} more."]
    return "\n".join([*lines, *part.tail, ""]) + "\n" if lines else ""
