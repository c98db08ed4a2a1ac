"""Who said each number of a map, and since when: the last change of what it means.

A number that is written in another unit, or moves to another line, is still the same number,
and so is one whose step was given another id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from vsmdocs.analysis.numbers import Number, Place, numbers
from vsmdocs.model.snapshot import Revision
from vsmdocs.model.stream import ValueStreamMap


@dataclass(frozen=True, slots=True)
class Blame:
    """One number of a map as it stands, and who said it."""

    number: Number
    revision: Revision | None
    """The commit since which it is so; None for what was not committed yet."""
    before: str | None
    """What it was before; None where the number is as old as its step."""

    @property
    def said_on(self) -> date | None:
        """The day on which it was last said: of its evidence, else of its commit."""
        evidence = self.number.evidence
        if evidence is not None and evidence.on is not None:
            return evidence.on
        return self.revision.committed_at.date() if self.revision else None


def find_blame(
    versions: Iterable[tuple[Revision | None, ValueStreamMap]],
    known: Mapping[Place, Blame] | None = None,
    last: ValueStreamMap | None = None,
) -> dict[Place, Blame]:
    """Return who said each number of the newest version; `versions` come oldest first.

    `known` is who said those of the version before all of them, `last`.
    """
    known = dict(known or {})
    for revision, stream_map in versions:
        if stream_map is last:
            continue
        found = numbers(stream_map)
        old = known if last is None else _moved(known, last, stream_map)
        known = {place: _next(number, old.get(place), revision) for place, number in found.items()}
        last = stream_map
    return known


def _next(number: Number, old: Blame | None, revision: Revision | None) -> Blame:
    if old is None:
        return Blame(number, revision, None)
    if old.number.meaning == number.meaning:
        return replace(old, number=number)
    return Blame(number, revision, old.number.text)


def _moved(
    known: dict[Place, Blame], base: ValueStreamMap, head: ValueStreamMap
) -> dict[Place, Blame]:
    """Return what is known under the ids that steps have now."""
    if {step.id for step in base.steps} == {step.id for step in head.steps}:
        return known
    # Only now: maps whose steps keep their ids need nothing of what compares maps.
    from vsmdocs.analysis.diff import match_steps

    names = match_steps(base, head)

    def renamed(name: str) -> str:
        return " -> ".join(names.get(part, part) for part in name.split(" -> "))

    return {(renamed(name), field): blame for (name, field), blame in known.items()}


class TooOld(NamedTuple):
    """Why a number is stale."""

    since: date | None
    """When it was due for review; None where it is only old."""
    days: int
    """How old it is."""


def too_old(
    blame: Blame, review_by: date | None, today: date, most_days: int | None = None
) -> TooOld | None:
    """Return why a number is stale; None where it is not.

    A number is stale when the day on which the map was due for review is over and it was not
    said again since, or when it is older than `most_days` days.
    """
    said = blame.said_on
    if said is None:
        return None
    age = (today - said).days
    if review_by is not None and said < review_by < today:
        return TooOld(review_by, age)
    return TooOld(None, age) if most_days is not None and age > most_days else None


def stale(blame: Blame, review_by: date | None, today: date, most_days: int | None = None) -> str:
    """Return in words why a number is too old, or nothing: for findings, which are in English."""
    why = too_old(blame, review_by, today, most_days)
    if why is None:
        return ""
    return f"due for review since {why.since}" if why.since else f"{why.days:,} days old"


def stale_places(
    blames: Mapping[Place, Blame], stream_map: ValueStreamMap, today: date, most_days: int | None
) -> dict[Place, str]:
    """Return which numbers of a map are too old, and why."""
    told = {
        place: stale(blame, stream_map.review_by, today, most_days)
        for place, blame in blames.items()
    }
    return {place: why for place, why in told.items() if why}
