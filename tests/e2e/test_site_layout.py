"""Pictures on the layouts of real engines, for random maps and for the published ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.unit.rendering.picture.geometry import Drawn, check
from tests.unit.rendering.picture.strategies import measured, pictured
from vsmdocs.model.metrics import measure
from vsmdocs.reading import read_map
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import BUNDLED, find_engine, lay_out

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*/*.md"))
ENGINES = [
    BUNDLED,
    pytest.param(
        "dot", marks=pytest.mark.skipif(not shutil.which("dot"), reason="no system Graphviz")
    ),
]
# Each example starts the engine; `thorough` looks for longer.
FEW = settings(
    max_examples=max(settings().max_examples // 3, 20),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(pictured())
def test_random_maps(engine: str, data: dict[str, Any]) -> None:
    stream_map, metrics = measured(data)
    spec = spec_of(stream_map, metrics)
    layout = lay_out([spec], find_engine(engine))[spec.key]
    assert layout is not None, "no layout"
    check(Drawn(stream_map, metrics, spec, layout, draw(stream_map, metrics, spec, layout)))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name + "-" + path.stem)
def test_published_maps(path: Path, engine: str) -> None:
    stream_map = read_map(f"maps/{path.parent.name}/{path.name}", path.read_bytes()).map
    metrics = measure(stream_map)
    spec = spec_of(stream_map, metrics)
    layout = lay_out([spec], find_engine(engine))[spec.key]
    assert layout is not None
    check(Drawn(stream_map, metrics, spec, layout, draw(stream_map, metrics, spec, layout)))
