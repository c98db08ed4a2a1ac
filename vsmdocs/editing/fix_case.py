"""What a mend is worked out from: the finding, the file, and what of it could be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vsmdocs.editing.edits import Edit
from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.frontmatter import split_frontmatter
from vsmdocs.reading.marks import Path
from vsmdocs.reading.source import SourceText, read_source
from vsmdocs.reading.strict_yaml import YamlTree, read_yaml


@dataclass(frozen=True)
class Fix:
    """Edits that mend a finding, and what they do."""

    edits: tuple[Edit, ...]
    said: str


@dataclass(frozen=True)
class FixCase:
    """A file that has findings."""

    path: str
    data: bytes = field(repr=False)

    @cached_property
    def source(self) -> SourceText | None:
        """The text; None where it is none."""
        try:
            return read_source(self.path, self.data)
        except InvalidMap:
            return None

    @cached_property
    def tree(self) -> YamlTree | None:
        """What the frontmatter says, as far as it can be read."""
        if self.source is None:
            return None
        try:
            front = split_frontmatter(self.source)
        except InvalidMap:
            return None
        return read_yaml(front.text, self.source, front.first_line)

    @property
    def mapping(self) -> dict[str, Any]:
        """The map's keys and values; empty where they cannot be read."""
        return (self.tree.data if self.tree else None) or {}

    def part(self, key: str) -> list[Any]:
        """Return one of the map's lists; empty where it is none."""
        found = self.mapping.get(key)
        return found if isinstance(found, list) else []

    @cached_property
    def _places(self) -> tuple[dict[tuple[int, int], Path], dict[tuple[int, int], Path]]:
        tree = self.tree
        if tree is None:
            return {}, {}

        def placed(marks: dict[Path, Any]) -> dict[tuple[int, int], Path]:
            first = tree.marks.first_line
            return {
                (event.start_mark.line + first, event.start_mark.column + 1): path
                for path, event in marks.items()
            }

        return placed(tree.marks.keys), placed(tree.marks.values)

    def key_at(self, finding: Finding) -> Path | None:
        """Return the path of the key that a finding is about."""
        return self._places[0].get((finding.line, finding.column))

    def value_at(self, finding: Finding) -> Path | None:
        """Return the path of the value that a finding is about."""
        return self._places[1].get((finding.line, finding.column))


def text_at(finding: Finding) -> str:
    """Return what stands at a finding, quotes included."""
    return finding.source_line[finding.column - 1 : finding.end_column - 1]


def word_at(finding: Finding) -> str | None:
    """Return the text at a finding without its quotes; None where it is spelt in escapes."""
    text = text_at(finding)
    if text[:1] not in "'\"":
        return text.strip()
    inner = text[1:-1]
    return None if len(text) < 2 or "\\" in inner or "''" in inner else inner.strip()


def replace(finding: Finding, new: str) -> Fix:
    """Return the fix that writes `new` for what stands at a finding."""
    edit = Edit(finding.line, finding.column, finding.line, finding.end_column, new)
    old = text_at(finding)
    return Fix((edit,), f"line {finding.line}: “{_short(old)}” is now “{_short(new)}”")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
