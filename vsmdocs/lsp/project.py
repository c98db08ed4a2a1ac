"""Which open files are maps, in which project, and which maps stand beside them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from vsmdocs.errors import ConfigError, InvalidMap, UsageError
from vsmdocs.reading import MapDocument, read_map
from vsmdocs.workspace import Workspace, open_workspace
from vsmdocs.workspace.files import UnreadableFile, is_prose, printable, read_regular
from vsmdocs.workspace.settings import DEFAULTS

MOST_BESIDE = 300
"""Maps of a project that are read to see what stands beside one; more take too long."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an open text belongs."""

    shown: str
    """Its path from the project's root on, with forward slashes."""
    path: Path | None
    """None where it is in no file yet."""
    workspace: Workspace


def place_of(uri: str, text: str) -> Place | None:
    """Return where a text belongs, or None where it is no map.

    That is a Markdown file below a project's maps, or one anywhere whose frontmatter has
    `steps:`.
    """
    path = path_of(uri)
    if path is None:
        name = unquote(urlsplit(uri).path).rpartition("/")[2] or "untitled.md"
        nowhere = Workspace(Path.cwd(), DEFAULTS, Path.cwd())
        return Place(printable(name), None, nowhere) if _has_steps(text) else None
    if path.suffix != ".md" or is_prose(path.name):
        return None
    workspace = _workspace(path.parent)
    below = path.is_relative_to(workspace.maps_folder)
    if not below and not _has_steps(text):
        return None
    inside = path.is_relative_to(workspace.root)
    shown = path.relative_to(workspace.root).as_posix() if inside else path.name
    return Place(printable(shown), path, workspace)


def path_of(uri: str) -> Path | None:
    """Return the path of a `file:` address."""
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = url2pathname(parts.path)
    return Path(os.path.normpath(path)) if path and "\0" not in path else None


def _has_steps(text: str) -> bool:
    """Return whether a text begins with frontmatter that has `steps:`."""
    if not text.startswith("---"):
        return False
    for line in text[:1_000_000].splitlines()[1:]:
        if line.rstrip() == "---":
            return False
        if line.startswith("steps:"):
            return True
    return False


def _workspace(folder: Path) -> Workspace:
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    try:
        return open_workspace(folder)
    except (ConfigError, UsageError, OSError):
        # A map is worth a look whatever its project's settings say.
        return Workspace(folder, DEFAULTS, folder)


@dataclass(slots=True)
class Neighbours:
    """The other maps of projects, each read again only when its file has changed."""

    _known: dict[Path, tuple[tuple[int, int], MapDocument | None]] = field(default_factory=dict)

    def beside(self, place: Place) -> list[tuple[Path, MapDocument]]:
        """Return the maps of the project that a text belongs to, without its own, by path."""
        if place.path is None or not place.path.is_relative_to(place.workspace.maps_folder):
            return []
        files = place.workspace.find_any().files
        if len(files) > MOST_BESIDE:
            files = [file for file in files if file.path.parent == place.path.parent]
        found = []
        for file in files[:MOST_BESIDE]:
            if file.path != place.path and (document := self._read(file.path, file.shown, place)):
                found.append((file.path, document))
        return found

    def _read(self, path: Path, shown: str, place: Place) -> MapDocument | None:
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._known.get(path)
            if known is None or known[0] != stamp:
                data = read_regular(path)
                known = stamp, _document(shown, data, place.workspace.settings.maps)
                self._known[path] = known
        except (OSError, UnreadableFile):
            return None
        return known[1]


def _document(shown: str, data: bytes, folder: str) -> MapDocument | None:
    try:
        return read_map(shown, data, maps_folder=folder)
    except InvalidMap:
        return None
