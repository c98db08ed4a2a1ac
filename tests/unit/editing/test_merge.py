"""Merging by step and number: what one side did is there, and what both did is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.unit.analysis.diff.edits import Data, edited, maps, usable
from tests.unit.editing.messy import Scribe
from tests.unit.editing.test_format import comments
from vsmdocs.editing.diff3 import merge3, with_markers
from vsmdocs.editing.format import format_map
from vsmdocs.editing.merge import MergedMap, merge_maps
from vsmdocs.editing.merge_order import merge_order
from vsmdocs.reading.reader import read_map

PATH = "maps/s/current.md"
BASE = """---
title: Delivery   # the title
owner: Payments
steps:
- id: build
  # measured in May
  process_time: 2d
  complete_accurate: 80%

- id: review
  wait_time: 3d
  process_time: 2h
- {id: deploy, process_time: 1h, people: 2}
flow:
- build -> review -> deploy
rework:
- {from: review, to: build, rate: 20%}
tags: [a, b]
---
One.

Two.
"""


def merge(base: str, ours: str, theirs: str) -> MergedMap:
    return merge_maps(PATH, base.encode(), ours.encode(), theirs.encode())


def changed(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_numbers_of_one_step_are_merged_and_the_layout_is_ours() -> None:
    ours = changed(("wait_time: 3d", "wait_time: 1d"))
    theirs = format_map(
        PATH, changed(("  process_time: 2h", "  process_time: 4h  # more")).encode()
    ).decode()
    merged = merge(BASE, ours, theirs)
    assert merged.clean
    expected = changed(
        ("wait_time: 3d", "wait_time: 1d"), ("  process_time: 2h", "  process_time: 4h  # more")
    )
    assert merged.data.decode() == expected


def test_changes_in_brackets_in_lists_and_in_the_flow_are_merged() -> None:
    ours = changed(
        ("people: 2", "people: 3"), ("[a, b]", "[a, b, c]"), ("build -> r", "build -> pair -> r"),
        ("steps:\n", "steps:\n- id: pair\n  process_time: 1d\n"),
    )  # fmt: skip
    theirs = changed(
        ("process_time: 1h", "process_time: 30m"), ("[a, b]", "[b]"), ("-> de", "-> test -> de"),
        ("- {id: deploy", "- id: test   # new\n  process_time: 1d\n- {id: deploy"),
        ("rate: 20%", "rate: 10%"), ("Two.", "Two and a half."),
    )  # fmt: skip
    merged = merge(BASE, ours, theirs)
    assert merged.clean
    text = merged.data.decode()
    for line in (
        "- {id: deploy, process_time: 30m, people: 3}",
        "- build -> pair -> review -> test -> deploy",
        "- {from: review, to: build, rate: 10%}",
        "tags: [b, c]",
        "- id: test   # new",
        "Two and a half.",
        "  # measured in May",
        "title: Delivery   # the title",
    ):
        assert f"\n{line}\n" in text, line
    assert merge(BASE, theirs, ours).clean
    assert read_map(PATH, merge(BASE, theirs, ours).data).map == read_map(PATH, merged.data).map


def test_one_number_changed_to_two_values_is_a_conflict() -> None:
    ours = changed(("wait_time: 3d", "wait_time: 1d"), ("people: 2", "people: 3"))
    theirs = changed(("wait_time: 3d", "wait_time: 2d"), ("80%", "90%"))
    merged = merge(BASE, ours, theirs)
    assert [(c.place, c.ours, c.theirs) for c in merged.conflicts] == [
        ("step review, wait_time", "1d", "2d")
    ]
    marked = "<<<<<<< ours\n  wait_time: 1d\n=======\n  wait_time: 2d\n>>>>>>> theirs\n"
    expected = changed(("  wait_time: 3d\n", marked), ("people: 2", "people: 3"), ("80%", "90%"))
    assert merged.data.decode() == expected


def test_conflicts_in_brackets_are_shown_by_the_line() -> None:
    merged = merge(
        BASE, changed(("people: 2", "people: 3")), changed(("people: 2", "people: 4, wip: 1"))
    )
    assert [c.place for c in merged.conflicts] == ["step deploy, people"]
    assert (
        "<<<<<<< ours\n- {id: deploy, process_time: 1h, people: 3, wip: 1}\n=======\n"
        "- {id: deploy, process_time: 1h, people: 4, wip: 1}\n>>>>>>> theirs\n"
    ) in merged.data.decode()


def test_a_step_removed_here_and_changed_there_is_a_conflict() -> None:
    gone = "- id: review\n  wait_time: 3d\n  process_time: 2h\n"
    ours = changed(
        (gone, ""),
        ("build -> review ->", "build ->"),
        ("rework:\n- {from: review, to: build, rate: 20%}\n", ""),
    )
    merged = merge(BASE, ours, changed(("wait_time: 3d", "wait_time: 2d")))
    assert [(c.place, c.ours) for c in merged.conflicts] == [("step review", "removed")]
    assert "=======\n- id: review\n  wait_time: 2d\n" in merged.data.decode()
    # A comment alone does not keep a step that the other side removed.
    merged = merge(BASE, ours, changed(("wait_time: 3d", "wait_time: 3d # long")))
    assert merged.clean
    assert b"id: review" not in merged.data


def test_the_flow_changed_in_one_place_twice_is_a_conflict() -> None:
    merged = merge(
        BASE,
        changed(("review -> deploy", "[review, deploy]")),
        changed(("build -> review -> deploy", "'[build, review] -> deploy'")),
    )
    assert [c.place for c in merged.conflicts] == ["flow"]
    merged = merge(
        BASE,
        changed(("- build -> review -> deploy", "- build -> review\n- review -> deploy")),
        changed(("- build -> review -> deploy", "- build -> deploy\n- deploy -> review")),
    )
    assert [c.place for c in merged.conflicts] == ["flow"]


def test_comments_of_both_sides_stay() -> None:
    ours = changed(("  # measured in May", "  # measured in May\n  # and again in June"))
    theirs = changed(("  # measured in May", "  # measured in May\n  # by Ada"), ("2d", "3d"))
    text = merge(BASE, ours, theirs).data.decode()
    assert "# and again in June\n  # by Ada\n  process_time: 3d" in text


def test_prose_is_merged_by_line() -> None:
    merged = merge(BASE, changed(("One.", "Uno.")), changed(("Two.", "Due.")))
    assert merged.clean
    assert merged.data.endswith(b"---\nUno.\n\nDue.\n")
    merged = merge(BASE, changed(("Two.", "Zwei.")), changed(("Two.", "Due.")))
    assert [c.place for c in merged.conflicts] == ["the text below the frontmatter"]
    assert merged.data.endswith(b"<<<<<<< ours\nZwei.\n=======\nDue.\n>>>>>>> theirs\n")


def test_what_fits_together_and_is_no_map_is_told() -> None:
    ours = changed(("- {id: deploy, process_time: 1h, people: 2}\n", ""), (" -> deploy", ""))
    theirs = changed(("rework:\n", "rework:\n- {from: deploy, to: build, rate: 5%}\n"))
    merged = merge(BASE, ours, theirs)
    assert not merged.conflicts
    assert not merged.clean
    assert "there is no step “deploy”" in merged.problems[0]


def test_files_that_are_no_maps_are_merged_by_line() -> None:
    broken = changed(("title:", "titel:"))
    merged = merge(BASE, broken, changed(("80%", "90%")))
    assert merged.by_lines
    assert merged.clean
    assert merged.data.decode() == broken.replace("80%", "90%")
    merged = merge(BASE, broken, changed(("title:", "tittle:")))
    assert not merged.clean
    assert b"<<<<<<< ours\ntitel: Delivery" in merged.data
    data = merge_maps(PATH, b"\xff\na\nb\nc\n", b"\xff\nA\nb\nc\n", b"\xff\na\nb\nC\n").data
    assert data == b"\xff\nA\nb\nC\n"


def test_a_map_that_both_added_is_merged() -> None:
    ours, theirs = changed(("people: 2", "people: 3")), changed(("80%", "90%"))
    merged = merge("", ours, theirs)
    assert [c.place for c in merged.conflicts] == [
        "step build, complete_accurate",
        "step deploy, people",
    ]
    assert merge("", ours, ours).data.decode() == ours


def test_line_ends_are_ours() -> None:
    ours = changed(("80%", "85%")).replace("\n", "\r\n")
    merged = merge(BASE, ours, changed(("3d", "1d"), ("One.", "Uno.")))
    assert merged.clean
    assert merged.data.decode() == changed(("80%", "85%"), ("3d", "1d"), ("One.", "Uno.")).replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("abc", "abc", "cba", "cba"),
        ("abc", "axbc", "cba", "cbax"),
        ("abc", "abcx", "abcy", "abcxy"),
        ("abc", "abcy", "abcx", "abcxy"),
        ("abc", "xabc", "abc", "xabc"),
        ("abc", "ab", "abxc", "abx"),
        ("", "ab", "bc", "abc"),
    ],
)
def test_order(base: str, ours: str, theirs: str, expected: str) -> None:
    gone = set(base) - set(ours) | set(base) - set(theirs)
    kept = (set(ours) | set(theirs)) - gone
    order = merge_order(list(base), list(ours), list(theirs), kept, prefer_theirs=False)
    assert "".join(order.names) == expected
    assert not order.both_moved


def test_two_orders_are_one_too_many() -> None:
    args = (list("abc"), list("bca"), list("cba"), set("abc"))
    assert merge_order(*args, prefer_theirs=False).names == list("bca")
    assert merge_order(*args, prefer_theirs=True).names == list("cba")
    assert merge_order(*args, prefer_theirs=True).both_moved


LINES = st.lists(st.sampled_from("abcd"), max_size=8)


@given(LINES, LINES, LINES)
def test_diff3(base: list[str], ours: list[str], theirs: list[str]) -> None:
    assert merge3(base, ours, base).ours == ours
    assert merge3(base, base, theirs).ours == theirs
    assert merge3(base, ours, ours).ours == ours
    one, other = merge3(base, ours, theirs), merge3(base, theirs, ours)
    assert (one.ours, one.theirs) == (other.theirs, other.ours)
    marked = with_markers(one.ours, one.theirs)
    assert (marked == one.ours) == one.clean


def test_diff3_of_long_texts_ends() -> None:
    base = [str(number % 97) for number in range(40_000)]
    ours = [f"{line}." if number % 3 else line for number, line in enumerate(base)]
    theirs = ["x", *reversed(base)]
    assert not merge3(base, ours, theirs).clean


def told(data: bytes) -> Any:
    return read_map(PATH, data).map


def file_of(draw: st.DrawFn, data: Data) -> str:
    return "\n".join(["---", *Scribe(draw).mapping(data, ""), "---", "Prose.\n"])


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str, str]:
    base = draw(maps())
    datas = [base, draw(edited(base)), draw(edited(base))]
    for data in datas:
        assume(usable(data) is not None)
    return tuple(file_of(draw, data) for data in datas)  # type: ignore[return-value]


SLOW = settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip


@SLOW
@given(versions())
def test_a_side_that_did_nothing_changes_nothing(texts: tuple[str, str, str]) -> None:
    base, one, _ = texts
    merged = merge(base, one, base)
    assert merged.clean
    assert merged.data.decode().rstrip("\n") == one.rstrip("\n")
    merged = merge(base, base, one)
    assert merged.clean
    assert told(merged.data) == told(one.encode())
    assert comments(merged.data.decode()) == comments(one)
    merged = merge(base, one, one)
    assert merged.data.decode().rstrip("\n") == one.rstrip("\n")


@SLOW
@given(versions())
def test_it_does_not_matter_whose_side_is_ours(texts: tuple[str, str, str]) -> None:
    base, one, other = texts
    here, there = merge(base, one, other), merge(base, other, one)
    assert [c.place for c in sorted(here.conflicts)] == [c.place for c in sorted(there.conflicts)]
    assert bool(here.problems) == bool(there.problems)
    if here.clean:
        assert told(here.data) == told(there.data)
    elif here.conflicts:
        assert b"<<<<<<< ours" in here.data
