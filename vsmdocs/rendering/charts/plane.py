"""The rectangle in which a line is drawn: times and values to coordinates."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from vsmdocs.rendering.charts.scales import TimeAxis

Point = tuple[float, float]


class Frame(NamedTuple):
    """How large a plot is, and how much of it text may take."""

    kind: Literal["wide", "narrow"]
    width: int
    height: int
    intervals: int
    """Most intervals between grid lines."""
    most_right: float
    """Width of the labels at the lines' ends."""
    most_milestone: float
    """Width of a milestone's name."""


FRAMES = (Frame("wide", 600, 260, 5, 132, 136), Frame("narrow", 300, 240, 4, 96, 116))
BELOW = 40
"""Height of the labels under the axis."""
ROW = 16
"""Height of a row of milestones' names."""


class Plane(NamedTuple):
    """Where in a plot the axes are."""

    left: float
    right: float
    top: float
    base: float
    times: TimeAxis
    ceiling: float
    """The value at the top."""

    def x(self, when: datetime) -> float:
        """Return where a time is."""
        return round(self.left + self.times.part(when) * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        """Return where a value is."""
        return round(self.base - value / self.ceiling * (self.base - self.top), 1)
