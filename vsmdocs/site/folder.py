"""A folder that is being filled with the files of a site, from several processes at once."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath

_UNSAFE = re.compile(r"[\\:\x00-\x1f]")


class SiteFolder:
    """Writes files by their paths within the site, with forward slashes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = {""}
        self.names: list[str] = []
        """What was written or taken over through this object, in order."""

    def write(self, name: str, content: str | bytes) -> None:
        """Write one file.

        Raises
        ------
        ValueError
            When the path leads out of the site, or was written already.
        OSError
            When the file system refuses.
        """
        path = self._place(name)
        data = content.encode() if isinstance(content, str) else content
        try:
            _write_file(path, data)
        except FileExistsError:
            raise ValueError(f"{name!r} stands twice among the files of the site") from None
        self.names.append(name)

    def take(self, name: str, site: Path) -> None:
        """Take a file over from another site, as a link where that can be.

        Raises
        ------
        OSError
            When it is not there, or the file system refuses.
        """
        path, source = self._place(name), f"{site}/{name}"
        try:
            os.link(source, path)
        except OSError:
            shutil.copy2(source, path)
        self.names.append(name)

    def _place(self, name: str) -> str:
        folder, _, file = name.rpartition("/")
        if folder not in self._known or name[:1] == "/":
            self._make_folders(_checked(folder))
        # Text alone: a site has thousands of files, and few folders.
        _check_file(file, name)
        return f"{self._path}/{name}"

    def _make_folders(self, path: PurePosixPath) -> None:
        for parent in (*reversed(path.parents[:-1]), path):
            if str(parent) not in self._known:
                self._known.add(str(parent))
                # Another process may have been faster.
                (self._path / parent).mkdir(exist_ok=True)
                if (self._path / parent).stat().st_mode & 0o777 != 0o755:
                    (self._path / parent).chmod(0o755)


def _checked(folder: str) -> PurePosixPath:
    path = PurePosixPath(folder)
    for part in folder.split("/"):
        _check_file(part, folder)
    return path


def _check_file(file: str, name: str) -> None:
    if file in ("", ".", "..") or _UNSAFE.search(file):
        raise ValueError(f"{name!r} is no path inside a site")


def _write_file(path: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o644)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        # Whatever the umask: a site is for everybody to read. Asked first, since a change of
        # mode costs a file system as much as the file does.
        if hasattr(os, "fchmod") and os.fstat(handle).st_mode & 0o777 != 0o644:
            os.fchmod(handle, 0o644)
    finally:
        os.close(handle)
