"""Columns and the ways past them, by hand."""

from __future__ import annotations

from vsmdocs.rendering.picture.layout import LayoutSpec, ranks


def test_a_column_is_the_longest_way_to_it() -> None:
    """Also where a short way comes last in the order of the flow."""
    edges = ((0, 1), (1, 2), (2, 3), (4, 3), (0, 3))
    assert ranks(5, edges, (0, 1, 2, 4, 3)) == [0, 1, 2, 3, 0]


def test_an_edge_passes_where_no_step_is_in_its_way() -> None:
    """Past column 2 in lane 0 a step stands, so the edge goes in its source's lane 1."""
    edges = ((3, 0), (0, 1), (1, 2), (0, 2), (2, 4))
    spec = LayoutSpec((1, 0, 0, 1, 0), (1, 2, 3, 0, 4), edges, (None,) * 5, 146, 120, 96, 34)
    assert spec.passing == ((), (), (), (1,), ())


def test_an_edge_to_the_next_column_passes_none() -> None:
    spec = LayoutSpec((0, 0, 0), (1, 0, 2), ((1, 0), (0, 2)), (None, None), 146, 120, 96, 34)
    assert spec.passing == ((), ())
    assert spec.lane_count == 1
