"""What must be true of every picture, wherever its order comes from."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import NamedTuple

from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.picture.layout import Curve, Layout, LayoutSpec
from vsmdocs.rendering.picture.parts import Picture
from vsmdocs.rendering.picture.rails import TRACK, Rail
from vsmdocs.rendering.picture.sizing import BADGES, END_WIDTH, GAP, TAGS

PLATE = re.compile(r"M([-0-9.]+) ([-0-9.]+)h([0-9.]+)v([0-9.]+)h")


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, slack: float = 0.2) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )


class Drawn(NamedTuple):
    map: ValueStreamMap
    metrics: StreamMetrics
    spec: LayoutSpec
    layout: Layout
    picture: Picture

    def boxes(self) -> dict[str, Box]:
        """Every step's box with its badges and tags."""
        p = self.picture
        return {
            s.id: Box(s.x, s.y - BADGES, s.x + p.box_width, s.y + p.box_height + TAGS)
            for s in p.steps
        }

    def labels(self) -> list[Box]:
        """The plate of the text on every edge."""
        boxes = []
        for line in self.picture.edges:
            if line.label:
                match = PLATE.match(line.label.plate)
                assert match
                x, y, width, height = (float(number) for number in match.groups())
                assert y < line.label.first < y + height
                boxes.append(Box(x, y, x + width, y + height))
        return boxes

    def rail_labels(self) -> list[Box]:
        return [
            Box(
                rail.label_at[0] - rail.label_width / 2, rail.label_at[1] - 9,
                rail.label_at[0] + rail.label_width / 2, rail.label_at[1] + 9,
            )
            for rail in self.picture.rails
        ]  # fmt: skip


def check(found: Drawn) -> None:
    """Hold a picture to everything that must be true of every picture."""
    everything_is_there(found)
    nothing_overlaps(found)
    arrows_go_round_boxes(found)
    lanes_hold_their_steps(found)
    columns_stand_in_line(found)
    rails_keep_apart(found)


def everything_is_there(found: Drawn) -> None:
    spec, layout, picture = found.spec, found.layout, found.picture
    assert len(layout.centres) == len(found.map.steps) + 2
    assert [step.id for step in picture.steps] == list(found.metrics.flow.order)
    ends = len(found.metrics.flow.starts) + sum(
        not found.metrics.flow.outgoing[step] for step in found.metrics.flow.order
    )
    assert len(layout.curves) == len(picture.edges) == len(found.metrics.flow.edges) + ends
    for (source, target), curve in zip(spec.edges, layout.curves, strict=True):
        for node, point, side in ((source, curve.points[0], 1), (target, curve.points[-1], -1)):
            wide = spec.width if node < len(found.map.steps) else spec.end_width
            x, y = layout.centres[node]
            assert abs(point[0] - (x + side * wide / 2)) < 1.5, "an edge misses its box"
            assert abs(point[1] - y) < 1.5
    for box in found.boxes().values():
        assert box.left >= 0
        assert box.right <= picture.width + 0.2
        assert box.bottom <= picture.ladder.y
    assert len(picture.rails) == len(found.map.rework)


def nothing_overlaps(found: Drawn) -> None:
    boxes = list(found.boxes().values())
    for end in (found.picture.trigger, found.picture.customer):
        half = END_WIDTH / 2
        boxes.append(Box(end.x - half, end.y - 44, end.x + half, end.y + 44))
    for one, other in combinations(boxes, 2):
        assert not one.meets(other), "two boxes overlap"
    labels = found.labels()
    for one, other in combinations(labels, 2):
        assert not one.meets(other, 1.5), "two labels of edges overlap"
    for label in labels:
        assert not any(label.meets(box, 1.5) for box in boxes), "a label lies on a box"
        assert label.left >= 0
        assert label.right <= found.picture.width
        assert label.top >= found.picture.lanes[0].y, "a label stands above the lanes"
        assert label.bottom <= found.picture.ladder.y, "a label hangs into the ladder"


