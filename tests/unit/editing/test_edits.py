"""Edits at exact places, and a step renamed wherever it is mentioned and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.analysis.diff.edits import Data
from tests.unit.editing.messy import messy_maps
from vsmdocs.editing.edits import Edit, apply_edits, rename_step
from vsmdocs.errors import UsageError
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.structure import find_problems
from vsmdocs.reading.reader import read_map

PATH = "maps/s/current.md"


def test_edits_are_applied_by_the_places_of_the_old_text() -> None:
    edits = [Edit(3, 1, 3, 2, "C"), Edit(1, 2, 1, 3, "BBB"), Edit(2, 1, 2, 1, "> ")]
    assert apply_edits("abc\nd\r\ne\rf", edits) == "aBBBc\n> d\r\nC\rf"
    assert apply_edits("a\r\nb\r\nc", [Edit(1, 2, 3, 1, "-")]) == "a-c"
    assert apply_edits("", [Edit(1, 1, 1, 1, "x")]) == "x"
    assert apply_edits("ab", [Edit(1, 3, 1, 3, "c")]) == "abc"


@pytest.mark.parametrize("edit", [Edit(0, 1, 1, 1, ""), Edit(1, 4, 1, 4, ""), Edit(3, 1, 3, 1, "")])
def test_a_place_outside_is_refused(edit: Edit) -> None:
    with pytest.raises(ValueError, match="is not in the text"):
        apply_edits("ab\n", [edit])


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [Edit(1, 1, 1, 3, "x"), Edit(1, 2, 1, 3, "y")])


def renamed(text: str, old: str, new: str) -> str:
    return apply_edits(text, rename_step(read_map(PATH, text.encode()), old, new))


EVERYWHERE = """---
title: build
steps:
  - {id: build, name: build, notes: build}
  - id: "review"   # build
  - id: build-again
  - id: deploy
flow:
  - build -> [build-again 20%, review 80%]
  - '[build-again,review] -> deploy'
  - {from: build, to: deploy, label: build}
  - >-
    review
    -> build-again
rework:
  - {from: build-again, to: 'build', rate: 10%, reason: build}
improvements:
  - id: build
    title: build
    step: build
    change: {build.wait_time: -70%, "build.owner": build, build-again.wip: 1}
---
build
"""


def test_a_step_is_renamed_wherever_it_is_mentioned() -> None:
    text = renamed(EVERYWHERE, "build", "make")
    expected = EVERYWHERE
    for old, new in (
        ("{id: build, name", "{id: make, name"),
        ("- build -> [", "- make -> ["),
        ("{from: build, to: deploy", "{from: make, to: deploy"),
        ("to: 'build'", "to: 'make'"),
        ("step: build", "step: make"),
        ("{build.wait_time", "{make.wait_time"),
        ('"build.owner"', '"make.owner"'),
    ):
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert text == expected
    assert renamed(text, "make", "build") == EVERYWHERE


def test_a_step_is_renamed_in_lines_that_go_on() -> None:
    text = renamed(EVERYWHERE, "review", "look")
    assert "\n    look\n    -> build-again\n" in text
    assert renamed(text, "look", "review") == EVERYWHERE
    folded = "---\ntitle: T\nsteps: [{id: a}, {id: b}]\nflow:\n  - a\n    ->\n    b\n---\n"
    assert renamed(folded, "b", "c").count("c") == 2


def test_a_name_that_is_spelt_out_is_written_anew() -> None:
    text = '---\ntitle: T\nsteps: [{id: "\\x61"}, {id: b}]\nflow: ["\\x61 \\\n -> b"]\n---\n'
    once = renamed(text, "a", "c")
    assert read_map(PATH, once.encode()).map.flow == ("c -> b",)
    assert [step.id for step in read_map(PATH, once.encode()).map.steps] == ["c", "b"]


def test_a_step_may_be_called_null() -> None:
    text = (
        "---\ntitle: T\nsteps:\n  - id: a\n  - id: b\nrework: [{from: b, to: a, rate: 1%}]\n---\n"
    )
    once = renamed(text, "a", "null")
    assert [step.id for step in read_map(PATH, once.encode()).map.steps] == ["null", "b"]
    assert renamed(once, "null", "a").replace("'", "") == text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("nobody", "x", "there is no step “nobody”"),
        ("build", "review", "is the id of another step already"),
        ("build", "Not a slug", "write not-a-slug"),
        ("build", "", "cannot be the id"),
        ("build", "a" * 65, "cannot be the id"),
        ("build", "x: {y}", "write x-y"),
    ],
)
def test_a_rename_that_cannot_be_is_refused(old: str, new: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        renamed(EVERYWHERE, old, new)


def test_a_step_that_keeps_its_name_needs_no_edit() -> None:
    assert rename_step(read_map(PATH, EVERYWHERE.encode()), "build", "build") == ()


@settings(max_examples=100, deadline=None)
@given(messy_maps(), st.data())
def test_renaming_changes_the_id_alone_and_can_be_taken_back(
    case: tuple[Data, str, list[str]], choice: st.DataObject
) -> None:
    data, text, _ = case
    assume(not find_problems(ValueStreamMap.model_validate(data)))
    old = choice.draw(st.sampled_from([step["id"] for step in data["steps"]]))
    once = renamed(text, old, "a-new-name")
    assert read_map(PATH, once.encode()).map == ValueStreamMap.model_validate(_renamed(data, old))
    assert renamed(once, "a-new-name", old) == text


def _renamed(data: Data, old: str) -> Data:
    word = re.compile(rf"(?<![\w-]){old}(?![\w-])")

    def refer(value: Any) -> Any:
        if isinstance(value, dict):
            return {refer(key): refer(item) for key, item in value.items()}
        if isinstance(value, list):
            return [refer(item) for item in value]
        return word.sub("a-new-name", value)

    def named(step: Data) -> Data:
        return {**step, "id": refer(step["id"])}

    changed: Data = {
        key: refer(data[key]) for key in ("flow", "rework", "improvements") if key in data
    }
    return {**data, **changed, "steps": [named(step) for step in data["steps"]]}
