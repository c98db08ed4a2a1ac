"""The numbers that a map states: each with what it means, however it is written."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.model.stream import Evidence, Step, ValueStreamMap
from vsmdocs.model.units import Calendar, Estimate, Rate

STEP_NUMBERS = (
    "process_time", "wait_time", "lead_time", "complete_accurate", "people", "wip", "batch_size",
    "capacity",
)  # fmt: skip
MAP = ""
"""Stands for the map itself where a step's id would stand."""
Place = tuple[str, str]
"""A step's id, `from -> to` of a loop or an edge, or `MAP`; and the name of the number."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number that somebody wrote down."""

    place: Place
    text: str
    """As it reads: times and rates as they were written."""
    meaning: tuple[float, ...]
    """Hours, items an hour, fractions or a count: equal where two say the same."""
    evidence: Evidence | None = None


def numbers(stream_map: ValueStreamMap) -> dict[Place, Number]:
    """Return every number of a map by its place, in the order of the file."""
    calendar = stream_map.calendar
    found: dict[Place, Number] = {}

    def add(name: str, field: str, value: object, evidence: Evidence | None = None) -> None:
        if value is not None:
            text, meaning = _read(value, calendar)
            found[name, field] = Number((name, field), text, meaning, evidence)

    add(MAP, "demand", stream_map.demand)
    for step in stream_map.steps:
        for field in STEP_NUMBERS:
            add(step.id, field, getattr(step, field), _evidence(step, field))
    for edge in stream_map.flow or ():
        if not isinstance(edge, str):
            add(f"{edge.source} -> {edge.target}", "wait", edge.wait)
    for loop in stream_map.rework:
        name = f"{loop.source} -> {loop.target}"
        add(name, "rate", (loop.rate,))
        add(name, "passes", loop.passes)
        add(name, "wait", loop.wait)
    return found


def _evidence(step: Step, field: str) -> Evidence | None:
    stated = step.evidence or {}
    return stated.get(field) or stated.get("all")


def _read(value: object, calendar: Calendar) -> tuple[str, tuple[float, ...]]:
    if isinstance(value, Estimate):
        hours = tuple(round(point.hours(calendar), 9) for point in value.points)
        # 2h..2h is 2h.
        return value.text, hours if len(set(hours)) > 1 else hours[:1]
    if isinstance(value, Rate):
        return value.text, (round(value.per_hour(calendar), 12),)
    if isinstance(value, tuple):
        shares = tuple(round(float(share), 12) for share in value)
        return ", ".join(f"{share * 100:.6g}%" for share in shares), shares
    if isinstance(value, int):
        return str(value), (float(value),)
    raise TypeError(f"{type(value).__name__} is no number of a map")
