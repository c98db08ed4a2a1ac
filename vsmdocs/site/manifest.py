"""What the last build into a folder was made from, so that the next one does only what is new.

A stream's files are taken over when everything they depend on is the same and nobody touched
them; a whole site is let be when all of it is. Files are taken over as links, so the old and the
new site share them until the old one is removed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vsmdocs.cache import Cache

Stamp = tuple[int, int]
"""A file's size and when it was last written, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class MadeBefore:
    """One stream as the last build made it."""

    key: str
    """What its pages depend on, and so what else was kept of it."""
    files: tuple[str, ...]


@dataclass(slots=True)
class Manifest:
    """What the last build into a folder was made from; empty when it is not known."""

    key: str = ""
    stamps: dict[str, Stamp] = field(default_factory=dict)
    streams: dict[str, MadeBefore] = field(default_factory=dict)
    result: Any = None
    about: str = ""
    """What all pages depend on alike: the code, the settings, the day, and the commit."""

    def fresh(self, files: Sequence[Path], about: str) -> int:
        """Return how many files of a site are new since, as far as their dates tell.

        That is enough to share work out, and for nothing else: dates can say anything.
        """
        if not self.stamps or self.about != about:
            return len(files)
        made = max(written for _, written in self.stamps.values())
        return sum(_changed_at(file) >= made for file in files)


def _changed_at(file: Path) -> int:
    try:
        status = file.stat()
    except OSError:
        return 0
    # A copy can have the date of what it was copied from.
    return max(status.st_mtime_ns, status.st_ctime_ns)


def digest(*parts: object) -> str:
    """Return a digest of values that have a faithful text."""
    return hashlib.sha256("\0".join(repr(part) for part in parts).encode()).hexdigest()


def load(cache: Cache, output: Path) -> Manifest:
    """Return the manifest of what lies in `output`."""
    name = str(output)
    found = cache.find("site", [name]).get(name)
    if found is None:
        return Manifest()
    try:
        return Manifest(
            found["key"],
            {file: (size, at) for file, (size, at) in found["stamps"].items()},
            {
                stream: MadeBefore(key, tuple(files))
                for stream, (key, files) in found["streams"].items()
            },
            found["result"],
            found["about"],
        )
    except (KeyError, TypeError, ValueError):
        return Manifest()


def save(cache: Cache, output: Path, manifest: Manifest) -> None:
    """Remember what now lies in `output`."""
    kept = {
        "key": manifest.key,
        "stamps": manifest.stamps,
        "streams": {stream: (one.key, one.files) for stream, one in manifest.streams.items()},
        "result": manifest.result,
        "about": manifest.about,
    }
    cache.keep("site", {str(output): kept})


def stamps(folder: Path) -> dict[str, Stamp]:
    """Return the stamps of all files below a folder, by path with forward slashes."""
    found: dict[str, Stamp] = {}
    waiting = [(str(folder), "")]
    while waiting:
        here, name = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                inside = f"{name}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{inside}/"))
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[inside] = (status.st_size, status.st_mtime_ns)
    return found


def untouched(output: Path, manifest: Manifest) -> bool:
    """Return whether the files in `output` are exactly those that were written there."""
    try:
        return bool(manifest.stamps) and stamps(output) == manifest.stamps
    except OSError:
        return False


def usable(output: Path, manifest: Manifest) -> dict[str, MadeBefore]:
    """Return the streams whose files nobody touched."""
    try:
        present = stamps(output) if manifest.stamps else {}
    except OSError:
        return {}
    return {
        stream: one
        for stream, one in manifest.streams.items()
        if all(_same(name, present, manifest.stamps) for name in one.files)
    }


def _same(name: str, present: Mapping[str, Stamp], known: Mapping[str, Stamp]) -> bool:
    return name in present and present[name] == known.get(name)


def content_digest(files: Iterable[Path]) -> str:
    """Return a digest of files' names and contents; what cannot be read counts as such."""
    found = hashlib.sha256()
    for path in files:
        found.update(os.fsencode(path) + b"\0")
        try:
            # A pipe would be waited for.
            found.update(path.read_bytes() if path.is_file() else b"-")
        except OSError as error:
            found.update(str(error.errno).encode())
        found.update(b"\0")
    return found.hexdigest()
