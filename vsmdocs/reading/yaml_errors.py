"""What a YAML parser complains of, in the words of the person who wrote the file.

The parsers in C and in Python word their complaints differently and agree on the places;
only what both say is looked at, and the line itself tells the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from vsmdocs.errors import Finding
from vsmdocs.reading.source import SourceText

COLON_NEEDS_SPACE = (
    "the colon after this needs a space",
    "write {key: value}, or put quotes around text with colons in it",
)

NOTHING_AFTER_INDICATOR = (
    "after | or > the text begins on the next line",
    "begin it there, indented, or put quotes around the value",
)


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What is wrong at a mark."""

    mark: Any
    message: str
    hint: str
    rule: str = "yaml-syntax"
    length: int = 1


def explain(error: yaml.YAMLError, source: SourceText, first_line: int, lines: int) -> Finding:
    """Return the finding for an error in the frontmatter, which has so many `lines`."""
    texts = source.lines[first_line - 1 : first_line - 1 + lines]
    complaint = _explain(error, texts)
    mark = complaint.mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    if line >= lines:
        # The end of the text is a place that nobody can look at.
        line = max(lines - 1, 0)
        column = len(texts[line]) if texts else 0
    return source.finding(
        first_line + line,
        column + 1,
        complaint.rule,
        complaint.message,
        complaint.hint,
        end_column=column + 1 + complaint.length,
    )


def _explain(error: yaml.YAMLError, texts: tuple[str, ...]) -> _Complaint:
    at: Any = getattr(error, "problem_mark", None)
    begun: Any = getattr(error, "context_mark", None) or at
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    if at is None:
        return _Complaint(None, "this is not YAML that can be read", "look for a stray character")
    line = texts[at.line] if at.line < len(texts) else ""
    if "mapping values" in problem:
        return _colon(at, texts)
    if "sequence entries" in problem:
        return _Complaint(
            at,
            "a list cannot begin here",
            "begin it below its key, one item a line, or write [a, b]",
        )
    if "mapping keys" in problem:
        return _needs_quotes(at, line, "a value cannot begin with “? ”")
    if "document start" in problem:
        return _document(at, texts)
    if "directive" in context or "directive" in problem or line.startswith("%"):
        return _directive(_Place(at.line, 0))
    for word, sign, rule in (("anchor", "&", "yaml-anchor"), ("alias", "*", "yaml-alias")):
        if word in context:
            text = texts[begun.line] if begun.line < len(texts) else ""
            return _needs_quotes(begun, text, f"a value cannot begin with “{sign}”", rule)
    if "tag" in context or "tag handle" in problem:
        text = texts[begun.line] if begun.line < len(texts) else ""
        return _needs_quotes(begun, text, "a value cannot begin with “!”", "yaml-tag")
    if "escape" in problem or "decimal number" in problem:
        return _escape(at, line)
    if "quoted" in context:
        return _Complaint(
            begun,
            "the quotation mark that begins here has no partner",
            "close it at the end of the value; in single quotes write '' for an apostrophe",
        )
    if "start any token" in problem or context == "while parsing a block node":
        return _needs_quotes(at, line, f"a value cannot begin with “{line[at.column :][:1]}”")
    if "flow" in context:
        return _flow(at, begun, context, texts)
    if "plain scalar" in context:
        return _Complaint(begun, *COLON_NEEDS_SPACE, length=at.column - begun.column)
    if "simple key" in context:
        return _no_colon(begun, texts)
    if "block scalar" in context:
        return _Complaint(begun, *NOTHING_AFTER_INDICATOR)
    if "block" in context:
        return _out_of_line(at, line)
    return _Complaint(
        at,
        "this is not YAML that can be read",
        "put quotes around the value, and look at the line above",
    )


def _quoting(text: str) -> str:
    """Say how to put `text` into quotes, in full where it is short."""
    text = text.strip()
    if not text or len(text) > 70:
        return "put quotes around the whole value"
    if "'" not in text:
        return f"write '{text}'"
    return f'write "{text}"' if not set('"\\') & set(text) else "put quotes around the whole value"


def _value_in(line: str) -> tuple[int, str]:
    """Return where the value of a line of block style begins, and the value."""
    start = len(line) - len(line.lstrip(" "))
    while line.startswith("- ", start):
        start += 2
        start += len(line[start:]) - len(line[start:].lstrip(" "))
    if line[start : start + 1] not in ("[", "{", '"', "'"):
        colon = line.find(": ", start)
        if colon >= 0:
            start = colon + 2
            start += len(line[start:]) - len(line[start:].lstrip(" "))
    return start, line[start:].rstrip()


