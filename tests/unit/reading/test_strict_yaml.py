"""YAML without its surprises, the same from both parsers, and a place for everything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.errors import Finding
from vsmdocs.reading.event_parsers import FASTEST_PARSER, PythonParser
from vsmdocs.reading.source import SourceText
from vsmdocs.reading.strict_yaml import YamlTree, read_yaml

PARSERS = [FASTEST_PARSER, PythonParser]


def read(text: str, parser: type[Any] = FASTEST_PARSER) -> YamlTree:
    whole = f"---\n{text}\n---\n"
    return read_yaml(text + "\n", SourceText("m.md", whole, tuple(whole.split("\n"))), 2, parser)


def only(text: str, parser: type[Any] = FASTEST_PARSER) -> Finding:
    (finding,) = read(text, parser).findings
    return finding


def marked(finding: Finding) -> str:
    return finding.source_line[finding.column - 1 : finding.end_column - 1]


def test_the_parser_in_c_is_used_where_there_is_one() -> None:
    yaml = pytest.importorskip("yaml")
    assert (FASTEST_PARSER is not PythonParser) == yaml.__with_libyaml__


@pytest.mark.parametrize("parser", PARSERS)
def test_nothing_is_guessed(parser: type[Any]) -> None:
    tree = read(
        "a: no\nb: 1:30\nc: 0x10\nd: 2026-01-01\ne: 1.50\nf:\ng: ~\nh: null\ni: '~'\n"
        "j: ''\nk: [x, , {y: }]\nl: |\n  two\n  lines\nm: >-\n  folded\n  text\nn: Null\n"
        'o: "null"\np: x # y'.replace("[x, , ", "[x, "),
        parser,
    )
    assert tree.findings == []
    assert tree.data == {
        "a": "no",
        "b": "1:30",
        "c": "0x10",
        "d": "2026-01-01",
        "e": "1.50",
        "f": None,
        "g": None,
        "h": None,
        "i": "~",
        "j": "",
        "k": ["x", {"y": None}],
        "l": "two\nlines\n",
        "m": "folded text",
        "n": "Null",
        "o": "null",
        "p": "x",
    }


@pytest.mark.parametrize("parser", PARSERS)
def test_places_count_characters(parser: type[Any]) -> None:
    tree = read("a: {漢字🚀: '🚀 x', b: [1, é]}\nsteps:\n  - id: one\n    name: two\n  - x", parser)
    region = tree.marks.region
    assert region(()) == (2, 1, 2)
    assert region(("a",)) == (2, 4, 27)
    assert region(("a",), key=True) == (2, 1, 2)
    assert region(("a", "漢字🚀")) == (2, 10, 15)
    assert region(("a", "漢字🚀"), key=True) == (2, 5, 8)
    assert region(("a", "b")) == (2, 20, 26)
    assert region(("a", "b", 1)) == (2, 24, 25)
    assert region(("steps",)) == (4, 3, 4)
    assert region(("steps", 0)) == (4, 5, 7)
    assert region(("steps", 0, "name")) == (5, 11, 14)
    assert region(("steps", 0, "name"), key=True) == (5, 5, 9)
    assert region(("steps", 1)) == (6, 5, 6)
    assert region(("steps", 0, "owner")) == region(("steps", 0))
    assert region(("nowhere", 3, "x")) == region(())


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("line", "offset", "length", "expected"),
    [
        ("k: abc -> def", 7, 3, "def"),
        ("k: abc -> def", 0, 3, "abc"),
        ("k: 漢🚀 -> d", 6, 1, "d"),
        ("k: '  it''s -> b'", 0, 4, "it''s"),
        ("k: '  it''s -> b'", 8, 1, "b"),
        (r'k: " \u0020a\u0062 -> \"c"', 0, 2, r"a\u0062"),
        (r'k: "\ta\x62 -> \"c"', 6, 2, r"\"c"),
        ("k: abc", 3, 1, ""),
    ],
)
def test_places_inside_a_value(
    parser: type[Any], line: str, offset: int, length: int, expected: str
) -> None:
    tree = read(line, parser)
    place = tree.marks.region(("k",), offset=offset, length=length)
    assert line[place.column - 1 : place.end_column - 1] == expected


def test_places_inside_a_value_of_several_lines_are_its_start() -> None:
    tree = read("k: a\n  b\nl: |\n  c\n  d")
    assert tree.marks.region(("k",), offset=2, length=1) == (2, 4, 5)
    assert tree.marks.region(("l",), offset=2, length=1) == (4, 4, 5)


REFUSED = [
    ("a: &x b", "yaml-anchor", (2, 4), "&x b"),
    ("a: [1, *x]", "yaml-alias", (2, 8), "*x"),
    ("a: {<<: {b: c}}", "yaml-merge", (2, 5), "<<"),
    ("a: {<<: *b}", "yaml-merge", (2, 5), "<<"),
    ("a: !!int 3", "yaml-tag", (2, 4), "!!int 3"),
    ("a: ! b", "yaml-tag", (2, 4), "! b"),
    ("!x a: b", "yaml-tag", (2, 1), "!x a"),
    ("a: 1\n漢: 2\na: 3", "duplicate-key", (4, 1), "a"),
    ("a: {x: 1, 'x': 2}", "duplicate-key", (2, 11), "'x'"),
    ("? [a]\n: b", "yaml-key", (2, 3), "[a]"),
    ("'': b", "yaml-key", (2, 1), "''"),
    ("- a", "not-a-mapping", (2, 1), "-"),
    ("a", "not-a-mapping", (2, 1), "a"),
    ("", "not-a-mapping", (3, 1), "-"),
    ("# c", "not-a-mapping", (3, 1), "-"),
    ("a: b\n--- c", "yaml-documents", (3, 1), "---"),
    ("a: b\n...\nc: d", "yaml-documents", (3, 1), "..."),
    ("--- b\nc: d", "yaml-documents", (2, 1), "---"),
    ("%YAML 1.1\n--- \na: b", "yaml-directive", (2, 1), "%"),
    ("%YAML 1.1\na: b", "yaml-directive", (2, 1), "%"),
    ("a: x\ty", "yaml-tab", (2, 5), "\t"),
    ("a:\n\tb: c", "yaml-tab", (3, 1), "\t"),
    (r'a: "x\u202ey"', "bidi-control", (2, 4), r'"x\u202ey"'),
    (r'"\e": b', "control-character", (2, 1), r'"\e"'),
    ("a: b: c", "yaml-syntax", (2, 5), ":"),
    ("漢: 🚀: c", "yaml-syntax", (2, 5), ":"),
    ("a: [x", "yaml-syntax", (2, 4), "["),
    ("a: [x\nb: c", "yaml-syntax", (2, 4), "["),
    ("a:\n- [x] -> b", "yaml-syntax", (3, 7), "-"),
    ("a: %x", "yaml-syntax", (2, 4), "%"),
    ("a: @x", "yaml-syntax", (2, 4), "@"),
    ("a: `x", "yaml-syntax", (2, 4), "`"),
    ("a: }", "yaml-syntax", (2, 4), "}"),
    ("a: *", "yaml-alias", (2, 4), "*"),
    ("a: & b", "yaml-anchor", (2, 4), "&"),
    ("a: !<x", "yaml-tag", (2, 4), "!"),
    ("a: 'x", "yaml-syntax", (2, 4), "'"),
    ("a: 'it's'", "yaml-syntax", (2, 8), "s"),
    (r'a: "\q"', "yaml-syntax", (2, 5), r"\q"),
    (r'a: "x\xzz"', "yaml-syntax", (2, 6), r"\x"),
    ("a: - b", "yaml-syntax", (2, 4), "-"),
    ("a: ? b", "yaml-syntax", (2, 4), "?"),
    ("a: b\n  c: d", "yaml-syntax", (3, 3), "c"),
    ("a:\n    b: c\n  d: e", "yaml-syntax", (4, 3), "d: e"),
    ("  a: b\nc: d", "yaml-syntax", (3, 1), "c: d"),
    ("a: b\nfoo\nc: d", "yaml-syntax", (3, 1), "foo"),
    ("a: b\nc:d\ne: f", "yaml-syntax", (3, 1), "c:d"),
    ("a: |9x\n  f", "yaml-syntax", (2, 4), "|"),
    ("a: {b: c d: e}", "yaml-syntax", (2, 11), ":"),
    ("a: |# x\n  f", "yaml-syntax", (2, 4), "|"),
    ("a: {b:}", "yaml-syntax", (2, 5), "b"),
    ("a: [b, , c]", "yaml-syntax", (2, 8), ","),
    (": b", "yaml-syntax", (2, 1), ":"),
]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(("text", "rule", "place", "shown"), REFUSED)
def test_refused(
    text: str, rule: str, place: tuple[int, int], shown: str, parser: type[Any]
) -> None:
    finding = only(text, parser)
    assert (finding.rule, (finding.line, finding.column), marked(finding)) == (rule, place, shown)
    assert finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title: Fix: it", "write 'Fix: it'"),
        ("title: it's: this", 'write "it\'s: this"'),
        ("flow:\n  - [a, b] -> c", "write '[a, b] -> c'"),
        ("owner: @team", "write '@team'"),
        ("rate: %80", "write '%80'"),
    ],
)
def test_hints_say_what_to_write(text: str, hint: str) -> None:
    assert read(text).findings[0].hint == hint


def test_a_second_key_says_where_the_first_is() -> None:
    assert "line 3" in only("x: 1\na: 1\nb: 2\na: 3").message


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: "])
def test_depth_is_checked_before_anything_can_crash(opening: str, parser: type[Any]) -> None:
    finding = only(opening * 200_000, parser)
    assert finding.rule in ("too-deep", "not-a-mapping")
    assert only("a: " + "[" * 200_000, parser).rule == "too-deep"


def test_twenty_levels_are_fine() -> None:
    assert read("a: " + "[" * 19 + "]" * 19).findings == []
    finding = only("a: " + "[" * 20 + "]" * 20)
    assert (finding.rule, finding.column) == ("too-deep", 4 + 19)


def test_so_many_values_and_no_more() -> None:
    assert read("a: [" + "x," * 29_998 + "]").findings == []
    for many in ("a: [" + "x," * 29_999 + "]", "a: 1\n" * 100_000):
        assert read(many).findings[-1].rule == "too-many-values"


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("text", [r'a: "\U00110000"', r'a: "\ud800"', "%YAML 9.9\n---\na: b"])
def test_values_out_of_range(text: str, parser: type[Any]) -> None:
    assert read(text, parser).findings


PIECES = [*"ab:- \n[]{},'\"#|>&*!%@`?\\x漢~.0", "\n  ", ": ", "\n- ", "- ", ", ", "a: ", "\nb: "]
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@given(YAMLISH)
def test_both_parsers_agree(text: str) -> None:
    text = text.replace("?", "!")  # see PythonParser
    fast, slow = (read(text, parser) for parser in PARSERS)
    assert bool(fast.findings) == bool(slow.findings)
    if not fast.findings:
        assert fast.data == slow.data
        assert fast.marks.values.keys() == slow.marks.values.keys()
        for path in fast.marks.keys:
            assert fast.marks.region(path, key=True) == slow.marks.region(path, key=True)


@given(YAMLISH)
def test_findings_stay_inside_the_file(text: str) -> None:
    lines = ["---", *text.split("\n"), "---", ""]
    for finding in read(text).findings:
        assert finding.source_line == lines[finding.line - 1]
        assert 1 <= finding.column <= finding.end_column <= len(finding.source_line) + 1
