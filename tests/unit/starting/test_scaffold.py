"""New maps as texts: empty ones, and copies of another state."""

from __future__ import annotations

from datetime import date

import pytest

from vsmdocs.editing.format import format_map
from vsmdocs.reading import MapDocument, read_map
from vsmdocs.starting.scaffold import Identity, copied_map, empty_map

TODAY = date(2026, 11, 22)
CURRENT = """\
---
# Kept on top.

title: Delivery  # as on the wall
state: current
owner: Payments
# When we walked it.
mapped_on: 2026-09-01
review_by: 2027-01-01
demand: 12/month
steps:
  # The work itself.
  - id: build
    owner: Engineering
    process_time: 2d  # two days
    evidence: measured  # with a clock
    complete_accurate: 80%

  - {id: review, wait_time: 3d, evidence: {process_time: estimated}, process_time: 2h}
  - evidence: {wait_time: {grade: sampled, source: tickets}}
    id: release
    wait_time: 1d
    process_time: 1h

rework:
  - {from: review, to: build, rate: 25%}  # guessed

improvements:
  - {id: sla, title: Sooner, step: review, status: trial, change: {review.wait_time: -70%}}

stated_totals: {lead_time: 6d}

targets:
  - {metric: lead_time, at_most: 5d}
# The end.
---
Today's prose.
"""


def _read(text: str, path: str = "maps/delivery/current.md") -> MapDocument:
    return read_map(path, text.encode())


def test_a_copy_has_the_flow_and_the_comments_and_nothing_that_was_found() -> None:
    future = Identity("delivery", "future", "q2")
    text = copied_map(_read(CURRENT), future, None, TODAY)
    assert (
        text
        == """\
---
# Kept on top.

title: Delivery  # as on the wall
owner: Payments
stream: delivery
state: future
variant: q2
# target_date: 2027-05-23   when it is to be real
demand: 12/month
steps:
  # The work itself.
  - id: build
    owner: Engineering
    process_time: 2d  # two days
    complete_accurate: 80%

  - {id: review, process_time: 2h, wait_time: 3d}
  - id: release
    process_time: 1h
    wait_time: 1d

rework:
  - {from: review, to: build, rate: 25%}  # guessed

targets:
  - {metric: lead_time, at_most: 5d}
# The end.
---
Write here what is to be different from today, and what has to happen for it.
"""
    )


def test_a_copy_means_what_its_source_means() -> None:
    source = _read(CURRENT).map
    text = copied_map(_read(CURRENT), Identity("delivery", "future"), "Sooner", TODAY)
    copy = _read(text, "maps/delivery/future.md").map
    assert copy.title == "Sooner"
    assert [(s.id, s.process_time, s.wait_time) for s in copy.steps] == [
        (s.id, s.process_time, s.wait_time) for s in source.steps
    ]
    assert (copy.rework, copy.targets, copy.demand) == (
        source.rework,
        source.targets,
        source.demand,
    )
    assert all(not step.evidence for step in copy.steps)
    assert copy.improvements == ()
    assert copy.mapped_on is copy.review_by is None


def test_a_copy_of_a_future_keeps_its_evidence_and_date() -> None:
    text = CURRENT.replace("state: current", "state: future\ntarget_date: 2027-03-31")
    copy = copied_map(_read(text), Identity("delivery", "future", "late"), None, TODAY)
    read = _read(copy, "maps/delivery/future-late.md").map
    assert str(read.target_date) == "2027-03-31"
    assert read.steps[0].evidence
    assert "# target_date" not in copy


@pytest.mark.parametrize(
    "identity",
    [
        Identity("incidents", "current"),
        Identity("incidents", "future"),
        Identity("incidents", "ideal", "calm"),
    ],
)
def test_an_empty_map_reads_and_is_in_the_one_layout(identity: Identity) -> None:
    text = empty_map(identity, "What: a “title”", TODAY)
    path = f"maps/{identity.path}"
    found = _read(text, path).map
    assert (found.stream, found.name, found.title) == (
        "incidents",
        identity.name,
        "What: a “title”",
    )
    assert (found.mapped_on is not None) == (identity.state == "current")
    assert format_map(path, text.encode()).decode() == text


def test_copies_are_in_the_one_layout() -> None:
    text = copied_map(_read(CURRENT), Identity("delivery", "ideal"), None, TODAY)
    assert format_map("maps/delivery/ideal.md", text.encode()).decode() == text
