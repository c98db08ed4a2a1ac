"""The order of steps in two maps: which of them moved, and in which order changes are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def file_order(base: Sequence[str], head: Sequence[str]) -> list[str]:
    """Return the steps of both: as the head lists them, and what is gone where it was."""
    here = set(head)
    gone: dict[str, list[str]] = {}
    before = ""
    for step in base:
        if step in here:
            before = step
        else:
            gone.setdefault(before, []).append(step)
    merged = gone.get("", [])
    for step in head:
        merged += [step, *gone.get(step, ())]
    return merged


def moved_steps(base: Sequence[str], head: Sequence[str], names: Mapping[str, str]) -> set[str]:
    """Return the fewest steps whose moves explain the order of the head.

    Of several ways to explain it the choice does not depend on which map comes first.

    Parameters
    ----------
    names
        What a step is called in the base where that is not what it is called in the head.
    """
    ours, theirs = set(base), set(head)
    before = [step for step in base if step in theirs]
    after = [step for step in head if step in ours]
    start, end = 0, len(before)
    while start < end and before[start] == after[start]:
        start += 1
    while start < end and before[end - 1] == after[end - 1]:
        end -= 1
    before, after = before[start:end], after[start:end]
    place = {step: index for index, step in enumerate(after)}
    by_name = sorted(after, key=lambda step: sorted((step, names.get(step, step))))
    weight = {step: 1 << index for index, step in enumerate(by_name)}
    # The longest chain in the order of both; of equally long ones the heaviest, which is one.
    best: list[tuple[int, int, int]] = []
    for index, step in enumerate(before):
        chain = max(
            (
                (best[earlier][0], best[earlier][1], earlier)
                for earlier in range(index)
                if place[before[earlier]] < place[step]
            ),
            default=(0, 0, -1),
        )
        best.append((chain[0] + 1, chain[1] + weight[step], chain[2]))
    moved = set(before)
    index = max(range(len(best)), key=lambda index: best[index][:2], default=-1)
    while index >= 0:
        moved.discard(before[index])
        index = best[index][2]
    return moved
