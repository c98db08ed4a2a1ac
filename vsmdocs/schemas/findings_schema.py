"""The JSON Schema of what `vsmdocs check -f json` prints."""

from __future__ import annotations

from typing import get_args

from vsmdocs.errors import Severity
from vsmdocs.schemas.metrics_schema import closed
from vsmdocs.schemas.output_texts import FINDING
from vsmdocs.schemas.shapes import Schema, ref

_NUMBER = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_SEVERITIES = list(get_args(Severity))


def findings_schema() -> Schema:
    """Return the schema of findings, without `$schema` and `$id`."""
    kinds: dict[str, Schema] = {
        "path": {**_TEXT, "minLength": 1},
        "line": _NUMBER,
        "column": _NUMBER,
        "end_column": _NUMBER,
        "rule": {**_TEXT, "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
        "severity": {"enum": _SEVERITIES},
        "message": {**_TEXT, "minLength": 1},
        "hint": _TEXT,
    }
    row = {key: {"description": text, **kinds[key]} for key, text in FINDING.items()}
    count = {"description": "How many findings are as grave as this.", **_NUMBER}
    return {
        "title": "Findings about value stream maps",
        "description": "What `vsmdocs check -f json` prints: what is wrong or worth a look, where.",
        **closed(
            {
                "findings": {
                    "description": "Every finding, in order of path and line.",
                    "type": "array",
                    "items": ref("finding"),
                },
                "counts": closed(
                    dict.fromkeys(_SEVERITIES, count), "How many there are, by severity."
                ),
            }
        ),
        "$defs": {"finding": closed(row, "One thing that is wrong or worth a look.")},
    }
