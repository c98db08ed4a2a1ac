"""Maps' totals as a table for a spreadsheet: one row a map, names as in the JSON.

A cell of text that a spreadsheet would take for a formula gets an apostrophe in front
(OWASP, CSV injection): whoever can write a map's title must not run anything in the
spreadsheet of whoever reads the table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.metrics_json import tidy, totals_document

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def metrics_csv(maps: Iterable[tuple[ValueStreamMap, StreamMetrics]]) -> str:
    """Return a heading and one row a map; unknown is an empty cell. Nothing without maps."""
    rows = [_row(stream_map, metrics) for stream_map, metrics in maps]
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([safe_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _row(stream_map: ValueStreamMap, metrics: StreamMetrics) -> dict[str, Any]:
    totals = totals_document(metrics.totals)
    totals["critical_path"] = " ".join(totals["critical_path"])
    return {
        "stream": stream_map.stream,
        "state": stream_map.state,
        "variant": stream_map.variant,
        "title": stream_map.title,
        "hours_per_day": tidy(metrics.calendar.hours_per_day),
        "days_per_week": tidy(metrics.calendar.days_per_week),
        **totals,
    }


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
