"""Changes to a text at exact places, and what is made of them: a step renamed everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from vsmdocs.errors import UsageError
from vsmdocs.model.flow_text import parse_line
from vsmdocs.model.units import slugify
from vsmdocs.reading import MapDocument
from vsmdocs.reading.marks import Marks, Path

LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line, as `vsmdocs.reading.source` sees it."""
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PIECE = re.compile(r"->|[\[\],]|[^\s\[\],'\"]+")
# What stands for one character of a quoted text.
_CHARACTERS = {
    '"': re.compile(r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|[^\\]"),
    "'": re.compile(r"''|[^']"),
}


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """New text for a stretch of the old one; places are 1-based, as those of findings."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int
    """One past the last character."""
    new_text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after all edits, whose places are those of `text` as it is.

    Lines may end in `\\n`, `\\r\\n` or `\\r`, and keep their ends.

    Raises
    ------
    ValueError
        When a place is not in the text, or two edits overlap.
    """
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    ends = [*(match.start() for match in LINE_END.finditer(text)), len(text)]

    def offset(line: int, column: int) -> int:
        if not 1 <= line <= len(starts) or not 1 <= column <= ends[line - 1] - starts[line - 1] + 1:
            raise ValueError(f"{line}:{column} is not in the text")
        return starts[line - 1] + column - 1

    parts: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        start = offset(edit.start_line, edit.start_column)
        end = offset(edit.end_line, edit.end_column)
        if start < done or end < start:
            raise ValueError(f"two edits overlap at {edit.start_line}:{edit.start_column}")
        parts += [text[done:start], edit.new_text]
        done = end
    return "".join([*parts, text[done:]])


def rename_step(document: MapDocument, old: str, new: str) -> tuple[Edit, ...]:
    """Return what gives a step another id everywhere in one map, in the order of the file.

    The steps, the flow, rework, and the improvements' steps and changes are looked at; prose
    is the writer's own.

    Raises
    ------
    UsageError
        When there is no such step, or the new id cannot be one.
    """
    known = [step.id for step in document.map.steps]
    if old not in known:
        raise UsageError(f"there is no step “{old[:60]}”")
    if not _WORD.fullmatch(new) or len(new) > 64:
        better = slugify(new)
        hint = f"; write {better}" if better else ""
        raise UsageError(f"“{new[:60]}” cannot be the id of a step{hint}")
    if new != old and new in known:
        raise UsageError(f"“{new}” is the id of another step already")
    return tuple(sorted({edit for edit in _mentions(document, old, new) if new != old}))


def _mentions(document: MapDocument, old: str, new: str) -> Iterator[Edit]:
    found, marks = document.map, document.marks
    for index, step in enumerate(found.steps):
        if step.id == old:
            yield from _whole(marks, ("steps", index, "id"), old, new)
    for index, item in enumerate(found.flow or ()):
        if isinstance(item, str):
            yield from _in_line(marks, ("flow", index), item, old, new)
        else:
            for key, name in (("from", item.source), ("to", item.target)):
                if name == old:
                    yield from _whole(marks, ("flow", index, key), old, new)
    for index, loop in enumerate(found.rework):
        for key, name in (("from", loop.source), ("to", loop.target)):
            if name == old:
                yield from _whole(marks, ("rework", index, key), old, new)
    for index, improvement in enumerate(found.improvements):
        if improvement.step == old:
            yield from _whole(marks, ("improvements", index, "step"), old, new)
        for change in improvement.change:
            if change.step == old:
                key = f"{change.step}.{change.field}"
                event = marks.keys[("improvements", index, "change", key)]
                yield from _first(marks, event, old, new, f"{new}.{change.field}")


def _whole(marks: Marks, where: Path, old: str, new: str) -> Iterator[Edit]:
    """Yield the edit of a value that is an id and nothing else."""
    yield from _first(marks, marks.values[where], old, "'null'" if new == "null" else new, new)


def _first(marks: Marks, event: Any, old: str, new: str, otherwise: str) -> Iterator[Edit]:
    """Yield the edit of an id at the beginning of a value or key."""
    blanks = len(event.value) - len(event.value.lstrip())
    if event.style and new.startswith("'"):
        new = otherwise
    place = _inside(marks, event, blanks, len(old))
    yield Edit(*place, new) if place else _replaced(marks, event, otherwise)


def _in_line(marks: Marks, where: Path, line: str, old: str, new: str) -> Iterator[Edit]:
    """Yield the edits of a line of the flow, at each mention of the step."""
    event = marks.values[where]
    mentions = [mention for group in parse_line(line) for mention in group.mentions]
    offsets = [mention.offset for mention in mentions if mention.id == old]
    if not offsets:
        return
    blanks = len(event.value) - len(event.value.lstrip())
    places = [_inside(marks, event, blanks + offset, len(old)) for offset in offsets]
    if None in places:
        places = list(_over_lines(marks, event, line, old))
    if len(places) == len(offsets):
        yield from (Edit(*place, new) for place in places if place)
        return
    for offset in reversed(offsets):
        line = line[:offset] + new + line[offset + len(old) :]
    yield _replaced(marks, event, line)


def _over_lines(
    marks: Marks, event: Any, line: str, old: str
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the places of a step in a value over several lines, none where it is spelt oddly."""
    start, end = event.start_mark, event.end_mark
    pieces: list[tuple[str, int, int]] = []
    for number in range(start.line, end.line + 1):
        text = marks.lines[number + marks.first_line - 1]
        first = start.column if number == start.line else 0
        last = end.column if number == end.line else len(text)
        if event.style in ("|", ">") and number in (start.line, end.line):
            continue
        pieces += [
            (match[0], number + marks.first_line, match.start() + 1)
            for match in _PIECE.finditer(text, first, last)
        ]
    if [piece for piece, _, _ in pieces] == _PIECE.findall(line):
        yield from (
            (number, column, number, column + len(old))
            for piece, number, column in pieces
            if piece == old
        )


def _inside(marks: Marks, event: Any, offset: int, length: int) -> tuple[int, int, int, int] | None:
    """Return the place of some characters of a value in one line, else None."""
    start, end = event.start_mark, event.end_mark
    style = event.style or ""
    if start.line != end.line or style in ("|", ">"):
        return None
    number = start.line + marks.first_line
    text = marks.lines[number - 1][start.column : end.column]
    at = start.column + 1
    if style:
        pieces = _CHARACTERS[style].findall(text[1:-1])
        at += 1
    else:
        pieces = list(text)
    if offset + length > len(pieces):
        return None
    column = at + sum(map(len, pieces[:offset]))
    return number, column, number, column + sum(map(len, pieces[offset : offset + length]))


def _replaced(marks: Marks, event: Any, text: str) -> Edit:
    """Return the edit that writes a value anew, in quotes."""
    start, end = event.start_mark, event.end_mark
    last = end.line + marks.first_line
    quoted = "'" + text.replace("'", "''") + "'"
    if event.style in ("|", ">"):
        # A block ends before the line of its mark, and what follows keeps its own.
        last = max(last - 1, start.line + marks.first_line)
        column = len(marks.lines[last - 1]) + 1
    else:
        column = end.column + 1
    return Edit(start.line + marks.first_line, start.column + 1, last, column, quoted)
