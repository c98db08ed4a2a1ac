"""What is suggested where, in texts that cannot be read yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.lsp.marked import made, suggested
from tests.unit.model.strategies import make
from vsmdocs.lsp.completion import used_words

HEAD = """---
title: T
steps:
  - id: build
    name: Build it
    owner: Engineering
    systems: [Jira, "a, b"]
  - id: code-review
"""


def words(tail: str) -> list[str]:
    return [line.strip() for line in made(HEAD + tail)]


@pytest.mark.parametrize(
    ("tail", "some"),
    [
        ("¦", ["demand: ", "calendar:", "rework:", "state: "]),
        ("    ¦", ["name: ", "process_time: ", "wastes:", "evidence: "]),
        ("    proc¦", ["process_time: "]),
        ("  - ¦", ["- id: ", "- owner: "]),
        ("  - {¦", ["- {id: "]),
        ("    evidence: {¦", ["evidence: {grade: ", "evidence: {wait_time: "]),
        ("    evidence:\n      ¦", ["grade: ", "source: "]),
        ("rework:\n  ¦", ["- from: "]),
        ("rework:\n  - {from: build, ¦}", ["- {from: build, to: }", "- {from: build, rate: }"]),
        ("rework:\n  - from: build\n    ¦", ["to: ", "rate: "]),
        ("calendar: {hours_per_day: 8, ¦", ["calendar: {hours_per_day: 8, days_per_week: "]),
        ("calendar:\n  ¦", ["hours_per_day: "]),
        ("stated_totals: {lead¦", ["stated_totals: {lead_time: "]),
        ("improvements:\n- id: a\n  change: {¦",
         ["change: {build.wait_time: ", "change: {code-review.owner: "]),
        ("  - id: x\n    n¦me: X", ["name: X", "owner: X"]),
    ],
)  # fmt: skip
def test_keys(tail: str, some: list[str]) -> None:
    found = [text.strip(" ") for text in words(tail)]
    wanted = [text.strip(" ") for text in some]
    assert set(wanted) <= set(found), found


@pytest.mark.parametrize(
    ("tail", "none"),
    [
        ("¦", ["title: ", "steps:", "extends: ", "changes: "]),
        ("    id: y\n    ¦", ["id: "]),
        ("rework:\n  - {from: build, ¦, rate: 5%}", ["- {from: build, rate: , rate: 5%}"]),
    ],
)
def test_keys_that_are_there_are_not_suggested(tail: str, none: list[str]) -> None:
    found = words(tail)
    assert found
    assert not set(none) & set(found)


@pytest.mark.parametrize(
    ("tail", "lines"),
    [
        ("    kind: ¦", ["kind: work", "kind: approval", "kind: queue"]),
        ("    kind:¦", ["kind: work", "kind: approval", "kind: queue"]),
        ("    kind: ap¦", ["kind: work", "kind: approval", "kind: queue"]),
        ("state: ¦", ["state: current", "state: future", "state: ideal"]),
        ("flow:\n  - build -> ¦", ["- build -> build", "- build -> code-review"]),
        ('flow:\n  - "[buil¦', ['- "[build', '- "[code-review']),
        ("flow:\n  - build -> [build 20%, code¦]",
         ["- build -> [build 20%, build]", "- build -> [build 20%, code-review]"]),
        ("rework:\n  - {from: ¦, to: x}",
         ["- {from: build, to: x}", "- {from: code-review, to: x}"]),
        ("improvements:\n  - step: ¦", ["- step: build", "- step: code-review"]),
        ("    owner: ¦", ["owner: Engineering"]),
        ("    systems: [¦", ["systems: ['a, b'", "systems: [Jira"]),
        ("    systems:\n      - ¦", ["- a, b", "- Jira"]),
        ("mapped_on: ¦", ["mapped_on: 2026-10-01"]),
        ("    wait_time: 1.5¦",
         [f"wait_time: 1.5{unit}" for unit in ("h", "d", "m", "w", "mo", "s")]),
        ("    wait_time: 1d 4¦",
         [f"wait_time: 1d 4{unit}" for unit in ("h", "d", "m", "w", "mo", "s")]),
        ("    wait_time: 2h..8¦",
         [f"wait_time: 2h..8{unit}" for unit in ("h", "d", "m", "w", "mo", "s")]),
        ("    complete_accurate: 80¦", ["complete_accurate: 80%"]),
        ("    complete_accurate: [80%, 9¦", ["complete_accurate: [80%, 9%"]),
        ("    complete_accurate: 800¦", []),
        ("    capacity: 4¦",
         [f"capacity: 4/{one}" for one in ("day", "week", "month", "hour", "quarter", "year")]),
        ("targets:\n  - {metric: wip, at_most: 3¦", []),
        ("targets:\n  - {metric: first_pass, at_least: 3¦",
         ["- {metric: first_pass, at_least: 3%"]),
        ("improvements:\n  - change: {build.people: 3¦", ["- change: {build.people: 3%"]),
        ("    wait_time: 4h¦", []),
        ("    notes: |\n      kind: ¦", []),
        ("    name: A # kind: ¦", []),
        ("# kind: ¦", []),
        ("---\nkind: ¦", []),
        ("    wait_time: ¦", []),
    ],
)  # fmt: skip
def test_values(tail: str, lines: list[str]) -> None:
    assert words(tail) == lines


def test_words_of_other_maps_are_suggested_too() -> None:
    other = make([{"id": "a", "owner": "Ops", "systems": ["Git: hub"]}], owner="Lead", tags=["x"])
    used = used_words([other])
    assert used["owner"] == {"Ops", "Lead"}
    found = made(HEAD + "    owner: ¦", used)
    assert [line.strip() for line in found] == ["owner: Engineering", "owner: Lead", "owner: Ops"]
    assert made("---\ntags: [¦", used) == ["tags: [x"]
    assert made("---\nsteps:\n  - systems: [¦", used) == ["  - systems: ['Git: hub'"]


def test_suggestions_explain_themselves() -> None:
    keys = {one.label: one for one in suggested(HEAD + "  - ¦")}
    assert keys["id"].detail == "required"
    assert keys["wait_time"].about == "Working time that passes before the work begins (WT)."
    steps = {one.label: one.detail for one in suggested(HEAD + "flow:\n  - ¦")}
    assert steps["build"] == "Build it"


@given(
    st.text(alphabet="---\n\n  :¦|>[]{},#'\"ab1%&*!-🚀", max_size=60),
    st.text(alphabet="\n  :[]{},#'\"a-", max_size=30),
)
def test_nothing_that_is_typed_is_an_error(before: str, after: str) -> None:
    assert isinstance(made(f"{HEAD}{before.replace('¦', '')}¦{after}"), list)
    assert isinstance(made(f"---\n{before.replace('¦', '')}¦{after}"), list)
