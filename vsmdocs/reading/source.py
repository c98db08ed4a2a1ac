"""Bytes of a file as text with lines and columns, and a refusal of what could mislead a reader.

Everything later points into these lines, so their numbers and columns are those of an
editor. A byte order mark counts as nothing, and every line ends in a plain line feed.

Characters that a reader cannot see but a terminal or a browser obeys are refused: control
characters, line breaks that only some programs see, and bidirectional embeddings, overrides
and isolates, which can make a line read as something else ("Trojan Source", CVE-2021-42574).
The marks U+200E, U+200F and U+061C stay allowed: they only place neighbouring punctuation,
and people who write from right to left need them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vsmdocs.errors import Finding, InvalidMap

FRONTMATTER_BYTES = 1024 * 1024
BODY_BYTES = 256 * 1024
_ENOUGH_BYTES = FRONTMATTER_BYTES + BODY_BYTES + 16
_MOST_CHARACTERS = 101

_BIDI = "\u202a-\u202e\u2066-\u2069"
_LINE_BREAKS = "\u2028\u2029"
# The last three are no characters of text, and YAML parsers disagree on them.
_FORBIDDEN = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_LINE_BREAKS}{_BIDI}\ud800-\udfff\ufeff\ufffe\uffff]"
)
_IS_BIDI = re.compile(f"[{_BIDI}]")
_LINE_END = re.compile(r"\r\n?")
_LINE_END_BYTES = re.compile(rb"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text, free of what may not stand in it."""

    path: str
    text: str
    """With `\\n` between lines, and without a byte order mark."""
    lines: tuple[str, ...]
    cut: bool = False
    """Whether the file is longer than any map may be, and its end was left unread."""

    def finding(
        self,
        line: int,
        column: int,
        rule: str,
        message: str,
        hint: str = "",
        *,
        end_column: int = 0,
    ) -> Finding:
        """Return an error at a place, which is moved to the nearest one inside the file."""
        line = min(max(line, 1), len(self.lines))
        text = self.lines[line - 1]
        column = min(max(column, 1), len(text) + 1)
        end_column = min(max(end_column, column + 1), len(text) + 1)
        return Finding(
            self.path,
            line,
            column,
            rule,
            "error",
            message,
            hint,
            end_column=max(end_column, column),
            source_line=text,
        )


def read_source(path: str, data: bytes) -> SourceText:
    """Decode a file, or raise `InvalidMap` with the place of every character at fault."""
    # A file of any size costs no more than the longest that is allowed.
    cut = len(data) > _ENOUGH_BYTES
    data = data[:_ENOUGH_BYTES].removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not (cut and error.start > len(data) - 4):
            raise InvalidMap((_not_utf8(path, data, error),)) from None
        text = data[: error.start].decode("utf-8")
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    source = SourceText(path, text, tuple(text.split("\n")), cut)
    if _FORBIDDEN.search(text):
        raise InvalidMap(tuple(_forbidden_characters(source)))
    return source


def forbidden_character(text: str) -> tuple[str, str, str] | None:
    """Return rule, message and hint for the first character that may not stand in text."""
    match = _FORBIDDEN.search(text)
    return _about_character(match[0]) if match else None


def _about_character(character: str) -> tuple[str, str, str]:
    name = f"U+{ord(character):04X}"
    if _IS_BIDI.match(character):
        return (
            "bidi-control",
            f"the invisible character {name} turns the direction of the text around",
            "remove it; the marks U+200E, U+200F and U+061C are allowed",
        )
    hint = "write a plain line break" if character in _LINE_BREAKS else "remove it"
    return ("control-character", f"the control character {name} may not stand in a map", hint)


def _forbidden_characters(source: SourceText) -> list[Finding]:
    findings: list[Finding] = []
    for number, line in enumerate(source.lines, 1):
        for match in _FORBIDDEN.finditer(line):
            rule, message, hint = _about_character(match[0])
            findings.append(source.finding(number, match.start() + 1, rule, message, hint))
            # One more than is reported, so that it can be said that there are more.
            if len(findings) >= _MOST_CHARACTERS:
                return findings
    return findings


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Finding:
    breaks = list(_LINE_END_BYTES.finditer(data, 0, error.start))
    start = breaks[-1].end() if breaks else 0
    before = data[start : error.start].decode("utf-8")
    after = _LINE_END_BYTES.split(data[error.start : error.start + 200], maxsplit=1)[0]
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Finding(
        path,
        len(breaks) + 1,
        len(before) + 1,
        "not-utf8",
        "error",
        "the file is UTF-16, not UTF-8"
        if utf16
        else f"the byte 0x{data[error.start]:02X} is not UTF-8 text",
        "save the file as UTF-8",
        end_column=len(before) + 2,
        source_line=before + after.decode("utf-8", "replace"),
    )