def arrows_go_round_boxes(found: Drawn) -> None:
    spec, layout = found.spec, found.layout
    for (source, target), curve in zip(spec.edges, layout.curves, strict=True):
        xs = [x for x, _ in curve.points]
        assert xs == sorted(xs), "an arrow goes back"
        for x, y in _samples(curve):
            assert -0.1 <= y <= layout.height + 0.1
            for node, (cx, cy) in enumerate(layout.centres[: len(found.map.steps)]):
                inside = abs(x - cx) < spec.width / 2 - 1 and abs(y - cy) < spec.height / 2 - 1
                assert not inside, f"the arrow {source} -> {target} runs through {node}"


def _samples(curve: Curve) -> list[tuple[float, float]]:
    found = []
    for start in range(0, len(curve.points) - 3, 3):
        p0, p1, p2, p3 = curve.points[start : start + 4]
        for step in range(9):
            t = step / 8
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            found.append(
                (
                    a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                    a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
                )
            )
    return found


def lanes_hold_their_steps(found: Drawn) -> None:
    owner = {step.id: step.owner or "No owner" for step in found.map.steps}
    lanes = found.picture.lanes
    met = list(dict.fromkeys(owner[step] for step in found.metrics.flow.order))
    assert [lane.full_name for lane in lanes] == met
    for upper, lower in pairwise(lanes):
        assert abs(upper.y + upper.height - lower.y) < 0.2
    assert abs(lanes[-1].y + lanes[-1].height - found.picture.ladder.y) < 0.2
    place = {lane.full_name: lane for lane in lanes}
    for step, box in found.boxes().items():
        lane = place[owner[step]]
        assert lane.y - 0.2 <= box.top, "a step stands above its lane"
        assert box.bottom <= lane.y + lane.height + 0.2, "a step stands below its lane"


def columns_stand_in_line(found: Drawn) -> None:
    number = {step.id: index for index, step in enumerate(found.map.steps)}
    columns: dict[int, set[float]] = {}
    for step in found.picture.steps:
        columns.setdefault(found.spec.ranks[number[step.id]], set()).add(step.x)
    assert all(len(places) == 1 for places in columns.values())
    lefts = [min(places) for _, places in sorted(columns.items())]
    for left, right in pairwise(lefts):
        assert right - left >= found.picture.box_width + GAP / 2
    boxes = found.boxes()
    for rung in found.picture.ladder.rungs:
        box = boxes[rung.step]
        assert abs(rung.middle - (box.left + box.right) / 2) < 0.2
        assert rung.x < box.left + 0.2 < box.right < rung.end + 0.2
    for one, other in pairwise(found.picture.ladder.rungs):
        assert one.end <= other.x + 0.2, "two rungs overlap"


def rails_keep_apart(found: Drawn) -> None:
    picture = found.picture
    top = picture.lanes[0].y
    labels = found.rail_labels()
    for one, other in combinations(labels, 2):
        assert not one.meets(other), "two labels of rework overlap"
    for label in labels:
        assert label.left >= 0
        assert label.right <= picture.width
        assert label.top >= 0
        assert label.bottom <= top
    tracks = []
    for rail in picture.rails:
        y = rail.label_at[1]
        xs = [x for x, where in rail.points if where == y]
        assert len(xs) == 2, "a rail has one level run"
        tracks.append((y, min(xs), max(xs)))
    for (y, a, b), (z, c, d) in combinations(tracks, 2):
        assert y != z or b < c or d < a, "two rails lie on each other"
        assert y == z or abs(y - z) >= TRACK - 0.2
    for first, second in combinations(picture.rails, 2):
        for x, low, high in _upright(first):
            for z, bottom, high_up in _upright(second):
                assert x != z or high <= bottom or high_up <= low, "two rails climb on each other"


def _upright(rail: Rail) -> list[tuple[float, float, float]]:
    return [
        (a[0], min(a[1], b[1]), max(a[1], b[1]))
        for a, b in pairwise(rail.points)
        if a[0] == b[0] and a[1] != b[1]
    ]
