"""What stands where in a frontmatter, however little of it can be read.

Strict reading gives nothing at the first bracket that is still open, which is the moment when
a writer wants help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vsmdocs.lsp.entries import Entry, Path, Spot
from vsmdocs.lsp.scanner import Scanner

MOST_LINES = 30_000
_FENCE = re.compile(r"---[ \t]*")


@dataclass(frozen=True, slots=True)
class Outline:
    """The entries of a frontmatter in order."""

    entries: tuple[Entry, ...]
    first: int
    """Its first line, from 0."""
    last: int
    """One past its last line."""

    def at(self, line: int, column: int) -> Entry | None:
        """Return the entry whose key or value stands at a place."""
        found = [
            entry
            for entry in self.entries
            if (entry.key is not None and entry.key.holds(line, column))
            or entry.value.holds(line, column)
        ]
        return found[-1] if found else None

    def below(self, parent: Path) -> list[Entry]:
        """Return the entries right below a path."""
        size = len(parent) + 1
        return [e for e in self.entries if len(e.path) == size and e.path[:-1] == parent]


def read_outline(lines: tuple[str, ...]) -> Outline:
    """Return the outline of a map's lines; without a fence at their start it is empty."""
    if not _FENCE.fullmatch(lines[0]):
        return Outline((), 0, 0)
    last = next((n for n in range(1, len(lines)) if _FENCE.fullmatch(lines[n])), len(lines))
    scanner = Scanner()
    for number in range(1, min(last, MOST_LINES)):
        scanner.line(number, lines[number])
    scanner.end()
    return Outline(tuple(scanner.entries), 1, last)


def spot_at(lines: tuple[str, ...], line: int, column: int) -> Spot | None:
    """Return what could be written at a place of the frontmatter."""
    outline = read_outline(lines)
    if not outline.first <= line < min(outline.last, MOST_LINES):
        return None
    scanner = Scanner()
    for number in range(1, line):
        scanner.line(number, lines[number])
    return scanner.line(line, lines[line][:column], cut=True)
