"""The maps of one commit, and where two branches parted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vsmdocs.errors import Finding, HistoryError, InvalidMap, UsageError
from vsmdocs.history.blobs import Blobs
from vsmdocs.history.facts import MOST_BYTES
from vsmdocs.history.lineage import is_map
from vsmdocs.history.repository import Repository
from vsmdocs.history.walk import FILE_MODES
from vsmdocs.reading import MapDocument, read_map


def maps_at(repository: Repository, commit: str, maps_folder: str) -> dict[str, str]:
    """Return the maps that a commit has: their contents' ids by path within the project."""
    folder = f"{repository.prefix}{maps_folder.strip('/')}/"
    arguments = ["ls-tree", "-r", "-z", "--full-tree", commit, "--", folder]
    with repository.reading(arguments) as output:
        entries = output.read().decode("utf-8", "surrogateescape").split("\0")
    found = {}
    for entry in entries:
        facts, _, path = entry.partition("\t")
        mode, _, blob = [*facts.split(" "), "", ""][:3]
        if mode in FILE_MODES and is_map(path, folder):
            found[path.removeprefix(repository.prefix)] = blob
    return found


def blobs_at(repository: Repository, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the contents' ids of those files within the project that a commit has, by path."""
    inside = [f"{repository.prefix}{path}" for path in paths]
    if not inside:
        return {}
    said = repository.ask("ls-tree", "-z", "--full-tree", commit, "--", *inside) or ""
    found = {}
    for entry in said.split("\0"):
        facts, _, path = entry.partition("\t")
        mode, _, blob = [*facts.split(" "), "", ""][:3]
        if mode in FILE_MODES:
            found[path.removeprefix(repository.prefix)] = blob
    return found


def blob_at(repository: Repository, place: str) -> tuple[str, str]:
    """Return the path within the project and the content's id of `REF:PATH`.

    Raises
    ------
    UsageError
        When there is no such commit, or no such file in it.
    """
    ref, _, path = place.partition(":")
    commit = repository.commit(ref)
    inside = f"{repository.prefix}{path.removeprefix('./')}"
    entry = repository.ask("ls-tree", "-z", "--full-tree", commit, "--", inside) or ""
    facts, _, named = entry.partition("\t")
    mode, _, blob = [*facts.split(" "), "", ""][:3]
    # A folder with a slash at its end gives what lies in it.
    if mode not in FILE_MODES or named.rstrip("\0") != inside:
        raise UsageError(f"there is no file {path[:200]} in {ref[:100]}")
    return path.removeprefix("./"), blob


def read_maps(
    repository: Repository, blobs: Mapping[str, str], maps_folder: str
) -> tuple[list[MapDocument], list[Finding]]:
    """Read files, ids by path, as maps; return what is wrong with those that are none as well."""
    documents: list[MapDocument] = []
    findings: list[Finding] = []
    with Blobs(repository, MOST_BYTES) as contents:
        for path, data in zip(blobs, contents.read(blobs.values()), strict=True):
            if isinstance(data, HistoryError):
                findings.append(Finding(path, 0, 0, "history-unreadable", "error", str(data)))
                continue
            try:
                documents.append(read_map(path, data, maps_folder=maps_folder))
            except InvalidMap as invalid:
                findings += invalid.findings
    return documents, findings


def parting(repository: Repository) -> str:
    """Return the commit at which this branch left the default one.

    Raises
    ------
    UsageError
        When there is no commit, or no default branch to compare with.
    """
    head = repository.resolve("HEAD")
    if head is None:
        raise UsageError("there are no commits here yet to compare with")
    default = repository.default_branch()
    if default is None:
        raise UsageError("no default branch is known here: name what to compare with, such as main")
    found = merge_base(repository, head, default)
    if found is None:
        raise UsageError(
            "this branch and the default one have no commit in common (in a shallow clone it may "
            "be missing): name what to compare with"
        )
    return found


def merge_base(repository: Repository, one: str, other: str) -> str | None:
    """Return the newest commit that two commits have in common; None where there is none."""
    found = repository.ask("merge-base", one, other)
    return found.splitlines()[0] if found else None
