"""Findings as text and as JSON."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.errors import Finding
from vsmdocs.rendering.findings_json import findings_json
from vsmdocs.rendering.findings_text import WIDTH, render_findings


def finding(line: str, column: int, end: int = 0, hint: str = "do this") -> Finding:
    return Finding(
        "maps/x.md", 7, column, "a-rule", "error", "it is wrong", hint, end, source_line=line
    )


def test_a_block() -> None:
    assert render_findings([finding("  wip: many", 8, 12)]) == (
        "maps/x.md:7:8: error[a-rule] it is wrong\n"
        "  7 |   wip: many\n"
        "    |        ^^^^\n"
        "    = do this\n"
    )


def test_nothing_to_say() -> None:
    assert render_findings([]) == ""


def test_a_finding_about_a_whole_file() -> None:
    whole = Finding("maps/x.md", 0, 0, "a-rule", "warning", "it is odd")
    assert render_findings([whole]) == "maps/x.md: warning[a-rule] it is odd\n"


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "blanks", "carets"),
    [
        ("漢字: x", 5, 6, "漢字: x", 6, 1),
        ("a: 漢字", 4, 6, "a: 漢字", 3, 4),
        ("a\tb", 3, 4, "a    b", 5, 1),
        ("e\u0301a: x", 6, 7, "e\u0301a: x", 4, 1),
        ("a\x1b[2Jb", 6, 7, "a\\x1b[2Jb", 8, 1),
        ("a\x1bb", 2, 3, "a\\x1bb", 1, 4),
        ("\u202eab", 2, 4, "\\u202eab", 6, 2),
        ("ab", 3, 3, "ab", 2, 1),
        ("", 1, 1, "", 0, 1),
    ],
)
def test_the_caret_stands_under_its_value(
    line: str, column: int, end: int, shown: str, blanks: int, carets: int
) -> None:
    _, source, caret, _ = render_findings([finding(line, column, end)]).split("\n")[:4]
    assert source == f"  7 | {shown}".rstrip()
    assert caret == "    | " + " " * blanks + "^" * carets


@pytest.mark.parametrize("column", [1, 60, 99, 120, 300, 400])
def test_long_lines_are_cut_around_the_caret(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(400))
    _, source, caret, *_ = render_findings([finding(line, column, column + 3)]).split("\n")
    at = caret.index("^")
    assert source[at] == line[column - 1]
    assert len(source) <= WIDTH + 12
    assert len(caret) <= WIDTH + 12


def test_color_is_asked_for() -> None:
    text = render_findings([finding("a: b", 4, 5)], color=True)
    assert "\x1b[1;31merror[a-rule]\x1b[0m" in text
    plain = text
    for code in ("\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"):
        plain = plain.replace(code, "")
    assert plain == render_findings([finding("a: b", 4, 5)])


@given(st.text(), st.text(), st.text(), st.integers(1, 300), st.integers(0, 300))
def test_nothing_that_a_terminal_obeys_gets_through(
    path: str, line: str, message: str, column: int, end: int
) -> None:
    text = render_findings(
        [Finding(path, 3, column, "r", "info", message, message, end, source_line=line)]
    )
    text.encode()
    assert (
        text.count("\n")
        == text.count("\n  3 |") + text.count("\n    |") + text.count("\n    =") + 1
    )
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2028\u2029") & set(text)


def test_json_is_stable_and_complete() -> None:
    text = findings_json([finding("é", 1, 2), finding("", 0)])
    assert text.isascii()
    assert text.endswith("}\n")
    found = json.loads(text)
    assert found["counts"] == {"error": 2, "warning": 0, "info": 0}
    assert list(found["findings"][0].items()) == [
        ("path", "maps/x.md"),
        ("line", 7),
        ("column", 1),
        ("end_column", 2),
        ("rule", "a-rule"),
        ("severity", "error"),
        ("message", "it is wrong"),
        ("hint", "do this"),
    ]
