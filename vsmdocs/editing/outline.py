"""From the text of a frontmatter to its outline: entries, and whose every comment is.

A comment belongs to what stands below it in the same column or further right; one that is
indented deeper than what follows ends the part that it is indented with, as commented-out keys
do; one right below an entry, with a blank line after it, is about that entry.
"""

from __future__ import annotations

from typing import Any, cast

from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from vsmdocs.editing.nodes import Collection, Entry, Scalar
from vsmdocs.editing.remarks import Remark, block_end, find_remarks
from vsmdocs.reading.event_parsers import FASTEST_PARSER, EventParser

_ENDS = (MappingEndEvent, SequenceEndEvent)


def read_outline(
    text: str, parser: type[Any] = FASTEST_PARSER, *, in_place: bool = False
) -> Collection:
    """Return the outline of a frontmatter, which must be one that can be read as a map.

    With `in_place` every comment above an entry stays there, for a text in which no entry is
    to change its place.
    """
    source = cast(EventParser, parser(text))
    events: list[Any] = []
    while (event := source.get_event()) is not None:
        events.append(event)
        if event.__class__ is StreamEndEvent:
            break
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return _Outliner(lines, events, in_place).read()


class _Outliner:
    """Walks over the events, and takes comments along as it passes them."""

    def __init__(self, lines: list[str], events: list[Any], in_place: bool) -> None:
        self.lines, self.events, self.in_place = lines, events, in_place
        self.remarks = find_remarks(lines, events)
        self.taken = 0
        """How many of the remarks have found their place."""
        self.at = 2
        """Number of the next event: the stream and the document have begun."""
        self.floor = 0
        """Number of the first line that is no longer part of an entry read so far."""

    def read(self) -> Collection:
        """Return the whole."""
        root = self._collection(self._next())
        rest = self._take(len(self.lines), 0)
        root.tail += self._texts(rest)
        if rest:
            first = rest[0].line - len(root.below)
            root.below = tuple(self.lines[first : rest[-1].line + 1])
        while root.tail and not root.tail[-1]:
            root.tail.pop()
        return root

    # --- events -------------------------------------------------------------------

    def _next(self) -> Any:
        event = self.events[self.at]
        self.at += 1
        return event

    def _collection(self, event: Any) -> Collection:
        mapping = isinstance(event, MappingStartEvent)
        column = event.start_mark.column
        node = Collection([], mapping, bool(event.flow_style), column=column)
        while not isinstance(self.events[self.at], _ENDS):
            node.entries.append(self._entry(node))
        end = self._next()
        if node.flow:
            close = end.start_mark
            node.tail = self._texts(self._take(close.line, close.column))
            node.broken = event.start_mark.line != end.end_mark.line
            self.floor = max(self.floor, end.end_mark.line + 1)
        else:
            first = self.floor
            node.tail = self._deeper(node.column, end.start_mark)
            node.below = tuple(self.lines[first : self.floor])
            if not self.in_place:
                _share_out(node)
        return node

    def _entry(self, parent: Collection) -> Entry:
        first = self._next()
        start = first.start_mark
        key: Scalar | None = None
        begun = start.line
        entry = Entry(Scalar(""), column=start.column)
        above = self._take(start.line, start.column)
        entry.lead = self._texts(above)
        entry.above = self._as_written(above)
        written_above = len(entry.lead)
        here = first
        if parent.is_mapping:
            key = self._scalar(first)
            here = self._next()
        entry.key = key
        if isinstance(here, ScalarEvent):
            self._value(entry, first, here, parent)
        else:
            between = here.start_mark
            if here.flow_style:
                entry.lead += self._texts(self._take(between.line, between.column))
            elif key is not None:
                # What stands on the key's own line is about the key.
                entry.note = self._note(first.end_mark.line, first.end_mark.column)
            entry.value = self._collection(here)
            if here.flow_style:
                end = self.events[self.at - 1].end_mark
                self._end_note(entry, end, parent)
        entry.inside = len(entry.lead) > written_above
        if not parent.flow:
            entry.source = self._source(begun, start.column)
        entry.lead = _single(entry.lead)
        return entry

    def _value(self, entry: Entry, first: Any, here: Any, parent: Collection) -> None:
        """Read a scalar value, with the comments around it."""
        nothing = not here.style and not here.value
        start, end = (first.end_mark,) * 2 if nothing else (here.start_mark, here.end_mark)
        entry.lead += self._texts(self._take(start.line, start.column))
        entry.value = self._scalar(here)
        if nothing:
            self.floor = max(self.floor, end.line + 1)
        else:
            entry.value.below = entry.key is not None and start.line > first.end_mark.line
        if here.style in ("|", ">"):
            entry.note = self._note(start.line, start.column)
        else:
            self._end_note(entry, end, parent)

    def _end_note(self, entry: Entry, end: Any, parent: Collection) -> None:
        """Take the comment at the end of an entry's last line, unless more stands before it."""
        if parent.flow:
            following = self.events[self.at].start_mark
            if self.taken < len(self.remarks):
                remark = self.remarks[self.taken]
                if (following.line, following.column) < (remark.line, remark.column):
                    return
        entry.note = self._note(end.line, end.column)

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        style = event.style or ""
        if style in ("|", ">"):
            last = block_end(self.lines, event)
            self.floor = max(self.floor, last)
            content = self.lines[start.line + 1 : last]
            header = self.lines[start.line][start.column :].split("#", 1)[0].strip()
            return Scalar(event.value, style, header, _unindented(content, event.value))
        self.floor = max(self.floor, end.line + 1)
        if start.line == end.line:
            return Scalar(
                event.value, style, "", (self.lines[start.line][start.column : end.column],)
            )
        lines = [
            self.lines[start.line][start.column :],
            *self.lines[start.line + 1 : end.line],
            self.lines[end.line][: end.column],
        ]
        return Scalar(event.value, style, "", _folded(lines))

    # --- comments -----------------------------------------------------------------

    def _take(self, line: int, column: int) -> list[Remark]:
        """Take all remarks before a place."""
        first = self.taken
        while self.taken < len(self.remarks) and self.remarks[self.taken][:2] < (line, column):
            self.taken += 1
        return self.remarks[first : self.taken]

    def _note(self, line: int, column: int) -> str:
        """Take the comment that ends a line."""
        if self.taken < len(self.remarks):
            remark = self.remarks[self.taken]
            if remark.line == line and remark.column >= column and not remark.own_line:
                self.taken += 1
                return remark.text
        return ""

    def _deeper(self, column: int, following: Any) -> list[str]:
        """Take the comments that are indented with a part that ends here."""
        found: list[Remark] = []
        while True:
            at = self.taken
            while at < len(self.remarks) and not self.remarks[at].text:
                at += 1
            if at == len(self.remarks) or self.remarks[at].line >= following.line:
                break
            end = following.line >= len(self.lines) and following.column == 0
            beyond = -1 if end else following.column
            if not (self.remarks[at].column > beyond and self.remarks[at].column >= column):
                break
            found += self.remarks[self.taken : at + 1]
            self.taken = at + 1
        if found:
            self.floor = max(self.floor, found[-1].line + 1)
        return self._texts(found)

    def _as_written(self, remarks: list[Remark]) -> tuple[str, ...] | None:
        """Return the lines of remarks; None where something else stands among them."""
        lines = self.lines[remarks[0].line : remarks[-1].line + 1] if remarks else []
        own = all(line.lstrip(" ")[:1] in ("", "#") for line in lines)
        return tuple(lines) if own else None

    def _texts(self, remarks: list[Remark]) -> list[str]:
        return _single([remark.text for remark in remarks])

    def _source(self, first: int, column: int) -> tuple[str, ...]:
        lines = self.lines[first : self.floor]
        # After `? ` a key is written in a way that only its own place allows.
        if lines[0][:column].strip(" -"):
            return ()
        return (lines[0][column:], *lines[1:])


