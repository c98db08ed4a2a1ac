"""Who said which number, as a table for a person, and as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from vsmdocs.analysis.blame import Blame, stale
from vsmdocs.language import mark
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.metrics_csv import safe_cell
from vsmdocs.rendering.metrics_json import dump
from vsmdocs.rendering.metrics_table import columns

_SHORT = 10
LABELS = {
    "process_time": mark("process time"),
    "wait_time": mark("wait time"),
    "lead_time": mark("lead time"),
    "complete_accurate": mark("%C&A"),
    "people": mark("people"),
    "wip": mark("WIP"),
    "batch_size": mark("batch size"),
    "capacity": mark("capacity"),
    "demand": mark("demand"),
    "wait": mark("wait on the way"),
    "rate": mark("rework rate"),
    "passes": mark("rounds at most"),
}


def blame_rows(
    stream_map: ValueStreamMap, blames: Iterable[Blame], today: date, most_days: int | None
) -> list[dict[str, Any]]:
    """Return one row a number, in the order of the file, with plain values."""
    rows = []
    for blame in blames:
        (step, field), revision = blame.number.place, blame.revision
        evidence = blame.number.evidence
        rows.append(
            {
                "step": step or None,
                "number": field,
                "value": blame.number.text,
                "before": blame.before,
                "commit": revision.commit if revision else None,
                "committed_at": revision.committed_at.isoformat() if revision else None,
                "author": revision.author if revision else None,
                "subject": revision.subject if revision else None,
                "pull_request": revision.pull_request if revision else None,
                "evidence": evidence.grade if evidence else None,
                "evidence_source": evidence.source if evidence else None,
                "evidence_on": str(evidence.on) if evidence and evidence.on else None,
                "stale": stale(blame, stream_map.review_by, today, most_days) or None,
            }
        )
    return rows


def blame_json(stream_map: ValueStreamMap, rows: list[dict[str, Any]]) -> str:
    """Return one object: which map, and its numbers, one on each line."""
    identity: Mapping[str, Any] = {
        "stream": stream_map.stream,
        "state": stream_map.state,
        "variant": stream_map.variant,
    }
    return dump({**identity, "numbers": rows})


def blame_csv(rows: list[dict[str, Any]]) -> str:
    """Return a heading and a row for each number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([safe_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def blame_table(stream_map: ValueStreamMap, rows: list[dict[str, Any]]) -> str:
    """Return the numbers as a table, those of a step together."""
    titles = {step.id: step.title for step in stream_map.steps}
    shown: list[tuple[str, ...]] = [
        ("Step", "Number", "Value", "Before", "Since", "Commit", "Evidence", "Said by")
    ]
    for row in rows:
        name = row["step"] or ""
        title = " -> ".join(titles.get(part, part) for part in name.split(" -> "))
        request = f" (#{row['pull_request']})" if row["pull_request"] else ""
        said = f"{row['author']}{request}" if row["commit"] else "not committed yet"
        shown.append(
            (
                title or "the map",
                LABELS[row["number"]],
                row["value"],
                row["before"] or "",
                (row["committed_at"] or "")[:10] + (" stale" if row["stale"] else ""),
                (row["commit"] or "")[:_SHORT],
                row["evidence"] or "",
                said,
            )
        )
    return "\n".join(columns(shown, "<<><<<<<")) + "\n"
