"""What was worked out once and need not be again, in a folder that git does not see.

Entries are JSON under keys that say all they depend on, this program's own code included. So
nothing is ever out of date: after an upgrade or a change of settings other keys are asked for,
and what nobody asks for any more is removed when the folder grows too large. A cache that is
damaged or cannot be written is none, and never an error.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from vsmdocs.language import spoken

FOLDER = ".vsmdocs-cache"
MOST_BYTES = 256 << 20
_FILE = "cache.sqlite3"
_AT_ONCE = 500
_PATIENCE_SECONDS = 10.0
_IGNORE = "# Made by vsmdocs; may be removed at any time.\n*\n"


class Cache:
    """Entries by kind and key, shared by builds that run at once."""

    def __init__(self, folder: Path | None, most_bytes: int = MOST_BYTES) -> None:
        """Open or make the cache in `folder`; None is a cache that keeps nothing."""
        self.folder, self._most = folder, most_bytes
        self._known: sqlite3.Connection | None = None
        self._used: set[str] = set()
        if folder is not None:
            self._known = _open(folder) or _open(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.close()

    def find(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return the entries that are there, by key."""
        if self._known is None:
            return {}
        names = {_name(kind, key): key for key in keys}
        found: dict[str, Any] = {}
        listed = list(names)
        try:
            for start in range(0, len(listed), _AT_ONCE):
                some = listed[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                question = f"SELECT name, value FROM entries WHERE name IN ({marks})"
                for name, value in self._known.execute(question, some):
                    with suppress(ValueError):
                        found[names[name]] = json.loads(value)
                        self._used.add(name)
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def has(self, kind: str, keys: Iterable[str]) -> set[str]:
        """Return which keys have an entry."""
        if self._known is None:
            return set()
        names = {_name(kind, key): key for key in keys}
        found = set()
        try:
            for name, key in names.items():
                question = "SELECT 1 FROM entries WHERE name = ?"
                if self._known.execute(question, (name,)).fetchone():
                    found.add(key)
                    self._used.add(name)
        except sqlite3.Error as error:
            self._give_up(error)
            return set()
        return found

    def keep(self, kind: str, entries: Mapping[str, Any]) -> None:
        """Remember entries."""
        if self._known is None or not entries:
            return
        rows = [
            (_name(kind, key), json.dumps(value, separators=(",", ":")))
            for key, value in entries.items()
        ]
        try:
            with self._known:
                self._known.executemany(
                    "INSERT OR REPLACE INTO entries (name, value, run) VALUES (?, ?, "
                    "(SELECT coalesce(max(run), 0) FROM runs))",
                    rows,
                )
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Note what was used, make room, and close."""
        if self._known is None:
            return
        try:
            size = self._size()
            if size > self._most // 2:
                with self._known:
                    self._known.executemany(
                        "UPDATE entries SET run = (SELECT max(run) FROM runs) WHERE name = ?",
                        [(name,) for name in self._used],
                    )
            if size > self._most:
                self._make_room(self._known, size)
        except sqlite3.Error as error:
            self._give_up(error)
        self._used.clear()
        if self._known is not None:
            self._known.close()
            self._known = None

    def _size(self) -> int:
        if self._known is None:
            return 0
        (pages,) = self._known.execute("PRAGMA page_count").fetchone()
        (size,) = self._known.execute("PRAGMA page_size").fetchone()
        return int(pages * size)

    def _make_room(self, known: sqlite3.Connection, size: int) -> None:
        """Remove what was not used for longest, until three quarters of the room are taken."""
        question = "SELECT run, sum(length(value)) FROM entries GROUP BY run ORDER BY run"
        lengths = known.execute(question).fetchall()
        whole = sum(length for _, length in lengths)
        left = whole
        with known:
            for run, length in lengths:
                if size * left <= self._most * 3 // 4 * whole:
                    break
                known.execute("DELETE FROM entries WHERE run = ?", (run,))
                left -= length
        known.execute("VACUUM")

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without; what is damaged is cleared away, for the next run to begin anew."""
        known, self._known = self._known, None
        if known is not None:
            known.close()
        if self.folder is not None and not isinstance(error, sqlite3.OperationalError):
            _clear(self.folder)


def _open(folder: Path) -> sqlite3.Connection | None:
    """Open the database, or clear it away and return None where it is damaged."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text(_IGNORE, "utf-8")
        known = sqlite3.connect(folder / _FILE, timeout=_PATIENCE_SECONDS)
    except (OSError, sqlite3.Error):
        return None
    try:
        known.execute("PRAGMA synchronous = NORMAL")
        # Whoever can put a file there must not have anything of it run.
        known.execute("PRAGMA trusted_schema = OFF")
        known.execute(
            "CREATE TABLE IF NOT EXISTS entries "
            "(name TEXT PRIMARY KEY, value TEXT NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID"
        )
        known.execute("CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY)")
        with known:
            known.execute("INSERT INTO runs (run) VALUES (NULL)")
            known.execute("DELETE FROM runs WHERE run < (SELECT max(run) FROM runs)")
    except sqlite3.OperationalError:
        # Busy, full or not to be written: as if there were none, and nothing is cleared.
        known.close()
        return None
    except sqlite3.Error:
        known.close()
        _clear(folder)
        return None
    return known


def _clear(folder: Path) -> None:
    for name in (_FILE, f"{_FILE}-journal"):
        with suppress(OSError):
            os.unlink(folder / name)  # noqa: PTH108 - a link is removed, not followed


def _name(kind: str, key: str) -> str:
    # Much of what is kept is text as it was said.
    depends = f"{code_digest()} {spoken().code} {key}"
    return f"{kind} {hashlib.sha256(depends.encode()).hexdigest()[:40]}"


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return a digest of this program's own code and templates."""
    package = Path(__file__).resolve().parent
    found = hashlib.sha256()
    for folder in (package, package / "templates", package.parent / "templates"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".j2", ".css", ".js", ".svg", ".mo"):
                found.update(path.relative_to(folder).as_posix().encode() + b"\0")
                found.update(path.read_bytes() + b"\0")
    return found.hexdigest()
