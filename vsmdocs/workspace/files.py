"""Which files under a folder are maps, and their bytes; whatever else lies there is told.

A working tree can hold links, pipes, devices and files of any size or name. None of them may
lead out of the folder, stop the program or hang it, and none is passed over in silence.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from vsmdocs.errors import Finding
from vsmdocs.reading.source import forbidden_character

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class MapFile:
    """A file that is to be read as a map."""

    path: Path
    shown: str
    """As findings name it, with forward slashes."""


@dataclass(slots=True)
class FoundMaps:
    """What a folder holds, in order of path."""

    files: list[MapFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are, those included that were refused."""
        return len(self.files) + len(self.findings)

    def add(self, path: Path, shown: str, boundary: Path) -> None:
        """Keep a file that is named as a map; a link must lead to a file in `boundary`."""
        if not path.is_symlink():
            self.files.append(MapFile(path, shown))
            return
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            self.refuse(shown, "file-unreadable", "this link leads nowhere", "mend or remove it")
            return
        if target.is_relative_to(boundary):
            self.files.append(MapFile(path, shown))
        else:
            hint = "put the file itself here, so that the repository has all its maps"
            self.refuse(shown, "link-outside", "this link leads out of the maps folder", hint)

    def refuse(self, shown: str, rule: str, message: str, hint: str) -> None:
        """Keep a finding about a whole file or folder."""
        self.findings.append(Finding(shown, 0, 0, rule, "error", message, hint))


class UnreadableFile(Exception):
    """A file that cannot be had; `rule`, `message` and `hint` are a finding's."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint


def find_maps(folder: Path, shown: str, boundary: Path) -> FoundMaps:
    """Return the maps at every level of `folder`; links must stay inside `boundary`, resolved."""
    found = FoundMaps()
    waiting = [(folder, shown)]
    while waiting:
        here, name = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = list(entries)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            found.refuse(name, "file-unreadable", f"the folder cannot be read: {reason}", _ALLOW)
            continue
        for entry in listed:
            if not entry.name.startswith("."):
                _sort_in(entry, f"{name}/{entry.name}", boundary, found, waiting)
    found.files.sort(key=lambda file: file.shown)
    found.findings.sort()
    return found


_ALLOW = "allow yourself to read it, or take it out of the maps folder"


def is_prose(name: str) -> bool:
    """Return whether a file of this name is about maps and none itself."""
    return name.lower() == "readme.md"


def _sort_in(
    entry: os.DirEntry[str],
    shown: str,
    boundary: Path,
    found: FoundMaps,
    waiting: list[tuple[Path, str]],
) -> None:
    path = Path(entry.path)
    folder = entry.is_dir(follow_symlinks=False)
    linked_folder = entry.is_symlink() and path.is_dir()
    named_as_map = entry.name.endswith(".md") and not is_prose(entry.name)
    if not (folder or linked_folder or named_as_map):
        return
    if bad := bad_name(entry.name):
        found.refuse(printable(shown), "file-name", bad, "rename it")
    elif linked_folder:
        hint = "move the folder itself here; links to single files are followed"
        found.refuse(shown, "linked-folder", "links to folders are not followed", hint)
    elif folder and named_as_map:
        found.refuse(shown, "not-a-file", "this is a folder", "take .md off its name")
    elif folder:
        waiting.append((path, shown))
    else:
        found.add(path, shown, boundary)


def bad_name(name: str) -> str | None:
    """Return why a file of this name is not taken; None where it is."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "this name is not UTF-8"
    if "\n" in name or "\t" in name or forbidden_character(name):
        return "a control character stands in this name"
    return "a backslash stands in this name" if "\\" in name else None


def printable(name: str) -> str:
    """Return a name that can be shown anywhere, with escapes for what cannot."""
    return "".join(
        sign.encode("unicode_escape").decode()
        if sign in "\n\t" or forbidden_character(sign)
        else sign
        for sign in os.fsencode(name).decode("utf-8", "backslashreplace")
    )


def read_regular(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return a file's bytes, or raise `UnreadableFile`; pipes and devices are never waited for."""
    try:
        _check(path.stat(), most)
        # Asked again of what was opened: between the two calls a name can change its file.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            _check(os.fstat(file.fileno()), most)
            data = file.read(most + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableFile(
            "file-unreadable", f"the file cannot be read: {reason}", _ALLOW
        ) from None
    if len(data) > most:
        raise _too_large(most)
    return data


def _check(status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe, socket or device"
        raise UnreadableFile("not-a-file", f"this is {kind}", "put a plain file here")
    if status.st_size > most:
        raise _too_large(most)


def _too_large(most: int) -> UnreadableFile:
    message = f"the file is larger than {most // 1_000_000} MB"
    return UnreadableFile("file-too-large", message, "keep it short, and link to longer documents")
