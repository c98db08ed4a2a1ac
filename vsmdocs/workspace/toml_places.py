"""Where keys and values of a TOML file stand, which the standard library's parser forgets.

Only a file that has parsed, and only one with something wrong in it, is scanned. The scan
knows lines of `key = value`, tables, lists of tables, inline tables, and what stands in lists; of
whatever it does not see, the nearest ancestor's place is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE = re.compile(rf"\s*\[(\[?)\s*({_DOTTED})\s*\]")
_PAIR = re.compile(rf"\s*({_DOTTED})\s*=\s*")
_INLINE_PAIR = re.compile(rf"[{{,]\s*({_DOTTED})\s*=\s*")
_VALUE = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[^#,}\s]+""")
_ITEM = re.compile(r"""\s*,?\s*("(?:[^"\\]|\\.)*"|'[^']*'|#.*|\]|[^\s,\]\[{}"'#]+|$)""")
_TRIPLE = ('"""', "'''")
_OPENS = re.compile(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|#.*""")

Path = tuple[str, ...]


class Place(NamedTuple):
    """A stretch of one line, 1-based; `end_column` is one past its last character."""

    line: int
    column: int
    end_column: int


@dataclass(slots=True)
class Places:
    """Places of keys and of values, each by the path of keys to it."""

    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def find(self, where: Path, *, key: bool = False) -> Place:
        """Return the place of a value or of its key, else of its nearest ancestor."""
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        while where:
            if place := first.get(where) or second.get(where):
                return place
            where = where[:-1]
        return Place(1, 1, 1)


def scan(text: str) -> Places:
    """Return the places of everything that stands on a line of its own or inline on one."""
    places = Places()
    table: Path = ()
    closing: str | None = None
    items: _Items | None = None
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if closing is not None:
            closing = _closing(line, closing)
            continue
        if items is not None:
            items = items.read(number, line, 0)
        elif match := _TABLE.match(line):
            table = _numbered(_names(match[2]), counts)
            if match[1]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            places.keys.setdefault(table, _place(number, match, 2))
        elif match := _PAIR.match(line):
            where = (*table, *_names(match[1]))
            places.keys.setdefault(where, _place(number, match, 1))
            _keep_value(places, where, number, line, match.end())
            if line.startswith("[", match.end()):
                items = _Items(places, where).read(number, line, match.end() + 1)
            for inner in _INLINE_PAIR.finditer(line, match.end()):
                below = (*where, *_names(inner[1]))
                places.keys.setdefault(below, _place(number, inner, 1))
                _keep_value(places, below, number, line, inner.end())
        closing = _closing(line, None)
    return places


@dataclass(slots=True)
class _Items:
    """What stands in a list, which may go on over lines."""

    places: Places
    where: Path
    count: int = 0

    def read(self, number: int, line: str, start: int) -> _Items | None:
        """Keep the places of what stands on a line; return None where the list ends there.

        A list of lists or tables is given up.
        """
        while match := _ITEM.match(line, start):
            if match[1] == "]":
                return None
            if not match[1] or match[1].startswith("#"):
                return self
            self.places.values[(*self.where, str(self.count))] = _place(number, match, 1)
            self.count += 1
            start = match.end()
        return None


def _numbered(names: Path, counts: dict[Path, int]) -> Path:
    """Return the path of a table, with the number of each list's last table that it is below."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, str(counts[path])) if path in counts else path
    return (*path, *names[-1:])


def _names(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in re.findall(_KEY, dotted))


def _place(number: int, match: re.Match[str], group: int) -> Place:
    return Place(number, match.start(group) + 1, match.end(group) + 1)


def _keep_value(places: Places, where: Path, number: int, line: str, start: int) -> None:
    match = _VALUE.match(line, start)
    if match:
        places.values.setdefault(where, _place(number, match, 0))


def _closing(line: str, closing: str | None) -> str | None:
    """Return the quotes that a text over several lines waits for after this line."""
    at = 0
    while True:
        if closing is not None:
            end = line.find(closing, at)
            if end < 0:
                return closing
            at, closing = end + len(closing), None
        # Three quotes inside a text of one line, or in a comment, open nothing.
        match = _OPENS.search(line, at)
        if match is None:
            return None
        at = match.end()
        if match[0] in _TRIPLE:
            closing = match[0]
