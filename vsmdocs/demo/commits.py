"""What a commit of the story is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who commits."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A milestone, set by whoever made the commit."""

    name: str
    message: str = ""
    """Empty for a tag that is a name and nothing else."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What one person changed at one time."""

    author: Author
    at: datetime
    """With its offset from UTC."""
    message: str
    files: tuple[tuple[str, str | None], ...]
    """Path and new text of what differs from the first parent, None for what was removed."""
    parents: tuple[int, ...]
    """Places in the story, counted from 0; a merge has two."""
    branch: str = MAIN
    tags: tuple[Tag, ...] = ()

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]
