"""Which versions of which maps somebody wants compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from vsmdocs.analysis.diff import MapDiff, diff
from vsmdocs.analysis.lint import calculation_finding
from vsmdocs.errors import CalculationError, Finding, InvalidMap, UsageError
from vsmdocs.history.blobs import blob_ids
from vsmdocs.history.repository import Repository
from vsmdocs.history.trees import blob_at, maps_at, parting, read_maps
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.units import nearest
from vsmdocs.reading import MapDocument
from vsmdocs.workspace import MapFile, Workspace
from vsmdocs.workspace.files import UnreadableFile, read_regular


@dataclass(slots=True)
class Compared:
    """What was compared, and what could not be."""

    diffs: list[MapDiff] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """Where the map of each difference lies; the older place where it is gone."""
    findings: list[Finding] = field(default_factory=list)
    unreadable: dict[str, bool] = field(default_factory=dict)
    """Paths that were not compared, and whether it is the newer side that cannot be read."""


@dataclass(slots=True)
class _Side:
    """The maps of one side that differ from the other's."""

    documents: list[MapDocument]
    findings: list[Finding]


def compare(workspace: Workspace, words: Sequence[str]) -> Compared:
    """Compare what the words of a command line name: `[BASE [HEAD]] [PATHS]` or two `REF:PATH`.

    Raises
    ------
    UsageError
        When something named is not there.
    """
    repository = workspace.repository()
    if repository is None:
        raise UsageError("there is no git repository here to compare with")
    if len(words) == 2 and any(_is_place(repository, word) for word in words):
        return _places(workspace, repository, words)
    refs, paths = _split(workspace, repository, words)
    gone = [path for path in paths if not (workspace.start / path).exists()]
    if gone and not refs and repository.default_branch() is None:
        # Whoever misspelt BASE is not told to name one.
        raise _missing(gone[0])
    base = refs[0] if refs else parting(repository)
    return compare_commits(workspace, repository, base, refs[1] if len(refs) == 2 else None, paths)


def compare_commits(
    workspace: Workspace,
    repository: Repository,
    base: str,
    head: str | None,
    paths: Sequence[str] = (),
) -> Compared:
    """Compare a commit with another one, or with the working tree where there is no `head`."""
    if head is None:
        return _pair(*_to_working_tree(workspace, repository, base, paths))
    return _pair(*_between(workspace, repository, base, head, paths))


def compare_states(workspace: Workspace, stream: str) -> Compared:
    """Compare the current state of a stream with each of its others."""
    loaded = workspace.load()
    maps = {d.map.name: d for d in loaded.documents if d.map.stream == stream}
    current = maps.pop("current", None)
    folder = f"{workspace.settings.maps}/{stream}"
    found = Compared(
        findings=[f for f in loaded.findings if f.path.startswith((f"{folder}/", f"{folder}.md"))]
    )
    if (current is None or not maps) and not found.findings:
        streams = sorted({document.map.stream for document in loaded.documents})
        near = nearest(stream, tuple(streams)) if stream not in streams else None
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"{stream} has no current state and another one to compare{hint}")
    for document in maps.values() if current else ():
        _add(found, current, document)
    return found


def _is_place(repository: Repository, word: str) -> bool:
    ref, colon, path = word.partition(":")
    return bool(colon and path) and repository.resolve(ref) is not None


