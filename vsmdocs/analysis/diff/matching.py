"""Which step of one map is which of another, also where its id was changed.

An id that both maps have is the same step. What is left is compared by name, numbers, place
and owner, and the most alike go together first. Nothing in it depends on which map comes
first, so that the way back gives the inverse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vsmdocs.model.flow import Flow, build_flow
from vsmdocs.model.stream import Step, ValueStreamMap
from vsmdocs.model.units import Calendar, Estimate, Rate

MOST_PAIRS = 10_000
"""Pairs that are compared in full; beyond that only steps of one name can be the same."""
_NAME, _NUMBERS, _PLACE, _OWNER = 45, 25, 12, 18
_OTHER_KIND = 15
_ENOUGH = 55
"""Out of 100. A name alone is not enough, and neither are numbers and place without an owner."""
_NUMBER_FIELDS = (
    "process_time", "wait_time", "lead_time", "complete_accurate",
    "people", "wip", "batch_size", "capacity",
)  # fmt: skip
_DIGITS = re.compile(r"[0-9]+")
_START, _END = "<", ">"


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a step is compared, worked out once."""

    id: str
    names: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    """Of the name and of the id: its pairs of letters, and the numbers in it."""
    kind: str
    owner: str | None
    numbers: dict[str, object]
    around: frozenset[tuple[str, str]]
    """Neighbours in the flow that both maps have, before or after it."""
    position: float


def match_steps(base: ValueStreamMap, head: ValueStreamMap) -> dict[str, str]:
    """Return the id in `head` of every step of `base` that is still there, in base's order."""
    theirs = {step.id for step in head.steps}
    matched = {step.id: step.id for step in base.steps if step.id in theirs}
    if len(matched) in (len(base.steps), len(head.steps)):
        return matched
    found = dict(_alike(base, head, matched))
    return {
        step.id: found.get(step.id, step.id)
        for step in base.steps
        if step.id in found or step.id in matched
    }


def _alike(
    base: ValueStreamMap, head: ValueStreamMap, shared: dict[str, str]
) -> Iterator[tuple[str, str]]:
    scored = []
    for one, other in _candidates(_traits(base, shared), _traits(head, shared)):
        likeness = _likeness(one, other)
        if likeness >= _ENOUGH:
            scored.append((-likeness, sorted((one.id, other.id)), one.id, other.id))
    taken: set[str] = set()
    for _, _, one_id, other_id in sorted(scored):
        if one_id not in taken and other_id not in taken:
            taken.update((one_id, other_id))
            yield one_id, other_id


def _candidates(ours: list[_Traits], theirs: list[_Traits]) -> Iterable[tuple[_Traits, _Traits]]:
    if len(ours) * len(theirs) <= MOST_PAIRS:
        return [(one, other) for one in ours for other in theirs]
    counts = [Counter(traits.names[0] for traits in side) for side in (ours, theirs)]
    by_name = {traits.names[0]: traits for traits in theirs}
    return [
        (one, by_name[name])
        for one in ours
        if counts[0][name := one.names[0]] == 1 == counts[1][name]
    ]


def _traits(stream_map: ValueStreamMap, shared: dict[str, str]) -> list[_Traits]:
    around = _neighbours(build_flow(stream_map), shared)
    return [
        _Traits(
            step.id,
            (_letters(step.title), _letters(step.id)),
            step.kind,
            step.owner.casefold() if step.owner else None,
            dict(_numbers(step, stream_map.calendar)),
            frozenset(around[step.id]),
            index / len(stream_map.steps),
        )
        for index, step in enumerate(stream_map.steps)
        if step.id not in shared
    ]


def _neighbours(flow: Flow, shared: dict[str, str]) -> dict[str, set[tuple[str, str]]]:
    around: dict[str, set[tuple[str, str]]] = {step: set() for step in flow.steps}
    pending = set(flow.steps)
    for edge in flow.edges:
        if edge.target in shared and edge.source:
            around[edge.source].add((_END, edge.target))
        if edge.source in shared:
            around[edge.target].add((_START, edge.source))
        if edge.source:
            pending.discard(edge.target)
    for step in flow.steps:
        if step in pending:
            around[step].add((_START, ""))
        if not flow.outgoing[step]:
            around[step].add((_END, ""))
    return around


def _letters(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
    padded = f" {words} "
    pairs = frozenset(padded[index : index + 2] for index in range(len(padded) - 1))
    return pairs, tuple(_DIGITS.findall(words))


def _numbers(step: Step, calendar: Calendar) -> Iterator[tuple[str, object]]:
    for field in _NUMBER_FIELDS:
        value = getattr(step, field)
        if isinstance(value, Estimate):
            yield field, round(value.hours(calendar), 6)
        elif isinstance(value, Rate):
            yield field, round(value.per_hour(calendar), 9)
        elif value is not None:
            yield field, value


def _likeness(one: _Traits, other: _Traits) -> int:
    """Return from 0 to 100 how alike two steps are, whichever is named first."""
    name = max(_name_likeness(*pair) for pair in zip(one.names, other.names, strict=True))
    stated = one.numbers.keys() | other.numbers.keys()
    same = sum(one.numbers.get(field) == other.numbers.get(field) for field in stated)
    # One number that is the same says little, and no numbers say nothing either way.
    numbers = same / max(len(stated), 2) if stated else 0.5
    either = one.around | other.around
    place = (
        len(one.around & other.around) / len(either)
        if either
        else 1 - abs(one.position - other.position)
    )
    owner = 0.5 if one.owner is None or other.owner is None else float(one.owner == other.owner)
    score = _NAME * name + _NUMBERS * numbers + _PLACE * place + _OWNER * owner
    return round(score) - (_OTHER_KIND if one.kind != other.kind else 0)


def _name_likeness(
    one: tuple[frozenset[str], tuple[str, ...]], other: tuple[frozenset[str], tuple[str, ...]]
) -> float:
    """Return the Dice coefficient of two names' pairs of letters.

    Numbers tell apart what is otherwise named alike: `process-1` is not `process-2`.

    Source: Dice, Measures of the Amount of Ecologic Association Between Species, 1945.
    """
    likeness = 2 * len(one[0] & other[0]) / (len(one[0]) + len(other[0]))
    return likeness if one[1] == other[1] else likeness / 2
