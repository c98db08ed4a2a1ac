"""Which known word a slip of the hand was meant to be, where only one can have been meant."""

from __future__ import annotations

from collections.abc import Iterable


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word that `word` is but for its case, its hyphens, or one slip.

    A slip is a letter too many, one missing, a wrong one, or two that changed places; words
    of nine letters or more may have two. Where two known words come into question, none does.
    """
    plain = {_plain(name): name for name in known}
    given = _plain(word[:80])
    if given in plain:
        return plain[given]
    if len(given) < 4:
        return None
    distances = sorted((_slips(given, name), original) for name, original in plain.items())
    most = 2 if len(given) >= 9 else 1
    near = [original for distance, original in distances if distance <= most]
    return near[0] if len(near) == 1 else None


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")


def _slips(one: str, other: str) -> int:
    """Return the optimal string alignment distance (Damerau, 1964) of two words."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
