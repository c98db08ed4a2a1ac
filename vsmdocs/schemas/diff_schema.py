"""The JSON Schema of what `vsmdocs diff -f json` prints."""

from __future__ import annotations

from typing import get_args

from vsmdocs.analysis.diff import FIGURES, Kind
from vsmdocs.model.stream import TIME_METRICS
from vsmdocs.schemas.metrics_schema import ID, closed, figure_definitions, identity
from vsmdocs.schemas.output_texts import CHANGE, DIFF
from vsmdocs.schemas.shapes import Schema, ref

_ID_OR_NOTHING = {**ID, "type": ["string", "null"]}
_WHOLE_PARTS = {
    "added": ("null", "object"),
    "removed": ("object", "null"),
    "loop-added": ("null", "object"),
    "loop-removed": ("object", "null"),
    "moved": ("object", "object"),
    "renamed": ("string", "string"),
}
"""What stands before and after where a change is of more than one key."""


def diff_schema() -> Schema:
    """Return the schema of differences, without `$schema` and `$id`."""
    return {
        "title": "What a change does to value streams",
        "description": (
            "What `vsmdocs diff -f json` prints. Times are working hours, ratios go from 0 to 1, "
            "and null is unknown."
        ),
        **closed(
            {
                "maps": {
                    "description": "Every map that changed.",
                    "type": "array",
                    "items": ref("map"),
                }
            }
        ),
        "$defs": {
            "map": _map(),
            "change": _change(),
            "effect": _effect(),
            **figure_definitions(),
        },
    }


def _map() -> Schema:
    side = _or_nothing("totals")
    kinds: dict[str, Schema] = {
        "headline": {"type": "string", "minLength": 1},
        "new": {"type": "boolean"},
        "removed": {"type": "boolean"},
        "totals": closed({"before": side, "after": side}),
        "effect": _or_nothing("effect"),
        "changes": {"type": "array", "items": ref("change")},
    }
    described = {key: {"description": text, **kinds[key]} for key, text in DIFF.items()}
    return closed({**identity(), **described}, "One map, before and after.")


def _change() -> Schema:
    kinds: dict[str, Schema] = {
        "kind": {"enum": list(get_args(Kind))},
        "step": _ID_OR_NOTHING,
        "to": _ID_OR_NOTHING,
        "improvement": _ID_OR_NOTHING,
        "field": {"type": ["string", "null"]},
        # Any value of a map, in hours, fractions and null.
        "before": {},
        "after": {},
        "effect": _or_nothing("effect"),
        "note": {"type": ["string", "null"]},
    }
    shape = closed({key: {"description": text, **kinds[key]} for key, text in CHANGE.items()})
    rules = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"before": {"type": before}, "after": {"type": after}}},
        }
        for kind, (before, after) in _WHOLE_PARTS.items()
    ]
    return {**shape, "allOf": rules}


def _effect() -> Schema:
    names = [f"{figure}_hours" if figure in TIME_METRICS else figure for figure in FIGURES]
    figure = {"type": ["number", "null"]}
    return closed(dict.fromkeys(names, figure), "Differences of the four figures.")


def _or_nothing(name: str) -> Schema:
    return {"anyOf": [ref(name), {"type": "null"}]}
