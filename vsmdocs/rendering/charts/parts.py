"""What a drawn chart consists of: finished values that the template only places.

Coordinates are units of the plot's own view box, from its top left. Every chart is drawn
twice, for wide and for narrow columns, because text that shrank with a picture could not be
read on a phone; the style sheet shows the one that fits.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]


class Shape(NamedTuple):
    """A path; its kind gives it its look."""

    kind: str
    path: str
    title: str = ""


class Text(NamedTuple):
    """A line of text."""

    kind: str
    x: float
    y: float
    """Of its baseline."""
    text: str
    anchor: Anchor = "start"
    """Where `x` is on it, for text that runs from left to right."""
    size: float = 12
    full: str = ""
    """All of it, where the text was cut."""
    rtl: bool = False

    @property
    def svg_anchor(self) -> Anchor:
        """The anchor as SVG means it: the start of text from right to left is its right end."""
        swapped: dict[Anchor, Anchor] = {"start": "end", "end": "start", "middle": "middle"}
        return swapped[self.anchor] if self.rtl else self.anchor


class Mark(NamedTuple):
    """One snapshot on a line, or on the axis where it says nothing."""

    kind: str
    x: float
    y: float
    title: str
    href: str = ""


class Plot(NamedTuple):
    """One drawing of a chart."""

    kind: Literal["wide", "narrow"]
    width: int
    height: int
    shapes: tuple[Shape, ...]
    """In the order in which they are painted."""
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]


class ChartRow(NamedTuple):
    """One version in the table beside a chart."""

    line: str
    """Which map, such as `current`."""
    date: str
    value: str
    change: str
    tone: str
    """`better`, `worse` or nothing."""
    subject: str
    author: str
    pull_request: str
    note: str
    """Why there is no value."""
    href: str


class ChartTable(NamedTuple):
    """The versions at which a figure changed, newest first."""

    rows: tuple[ChartRow, ...]
    left_out: str
    """How many older ones are not listed; nothing where all are."""


class RunChart(NamedTuple):
    """One figure over time."""

    key: str
    term: str
    label: str
    now: str
    change: str
    tone: str
    """`better`, `worse` or nothing."""
    note: str
    """Against what and since when, as the end of the sentence that the change begins."""
    description: str
    """What is to be seen, in words."""
    wide: Plot
    narrow: Plot
    table: ChartTable


class BurndownChart(NamedTuple):
    """A gap over time: what was promised, what became real, and how it goes on."""

    key: str
    term: str
    label: str
    future: str
    """The future state's name in words."""
    now: str
    goal: str
    done: str
    """How much of the way is behind, in a few words."""
    sentences: tuple[str, ...]
    description: str
    wide: Plot
    narrow: Plot
    table: ChartTable


class Sparkline(NamedTuple):
    """A figure's course at the size of a word."""

    width: int
    height: int
    line: str
    area: str
    """What lies under it, down to 0."""
    dot: tuple[float, float] | None
    """Where the present value is; None where it is unknown."""
    sentence: str
    direction: str = ""
    """`better` or `worse`, else nothing."""
