"""Eighteen months of one team's repository, told entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from vsmdocs.demo.changes import edited
from vsmdocs.demo.chapters import ENTRIES
from vsmdocs.demo.commits import MAIN, Commit
from vsmdocs.demo.entries import Edits, Entry
from vsmdocs.demo.map_text import MapText

END = date(2026, 10, 30)
"""The day of the last commit, on which the repository is looked at."""

Tree = Mapping[str, MapText | str]
"""What stands at each path."""


def story() -> tuple[Commit, ...]:
    """Return the commits, each after its parents."""
    commits: list[Commit] = []
    tips: dict[str, int] = {}
    trees: dict[str, Tree] = {MAIN: {}}
    waiting: dict[str, list[Edits]] = {}
    for entry in ENTRIES:
        branch = entry.branch
        if branch not in trees:
            trees[branch], tips[branch], waiting[branch] = trees[MAIN], tips[MAIN], []
        before = trees[branch]
        # A merge does once more to the main branch what was done beside it.
        steps = waiting[entry.merges] if entry.merges else [entry.edits]
        for edits in steps:
            trees[branch] = _after(trees[branch], edits)
        if branch in waiting:
            waiting[branch].append(entry.edits)
        parents = [tips[name] for name in (branch, entry.merges) if name in tips]
        tips[branch] = len(commits)
        commits.append(_commit(entry, before, trees[branch], tuple(parents)))
    return tuple(commits)


def _after(tree: Tree, edits: Edits) -> Tree:
    """Return the tree after edits; a path that moves takes what stood there with it."""
    after = dict(tree)
    for path, edit in edits.items():
        if isinstance(edit, MapText | str):
            after[path] = edit
        else:
            came_from, changes = edit
            map = after.pop(came_from or path)
            assert isinstance(map, MapText), f"{path} is no map"
            after[path] = edited(map, *changes)
    return after


def _commit(entry: Entry, before: Tree, after: Tree, parents: tuple[int, ...]) -> Commit:
    old, new = ({path: _text(what) for path, what in tree.items()} for tree in (before, after))
    files = tuple(
        (path, new.get(path)) for path in sorted({*old, *new}) if old.get(path) != new.get(path)
    )
    at = datetime.fromisoformat(entry.at)
    return Commit(entry.author, at, entry.message, files, parents, entry.branch, entry.tags)


def _text(what: MapText | str) -> str:
    return what if isinstance(what, str) else what.text()
