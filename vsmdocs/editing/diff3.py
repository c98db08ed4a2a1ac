"""Three-way merge of sequences: what one side changed and the other did not is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_PAIRS = 10_000_000
"""Of items that are compared; beyond, everything between equal ends counts as changed."""
OURS, ENDS, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"


@dataclass(frozen=True, slots=True)
class Merged3:
    """What came of a merge, twice: as either side would have it where both changed the same."""

    ours: list[str]
    theirs: list[str]

    @property
    def clean(self) -> bool:
        """Whether the two are one."""
        return self.ours == self.theirs


def merge3(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Merged3:
    """Merge two changes of one sequence, as diff3 does."""
    merged = Merged3([], [])
    at = (0, 0, 0)
    for start, one, other, length in _unchanged(base, ours, theirs):
        old = list(base[at[0] : start])
        a, b = list(ours[at[1] : one]), list(theirs[at[2] : other])
        if a == b or b == old:
            both = (a, a)
        elif a == old:
            both = (b, b)
        else:
            both = (a, b)
        same = list(base[start : start + length])
        merged.ours.extend([*both[0], *same])
        merged.theirs.extend([*both[1], *same])
        at = (start + length, one + length, other + length)
    return merged


def _unchanged(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches that are in all three, and an empty one at the end."""
    one, other = _matches(base, ours), _matches(base, theirs)
    i = j = 0
    while i < len(one) and j < len(other):
        (a, a_at, a_length), (b, b_at, b_length) = one[i], other[j]
        start, end = max(a, b), min(a + a_length, b + b_length)
        if start < end:
            yield start, a_at + start - a, b_at + start - b, end - start
        if a + a_length < b + b_length:
            i += 1
        else:
            j += 1
    yield len(base), len(ours), len(theirs), 0


def _matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return what two sequences have in common, as places in both and a length."""
    shorter = min(len(one), len(other))
    head = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    left = shorter - head
    tail = next((n for n in range(left) if one[-1 - n] != other[-1 - n]), left)
    middle = (one[head : len(one) - tail], other[head : len(other) - tail])
    found = [(0, 0, head)]
    if len(middle[0]) * len(middle[1]) <= _MOST_PAIRS:
        blocks = SequenceMatcher(None, *middle).get_matching_blocks()
        found += [(head + a, head + b, length) for a, b, length in blocks if length]
    found.append((len(one) - tail, len(other) - tail, tail))
    return [match for match in found if match[2]]


def with_markers(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return lines with both variants where two texts differ, between git's markers."""
    lines: list[str] = []
    at = (0, 0)
    for one, other, length in [*_matches(ours, theirs), (len(ours), len(theirs), 0)]:
        a, b = ours[at[0] : one], theirs[at[1] : other]
        if a or b:
            lines += [OURS, *a, ENDS, *b, THEIRS]
        lines += ours[one : one + length]
        at = (one + length, other + length)
    return lines
