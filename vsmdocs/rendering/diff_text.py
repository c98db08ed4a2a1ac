"""The difference between two maps as plain text for a terminal."""

from __future__ import annotations

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
from vsmdocs.rendering.metrics_table import columns
from vsmdocs.rendering.pages.figures import calendar_text

_INDENT = "    "


def diff_text(found: MapDiff) -> str:
    """Return headline, figures and changes, with a line feed at the end."""
    lines = [_line(headline_pieces(found))]
    if not found.nothing and not found.only_words:
        lines += ["", *_figures(found)]
    if found.changes:
        lines += ["", "What changed, and what it did:"]
        lines += _changes(found)
    return "\n".join(lines) + "\n"


def _figures(found: MapDiff) -> Iterator[str]:
    rows = [("Figure", "Before", "After", "Change")]
    rows += [(row.label, row.before, row.after, row.change) for row in figure_rows(found)]
    yield from columns(rows, "<>><")
    yield _calendars(found)


def _calendars(found: MapDiff) -> str:
    texts = [
        calendar_text(stream_map.calendar)
        for stream_map in (found.base, found.head)
        if stream_map is not None
    ]
    return texts[0] if texts[0] == texts[-1] else f"{texts[0]} before, {texts[-1]} after"


def _changes(found: MapDiff) -> Iterator[str]:
    words = Words.of(found)
    for index, change in enumerate(found.changes):
        told = describe(change, words)
        text = f": {_line(told.text)}" if told.text else ""
        yield f"- {told.label}: {_line(told.place)}{text}"
        effects = effect_texts(found, change.effect)
        if effects:
            yield _INDENT + "; ".join(effects)
        if note := note_pieces(found, index, words):
            yield _INDENT + _line(note)


def _line(pieces: Iterable[Piece]) -> str:
    return "".join(_shown(piece.text) if piece.said else piece.text for piece in pieces)


def _shown(text: str) -> str:
    """Escape what a terminal would obey, or nobody could see."""
    return "".join(
        f"\\u{ord(character):04x}"
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else character
        for character in text
    )
