"""The JSON Schema of what `vsmdocs metrics -f json` prints: a map, or a stream of them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args, get_type_hints

from vsmdocs.model.metrics import Totals
from vsmdocs.model.stream import RATIO_METRICS, STATES, TIME_METRICS, StepKind
from vsmdocs.model.terms import TERMS
from vsmdocs.schemas.output_texts import STEP, STUCK, TOTALS
from vsmdocs.schemas.shapes import Schema, ref

_SUFFIXED = (*TIME_METRICS, "littles_law_lead_time")
_MEANINGS = {term.key: term.definition for term in TERMS if term.key}
ID = {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"}


def metrics_schema() -> Schema:
    """Return the schema of the figures, without `$schema` and `$id`."""
    return {
        "title": "Figures of a value stream map",
        "description": (
            "What `vsmdocs metrics -f json` prints of a map or, by its name, of a whole stream. "
            "Times are working hours, ratios go from 0 to 1, and null is unknown."
        ),
        "anyOf": [ref("map"), ref("stream")],
        "$defs": {
            "map": _map(),
            "stream": closed(
                {
                    "stream": {"description": "The stream's short name.", "type": "string"},
                    "maps": {
                        "description": "The figures of its states.",
                        "type": "array",
                        "items": ref("map"),
                    },
                },
                "All states of a stream.",
            ),
            **figure_definitions(),
        },
    }


def figure_definitions() -> dict[str, Schema]:
    """Return the parts that other schemas need too."""
    return {"totals": _totals()}


def closed(properties: dict[str, Schema], description: str = "") -> Schema:
    """Return the shape of an object that has these keys, all of them and no others."""
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def identity() -> dict[str, Schema]:
    """Return the keys that say which map it is."""
    return {
        "stream": {"description": "Which value stream.", **ID},
        "state": {"description": "Which state of it.", "enum": list(STATES)},
        "variant": {
            "description": "Which of several future states; null where there is one.",
            **ID,
            "type": ["string", "null"],
        },
    }


def _map() -> Schema:
    return closed(
        {
            **identity(),
            "title": {"description": "What the map is called.", "type": "string"},
            "calendar": closed(
                {
                    "hours_per_day": _above(0, "Working hours in a day.", 24),
                    "days_per_week": _above(0, "Working days in a week.", 7),
                },
                "Working time, on which all hours are reckoned.",
            ),
            "totals": ref("totals"),
            "steps": _rows(STEP, _STEP_KINDS, "A row for every step, in the map's order."),
            "stuck": _rows(
                STUCK, _STUCK_KINDS, "Where value gets stuck; the largest gain comes first."
            ),
        },
        "One map.",
    )


def _above(least: int, description: str, most: int) -> Schema:
    kind = {"type": "number", "exclusiveMinimum": least, "maximum": most}
    return {"description": description, **kind}


def _totals() -> Schema:
    hints = get_type_hints(Totals)
    properties = {}
    for field in fields(Totals):
        name = f"{field.name}_hours" if field.name in _SUFFIXED else field.name
        meaning = TOTALS.get(field.name) or _MEANINGS[field.name]
        properties[name] = {"description": meaning, **_figure(hints[field.name], field.name)}
    return closed(properties, "The figures of the whole map.")


def _figure(hint: Any, name: str) -> Schema:
    """Return the shape of a figure; only a difference of times may be off 0 by a rounding."""
    parts = get_args(hint) or (hint,)
    nothing = ["null"] if type(None) in parts else []
    if name == "critical_path":
        return {"type": "array", "items": ID}
    if str in parts:
        return {**ID, "type": ["string", *nothing]}
    return {
        "type": ["integer" if int in parts else "number", *nothing],
        **({"minimum": 0} if name != "wait_time" else {}),
        **({"maximum": 1} if name in RATIO_METRICS else {}),
    }


_HOURS: Schema = {"type": ["number", "null"], "minimum": 0}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_STEP_KINDS: dict[str, Schema] = {
    "id": ID,
    "name": {"type": "string"},
    "owner": {"type": ["string", "null"]},
    "kind": {"enum": list(get_args(StepKind))},
    "complete_accurate": _SHARE,
    "visits": {"type": "number", "minimum": 0},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "on_critical_path": {"type": "boolean"},
    "slack_hours": {"type": ["number", "null"]},
}
_STUCK_KINDS: dict[str, Schema] = {
    "kind": {"enum": ["wait", "step", "loop"]},
    "step": ID,
    "to": {**ID, "type": ["string", "null"]},
    "gain_hours": {"type": ["number", "null"]},
    "share": {"type": ["number", "null"]},
}


def _rows(texts: dict[str, str], kinds: dict[str, Schema], description: str) -> Schema:
    row = {key: {"description": text, **kinds.get(key, _HOURS)} for key, text in texts.items()}
    return {"description": description, "type": "array", "items": closed(row)}
