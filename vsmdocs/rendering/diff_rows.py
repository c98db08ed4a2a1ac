"""The changes between two maps as rows of a page."""

from __future__ import annotations

from vsmdocs.analysis.diff import FIGURES, Effect, MapDiff
from vsmdocs.rendering.diff_sentence import effect_texts, is_better, note_pieces
from vsmdocs.rendering.diff_values import plain
from vsmdocs.rendering.diff_words import Words, describe
from vsmdocs.rendering.pages.compare_view import ChangeRow


def change_rows(found: MapDiff) -> tuple[ChangeRow, ...]:
    """Return a row for each change, in the order in which they were applied."""
    if not found.changes:
        return ()
    words = Words.of(found)
    rows = []
    for index, change in enumerate(found.changes):
        told = describe(change, words)
        tone = _tone(change.effect)
        rows.append(
            ChangeRow(
                told.label,
                plain(told.place),
                plain(told.text),
                effect_texts(found, change.effect, judged=not tone),
                plain(note_pieces(found, index, words)),
                tone,
                change.kind,
            )
        )
    return tuple(rows)


def _tone(effect: Effect | None) -> str:
    """Return `better` or `worse` where all that is known of an effect agrees on it."""
    judged = {is_better(key, getattr(effect, key)) for key in FIGURES} if effect else set()
    if judged - {None} == {True}:
        return "better"
    return "worse" if judged - {None} == {False} else ""
