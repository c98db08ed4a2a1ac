"""What stands where, found on the lines, is what reading the map finds."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.diff.edits import edited
from tests.unit.analysis.diff.edits import maps as random_maps
from vsmdocs.editing.edits import rename_step
from vsmdocs.errors import InvalidMap
from vsmdocs.lsp.mentions import mention_at, mentions
from vsmdocs.lsp.outline import read_outline, spot_at
from vsmdocs.reading import MapDocument, read_map

ROOT = Path(__file__).parents[3]
MAPS = [
    *sorted(p for p in ROOT.glob("maps/**/*.md") if p.name != "README.md"),
    *sorted(ROOT.glob("tests/cases/**/*.md")),
]
ODD = """---
title: "Quotes: \\"a\\" # no comment"   # a comment
steps:
- id: 'build'
  name: Build -> it, [now]
  systems: [a, 'b, c', "d]"
  ,  e]
  evidence: {wip: measured, people: {grade: sampled,
     source: "58: x"}}
  notes: |
    id: not-a-key

    - neither: this
  wip: 3
-   id: "review"
    notes: words that
      go on here
    people:
    owner: A#b
flow:
  - build -> review
  - {from: build,
     to: 'review', wait: 1d}
rework:
  - from: review
    to: build
    rate: 5%
    reason: >-
      folded
      text
improvements:
- {id: x, title: X, step: build, change: {review.wip: 3, 'build.people': 2}}
---
title: not this
"""


def check(document: MapDocument) -> None:
    """Compare the outline with the marks of strict reading."""
    lines = document.source.lines
    outline = read_outline(lines)
    keys = {}
    values = set()
    for entry in outline.entries:
        values.add(entry.path)
        if entry.key is not None:
            keys[entry.path] = (entry.key.line + 1, entry.key.start + 1, entry.key.end + 1)
    marks = document.marks
    assert keys == {where: tuple(marks.region(where, key=True)) for where in marks.keys}
    assert {path for path in marks.values if path and _is_leaf(path, marks.values)} <= values
    for entry in outline.entries:
        assert entry.path in marks.values
    for step in document.map.steps:
        found = [one.span for one in mentions(outline, lines) if one.id == step.id]
        edits = rename_step(document, step.id, "a-new-name-for-it")
        assert [(span.line + 1, span.start + 1, span.end + 1) for span in found] == [
            (edit.start_line, edit.start_column, edit.end_column) for edit in edits
        ]


def _is_leaf(path: tuple[str | int, ...], values: Any) -> bool:
    return not any(len(other) > len(path) and other[: len(path)] == path for other in values)


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_real_maps(path: Path) -> None:
    check(read_map(path.as_posix(), path.read_bytes()))


def test_an_odd_map() -> None:
    check(read_map("maps/s/current.md", ODD.encode()))


@given(
    random_maps().flatmap(lambda data: st.one_of(st.just(data), edited(data))),
    st.sampled_from([None, False]),
    st.sampled_from([40, 1_000]),
)
def test_random_maps(data: dict[str, Any], style: bool | None, width: int) -> None:
    text = yaml.dump(
        {**data, "stream": "s"},
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=style,
        width=width,
    )
    try:
        document = read_map("maps/s/current.md", f"---\n{text}---\n".encode())
    except InvalidMap:
        return
    check(document)


def test_a_bracket_that_is_never_closed_spoils_no_other_line() -> None:
    text = "---\nrework:\n  - {from: a, to: [\n  - {from: b}\ntags: [x\nflow:\n  - a -> b\n"
    outline = read_outline(tuple(text.split("\n")))
    paths = {entry.path for entry in outline.entries}
    assert {("rework", 0, "from"), ("rework", 1, "from"), ("tags", 0), ("flow", 0)} <= paths


def test_mentions_know_where_they_stand() -> None:
    lines = tuple(ODD.split("\n"))
    found = mentions(read_outline(lines), lines)
    assert [(one.id, one.span.line) for one in found if one.defines] == [
        ("build", 3),
        ("review", 14),
    ]
    line = next(n for n, text in enumerate(lines) if "change:" in text)
    there = mention_at(found, line, lines[line].index("build.people") + 5)
    assert there is not None
    assert there.id == "build"
    assert mention_at(found, line, lines[line].index("build.people") + 6) is None


@pytest.mark.parametrize(
    "text",
    ["[" * 300_000, "{a: " * 100_000, "- " * 200_000, "a" + " " * 300_000 + "b", "'" * 300_000,
     "k: " + "a, " * 100_000, "x: [" + "a b, " * 100_000, "a:\n" * 29_000, ": " * 100_000,
     "x: [" + "a " * 100_000, "# " * 100_000, "x: {" + "a: b, " * 50_000],
    ids=range(12),
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    lines = tuple(f"---\nsteps:\n  {text}".split("\n"))
    begun = time.process_time()
    read_outline(lines)
    spot_at(lines, len(lines) - 1, len(lines[-1]))
    assert time.process_time() - begun < 6


@given(st.text(alphabet="-\n  :[]{},#'\"ab|>", max_size=80))
def test_any_text_has_an_outline(text: str) -> None:
    lines = tuple(f"---\n{text}".split("\n"))
    for entry in read_outline(lines).entries:
        for span in (entry.key, entry.value):
            if span is not None:
                assert 0 <= span.start <= span.end <= len(lines[span.line])
