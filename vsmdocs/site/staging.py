"""A folder beside the output in which a site is made, and that never outlives its build.

A build that is killed cannot clean up; the next one does it. Which folders are left over is
told by a lock that the operating system takes from a process when it ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

if sys.platform != "win32":
    import fcntl

PREFIX = ".vsmdocs-build-"
_LOCKLESS_AGE_SECONDS = 24 * 3600


class Staging:
    """A new folder `fresh` for a site, and a place `old` for the one that it replaces."""

    def __init__(self, output: Path) -> None:
        self._base, self._handle = _make(output.parent)
        self.fresh = self._base / "new"
        self.old = self._base / "old" / output.name

    def __enter__(self) -> Self:
        try:
            self.fresh.mkdir()
            self.old.parent.mkdir()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self._base, ignore_errors=True)
        if self._handle is not None:
            os.close(self._handle)


def remove_stale(parent: Path) -> None:
    """Clear away what builds that were killed left in `parent`; live ones are let be.

    An old site that such a build had moved aside, and had not yet replaced, is put back.
    """
    for base in parent.glob(f"{PREFIX}*"):
        if base.is_symlink() or not base.is_dir():
            continue
        with suppress(OSError):
            lock = _lock(base)
            if lock is None and time.time() - base.stat().st_mtime < _LOCKLESS_AGE_SECONDS:
                continue
            _put_back(base / "old", parent)
            shutil.rmtree(base, ignore_errors=True)
            if lock is not None:
                os.close(lock)


def _put_back(aside: Path, parent: Path) -> None:
    if aside.is_dir():
        for site in aside.iterdir():
            if not os.path.lexists(parent / site.name):
                site.rename(parent / site.name)


def _make(parent: Path) -> tuple[Path, int | None]:
    while True:
        base = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        # Until it is locked, another build may take it for a left-over.
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _lock(base)
            if base.exists():
                return base, lock
            if lock is not None:
                os.close(lock)
        shutil.rmtree(base, ignore_errors=True)


def _lock(base: Path) -> int | None:
    """Return a handle that holds the lock of a folder; None where there are no such locks.

    Raises
    ------
    BlockingIOError
        When another process holds it.
    """
    if sys.platform == "win32":
        return None
    handle = os.open(base, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return handle
