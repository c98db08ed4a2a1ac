"""Where everything stands, whatever order the columns come in."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rendering.picture.geometry import Drawn, check
from tests.unit.rendering.picture.strategies import make, measured, pictured
from vsmdocs.model.metrics import measure
from vsmdocs.rendering.picture.dot import Order, read_order, to_dot
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.layout import LayoutSpec
from vsmdocs.rendering.picture.placing import place


def heights(spec: LayoutSpec) -> list[str]:
    """Return the names of everything that has a height in the DOT."""
    words = to_dot(spec).replace("\t", " ").split()
    return sorted({word for word in words if word[0] in "nv" and word[1:2].isdigit()})


def order_of(spec: LayoutSpec, turn: int = 0) -> Order:
    """Return an order as a layout program might: any in a lane, by a number that turns it."""
    names = heights(spec)
    Random(turn).shuffle(names)
    lines = [f"node {name} 1 {y} 2 1" for y, name in enumerate(names)]
    return read_order(spec, "\n".join(["graph 1 9 9", *lines, "edge n0 n1 2 1 1 2 2"]))


@given(pictured(), st.integers(0, 99))
def test_every_order_makes_a_picture(data: dict[str, Any], turn: int) -> None:
    stream_map, metrics = measured(data)
    spec = spec_of(stream_map, metrics)
    layout = place(spec, order_of(spec, turn))
    check(Drawn(stream_map, metrics, spec, layout, draw(stream_map, metrics, spec, layout)))


def test_a_chain_in_one_lane_runs_straight() -> None:
    stream_map = make("a b c d")
    spec = spec_of(stream_map, measure(stream_map))
    layout = place(spec, order_of(spec))
    assert len({y for _, y in layout.centres}) == 1
    assert {y for curve in layout.curves for _, y in curve.points} == {layout.centres[0][1]}
    assert layout.boundaries == ()
