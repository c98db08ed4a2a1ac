"""The one layout: nothing that was said gets lost or becomes something else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from tests.unit.analysis.diff.edits import Data
from tests.unit.editing.messy import messy_maps
from vsmdocs.editing.format import format_map
from vsmdocs.editing.layout import lay_out
from vsmdocs.editing.outline import read_outline
from vsmdocs.editing.remarks import find_remarks
from vsmdocs.errors import InvalidMap, NotFormatted
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.structure import find_problems
from vsmdocs.reading.event_parsers import FASTEST_PARSER, PythonParser
from vsmdocs.reading.reader import read_map

ROOT = Path(__file__).parents[3]
GIVEN = sorted(
    path
    for folder in ("maps", "tests/cases", "tests/golden")
    for path in (ROOT / folder).glob("**/*.md")
    if path.name not in ("README.md", "diff.md")
)
PATH = "maps/s/current.md"


def formatted(text: str) -> str:
    return format_map(PATH, text.encode()).decode()


def comments(text: str) -> Counter[str]:
    front = text.replace("\r\n", "\n").split("\n---\n", 1)[0].removeprefix("---\n") + "\n"
    events = iter(FASTEST_PARSER(front).get_event, None)
    remarks = find_remarks(front.split("\n")[:-1], events)
    return Counter(remark.text.lstrip("#").strip() for remark in remarks if remark.text)


@settings(max_examples=150, deadline=None)
@given(messy_maps())
def test_layout_changes_no_meaning_and_loses_no_comment(case: tuple[Data, str, list[str]]) -> None:
    data, text, written = case
    assume(not find_problems(ValueStreamMap.model_validate(data)))
    before = read_map(PATH, text.encode())
    assert before.map == ValueStreamMap.model_validate(data)
    once = formatted(text)
    after = read_map(PATH, once.encode())
    assert after.map == before.map
    assert after.body.rstrip("\n") == before.body.rstrip("\n")
    assert comments(once) == Counter(line.lstrip("#").strip() for line in written)
    assert formatted(once) == once
    assert once.endswith("\n")
    assert not once.endswith("\n\n")


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_given_maps_keep_their_meaning(path: Path) -> None:
    data = path.read_bytes()
    try:
        before = read_map(PATH, data)
    except InvalidMap:
        with pytest.raises(InvalidMap):
            format_map(PATH, data)
        return
    once = format_map(PATH, data)
    after = read_map(PATH, once)
    assert after.map == before.map
    assert after.body.rstrip("\n") == before.body.rstrip("\n")
    assert comments(once.decode()) == comments(data.decode())
    assert format_map(PATH, once) == once


@pytest.mark.parametrize(
    "path", sorted((ROOT / "maps").glob("*/*.md")), ids=lambda path: path.parent.name + path.stem
)
def test_our_own_maps_have_the_layout(path: Path) -> None:
    assert format_map(PATH, path.read_bytes()) == path.read_bytes()


def test_everything_at_once() -> None:
    written = """---
# About this file:
#written by hand

#the stream
steps: #in order
- process_time: "2d"   # how long
  # what flow says
  id: 'build'   # short
  # asked for on Monday
  wait_time: 3d
  notes: |+  # long
    one
      two

  # about the evidence
  evidence: {source: "Jira, board", grade: measured,   # q1
    on: }
  # people: 3

  # nothing below

- # the last gate
  {name: "R: x",   # renamed
   id: review, owner: , people: 3
   } # end
-   wait_time: 2d

    id: deploy
# a sentence
? title
: "it's" # said so
  # after the title
# Payments since May

tags: [ a ,b,
   c ]
owner:
   "Some one"
flow:
- build -> review
    -> deploy

- {to: deploy, from: build}
outcome: a long text that
   goes on

   and on
trigger:
  # who
  "two
    lines" # x
#flow:
#  - a -> b
---
  Prose  stays.
"""
    assert (
        formatted(written)
        == """---
# About this file:
# written by hand

# a sentence
title: it's  # said so
# after the title
# Payments since May
owner: Some one
# who
trigger:
  "two
  lines"  # x
outcome: a long text that
  goes on

  and on
tags: [a, b, c]

# the stream
steps:  # in order
  # what flow says
  - id: build  # short
    process_time: 2d  # how long
    # asked for on Monday
    wait_time: 3d
    # about the evidence
    evidence: {
        grade: measured,  # q1
        source: 'Jira, board',
        on:
      }
    notes: |+  # long
      one
        two

    # people: 3

    # nothing below

  # the last gate
  - {
      id: review,
      name: 'R: x',  # renamed
      owner: ,
      people: 3
    }  # end
  - id: deploy
    wait_time: 2d

flow:
  - build -> review
    -> deploy

  - {from: build, to: deploy}
# flow:
#   - a -> b
---
  Prose  stays.
