"""A folder that is being filled with the files of a site, from several processes at once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath


class SiteFolder:
    """Writes files by their paths within the site, with forward slashes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = {"", "."}
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
        path = self._place(name)
        try:
            os.link(site / name, path)
        except OSError:
            shutil.copy2(site / name, path)
        self.names.append(name)

    def _place(self, name: str) -> Path:
        path = _checked(name)
        if str(path.parent) not in self._known:
            self._make_folders(path.parent)
        return self._path / path

    def _make_folders(self, path: PurePosixPath) -> None:
        for parent in (*reversed(path.parents), path):
            if str(parent) not in self._known:
                self._known.add(str(parent))
                # Another process may have been faster.
                (self._path / parent).mkdir(exist_ok=True)
                if (self._path / parent).stat().st_mode & 0o777 != 0o755:
                    (self._path / parent).chmod(0o755)


def _checked(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    unsafe = path.is_absolute() or ".." in path.parts or not path.parts or path.as_posix() != name
    if unsafe or "\\" in name or ":" in name or any(ord(sign) < 32 for sign in name):
        raise ValueError(f"{name!r} is no path inside a site")
    return path


def _write_file(path: Path, data: bytes) -> None:
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
