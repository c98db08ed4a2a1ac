"""A map's figures for other programs: names of the map format, hours, fractions and null.

Every number has twelve significant digits, so that the noise of binary fractions does not
show and two machines write the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from vsmdocs.model.metrics import StreamMetrics, Totals
from vsmdocs.model.stream import TIME_METRICS, ValueStreamMap

_TIMES = (*TIME_METRICS, "littles_law_lead_time")


def metrics_document(stream_map: ValueStreamMap, metrics: StreamMetrics) -> dict[str, Any]:
    """Return the figures as plain values, in a fixed order of keys."""
    titles = {step.id: step for step in stream_map.steps}
    return {
        "stream": stream_map.stream,
        "state": stream_map.state,
        "variant": stream_map.variant,
        "title": stream_map.title,
        "calendar": {
            "hours_per_day": tidy(metrics.calendar.hours_per_day),
            "days_per_week": tidy(metrics.calendar.days_per_week),
        },
        "totals": totals_document(metrics.totals),
        "steps": [
            {
                "id": row.id,
                "name": titles[row.id].title,
                "owner": titles[row.id].owner,
                "kind": titles[row.id].kind,
                "process_time_hours": tidy(row.process_time),
                "wait_time_hours": tidy(row.wait_time),
                "lead_time_hours": tidy(row.lead_time),
                "complete_accurate": tidy(row.complete_accurate),
                "visits": tidy(row.visits),
                "share": tidy(row.share),
                "on_critical_path": row.on_critical_path,
                "slack_hours": tidy(row.slack),
                "utilisation": tidy(row.utilisation),
            }
            for row in metrics.steps
        ],
        "stuck": [
            {
                "kind": point.kind,
                "step": point.step,
                "to": point.to,
                "hours": tidy(point.hours),
                "gain_hours": tidy(point.gain),
                "share": tidy(point.share),
            }
            for point in metrics.stuck
        ],
    }


def totals_document(totals: Totals) -> dict[str, Any]:
    """Return the totals by name; times have the suffix `_hours`."""
    found: dict[str, Any] = {}
    for field in fields(totals):
        value = getattr(totals, field.name)
        name = f"{field.name}_hours" if field.name in _TIMES else field.name
        found[name] = list(value) if isinstance(value, tuple) else tidy(value)
    return found


def tidy(value: Any) -> Any:
    """Round a float to twelve significant digits, and let everything else be."""
    if isinstance(value, float):
        return float(f"{value:.12g}") + 0.0  # + 0.0 turns -0.0 into 0.0
    return value


def metrics_json(stream_map: ValueStreamMap, metrics: StreamMetrics) -> str:
    """Return one map's figures as a JSON object, with a line feed at its end."""
    return dump(metrics_document(stream_map, metrics))


def stream_json(stream: str, maps: Iterable[tuple[ValueStreamMap, StreamMetrics]]) -> str:
    """Return the figures of all states of a stream as one object."""
    objects = [metrics_json(*pair).rstrip() for pair in maps]
    return f'{{\n "stream": {_line(stream)},\n "maps": [\n' + ",\n".join(objects) + "\n ]\n}\n"


def dump(value: dict[str, Any]) -> str:
    """Return JSON with a line for every figure of a map and for every row of a list.

    Python's own indenting is many times slower than the rest of writing a map's data.
    """
    return "{\n" + ",\n".join(_member(key, part) for key, part in value.items()) + "\n}\n"


def _member(key: str, value: Any) -> str:
    if isinstance(value, dict):
        rows = [f"  {_line(name)}: {_line(part)}" for name, part in value.items()]
        return f" {_line(key)}: {{\n" + ",\n".join(rows) + "\n }"
    if isinstance(value, list) and value:
        return f" {_line(key)}: [\n" + ",\n".join(f"  {_line(row)}" for row in value) + "\n ]"
    return f" {_line(key)}: {_line(value)}"


_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
"""Made once: `json.dumps` makes an encoder for every value."""
