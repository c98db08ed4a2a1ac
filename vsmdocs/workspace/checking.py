"""What is found in the maps of the working tree or of a commit, before anybody chooses of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vsmdocs.analysis.fingerprints import fingerprint
from vsmdocs.analysis.lint import run as lint
from vsmdocs.analysis.numbers import Place
from vsmdocs.errors import Finding, InvalidMap, UsageError
from vsmdocs.history.repository import Repository
from vsmdocs.reading import MapDocument
from vsmdocs.workspace.checking_many import check_many, may_be_stale, worth_it
from vsmdocs.workspace.files import FoundMaps
from vsmdocs.workspace.workspace import Loaded, Report, Workspace

UNKNOWN = "history-unreadable"
"""Rule of what says that a file of the past could not be had."""
_ENOUGH = 0.5
"""Part of the steps, or of the findings, of two files that makes one of them the other, moved."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Some maps, and all that is found in them."""

    files: tuple[str, ...]
    """Paths of what was checked, in order, those included that could not be read."""
    findings: tuple[Finding, ...]
    """In order."""
    documents: tuple[MapDocument, ...] = ()
    """All maps that could be read, those included that stand beside what was asked about.

    Where they were asked for; there may be many.
    """


def check_tree(
    workspace: Workspace,
    today: date,
    paths: Sequence[str | Path] | None = None,
    *,
    report: Report | None = None,
    documents_too: bool = True,
) -> Checked:
    """Check all maps of the working tree, or those in `paths`.

    The others are read as well, because what is right in one map may depend on another. Where
    there are many and nobody wants them back (`documents_too`), all cores take part.

    Raises
    ------
    UsageError
        When there is nothing to check.
    """
    if not paths and not documents_too:
        found = workspace.find()
        # Whether an old name leads anywhere, only all streams can tell.
        if worth_it(len(found.files)) and not workspace.settings.site.aliases:
            return _check_many(workspace, today, found, report)
    loaded = workspace.load(paths, report=report)
    asked = {one.path for one in loaded.documents} | {one.path for one in loaded.findings}
    documents = [*loaded.documents, *(_beside(workspace, asked) if paths else ())]
    stale = _stale(workspace, loaded.documents, today, "HEAD")
    judged = [one for one in lint(documents, today, stale=stale) if one.path in asked]
    judged += _of_settings(workspace, loaded) if not paths else ()
    return Checked(
        tuple(sorted(asked)), tuple(sorted([*loaded.findings, *judged])), tuple(documents)
    )


def _of_settings(workspace: Workspace, loaded: Loaded) -> Iterable[Finding]:
    """Return what of the settings does not go with the maps that there are."""
    if not workspace.settings.site.aliases:
        return ()
    from vsmdocs.workspace.aliases import alias_findings

    streams = {document.map.stream for document in loaded.documents}
    return alias_findings(workspace, streams, (one.path for one in loaded.findings))


def _check_many(
    workspace: Workspace, today: date, found: FoundMaps, report: Report | None
) -> Checked:
    def stale(dated: Sequence[MapDocument]) -> dict[str, dict[Place, str]]:
        return _stale(workspace, dated, today, "HEAD")

    findings = [*found.findings, *check_many(workspace, today, found.files, stale, report)]
    files = {file.shown for file in found.files} | {one.path for one in found.findings}
    return Checked(tuple(sorted(files)), tuple(sorted(findings)))


def _beside(workspace: Workspace, asked: set[str]) -> Iterable[MapDocument]:
    for file in workspace.find_any().files:
        if file.shown not in asked:
            try:
                yield workspace.read(file)
            except InvalidMap:
                continue


