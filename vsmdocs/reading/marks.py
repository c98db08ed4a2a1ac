"""Where every value and every key of the frontmatter stands in its file.

The parser's own marks are kept as they come, because most files are right and are never
asked for a single position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from yaml.events import ScalarEvent, SequenceStartEvent

Path = tuple[str | int, ...]

# What stands for one character in a quoted scalar.
_DOUBLE = re.compile(r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|[^\\]")
_SINGLE = re.compile(r"''|[^']")


class Region(NamedTuple):
    """A stretch of one line, 1-based; `end_column` is one past its last character."""

    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of values and of keys, each by the path of keys and indexes to it."""

    lines: tuple[str, ...]
    """All lines of the file."""
    first_line: int
    """Number of the line that the parser calls 0."""
    values: dict[Path, Any] = field(default_factory=dict)
    """The parser's event by the path to the value; a mapping's marks are its first key's."""
    keys: dict[Path, Any] = field(default_factory=dict)

    def region(self, where: Path, *, key: bool = False, offset: int = 0, length: int = 0) -> Region:
        """Return the place of a value, of its key, or of some characters in a value.

        A path that is not written in the file leads to its nearest ancestor. `offset`
        counts in the value as the model holds it, without blanks around it.
        """
        if key and where in self.keys:
            return self._whole(self.keys[where])
        known = where
        while known and known not in self.values:
            known = known[:-1]
        if known not in self.values:
            return Region(self.first_line, 1, 1)
        event = self.values[known]
        if (offset or length) and known == where:
            return self._inside(event, offset, length) or self._whole(event)
        return self._whole(event)

    def _whole(self, event: Any) -> Region:
        start, end = event.start_mark, event.end_mark
        if end.line == start.line:
            last = end.column + 1
        else:
            last = len(self._line(start.line).rstrip()) + 1
        if isinstance(event, SequenceStartEvent) and end.index == start.index:
            last += 1  # the hyphen of the first item
        return Region(self._number(start.line), start.column + 1, max(last, start.column + 1))

    def _inside(self, event: Any, offset: int, length: int) -> Region | None:
        """Count characters inside a scalar of one line, escapes of quoted ones included."""
        start, end = event.start_mark, event.end_mark
        style = getattr(event, "style", None) or ""
        if not isinstance(event, ScalarEvent) or start.line != end.line or style in ("|", ">"):
            return None
        text = self._line(start.line)[start.column : end.column]
        at = start.column
        if style:
            pattern = _DOUBLE if style == '"' else _SINGLE
            pieces = pattern.findall(text[1:-1])
            at += 1
        else:
            pieces = list(text)
        blanks = len(event.value) - len(event.value.lstrip())
        at += sum(map(len, pieces[:blanks]))
        pieces = pieces[blanks:]
        if offset > len(pieces):
            return None
        column = at + sum(map(len, pieces[:offset])) + 1
        stretch = sum(map(len, pieces[offset : offset + max(length, 1)]))
        return Region(self._number(start.line), column, column + stretch)

    def _line(self, line: int) -> str:
        return self.lines[self._number(line) - 1]

    def _number(self, line: int) -> int:
        """Return the file's number of a line that the parser counts from 0."""
        return min(line + self.first_line, len(self.lines))
