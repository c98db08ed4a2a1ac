"""Files of the project that are no maps: pictures, templates, pages of its own.

They come with the repository, so none is read that lies outside of it, by a link or by its name;
no pipe is waited for, and nothing of any size is taken.
"""

from __future__ import annotations

import os
from pathlib import Path

from vsmdocs.errors import ConfigError, Finding
from vsmdocs.workspace.files import UnreadableFile, bad_name, read_regular
from vsmdocs.workspace.workspace import SETTINGS_FILES, Workspace, upward

MOST_FILES = 2_000


def read_own(workspace: Workspace, path: str, most: int) -> bytes:
    """Return what is in a file of the project, named from its root; or raise `UnreadableFile`."""
    return read_inside(workspace.root, workspace.root / path, most)


def read_inside(folder: Path, path: Path, most: int) -> bytes:
    """Return what is in a file in this folder, links followed; or raise `UnreadableFile`."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise UnreadableFile("file-unreadable", "there is no such file", "name one") from None
    inside = target.is_relative_to(folder.resolve())
    if not inside or ".git" in target.relative_to(folder.resolve()).parts:
        hint = "put the file itself here"
        raise UnreadableFile("link-outside", "this leads out of the folder", hint)
    return read_regular(target, most)


def list_own(workspace: Workspace, folder: str) -> list[str]:
    """Return the files at every level of a folder of the project, named from that folder, in order.

    Hidden ones and linked folders are not followed, nor what cannot be named on every system.

    Raises
    ------
    ConfigError
        When the folder leads out of the project, or holds more files than are looked through.
    """
    top = workspace.root / folder
    if not top.is_dir():
        return []
    if not top.resolve().is_relative_to(workspace.root.resolve()):
        message, hint = "this folder leads out of the project by a link", "put the files here"
        raise ConfigError((Finding(folder, 0, 0, "link-outside", "error", message, hint),))
    found: list[str] = []
    waiting = [""]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(top / here) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError:
            continue
        for entry in listed:
            if bad_name(entry.name):
                continue
            name = f"{here}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif entry.is_file():
                found.append(name)
        if len(found) > MOST_FILES:
            message = f"more than {MOST_FILES:,} files lie in this folder"
            hint = "name a folder that holds nothing else"
            raise ConfigError((Finding(folder, 0, 0, "settings-value", "error", message, hint),))
    return sorted(found)


def setting_error(workspace: Workspace, where: tuple[str, ...], message: str, hint: str) -> Finding:
    """Return an error at the place where something is set."""
    from vsmdocs.workspace.toml_places import scan

    said = f"{'.'.join(where)}: {message}"
    for folder in upward(workspace.start):
        for name, table in SETTINGS_FILES:
            try:
                text = (folder / name).read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                continue
            places, key = scan(text), (*table, *where)
            if key not in places.values and key not in places.keys:
                continue
            line, column, end = places.find(key)
            source = text.split("\n")[line - 1].rstrip("\r")
            shown = Path(os.path.relpath(folder / name, workspace.start)).as_posix()
            return Finding(shown, line, column, "settings-value", "error", said, hint, end, source)
    return Finding("vsmdocs.toml", 0, 0, "settings-value", "error", said, hint)
