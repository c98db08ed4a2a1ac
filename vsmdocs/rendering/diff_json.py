"""The difference between two maps for other programs: hours, fractions and null."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import BaseModel

from vsmdocs.analysis.diff import (
    FIGURES,
    Effect,
    Fork,
    MapDiff,
    Place,
    PlacedStep,
    Times,
    Way,
)
from vsmdocs.model.stream import TIME_METRICS
from vsmdocs.model.units import Calendar, Duration, Estimate, Rate, RelativeChange
from vsmdocs.rendering.diff_sentence import headline, note_pieces
from vsmdocs.rendering.diff_words import Words
from vsmdocs.rendering.metrics_json import dump, tidy, totals_document

_SPANS = (Estimate, Duration)
_TIME_FIELDS = ("wait", "effort", *TIME_METRICS)


def diff_json(found: MapDiff) -> str:
    """Return the difference as one JSON object, with a line feed at its end."""
    return dump(diff_document(found))


def diff_document(found: MapDiff) -> dict[str, Any]:
    """Return the difference as plain values, in a fixed order of keys."""
    stream_map = found.head or found.base
    words = Words.of(found)
    return {
        "stream": stream_map.stream if stream_map else None,
        "state": stream_map.state if stream_map else None,
        "variant": stream_map.variant if stream_map else None,
        "headline": headline(found),
        "new": found.base is None,
        "removed": found.head is None,
        "totals": {
            "before": _totals(found, before=True),
            "after": _totals(found, before=False),
        },
        "effect": _effect(found.effect),
        "changes": [_change(found, index, words) for index in range(len(found.changes))],
    }


def _totals(found: MapDiff, *, before: bool) -> dict[str, Any] | None:
    metrics = found.base_metrics if before else found.head_metrics
    return None if metrics is None else totals_document(metrics.totals)


def _change(found: MapDiff, index: int, words: Words) -> dict[str, Any]:
    change = found.changes[index]
    before, after = words.calendars
    note = "".join(piece.text for piece in note_pieces(found, index, words))
    return {
        "kind": change.kind,
        "step": change.step,
        "to": change.to,
        "improvement": change.improvement,
        "field": None if change.field is None else _name(change.field),
        "before": _field(change.field, change.before, before),
        "after": _field(change.field, change.after, after),
        "effect": _effect(change.effect),
        "note": note or None,
    }


def _effect(effect: Effect | None) -> dict[str, float | None] | None:
    if effect is None:
        return None
    return {_name(key): tidy(getattr(effect, key)) for key in FIGURES}


def _name(key: str, value: Any = None) -> str:
    """Return the name of a key as the format has it, which says where its value is hours."""
    key = {"source": "from", "target": "to"}.get(key, key)
    # Of a time there are hours, and of its evidence none.
    timed = key in _TIME_FIELDS and not isinstance(value, BaseModel)
    return f"{key}_hours" if timed or isinstance(value, _SPANS) else key


def _value(value: Any, calendar: Calendar) -> Any:
    """Return a value of the model as a plain one."""
    if isinstance(value, _SPANS):
        return tidy(value.hours(calendar))
    if isinstance(value, (Rate, RelativeChange)):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PlacedStep):
        return {**_members(dict(value.step), calendar), "after": value.place.after}
    if isinstance(value, Place):
        return {"after": value.after}
    if isinstance(value, Way):
        share = dict(value.fork.options)[value.target] if value.fork is not None else None
        ways = {key: getattr(value, key) for key in ("source", "target", "wait", "kind", "label")}
        return _members({**ways, "share": share}, calendar)
    if isinstance(value, Fork):
        return {"from": list(value.sources), "shares": _members(dict(value.options), calendar)}
    if isinstance(value, BaseModel):
        return _members(dict(value), calendar)
    if isinstance(value, Times):
        hours = value.hours
        times = {"process_time": hours.process, "wait_time": hours.wait, "lead_time": hours.lead}
        return _members(times, calendar)
    if isinstance(value, Calendar):
        return _members(asdict(value), calendar)
    if isinstance(value, Mapping):
        return _members(value, calendar)
    if isinstance(value, tuple):
        return [_value(item, calendar) for item in value]
    return tidy(value)


def _members(values: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {_name(key, value): _field(key, value, calendar) for key, value in values.items()}


def _field(key: str | None, value: Any, calendar: Calendar) -> Any:
    """Return the value of a key; of a single receiver the percentage stands alone."""
    # Evidence bears the same name where it is told number by number.
    if key == "complete_accurate" and isinstance(value, tuple) and len(value) == 1:
        return tidy(value[0])
    return _value(value, calendar)
