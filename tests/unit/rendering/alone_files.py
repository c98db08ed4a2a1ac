"""A small project's maps as they are drawn on pages, for tests of what is taken along."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.unit.rendering.picture.strategies import measured
from vsmdocs.rendering.pages.map_view import MapView, map_view
from vsmdocs.rendering.pages.pages import Pages
from vsmdocs.rendering.pages.theme import Theme
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import find_engine, lay_out


@cache
def pages() -> Pages:
    return Pages(Theme(), "Our streams", "maps")


def seen(data: dict[str, Any]) -> MapView:
    """Return a map as a page shows it."""
    stream_map, metrics = measured({"stream": "x", "state": "current", "title": "T"} | data)
    spec = spec_of(stream_map, metrics)
    layout = lay_out([spec], find_engine())[spec.key]
    assert layout is not None
    picture = draw(stream_map, metrics, spec, layout)
    return map_view(stream_map, metrics, picture, path="maps/x/current.md", body="")


def chain(steps: int, **more: Any) -> dict[str, Any]:
    """Return a map of steps in a row, each of which waits."""
    rows = [
        {"id": f"s{n}", "owner": f"Team {n % 2}", "process_time": "1h", "wait_time": f"{n + 1}h"}
        for n in range(steps)
    ]
    return {"title": "A chain", "steps": rows, **more}