def _needs_quotes(mark: Any, line: str, message: str, rule: str = "yaml-syntax") -> _Complaint:
    start, value = _value_in(line)
    hint = _quoting(value) if start == mark.column else "put quotes around the whole value"
    return _Complaint(mark, message, hint, rule)


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    column: int


def _escape(at: Any, line: str) -> _Complaint:
    # The parsers point at the backslash, at the letter after it or at its first wrong digit.
    column = line.rfind("\\", 0, at.column + 1)
    column = at.column if column < 0 else column
    return _Complaint(
        _Place(at.line, column),
        f"“{line[column : column + 2]}” is no escape in double quotes",
        "write \\\\ for a backslash, or put single quotes around the value",
        length=2,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _directive(mark: Any) -> _Complaint:
    hint = "remove the line with %"
    return _Complaint(mark, "a YAML directive stands here", hint, "yaml-directive")


def _colon(at: Any, texts: tuple[str, ...]) -> _Complaint:
    line = texts[at.line] if at.line < len(texts) else ""
    start, value = _value_in(line)
    before = line[: at.column]
    if ": " in before or (before.lstrip(" ").startswith("- ") and start == at.column + 2):
        return _Complaint(at, "a value with “: ” in it needs quotes", _quoting(value))
    above = next((n for n in range(at.line - 1, -1, -1) if texts[n].strip()), None)
    if above is not None and ":" not in texts[above]:
        column = _indent(texts[above])
        return _Complaint(
            _Place(above, column),
            "this line has no “: ” between a key and its value",
            "write key: value",
            length=len(texts[above].rstrip()) - column,
        )
    if above is not None and _indent(line) > _indent(texts[above]):
        column = _indent(line)
        return _Complaint(
            _Place(at.line, column),
            "this line is indented deeper than the one above, which has a value already",
            "give both the same indentation",
            length=max(at.column - column, 1),
        )
    if above is not None and ": " not in texts[above] + " ":
        column = texts[above].index(":")
        return _Complaint(
            _Place(above, column), "a space is missing after this colon", "write key: value"
        )
    return _Complaint(at, "a colon cannot stand here", "put quotes around text with “: ” in it")


def _document(at: Any, texts: tuple[str, ...]) -> _Complaint:
    directive = next((n for n, text in enumerate(texts) if text.startswith("%")), None)
    if directive is not None:
        return _directive(_Place(directive, 0))
    line = texts[at.line] if at.line < len(texts) else ""
    column = _indent(line)
    return _Complaint(
        _Place(at.line, column),
        "this line is indented less than the first key",
        "give all keys of the map the same indentation, best none",
        length=max(len(line.rstrip()) - column, 1),
    )


def _no_colon(begun: Any, texts: tuple[str, ...]) -> _Complaint:
    text = texts[begun.line] if begun.line < len(texts) else ""
    return _Complaint(
        begun,
        "this line has no “: ” between a key and its value",
        "write key: value, or indent it if it belongs to the line above",
        length=max(len(text.rstrip()) - begun.column, 1),
    )


def _flow(at: Any, begun: Any, context: str, texts: tuple[str, ...]) -> _Complaint:
    what, closing = ("mapping", "}") if "mapping" in context else ("list", "]")
    line = texts[at.line] if at.line < len(texts) else ""
    if "node" in context:
        return _Complaint(
            at,
            f"a value is missing before “{line[at.column :][:1]}”, or needs quotes",
            "separate values by single commas, and put quotes around text with signs in it",
        )
    if at.line == begun.line and line[at.column :].strip():
        return _Complaint(
            at,
            f"a comma or {closing} is missing before this",
            "separate values by commas, and put quotes around text with “: ” or brackets in it",
        )
    opening = "{" if closing == "}" else "["
    return _Complaint(
        begun,
        f"the {what} that begins here with {opening} is never closed",
        f"close it with {closing}, or put quotes around the value",
    )


def _out_of_line(at: Any, line: str) -> _Complaint:
    before = line[: at.column].rstrip()
    start, value = _value_in(line)
    if before and value[:1] in ("[", "{", '"', "'") and start < at.column:
        if value[0] in "[{":
            hint = _quoting(value)
        else:
            hint = "put quotes around the whole value; in single quotes '' is an apostrophe"
        return _Complaint(at, f"text goes on after the closing {before[-1]}", hint)
    if line[at.column :].startswith(":"):
        return _Complaint(at, "a key is missing before the colon", "write key: value")
    if line[at.column :].startswith("-"):
        return _Complaint(
            at,
            "this list item is not in line with what stands above it",
            "give every item of a list the same indentation",
        )
    if before:
        return _Complaint(at, "the value is over before this", "put quotes around the whole value")
    return _Complaint(
        at,
        "this line is not in line with the keys above it",
        "give keys that belong together the same indentation",
        length=max(len(line.rstrip()) - at.column, 1),
    )