"""
    )


SMALL = "---\ntitle: T\n{}steps:\n  - id: a\n---\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"null"', "'null'"),
        ('""', None),
        ("'yes'", "yes"),
        ("'1:30'", "1:30"),
        ("'a: b'", "'a: b'"),
        ("'it''s'", "it's"),
        ("'it''s: x'", '"it\'s: x"'),
        ('"say \\"hi\\""', 'say "hi"'),
        ('"\\u200b"', '"\\u200b"'),
        ("'-70%'", "-70%"),
        ("'- x'", "'- x'"),
        ("'#x'", "'#x'"),
        ("'x #y'", "'x #y'"),
        ("' x'", "' x'"),
        ("'&x'", "'&x'"),
        ("'*x'", "'*x'"),
        ("'[x'", "'[x'"),
        ("'http://x/#y'", "http://x/#y"),
    ],
)
def test_quotes_where_they_are_needed(written: str, expected: str | None) -> None:
    text = SMALL.format(f"unit: {written}\n")
    if expected is None:
        with pytest.raises(InvalidMap):
            formatted(text)
    else:
        assert formatted(text) == SMALL.format(f"unit: {expected}\n")


def test_brackets_in_several_lines_go_into_one_where_they_fit() -> None:
    short = "tags: [\n  a,\n  b\n]\n"
    assert "\ntags: [a, b]\n" in formatted(SMALL.format(short))
    names = [f"a-rather-long-tag-{number}" for number in range(8)]
    long = "tags: [\n" + ",\n".join(f"  {name}" for name in names) + "]\n"
    lines = ",\n".join(f"    {name}" for name in names)
    assert f"\ntags: [\n{lines}\n  ]\n" in formatted(SMALL.format(long))
    one = f"tags: [{', '.join(names)}]\n"
    assert f"\n{one}" in formatted(SMALL.format(one))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_keys_end_as_the_first_line_does_and_prose_is_untouched(end: str) -> None:
    front = "---\ntitle:   T\nsteps:\n- id: a\n---\n".replace("\n", end)
    body = "one  \r\n\ttwo\nthree\r\n\r\n\n"
    once = format_map(PATH, (front + body).encode()).decode()
    expected = "---\ntitle: T\nsteps:\n  - id: a\n---\n".replace("\n", end)
    assert once == expected + "one  \r\n\ttwo\nthree" + end


def test_a_byte_order_mark_and_blanks_after_fences_go() -> None:
    data = b"\xef\xbb\xbf---  \ntitle: T \nsteps:\n  - id: a\n--- "
    assert format_map(PATH, data) == b"---\ntitle: T\nsteps:\n  - id: a\n---\n"


def test_steps_are_all_spaced_or_none() -> None:
    head = "---\ntitle: T\nsteps:\n"
    mixed = head + "  - id: a\n\n\n  - id: b\n  # two\n  - id: c\n---\n"
    assert formatted(mixed) == head + "  - id: a\n\n  - id: b\n\n  # two\n  - id: c\n---\n"
    dense = head + "  - id: a\n  - id: b\n---\n"
    assert formatted(dense) == dense


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "# vsmdocs: ignore[no-owner] all of us\n# why\nowner: O\n"
            "# vsmdocs: ignore[x] y\ntitle: T\n",
            "# vsmdocs: ignore[no-owner] all of us\n\n"
            "title: T  # vsmdocs: ignore[x] y\n# why\nowner: O\n\n",
        ),
        (
            "owner: O\n# vsmdocs: ignore[x] y\n# vsmdocs: ignore[z] y\ntitle: T\n",
            "owner: O\n# vsmdocs: ignore[x] y\n# vsmdocs: ignore[z] y\ntitle: T\n",
        ),
        (
            "# vsmdocs: ignore[x] y\ntitle: T\n# vsmdocs: ignore[z] y\nowner: O\n",
            "# vsmdocs: ignore[x] y\ntitle: T\n# vsmdocs: ignore[z] y\nowner: O\n",
        ),
    ],
)
def test_comments_that_switch_rules_off_do_so_for_the_same_lines(
    written: str, expected: str
) -> None:
    rest = "steps:\n  - id: a\n---\n"
    once = formatted("---\n" + written + rest)
    assert once == "---\n" + expected + rest
    assert formatted(once) == once


def test_a_layout_that_would_say_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vsmdocs.editing.format.lay_out", lambda root: ["title: X", "steps: [a]"])
    with pytest.raises(NotFormatted, match="without changing what it says"):
        formatted(SMALL.format(""))
    monkeypatch.setattr(
        "vsmdocs.editing.format.lay_out", lambda root: ["title: X", "steps:", "  - id: a"]
    )
    with pytest.raises(NotFormatted):
        formatted(SMALL.format(""))


def test_both_parsers_give_one_outline() -> None:
    front = "steps:  # a\n  # b\n  - id: a\n    # c\n\n  - {id: b,  # d\n     owner: }\n# e\n"
    outlines = [lay_out(read_outline(front, parser)) for parser in (FASTEST_PARSER, PythonParser)]
    assert outlines[0] == outlines[1]
