"""What Graphviz is told about a map, and what comes of its answer: structure in, positions out.

A `LayoutSpec` holds no text of a user's. Two versions of a map that differ in numbers and
names alone have the same spec and hence the same layout, so steps keep their places.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cached_property

LAYOUT_VERSION = 2
"""Part of the key: raise it when the same spec is to be laid out differently."""


@dataclass(frozen=True)
class LayoutSpec:
    """The structure of a picture; nodes are numbers, sizes in points.

    Nodes are steps in the order of the map, then the trigger, then the customer.
    """

    lanes: tuple[int, ...]
    """By node, the lane that it stands in; lane 0 is on top."""
    ranks: tuple[int, ...]
    """By node, its column."""
    edges: tuple[tuple[int, int], ...]
    label_sizes: tuple[tuple[int, int] | None, ...]
    """By edge, the room that its label needs."""
    width: int
    height: int
    """Of every step's place, its badges included."""
    end_width: int
    """Of the trigger's and the customer's place; as high as a step's."""
    gap: int
    """Between columns."""

    @cached_property
    def key(self) -> str:
        """A short hash of the structure."""
        structure = [LAYOUT_VERSION, *(getattr(self, field.name) for field in fields(self))]
        return hashlib.sha256(json.dumps(structure).encode()).hexdigest()[:24]

    @cached_property
    def passing(self) -> tuple[tuple[int, ...], ...]:
        """By edge, the lane in which it passes each column between its two ends.

        It runs in the lane of its target or its source, whichever has no step in its way, and
        changes lanes beside its other end.
        """
        taken = set(zip(self.ranks, self.lanes, strict=True))
        ways = []
        for source, target in self.edges:
            columns = range(self.ranks[source] + 1, self.ranks[target])
            ends = (self.lanes[target], self.lanes[source])
            crowds = [sum((column, lane) in taken for column in columns) for lane in ends]
            ways.append((ends[crowds.index(min(crowds))],) * len(columns))
        return tuple(ways)

    @cached_property
    def columns(self) -> dict[int, dict[int, list[str]]]:
        """By column and lane, the names of what stands or passes there, as listed."""
        found: dict[int, dict[int, list[str]]] = {}
        for node, (rank, lane) in enumerate(zip(self.ranks, self.lanes, strict=True)):
            found.setdefault(rank, {}).setdefault(lane, []).append(f"n{node}")
        for edge, lanes in enumerate(self.passing):
            first = self.ranks[self.edges[edge][0]] + 1
            for rank, lane in enumerate(lanes, first):
                found.setdefault(rank, {}).setdefault(lane, []).append(f"v{edge}x{rank}")
        return dict(sorted(found.items()))

    @property
    def lane_count(self) -> int:
        """How many lanes there are."""
        return max(self.lanes) + 1


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One edge: cubic Bézier control points, three a segment after the first, and its label."""

    points: tuple[Point, ...]
    label: Point | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in points with the origin at the top left, y downwards."""

    width: float
    height: float
    centres: tuple[Point, ...]
    """By node."""
    curves: tuple[Curve, ...]
    """By edge."""
    boundaries: tuple[float, ...]
    """Heights of the lines between lanes, top to bottom; one fewer than there are lanes."""


def ranks(count: int, edges: tuple[tuple[int, int], ...], order: tuple[int, ...]) -> list[int]:
    """Return by node its column: the longest way to it, in edges."""
    column = [0] * count
    outgoing: dict[int, list[int]] = {}
    for source, target in edges:
        outgoing.setdefault(source, []).append(target)
    for node in order:
        for target in outgoing.get(node, ()):
            column[target] = max(column[target], column[node] + 1)
    return column