def _split(
    workspace: Workspace, repository: Repository, words: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Tell commits from paths: the first words that name commits are commits."""
    refs: list[str] = []
    paths: list[str] = []
    for word in words:
        commit = repository.resolve(word) if len(refs) < 2 and not paths else None
        exists = (workspace.start / word).exists()
        if commit is not None and exists:
            raise UsageError(
                f"{word!r} names a commit and a path: write ./{word}, or refs/heads/{word}"
            )
        if commit is not None:
            refs.append(commit)
        else:
            paths.append(word)
    return refs, paths


def _between(
    workspace: Workspace, repository: Repository, base: str, head: str, paths: Sequence[str]
) -> tuple[_Side, _Side]:
    folder = workspace.settings.maps
    trees = _within(
        workspace, [maps_at(repository, commit, folder) for commit in (base, head)], paths
    )
    return (
        _side(repository, _differing(*trees), folder),
        _side(repository, _differing(*reversed(trees)), folder),
    )


def _to_working_tree(
    workspace: Workspace, repository: Repository, base: str, paths: Sequence[str]
) -> tuple[_Side, _Side]:
    folder = workspace.settings.maps
    present = workspace.find_any()
    # Git keeps links as links: none of them is a map in the past.
    files = {file.shown: file for file in present.files if not file.path.is_symlink()}
    old, chosen = _within(
        workspace, [maps_at(repository, base, folder), dict.fromkeys(files, "")], paths
    )
    new, changed = _Side([], []), dict(old)
    for finding in present.findings:
        hidden = [name for name in changed if PurePosixPath(name).is_relative_to(finding.path)]
        if hidden:
            new.findings.append(finding)
        # What cannot be looked at did not go.
        changed = {name: blob for name, blob in changed.items() if name not in hidden}
    for name in chosen:
        if name in old and _is_blob(files[name], old[name]):
            del changed[name]
            continue
        try:
            new.documents.append(workspace.read(files[name]))
        except InvalidMap as invalid:
            new.findings += invalid.findings
    return _side(repository, changed, folder), new


def _is_blob(file: MapFile, blob: str) -> bool:
    try:
        return blob in blob_ids(read_regular(file.path))
    except UnreadableFile:
        return False


def _within(
    workspace: Workspace, sides: Sequence[dict[str, str]], paths: Sequence[str]
) -> list[dict[str, str]]:
    """Keep of each side what lies in the paths, which are on one of them or on disk."""
    if not paths:
        return list(sides)
    kept: list[dict[str, str]] = [{} for _ in sides]
    for path in paths:
        inside = _inside(workspace, path)
        for blobs, own in zip(sides, kept, strict=True):
            own |= {n: b for n, b in blobs.items() if PurePosixPath(n).is_relative_to(inside)}
        gone = not any(PurePosixPath(n).is_relative_to(inside) for own in kept for n in own)
        if not path or (gone and not (workspace.start / path).exists()):
            raise _missing(path)
    return kept


def _missing(word: str) -> UsageError:
    return UsageError(f"there is no commit, branch, tag or path {word[:200]!r}")


def _inside(workspace: Workspace, path: str) -> str:
    from os.path import abspath, relpath

    return Path(relpath(abspath(workspace.start / path), workspace.root)).as_posix()  # noqa: PTH100


def _differing(own: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {path: blob for path, blob in own.items() if other.get(path) != blob}


def _side(repository: Repository, blobs: Mapping[str, str], folder: str) -> _Side:
    return _Side(*read_maps(repository, blobs, folder))


def _places(workspace: Workspace, repository: Repository, words: Sequence[str]) -> Compared:
    sides = []
    for word in words:
        path, blob = blob_at(repository, word)
        sides.append(_side(repository, {path: blob}, workspace.settings.maps))
    found = Compared(findings=[*sides[0].findings, *sides[1].findings])
    if sides[0].documents and sides[1].documents:
        _add(found, sides[0].documents[0], sides[1].documents[0])
    return found


def _pair(old: _Side, new: _Side) -> Compared:
    """Match the maps of two sides: by what they say they are, then by their paths."""
    before_findings = [replace(f, message=f"the version before: {f.message}") for f in old.findings]
    found = Compared(findings=[*before_findings, *new.findings])
    found.unreadable = {f.path: False for f in old.findings} | {f.path: True for f in new.findings}
    broken = set(found.unreadable)
    by_identity = {document.map.identity: document for document in old.documents}
    left = {document.path: document for document in old.documents}
    pairs: list[tuple[MapDocument | None, MapDocument | None]] = []
    rest = []
    for document in new.documents:
        before = by_identity.get(document.map.identity)
        if before is not None and before.path in left:
            del left[before.path]
            pairs.append((before, document))
        else:
            rest.append(document)
    pairs += [(left.pop(document.path, None), document) for document in rest]
    pairs = _moved(pairs, left)
    pairs += [(document, None) for document in left.values()]
    for before, after in pairs:
        # What cannot be read on one side did not come or go.
        if (before is None or after is None) and (before or after).path in broken:  # type: ignore[union-attr]
            continue
        _add(found, before, after)
    ordered = sorted(
        zip(found.diffs, found.paths, strict=True), key=lambda pair: _identity(pair[0])
    )
    found.diffs, found.paths = [one for one, _ in ordered], [path for _, path in ordered]
    return found


def _identity(one: MapDiff) -> tuple[str, str, str]:
    return (one.head or one.base).identity  # type: ignore[union-attr]


def _moved(
    pairs: list[tuple[MapDocument | None, MapDocument | None]], left: dict[str, MapDocument]
) -> list[tuple[MapDocument | None, MapDocument | None]]:
    """Match what seems new with what seems gone where most of their steps are the same.

    Such a map is what its path says, and the path changed.
    """
    matched = []
    for before, after in pairs:
        if before is None and after is not None and left:
            likest = max(left.values(), key=lambda old: (_likeness(old, after), old.path))
            if _likeness(likest, after) > 0.5:
                before = left.pop(likest.path)
        matched.append((before, after))
    return matched


def _likeness(one: MapDocument, other: MapDocument) -> float:
    """Return which part of the steps of two maps they have in common."""
    steps = [{step.id for step in document.map.steps} for document in (one, other)]
    return len(steps[0] & steps[1]) / len(steps[0] | steps[1])


def _add(found: Compared, before: MapDocument | None, after: MapDocument | None) -> None:
    metrics: list[StreamMetrics | None] = []
    for document in (before, after):
        try:
            metrics.append(measure(document.map) if document else None)
        except CalculationError as error:
            if document is not None:
                found.findings.append(calculation_finding(document, error))
                found.unreadable[document.path] = document is after
            return
    one = diff(
        before.map if before else None,
        after.map if after else None,
        before.body if before else "",
        after.body if after else "",
        base_metrics=metrics[0],
        head_metrics=metrics[1],
    )
    if not one.nothing:
        found.diffs.append(one)
        found.paths.append((after or before).path)  # type: ignore[union-attr]
