"""Reading in pieces gives the very map that reading as a whole does, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vsmdocs.errors import InvalidMap
from vsmdocs.reading import read_map
from vsmdocs.reading.pieces import read_in_pieces

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [
        *ROOT.glob("maps/**/*.md"),
        *ROOT.glob("tests/cases/**/*.md"),
        *ROOT.glob("tests/golden/**/*.md"),
    ]
)
MAP = """\
---
title: Feature delivery
stream: delivery
# Said by the team.
steps:
  - id: build
    process_time: 4h
    evidence: {process_time: {grade: measured, source: Jira}}
  # A remark between two steps.
  - id: review
    wait_time: 2d
    notes: |
      Two of us.

      - id: this is no step
  - id: deploy
    lead_time: 1h
    wastes: [waiting, handoffs]
flow:
  - build -> review -> deploy
rework:
  - {from: review, to: build, rate: 20%}
targets:
- metric: lead_time
  at_most: 10d
---
Prose.
"""
LINES = (
    "steps:",
    "  - id: build",
    "- id: other",
    "    process_time: 1d",
    "title: Another",
    "  - id: extra",
    "flow: [build -> review,",
    "deploy]",
    'title: "begun',
    'ended"',
    "  notes: &anchor here",
    "  other: *anchor",
    "...",
    "--- more",
    "%YAML 1.2",
    "# a remark",
    "",
    "   odd: indent",
    "tags: [a, b]",
    "<<: {a: b}",
    "owner: |+",
    "  kept",
    "owner: >-",
    "unknown: key",
    "\towner: tab",
    "review_by: 2026-01-01",
    "? complex",
    "- ",
)


def agree(data: bytes, path: str = "maps/delivery/current.md") -> bool:
    """Compare the two ways; return whether pieces gave a map."""
    in_pieces = read_in_pieces(path, data)
    try:
        whole = read_map(path, data)
    except InvalidMap:
        whole = None
    if in_pieces is None:
        return False
    assert whole is not None
    assert in_pieces.map == whole.map
    assert (in_pieces.body, in_pieces.body_line) == (whole.body, whole.body_line)
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_read_alike(path: Path) -> None:
    agree(path.read_bytes(), path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_good_map_is_read_in_pieces(ending: str) -> None:
    assert agree(MAP.replace("\n", ending).encode())


def test_what_is_broken_is_left_to_those_who_say_where() -> None:
    assert not agree(MAP.replace("4h", "four").encode())
    assert not agree(MAP.replace("-> deploy", "-> deploi").encode())
    assert not agree(b"---\ntitle: x\n")
    assert not agree(b"\xff")


def test_steps_are_shared_between_versions() -> None:
    path = "maps/delivery/current.md"
    old = read_in_pieces(path, MAP.encode())
    new = read_in_pieces(path, MAP.replace("2d", "3d").encode())
    assert old is not None
    assert new is not None
    assert new.map.steps[0] is old.map.steps[0]
    assert new.map.steps[1] != old.map.steps[1]


@given(
    st.lists(st.tuples(st.integers(0, 32), st.sampled_from(LINES)), max_size=4),
    st.lists(st.integers(0, 32), max_size=3),
    st.sampled_from(["\n", "\r\n"]),
)
@example([(23, "flow: [build -> review,"), (24, "title: deploy]")], [], "\n")
@example([(3, 'owner: "begun'), (4, 'unit: ended"')], [], "\n")
def test_whatever_stands_where_it_should_not_is_read_alike(
    added: list[tuple[int, str]], removed: list[int], ending: str
) -> None:
    lines = [line for place, line in enumerate(MAP.split("\n")) if place not in removed]
    for place, line in added:
        lines.insert(place, line)
    agree(ending.join(lines).encode())


@given(st.text(alphabet="abs:- \n{}[]|>\"'#&*!?%,", max_size=40))
def test_any_text_is_read_alike(text: str) -> None:
    agree(f"---\ntitle: x\nowner: {text}\nsteps:\n  - id: a\n    name: {text}\n---\n".encode())
