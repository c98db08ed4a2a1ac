"""The versions of a map as a table for a person, and as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from vsmdocs.model.metrics import Totals
from vsmdocs.model.snapshot import MapHistory, RepositoryHistory, Snapshot
from vsmdocs.rendering.metrics_csv import safe_cell
from vsmdocs.rendering.metrics_json import dump, totals_document
from vsmdocs.rendering.metrics_table import columns
from vsmdocs.rendering.quantities import format_hours, format_percent

_NO_TOTALS = dict.fromkeys(Totals.__dataclass_fields__)
_SHORT = 10


def history_json(history: MapHistory) -> str:
    """Return one object: which map, and its versions, oldest first, one on each line."""
    return dump(
        {
            "stream": history.stream,
            "state": history.state,
            "variant": history.variant or None,
            "versions": [_document(shot) for shot in history.snapshots],
        }
    )


def history_csv(history: MapHistory) -> str:
    """Return a heading and a row for each version, oldest first; unknown is an empty cell."""
    rows = []
    for shot in history.snapshots:
        row = _document(shot)
        totals = row.pop("totals") or dict.fromkeys(_names())
        totals["critical_path"] = " ".join(totals["critical_path"] or ())
        rows.append({**row, **totals})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([safe_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _names() -> Sequence[str]:
    return tuple(totals_document(Totals(**_NO_TOTALS)))  # type: ignore[arg-type]


def _document(shot: Snapshot) -> dict[str, Any]:
    revision = shot.revision
    return {
        "commit": revision.commit if revision else None,
        "committed_at": revision.committed_at.isoformat() if revision else None,
        "author": revision.author if revision else None,
        "subject": revision.subject if revision else None,
        "pull_request": revision.pull_request if revision else None,
        "path": shot.path,
        "readable": shot.readable,
        "error": shot.error or None,
        "totals": totals_document(shot.totals) if shot.totals else None,
    }


def history_table(history: MapHistory) -> str:
    """Return the versions as a table, oldest first, without trailing spaces."""
    rows: list[tuple[str, ...]] = [
        ("Date", "Commit", "Lead time", "Activity", "%C&A", "Author", "What"),
    ]
    for shot in history.snapshots:
        revision, totals = shot.revision, shot.totals
        what = revision.subject if revision else "not committed yet"
        if totals is None:
            what = f"{what} ({'removed' if shot.removed else f'unreadable, {shot.error}'})"
        rows.append(
            (
                f"{revision.committed_at:%Y-%m-%d}" if revision else "",
                revision.commit[:_SHORT] if revision else "",
                format_hours(totals.lead_time, shot.calendar) if totals else "-",
                format_percent(totals.activity_ratio) if totals else "-",
                format_percent(totals.complete_accurate) if totals else "-",
                revision.author if revision else "",
                what,
            )
        )
    return "\n".join(columns(rows, "<<>>><<")) + "\n"


def missing_warnings(found: RepositoryHistory) -> list[str]:
    """Return in sentences what of the past is missing, and how to get it."""
    told = []
    if found.shallow:
        told.append(
            "this is a shallow clone, so history begins late: fetch the rest with "
            "`git fetch --unshallow` (in GitHub's checkout: fetch-depth: 0)"
        )
    if found.lacking:
        versions = f"{found.lacking:,} version{'' if found.lacking == 1 else 's'}"
        told.append(
            f"this is a partial clone that lacks the contents of {versions}: --fetch-missing "
            "fetches them"
        )
    if found.broken:
        told.append(f"history cannot be read to its beginning: {found.broken}")
    return told
