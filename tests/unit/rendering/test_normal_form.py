"""What git compares of a map: a line a value, whatever the layout."""

from __future__ import annotations

from hypothesis import given, settings

from tests.unit.analysis.diff.edits import Data
from tests.unit.editing.messy import messy_maps
from vsmdocs.editing.format import format_map
from vsmdocs.errors import InvalidMap
from vsmdocs.rendering.normal_form import normal_form

MAP = """---
title: Delivery
steps:
  - {id: review, notes: "one\\n\\ntwo", wait_time: 3d, process_time: 2h, wastes: [waiting, defects]}
  - id: build
    evidence: {wip: assumed, process_time: {grade: measured, on: 2026-01-01}}
    process_time: 1d
flow: [review -> build]
rework: [{to: review, from: build, rate: 20%}]
improvements: [{id: limit, title: A limit, change: {review.wait_time: -70%}}]
targets: [{metric: lead_time, at_most: 4d}]
calendar: {hours_per_day: 8}
---
Prose.\tAnd\u061c more.
"""


def test_every_line_says_what_it_is_about() -> None:
    text = normal_form(MAP.encode())
    assert text.startswith("figure lead_time: 4 d 2 h\nfigure process_time: 1 d 2 h\n")
    assert (
        text[text.index("title:") :]
        == """title: Delivery
calendar, hours_per_day: 8

step review
step review, process_time: 2h
step review, wait_time: 3d
step review, wastes: waiting, defects
step review, notes | one
step review, notes |
step review, notes | two
step build
step build, process_time: 1d
step build, evidence, process_time, grade: measured
step build, evidence, process_time, on: 2026-01-01
step build, evidence, wip: assumed
flow: review -> build
rework build -> review
rework build -> review, rate: 20%

improvement limit
improvement limit, title: A limit
improvement limit, change, review.wait_time: -70%
target lead_time
target lead_time, at_most: 4d

Prose.  And\\u061c more.
"""
    )


def test_a_map_that_cannot_be_calculated_has_its_values() -> None:
    text = normal_form(MAP.replace("rate: 20%", "rate: 100%").encode())
    assert text.startswith("figures: none, because ")
    assert "step review, wait_time: 3d\n" in text


def test_what_is_no_map_is_shown_as_it_is() -> None:
    assert normal_form(b"# Maps\n\nProse.\r\n") == "# Maps\n\nProse.\n"
    broken = normal_form(b"---\ntitle: T\nsteps: 3\n---\n\x1b[31m\n")
    assert broken.startswith("# no map that can be read: line 5: the control character")
    assert broken.endswith("steps: 3\n---\n\\x1b[31m\n")
    assert "line 3: steps are a list" in normal_form(b"---\ntitle: T\nsteps: 3\n---\n")
    assert normal_form(b"\xff\xfe") != ""
    assert normal_form(b"") == ""


@settings(max_examples=40, deadline=None)
@given(messy_maps())
def test_the_layout_is_not_in_it(case: tuple[Data, str, list[str]]) -> None:
    data = case[1].encode()
    try:
        tidy = format_map("maps/s/current.md", data)
    except InvalidMap:
        return
    assert normal_form(data) == normal_form(tidy)
