"""The versions of one map, read when they are asked for, and what each of them changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vsmdocs.analysis.diff import diff
from vsmdocs.analysis.gap import Measured
from vsmdocs.cache import Cache
from vsmdocs.errors import CalculationError, HistoryError, InvalidMap
from vsmdocs.history.documents import Documents
from vsmdocs.language import tr
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.snapshot import MapHistory, Snapshot
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.diff_rows import change_rows
from vsmdocs.rendering.diff_sentence import headline
from vsmdocs.rendering.pages.compare_view import ChangeRow


@dataclass(frozen=True, slots=True)
class Told:
    """What one version did, in words."""

    headline: str
    changes: tuple[ChangeRow, ...] = ()


class Version:
    """A readable version of a map; its content is read when it is needed."""

    def __init__(self, shot: Snapshot, documents: Documents) -> None:
        self.shot = shot
        self._documents = documents

    @cached_property
    def document(self) -> MapDocument:
        """The file as a map."""
        return self._documents.read(self.shot.blob, self.shot.path)

    @cached_property
    def measured(self) -> tuple[ValueStreamMap, StreamMetrics]:
        """The map and its figures."""
        return self.document.map, measure(self.document.map)

    def release(self) -> None:
        """Forget what was read."""
        self.__dict__.pop("document", None)
        self.__dict__.pop("measured", None)

    @property
    def key(self) -> str:
        """What this version's words depend on."""
        return f"{self.shot.blob}@{self.shot.path}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A snapshot, with the readable versions that it is and that came before it."""

    shot: Snapshot
    version: Version | None
    """None where it cannot be read, or was removed."""
    before: Version | None

    @property
    def key(self) -> str:
        """What the words about the change depend on."""
        return (
            f"{self.before.key if self.before else ''} {self.version.key if self.version else ''}"
        )


class Versions:
    """Tells what versions did; keeps the words in the cache."""

    def __init__(self, documents: Documents, cache: Cache) -> None:
        self._documents, self._cache = documents, cache
        self._present: dict[str, tuple[MapDocument, StreamMetrics]] = {}

    def give(self, shot: Snapshot, document: MapDocument, metrics: StreamMetrics) -> None:
        """Take in a version that stands in the working tree alone."""
        self._present[shot.blob] = (document, metrics)

    def pairs(self, history: MapHistory) -> Iterator[Pair]:
        """Yield a map's snapshots, oldest first."""
        before: Version | None = None
        for shot in history.snapshots:
            version = self._version(shot) if shot.readable else None
            yield Pair(shot, version, before)
            before = version or before

    def _version(self, shot: Snapshot) -> Version:
        version = Version(shot, self._documents)
        if shot.blob in self._present:
            document, metrics = self._present[shot.blob]
            version.__dict__.update(document=document, measured=(document.map, metrics))
        return version

    def tell(self, pairs: Sequence[Pair]) -> list[Told]:
        """Return what each snapshot did."""
        # What was not committed has no id to be known by.
        keys = [pair.key for pair in pairs if pair.version is not None and pair.shot.revision]
        known = {key: _unpack(value) for key, value in self._cache.find("told", keys).items()}
        self._documents.expect(
            (one.shot.blob, one.shot.path)
            for pair in pairs
            for one in (pair.before, pair.version)
            if one is not None and one.shot.revision and pair.key not in known
        )
        new: dict[str, Any] = {}
        told = []
        for pair in pairs:
            found = _plainly(pair) if pair.version is None else known.get(pair.key)
            if found is None:
                found = compare(pair.before, pair.version)
                if pair.shot.revision:
                    new[pair.key] = _pack(found)
            told.append(found)
        self._cache.keep("told", new)
        return told


def _plainly(pair: Pair) -> Told:
    gone = pair.shot.removed
    return Told(tr("The map was removed") if gone else tr("This version cannot be read"))


def compare(before: Version | None, after: Version | None) -> Told:
    """Return what lies between two versions, in words."""
    try:
        found = diff(
            before.document.map if before else None,
            after.document.map if after else None,
            before.document.body if before else "",
            after.document.body if after else "",
            base_metrics=before.measured[1] if before else None,
            head_metrics=after.measured[1] if after else None,
        )
    except (InvalidMap, HistoryError, CalculationError) as error:
        # It could be read a moment ago: the repository changes under our hands.
        return Told(tr("This version cannot be read: {error}", error=str(error)))
    return Told(headline(found), tuple(change_rows(found)))


def told_of(base: Measured, head: Measured) -> Told:
    """Return what lies between two maps, their prose aside, in words."""
    found = diff(base[0], head[0], base_metrics=base[1], head_metrics=head[1])
    return Told(headline(found), tuple(change_rows(found)))


def _pack(found: Told) -> list[Any]:
    rows = [
        [row.kind_label, row.place, row.text, list(row.effects), row.note, row.tone, row.kind]
        for row in found.changes
    ]
    return [found.headline, rows]


def _unpack(packed: Sequence[Any]) -> Told:
    sentence, rows = packed
    return Told(
        sentence,
        tuple(
            ChangeRow(label, place, text, tuple(effects), note, tone, kind)
            for label, place, text, effects, note, tone, kind in rows
        ),
    )
