"""Figures that others published, or that follow from their inputs, against ours.

`tests/cases/<case>/` holds maps with their sources, and what is to come of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vsmdocs.model.metrics import measure
from vsmdocs.reading.reader import read_map
from vsmdocs.rendering.metrics_json import totals_document

CASES = Path(__file__).parents[2] / "cases"
EXPECTED = sorted(CASES.glob("*/*.expected.json"))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: f"{p.parent.name}-{p.name.split('.')[0]}")
def test_published_figures(path: Path) -> None:
    source = path.with_name(path.name.replace(".expected.json", ".md"))
    document = read_map(f"maps/{path.parent.name}/{source.name}", source.read_bytes())
    totals = totals_document(measure(document.map).totals)
    for name, expected in json.loads(path.read_text("utf-8")).items():
        if isinstance(expected["value"], list):
            assert totals[name] == expected["value"], name
        else:
            assert totals[name] == pytest.approx(
                expected["value"], rel=0, abs=expected["tolerance"]
            ), name


def test_there_are_cases() -> None:
    assert len(EXPECTED) >= 6
