"""Every rule that can be broken is listed, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

import vsmdocs
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
        # Pages of one's own are no maps; their rules stand with those of what is around maps.
        if path.name in ("file_rules.py", "own_page.py"):
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
    assert emitted() - set(READING_RULES) == set()


def test_every_rule_that_is_listed_is_emitted() -> None:
    assert set(READING_RULES) - emitted() == set()


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
