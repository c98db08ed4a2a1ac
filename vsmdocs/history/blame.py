"""Blame that looks into merged branches: the commit and the person that really wrote a number.

The first-parent history says since when the branch has a number. Where that was a merge, the
commits that it brought in are searched for the one that wrote it. All of them are looked at,
whatever git would leave out as uninteresting; what none of them wrote, the merge wrote itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from vsmdocs.analysis.blame import Blame, find_blame, stale_places
from vsmdocs.analysis.numbers import Number, Place, numbers
from vsmdocs.errors import HistoryError, InvalidMap
from vsmdocs.history.documents import Documents
from vsmdocs.history.packing import pack_revision, unpack_revision
from vsmdocs.history.repository import Repository
from vsmdocs.history.walk import FileChange, walk
from vsmdocs.model.snapshot import MapHistory, RepositoryHistory, Revision, Snapshot
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading import MapDocument

_AT_ONCE = 64
"""Versions that are asked of git together."""
_MOST_COMMITS = 20_000
"""Of one merge that are searched; a merge of more than that is taken for the author."""


class Blamer:
    """Tells who said the numbers of maps."""

    def __init__(self, repository: Repository, documents: Documents) -> None:
        self._repository, self._documents = repository, documents

    def blame(
        self, history: MapHistory | None, present: ValueStreamMap | None = None
    ) -> dict[Place, Blame]:
        """Return who said each number of a map's newest readable version.

        `present` is what stands in the working tree, where that is to be told of too; without
        a history nothing was committed yet.
        """
        snapshots = history.snapshots if history is not None else ()
        known = find_blame(self._versions(snapshots, present))
        paths = {shot.revision.commit: shot.path for shot in snapshots if shot.revision}
        searches: dict[str, _Merge] = {}
        found: dict[Place, Blame] = {}
        for place, blame in known.items():
            revision = blame.revision
            if revision is None:
                found[place] = blame
                continue
            if revision.commit not in searches:
                searches[revision.commit] = self._merge(revision, paths[revision.commit])
            found[place] = replace(
                blame, revision=searches[revision.commit].author(blame.number) or revision
            )
        return found

    def newest(self, history: MapHistory) -> ValueStreamMap | None:
        """Return the newest readable version of a map, which `blame` is about."""
        for shot in reversed(history.snapshots):
            found = self._map(shot.blob, shot.path) if shot.readable else None
            if found is not None:
                return found
        return None

    def _versions(
        self, snapshots: Sequence[Snapshot], present: ValueStreamMap | None
    ) -> Iterator[tuple[Revision | None, ValueStreamMap]]:
        for start in range(0, len(snapshots), _AT_ONCE):
            some = [shot for shot in snapshots[start : start + _AT_ONCE] if shot.blob]
            self._documents.expect((shot.blob, shot.path) for shot in some)
            for shot in some:
                found = self._map(shot.blob, shot.path)
                if found is not None:
                    yield shot.revision, found
        if present is not None:
            yield None, present

    def _map(self, blob: str, path: str) -> ValueStreamMap | None:
        try:
            return self._documents.read(blob, path).map
        except (HistoryError, InvalidMap):
            return None

    def _merge(self, revision: Revision, path: str) -> _Merge:
        """Return what a merge brought in about a file; nothing for any other commit."""
        if not revision.merged:
            return _Merge(())
        bound = f"--max-count={_MOST_COMMITS}"
        listed = self._repository.ask(
            "rev-list", "--topo-order", "--parents", bound, revision.commit, f"^{revision.commit}^"
        )
        # A commit has none where its branch begins: with nothing before it, or where a clone ends.
        listing = (line.partition(" ") for line in (listed or "").splitlines()[1:])
        parents = {commit: others for commit, _, others in listing}
        writes = []
        for commit in walk(self._repository, list(parents)):
            written = next((c for c in commit.changes if c.path == path and c.blob), None)
            if written is not None and commit.revision is not None:
                merged = " " in parents[commit.revision.commit]
                writes.append(_Write(commit.revision, merged, *self._both(written)))
                path = written.old_path or path
        return _Merge(tuple(writes))

    def _both(self, change: FileChange) -> tuple[ValueStreamMap | None, ValueStreamMap | None]:
        before = self._map(change.old_blob, change.old_path) if change.old_blob else None
        return before, self._map(change.blob, change.path)


@dataclass(frozen=True, slots=True)
class _Write:
    """A commit of a merged branch that changed the file."""

    revision: Revision
    merged: bool
    """Whether it is a merge itself, whose own branches come further on."""
    before: ValueStreamMap | None
    after: ValueStreamMap | None

    def wrote(self, number: Number) -> bool:
        """Return whether the number got its meaning here."""
        return _meaning(self.after, number) == number.meaning != _meaning(self.before, number)


def _meaning(stream_map: ValueStreamMap | None, number: Number) -> tuple[float, ...] | None:
    found = numbers(stream_map).get(number.place) if stream_map is not None else None
    return found.meaning if found is not None else None


@dataclass(frozen=True, slots=True)
class _Merge:
    """What a merge brought in, newest first."""

    writes: tuple[_Write, ...]

    def author(self, number: Number) -> Revision | None:
        """Return the commit that wrote a number last; None where the merge itself did."""
        wrote = [write for write in self.writes if write.wrote(number)]
        own = next((write for write in wrote if not write.merged), None)
        chosen = own or next(iter(wrote), None)
        return chosen.revision if chosen else None


def find_stale(
    repository: Repository,
    history: RepositoryHistory,
    documents: Iterable[MapDocument],
    maps_folder: str,
    today: date,
    most_days: int | None,
) -> dict[str, dict[Place, str]]:
    """Return by path which numbers of maps are too old, and why."""
    past = {one.identity: one for one in history.maps}
    found = {}
    with closing(Documents(repository, maps_folder)) as versions:
        blamer = Blamer(repository, versions)
        for document in documents:
            blames = blamer.blame(past.get(document.map.identity), document.map)
            found[document.path] = stale_places(blames, document.map, today, most_days)
    return found


def pack_blames(blames: Iterable[Blame]) -> list[Any]:
    """Return blames as plain values, for JSON; the numbers themselves stand in the map."""
    return [[*blame.number.place, blame.before, pack_revision(blame.revision)] for blame in blames]


def unpack_blames(packed: Iterable[Any], stream_map: ValueStreamMap) -> dict[Place, Blame]:
    """Return the blames of a map that `pack_blames` packed."""
    found = numbers(stream_map)
    blames = {}
    for step, field, before, revision in packed:
        blames[step, field] = Blame(found[step, field], unpack_revision(revision), before)
    return blames
