"""A frontmatter as it is laid out: entries with the comments that are about them.

The reading's tree says what a map means and forgets how it was written; this one knows both.
Comments and blank lines stand in `lead`, in their order; a blank line is an empty text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
NOTHING = ("", "~", "null")
"""What an unquoted text must be to stand for no value."""


@dataclass(slots=True)
class Scalar:
    """A text, or nothing."""

    value: str
    style: str = ""
    """Empty for an unquoted one, else its quote, `|` or `>`."""
    header: str = ""
    """What stands in the first line of a block, such as `|-`."""
    lines: tuple[str, ...] = ()
    """As it is written, quotes included: one line, or several without their indentation."""
    below: bool = False
    """Whether it begins in the line below its key."""

    @property
    def is_block(self) -> bool:
        """Whether it is a block of lines, which `|` or `>` announces."""
        return self.style in ("|", ">")


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list."""

    value: Node
    key: Scalar | None = None
    lead: list[str] = field(default_factory=list)
    """Comments and blank lines above it."""
    note: str = ""
    """The comment at the end of its line."""
    after: list[str] = field(default_factory=list)
    """Comments right below it, which a blank line divides from what follows."""
    column: int = -1
    """Where it stood, counted from 0; -1 for one that never stood anywhere."""
    source: tuple[str, ...] = ()
    """Its lines as they were written, the first one from its column on."""
    above: tuple[str, ...] | None = None
    """The lines above it as they were written; None where they are `lead` as it is now."""
    inside: bool = False
    """Whether `lead` has comments that stood between key and value."""

    @property
    def name(self) -> str:
        """The key; empty for an item."""
        return self.key.value if self.key else ""


@dataclass(slots=True)
class Collection:
    """A mapping or a list."""

    entries: list[Entry]
    is_mapping: bool
    flow: bool = False
    """Whether it stands in brackets."""
    broken: bool = False
    """Whether its brackets are in different lines."""
    column: int = -1
    """Where its entries stood, counted from 0."""
    tail: list[str] = field(default_factory=list)
    """Comments below its last entry."""
    below: tuple[str, ...] = ()
    """The lines of `tail` as they were written, of the outermost mapping."""

    @property
    def has_comments(self) -> bool:
        """Whether comments stand inside, at any depth."""
        return bool(_texts(self.tail)) or any(
            _texts([*entry.lead, *entry.after, entry.note])
            or (isinstance(entry.value, Collection) and entry.value.has_comments)
            for entry in self.entries
        )

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key; None where there is none."""
        return next((entry for entry in self.entries if entry.name == key), None)


Node = Scalar | Collection


def _texts(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


def plain(node: Node) -> Any:
    """Return what a node says, as reading it would."""
    if isinstance(node, Scalar):
        return None if not node.style and node.value in NOTHING else node.value
    if node.is_mapping:
        return {entry.name: plain(entry.value) for entry in node.entries}
    return [plain(entry.value) for entry in node.entries]
