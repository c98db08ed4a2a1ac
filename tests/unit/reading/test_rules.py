"""Every rule that can be broken is listed, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

import vsmdocs
from vsmdocs.analysis.lint.catalogue import find_rule
from vsmdocs.analysis.lint.site import SITE_RULES
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading.rules import READING_RULES
from vsmdocs.reading.validate import PARTS

PACKAGE = Path(vsmdocs.__file__).parent
EMITTERS = [
    *sorted((PACKAGE / "reading").glob("*.py")),
    *(PACKAGE / "model" / f"{name}.py" for name in ("units", "stream", "structure")),
]
# The id is the first text argument of these, or the one before an indented message.
CALLS = re.compile(
    r"(?:problem|Problem|Fault|finding|complain|refuse)\(\s*(?:[\w.+\s]+,\s*){0,4}?\"([a-z0-9]+(?:-[a-z0-9]+)+)\""
)


def emitted() -> set[str]:
    found: set[str] = set()
    for path in EMITTERS:
        if path.name == "file_rules.py":
            continue
        text = path.read_text(encoding="utf-8")
        found.update(CALLS.findall(text))
        found.update(
            word
            for word in re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)
            if word in READING_RULES
        )
    return found


def test_every_rule_that_is_emitted_is_listed() -> None:
    # What pages and pictures are held to is read here as well, and stands in a part of its own.
    of_the_site = {rule.id for rule in SITE_RULES}
    assert emitted() - set(READING_RULES) - of_the_site == set()


def test_every_rule_that_is_listed_is_emitted() -> None:
    assert set(READING_RULES) - emitted() == set()


# Whoever makes a finding or what becomes one names its rule in a call of these, or as `rule`.
MAKERS = {
    "Finding", "finding", "_finding", "_tell", "problem", "Problem", "Fault", "complain", "refuse",
    "UnreadableFile", "CalculationError",
}  # fmt: skip
TWO_PARTS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def named(path: Path) -> Iterator[str]:
    """Yield what stands where a rule is named in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = called.id if isinstance(called, ast.Name) else called
            values = list(node.args) if name in MAKERS else []
            values += [keyword.value for keyword in node.keywords if keyword.arg == "rule"]
        elif isinstance(node, ast.Assign):
            values = [value for target in node.targets for value in _of_rule(target, node.value)]
        else:
            continue
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def _of_rule(target: ast.expr, value: ast.expr) -> list[ast.expr]:
    """Return what is assigned to a name `rule`, also beside others."""
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    pairs = zip(names, values, strict=False)
    return [one for name, one in pairs if isinstance(name, ast.Name) and name.id == "rule"]


def test_whatever_the_program_names_as_a_rule_can_be_explained() -> None:
    found = {
        word: path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for word in named(path)
        if TWO_PARTS.fullmatch(word)
    }
    assert {word: path for word, path in found.items() if find_rule(word) is None} == {}
    assert {rule.id for rule in SITE_RULES} - set(found) == set()


def models_in(model: type[BaseModel]) -> set[type[BaseModel]]:
    found = {model}
    pending: list[object] = [field.annotation for field in model.model_fields.values()]
    while pending:
        annotation = pending.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in found:
                found |= models_in(annotation)
        else:
            pending += get_args(annotation)
    return found


def test_every_model_has_its_place_and_its_words() -> None:
    # A step's change is read by a function of its own, which words everything.
    named = {part.model.__name__ for part in PARTS.values()} | {"StepChange"}
    assert {model.__name__ for model in models_in(ValueStreamMap)} == named
