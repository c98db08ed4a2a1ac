"""What `--fix` mends is gone afterwards, and nothing else has changed; the rest it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analysis.diff.edits import Data
from tests.unit.editing.messy import messy_maps
from vsmdocs.editing.fixes import FIXERS, fix_map
from vsmdocs.editing.nearness import meant
from vsmdocs.errors import InvalidMap
from vsmdocs.reading.reader import read_map

PATH = "maps/s/current.md"
GOLDEN = Path(__file__).parents[2] / "golden"
MAP = """---
title: T  # the title
{head}steps:
  - id: build   # first
    {step}
  - {{id: review, name: R}}
{tail}---
  Prose, with 4 hours\tin it.
"""


def filled(head: str = "", step: str = "people: 1", tail: str = "") -> str:
    return MAP.format(head=head, step=step, tail=tail)


def rules(text: str) -> list[str]:
    try:
        read_map(PATH, text.encode())
    except InvalidMap as invalid:
        return [finding.rule for finding in invalid.findings]
    return []


MENDED = [
    ("bad-duration", "step", "process_time: 4 hours", "process_time: 4h"),
    ("bad-duration", "step", "process_time: '2 Days'  # long", "process_time: 2d  # long"),
    ("bad-duration", "step", "process_time: 1,5d", "process_time: 1.5d"),
    ("bad-duration", "step", "process_time: 1,5 days", "process_time: 1.5d"),
    ("bad-duration", "step", "wait_time: 2 hours..8h", "wait_time: 2h..8h"),
    ("bad-duration", "head", "targets: [{metric: lead_time, at_most: 3 weeks}]",
     "targets: [{metric: lead_time, at_most: 3w}]"),
    ("bad-estimate", "step", "wait_time: 2h...8h", "wait_time: 2h..8h"),
    ("bad-percent", "step", "complete_accurate: 80", "complete_accurate: 80%"),
    ("bad-percent", "step", "complete_accurate: [80, '90,5 percent']",
     "complete_accurate: [80%, 90.5%]"),
    ("bad-rate", "head", "demand: 12 per month", "demand: 12/month"),
    ("bad-rate", "head", "demand: 12/Weeks", "demand: 12/week"),
    ("bad-date", "head", "mapped_on: 2026/9/3", "mapped_on: 2026-09-03"),
    ("bad-choice", "step", "kind: Approval", "kind: approval"),
    ("bad-choice", "step", "automation: manaul", "automation: manual"),
    ("bad-choice", "step", "wastes: [handofs, unused_talent]", "wastes: [handoffs, unused-talent]"),
    ("bad-choice", "head", "state: futur", "state: future"),
    ("bad-change", "tail",
     "improvements: [{id: x, title: X, change: {build.wiat_time: 1h}}]",
     "improvements: [{id: x, title: X, change: {build.wait_time: 1h}}]"),
    ("unknown-key", "step", "proces_time: 2d", "process_time: 2d"),
    ("unknown-key", "step", "Process-Time: 2d", "process_time: 2d"),
    ("unknown-key", "step", "team: Us  # we", "owner: Us  # we"),
    ("unknown-key", "head", "maped_on: 2026-01-01", "mapped_on: 2026-01-01"),
    ("bad-slug", "head", "stream: Feature Delivery", "stream: feature-delivery"),
    ("bad-slug", "head", "tags: [A_b, 'C d']", "tags: [a-b, c-d]"),
    ("wrong-type", "head", "tags: payments", "tags: [payments]"),
    ("wrong-type", "step", "systems: Jira, Git", "systems: [Jira, Git]"),
    ("duplicate-key", "step", "wip: 1\n    owner: Us\n    wip: 1", "wip: 1\n    owner: Us"),
    ("yaml-syntax", "head", "unit: a: b", "unit: 'a: b'"),
    ("yaml-syntax", "head", "unit: @you", "unit: '@you'"),
    ("yaml-syntax", "head", "unit:thing", "unit: thing"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "place", "written", "expected"), MENDED)
def test_what_has_one_right_answer_is_mended(
    rule: str, place: str, written: str, expected: str
) -> None:
    end = "" if place == "step" else "\n"
    text = filled(**{place: written + end})
    mended, said = fix_map(PATH, text.encode())
    assert mended.decode() == filled(**{place: expected + end})
    assert rule in rules(text)
    assert rules(mended.decode()) == []
    assert said
    assert all(sentence.startswith("line ") for sentence in said)


LEFT = [
    ("step", "process_time: 1,000h"),
    ("step", "process_time: 2"),
    ("step", "process_time: soon"),
    ("step", "wait_time: 8h..2h"),
    ("step", "complete_accurate: 1.5"),
    ("step", "complete_accurate: 130%"),
    ("step", "cycle_time: 2d"),
    ("step", "colour: red"),
    ("step", "proces_time: 2d\n    process_time: 2d"),
    ("step", "team: Us\n    owner: Them"),
    ("step", "kind: gate"),
    ("step", "notes: ''"),
    ("head", "mapped_on: 03/09/2026\n"),
    ("head", "mapped_on: 2026-02-30\n"),
    ("head", "demand: 12 per fortnight\n"),
    ("head", "demand: 12\n"),
    ("head", "owner: A\nowner: B\n"),
    ("head", "stream: Prüfung\n"),
    ("head", "stream: '-'\n"),
    ("head", "unit: a: b # c\n"),
    ("head", "unit: *x\n"),
    ("tail", "rework: [{from: reviw, to: build, rate: 10%}]\n"),
    ("tail", "flow: [biuld -> review]\n"),
    ("tail", "rework: [{from: Reviw, to: build, rate: 10%}]\n"),
]


@pytest.mark.parametrize(("place", "written"), LEFT)
def test_what_would_be_a_guess_is_left(place: str, written: str) -> None:
    text = filled(**{place: written})
    assert rules(text)
    assert fix_map(PATH, text.encode()) == (text.encode(), ())


def test_steps_get_their_ids_wherever_they_are_mentioned() -> None:
    text = """---