def _share_out(node: Collection) -> None:
    """Give comments right below an entry to it where a blank line divides them from the next."""
    if not node.is_mapping:
        return
    for entry, following in zip(node.entries, node.entries[1:], strict=False):
        lead = following.lead
        if lead and lead[0] and "" in lead:
            end = lead.index("")
            entry.after, following.lead = lead[:end], lead[end:]


def _single(lines: list[str]) -> list[str]:
    """Return the lines with one blank line in place of several."""
    return [line for n, line in enumerate(lines) if line or not n or lines[n - 1]]


def _unindented(lines: list[str], value: str) -> tuple[str, ...]:
    """Return a block's lines without their common indentation."""
    written = next((line for line in lines if line.strip()), "")
    meant = next((line for line in value.split("\n") if line.strip()), "")
    indent = _indent(written) - _indent(meant)
    return tuple(line[indent:] for line in lines)


def _folded(lines: list[str]) -> tuple[str, ...]:
    """Return the lines of a value over several lines without the blanks around them."""
    kept = [lines[0], *(line.lstrip(" ") for line in lines[1:])]
    # A blank after a backslash is a character that was asked for.
    cut = [line if line.endswith("\\ ") else line.rstrip(" ") for line in kept[:-1]]
    return (*cut, kept[-1])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
