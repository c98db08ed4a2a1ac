"""A new map in a project: where it belongs, what is in the way, and what is in it."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vsmdocs.errors import InvalidMap, UsageError
from vsmdocs.model.stream import STATES
from vsmdocs.model.units import nearest, slugify
from vsmdocs.reading import read_map
from vsmdocs.starting.project import NewFile
from vsmdocs.starting.scaffold import Identity, copied_map, empty_map
from vsmdocs.starting.writing import write_new
from vsmdocs.workspace.files import printable

if TYPE_CHECKING:
    from vsmdocs.reading import MapDocument
    from vsmdocs.workspace import Workspace


def add_map(
    workspace: Workspace, identity: Identity, source: str, title: str | None, today: date
) -> str:
    """Write a new map and return its path below the project.

    `source` names another state of the stream to begin with, such as `current`, or is empty.

    Raises
    ------
    UsageError
        When it cannot be called so, is there already, or the source is not.
    InvalidMap
        When the source cannot be read.
    """
    _named(identity)
    path = f"{workspace.settings.maps}/{identity.path}"
    documents = _present(workspace, identity)
    if source:
        text = copied_map(_source(documents, identity, source), identity, title, today)
    else:
        text = empty_map(identity, title or _title(documents, identity), today)
    _readable(path, text, workspace.settings.maps)
    (outcome,) = write_new(workspace.root, [NewFile(path, text, "a map")])
    if outcome.fate != "new":
        raise UsageError(_there(path))
    return path


def _named(identity: Identity) -> None:
    for what, name in (("stream", identity.stream), ("variant", identity.variant)):
        better = slugify(name)
        if name and better != name:
            shown = printable(name[:60])
            hint = f"write {better}" if better else "use lower-case letters, digits and hyphens"
            raise UsageError(f"“{shown}” cannot be the name of a {what}: {hint}")
    if not identity.stream:
        raise UsageError("a stream needs a name, such as feature-delivery")


def _present(workspace: Workspace, identity: Identity) -> dict[str, MapDocument]:
    """Return the stream's maps by name; refuse a map that is there already, wherever it lies.

    What is wrong with maps that have no part in this is not this command's to tell.
    """
    folder = workspace.maps_folder
    if folder.is_dir() and not folder.resolve().is_relative_to(workspace.root.resolve()):
        workspace.find()  # says so
    found: dict[str, MapDocument] = {}
    target = f"{workspace.settings.maps}/{identity.path}"
    for file in workspace.find_any().files:
        if file.shown == target:
            raise UsageError(_there(target))
        try:
            document = workspace.read(file)
        except InvalidMap:
            if PurePosixPath(file.shown).parent.name != identity.stream:
                continue
            raise
        if document.map.stream == identity.stream:
            found[document.map.name] = document
    if identity.name in found:
        raise UsageError(_there(found[identity.name].path))
    return found


def _there(path: str) -> str:
    return (
        f"{printable(path)} is there already, and stays as it is; change it, or name another map "
        "of the stream with --variant, such as --variant q2"
    )


def _source(documents: dict[str, MapDocument], identity: Identity, source: str) -> MapDocument:
    if source in documents:
        return documents[source]
    shown = printable(source[:60])
    if source.partition("-")[0] not in STATES:
        near = nearest(source, STATES)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(STATES)}"
        raise UsageError(f"“{shown}” is no state of a stream; {hint}")
    if not documents:
        raise UsageError(
            f"{identity.stream} has no maps to begin with; leave out --from, or write its current "
            f"state first: vsmdocs new {identity.stream}"
        )
    raise UsageError(
        f"{identity.stream} has no map {shown} to begin with; it has {', '.join(sorted(documents))}"
    )


def _title(documents: dict[str, MapDocument], identity: Identity) -> str:
    """Return the title that the stream's other maps have, else one made of its name."""
    for document in documents.values():
        return document.map.title
    words = identity.stream.replace("-", " ")
    return words[:1].upper() + words[1:]


def _readable(path: str, text: str, maps: str) -> None:
    """Refuse to write what could not be read; a title can hold anything."""
    try:
        read_map(path, text.encode("utf-8", "surrogateescape"), maps_folder=maps)
    except InvalidMap as invalid:
        first = invalid.findings[0]
        raise UsageError(f"the new map could not be read: {first.message}; {first.hint}") from None
