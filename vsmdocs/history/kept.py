"""A repository's history as it was read before, map by map, each only when it is asked for.

What stands in history follows from one commit, the tags and the settings. So a build after an
edit, and one of forty thousand commits, need not walk through them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, overload

from vsmdocs.cache import Cache
from vsmdocs.history.packing import (
    pack_calendar,
    pack_revision,
    pack_totals,
    unpack_calendar,
    unpack_revision,
    unpack_totals,
)
from vsmdocs.model.snapshot import MapHistory, Milestone, RepositoryHistory, Snapshot

MOST_PLACES = 200


class KeptSnapshots(Sequence[Snapshot]):
    """The snapshots of one map; all but the newest are read when one of them is asked for."""

    def __init__(
        self,
        count: int,
        newest: Snapshot,
        places: Sequence[int],
        load: Callable[[], Sequence[Snapshot]],
    ) -> None:
        self._count, self._newest, self._load = count, newest, load
        self.places = places
        """Where on the branch the newest ones stand, no more than `MOST_PLACES`."""

    @cached_property
    def _all(self) -> Sequence[Snapshot]:
        return self._load()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Snapshot]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, place: int) -> Snapshot: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Snapshot]: ...
    def __getitem__(self, place: int | slice) -> Snapshot | Sequence[Snapshot]:
        return self._newest if place == -1 else self._all[place]


def places_of(snapshots: Sequence[Snapshot]) -> Sequence[int]:
    """Return where on the branch the newest snapshots stand, no more than `MOST_PLACES`."""
    if isinstance(snapshots, KeptSnapshots):
        return snapshots.places
    return [shot.revision.place for shot in snapshots[-MOST_PLACES:] if shot.revision]


def digest_of(snapshots: Iterable[Snapshot]) -> str:
    """Return a digest of all that snapshots tell, from which the rest follows."""
    found = hashlib.sha256()
    for shot in snapshots:
        revision = shot.revision
        said = (
            (revision.commit, revision.place, revision.pull_request) if revision else (),
            shot.path,
            shot.blob,
            shot.error,
        )
        found.update(repr(said).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def keep_history(cache: Cache, key: str, history: RepositoryHistory) -> None:
    """Remember a history, of which nothing is missing, by what it follows from."""
    there = cache.has("snapshots", (one.digest for one in history.maps))
    for one in history.maps:
        if one.digest not in there:
            cache.keep("snapshots", {one.digest: [_pack(shot) for shot in one.snapshots]})
    index = {
        "maps": [
            [
                one.identity,
                one.digest,
                len(one.snapshots),
                _pack(one.snapshots[-1]),
                places_of(one.snapshots),
                one.former,
            ]
            for one in history.maps
        ],
        "milestones": [
            [mark.name, mark.commit, mark.at.isoformat()] for mark in history.milestones
        ],
        "head": pack_revision(history.head),
        "shallow": history.shallow,
    }
    cache.keep("history", {key: index})


def find_history(
    cache: Cache, key: str, again: Callable[[], RepositoryHistory]
) -> RepositoryHistory | None:
    """Return the history that was kept; `again` reads it, should parts of it be gone by then."""
    index = cache.find("history", [key]).get(key)
    try:
        return _history(index, cache.folder, again) if index is not None else None
    except (KeyError, TypeError, ValueError):
        # No program of ours wrote that.
        return None


def _history(
    index: Any, folder: Path | None, again: Callable[[], RepositoryHistory]
) -> RepositoryHistory:
    maps = []
    for (stream, state, variant), digest, count, newest, places, former in index["maps"]:
        identity = (stream, state, variant)
        load = _Load(folder, identity, digest, count, again)
        snapshots = KeptSnapshots(count, _unpack(newest), places, load)
        maps.append(MapHistory(*identity, snapshots, digest, tuple(former)))
    marks = tuple(
        Milestone(name, commit, datetime.fromisoformat(at))
        for name, commit, at in index["milestones"]
    )
    return RepositoryHistory(tuple(maps), marks, unpack_revision(index["head"]), index["shallow"])


class _Load:
    """Reads the snapshots of one map from the cache, in whichever process asks for them."""

    def __init__(
        self,
        folder: Path | None,
        identity: tuple[str, str, str],
        digest: str,
        count: int,
        again: Callable[[], RepositoryHistory],
    ) -> None:
        self._folder, self._identity, self._digest = folder, identity, digest
        self._count, self._again = count, again

    def __call__(self) -> Sequence[Snapshot]:
        with Cache(self._folder) as cache:
            packed = cache.find("snapshots", [self._digest]).get(self._digest)
        with suppress(TypeError, ValueError):
            if packed is not None and len(packed) == self._count:
                return [_unpack(one) for one in packed]
        # Another process made room just now.
        found = {one.identity: one.snapshots for one in self._again().maps}
        return found[self._identity]


def _pack(shot: Snapshot) -> list[Any]:
    return [
        pack_revision(shot.revision),
        shot.path,
        shot.blob,
        shot.title,
        pack_totals(shot.totals),
        pack_calendar(shot.calendar),
        shot.error,
    ]


def _unpack(packed: Sequence[Any]) -> Snapshot:
    revision, path, blob, title, totals, calendar, error = packed
    return Snapshot(
        unpack_revision(revision),
        path,
        blob,
        title,
        unpack_totals(totals),
        unpack_calendar(calendar),
        error,
    )
