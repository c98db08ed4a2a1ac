"""What history is told in, as plain values for JSON and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from vsmdocs.model.metrics import Totals
from vsmdocs.model.snapshot import USUAL, Revision
from vsmdocs.model.units import Calendar

_TOTALS = tuple(field.name for field in fields(Totals))


def pack_totals(totals: Totals | None) -> list[Any] | None:
    """Return a map's figures as plain values."""
    return None if totals is None else [getattr(totals, name) for name in _TOTALS]


def unpack_totals(packed: Sequence[Any] | None) -> Totals | None:
    """Return the figures that `pack_totals` packed."""
    if packed is None:
        return None
    named = dict(zip(_TOTALS, packed, strict=True))
    named["critical_path"] = tuple(named["critical_path"])
    return Totals(**named)


def pack_calendar(calendar: Calendar) -> list[float]:
    """Return a calendar as plain values."""
    return [calendar.hours_per_day, calendar.days_per_week]


def unpack_calendar(packed: Sequence[float]) -> Calendar:
    """Return the calendar that `pack_calendar` packed."""
    found = Calendar(*packed)
    return USUAL if found == USUAL else found


def pack_revision(revision: Revision | None) -> list[Any] | None:
    """Return a revision as plain values."""
    if revision is None:
        return None
    return [
        revision.commit,
        revision.committed_at.isoformat(),
        revision.author,
        revision.subject,
        revision.pull_request,
        revision.place,
        revision.merged,
    ]


def unpack_revision(packed: Sequence[Any] | None) -> Revision | None:
    """Return the revision that `pack_revision` packed."""
    if packed is None:
        return None
    commit, at, *rest = packed
    return Revision(commit, datetime.fromisoformat(at), *rest)
