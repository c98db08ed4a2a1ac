"""Which file of which commit was which map: histories that follow a map, whatever its path.

A map is its stream, state and variant. Where a file says these itself, or its path does, the
next version is the one of the same identity. Where they follow from the path and the path
changes, git's rename carries the history over, and so it does when a file is given another
identity. A map that was removed and comes back goes on with its old history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from vsmdocs.history.walk import CommitChanges, FileChange
from vsmdocs.model.snapshot import Revision

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """A map's file as a commit left it."""

    revision: Revision | None
    change: FileChange


@dataclass(slots=True)
class Lineage:
    """The versions of one map, oldest first."""

    identity: Identity
    versions: list[Version] = field(default_factory=list)
    path: str = ""
    """Where it is now; empty when it is gone."""
    former: list[str] = field(default_factory=list)
    """Names that its stream had before."""


def relevant(commits: Iterable[CommitChanges], maps_folder: str) -> list[CommitChanges]:
    """Keep what is about maps, oldest first; `commits` come newest first.

    `maps_folder` is relative to the repository and ends in a slash, or is empty. Files outside
    it count for as long as they were on their way into it.
    """
    followed: set[str] = set()
    kept = []
    for commit in commits:
        changes = []
        for change in commit.changes:
            inside = is_map(change.path, maps_folder)
            came_from_inside = bool(change.old_path) and is_map(change.old_path, maps_folder)
            if not (inside or came_from_inside or change.path in followed):
                continue
            changes.append(change)
            if not change.old_path:
                followed.discard(change.path)
            elif change.old_path != change.path:
                followed.discard(change.path)
                if not came_from_inside:
                    followed.add(change.old_path)
        if changes:
            kept.append(CommitChanges(commit.revision, tuple(changes)))
    kept.reverse()
    return kept


def is_map(path: str, folder: str) -> bool:
    """Return whether a path of the repository is that of a map in a folder, which ends in `/`."""
    if not path.startswith(folder) or not path.endswith(".md"):
        return False
    parts = path[len(folder) :].split("/")
    return parts[-1].lower() != "readme.md" and not any(part.startswith(".") for part in parts)


def trace(
    commits: Sequence[CommitChanges], identify: Callable[[FileChange], Identity | None]
) -> list[Lineage]:
    """Tell the maps' histories from commits, oldest first.

    `identify` gives the identity of a file's content at its path, None where it cannot be read.
    """
    lineages: list[Lineage] = []
    by_path: dict[str, Lineage] = {}
    by_identity: dict[Identity, Lineage] = {}
    gone: dict[str, Lineage] = {}
    for commit in commits:
        _Step(commit, identify, lineages, by_path, by_identity, gone).take()
    return lineages


class _Step:
    """One commit: first those that are who they say, then those that git says they are."""

    def __init__(
        self,
        commit: CommitChanges,
        identify: Callable[[FileChange], Identity | None],
        lineages: list[Lineage],
        by_path: dict[str, Lineage],
        by_identity: dict[Identity, Lineage],
        gone: dict[str, Lineage],
    ) -> None:
        self.commit, self.lineages = commit, lineages
        self.by_path, self.by_identity, self.gone = by_path, by_identity, gone
        self.present = [(change, identify(change)) for change in commit.changes if change.blob]
        self.before = {
            change.old_path: by_path.get(change.old_path)
            for change in commit.changes
            if change.old_path
        }
        self.claimed: set[int] = set()

    def take(self) -> None:
        """Add the commit's versions to the histories."""
        for path in self.before:
            self.by_path.pop(path, None)
        found = [self._by_identity(change, identity) for change, identity in self.present]
        for place, (change, identity) in enumerate(self.present):
            lineage = found[place] or self._by_git(change) or self._new(change, identity)
            self.claimed.add(id(lineage))
            self._add(lineage, change, identity)
        for change in self.commit.changes:
            if not change.blob:
                self._end(self.before.get(change.old_path), change)
        for old in self.before.values():
            # Its file became another map, and nothing else is this one any more.
            if old is not None:
                self._end(old, FileChange(old.path, old.path, ""))

    def _end(self, lineage: Lineage | None, change: FileChange) -> None:
        if lineage is None or id(lineage) in self.claimed:
            return
        lineage.versions.append(Version(self.commit.revision, change))
        self.gone[lineage.path] = lineage
        lineage.path = ""
        self.claimed.add(id(lineage))

    def _by_identity(self, change: FileChange, identity: Identity | None) -> Lineage | None:
        lineage = self.by_identity.get(identity) if identity is not None else None
        if lineage is None or id(lineage) in self.claimed:
            return None
        # Two files at once can say that they are the same map; the one that was it stays it.
        if lineage.path not in ("", change.path) and lineage.path not in self.before:
            return None
        self.claimed.add(id(lineage))
        return lineage

    def _by_git(self, change: FileChange) -> Lineage | None:
        lineage = self.before.get(change.old_path) if change.old_path else None
        return None if lineage is None or id(lineage) in self.claimed else lineage

    def _new(self, change: FileChange, identity: Identity | None) -> Lineage:
        # What cannot be read is taken for what stood at its path before it was removed.
        old = self.gone.get(change.path) if identity is None else None
        if old is not None and not old.path and id(old) not in self.claimed:
            return old
        lineage = Lineage(identity or ("", "", change.path))
        self.lineages.append(lineage)
        return lineage

    def _add(self, lineage: Lineage, change: FileChange, identity: Identity | None) -> None:
        if identity is not None:
            before = lineage.identity[0]
            if before not in ("", identity[0], *lineage.former):
                lineage.former.append(before)
            if self.by_identity.get(lineage.identity) is lineage and lineage.identity != identity:
                del self.by_identity[lineage.identity]
            lineage.identity = identity
            self.by_identity.setdefault(identity, lineage)
        lineage.path = change.path
        self.by_path[change.path] = lineage
        lineage.versions.append(Version(self.commit.revision, change))
