"""Words of our own and of others as Markdown: each harmless, and harmless side by side."""

from __future__ import annotations

import pytest

from vsmdocs.rendering.diff_values import Piece
from vsmdocs.rendering.markdown_safe import cell, code, ours, row


@pytest.mark.parametrize(
    "text",
    ["lead time 2 d 4 h to 1 d (−22 %)", "demand from 12/month to 1,920/day", "2h..8h (mean 5 h)",
     "by 2027-01-01", "A → B", "5-day weeks", "it’s first", "wait time", ""],
)  # fmt: skip
def test_our_own_words_stand_plain(text: str) -> None:
    assert ours(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("rolled %C&A", "rolled %C&amp;A"), ("< 1 s", "&lt; 1 s"), ("> 99.9 %", "&gt; 99.9 %")],
)
def test_signs_of_html_are_written_out(text: str, shown: str) -> None:
    assert ours(text) == shown


@pytest.mark.parametrize(
    "text",
    ["@all", "#1", "GH-1", "JIRA-1", "x1", "deadbeef", "1234567", "www.x", "a.b", "http://x",
     "a:b", "a/b", "*a*", "_a_", "a|b", "a\\b", "`a`", "$a$", "[a]", "!a", "~a~", "a\nb", "--", "é",
     "\u200b", "A-B"],
)  # fmt: skip
def test_what_cannot_be_ours_is_code(text: str) -> None:
    assert ours(text) == code(text)
    assert ours(text).startswith("`")


def test_no_command_of_a_log() -> None:
    for text in ("##[error]x", "###[x]", "##[##[x]", "a##[b"):
        assert "##[" not in code(text)
    assert code("# [x] ## x") == "`# [x] ## x`"


def test_what_nobody_sees_is_shown() -> None:
    assert code("a\u200bb") == "`aU+200Bb`"
    assert code("a\u3164b\u2066") == "`aU+3164bU+2066`"
    assert code("\U000e0041x") == "`U+E0041x`"
    assert code("❤️ 家") == "`❤️ 家`"


def test_a_sentence() -> None:
    pieces = [Piece("Build", said=True), Piece(": wait time from 1 d to "), Piece("2 d")]
    assert cell(pieces) == "`Build`: wait time from 1 d to 2 d"
    assert row(cell(pieces), "x") == "| `Build`: wait time from 1 d to 2 d | x |"


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        # One code span after another would be read as one, with other ends.
        ([("a`b", True), ("c", True)], "``a`b`` `c`"),
        ([("a", True), ("", True), ("b", True)], "`a` `b`"),
        ([("a", True), ("#", False)], "`a` `#`"),
        # Harmless halves.
        ([("GH-", False), ("12", False)], "`GH-12`"),
        ([("GH-", False), ("\u0001", True), ("12", False)], "`GH-12`"),
        ([("abcd", False), ("1234", False)], "`abcd1234`"),
        ([("a ", False), ("b", True), (" c", False)], "a `b` c"),
    ],
    ids=range(7),
)
def test_neighbours(texts: list[tuple[str, bool]], shown: str) -> None:
    assert cell([Piece(text, said) for text, said in texts]) == shown
