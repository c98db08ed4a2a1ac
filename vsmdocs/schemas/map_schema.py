"""The JSON Schema of a map's frontmatter, made from the models that read it."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from vsmdocs.model.stream import (
    CHANGEABLE,
    EVIDENCE_NUMBERS,
    METRICS,
    MOST_STEPS,
    RATIO_METRICS,
    TIME_METRICS,
    Evidence,
    FlowEdge,
    Improvement,
    Rework,
    Step,
    Target,
    ValueStreamMap,
)
from vsmdocs.schemas.map_texts import CALENDAR, PARTS
from vsmdocs.schemas.shapes import (
    DEFINITIONS,
    ESTIMATE,
    NUMBER,
    PERCENT,
    RELATIVE,
    SHAPES,
    Schema,
    ref,
)

_MODELS: dict[type[BaseModel], tuple[str, str]] = {
    Step: ("step", "One step of the stream, its times, quality and people."),
    Evidence: ("evidence", "How well a number is known, where it comes from and when that was."),
    FlowEdge: ("way", "One way from a step to the next, in the long form."),
    Rework: ("rework", "After `from`, a share of the items goes back to `to`."),
    Improvement: ("improvement", "A kaizen burst: what is tried, where, by whom, how far it is."),
    Target: ("target", "A limit for one figure, which `vsmdocs check` holds the map to."),
}
_NOT_STATED = {"stream"}
"""Keys that the model needs, and that a map's path gives where the map does not."""


def map_schema() -> Schema:
    """Return the schema of the frontmatter, without `$schema` and `$id`."""
    definitions = dict(DEFINITIONS)
    for model, (name, meaning) in _MODELS.items():
        definitions[name] = {"description": meaning, **_object(model)}
    return {
        "title": "Value stream map",
        "description": (
            "The frontmatter of a map: the YAML between the two lines of --- in a file such as "
            "maps/feature-delivery/current.md."
        ),
        **_object(ValueStreamMap),
        "$defs": definitions,
    }


def _object(model: type[BaseModel]) -> Schema:
    texts = PARTS[model.__name__]
    hints = get_type_hints(model, include_extras=True)
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        needed = field.is_required() and key not in _NOT_STATED
        special = _SPECIAL.get((model, name))
        shape = special() if special else _shape(hints[name])
        text = texts[key]
        properties[key] = {
            "description": text.meaning,
            **(shape if needed else _or_nothing(shape)),
            "examples": list(text.examples),
        }
        if needed:
            required.append(key)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        **_MORE.get(model, {}),
    }


def _or_nothing(shape: Schema) -> Schema:
    """Let a key stand with nothing behind it, which is as good as no key."""
    if "anyOf" in shape:
        return {"anyOf": [*shape["anyOf"], {"type": "null"}]}
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], None]}
    if "type" in shape:
        kinds = [shape["type"]] if isinstance(shape["type"], str) else shape["type"]
        return {**shape, "type": kinds if "null" in kinds else [*kinds, "null"]}
    return {"anyOf": [shape, {"type": "null"}]}


def _shape(hint: Any) -> Schema:
    if hint in SHAPES:
        return SHAPES[hint]
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _shape(parts[0])
    if origin in (Union, UnionType):
        (kind,) = (part for part in parts if part is not NoneType)
        return _shape(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        return {"type": "array", "items": _shape(parts[0])}
    return ref(_MODELS[hint][0])


def _version() -> Schema:
    return {"enum": [1, "1"]}


def _calendar() -> Schema:
    return {
        "type": "object",
        "properties": {
            key: {
                "description": CALENDAR[key].meaning,
                "type": ["string", "number", "null"],
                "pattern": f"^(?![0.]+$){NUMBER}$",
                "exclusiveMinimum": 0,
                "maximum": most,
                "examples": list(CALENDAR[key].examples),
            }
            for key, most in (("hours_per_day", 24), ("days_per_week", 7))
        },
        "additionalProperties": False,
    }


def _reserved() -> Schema:
    return {"type": ["null"]}


def _steps() -> Schema:
    return {"type": "array", "items": ref("step"), "minItems": 1, "maxItems": MOST_STEPS}


def _flow() -> Schema:
    return {"type": "array", "items": {"anyOf": [ref("flowLine"), ref("way")]}}


def _evidence() -> Schema:
    grade = _shape(get_type_hints(Evidence, include_extras=True)["grade"])
    number = {"anyOf": [grade, ref("evidence"), {"type": "null"}]}
    return {
        "anyOf": [
            grade,
            ref("evidence"),
            {
                "description": "A grade for one number at a time.",
                "type": "object",
                "properties": dict.fromkeys(EVIDENCE_NUMBERS, number),
                "additionalProperties": False,
            },
        ]
    }


def _change() -> Schema:
    """Return the shape of `{review.wait_time: -70%}`; every number has its own kind of value."""
    patterns: dict[str, Schema] = {}
    for field in CHANGEABLE:
        value: Schema = {"type": ["string", "number", "boolean"], "maxLength": 200}
        pattern = r"\S"
        if field.endswith("_time"):
            value |= {"type": ["string", "integer"], "minimum": 0, "maximum": 0}
            pattern = f"^(?:{ESTIMATE}|{RELATIVE})$"
        elif field == "complete_accurate":
            value |= {"type": ["string", "number"], "minimum": 0, "maximum": 1}
            pattern = f"^(?:{PERCENT}|{RELATIVE})$"
        patterns[rf"^[a-z0-9-]+\.{field}$"] = {**value, "pattern": pattern}
    return {
        "type": "object",
        "patternProperties": patterns,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _bound() -> Schema:
    return {"type": ["string", "number"]}


def _value_of(metric: str) -> Schema:
    if metric in TIME_METRICS:
        return ref("time")
    return ref("percent" if metric in RATIO_METRICS else "count")


def _metric() -> Schema:
    return {"enum": list(METRICS)}


def _totals() -> Schema:
    return {
        "type": "object",
        "properties": {metric: _or_nothing(_value_of(metric)) for metric in METRICS},
        "additionalProperties": False,
    }


def _target_rules() -> Schema:
    """Say that a bound is of the metric's kind, and that there is exactly one."""
    kinds: dict[str, list[str]] = {}
    for metric in METRICS:
        kinds.setdefault(_value_of(metric)["$ref"], []).append(metric)
    bounds = ("at_most", "at_least")
    return {
        "allOf": [
            {
                "if": {"properties": {"metric": {"enum": metrics}}, "required": ["metric"]},
                "then": {
                    "properties": {bound: _or_nothing({"$ref": kind}) for bound in bounds},
                },
            }
            for kind, metrics in kinds.items()
        ],
        "oneOf": [
            {"properties": {bound: {"not": {"type": "null"}}}, "required": [bound]}
            for bound in bounds
        ],
    }


_MORE: dict[type[BaseModel], Schema] = {Target: _target_rules()}
_SPECIAL: dict[tuple[type[BaseModel], str], Any] = {
    (ValueStreamMap, "schema_version"): _version,
    (ValueStreamMap, "calendar"): _calendar,
    (ValueStreamMap, "extends"): _reserved,
    (ValueStreamMap, "changes"): _reserved,
    (ValueStreamMap, "steps"): _steps,
    (ValueStreamMap, "flow"): _flow,
    (ValueStreamMap, "stated_totals"): _totals,
    (Step, "evidence"): _evidence,
    (Improvement, "change"): _change,
    (Target, "metric"): _metric,
    (Target, "at_most"): _bound,
    (Target, "at_least"): _bound,
}
"""What the model reads by a function of its own."""
