"""What the story is told in: who did what when, and the people it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vsmdocs.demo.commits import MAIN, Author, Tag
from vsmdocs.demo.map_text import Change, MapText

CURRENT = "maps/feature-delivery/current.md"
FUTURE = "maps/feature-delivery/future.md"
INCIDENTS_FILE = "maps/incidents/current.md"

NINA = Author("Nina Hoffmann", "nina.hoffmann@example.org")
TOMASZ = Author("Tomasz Wójcik", "tomasz.wojcik@example.org")
AMARA = Author("Amara Okafor", "amara.okafor@example.org")
LUIS = Author("Luís Ferreira", "luis.ferreira@example.org")
PRIYA = Author("Priya Raman", "priya.raman@example.org")
MEI = Author("Mei Tanaka", "mei.tanaka@example.org")

Edit = MapText | str | tuple[str, tuple[Change, ...]]
"""A whole new text, or changes to the map there or, where a path stands, to the one there."""
Edits = Mapping[str, Edit]
"""By path."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit, by what its author did."""

    at: str
    author: Author
    message: str
    edits: Edits
    branch: str = MAIN
    merges: str = ""
    """The branch that is merged here; what was done on it is done again."""
    tags: tuple[Tag, ...] = ()


def to(*changes: Change, came_from: str = "") -> Edit:
    """Change the map at a path, or move the one from another path there and change that."""
    return (came_from, changes)
