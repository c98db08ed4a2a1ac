"""One value of a map before and after a change, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from vsmdocs.model.stream import StepChange, Target
from vsmdocs.model.units import Calendar, Duration, Estimate, Rate
from vsmdocs.rendering.pages.figures import LABELS, calendar_text, format_metric, number_name
from vsmdocs.rendering.quantities import UNKNOWN, format_hours, format_percent

_LONGEST = 80
_UNKNOWN_AT_FIRST = (
    "process_time", "wait_time", "lead_time", "complete_accurate",
    "people", "wip", "batch_size", "capacity", "demand",
)  # fmt: skip


class Piece(NamedTuple):
    """A part of a sentence."""

    text: str
    said: bool = False
    """Whether people wrote it into a map, so that it may hold anything."""


def said(text: str) -> Piece:
    """Return what people wrote on one line, cut where it is very long."""
    line = " ".join(text.split())
    return Piece(line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…", True)


def join(pieces: list[Piece], between: str) -> list[Piece]:
    """Return the pieces with the same words between each two."""
    found: list[Piece] = []
    for piece in pieces:
        found += [Piece(between), piece] if found else [piece]
    return found


def shown_pair(
    field: str, values: tuple[Any, Any], calendars: tuple[Calendar, Calendar]
) -> tuple[Piece, Piece]:
    """Return a value before and after; as they are written where the words are the same."""
    before = shown_value(field, values[0], calendars[0])
    after = shown_value(field, values[1], calendars[1])
    if before == after and all(isinstance(value, Estimate) for value in values):
        return Piece(values[0].text), Piece(values[1].text)
    return before, after


def shown_value(field: str, value: Any, calendar: Calendar) -> Piece:
    """Return one value in words."""
    if value is None or value in ((), {}):
        return Piece(UNKNOWN if field in _UNKNOWN_AT_FIRST else "none")
    if isinstance(value, str):
        return said(value)
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return said(", ".join(value))
    if field == "evidence":
        return said(_evidence(value))
    if field == "change":
        return said(", ".join(_step_change(change) for change in value))
    return Piece(_ours(field, value, calendar))


def _ours(field: str, value: Any, calendar: Calendar) -> str:
    if isinstance(value, Estimate):
        mean = format_hours(value.hours(calendar), calendar)
        return mean if len(value.points) == 1 else f"{value.text} (mean {mean})"
    if isinstance(value, Duration):
        return format_hours(value.hours(calendar), calendar)
    if isinstance(value, Rate):
        return value.text
    if isinstance(value, Calendar):
        return calendar_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format_percent(value)
    if isinstance(value, Mapping):
        return ", ".join(_bound(metric, figure, calendar) for metric, figure in value.items())
    if isinstance(value, tuple):
        return ", ".join(_item(item, calendar) for item in value)
    return str(value)


def _item(item: Any, calendar: Calendar) -> str:
    if isinstance(item, float):
        return format_percent(item)
    return _target(item, calendar)


def _step_change(change: StepChange) -> str:
    return f"{change.step}: {number_name(change.field)} {change.value}"


def _target(target: Target, calendar: Calendar) -> str:
    bound, words = (
        (target.at_least, "at least") if target.at_most is None else (target.at_most, "at most")
    )
    when = f" by {target.by.isoformat()}" if target.by else ""
    return f"{_bound(target.metric, bound, calendar, words)}{when}"


def _bound(metric: str, value: Any, calendar: Calendar, words: str = "") -> str:
    hours = value.hours(calendar) if isinstance(value, Estimate) else value
    return " ".join(
        part for part in (LABELS[metric][1], words, format_metric(metric, hours, calendar))
        if part
    )  # fmt: skip


def _evidence(value: Mapping[str, Any]) -> str:
    parts = []
    for number, known in value.items():
        about = "" if number == "all" else f"{number_name(number)} "
        source = f" from {known.source}" if known.source else ""
        when = f" on {known.on.isoformat()}" if known.on else ""
        parts.append(f"{about}{known.grade}{source}{when}")
    return ", ".join(parts)
