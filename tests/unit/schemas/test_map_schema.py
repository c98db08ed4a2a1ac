"""The schema of maps accepts what vsmdocs accepts, and refuses what it refuses where it can."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from tests.unit.analysis.diff.edits import edited
from tests.unit.analysis.diff.edits import maps as random_maps
from tests.unit.schemas.core_yaml import frontmatter, load
from vsmdocs.errors import InvalidMap
from vsmdocs.model import stream
from vsmdocs.model.flow_text import FlowSyntaxError, parse_line
from vsmdocs.model.units import Calendar
from vsmdocs.reading import read_map
from vsmdocs.schemas import schema
from vsmdocs.schemas.map_texts import PARTS
from vsmdocs.schemas.shapes import DEFINITIONS, NAMES, SHAPES

ROOT = Path(__file__).parents[3]
MAP = schema("map")
VALIDATOR = Draft202012Validator(MAP)
STEPS = "title: T\nsteps:\n  - {id: a}\n  - {id: b}\n"


def places(data: Any) -> list[str]:
    """Return where the schema finds something wrong, as `steps.0.people`."""
    errors = VALIDATOR.iter_errors(data)
    return sorted({".".join(map(str, error.absolute_path)) for error in errors})


def accepted(frontmatter_text: str) -> bool:
    """Return whether vsmdocs reads a map of this frontmatter."""
    try:
        read_map("maps/s/current.md", f"---\n{frontmatter_text}---\n".encode())
    except InvalidMap:
        return False
    return True


MAPS = [
    *sorted(p for p in ROOT.glob("maps/**/*.md") if p.name != "README.md"),
    *sorted(ROOT.glob("tests/cases/**/*.md")),
]


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_real_maps_are_valid(path: Path) -> None:
    assert places(frontmatter(path.read_text(encoding="utf-8"))) == []


@given(random_maps().flatmap(lambda data: st.one_of(st.just(data), edited(data))))
def test_random_maps_are_valid(data: dict[str, Any]) -> None:
    text = yaml.dump({**data, "stream": "s"}, sort_keys=False, allow_unicode=True)
    if accepted(text):
        assert places(load(text)) == []


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        ("broken-values", [
            "calendar", "calendar.hours_per_day", "demand", "mapped_on", "state",
            "stated_totals.lead_time", "steps.0.process_time", "steps.1.process_time",
            "steps.2.complete_accurate", "steps.2.evidence", "steps.2.kind", "steps.2.people",
            "steps.2.wastes.1", "stream", "tags", "targets.0", "targets.1.metric", "title",
        ]),
        ("broken-flow", ["flow.2"]),
    ],
)  # fmt: skip
def test_broken_values_are_refused(case: str, wrong: list[str]) -> None:
    text = (ROOT / f"tests/golden/{case}/map.md").read_text(encoding="utf-8")
    assert places(frontmatter(text)) == wrong


def test_unknown_and_missing_keys_are_refused() -> None:
    text = (ROOT / "tests/golden/broken-keys/map.md").read_text(encoding="utf-8")
    data = frontmatter(text.replace("owner: Payments\n", ""))
    assert places(data) == ["", "rework.0", "steps.0", "steps.1"]
    said = "\n".join(error.message for error in VALIDATOR.iter_errors(data))
    for key in ("titel", "proces_time", "colour", "'title'", "'id'", "'to'"):
        assert key in said


VALUES = """
title: no                  | title: [T]               | title: ""
title: 1984                | title:
title: true                | title: "   "
owner:                     | owner: {name: A}
stream: 2026               | stream: Payments         | stream: a--b
state: ideal               | state: past
demand: 12 / month         | demand: 12               | demand: 0/day
mapped_on: 2024-02-29      | mapped_on: 2026-13-01    | mapped_on: 30.9.2026
calendar: {hours_per_day: "7.5"} | calendar: {days_per_week: 8} | calendar: 8
calendar: {days_per_week: }      | calendar: {hours_per_day: 0}
schema_version: 1          | schema_version: 2
extends:                   | extends: current
tags: [a, b1, 2026]        | tags: a                  | tags: [A]
flow: [a -> b]             | flow: [[a, b]]           | flow: [a => b]
flow: ["[a 20%, b 80%]"]   | flow: [a ->]             | flow: a -> b
flow: [{from: a, to: b}]   | flow: [{from: a}]
rework: [{from: b, to: a, rate: 0.25}] | rework: [{from: b, to: a}] | rework: [{from: b, to: a, rate: 2}]
targets: [{metric: wip, at_most: 3}]   | targets: [{metric: wip, at_most: 3d}]
targets: [{metric: lead_time, at_most: 3d, at_least: }] | targets: [{metric: lead_time}]
targets: [{metric: first_pass, at_least: 0.5}] | targets: [{metric: lead_time, at_most: 3d, at_least: 1d}]
stated_totals: {lead_time: 2w, wip: }  | stated_totals: {lead_time: 25%} | stated_totals: {speed: 1}
improvements: [{id: x, title: X, change: {a.people: 3}}] | improvements: [{id: x, title: X, change: {a.speed: 3}}]
improvements: [{id: x, title: X, change: {a.wait_time: -70%}}] | improvements: [{id: x, title: X, change: {a.wait_time: 3}}]
improvements: [{id: x, title: X, effort: 2w}] | improvements: [{id: x, title: X, effort: 1w..2w}]
"""  # noqa: E501
STEP_VALUES = """
process_time: 0            | process_time: 4          | process_time: 4 hours
process_time: 2h..4h..12h  | process_time: 2h..       | process_time: 2h...5h
process_time: PT4H30M      | process_time: P          | process_time: P1DT
process_time: 1d 4h        | process_time: 1:30       | process_time: -4h
wait_time: 1.5d            | wait_time: 1,5d
complete_accurate: 80%     | complete_accurate: 80    | complete_accurate: 130%
complete_accurate: [0.9, 80%] | complete_accurate: [] | complete_accurate: ninety
complete_accurate: 1       | complete_accurate: 1.5
people: 4                  | people: 2.5              | people: 0
wip: 0                     | wip: -1                  | wip: few
capacity: .5/week          | capacity: 10/fortnight
wastes: [waiting]          | wastes: waiting          | wastes: [handof]
systems: [Jira, 7, no]     | systems: [{a: b}]
evidence: measured         | evidence: guessed
evidence: {grade: sampled, on: 2026-01-01} | evidence: {grade: sampled, when: 2026-01-01}
evidence: {wip: , people: {grade: measured}} | evidence: {moon: measured}
evidence: {}               | evidence: {grade: }
notes: a *b*               | notes: [a]
"""


def _rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split(" | ")) for row in table.split("\n") if row]


def _check(text: str, *, valid: bool) -> None:
    assert accepted(text) is valid, text
    assert (places(load(text)) == []) is valid, text


@pytest.mark.parametrize("row", _rows(VALUES), ids=lambda row: row[0])
def test_values_of_a_map(row: tuple[str, ...]) -> None:
    rest = STEPS.removeprefix("title: T\n") if row[0].startswith("title") else STEPS
    for value in row:
        _check(f"{rest}{value}\n", valid=value == row[0])


@pytest.mark.parametrize("row", _rows(STEP_VALUES), ids=lambda row: row[0])
def test_values_of_a_step(row: tuple[str, ...]) -> None:
    for value in row:
        text = f"title: T\nsteps:\n  - id: a\n    {value}\n"
        _check(text, valid=value == row[0])


# --- patterns against the readers ---------------------------------------------

PIECES = {
    "slug": ["a", "b1", "-", "--", "0", "A", "_", "é", " "],
    "label": ["a", " ", "\n", "🚀", "0"],
    "sentence": ["a", " ", "\n", "🚀"],
    "prose": ["a", " ", "\n"],
    "time": ["0", "2", "4h", "1.5", ".5", "d", "w", "mo", "m", "o", "s", " ", "..", ".", "P", "T",
             "H", "M", "D", "x", "-"],
    "duration": ["0", "2", "4h", "1.5", ".5", "d", "mo", "m", " ", "P", "T", "H", "M", "D", "W",
                 "S"],
    "percent": ["0", "1", "100", "00", "80", ".5", ".", "%", " ", "9", "-"],
    "rate": ["0", "12", ".5", ".", "/", "month", "day", "fortnight", " "],
    "count": ["0", "1", "12345", ".", "-", "9"],
    "positive": ["0", "00", "1", "12345", "-"],
    "day": ["2026", "0000", "-", "-02", "-31", "-30", "-12", "-13", "-00", "9"],
}  # fmt: skip
BEYOND_A_PATTERN = ("longer than a century", "does not go from least to most")
READERS = {name: TypeAdapter(kind) for kind, name in NAMES.items()}


def _refusal(name: str, text: str) -> str | None:
    try:
        READERS[name].validate_python(text)
    except ValidationError as error:
        return str(error)
    return None


def test_every_definition_has_a_reader() -> None:
    assert set(PIECES) == set(NAMES.values()) == set(DEFINITIONS) - {"flowLine"}


@pytest.mark.parametrize("name", sorted(PIECES))
@given(data=st.data())
def test_patterns_agree_with_the_readers(name: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[name]), max_size=8)))
    if text != text.strip() and name not in ("label", "sentence", "prose"):
        return
    refusal = _refusal(name, text)
    valid = Draft202012Validator(DEFINITIONS[name]).is_valid(text)
    if refusal is None:
        assert valid
        # Without quotes a YAML reader may take it for a number.
        if text == text.strip() and "\n" not in text:
            assert Draft202012Validator(DEFINITIONS[name]).is_valid(load(text))
    elif not any(words in refusal for words in BEYOND_A_PATTERN) and text[4:] != "-02-29":
        assert not valid


@pytest.mark.parametrize(
    ("name", "longest"), [("label", 200), ("sentence", 2_000), ("prose", 20_000)]
)
def test_texts_are_as_long_as_they_may_be(name: str, longest: int) -> None:
    for length in (longest, longest + 1):
        text = " " + "🚀" * length + "\n"
        valid = Draft202012Validator(DEFINITIONS[name]).is_valid(text)
        assert valid == (_refusal(name, text) is None) == (length == longest)


@given(
    st.lists(
        st.sampled_from(["a", "b-1", " ", "->", " -> ", "[", "]", ",", "20%", " 80%", "A", "-"]),
        min_size=1,
        max_size=12,
    )
)
def test_flow_lines_agree_with_their_reader(pieces: list[str]) -> None:
    line = "".join(pieces).strip()
    if not line:
        return
    try:
        parse_line(line)
        wrong = ""
    except FlowSyntaxError as error:
        wrong = error.message
    valid = Draft202012Validator(DEFINITIONS["flowLine"]).is_valid(line)
    # What a bracket holds altogether is no matter of single words.
    if not any(words in wrong for words in ("twice", "sum to", "and some have none")):
        assert valid == (not wrong)


# --- words --------------------------------------------------------------------

OBJECTS = {
    "ValueStreamMap": MAP,
    "Calendar": MAP["properties"]["calendar"],
    **{
        model: MAP["$defs"][name]
        for model, name in {
            "Step": "step", "Evidence": "evidence", "FlowEdge": "way", "Rework": "rework",
            "Improvement": "improvement", "Target": "target",
        }.items()
    },
}  # fmt: skip


def test_every_key_is_explained() -> None:
    assert set(OBJECTS) == set(PARTS)
    for name, part in OBJECTS.items():
        model: Any = getattr(stream, name)
        fields = Calendar.__dataclass_fields__ if model is Calendar else model.model_fields
        keys = {getattr(field, "alias", None) or key for key, field in fields.items()}
        assert set(part["properties"]) == set(PARTS[name]) == keys
        assert part["additionalProperties"] is False
        for key, value in part["properties"].items():
            assert value["description"].endswith("."), (name, key)
            assert value["examples"], (name, key)


WITH: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "ValueStreamMap": lambda key, value: {
        "title": "T",
        "steps": [{"id": step} for step in ("design", "build", "test", "review", "release")],
        key: value,
    },
    "Step": lambda key, value: {"title": "T", "steps": [{"id": "a", key: value}]},
    "Evidence": lambda key, value: {
        "title": "T", "steps": [{"id": "a", "evidence": {"grade": "measured", key: value}}]
    },
    "FlowEdge": lambda key, value: {
        "title": "T", "steps": [{"id": "build"}, {"id": "release"}],
        "flow": [{"from": "build", "to": "release", key: value}],
    },
    "Rework": lambda key, value: {
        "title": "T", "steps": [{"id": "build"}, {"id": "review"}],
        "rework": [{"from": "review", "to": "build", "rate": "1%", key: value}],
    },
    "Improvement": lambda key, value: {
        "title": "T", "steps": [{"id": "review"}],
        "improvements": [{"id": "a", "title": "A", key: value}],
    },
    "Target": lambda key, value: {
        "title": "T", "steps": [{"id": "a"}],
        "targets": [
            {"metric": "handoffs" if value == 3 else "activity_ratio" if value == "25%" else
             "lead_time", **({} if key.startswith("at_") else {"at_most": 0}), key: value}
        ],
    },
    "Calendar": lambda key, value: {
        "title": "T", "steps": [{"id": "a"}], "calendar": {key: value}
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("part", "key", "example"),
    [
        (part, key, example)
        for part, texts in PARTS.items()
        for key, text in texts.items()
        for example in text.examples
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_every_example_is_valid(part: str, key: str, example: Any) -> None:
    data = WITH[part](key, example)
    assert places(data) == []
    assert accepted(json.dumps(data) + "\n")


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_every_definition_has_valid_examples(name: str) -> None:
    shape = DEFINITIONS[name]
    assert shape["description"]
    assert shape["examples"]
    for example in shape["examples"]:
        assert Draft202012Validator(shape).is_valid(example)


def test_every_type_of_the_model_has_a_shape() -> None:
    assert set(NAMES) < set(SHAPES)
    assert len(SHAPES) == len(NAMES) + 1
