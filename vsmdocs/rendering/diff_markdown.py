"""The difference between two maps as GitHub-flavoured Markdown, for a comment or a summary."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.diff import MapDiff
from vsmdocs.rendering.diff_sentence import (
    effect_texts,
    figure_rows,
    headline_pieces,
    note_pieces,
)
from vsmdocs.rendering.diff_words import Words, describe
from vsmdocs.rendering.markdown_safe import cell, ours, row


def diff_markdown(found: MapDiff) -> str:
    """Return headline, figures and changes, with a line feed at the end."""
    lines = [cell(headline_pieces(found))]
    if not found.nothing and not found.only_words:
        lines += ["", *_figures(found)]
    if found.changes:
        lines += ["", *_changes(found)]
    return "\n".join(lines) + "\n"


def _figures(found: MapDiff) -> Iterator[str]:
    yield row("Figure", "Before", "After", "Change")
    yield "| :-- | --: | --: | :-- |"
    for figure in figure_rows(found):
        yield row(
            *(ours(text) for text in (figure.label, figure.before, figure.after, figure.change))
        )


def _changes(found: MapDiff) -> Iterator[str]:
    words = Words.of(found)
    yield row("Change", "Where", "What", "What it did")
    yield "| :-- | :-- | :-- | :-- |"
    for index, change in enumerate(found.changes):
        told = describe(change, words)
        did = [ours(text) for text in effect_texts(found, change.effect)]
        did += [cell(note)] if (note := note_pieces(found, index, words)) else []
        yield row(told.label, cell(told.place), cell(told.text), "; ".join(did))
