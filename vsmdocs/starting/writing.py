"""The only writer of a project's first files: all at once or none, and never over another.

What lies in the folder may be somebody else's: a link could lead anywhere. So everything is
looked at before anything is written, and each file appears under its name when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vsmdocs.errors import UsageError
from vsmdocs.starting.project import NewFile
from vsmdocs.workspace.files import UnreadableFile, printable, read_regular

Fate = Literal["new", "same", "kept"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file that was to be written."""

    file: NewFile
    fate: Fate
    """Written, there already with the very text, or there already with another one."""
    missing: tuple[str, ...] = ()
    """Lines that somebody would have to add to it by hand."""


def write_new(root: Path, files: Iterable[NewFile]) -> list[Outcome]:
    """Write what is not there below a folder, which is made where it is missing.

    Raises
    ------
    UsageError
        When a file would land outside of the folder, or where a folder cannot be. Nothing
        is written then.
    """
    files = list(files)
    for file in files:
        _look(root, file.path)
    return [_write(root, file) for file in files]


def _look(root: Path, path: str) -> None:
    """Refuse a file that a link or another file is in the way of."""
    parts = path.split("/")
    if not parts[0] or any(part in ("", ".", "..") for part in parts):
        raise UsageError(f"{printable(path)} is no path below the project")
    if os.path.lexists(root) and not root.is_dir():
        raise UsageError(f"{printable(str(root))} is not a folder; name one, or a new one")
    inside, here = root.resolve(), root
    for part in parts[:-1]:
        here = here / part
        shown = printable(here.relative_to(root).as_posix())
        if here.is_symlink() and not here.resolve().is_relative_to(inside):
            raise UsageError(
                f"{shown} is a link that leads out of the project, so nothing is written below it; "
                "put a folder there"
            )
        if os.path.lexists(here) and not here.is_dir():
            raise UsageError(f"{shown} is not a folder, and {printable(path)} belongs in one")


def _write(root: Path, file: NewFile) -> Outcome:
    target = root / file.path
    if os.path.lexists(target):
        return _found(target, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.vsmdocs-{os.getpid()}")
    try:
        # What the user's mask allows, and no link that somebody put there is followed.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(beside, flags, 0o666), "wb") as opened:
            opened.write(file.text.encode())
        _name(beside, target)
    except FileExistsError:
        return _found(target, file)
    finally:
        beside.unlink(missing_ok=True)
    return Outcome(file, "new")


def _name(beside: Path, target: Path) -> None:
    """Give a whole file its name; one that appeared there in the meantime stays."""
    try:
        target.hardlink_to(beside)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # A file system without hard links.
        if os.path.lexists(target):
            raise FileExistsError from None
        beside.replace(target)


def _found(target: Path, file: NewFile) -> Outcome:
    try:
        text = read_regular(target).decode("utf-8", "replace").replace("\r\n", "\n")
    except UnreadableFile:
        return Outcome(file, "kept", file.lines)
    if text == file.text:
        return Outcome(file, "same")
    there = {line.strip() for line in text.splitlines()}
    return Outcome(file, "kept", tuple(line for line in file.lines if line.strip() not in there))
