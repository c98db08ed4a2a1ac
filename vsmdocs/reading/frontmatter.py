"""The two halves of a map: frontmatter between two lines of `---`, and prose below it."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.source import BODY_BYTES, FRONTMATTER_BYTES, SourceText

_FENCE = "---"
_EXAMPLE = "a map begins with a line --- , then keys such as title: …, then a line ---"


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """Where the keys stand in a file, and what follows them."""

    text: str
    """The lines between the fences, each with its line feed."""
    first_line: int
    """Number of the first of them, 1-based."""
    body: str
    body_line: int
    """Number of the body's first line, 1-based; one past the file where there is none."""
    findings: tuple[Finding, ...]
    """What is too long, which need not keep the rest from being read."""


def split_frontmatter(source: SourceText) -> Frontmatter:
    """Split a file at its fences, or raise `InvalidMap` where it has none."""
    lines = source.lines
    if lines[0].rstrip(" \t") != _FENCE:
        raise InvalidMap((_no_opening(source),))
    closing = next((n for n in range(1, len(lines)) if lines[n].rstrip(" \t") == _FENCE), None)
    if closing is None:
        raise InvalidMap((_no_closing(source),))
    text = "".join(line + "\n" for line in lines[1:closing])
    body = "\n".join(lines[closing + 1 :])
    findings: list[Finding] = []
    if _exceeds(text, FRONTMATTER_BYTES):
        raise InvalidMap((_too_long_frontmatter(source),))
    if source.cut or _exceeds(body, BODY_BYTES):
        kept = body.encode()[:BODY_BYTES].decode("utf-8", "ignore")
        line = closing + 2 + kept.count("\n")
        column = len(kept) - (kept.rfind("\n") + 1) + 1
        findings.append(
            source.finding(
                line,
                column,
                "body-too-long",
                f"the text below the frontmatter is longer than {BODY_BYTES // 1024} KB",
                "keep the map short, and link to longer documents",
            )
        )
    return Frontmatter(text, 2, body, closing + 2, tuple(findings))


def _exceeds(text: str, most: int) -> bool:
    return len(text) > most or (4 * len(text) > most and len(text.encode()) > most)


def _no_opening(source: SourceText) -> Finding:
    first = source.lines[0]
    if not source.text.strip():
        return source.finding(1, 1, "no-frontmatter", "the file is empty", _EXAMPLE)
    found = next((n for n, line in enumerate(source.lines) if line.strip()), 0)
    if found and source.lines[found].rstrip(" \t") == _FENCE:
        message = "the frontmatter begins only after empty lines"
        hint = "make --- the first line of the file"
    elif first.startswith("+++"):
        message = "frontmatter in TOML cannot be read"
        hint = "write YAML between two lines of ---"
    elif first.strip(" -\t") == "" or first.startswith(_FENCE):
        message = "the first line is not --- alone"
        hint = "write exactly three hyphens, and the keys on lines of their own"
    else:
        message = "the file does not begin with frontmatter"
        hint = _EXAMPLE
    end = len(first) + 1
    return source.finding(1, 1, "no-frontmatter", message, hint, end_column=end)


def _no_closing(source: SourceText) -> Finding:
    for number, line in enumerate(source.lines[1:], 2):
        if line.strip() == "..." or (line.strip("- \t") == "" and line.strip().startswith("--")):
            return source.finding(
                number,
                1,
                "frontmatter-not-closed",
                "the frontmatter is not closed by this line",
                "write exactly three hyphens at the start of the line: ---",
                end_column=len(line) + 1,
            )
    if source.cut or _exceeds(source.text, FRONTMATTER_BYTES):
        return _too_long_frontmatter(source)
    return source.finding(
        1,
        1,
        "frontmatter-not-closed",
        "the frontmatter that begins here is never closed",
        "write a line --- below the last key",
        end_column=4,
    )


def _too_long_frontmatter(source: SourceText) -> Finding:
    return source.finding(
        1,
        1,
        "frontmatter-too-long",
        f"the frontmatter is longer than {FRONTMATTER_BYTES // 1024} KB",
        "a map has its keys between two lines of --- and its text below them",
        end_column=4,
    )