title: T
steps:
  - {id: Code Review}
  - {id: Build_It}
  - {id: deploy}
flow:
  - "Code Review -> [Build_It 20%, deploy 80%]"
  - Build_It -> deploy
rework:
  - {from: deploy, to: Code Review, rate: 5%}
improvements:
  - {id: x, title: Code Review, step: Build_It, change: {Build_It.wait_time: 1h}}
---
"""
    expected = (
        text.replace("id: Code Review", "id: code-review")
        .replace('"Code Review', '"code-review')
        .replace("to: Code Review", "to: code-review")
        .replace("Build_It", "build-it")
    )
    mended, said = fix_map(PATH, text.encode())
    assert mended.decode() == expected
    assert rules(expected) == []
    assert len(said) == 4


def test_more_than_are_reported_at_once_are_mended() -> None:
    steps = "".join(f"  - {{id: s{n}, process_time: 1 hour}}\n" for n in range(250))
    text = f"---\ntitle: T\nsteps:\n{steps}---\n"
    mended, said = fix_map(PATH, text.encode())
    assert mended.decode() == text.replace("1 hour", "1h")
    assert len(said) == 250


def test_two_steps_do_not_become_one() -> None:
    text = "---\ntitle: T\nsteps: [{id: Code Review}, {id: code-review}]\n---\n"
    assert fix_map(PATH, text.encode())[0] == text.encode()


def test_a_step_is_written_in_the_flow_as_its_id_is() -> None:
    text = "---\ntitle: T\nsteps: [{id: build}, {id: review}]\nflow: [Build -> REVIEW]\n---\n"
    mended, _ = fix_map(PATH, text.encode())
    assert mended.decode() == text.replace("Build -> REVIEW", "build -> review")


def test_tabs_become_blanks_where_any_width_means_the_same() -> None:
    text = "---\ntitle:\tT\t# x\nsteps:\n\t- id: a\n\t  people: 1\n\t- id: b\n---\n\tprose\n"
    mended, said = fix_map(PATH, text.encode())
    assert mended.decode() == (
        "---\ntitle: T # x\nsteps:\n  - id: a\n    people: 1\n  - id: b\n---\n\tprose\n"
    )
    assert said == ("tabs are now blanks, in 4 lines",)
    block = "---\ntitle: T\nsteps:\n  - id: a\n    notes: |\n      x\n      \ty\n---\n"
    assert fix_map(PATH, block.encode()) == (block.encode(), ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("\n  \n---\nA---\n", "---\nA---\n"),
        ("----\nA---\n", "---\nA---\n"),
        (" --- \nA---\n", "---\nA---\n"),
        ("---\nA----\nProse.\n", "---\nA---\nProse.\n"),
        ("---\nA...\nProse.\n", "---\nA---\nProse.\n"),
    ],
)
def test_fences_are_three_hyphens(written: str, expected: str) -> None:
    keys = "title: T\nsteps: [{id: a}]\n"
    mended, said = fix_map(PATH, written.replace("A", keys).encode())
    assert mended.decode() == expected.replace("A", keys)
    assert len(said) == 1


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf---\r\ntitle: T\r\nteam: X\r\nsteps:\r\n  - id: a\r\n---\r\nx\ny\r\n"
    assert fix_map(PATH, data)[0] == data.replace(b"team", b"owner")


def test_a_line_in_brackets_gets_its_quotes() -> None:
    text = filled(tail="flow:\n  - [build] -> review\n")
    mended, _ = fix_map(PATH, text.encode())
    assert mended.decode() == text.replace("[build] -> review", "'[build] -> review'")


@pytest.mark.parametrize("data", [b"", b"\xff", b"---", b"---\n---\n", "---\n\u202e\n---".encode()])
def test_what_is_no_map_at_all_is_left(data: bytes) -> None:
    assert fix_map(PATH, data) == (data, ())


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob("broken-*/map.md")), ids=lambda p: p.parent.name
)
def test_broken_maps_never_get_worse(path: Path) -> None:
    data = path.read_bytes()
    mended, said = fix_map("maps/feature-delivery/current.md", data)
    assert bool(said) == (mended != data)
    again, more = fix_map("maps/feature-delivery/current.md", mended)
    assert (again, more) == (mended, ())


def test_broken_values_that_are_clear_are_mended() -> None:
    mended, said = fix_map(PATH, (GOLDEN / "broken-values/map.md").read_bytes())
    for text in ("stream: feature-delivery", "state: future", "demand: 12/month",
                 "tags: [payments]", "process_time: 2h, wait_time: 8h..2h"):  # fmt: skip
        assert text in mended.decode()
    assert len(said) == 5


@settings(max_examples=60, deadline=None)
@given(messy_maps())
def test_a_map_without_errors_is_never_touched(case: tuple[Data, str, list[str]]) -> None:
    _, text, _ = case
    if not rules(text):
        assert fix_map(PATH, text.encode()) == (text.encode(), ())


@settings(max_examples=150, deadline=None)
@given(messy_maps(comments=False), st.data())
def test_whatever_is_typed_wrong_is_mended_or_left(
    case: tuple[Data, str, list[str]], choice: st.DataObject
) -> None:
    _, text, _ = case
    at = choice.draw(st.integers(0, len(text)))
    typed = choice.draw(st.sampled_from(["\t", ":", " ", "'", "x", "\n", "- ", "#", "[", "s", ","]))
    broken = text[:at] + typed + text[at + choice.draw(st.integers(0, 1)) :]
    mended, said = fix_map(PATH, broken.encode())
    before, after = rules(broken), rules(mended.decode())
    assert bool(said) == (mended != broken.encode())
    assert bool(before) >= bool(after)


def test_every_mend_belongs_to_a_rule() -> None:
    from vsmdocs.analysis.lint.catalogue import every_rule

    assert set(FIXERS) <= {rule.id for rule in every_rule()}


def test_a_word_is_meant_when_only_one_can_be() -> None:
    known = ("wait", "want", "process_time", "owner")
    assert meant("Owner", known) == "owner"
    assert meant("onwer", known) == "owner"
    assert meant("wat", known) is None
    assert meant("waitt", known) == "wait"
    assert meant("wabt", known) is None
    assert meant("proces_tme", known) == "process_time"
    assert meant("procs", known) is None
    assert meant("", known) is None
