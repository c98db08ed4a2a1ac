"""Histories for trends and charts, made of plain lists of dates and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.model.strategies import make
from vsmdocs.analysis.trend.trends import FIGURES, Trend, find_trends
from vsmdocs.model.metrics import Totals, measure
from vsmdocs.model.snapshot import MapHistory, Revision, Snapshot

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TOTALS = measure(make("a")).totals

#: A value, None for a version that cannot be read, "gone" for one that takes the map away,
#: "?" for one that does not say it, or (value, steps left out).
Value = Any


def totals(key: str, value: float | None, left_out: int = 0) -> Totals:
    missing: dict[str, Any] = {"lead_time_left_out": left_out, "process_time_left_out": left_out}
    return replace(TOTALS, **{**missing, key: value})


def snapshot(key: str, at: datetime | None, value: Value, number: int, **words: str) -> Snapshot:
    revision = None
    if at is not None:
        subject = words.get("subject", f"Change number {number}")
        author = words.get("author", "Kim Example")
        revision = Revision(f"{number:040x}", at, author, subject, number if number % 2 else None)
    blob = "" if value == "gone" else f"{number:040x}"
    error = "3:1: a line that cannot be read" if value is None else ""
    found: Totals | None = None
    if isinstance(value, tuple):
        found = totals(key, *value)
    elif value == "?":
        found = totals(key, None)
    elif isinstance(value, int | float):
        found = totals(key, value)
    return Snapshot(revision, "maps/s/current.md", blob, "S", found, error=error)


def history(
    steps: Sequence[tuple[datetime | None, Value]],
    key: str = "lead_time",
    state: str = "current",
    **words: str,
) -> MapHistory:
    """Return a history of one figure."""
    found = [snapshot(key, at, value, n, **words) for n, (at, value) in enumerate(steps)]
    return MapHistory("s", state, "", tuple(found))


def every(days: float, values: Sequence[Value], start: datetime = START) -> list[Any]:
    """Return values at even distances."""
    return [(start + n * days * DAY, value) for n, value in enumerate(values)]


def trend(
    steps: Sequence[tuple[datetime | None, Value]],
    key: str = "lead_time",
    now: datetime = NOW,
    until: datetime | None = None,
    **words: str,
) -> Trend:
    """Return the trend of one figure."""
    found = find_trends(history(steps, key, **words), now=now, until=until)
    return found[FIGURES.index(key)].current


def pair(
    current: Sequence[tuple[datetime | None, Value]],
    future: Sequence[tuple[datetime | None, Value]],
    key: str = "lead_time",
    now: datetime = NOW,
    until: datetime | None = None,
) -> tuple[Trend, Trend]:
    """Return the trends of a figure in two states."""
    states = history(current, key), history(future, key, "future")
    found = find_trends(states[0], [states[1]], now=now, until=until)[FIGURES.index(key)]
    return found.current, found.futures[0]
