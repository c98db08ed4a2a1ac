"""What the program says of broken maps, as whole texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vsmdocs.errors import InvalidMap
from vsmdocs.reading import read_map
from vsmdocs.rendering.findings_text import render_findings

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = sorted(path.name for path in GOLDEN.glob("broken-*"))


def test_there_are_cases() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES)
def test_findings(case: str, golden: Callable[[str, str, str], None]) -> None:
    data = (GOLDEN / case / "map.md").read_bytes()
    with pytest.raises(InvalidMap) as caught:
        read_map("maps/feature-delivery/current.md", data)
    golden(case, "findings.txt", render_findings(caught.value.findings))
