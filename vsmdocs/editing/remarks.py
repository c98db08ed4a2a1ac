"""Comments and blank lines of a frontmatter, which the parser passes over in silence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from yaml.events import ScalarEvent

_HASH = re.compile(r"(?:^| )(#)")


class Remark(NamedTuple):
    """A comment, or a blank line where the text is empty; places are counted from 0."""

    line: int
    column: int
    text: str
    own_line: bool


def find_remarks(lines: Sequence[str], events: Iterable[Any]) -> list[Remark]:
    """Return all comments and blank lines that are not inside a value, in order."""
    covered, values = _values(lines, events)
    found: list[Remark] = []
    for number, line in enumerate(lines):
        if number in covered:
            continue
        if not line.strip():
            found.append(Remark(number, 0, "", True))
            continue
        for match in _HASH.finditer(line):
            column = match.start(1)
            spans = values.get(number, [])
            before = bisect_right(spans, (column, len(line) + 1)) - 1
            if before >= 0 and column < spans[before][1]:
                continue
            own = not line[:column].strip()
            found.append(Remark(number, column, line[column:].rstrip(), own))
            break
    return found


def block_end(lines: Sequence[str], event: Any) -> int:
    """Return the number of the line that follows a block's last one.

    Blank lines at its end count only where it keeps them.
    """
    first: int = event.start_mark.line
    end: int = event.end_mark.line
    if event.end_mark.column and event.end_mark.line > first:
        end += 1
    header = lines[first][event.start_mark.column :].split(" ", 1)[0]
    if "+" not in header:
        while end > first + 1 and not lines[end - 1].strip():
            end -= 1
    return max(end, first + 1)


def _values(
    lines: Sequence[str], events: Iterable[Any]
) -> tuple[set[int], dict[int, list[tuple[int, int]]]]:
    """Return the lines that are inside values, and the stretches of values in the others."""
    covered: set[int] = set()
    values: dict[int, list[tuple[int, int]]] = {}
    for event in events:
        if not isinstance(event, ScalarEvent):
            continue
        start: Any = event.start_mark
        end: Any = event.end_mark
        if event.style in ("|", ">"):
            covered.update(range(start.line + 1, block_end(lines, event)))
        elif start.line == end.line:
            values.setdefault(start.line, []).append((start.column, end.column))
        else:
            values.setdefault(start.line, []).append((start.column, len(lines[start.line])))
            values.setdefault(end.line, []).append((0, end.column))
            covered.update(range(start.line + 1, end.line))
    return covered, values
