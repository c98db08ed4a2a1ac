"""The catalogue of terms is complete, and the documentation repeats it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vsmdocs.model.stream import METRICS
from vsmdocs.model.terms import BY_ID, TERMS, to_markdown
from vsmdocs.rendering.pages.figures import LABELS

ROOT = Path(__file__).parents[3]


def test_ids_are_unique_and_anchors() -> None:
    assert len(BY_ID) == len(TERMS)
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", term.id) for term in TERMS)


def test_every_term_says_who_said_so() -> None:
    assert all(term.definition and term.source for term in TERMS)


def test_every_metric_has_a_label_and_a_term() -> None:
    assert set(METRICS) <= set(LABELS)
    assert {term for term, _ in LABELS.values()} <= set(BY_ID)


@pytest.mark.parametrize("template", sorted(ROOT.glob("templates/**/*.j2")), ids=str)
def test_templates_link_to_terms_that_exist(template: Path) -> None:
    named = re.findall(r'term\(page, "([^"]+)"', template.read_text(encoding="utf-8"))
    assert set(named) <= set(BY_ID)


def test_the_documentation_is_made_from_it() -> None:
    assert (ROOT / "docs" / "method.md").read_text(encoding="utf-8") == to_markdown()
