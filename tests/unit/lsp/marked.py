"""Texts with a bar where the cursor stands."""

from __future__ import annotations

from datetime import date

from vsmdocs.lsp.completion import Suggestion, complete

TODAY = date(2026, 10, 1)


def split(text: str) -> tuple[tuple[str, ...], int, int]:
    """Return the lines without the first bar, and its line and column."""
    before = text[: text.index("¦")]
    lines = tuple(text.replace("¦", "", 1).split("\n"))
    return lines, before.count("\n"), len(before) - before.rfind("\n") - 1


def suggested(text: str, used: dict[str, set[str]] | None = None) -> list[Suggestion]:
    """Return what is suggested at the bar."""
    return complete(*split(text), TODAY, used or {})


def made(text: str, used: dict[str, set[str]] | None = None) -> list[str]:
    """Return what each suggestion makes of the line."""
    lines, line, _ = split(text)
    found = suggested(text, used)
    assert all(one.span.line == line for one in found)
    old = lines[line]
    return [old[: one.span.start] + one.insert + old[one.span.end :] for one in found]
