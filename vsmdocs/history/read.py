"""The histories of all maps of a repository, from one walk and one pass over their contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vsmdocs.cache import Cache
from vsmdocs.errors import HistoryError
from vsmdocs.history.facts import NOT_HERE, Facts, FactsReader, pack, unpack
from vsmdocs.history.kept import digest_of, find_history, keep_history
from vsmdocs.history.lineage import Identity, Lineage, relevant, trace
from vsmdocs.history.repository import Repository
from vsmdocs.history.walk import CommitChanges, FileChange, first_parents, milestones, walk
from vsmdocs.model.snapshot import MapHistory, RepositoryHistory, Snapshot
from vsmdocs.reading.identity import identity_from_path
from vsmdocs.workers import Workers, cores_for

Report = Callable[[str, int, int], None]
_PORTION = 100


def read_history(
    repository: Repository,
    tip: str,
    maps_folder: str,
    *,
    cache: Cache | None = None,
    report: Report | None = None,
    fetch: bool = False,
) -> RepositoryHistory:
    """Read all versions of all maps on the first-parent history of a commit.

    `maps_folder` is relative to the project, as it is set. With `fetch` the contents that a
    partial clone lacks are fetched, all at once.

    A history that git cannot read to its end is given as far as it goes; `broken` says why.
    """
    folder = f"{repository.prefix}{maps_folder.strip('/')}/"
    known = cache or Cache(None)

    def again() -> RepositoryHistory:
        found, _ = _read(repository, tip, folder, Cache(None), None, False)
        return found

    if known.folder is None or repository.promisor:
        # What a partial clone has can change by itself.
        return _read(repository, tip, folder, known, report, fetch)[0]
    key = f"{tip} {folder} {repository.tags_and_end}"
    kept = find_history(known, key, again)
    if kept is not None:
        return kept
    found, settled = _read(repository, tip, folder, known, report, fetch)
    if settled:
        keep_history(known, key, found)
    return found


def _read(
    repository: Repository,
    tip: str,
    folder: str,
    cache: Cache,
    report: Report | None,
    fetch: bool,
) -> tuple[RepositoryHistory, bool]:
    """Read history from git; return it, and whether it could not be any other."""
    commits, broken = first_parents(repository, tip)
    partial = bool(repository.promisor)
    changed, ended = _walk(repository, commits, renames=not partial)
    kept = relevant(changed, folder)
    lacking = _lacking(repository, kept) if partial else set()
    if lacking and fetch:
        repository.fetch(sorted(lacking))
        changed, ended = _walk(repository, commits, renames=True)
        kept = relevant(changed, folder)
        lacking = _lacking(repository, kept)
    facts, settled = _facts(repository, kept, folder, lacking, cache, report)
    lineages = trace(kept, lambda change: facts[_key(change, folder)].identity)
    found = RepositoryHistory(
        _histories(lineages, facts, folder),
        milestones(repository, commits),
        changed[0].revision if changed else None,
        repository.shallow,
        len(lacking),
        broken or ended,
    )
    return found, settled and not (lacking or found.broken)


def _walk(
    repository: Repository, commits: Sequence[str], *, renames: bool
) -> tuple[list[CommitChanges], str]:
    changed: list[CommitChanges] = []
    try:
        # One by one: what came before git gave up is good.
        for commit in walk(repository, commits, renames=renames):
            changed.append(commit)
    except HistoryError as error:
        return changed, str(error)
    return changed, ""


def _lacking(repository: Repository, commits: Iterable[CommitChanges]) -> set[str]:
    wanted = {change.blob for commit in commits for change in commit.changes if change.blob}
    return wanted - repository.present()


def _key(change: FileChange, folder: str) -> str:
    """Return what facts depend on: the content, and what the path says where that does not."""
    said = identity_from_path(change.path, folder)
    return f"{change.blob} {change.kind} {said.stream}/{said.state}/{said.variant or ''}"


def _facts(
    repository: Repository,
    commits: Sequence[CommitChanges],
    folder: str,
    lacking: set[str],
    cache: Cache,
    report: Report | None,
) -> tuple[dict[str, Facts], bool]:
    """Return facts by key, worked out on all cores unless they are known.

    And whether they stay as they are, which they do not where contents cannot be had.
    """
    wanted: dict[str, tuple[str, str, str]] = {}
    for commit in commits:
        for change in commit.changes:
            if change.blob:
                wanted.setdefault(_key(change, folder), (change.blob, change.path, change.kind))
    known = cache.find("facts", wanted)
    known.update((key, pack(NOT_HERE)) for key, (blob, *_) in wanted.items() if blob in lacking)
    missing = [key for key in wanted if key not in known]
    portions = [missing[start : start + _PORTION] for start in range(0, len(missing), _PORTION)]
    count = cores_for(len(portions))
    say = report or (lambda text, done, whole: None)
    settled = True
    if missing:
        say("Reading history", len(known), len(wanted))
        with Workers(lambda: FactsReader(repository, folder), count) as workers:
            tasks = [(number % count, portion) for number, portion in enumerate(portions)]
            found: dict[str, list[Any]] = {}
            passing: set[str] = set()
            for _, (packed, lost) in workers.run(
                FactsReader.work_out,
                [(worker, [(key, *wanted[key]) for key in portion]) for worker, portion in tasks],
            ):
                found.update(packed)
                passing |= lost
                say("Reading history", len(known) + len(found), len(wanted))
        cache.keep("facts", {key: one for key, one in found.items() if key not in passing})
        known.update(found)
        settled = not passing
    return {key: unpack(known[key]) for key in wanted}, settled


def _histories(
    lineages: Sequence[Lineage], facts: Mapping[str, Facts], folder: str
) -> tuple[MapHistory, ...]:
    found: dict[Identity, MapHistory] = {}
    for lineage in lineages:
        # Of two files that say they are the same map, the first is it.
        if lineage.identity in found or not lineage.identity[0]:
            continue
        snapshots = []
        for version in lineage.versions:
            change = version.change
            if not change.blob:
                removed = Snapshot(version.revision, change.path, "", error="removed")
                snapshots.append(removed)
                continue
            fact = facts[_key(change, folder)]
            snapshots.append(
                Snapshot(
                    version.revision,
                    change.path,
                    change.blob,
                    fact.title,
                    fact.totals,
                    fact.calendar,
                    fact.error,
                )
            )
        found[lineage.identity] = MapHistory(
            *lineage.identity, tuple(snapshots), digest_of(snapshots), tuple(lineage.former)
        )
    order = ("current", "future", "ideal")
    return tuple(sorted(found.values(), key=lambda h: (h.stream, order.index(h.state), h.variant)))