def check_commit(
    workspace: Workspace,
    repository: Repository,
    commit: str,
    today: date,
    known: Iterable[MapDocument] = (),
) -> Checked:
    """Check all maps of a commit; of those that are `known`, none is read again.

    What cannot be had of them is a finding by the rule `UNKNOWN`.
    """
    from vsmdocs.history.blobs import blob_ids
    from vsmdocs.history.trees import maps_at, read_maps

    folder = workspace.settings.maps
    blobs = maps_at(repository, commit, folder)
    same = [
        document
        for document in known
        if blobs.get(document.path) in blob_ids(document.source.text.encode())
    ]
    missing = {path: blob for path, blob in blobs.items() if path not in {d.path for d in same}}
    documents, findings = read_maps(repository, missing, folder) if missing else ([], [])
    documents = sorted([*same, *documents], key=lambda document: document.path)
    stale = _stale(workspace, documents, today, commit)
    found = [*findings, *lint(documents, today, stale=stale)]
    return Checked(tuple(sorted(blobs)), tuple(sorted(found)), tuple(documents))


def since(workspace: Workspace, repository: Repository, name: str) -> str:
    """Return the commit that a review of what came since `name` starts from.

    That is where this branch left it: what came to `name` after that was not brought in here.

    Raises
    ------
    UsageError
        When there is none.
    """
    from vsmdocs.history.trees import merge_base

    more = (
        "; this clone is shallow, so it may be missing: fetch the whole history"
        if repository.shallow
        else ""
    )
    head = repository.resolve("HEAD")
    if head is None:
        raise UsageError("there are no commits here yet to compare with")
    commit = repository.resolve(name)
    if commit is None:
        raise UsageError(
            f"there is no commit, branch or tag “{name[:100]}” in this repository{more}"
        )
    found = merge_base(repository, head, commit)
    if found is None:
        raise UsageError(f"“{name[:100]}” and HEAD have no commit in common{more}")
    return found


def before_change(base: Checked, head: Checked) -> list[Finding]:
    """Return what was found before a change, under the paths that files have after it."""
    moves = moved(base, head)
    return sorted(
        replace(finding, path=moves.get(finding.path, finding.path)) for finding in base.findings
    )


def moved(base: Checked, head: Checked) -> dict[str, str]:
    """Return by their old paths the new ones of files that a change moved.

    A map is what it says it is. One that leaves that to its path, and one that cannot be read,
    are known by what stands in them.
    """
    gone = [path for path in base.files if path not in set(head.files)]
    came = [path for path in head.files if path not in set(base.files)]
    moves: dict[str, str] = {}
    for likeness in (_same_map, _same_steps, _same_findings):
        before, after = likeness(base), likeness(head)
        for old in gone:
            left = [new for new in came if new not in moves.values()]
            if old in moves or not left:
                continue
            alike = {new: _overlap(before.get(old), after.get(new)) for new in left}
            new = max(left, key=lambda path: alike[path])
            if alike[new] > _ENOUGH:
                moves[old] = new
    return moves


def _same_map(side: Checked) -> Mapping[str, frozenset[object]]:
    return {one.path: frozenset((one.map.identity,)) for one in side.documents}


def _same_steps(side: Checked) -> Mapping[str, frozenset[object]]:
    return {one.path: frozenset(step.id for step in one.map.steps) for one in side.documents}


def _same_findings(side: Checked) -> Mapping[str, frozenset[object]]:
    """Return what is found in the files that cannot be read, as if they had no path."""
    read = {document.path for document in side.documents}
    found: dict[str, frozenset[object]] = {}
    for one in side.findings:
        if one.path not in read:
            mark = fingerprint(replace(one, path=""))
            found[one.path] = found.get(one.path, frozenset()) | {mark}
    return found


def _overlap(one: frozenset[object] | None, other: frozenset[object] | None) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _stale(
    workspace: Workspace, documents: Sequence[MapDocument], today: date, name: str
) -> dict[str, dict[Place, str]]:
    """Return which numbers are too old: the past is read only where any of them can be."""
    days = workspace.settings.stale_after_days
    asked = [document for document in documents if may_be_stale(workspace, document, today)]
    repository = workspace.repository() if asked else None
    tip = repository.resolve(name) if repository is not None else None
    if repository is None or tip is None:
        return {}
    from vsmdocs.cache import Cache
    from vsmdocs.history.blame import find_stale
    from vsmdocs.history.read import read_history

    folder = workspace.settings.maps
    with Cache(workspace.cache_folder()) as cache:
        history = read_history(repository, tip, folder, cache=cache)
    return find_stale(repository, history, asked, folder, today, days)
