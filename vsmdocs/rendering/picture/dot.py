"""A layout spec as DOT, and the order that Graphviz finds.

Graphviz decides the one thing that is hard: what stands above what in each column, so that few
arrows cross. Columns follow from the flow and lanes from the owners, and both are given; an
edge that passes a column is a chain through small nodes there, which take part in the order.
Flat edges keep the lanes of a column in their order. Positions follow in `placing`.
"""

from __future__ import annotations

from itertools import pairwise

from vsmdocs.errors import RenderError
from vsmdocs.rendering.picture.layout import LayoutSpec

Order = dict[int, tuple[str, ...]]
"""By column, top to bottom: `n3` is node 3, `v2x5` is where edge 2 passes column 5."""


def settled_order(spec: LayoutSpec) -> Order | None:
    """Return the order where the lanes alone settle it, which is so for most maps."""
    if any(len(nodes) > 1 for lanes in spec.columns.values() for nodes in lanes.values()):
        return None
    return {
        rank: tuple(node for lane in sorted(lanes) for node in lanes[lane])
        for rank, lanes in spec.columns.items()
    }


def to_dot(spec: LayoutSpec, *, cheap: bool = False) -> str:
    """Return the DOT source of a spec; `cheap` trades beauty for time."""
    # Most maps need no engine, and this takes as long as placing a hundred of them.
    from graphviz import Digraph  # type: ignore[import-untyped]

    graph = Digraph(
        graph_attr={
            "rankdir": "LR",
            "splines": "none",
            **({"nslimit": "1", "nslimit1": "1", "mclimit": "0.1"} if cheap else {}),
        },
        node_attr={"shape": "box", "fixedsize": "true", "label": "", "width": "2", "height": "1"},
    )
    # Every name below is made here, so lines are written as they are and need no quoting.
    lines: list[str] = graph.body
    for lanes in spec.columns.values():
        names = [name for lane in sorted(lanes) for name in lanes[lane]]
        lines.append("\t{rank=same; " + " ".join(names) + "}\n")
        small = [name for name in names if name[0] == "v"]
        if small:
            lines.append("\t" + ", ".join(small) + " [height=0.2]\n")
        for upper, lower in pairwise(lanes[lane] for lane in sorted(lanes)):
            above, below = " ".join(upper), " ".join(lower)
            lines.append(f"\t{{{above}}} -> {{{below}}} [style=invis]\n")
    for number, (source, target) in enumerate(spec.edges):
        way = [f"n{source}", *passing_nodes(spec, number), f"n{target}"]
        lines.append("\t" + " -> ".join(way) + "\n")
    return str(graph.source)


def passing_nodes(spec: LayoutSpec, edge: int) -> list[str]:
    """Return the names of the nodes through which an edge passes the columns between its ends."""
    first = spec.ranks[spec.edges[edge][0]] + 1
    return [f"v{edge}x{first + step}" for step in range(len(spec.passing[edge]))]


def read_order(spec: LayoutSpec, plain: str) -> Order:
    """Read the order in each column out of Graphviz's `-Tplain`.

    Raises
    ------
    RenderError
        When a node is missing or an answer cannot be read.
    """
    heights: dict[str, float] = {}
    try:
        for line in plain.splitlines():
            if line.startswith("node "):
                _, name, _, y, *_ = line.split(" ")
                heights[name] = float(y)
        return {
            rank: tuple(
                # Heights go up in Graphviz; a lane's nodes stand together, whatever it says.
                node
                for lane in sorted(lanes)
                for node in sorted(lanes[lane], key=lambda name: -heights[name])
            )
            for rank, lanes in spec.columns.items()
        }
    except (KeyError, ValueError) as error:
        raise RenderError(f"the layout is incomplete ({error})") from error
