"""The difference between two maps as GitHub-flavoured Markdown, for a comment or a summary.

What people wrote into a map stands in code spans: there nothing is a mention, a link, a
picture, a reference, a formula or markup of any kind, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from vsmdocs.analysis.diff import MapDiff
from vsmdocs.rendering.diff_sentence import (
    effect_texts,
    figure_rows,
    headline_pieces,
    note_pieces,
)
from vsmdocs.rendering.diff_values import Piece
from vsmdocs.rendering.diff_words import Words, describe

_BACKTICKS = re.compile(r"`+")
_PIPE = re.compile(r"(\\*)\|")


def diff_markdown(found: MapDiff) -> str:
    """Return headline, figures and changes, with a line feed at the end."""
    lines = [_cell(headline_pieces(found))]
    if not found.nothing and not found.only_words:
        lines += ["", *_figures(found)]
    if found.changes:
        lines += ["", *_changes(found)]
    return "\n".join(lines) + "\n"


def _figures(found: MapDiff) -> Iterator[str]:
    yield _row("Figure", "Before", "After", "Change")
    yield "| :-- | --: | --: | :-- |"
    for row in figure_rows(found):
        yield _row(*(_plain(text) for text in (row.label, row.before, row.after, row.change)))


def _changes(found: MapDiff) -> Iterator[str]:
    words = Words.of(found)
    yield _row("Change", "Where", "What", "What it did")
    yield "| :-- | :-- | :-- | :-- |"
    for index, change in enumerate(found.changes):
        told = describe(change, words)
        did = [_plain(text) for text in effect_texts(found, change.effect)]
        did += [_cell(note)] if (note := note_pieces(found, index, words)) else []
        yield _row(told.label, _cell(told.place), _cell(told.text), "; ".join(did))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(pieces: Iterable[Piece]) -> str:
    return "".join(code(piece.text) if piece.said else _plain(piece.text) for piece in pieces)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def code(text: str) -> str:
    """Return text of anyone's as a code span that holds in a table as well.

    A table ends its cell at a bar even in code, unless a backslash stands before it; whether
    that one is itself escaped is read in two ways, so backslashes are kept apart from bars.
    """
    line = " ".join("".join(_visible(character) for character in text).split())
    if not line:
        return ""
    line = _PIPE.sub(lambda match: f"{match[1]} \\|" if match[1] else "\\|", line)
    longest = max((len(run) for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest and "`" in (line[0], line[-1]) else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _visible(character: str) -> str:
    """Return a character; one that nobody could see, or that turns text around, as its number."""
    if unicodedata.category(character) in ("Cf", "Cs") or character == "\0":
        return f"U+{ord(character):04X}"
    return " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
