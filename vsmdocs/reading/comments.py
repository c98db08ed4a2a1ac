"""Comments in the frontmatter, which the parser passes over: told from text by its marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml.events import ScalarEvent

from vsmdocs.reading.marks import Marks

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, from its `#` to the end of its line."""

    line: int
    """1-based, in the file."""
    column: int
    """1-based, of the `#`."""
    text: str
    """What follows the `#`, without blanks around it."""
    alone: bool
    """Whether nothing stands before it on its line."""
    source_line: str


def find_comments(marks: Marks, last_line: int, containing: str) -> Iterator[Comment]:
    """Yield the comments above `last_line` that contain a text, in the order of the file.

    A `#` in a value or in a key is no comment, and neither is one in a block of text. Outside
    of them, a `#` can be nothing else.
    """
    lines = range(marks.first_line, last_line)
    asked = [number for number in lines if containing in marks.lines[number - 1]]
    if not asked:
        return
    texts = sorted(_texts(marks))
    starts = [start for start, _ in texts]
    for number in asked:
        line = marks.lines[number - 1]
        at = line.find("#")
        while at >= 0:
            place = (number - marks.first_line, at)
            index = bisect_right(starts, place) - 1
            end = texts[index][1] if index >= 0 else (-1, 0)
            if place >= end:
                text = line[at + 1 :]
                if containing in text:
                    alone = not line[:at].strip()
                    yield Comment(number, at + 1, text.strip(), alone, line)
                break
            if end[0] > place[0]:
                break  # the text goes on below
            at = line.find("#", end[1])


def _texts(marks: Marks) -> Iterator[tuple[_Place, _Place]]:
    """Yield where each text begins and ends, by line and column as the parser counts them."""
    for event in (*marks.keys.values(), *marks.values.values()):
        if event.__class__ is not ScalarEvent:
            continue
        start: Any = event.start_mark
        end: Any = event.end_mark
        begin = (start.line, start.column)
        if event.style in ("|", ">"):
            # Behind the sign that begins a block of text a comment may stand.
            begin = (start.line + 1, 0)
        if begin < (end.line, end.column):
            yield begin, (end.line, end.column)
