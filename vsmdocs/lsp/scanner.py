"""Reading a frontmatter line by line: indentation, hyphens, colons and brackets alone.

A line that makes no sense spoils no other. It finds in a valid map what strict reading finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vsmdocs.lsp.entries import Entry, Path, Spot
from vsmdocs.lsp.positions import Span

DEEPEST = 30
"""Levels that are looked into; no part of a map goes nearly as deep."""
_LONGEST_KEY = 300

_KEY = re.compile(
    r"(\"[^\"]*\"|'[^']*'|[^\s\[\]{},#&*!|>'\"%@`-][^:#]*?|-[^\s:][^:#]*?) *:(?=\s|$)"
)
_PLAIN = re.compile(r"(?:[^#]|(?<=\S)#)*")
_IN_FLOW = re.compile(r"(?:[^\s,\[\]{}:#]|:(?=[^\s,\[\]{}])|(?<=\S)#|\s+(?![\s#,\[\]{}]|:\s|$))+")


@dataclass(slots=True)
class _Block:
    """A key or an item of block style that has others below it."""

    indent: int
    path: Path
    item: bool
    count: int = 0


@dataclass(slots=True)
class _Brackets:
    """A mapping or list in brackets that is not closed yet."""

    mapping: bool
    path: Path
    key: Span | None = None
    name: str | None = None
    colon: bool = False
    written: bool = False
    count: int = 0

    @property
    def place(self) -> Path:
        """Where the next value belongs."""
        return (*self.path, (self.name or "") if self.mapping else self.count)


@dataclass(slots=True)
class Scanner:
    """Takes in lines in their order, and keeps what stands in them."""

    entries: list[Entry] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=lambda: [_Block(-1, (), False)])
    brackets: list[_Brackets] = field(default_factory=list)
    prose: int | None = None
    """Indentation of the key whose value is a block of prose."""
    open: Path | None = None
    """A plain value that could go on in the next line."""
    too_deep: bool = False

    def line(self, number: int, text: str, *, cut: bool = False) -> Spot | None:
        """Take in a line; of one that is `cut` off, return what could be written there."""
        if self.too_deep:
            return None
        stripped = text.lstrip(" ")
        at = len(text) - len(stripped)
        if self.brackets and (stripped or cut):
            if at > self.blocks[-1].indent or stripped[:1] in (",", "]", "}"):
                return self._in_brackets(number, text, at)
            # It was never closed: what follows is not in it.
            self.end()
        if self.prose is not None and (at > self.prose or not stripped):
            if not cut or at > self.prose:
                return None
        elif stripped[:1] == "#":
            return None
        if not stripped:
            return self._empty(at) if cut else None
        self.prose = None
        return self._block(number, text, at)

    def end(self) -> None:
        """Close what is still open."""
        self.brackets.clear()

    def _empty(self, at: int) -> Spot:
        parent = next(block for block in reversed(self.blocks) if block.indent < at or at == 0)
        parent = self.blocks[0] if at == 0 else parent
        return Spot(parent.path, None, at, "")

    def _block(self, number: int, text: str, at: int) -> Spot | None:
        item = False
        while text[at : at + 2] in ("- ", "-"):
            while self.blocks[-1].indent > at or (
                self.blocks[-1].indent == at and self.blocks[-1].item
            ):
                self.blocks.pop()
            above = self.blocks[-1]
            self.blocks.append(_Block(at, (*above.path, above.count), True))
            above.count += 1
            if len(self.blocks) > DEEPEST:
                self.too_deep = True
                return None
            item = True
            at += 1
            at += len(text[at:]) - len(text[at:].lstrip(" "))
        path = self.blocks[-1].path
        if item and at >= len(text):
            self.entries.append(Entry(path, None, Span(number, at, at), ""))
            return Spot(path, path, at, "")
        match = _KEY.match(text, at, at + _LONGEST_KEY)
        if match is None:
            return self._no_key(number, text, at, item)
        self.open = None
        while self.blocks[-1].indent >= at:
            self.blocks.pop()
        name = _unquoted(match[1])
        path = (*self.blocks[-1].path, name)
        self.blocks.append(_Block(at, path, False))
        return self._value(number, text, match.end(), path, Span(number, at, at + len(match[1])))

    def _no_key(self, number: int, text: str, at: int, item: bool) -> Spot | None:
        if item:
            path = self.blocks[-1].path
            spot = self._value(number, text, at, path, None)
            if spot is None or spot.flow or spot.text[:1] in ("'", '"'):
                return spot
            return Spot(path, path, spot.start, spot.text)
        goes_on = self.open is not None and self.blocks[-1].indent < at
        if goes_on and self.open is not None:
            path = self.open
            self._value(number, text, at, path, None)
            return Spot(None, path, at, text[at:])
        parent = next((b for b in reversed(self.blocks) if b.indent < at), self.blocks[0])
        return Spot(parent.path, None, at, text[at:])

    def _value(self, number: int, text: str, at: int, path: Path, key: Span | None) -> Spot | None:
        start = at + len(text[at:]) - len(text[at:].lstrip(" "))
        first = text[start : start + 1]
        self.open = None
        if first and first in "[{":
            self.entries.append(Entry(path, key, Span(number, start, start), ""))
            return self._in_brackets(number, text, start, path)
        if first == "#" and start > at:
            self.entries.append(Entry(path, key, Span(number, at, at), ""))
            return None
        if first and first in "|>":
            self.prose = self.blocks[-1].indent
            self.entries.append(Entry(path, key, Span(number, start, len(text.rstrip())), ""))
            return None
        if first and first in "\"'":
            end = _closing(text, start)
            closed = end <= len(text) and text[end - 1 : end] == first and end > start + 1
        else:
            match = _PLAIN.match(text, start)
            end = start + len((match[0] if match else "").rstrip(" "))
            closed = match is not None and match.end() < len(text)
            self.open = path if first else None
        value = text[start:end]
        self.entries.append(Entry(path, key, Span(number, start, end), _unquoted(value)))
        return None if closed else Spot(None, path, start, text[start:])

    def _in_brackets(
        self, number: int, text: str, at: int, path: Path | None = None
    ) -> Spot | None:
        """Read on in brackets; with `path` the first of them opens here."""
        while at < len(text):
            sign = text[at]
            if sign == " ":
                at += 1
            elif sign == "#" and text[at - 1 : at] in ("", " "):
                return None
            elif sign in "[{":
                inside = (
                    path if path is not None and not self.brackets else self._opened(number, at)
                )
                self.brackets.append(_Brackets(sign == "{", inside))
                if len(self.brackets) > DEEPEST:
                    self.too_deep = True
                    return None
                path = None
                at += 1
            elif sign in "]}":
                self._finish(number, at)
                self.brackets.pop()
                at += 1
                if not self.brackets:
                    return None
            elif sign == ",":
                self._finish(number, at)
                self._next()
                at += 1
            elif sign == ":" and self.brackets[-1].mapping:
                self.brackets[-1].colon = True
                at += 1
            else:
                end = _word_end(text, at)
                if end >= len(text) and text[end - 1 : end] != " ":
                    # Still being written, where the line is cut off here.
                    spot = self._spot(at, text[at:])
                    self._word(number, text, at, end)
                    return spot
                self._word(number, text, at, end)
                at = max(end, at + 1)
        return self._spot(at, "")

    def _spot(self, at: int, text: str) -> Spot:
        top = self.brackets[-1]
        if top.mapping and not top.colon:
            return Spot(top.path if top.name is None else None, None, at, text, True)
        parent = None if top.mapping else top.path
        return Spot(parent, None if top.written else top.place, at, text, True)

    def _word(self, number: int, text: str, at: int, end: int) -> None:
        top = self.brackets[-1]
        word = text[at:end].rstrip(" ")
        span = Span(number, at, at + len(word))
        if top.mapping and not top.colon:
            top.name, top.key = _unquoted(word), span
            return
        key = None if top.written else top.key
        self.entries.append(Entry(top.place, key, span, _unquoted(word)))
        top.written = True

    def _opened(self, number: int, at: int) -> Path:
        top = self.brackets[-1]
        self.entries.append(Entry(top.place, top.key, Span(number, at, at), ""))
        top.written = True
        return top.place

    def _finish(self, number: int, at: int) -> None:
        """Keep a key that has nothing behind it."""
        top = self.brackets[-1]
        if top.mapping and top.name is not None and not top.written:
            self.entries.append(Entry(top.place, top.key, Span(number, at, at), ""))

    def _next(self) -> None:
        top = self.brackets[-1]
        top.count += 0 if top.mapping else 1
        top.name, top.key, top.colon, top.written = None, None, False, False


def _closing(text: str, start: int) -> int:
    """Return where the quoted text that begins at `start` ends, quotes included."""
    quote, at = text[start], start + 1
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 2
        elif text[at] == quote:
            if quote == "'" and text[at + 1 : at + 2] == "'":
                at += 2
                continue
            return at + 1
        else:
            at += 1
    return len(text)


def _word_end(text: str, at: int) -> int:
    if text[at] in "\"'":
        return _closing(text, at)
    match = _IN_FLOW.match(text, at)
    return match.end() if match and match.end() > at else at + 1


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]
    return text.strip(" ")
