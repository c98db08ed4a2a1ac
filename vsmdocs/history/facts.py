"""What one version of a map says: its identity and figures, or why it has none.

Facts depend on a file's content, on what its path says where the content does not, and on this
program's formulas, and on nothing else. So each is worked out once.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from vsmdocs.errors import CalculationError, HistoryError, InvalidMap
from vsmdocs.history.blobs import Blobs
from vsmdocs.history.packing import (
    pack_calendar,
    pack_totals,
    unpack_calendar,
    unpack_totals,
)
from vsmdocs.history.repository import Repository
from vsmdocs.model.metrics import Totals, measure_totals
from vsmdocs.model.units import Calendar
from vsmdocs.reading import read_map
from vsmdocs.reading.pieces import read_in_pieces

MOST_BYTES = 2_000_000


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
    if isinstance(data, HistoryError):
        return _without(str(data))
    known = read_in_pieces(path, data, maps_folder=maps_folder)
    if known is not None:
        # What cannot be calculated is said with its place, which the long way knows.
        with suppress(CalculationError):
            one = known.map
            return Facts(one.identity, one.title, one.calendar, measure_totals(one), "")
    try:
        document = read_map(path, data, maps_folder=maps_folder)
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


def pack(facts: Facts) -> list[Any]:
    """Return facts as plain values, for JSON."""
    return [
        facts.identity,
        facts.title,
        pack_calendar(facts.calendar),
        pack_totals(facts.totals),
        facts.error,
    ]


def unpack(packed: Sequence[Any]) -> Facts:
    """Return the facts that `pack` packed."""
    identity, title, calendar, totals, error = packed
    found = None if identity is None else tuple(identity)
    return Facts(found, title, unpack_calendar(calendar), unpack_totals(totals), error)


Found = tuple[dict[str, list[Any]], set[str]]
"""Packed facts by key, and the keys of those that may be others once the repository is mended."""


class FactsReader:
    """Works out facts; each worker has its own."""

    def __init__(self, repository: Repository, maps_folder: str) -> None:
        self._blobs = Blobs(repository, MOST_BYTES)
        self._folder = maps_folder

    def work_out(self, wanted: Sequence[tuple[str, str, str, str]]) -> Found:
        """Return packed facts by key; `wanted` has keys, blobs, paths and kinds of entries."""
        found, passing = {}, set()
        contents = iter(self._blobs.read(blob for _, blob, _, kind in wanted if kind == "file"))
        for key, _, path, kind in wanted:
            if kind != "file":
                what = "a link" if kind == "link" else "another repository"
                found[key] = pack(_without(f"this was {what}, and no file"))
                continue
            data = next(contents)
            found[key] = pack(facts_of(path, data, self._folder))
            if isinstance(data, HistoryError):
                passing.add(key)
        return found, passing

    def close(self) -> None:
        """End what it reads with."""
        self._blobs.close()
