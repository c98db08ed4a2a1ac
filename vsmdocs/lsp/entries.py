"""A value in a frontmatter, and a place where one could be written."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.lsp.positions import Span

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value by its path of keys and indexes; where a value goes on, each line has an entry."""

    path: Path
    key: Span | None
    """Of the key before it; None for items of lists, and for lines that go on."""
    value: Span
    """Of the value with its quotes; empty where nothing stands there."""
    text: str
    """The value without quotes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What could be written at the end of a line."""

    parent: Path | None
    """The mapping or list in which a key or an item could begin."""
    value: Path | None
    """What has its value written here."""
    start: int
    """Column where that which is being written begins."""
    text: str
    """What is written of it."""
    flow: bool = False
    """Whether it stands in brackets."""
