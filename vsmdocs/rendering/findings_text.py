"""Findings for a terminal or a log: place, message, the line with a caret, and what to write.

A file may come from anyone, so nothing of it reaches a terminal that the terminal would
obey: control and direction characters are shown as escapes. So is what the log of a build on
GitHub would obey, `::x::` at a line's start and `##[x]` anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from vsmdocs.errors import Finding

WIDTH = 100
_TAB = "    "
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    r"\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]|(?<=##)\[|\A:(?=:)"
)
_RESET = "\x1b[0m"
_BOLD, _DIM = "\x1b[1m", "\x1b[2m"
_COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}


def render_findings(findings: Iterable[Finding], color: bool = False) -> str:
    """Return the findings as text, one block each, with a line feed at the end if there are any."""
    return "".join(f"{_block(finding, color)}\n" for finding in findings)


def _block(finding: Finding, color: bool) -> str:
    def paint(style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if color and text else text

    tone = _COLORS[finding.severity]
    head = paint(tone, f"{finding.severity}[{safe(finding.rule)}]")
    place = f"{paint(_BOLD, safe(finding.place) + ':')} " if finding.path else ""
    rows = [f"{place}{head} {safe(finding.message)}"]
    number = str(finding.line) if finding.line else ""
    gutter = max(len(number), 3)
    if finding.line:
        text, blanks, carets = _excerpt(finding)
        bar = paint(_DIM, "|")
        rows.append(f"{number:>{gutter}} {bar} {text}".rstrip())
        rows.append(f"{'':>{gutter}} {bar} {' ' * blanks}{paint(tone, '^' * carets)}")
    if finding.hint:
        rows.append(f"{'':>{gutter}} {paint(_DIM, '=')} {safe(finding.hint)}")
    return "\n".join(rows)


def excerpt(finding: Finding) -> str:
    """Return the source line with a caret under it as two lines; nothing where there is none."""
    if not finding.line:
        return ""
    text, blanks, carets = _excerpt(finding)
    return f"{text.rstrip()}\n{' ' * blanks}{'^' * carets}"


def _excerpt(finding: Finding) -> tuple[str, int, int]:
    """Return the part of the line to show, how far in the caret is, and how wide it is."""
    line = finding.source_line
    start = max(finding.column - 1, 0)
    end = max(finding.end_column - 1, start + 1)
    if len(line) <= WIDTH - 2 and line.isascii() and _UNSAFE.search(line) is None:
        # Nearly every line: each of its characters is itself, and fills one cell.
        return line, min(start, len(line)), max(min(end, len(line)) - start, 1)
    # A long line is cut so that the caret and what stands before it stay in sight.
    first = 0
    if _cells(line[: start + WIDTH]) > WIDTH:
        first = max(0, start - WIDTH // 3)
        if len(line) - first < WIDTH * 2 // 3:
            first = max(0, min(first, len(line) - WIDTH * 2 // 3))
    shown, last = "", first
    while last < len(line) and _cells(shown) < WIDTH - 2 and last - first < 2 * WIDTH:
        shown += _shown(line, last)
        last += 1
    before = "… " if first else ""
    after = " …" if last < len(line) else ""
    blanks = _cells(before) + sum(
        _cells(_shown(line, at)) for at in range(first, min(start, len(line)))
    )
    carets = sum(_cells(_shown(line, at)) for at in range(start, min(end, last)))
    return f"{before}{shown}{after}", blanks, max(carets, 1)


def _shown(line: str, at: int) -> str:
    """Show one character of a line, which may be unsafe for what stands before it."""
    if line[at] == "\t":
        return _TAB
    return _escape(line[at]) if _UNSAFE.match(line, at) and line[at] != ":" else line[at]


def safe(text: str) -> str:
    """Show what a terminal or a log would obey, or nobody could see, as an escape."""
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _cells(text: str) -> int:
    """Return how many cells of a terminal the text fills."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
