"""Every word of the format is one that pages can show in other languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest
from pydantic import BaseModel

from tests.e2e.greek import Greek, greek
from vsmdocs.language import isolated, languages, speaking
from vsmdocs.model import stream
from vsmdocs.rendering import words
from vsmdocs.rendering.pages.figures import LABELS, label, number_name

_WORDS = (
    (stream.StateName, words.state_word),
    (stream.StepKind, words.kind_word),
    (stream.Automation, words.automation_word),
    (stream.ValueClass, words.value_word),
    (stream.Grade, words.grade_word),
    (stream.EdgeKind, words.way_word),
    (stream.Status, words.status_word),
    (stream.Waste, words.waste_word),
)
_MODELS = (stream.ValueStreamMap, stream.Step, stream.FlowEdge, stream.Rework, stream.Improvement)
_NEVER_TOLD = {"schema_version", "extends", "changes", "id", "source", "target"}
"""Fields that no change of a map is about."""


@pytest.fixture(autouse=True)
def _in_greek(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "catalogue_of", lambda _: Greek())


@pytest.mark.parametrize(("names", "word"), _WORDS)
def test_words_of_the_format_are_translated(names: object, word: Callable[[str], str]) -> None:
    for name in get_args(names):
        said = word(name)
        assert said.lower() == name.replace("-", " ")
        with speaking("he"):
            assert word(name) == greek(said)


@pytest.mark.parametrize("model", _MODELS)
def test_names_of_fields_are_translated(model: type[BaseModel]) -> None:
    for field in model.model_fields.keys() - _NEVER_TOLD:
        with speaking("he"):
            assert number_name(field) == greek("%C&A" if field == "complete_accurate"
                                               else field.replace("_", " "))  # fmt: skip


def test_names_of_figures_are_translated() -> None:
    for key in stream.METRICS:
        with speaking("he"):
            assert label(key) == greek(LABELS[key][1])


def test_what_is_no_word_of_the_format_stays() -> None:
    with speaking("he"):
        assert words.status_word("postponed") == "postponed"
        assert words.field_value("owner", "manual") == isolated("manual")
        assert words.field_value("automation", "manual") == greek("manual")
