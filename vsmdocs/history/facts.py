"""What one version of a map says: its identity and figures, or why it has none.

Facts depend on a file's content, on what its path says where the content does not, and on this
program's formulas, and on nothing else. So each is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from vsmdocs.errors import CalculationError, HistoryError, InvalidMap
from vsmdocs.history.blobs import Blobs
from vsmdocs.history.repository import Repository
from vsmdocs.model.metrics import Totals, measure_totals
from vsmdocs.model.units import Calendar
from vsmdocs.reading import MapDocument, read_map

MOST_BYTES = 2_000_000
_TOTALS = tuple(field.name for field in fields(Totals))


@dataclass(frozen=True, slots=True)
class Facts:
    """One version of a map."""

    identity: tuple[str, str, str] | None
    """None where the content cannot be read."""
    title: str
    calendar: Calendar
    totals: Totals | None
    error: str
    """Why there is no identity or there are no totals, at its line and column."""


def _without(error: str) -> Facts:
    return Facts(None, "", Calendar(), None, error)


NOT_HERE = _without("the content is not in this clone, which was made without it")


def facts_of(path: str, data: bytes | HistoryError, maps_folder: str) -> Facts:
    """Return the facts of a file's content; nothing that it holds is an error of the program."""
    try:
        document = read(path, data, maps_folder)
    except HistoryError as error:
        return _without(str(error))
    except InvalidMap as invalid:
        first = invalid.findings[0]
        place = f"{first.line}:{first.column}: " if first.line else ""
        more = len(invalid.findings) - 1
        rest = f" (and {more} more)" if more else ""
        return _without(f"{place}{first.message}{rest}")
    title, identity = document.map.title, document.map.identity
    calendar = document.map.calendar
    try:
        return Facts(identity, title, calendar, measure_totals(document.map), "")
    except CalculationError as error:
        found = document.finding(error.where, error.rule, "error", error.message)
        return Facts(
            identity, title, calendar, None, f"{found.line}:{found.column}: {error.message}"
        )


def read(path: str, data: bytes | HistoryError, maps_folder: str) -> MapDocument:
    """Return the document that a file's content is, or raise why it is none."""
    if isinstance(data, HistoryError):
        raise data
    return read_map(path, data, maps_folder=maps_folder)


def pack(facts: Facts) -> list[Any]:
    """Return facts as plain values, for JSON."""
    totals = facts.totals
    values = None if totals is None else [getattr(totals, name) for name in _TOTALS]
    calendar = [facts.calendar.hours_per_day, facts.calendar.days_per_week]
    return [facts.identity, facts.title, calendar, values, facts.error]


def unpack(packed: Sequence[Any]) -> Facts:
    """Return the facts that `pack` packed."""
    identity, title, calendar, values, error = packed
    totals = None
    if values is not None:
        named = dict(zip(_TOTALS, values, strict=True))
        totals = Totals(**{**named, "critical_path": tuple(named["critical_path"])})
    found = None if identity is None else tuple(identity)
    return Facts(found, title, Calendar(*calendar), totals, error)


class FactsReader:
    """Works out facts; each worker has its own."""

    def __init__(self, repository: Repository, maps_folder: str) -> None:
        self._blobs = Blobs(repository, MOST_BYTES)
        self._folder = maps_folder

    def work_out(self, wanted: Sequence[tuple[str, str, str, str]]) -> dict[str, list[Any]]:
        """Return packed facts by key; `wanted` has keys, blobs, paths and kinds of entries."""
        contents = iter(self._blobs.read(blob for _, blob, _, kind in wanted if kind == "file"))
        return {key: pack(self._one(path, kind, contents)) for key, _, path, kind in wanted}

    def close(self) -> None:
        """End what it reads with."""
        self._blobs.close()

    def _one(self, path: str, kind: str, contents: Iterator[bytes | HistoryError]) -> Facts:
        if kind != "file":
            what = "a link" if kind == "link" else "another repository"
            return _without(f"this was {what}, and no file")
        return facts_of(path, next(contents), self._folder)
