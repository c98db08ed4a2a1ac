"""Mends for what keeps a file from being read: tabs, fences, quotes that are missing."""

from __future__ import annotations

import re
from typing import Any

from vsmdocs.editing.edits import Edit
from vsmdocs.editing.fix_case import Fix, FixCase, replace
from vsmdocs.errors import Finding
from vsmdocs.reading.frontmatter import split_frontmatter
from vsmdocs.reading.source import SourceText
from vsmdocs.reading.strict_yaml import read_yaml
from vsmdocs.reading.validate import PARTS

_BLANKS = re.compile(r"[ \t]+")
_WIDTHS = (2, 4, 8)
_KEY_AND_VALUE = re.compile(r" *(?:- +)*([a-z_]+):(?=\S)")
_QUOTED = re.compile(r"write (?P<all>(?P<quote>['\"])(?P<text>.+)(?P=quote))")


def fix_tabs(case: FixCase, finding: Finding) -> Fix | None:
    """Write blanks for all tabs of the frontmatter, where any width gives the same map."""
    source = case.source
    if source is None:
        return None
    front = split_frontmatter(source)
    lines = front.text.split("\n")
    said = [_read(case, [_without_tabs(line, width) for line in lines]) for width in _WIDTHS]
    known = [data for data in said if data is not None]
    if not known or any(data != known[0] for data in known):
        return None
    width = _WIDTHS[said.index(known[0])]
    edits = tuple(
        Edit(number, 1, number, len(line) + 1, _without_tabs(line, width))
        for number, line in enumerate(lines, front.first_line)
        if "\t" in line
    )
    count = f"{len(edits)} line" + ("s" if len(edits) > 1 else "")
    # The other tabs' findings give this very fix, which is told once.
    return Fix(edits, f"tabs are now blanks, in {count}")


def _without_tabs(line: str, width: int) -> str:
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    rest = line[len(margin) :]
    return margin.replace("\t", " " * width) + _BLANKS.sub(_one_blank, rest).rstrip()


def _one_blank(match: re.Match[str]) -> str:
    return " " if "\t" in match[0] else match[0]


def _read(case: FixCase, lines: list[str]) -> Any:
    """Return what some lines say; None where they cannot be read."""
    text = "\n".join(lines)
    # The fence above counts as a line, so that findings have one to point to.
    tree = read_yaml(text, SourceText(case.path, text, ("---", *lines)), 2)
    return None if tree.findings else tree.data


def fix_syntax(case: FixCase, finding: Finding) -> Fix | None:
    """Put the quotes around a value, or the blank after a colon, that the hint writes out."""
    column = _after_colon(finding)
    if column:
        edit = Edit(finding.line, column, finding.line, column, " ")
        return Fix((edit,), f"line {finding.line}: a blank stands after the colon now")
    match = _QUOTED.fullmatch(finding.hint)
    if not match or " #" in match["text"] or "…" in match["text"]:
        return None
    line = finding.source_line.rstrip()
    if not line.endswith(match["text"]):
        return None
    column = len(line) - len(match["text"]) + 1
    if column > finding.column:
        return None
    edit = Edit(finding.line, column, finding.line, len(line) + 1, match["all"])
    return Fix((edit,), f"line {finding.line}: the value is in quotes now")


def _after_colon(finding: Finding) -> int:
    """Return the column in which a blank is missing behind the colon of a key, else 0."""
    if finding.message == "a space is missing after this colon":
        return finding.column + 1
    match = _KEY_AND_VALUE.match(finding.source_line)
    keys = {field.alias or name for part in PARTS.values()
            for name, field in part.model.model_fields.items()}  # fmt: skip
    if match is None or match[1] not in keys or "no “: ” between" not in finding.message:
        return 0
    return match.end() + 1


def fix_fence(case: FixCase, finding: Finding) -> Fix | None:
    """Make the first line, and the one that closes the frontmatter, exactly three hyphens."""
    if "three hyphens" in finding.hint:
        return replace(finding, "---") if finding.source_line.strip(" -.\t") == "" else None
    if finding.message != "the frontmatter begins only after empty lines" or case.source is None:
        return None
    lines = case.source.lines
    first = next(number for number, line in enumerate(lines, 1) if line.strip())
    edit = Edit(1, 1, first, 1, "")
    return Fix((edit,), f"line {finding.line}: the empty lines above --- are gone")


def fix_duplicate(case: FixCase, finding: Finding) -> Fix | None:
    """Remove a line that says once more, word for word, what an earlier one of its mapping says."""
    match = re.search(r"the first one is in line ([0-9]+)$", finding.message)
    source = case.source
    if match is None or source is None or finding.line >= len(source.lines):
        return None
    first, line = source.lines[int(match[1]) - 1], source.lines[finding.line - 1]
    following = source.lines[finding.line]
    indent = len(line) - len(line.lstrip(" "))
    goes_on = following.strip() and len(following) - len(following.lstrip(" ")) > indent
    if (
        first.rstrip() != line.rstrip()
        or goes_on
        or indent != finding.column - 1
        or ": " not in line
    ):
        return None
    edit = Edit(finding.line, 1, finding.line + 1, 1, "")
    return Fix((edit,), f"line {finding.line}: the second of two equal lines is gone")
