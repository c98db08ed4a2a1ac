"""Columns in the client's units and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from vsmdocs.lsp.positions import Lines, Span
from vsmdocs.lsp.replies import whole_text

ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
TEXTS = st.text(alphabet="aé漢🚀\n\r\u2028 ", max_size=30)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_an_emoji_is_as_wide_as_the_client_says(encoding: str, column: int) -> None:
    lines = Lines("a🚀b", encoding)
    assert lines.to_client(0, 2) == types.Position(0, column)
    assert lines.from_client(types.Position(0, column)) == (0, 2)
    assert lines.to_range(Span(0, 2, 3)).end == types.Position(0, column + 1)


@given(TEXTS, ENCODINGS)
def test_there_and_back(text: str, encoding: str) -> None:
    lines = Lines(text, encoding)
    assert "".join(lines.lines) == text.replace("\r\n", "").replace("\n", "").replace("\r", "")
    for number, line in enumerate(lines.lines):
        for column in range(len(line) + 1):
            assert lines.from_client(lines.to_client(number, column)) == (number, column)


@given(TEXTS, ENCODINGS, st.integers(0, 99), st.integers(0, 99))
def test_places_outside_are_moved_inside(text: str, encoding: str, line: int, column: int) -> None:
    lines = Lines(text, encoding)
    number, character = lines.from_client(types.Position(line, column))
    assert 0 <= number < len(lines.lines)
    assert 0 <= character <= len(lines.lines[number])
    assert lines.to_client(line, column).line < len(lines.lines)


def applied(text: str, edits: list[types.TextEdit], encoding: str) -> str:
    lines = Lines(text, encoding)
    starts = [0]
    for line in lines.lines:
        end = starts[-1] + len(line)
        starts.append(end + (2 if text[end : end + 2] == "\r\n" else 1))
    for edit in edits:
        first, last = (lines.from_client(at) for at in (edit.range.start, edit.range.end))
        start, end = (starts[line] + column for line, column in (first, last))
        text = text[:start] + edit.new_text + text[end:]
    return text


@given(TEXTS, TEXTS, TEXTS, ENCODINGS)
def test_one_edit_makes_one_text_of_another(
    before: str, middle: str, after: str, encoding: str
) -> None:
    for old, new in ((before + middle + after, before + after), (middle, before), (before, before)):
        edits = whole_text(old, new, Lines(old, encoding))
        assert len(edits) == (old != new)
        assert applied(old, edits, encoding) == new
