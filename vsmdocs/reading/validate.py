"""What the model has against a map, as findings at the values that it is about.

pydantic's own wording is for programmers and never reaches a writer: its few kinds of
error that the model leaves to it are worded here, everything else comes worded from
`vsmdocs.model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from vsmdocs.model.stream import (
    Evidence,
    FlowEdge,
    Improvement,
    Rework,
    Step,
    Target,
    ValueStreamMap,
)
from vsmdocs.model.units import nearest
from vsmdocs.reading.marks import Path
from vsmdocs.reading.strict_yaml import YamlTree


@dataclass(frozen=True, slots=True)
class _Part:
    """A model that maps are made of, in the writer's words."""

    model: type[BaseModel]
    name: str
    example: str


PARTS: dict[tuple[str, ...], _Part] = {
    (): _Part(ValueStreamMap, "map", "title: Feature delivery"),
    ("steps",): _Part(Step, "step", "- id: build"),
    ("steps", "evidence"): _Part(Evidence, "evidence", "{grade: measured, source: Jira}"),
    ("flow",): _Part(FlowEdge, "way between two steps", "{from: build, to: deploy, wait: 1d}"),
    ("rework",): _Part(Rework, "rework loop", "- {from: review, to: develop, rate: 25%}"),
    ("improvements",): _Part(Improvement, "improvement", "- {id: pairing, title: We pair}"),
    ("targets",): _Part(Target, "target", "- {metric: lead_time, at_most: 10d}"),
}
_EXAMPLES = {
    "title": "title: Feature delivery",
    "steps": "steps: and below it one item a step, such as - id: build",
    "id": "id: code-review",
    "from": "from: review",
    "to": "to: develop",
    "rate": "rate: 25%",
    "metric": "metric: lead_time",
    "grade": "grade: measured",
}
# What people call these elsewhere, too far from our names to be taken for a slip.
OTHER_NAMES = {
    "pt": "process_time",
    "touch_time": "process_time",
    "work_time": "process_time",
    "cycle_time": "process_time",
    "ct": "process_time",
    "lt": "lead_time",
    "wt": "wait_time",
    "queue_time": "wait_time",
    "delay": "wait",
    "ca": "complete_accurate",
    "c&a": "complete_accurate",
    "%c&a": "complete_accurate",
    "quality": "complete_accurate",
    "team": "owner",
    "role": "owner",
    "actor": "owner",
    "staff": "people",
    "inventory": "wip",
    "tools": "systems",
    "type": "kind",
    "description": "notes",
    "source": "from",
    "target": "to",
    "name": "title",
    "title": "name",
    "edges": "flow",
    "loops": "rework",
    "supplier": "trigger",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path of keys."""

    rule: str
    message: str
    hint: str
    where: Path
    key: bool = False


def find_faults(error: ValidationError, tree: YamlTree) -> list[Fault]:
    """Return what pydantic found, without what follows from values refused before."""
    faults: list[Fault] = []
    missing: dict[Path, Fault] = {}
    meant: set[Path] = set()
    for details in error.errors(include_url=False):
        where = _written_path(details["loc"])
        if any(where[:end] in tree.refused for end in range(1, len(where) + 1)):
            continue
        if details["type"] == "missing":
            if where[:-1] in tree.incomplete or _is_future_state(where, tree.data):
                continue
            missing[where] = _missing(where)
        elif details["type"] == "extra_forbidden":
            fault, near = _unknown(where)
            faults.append(fault)
            meant.add((*where[:-1], near or ""))
        else:
            faults.append(_wrong_value(where, details))
    # A key that is there under a misspelt name is not missed as well.
    return [*faults, *(fault for where, fault in missing.items() if where not in meant)]


def _written_path(loc: tuple[str | int, ...]) -> Path:
    """Return the path of keys as it stands in the file, without what the model put in."""
    if loc[:1] == ("flow",) and loc[2:3] in (("line",), ("edge",)):
        return (*loc[:2], *loc[3:])
    if loc[:1] == ("steps",) and loc[2:4] == ("evidence", "all"):
        return (*loc[:3], *loc[4:])
    return loc


def _is_future_state(where: Path, data: Mapping[str, Any] | None) -> bool:
    """Tell whether steps are missed in a map that takes them from another one."""
    return where == ("steps",) and data is not None and data.get("extends") is not None


def part_at(where: Path) -> _Part:
    """Return the model of the mapping at `where`."""
    names = tuple(key for key in where if isinstance(key, str))
    while names not in PARTS:
        names = names[:-1]
    return PARTS[names]


def _keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _missing(where: Path) -> Fault:
    key, part = str(where[-1]), part_at(where[:-1])
    place = f" in this {part.name}" if len(where) > 1 else ""
    hint = f"write {_EXAMPLES.get(key, f'{key}: and its value')}"
    return Fault("missing-key", f"{key} is missing{place}", hint, where[:-1])


def _unknown(where: Path) -> tuple[Fault, str | None]:
    key, part = str(where[-1]), part_at(where[:-1])
    keys = _keys_of(part.model)
    plain = key.strip().lower().replace("-", "_").replace(" ", "_")
    other = OTHER_NAMES.get(plain)
    near = plain if plain in keys else other if other in keys else nearest(key, keys)
    shown = key if len(key) <= 60 else key[:57] + "…"
    fault = Fault(
        "unknown-key",
        f"“{shown}” is not a key of {_article(part.name)}",
        f"did you mean {near}?" if near else f"possible keys are {', '.join(keys)}",
        where,
        key=True,
    )
    return fault, near


def _article(name: str) -> str:
    if name == "evidence":
        return name
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _wrong_value(where: Path, details: ErrorDetails) -> Fault:
    context = details.get("ctx") or {}
    key = where[-1:] == ("[key]",)
    if key:
        where = where[:-1]
    if "message" in context:
        return Fault(details["type"], context["message"], context["hint"], where, key)
    return _wrong_shape(where, details["type"], details["input"])


def _wrong_shape(where: Path, kind: str, given: Any) -> Fault:
    """Word what pydantic itself finds: a value of the wrong shape."""
    shape = {str: "text", list: "a list", dict: "a mapping", type(None): "nothing"}
    found = shape.get(type(given), "that")
    name = next((key for key in reversed(where) if isinstance(key, str)), "the map")
    part = part_at(where)
    example = part.example.removeprefix("- ") if where and isinstance(where[-1], int) else ""
    if where[:1] == ("flow",) and len(where) == 2:
        message = f"a line of the flow is text or a mapping, not {found}"
        hint = (
            "put quotes around a line that begins with [, such as '[design, spike] -> build'"
            if isinstance(given, list)
            else "write a chain of steps, such as build -> review"
        )
    elif kind in ("tuple_type", "list_type", "set_type"):
        message = f"{name} is a list, not {found}"
        own = PARTS.get(tuple(key for key in where if isinstance(key, str)))
        if own is not None or name == "flow":
            item = "- build -> review -> deploy" if name == "flow" else part.example
            hint = f"write one item a line, such as {item}"
        else:
            text = given if isinstance(given, str) and len(given) <= 60 else "one, two"
            hint = f"write [{text}]"
    elif kind in ("model_type", "dict_type", "model_attributes_type", "dataclass_type"):
        message = f"{_article(part.name)} is made of keys and values, not {found}"
        hint = f"write {example or part.example}"
    else:
        message = f"{name} cannot be {found}"
        hint = "look this key up in the map format"
    return Fault("wrong-type", message, hint, where)
