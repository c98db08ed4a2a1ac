"""From the order in each column to positions: columns side by side, lanes below one another.

In every lane the steps of a column are stacked around the lane's middle, so that a chain runs
straight. Edges that pass a column do so on tracks above or below its steps, where nothing is in
their way, and change height between columns only.
"""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.rendering.picture.curves import s_curve
from vsmdocs.rendering.picture.dot import Order, passing_nodes
from vsmdocs.rendering.picture.layout import Curve, Layout, LayoutSpec, Point

STACK_GAP = 8
TRACK = 12
LABEL_ROOM = 20
PADDING = 8
"""Above and below what stands in a lane."""


@dataclass(slots=True)
class _Cell:
    """What stands in one column of one lane, top to bottom."""

    above: list[str]
    steps: list[str]
    between: list[list[str]]
    """Passing edges after each step but the last."""
    below: list[str]

    def height(self, step: int) -> float:
        """Return the height of the stack of steps with what passes between them."""
        tracks = sum(map(len, self.between)) * TRACK
        return len(self.steps) * step + max(len(self.steps) - 1, 0) * STACK_GAP + tracks


def place(spec: LayoutSpec, order: Order) -> Layout:
    """Return where everything stands."""
    cells = _cells(spec, order)
    lefts, widths, width = _columns(spec)
    tops, middles, height = _lanes(spec, cells)
    y = _heights(spec, cells, middles)
    centres = tuple(
        (round(lefts[rank] + widths[rank] / 2, 2), round(y[f"n{node}"], 2))
        for node, rank in enumerate(spec.ranks)
    )
    curves = tuple(_curve(spec, edge, centres, y, lefts, widths) for edge in range(len(spec.edges)))
    return Layout(width, height, centres, _apart(spec, curves), tuple(tops[1:]))


def _cells(spec: LayoutSpec, order: Order) -> dict[tuple[int, int], _Cell]:
    lane_of = {f"n{node}": lane for node, lane in enumerate(spec.lanes)}
    for edge, lanes in enumerate(spec.passing):
        lane_of.update(zip(passing_nodes(spec, edge), lanes, strict=True))
    cells: dict[tuple[int, int], _Cell] = {}
    for rank, names in order.items():
        for name in names:
            cell = cells.setdefault((rank, lane_of[name]), _Cell([], [], [], []))
            if name[0] == "n":
                if cell.steps:
                    cell.between.append(cell.below)
                cell.below = []
                cell.steps.append(name)
            else:
                (cell.below if cell.steps else cell.above).append(name)
    return cells


def _columns(spec: LayoutSpec) -> tuple[list[float], list[float], float]:
    """Return left edges and widths by column, and the width of all."""
    count = max(spec.ranks) + 1
    widths = [0.0] * count
    steps = len(spec.lanes) - 2
    for node, rank in enumerate(spec.ranks):
        widths[rank] = max(widths[rank], spec.end_width if node >= steps else spec.width)
    gaps = [float(spec.gap)] * count
    for (source, _), size in zip(spec.edges, spec.label_sizes, strict=True):
        if size:
            rank = spec.ranks[source]
            gaps[rank] = max(gaps[rank], float(size[0] + LABEL_ROOM))
    lefts = []
    x = 0.0
    for rank in range(count):
        lefts.append(x)
        x += widths[rank] + (gaps[rank] if rank + 1 < count else 0.0)
    return lefts, widths, x


def _lanes(
    spec: LayoutSpec, cells: dict[tuple[int, int], _Cell]
) -> tuple[list[float], list[float], float]:
    """Return the top and the middle of every lane, and the height of all."""
    tops, middles = [], []
    y = 0.0
    for lane in range(spec.lane_count):
        own = [cell for (_, where), cell in cells.items() if where == lane]
        stack = max((cell.height(spec.height) for cell in own), default=0.0)
        above = max((len(cell.above) for cell in own if cell.steps), default=0) * TRACK
        below = max((len(cell.below) for cell in own if cell.steps), default=0) * TRACK
        padding = PADDING if lane else 0
        tops.append(y)
        middles.append(y + padding + above + stack / 2)
        y += padding + above + stack + below + PADDING
    return tops, middles, y - PADDING


def _heights(
    spec: LayoutSpec, cells: dict[tuple[int, int], _Cell], middles: list[float]
) -> dict[str, float]:
    y: dict[str, float] = {}
    for (_, lane), cell in cells.items():
        middle = middles[lane]
        if not cell.steps:
            # Nothing else is here: the edges run along the middle.
            for index, name in enumerate(cell.above):
                y[name] = middle + (index - (len(cell.above) - 1) / 2) * TRACK
            continue
        top = middle - cell.height(spec.height) / 2
        for index, name in enumerate(reversed(cell.above)):
            y[name] = top - (index + 0.5) * TRACK
        for index, step in enumerate(cell.steps):
            y[step] = top + spec.height / 2
            top += spec.height
            passing = cell.between[index] if index < len(cell.between) else []
            for track, name in enumerate(passing):
                y[name] = top + STACK_GAP / 2 + (track + 0.5) * TRACK
            top += STACK_GAP + len(passing) * TRACK
        for index, name in enumerate(cell.below):
            y[name] = top - STACK_GAP + (index + 0.5) * TRACK
    return y


def _curve(
    spec: LayoutSpec,
    edge: int,
    centres: tuple[Point, ...],
    y: dict[str, float],
    lefts: list[float],
    widths: list[float],
) -> Curve:
    """Return an edge as curves between columns and straight lines past them."""
    source, target = spec.edges[edge]
    steps = len(spec.lanes) - 2
    half = [(spec.end_width if node >= steps else spec.width) / 2 for node in (source, target)]
    here = (round(centres[source][0] + half[0], 2), centres[source][1])
    end = (round(centres[target][0] - half[1], 2), centres[target][1])
    points: list[Point] = [here]
    first = None
    for name in passing_nodes(spec, edge):
        rank = int(name.partition("x")[2])
        height = round(y[name], 2)
        left = (round(lefts[rank], 2), height)
        right = (round(lefts[rank] + widths[rank], 2), height)
        points += s_curve(points[-1], left)[1:]
        first = first or left
        points += s_curve(left, right)[1:]
    points += s_curve(points[-1], end)[1:]
    label = None
    if spec.label_sizes[edge]:
        to = first or end
        label = (round((here[0] + to[0]) / 2, 2), round((here[1] + to[1]) / 2, 2))
    return Curve(tuple(points), label)


def _apart(spec: LayoutSpec, curves: tuple[Curve, ...]) -> tuple[Curve, ...]:
    """Push labels between the same two columns apart, so that none covers another."""
    gaps: dict[int, list[int]] = {}
    for edge, curve in enumerate(curves):
        if curve.label:
            gaps.setdefault(spec.ranks[spec.edges[edge][0]], []).append(edge)
    moved = list(curves)
    for edges in gaps.values():
        lowest = float("-inf")
        for edge in sorted(edges, key=lambda e: (curves[e].label or (0, 0))[1]):
            label, size = curves[edge].label, spec.label_sizes[edge]
            if label and size:
                y = max(label[1], lowest + size[1] / 2)
                lowest = y + size[1] / 2
                moved[edge] = Curve(curves[edge].points, (label[0], round(y, 2)))
    return tuple(moved)
