"""Places in a text: lines and characters here, code units of the client's encoding there.

An editor ends lines where the protocol says: at `\\n`, `\\r\\n` and `\\r`, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lsprotocol import types

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line, counted in characters from 0; `end` is one past the last."""

    line: int
    start: int
    end: int

    def holds(self, line: int, column: int) -> bool:
        """Return whether a place is in it or at one of its ends."""
        return line == self.line and self.start <= column <= self.end


class Lines:
    """The lines of a text, and how the client counts in them."""

    __slots__ = ("_encoding", "lines")

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.lines = tuple(_LINE_END.split(text))
        self._encoding = encoding

    def to_client(self, line: int, column: int) -> types.Position:
        """Return the position of a place, which is moved to the nearest one in the text."""
        line = min(max(line, 0), len(self.lines) - 1)
        return types.Position(line, self._units(self.lines[line][: max(column, 0)]))

    def to_range(self, span: Span) -> types.Range:
        """Return the range of a stretch."""
        return types.Range(
            self.to_client(span.line, span.start), self.to_client(span.line, span.end)
        )

    def from_client(self, position: types.Position) -> tuple[int, int]:
        """Return line and column of a position, which is moved to the nearest one in the text."""
        if position.line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1])
        text = self.lines[position.line]
        if self._encoding == "utf-32" or text.isascii():
            return position.line, min(position.character, len(text))
        units = 0
        for column, sign in enumerate(text):
            if units >= position.character:
                return position.line, column
            units += self._units(sign)
        return position.line, len(text)

    def whole(self) -> types.Range:
        """Return the range of the whole text."""
        last = len(self.lines) - 1
        return types.Range(types.Position(0, 0), self.to_client(last, len(self.lines[last])))

    def _units(self, text: str) -> int:
        if self._encoding == "utf-32" or text.isascii():
            return len(text)
        if self._encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
