"""How the values of a map may look, as parts of a JSON Schema.

A schema sees what a YAML reader makes of a file: `4h` and a date are text, `4` and `0.25` are
numbers, `true` is a boolean and `no` is text (YAML's core schema). The reader of maps sees
text alone, so that a name may well be a number here. It also cuts off blanks around a value in
quotes; patterns that allowed them everywhere would be past reading in an editor, so only
those of longer texts do, which end in a line feed when they are written as a block.

The patterns keep to what ECMA-262 and Python read alike. What they cannot tell (a leap year,
an order from least to most) is left to `vsmdocs check`.
"""

from __future__ import annotations

from typing import Any

from vsmdocs.model.units import (
    Count,
    Day,
    ItemRate,
    Label,
    Percent,
    Percents,
    Positive,
    Prose,
    Sentence,
    Slug,
    Span,
    Time,
)

Schema = dict[str, Any]

NUMBER = r"(?:[0-9]{1,12}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})"
DURATION = (
    rf"(?:0|(?:{NUMBER}\s*(?:mo|[smhdw])(?![a-z])\s*)+"
    rf"|P(?=\.?[0-9]|T)(?:{NUMBER}M)?(?:{NUMBER}W)?(?:{NUMBER}D)?"
    rf"(?:T(?=\.?[0-9])(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?)"
)
ESTIMATE = rf"{DURATION}(?:\s*\.\.(?!\.)\s*{DURATION}){{0,2}}"
RELATIVE = rf"[+-]\s*{NUMBER}\s*%"
_SHARE = r"0{0,11}(?:1(?:\.0{1,9})?|0(?:\.[0-9]{1,9})?)|\.[0-9]{1,9}"
_HUNDRED = r"0{0,9}(?:100(?:\.0{1,9})?|[0-9]{1,2}(?:\.[0-9]{1,9})?)|\.[0-9]{1,9}"
PERCENT = rf"(?:(?:{_HUNDRED})\s*%|{_SHARE})"
_PERIODS = "hour|day|week|month|quarter|year"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_OPTION = rf"{_ID}(?:\s+[0-9]{{1,3}}(?:\.[0-9]{{1,6}})?%)?"
_GROUP = rf"\[\s*{_OPTION}(?:\s*,\s*{_OPTION})*\s*\]"
_FLOW_LINE = rf"\s*(?:(?:{_ID}\s+|{_GROUP}\s*)->\s*)*(?:{_ID}|{_GROUP})\s*"
_LONG_MONTH = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_MONTH = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_DAY = rf"(?!0000)[0-9]{{4}}-(?:{_LONG_MONTH}|{_SHORT_MONTH}|02-(?:0[1-9]|[12][0-9]))"


def written(pattern: str, description: str, examples: list[Any], **more: Any) -> Schema:
    """Return the shape of a text that a pattern tells whole."""
    return {
        "description": description,
        "type": "string",
        "pattern": f"^{pattern}$",
        **more,
        "examples": examples,
    }


def _number(
    pattern: str, description: str, examples: list[Any], least: int, most: int, kind: str
) -> Schema:
    """Return the shape of a number, which may also stand in quotes or have a unit."""
    return {
        "description": description,
        "type": ["string", kind],
        "pattern": f"^{pattern}$",
        "minimum": least,
        "maximum": most,
        "examples": examples,
    }


def _text(longest: int, examples: list[Any]) -> Schema:
    return {
        "description": f"Text of at most {longest:,} characters.",
        "type": ["string", "number", "boolean"],
        "pattern": rf"^\s*\S(?:[\s\S]{{0,{longest - 2}}}\S)?\s*$",
        "examples": examples,
    }


_TIME = "Working time: 45s, 30m, 4h, 3d, 2w, 1mo, combined as in 1d 4h, or PT4H."
_RANGE = " Or an estimate: least..most, or least..likeliest..most."
_WHOLE = "A whole number of at most nine digits"

DEFINITIONS: dict[str, Schema] = {
    "slug": {
        "description": "Lower-case letters and digits, joined by single hyphens; at most 64.",
        "type": ["string", "number", "boolean"],
        "pattern": rf"^(?=.{{1,64}}$){_ID}$",
        "minimum": 0,
        "examples": ["code-review"],
    },
    "label": _text(200, ["Code review"]),
    "sentence": _text(2_000, ["Merchants report fewer defects"]),
    "prose": _text(20_000, ["The board meets on *Thursdays*."]),
    # A number other than 0 has no unit, so it could be minutes or days.
    "time": {
        **_number(ESTIMATE, _TIME + _RANGE, ["4h", "1d 4h", "2h..4h..12h"], 0, 0, "integer"),
        "maxLength": 200,
    },
    "duration": {
        **_number(DURATION, _TIME, ["2w", "1.5d"], 0, 0, "integer"),
        "maxLength": 200,
    },
    "percent": _number(PERCENT, "80%, or a number from 0 to 1.", ["80%", 0.8], 0, 1, "number"),
    "rate": written(
        rf"(?![0.]+\s*/){NUMBER}\s*/\s*(?:{_PERIODS})",
        "Items per hour, day, week, month, quarter or year.",
        ["12/month", "920/day"],
    ),
    "count": _number("[0-9]{1,9}", f"{_WHOLE}.", [12], 0, 999_999_999, "integer"),
    "positive": _number("(?!0+$)[0-9]{1,9}", f"{_WHOLE}, from 1.", [2], 1, 999_999_999, "integer"),
    "day": written(_DAY, "A day: year-month-day.", ["2026-09-30"]),
    "flowLine": {
        "description": (
            "Steps joined by arrows. [a, b] is done in parallel, [a 20%, b 80%] are alternatives. "
            "A line that begins with [ needs quotes."
        ),
        "type": ["string", "number", "boolean"],
        "pattern": f"^{_FLOW_LINE}$",
        "minimum": 0,
        "maxLength": 2_000,
        "examples": ["design -> build -> [test, review] -> release"],
    },
}


def ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


NAMES: dict[Any, str] = {
    Slug: "slug",
    Label: "label",
    Sentence: "sentence",
    Prose: "prose",
    Time: "time",
    Span: "duration",
    Percent: "percent",
    ItemRate: "rate",
    Count: "count",
    Positive: "positive",
    Day: "day",
}
"""Which definition is the shape of a type of the model."""

SHAPES: dict[Any, Schema] = {
    **{kind: ref(name) for kind, name in NAMES.items()},
    Percents: {
        "anyOf": [
            ref("percent"),
            {"type": "array", "items": ref("percent"), "minItems": 1},
        ]
    },
}
