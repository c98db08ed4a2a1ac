"""One drawing of a chart: what is given in times and values, placed in a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from vsmdocs.language import tr
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.labels import (
    EndLabel,
    Milestones,
    end_width,
    place_ends,
    place_milestones,
)
from vsmdocs.rendering.charts.marks import Line, Links, marks_of, places_of
from vsmdocs.rendering.charts.parts import Plot, Shape, Text
from vsmdocs.rendering.charts.plane import BELOW, ROW, Frame, Plane
from vsmdocs.rendering.charts.scales import (
    TICK_SIZE,
    TimeAxis,
    ValueAxis,
    tick_centre,
    time_ticks,
    value_axis,
)
from vsmdocs.rendering.charts.steps import Run, area_path, find_runs, line_path
from vsmdocs.rendering.picture.textfit import text_width


class Level(NamedTuple):
    """A value across the whole axis."""

    kind: str
    value: float
    title: str


class Upright(NamedTuple):
    """A time across the whole height, with a name."""

    kind: str
    at: datetime
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything that is to be drawn, before it has a size."""

    key: str
    calendar: Calendar
    times: TimeAxis
    lines: tuple[Line, ...]
    ends: tuple[EndLabel, ...]
    """By importance."""
    levels: tuple[Level, ...] = ()
    uprights: tuple[Upright, ...] = ()
    """Oldest first; those outside the axis are not drawn."""
    links: Links = field(default_factory=dict)
    more: Callable[[Plane, Sequence[tuple[Run, ...]]], tuple[Shape, ...]] | None = None
    """What lies under the lines, once it is known where these run."""


def draw(sketch: Sketch, frame: Frame) -> Plot:
    """Return a plot in which nothing collides and nothing leaves the picture."""
    axis = value_axis(_largest(sketch), sketch.key, sketch.calendar, frame.intervals)
    left = max(text_width(label) for _, label in axis.ticks) * TICK_SIZE + 8
    right = frame.width - end_width(sketch.ends, frame.most_right)
    uprights = [one for one in sketch.uprights if 0 <= sketch.times.part(one.at) <= 1]
    wide = [left + sketch.times.part(one.at) * (right - left) for one in uprights]
    names = place_milestones(
        [(x, one.kind, one.name) for x, one in zip(wide, uprights, strict=True)],
        frame.width,
        frame.most_milestone,
    )
    top = 10.0 + (names.rows * ROW + 4 if names.rows else 0)
    plane = Plane(left, right, top, frame.height - BELOW, sketch.times, axis.top)
    runs = [
        find_runs(places_of(line.trend, plane), plane.x(line.trend.until)) for line in sketch.lines
    ]
    ends, leads = place_ends(sketch.ends, plane, frame.width)
    shapes = (
        *_areas(sketch, plane, runs),
        *_grid(axis, plane),
        *_uprights(uprights, names, plane),
        *_levels(sketch.levels, plane),
        *(
            Shape(f"line {line.kind}", line_path(found))
            for line, found in zip(reversed(sketch.lines), reversed(runs), strict=True)
            if found
        ),
        *leads,
    )
    texts = (
        *_value_labels(axis, plane),
        *_time_labels(sketch.times, plane, frame),
        *names.texts,
        *ends,
        *_silence(runs, plane),
    )
    marks = tuple(
        mark
        for line in reversed(sketch.lines)
        for mark in marks_of(line, plane, sketch.calendar, sketch.links)
    )
    return Plot(frame.kind, frame.width, frame.height, shapes, texts, marks)


def _largest(sketch: Sketch) -> float:
    known = [value for line in sketch.lines for value in line.trend.values if value is not None]
    return max([*known, *(level.value for level in sketch.levels)], default=0.0)


def _areas(sketch: Sketch, plane: Plane, runs: Sequence[tuple[Run, ...]]) -> tuple[Shape, ...]:
    areas = tuple(
        Shape(f"area {line.kind}", area_path(found, plane.base))
        for line, found in zip(sketch.lines, runs, strict=True)
        if line.filled and found
    )
    return areas + (sketch.more(plane, runs) if sketch.more else ())


def _grid(axis: ValueAxis, plane: Plane) -> tuple[Shape, ...]:
    lines = "".join(
        f"M{plane.left:.5g} {plane.y(value):g}H{plane.right:.5g}" for value, _ in axis.ticks[1:]
    )
    base = f"M{plane.left:.5g} {plane.base:g}H{plane.right:.5g}"
    return (Shape("grid", lines), Shape("axis", base))


def _levels(levels: Sequence[Level], plane: Plane) -> tuple[Shape, ...]:
    return tuple(
        Shape(
            f"level {level.kind}",
            f"M{plane.left:.5g} {plane.y(level.value):g}H{plane.right:.5g}",
            level.title,
        )
        for level in levels
    )


def _uprights(uprights: Sequence[Upright], names: Milestones, plane: Plane) -> tuple[Shape, ...]:
    shapes = []
    for one, row in zip(uprights, names.row_of, strict=True):
        # Without a name it is one of many: a notch is enough.
        start, end = (plane.top, plane.top + 7) if row is None else (2 + row * ROW, plane.base)
        path = f"M{plane.x(one.at):g} {start:g}V{end:g}"
        shapes.append(Shape(f"upright {one.kind}", path, one.title))
    return tuple(shapes)


def _value_labels(axis: ValueAxis, plane: Plane) -> tuple[Text, ...]:
    return tuple(
        Text("tick", round(plane.left - 6, 1), round(plane.y(value) + 4, 1), label, "end")
        for value, label in axis.ticks
    )


def _time_labels(times: TimeAxis, plane: Plane, frame: Frame) -> tuple[Text, ...]:
    texts = []
    for tick in time_ticks(times, plane.left, plane.right, frame.width):
        for text, down in ((tick.label, 17), (tick.under, 32)):
            if text:
                x = tick_centre(text, plane.x(tick.at), frame.width)
                texts.append(Text("tick", round(x, 1), plane.base + down, text, "middle"))
    return tuple(texts)


def _silence(runs: Sequence[tuple[Run, ...]], plane: Plane) -> tuple[Text, ...]:
    if any(runs):
        return ()
    x, y = (plane.left + plane.right) / 2, (plane.top + plane.base) / 2
    return (Text("tick", round(x, 1), round(y, 1), tr("unknown so far"), "middle"),)
