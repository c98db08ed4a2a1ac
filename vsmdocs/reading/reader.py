"""From a file's bytes to a map, or to everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from vsmdocs.errors import Finding, InvalidMap, Severity
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.structure import find_problems
from vsmdocs.model.units import slugify
from vsmdocs.reading.comments import Comment, find_comments
from vsmdocs.reading.frontmatter import split_frontmatter
from vsmdocs.reading.identity import identity_from_path
from vsmdocs.reading.marks import Marks, Path, Region
from vsmdocs.reading.source import SourceText, read_source
from vsmdocs.reading.strict_yaml import read_yaml
from vsmdocs.reading.validate import find_faults

MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class MapDocument:
    """A map, its prose, and where everything in it stands."""

    path: str
    map: ValueStreamMap
    body: str
    """The Markdown below the frontmatter, as it was written."""
    body_line: int
    """Number of the body's first line in the file."""
    source: SourceText
    marks: Marks

    def finding(
        self,
        where: Path,
        rule: str,
        severity: Severity,
        message: str,
        hint: str = "",
        offset: int = 0,
        length: int = 0,
        key: bool = False,
    ) -> Finding:
        """Return a finding at a path of keys, or at its nearest ancestor in the file.

        `offset` and `length` count characters in a value of one line; with `key` the
        finding is about the key itself.
        """
        place = self.marks.region(where, key=key, offset=offset, length=length)
        return _finding(self.source, place, rule, message, hint, severity)

    def comments(self, containing: str) -> list[Comment]:
        """Return the comments of the frontmatter that contain a text, in order."""
        if containing not in self.source.text:
            return []
        return list(find_comments(self.marks, self.body_line - 1, containing))

    @property
    def first_key_line(self) -> int:
        """Number of the line on which the first key stands."""
        event = next(iter(self.marks.keys.values()))
        return int(event.start_mark.line) + self.marks.first_line


def read_map(path: str, data: bytes, *, maps_folder: str = "maps") -> MapDocument:
    """Read one map.

    `path` is what findings name and, below `maps_folder`, what stream, state and variant
    follow from where the map does not state them.

    Raises
    ------
    InvalidMap
        With at most `MOST_ERRORS` findings, in the order of the file, and one more that
        says how many there are besides.
    """
    try:
        source = read_source(path, data)
        front = split_frontmatter(source)
    except InvalidMap as invalid:
        raise InvalidMap(_first(invalid.findings)) from None
    tree = read_yaml(front.text, source, front.first_line)
    findings = [*front.findings, *tree.findings]
    if tree.data is None:
        raise InvalidMap(_first(findings))
    findings += add_defaults(tree.data, source, maps_folder)
    try:
        value_map = ValueStreamMap.model_validate(tree.data)
    except ValidationError as error:
        findings += [
            _finding(
                source,
                tree.marks.region(fault.where, key=fault.key),
                fault.rule,
                fault.message,
                fault.hint,
            )
            for fault in find_faults(error, tree)
        ]
        raise InvalidMap(_first(findings)) from None
    document = MapDocument(path, value_map, front.body, front.body_line, source, tree.marks)
    findings += [
        document.finding(
            found.where,
            found.rule,
            "error",
            found.message,
            found.hint,
            found.offset,
            found.length,
            found.key,
        )
        for found in find_problems(value_map)
    ]
    if findings:
        raise InvalidMap(_first(findings))
    return document


def add_defaults(data: dict[str, Any], source: SourceText, folder: str) -> list[Finding]:
    """Put what the path says into `data` where the map says nothing; return what is unfit."""
    identity = identity_from_path(source.path, folder)
    findings: list[Finding] = []
    for key, value in (("stream", identity.stream), ("variant", identity.variant)):
        if data.get(key) is not None or value is None:
            continue
        if not _is_slug(value):
            better = slugify(value)
            what = "folder" if key == "stream" and "/" in source.path else "file's name"
            findings.append(
                source.finding(
                    1,
                    1,
                    "bad-slug",
                    f"the {what} “{value[:60]}” cannot be the name of a {key}",
                    f"write {key}: {better or 'a-short-name'} into the frontmatter",
                    end_column=4,
                )
            )
            value = better or "unnamed"
        data[key] = value
    if data.get("state") is None:
        data["state"] = identity.state
    return findings


def _is_slug(text: str) -> bool:
    return bool(text) and slugify(text) == text


def _finding(
    source: SourceText,
    place: Region,
    rule: str,
    message: str,
    hint: str,
    severity: Severity = "error",
) -> Finding:
    return Finding(
        source.path,
        place.line,
        place.column,
        rule,
        severity,
        message,
        hint,
        end_column=place.end_column,
        source_line=source.lines[place.line - 1],
    )


def _first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the first errors of a file in its order, and a last one that counts the rest."""
    ordered = sorted(set(findings))
    more = len(ordered) - MOST_ERRORS
    if more <= 0:
        return tuple(ordered)
    rest = replace(
        ordered[MOST_ERRORS],
        rule="too-many-errors",
        message=f"{more:,} more {'error is' if more == 1 else 'errors are'} not shown",
        hint="mend the ones above first",
    )
    return (*ordered[:MOST_ERRORS], rest)
