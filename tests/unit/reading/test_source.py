"""Bytes become lines and columns that an editor agrees with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.source import SourceText, forbidden_character, read_source


def refused(data: bytes) -> tuple[Finding, ...]:
    with pytest.raises(InvalidMap) as caught:
        read_source("maps/x.md", data)
    return caught.value.findings


@pytest.mark.parametrize("breaks", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_breaks_and_a_byte_order_mark_are_fine(breaks: bytes, mark: bytes) -> None:
    source = read_source("x.md", mark + b"a" + breaks + b"\xc3\xa9\tb" + breaks)
    assert source.text == "a\né\tb\n"
    assert source.lines == ("a", "é\tb", "")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"a\nb\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x9a\x80\xe9!", 2, 5),
        (b"\xef\xbb\xbfab\r\nc\xc0", 2, 2),
        (b"a\r\rb\xed\xa0\x80", 3, 2),
    ],
)
def test_the_first_bad_byte_is_located(data: bytes, line: int, column: int) -> None:
    (finding,) = refused(data)
    assert (finding.rule, finding.line, finding.column) == ("not-utf8", line, column)
    assert finding.end_column == column + 1


def test_utf16_is_called_by_its_name() -> None:
    (finding,) = refused("title".encode("utf-16"))
    assert "UTF-16" in finding.message


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x0b", "\x0c", "\x7f", "\x80", "\x85", "\x9f"]
)
def test_control_characters_are_refused_everywhere(character: str) -> None:
    (finding,) = refused(f"---\na: 漢{character}b\n---\n".encode())
    assert (finding.rule, finding.line, finding.column) == ("control-character", 2, 5)
    assert f"U+{ord(character):04X}" in finding.message


@pytest.mark.parametrize("character", [*map(chr, range(0x202A, 0x202F)), "\u2066", "\u2069"])
def test_direction_overrides_are_refused(character: str) -> None:
    (finding,) = refused(f"---\n---\nbody {character}".encode())
    assert (finding.rule, finding.line, finding.column) == ("bidi-control", 3, 6)


@pytest.mark.parametrize("character", ["\u200e", "\u200f", "\u061c", "\u200d", "\u200c", "\t"])
def test_marks_that_writers_need_are_fine(character: str) -> None:
    assert character in read_source("x.md", f"a{character}b".encode()).text


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\ufeff", "\uffff"])
def test_invisible_breaks_and_no_characters_are_refused(character: str) -> None:
    (finding,) = refused(f"ab{character}".encode())
    assert (finding.rule, finding.column) == ("control-character", 3)


def test_all_of_them_are_reported_up_to_a_limit() -> None:
    assert [(f.line, f.column) for f in refused(b"a\x01b\x02\n\x03")] == [(1, 2), (1, 4), (2, 1)]
    assert len(refused(b"\x01" * 5000)) == 101


def test_places_are_moved_into_the_file() -> None:
    source = SourceText("x", "ab\n", ("ab", ""))
    finding = source.finding(9, 9, "r", "m", end_column=99)
    assert (finding.line, finding.column, finding.end_column) == (2, 1, 1)
    finding = source.finding(0, 0, "r", "m")
    assert (finding.line, finding.column, finding.end_column) == (1, 1, 2)


@given(st.text())
def test_a_character_is_forbidden_in_values_as_in_files(text: str) -> None:
    plain = text.replace("\r", "")
    if plain.startswith("\ufeff"):
        return
    try:
        read_source("x.md", plain.encode("utf-8", "surrogatepass"))
    except InvalidMap:
        assert forbidden_character(plain) is not None
    else:
        assert forbidden_character(plain) is None
