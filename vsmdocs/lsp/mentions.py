"""Where steps stand and where they are spoken of, found on the lines alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vsmdocs.lsp.entries import Entry
from vsmdocs.lsp.outline import Outline
from vsmdocs.lsp.positions import Span

_WORD = re.compile(r"[^\s\[\],'\"]+")
_PLACES = {
    ("flow", "from"), ("flow", "to"), ("rework", "from"), ("rework", "to"),
    ("improvements", "step"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A step's id at a place."""

    id: str
    span: Span
    defines: bool = False
    """Whether the step itself stands here."""


def mentions(outline: Outline, lines: tuple[str, ...]) -> list[Mention]:
    """Return every place of a step's id, in the order of the file."""
    return [found for entry in outline.entries for found in _in_entry(entry, lines)]


def mention_at(found: list[Mention], line: int, column: int) -> Mention | None:
    """Return the mention at a place."""
    return next((one for one in found if one.span.holds(line, column)), None)


def refers_to_steps(path: tuple[str | int, ...]) -> bool:
    """Return whether the value at a path is a step's id, or a chain of them."""
    names = tuple(key for key in path if isinstance(key, str))
    return names in _PLACES or (names == ("flow",) and len(path) == 2)


def _in_entry(entry: Entry, lines: tuple[str, ...]) -> Iterator[Mention]:
    path, span = entry.path, entry.value
    names = tuple(key for key in path if isinstance(key, str))
    if names == ("steps", "id") and entry.text:
        yield Mention(entry.text, _inside(span, lines), True)
    elif names in _PLACES and entry.text:
        yield Mention(entry.text, _inside(span, lines))
    elif names == ("flow",) and len(path) == 2:
        for match in _WORD.finditer(lines[span.line], span.start, span.end):
            if match[0] != "->" and not match[0].endswith("%"):
                yield Mention(match[0], Span(span.line, *match.span()))
    elif names[:2] == ("improvements", "change") and len(names) == 3 and entry.key is not None:
        step, dot, _ = names[2].partition(".")
        if dot:
            start = _inside(entry.key, lines).start
            yield Mention(step, Span(entry.key.line, start, start + len(step)))


def _inside(span: Span, lines: tuple[str, ...]) -> Span:
    """Leave out quotes, and blanks inside them."""
    text = lines[span.line][span.start : span.end]
    if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]:
        inner = text[1:-1]
        start = span.start + 1 + len(inner) - len(inner.lstrip())
        return Span(span.line, start, start + len(inner.strip()))
    return span
