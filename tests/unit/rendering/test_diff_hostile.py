"""Text of anyone's in a diff: in Markdown it is code and nothing else, on a terminal it is text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.unit.model.strategies import make
from vsmdocs.analysis.diff import MapDiff, diff
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.diff_json import diff_json
from vsmdocs.rendering.diff_markdown import diff_markdown
from vsmdocs.rendering.diff_text import diff_text
from vsmdocs.rendering.markdown_safe import code

STRINGS = [
    item["text"]
    for item in json.loads(
        (Path(__file__).parents[2] / "data" / "hostile-strings.json").read_text(encoding="utf-8")
    )
]
TRICKS = [
    "@everyone", "a|b", "a\\|b", "a\\\\|b", "|", "\\", "`", "``", "`x", "x`", "```\n# h", "#12",
    "GH-7", "owner/repo#3", "[x](javascript:y)", "![x](http://y)", "<img src=x>", "http://x.y",
    "www.example.com", "a@b.example", "$`x`$", "- [ ] x", "\u202eabc", "a\u200bb", ":tada:",
    "&lt;b&gt;", "*b*", "~~s~~", "0123456789abcdef0123456789abcdef01234567", "| a | b |\n| - | - |",
]  # fmt: skip
HOSTILE = [*STRINGS, *TRICKS]
OURS = {*ascii_letters, *digits, *" ()%&+-−;:,.→’\N{NO-BREAK SPACE}"}
PARSER = MarkdownIt("commonmark").enable("table")


def versions(text: str, other: str) -> tuple[ValueStreamMap, ValueStreamMap]:
    """Return two maps that differ in every place where people write as they like."""

    def one(said: str, wait: str) -> ValueStreamMap:
        steps: list[dict[str, Any]] = [
            {"id": "a", "name": said, "owner": said, "systems": [said], "notes": said,
             "wait_time": wait, "process_time": "1h",
             "evidence": {"grade": "measured", "source": said}},
            {"id": "b", "process_time": "1h", "name": f"{said} b", "wait_time": "9h"},
        ]  # fmt: skip
        return make(
            steps,
            title=said,
            trigger=said,
            outcome=said,
            flow=["a -> b", {"from": "a", "to": "b", "label": said}],
            rework=[{"from": "b", "to": "a", "rate": "10%", "reason": said}],
            improvements=[
                {"id": "i", "title": said, "step": "a", "hypothesis": said, "owner": said,
                 "change": {"a.owner": said}},
                {"id": f"i-{wait}", "title": said},
            ],
        )  # fmt: skip

    return one(text, "5h"), one(other, "2h")


def usable(text: str) -> str:
    """Return what the reader of files lets into a map: text on one line, not too long."""
    return text.strip()[:190] or "-"


def outside_code(markdown: str) -> str:
    """Return the text that is not code; fail where there is anything but text and tables."""
    texts = []
    for token in PARSER.parse(markdown):
        assert token.type.split("_")[0] in {
            "paragraph", "table", "thead", "tbody", "tr", "th", "td", "inline",
        }, token.type  # fmt: skip
        for child in token.children or ():
            assert child.type in ("text", "code_inline", "text_special"), child.type
            if child.type != "code_inline":
                texts.append(child.content)
    return "".join(texts)


def row_lengths(markdown: str) -> list[list[int]]:
    tables: list[list[int]] = []
    for token in PARSER.parse(markdown):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append(0)
        elif token.type in ("td_open", "th_open"):
            tables[-1][-1] += 1
    return tables


def assert_harmless(found: MapDiff) -> None:
    markdown = diff_markdown(found)
    assert set(outside_code(markdown)) <= OURS
    assert "@" not in outside_code(markdown)
    figures, changes = row_lengths(markdown)
    assert set(figures) == {4}
    assert set(changes) == {4}
    assert len(changes) == len(found.changes) + 1
    # Every line of a table has as many bars as its head that no backslash stands before.
    for line, following in pairwise(markdown.splitlines()):
        if line.startswith("|") and following.startswith("|"):
            assert _bars(line) == _bars(following)


def _bars(line: str) -> int:
    return line.replace("\\|", "").count("|")


@pytest.mark.parametrize("text", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
def test_markdown(text: str) -> None:
    assert_harmless(diff(*versions(usable(text), usable(text)[::-1].strip() + "x")))
    assert_harmless(diff(*versions("x", usable(text))))


@pytest.mark.parametrize("text", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
def test_terminal_and_data(text: str) -> None:
    found = diff(*versions("x", usable(text)))
    shown = diff_text(found)
    assert not set(shown) & {"\x1b", "\r", "\x00", "\u202e", "\u200b", "\u2028"}
    assert json.loads(diff_json(found))["changes"][0]["after"] is not None


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_code_says_what_it_was_given(text: str) -> None:
    block = PARSER.parse(f"a {code(text)} b")[1]
    spans = [child.content for child in block.children or () if child.type == "code_inline"]
    if not code(text):
        assert spans == []
        assert not any(character.isprintable() and character != " " for character in text)
        return
    (span,) = spans
    assert outside_code(f"a {code(text)} b") == "a  b"
    visible = "".join(span.split()).replace("\\|", "|")
    if text.isprintable() and "\\" not in text:
        assert visible == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("plain", "`plain`"),
        ("a\nb", "`a b`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a``b`", "``` a``b` ```"),
        ("a|b", "`a\\|b`"),
        ("a\\|b", "`a\\ \\|b`"),
        ("a\u202eb", "`aU+202Eb`"),
        ("\n", ""),
    ],
)
def test_code(text: str, span: str) -> None:
    assert code(text) == span
