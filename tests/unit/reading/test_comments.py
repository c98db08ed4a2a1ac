"""Comments are told from text, whichever of the two parsers has read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.errors import InvalidMap
from vsmdocs.reading.comments import find_comments
from vsmdocs.reading.event_parsers import FASTEST_PARSER, PythonParser
from vsmdocs.reading.reader import read_map
from vsmdocs.reading.source import SourceText
from vsmdocs.reading.strict_yaml import read_yaml

PARSERS = pytest.mark.parametrize("parser", [FASTEST_PARSER, PythonParser])
TEXT = """\
# x first
title: "a # x in quotes"  # x behind
owner: 'it''s # x'        # x after '
outcome: "goes
  on # x and
  on"  # x at the end
notes: |  # x in the header
  # x in a block

  text # x too
 # x less indented
folded: >-
  a
  # x folded

# x between
plain: a#x no comment
more: several
  lines # x after several
flow: [a, "b # x", c]  # x flow
map: {k: v,# x tight
  "k # x": v} # x closed
empty:   # x of nothing
"key # x": v
hash: "#" # x
last: a
# x last
"""


def found(text: str, parser: object = FASTEST_PARSER) -> list[tuple[int, int, str, bool]]:
    source = SourceText("x.md", text, tuple(text.split("\n")))
    tree = read_yaml(text, source, 1, parser)  # type: ignore[arg-type]
    assert tree.data is not None, tree.findings
    comments = find_comments(tree.marks, len(source.lines) + 1, "x")
    return [(one.line, one.column, one.text, one.alone) for one in comments]


@PARSERS
def test_only_comments_are_found(parser: object) -> None:
    lines = TEXT.split("\n")
    comments = found(TEXT, parser)
    assert [text for _, _, text, _ in comments] == [
        "x first", "x behind", "x after '", "x at the end", "x in the header", "x less indented",
        "x between", "x after several", "x flow", "x tight", "x closed", "x of nothing", "x",
        "x last",
    ]  # fmt: skip
    for line, column, text, alone in comments:
        assert lines[line - 1][column - 1 :].lstrip("# ") == text
        assert alone == (not lines[line - 1][: column - 1].strip())


@PARSERS
def test_characters_beyond_the_basic_plane_are_one_column(parser: object) -> None:
    assert found('title: "🚀 # x"  # x\n', parser) == [(1, 17, "x", False)]


@pytest.mark.parametrize("indicator", ["|", ">", "|-", ">+", "|2"])
def test_a_block_of_text_is_no_comment_to_its_end(indicator: str) -> None:
    text = f"notes: {indicator}\n    # x one\n\n    # x two\nlast: a # x\n"
    assert [line for line, _, _, _ in found(text)] == [5]


@given(st.lists(st.sampled_from(["# x", "'", '"', "a", " ", "#", "\\\\", "''", "x: ", "🚀"])))
def test_what_is_in_quotes_is_never_a_comment(pieces: list[str]) -> None:
    inside = "".join(pieces)
    single = inside.replace("'", "''")
    double = inside.replace("\\", "\\\\").replace('"', '\\"')
    text = f"a: '{single}'  # x\nb: \"{double}\"  # x\n"
    assert [(line, said) for line, _, said, _ in found(text)] == [(1, "x"), (2, "x")]


def test_many_signs_take_no_long_time() -> None:
    text = "a: [" + '"# x", ' * 9_000 + '"# x"]  # x\n' + "b: x " + "#" * 300_000 + "x\n"
    assert [line for line, _, _, _ in found(text)] == [1, 2]


def test_a_map_gives_its_comments_and_none_of_its_prose() -> None:
    text = "---\n# x: one\n\ntitle: T # x: two\nsteps: [{id: a}]\n---\n# x: a heading\n"
    document = read_map("maps/a/current.md", text.encode())
    assert [(one.line, one.text) for one in document.comments("x:")] == [
        (2, "x: one"),
        (4, "x: two"),
    ]
    assert document.comments("y") == []
    assert document.first_key_line == 4


def test_the_line_of_the_first_key_is_that_of_its_name() -> None:
    with pytest.raises(InvalidMap):
        read_map("maps/a/current.md", b"---\n# nothing\n---\n")
    document = read_map("maps/a/current.md", b"---\n{title: T,\n steps: [{id: a}]}\n---\n")
    assert document.first_key_line == 2
