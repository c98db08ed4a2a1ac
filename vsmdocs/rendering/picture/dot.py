"""A layout spec as DOT, and Graphviz's JSON as a layout.

Lanes come in a given order, which Graphviz's clusters cannot promise. Between each two lanes
a rail of tiny invisible nodes, one a column, is kept straight by its weight; flat edges in
each column hold the steps of a lane between its two rails. In 1,000 random graphs no step
left its lane, as long as every node has an edge on both sides.
"""

from __future__ import annotations

from typing import Any

from graphviz import Digraph  # type: ignore[import-untyped]

from vsmdocs.errors import RenderError
from vsmdocs.rendering.picture.layout import Curve, Layout, LayoutSpec, Point

_LABEL = '<<TABLE FIXEDSIZE="TRUE" WIDTH="{}" HEIGHT="{}" BORDER="0"><TR><TD></TD></TR></TABLE>>'


def to_dot(spec: LayoutSpec, *, cheap: bool = False) -> str:
    """Return the DOT source of a spec; `cheap` trades beauty for time."""
    graph = Digraph(
        graph_attr={
            "rankdir": "LR",
            "ranksep": _inches(spec.gap),
            "nodesep": _inches(8),
            "splines": "line" if cheap else "true",
            **({"nslimit": "1", "nslimit1": "1", "mclimit": "0.1"} if cheap else {}),
        },
        node_attr={
            "shape": "box",
            "fixedsize": "true",
            "label": "",
            "width": _inches(spec.width),
            "height": _inches(spec.height),
        },
        edge_attr={"arrowhead": "none", "headport": "w", "tailport": "e"},
    )
    steps = len(spec.lanes) - 2
    for node in range(len(spec.lanes)):
        narrow = {"width": _inches(spec.end_width)} if node >= steps else {}
        graph.node(f"n{node}", **narrow)
    rails = range(1, spec.lane_count)
    columns: dict[int, list[int]] = {}
    for node, rank in enumerate(spec.ranks):
        columns.setdefault(rank, []).append(node)
    for rank, nodes in sorted(columns.items()):
        with graph.subgraph(graph_attr={"rank": "same"}) as column:
            for rail in rails:
                column.node(f"b{rail}x{rank}", width="0.02", height="0.12")
            for node in nodes:
                column.node(f"n{node}")
        for upper, lower in _neighbours(spec, rank, nodes):
            graph.edge(upper, lower, style="invis", headport="c", tailport="c")
        if rank:
            for rail in rails:
                ends = (f"b{rail}x{rank - 1}", f"b{rail}x{rank}")
                graph.edge(*ends, style="invis", headport="c", tailport="c", weight="100")
    for (source, target), size in zip(spec.edges, spec.label_sizes, strict=True):
        label = {"label": _LABEL.format(*size)} if size and not cheap else {}
        graph.edge(f"n{source}", f"n{target}", **label)
    return str(graph.source)


def _inches(points: float) -> str:
    return f"{points / 72:.4f}"


def _neighbours(spec: LayoutSpec, rank: int, nodes: list[int]) -> list[tuple[str, str]]:
    """Return which node stands above which in a column: rail, steps of a lane, rail, …"""
    pairs = []
    for lane in range(spec.lane_count):
        above = f"b{lane}x{rank}" if lane else None
        below = f"b{lane + 1}x{rank}" if lane + 1 < spec.lane_count else None
        # In a layout that runs left to right, Graphviz stacks a flat edge's tail below its head.
        for node in nodes:
            if spec.lanes[node] == lane:
                pairs += [(above, f"n{node}")] if above else []
                pairs += [(f"n{node}", below)] if below else []
        if above and below:
            pairs.append((above, below))
    return [(upper, lower) for upper, lower in pairs if upper and lower]


def from_json(spec: LayoutSpec, answer: dict[str, Any]) -> Layout:
    """Read positions out of Graphviz's `-Tjson0`.

    Raises
    ------
    RenderError
        When a node or an edge is missing, or a step stands outside its lane.
    """
    try:
        _, _, width, height = (float(part) for part in answer["bb"].split(","))
        objects = answer["objects"]
        names = {entry["_gvid"]: entry["name"] for entry in objects}
        places = {
            entry["name"]: _point(entry["pos"], height) for entry in objects if "pos" in entry
        }
        centres = tuple(places[f"n{node}"] for node in range(len(spec.lanes)))
        curves = {
            (names[edge["tail"]], names[edge["head"]]): Curve(
                _spline(edge["pos"], height), _point(edge["lp"], height) if "lp" in edge else None
            )
            for edge in answer.get("edges", ())
            if "style" not in edge
        }
        layout = Layout(
            width,
            height,
            centres,
            tuple(curves[f"n{source}", f"n{target}"] for source, target in spec.edges),
            tuple(places[f"b{rail}x0"][1] for rail in range(1, spec.lane_count)),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise RenderError(f"the layout is incomplete ({error})") from error
    _check_lanes(spec, layout)
    return layout


def _check_lanes(spec: LayoutSpec, layout: Layout) -> None:
    limits = (float("-inf"), *layout.boundaries, float("inf"))
    for lane, (_, y) in zip(spec.lanes, layout.centres, strict=True):
        if not limits[lane] <= y <= limits[lane + 1]:
            raise RenderError("a step was placed outside its lane")


def _point(text: str, height: float) -> Point:
    x, y = text.split(",")[:2]
    return (round(float(x), 2), round(height - float(y), 2))


def _spline(text: str, height: float) -> tuple[Point, ...]:
    parts = [part for part in text.split(" ") if part[0] not in "es"]
    return tuple(_point(part, height) for part in parts)
