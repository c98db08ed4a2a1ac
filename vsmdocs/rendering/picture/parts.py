"""What a drawn map consists of: finished values that the template only places.

Coordinates are pixels from the top left.
"""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.rendering.picture.layout import Point
from vsmdocs.rendering.picture.marks import Marks, StepMark
from vsmdocs.rendering.picture.rails import Rail


class Lines(NamedTuple):
    """Wrapped text with its direction."""

    lines: tuple[str, ...]
    rtl: bool


class LaneBand(NamedTuple):
    """A swimlane."""

    name: Lines
    full_name: str
    y: float
    height: float
    text_at: str
    """Where the baseline before the first line is, as SVG attributes say it."""


class StepBox(NamedTuple):
    """One step as drawn; `x` and `y` are the box's top left corner."""

    id: str
    kind: str
    title: str
    name: Lines
    owner: str
    x: float
    y: float
    at: str
    """Both, as a translation says it; everything in the box is relative to it."""
    process: str
    wait: str
    quality: str
    people: int | None
    wip: int | None
    automation: str | None
    automation_word: str
    """As it is shown; empty where nothing is known."""
    critical: bool
    worst: bool
    bursts: str
    """Numbers of the improvements at this step, or how many there are."""
    people_at: str
    """Where the figure that stands for people is."""
    label: str
    """Everything in words, for those who listen."""
    mark: StepMark | None = None
    """Of two versions in one picture, what became of the step."""


class EdgeLabel(NamedTuple):
    """What stands on an arrow, on a plate of its own."""

    lines: tuple[str, ...]
    x: float
    first: float
    """Baseline of the first line."""
    plate: str
    """The plate as a path."""


class EdgeLine(NamedTuple):
    """One arrow of the forward flow."""

    path: str
    head: str
    critical: bool
    kind: str
    handoff: Point | None
    label: EdgeLabel | None
    title: str
    mark: str = ""
    """Of two versions in one picture: `added`, `removed` or `changed`."""
    mark_at: Point | None = None
    """Where the sign for it is, unless its label has it."""


class EndPoint(NamedTuple):
    """The trigger or the customer."""

    caption: str
    name: Lines
    full_name: str
    x: float
    y: float


class LadderRung(NamedTuple):
    """One rung: the bars of a step's wait and work, to one scale."""

    step: str
    x: float
    middle: float
    end: float
    wait_height: float
    process_height: float
    wait: str
    process: str
    worst: bool
    wait_bar: str
    """The bar as a path, nothing where there is none."""
    process_bar: str
    wait_at: str
    """Where its label is."""
    process_at: str


class ScaleBar(NamedTuple):
    """A part of the lead time on a line of 1,000 units."""

    x: float
    width: float
    is_wait: bool
    title: str


class ScaleLine(NamedTuple):
    """The lead time of one of two versions, to the scale of both."""

    name: str
    """`before` or `after`."""
    lead_time: str
    bars: tuple[ScaleBar, ...]


class Ladder(NamedTuple):
    """The time ladder under a map."""

    y: float
    base: float
    rungs: tuple[LadderRung, ...]
    outline: str
    bars: tuple[ScaleBar, ...]
    lead_time: str
    process_time: str
    activity_ratio: str
    x_end: float
    name_at: float
    """Baseline of its name."""
    likeliest: str
    """The share of the scenario that is shown where there are several."""


class Frame(NamedTuple):
    """The lines that all boxes of a map share, relative to a box's corner."""

    right: str
    """Where what is set to the right ends."""
    rule: str
    row_1: str
    row_2: str
    work: str
    approval: str
    queue: str
    gate: str
    burst: str
    burst_beside_gate: str
    below: str
    """Baseline of what stands under a box."""
    tag: str
    tag_x: str
    middle: str


class Page(NamedTuple):
    """A piece of the picture that fits a printed page."""

    box: str
    width: str
    whole: str
    """Width and height with the lanes' names."""


class Picture(NamedTuple):
    """Everything the template of a map draws."""

    width: float
    height: float
    fluid: bool
    """Whether it follows the window's width; a wider one keeps its size and scrolls."""
    canvas_size: Markup
    """Width and height as SVG attributes; of a fluid one the share of the whole width."""
    lanes_size: Markup
    box_width: int
    box_height: int
    frame: Frame
    lane_width: int
    lanes: tuple[LaneBand, ...]
    has_lanes: bool
    steps: tuple[StepBox, ...]
    """In reading order."""
    edges: tuple[EdgeLine, ...]
    rails: tuple[Rail, ...]
    trigger: EndPoint
    customer: EndPoint
    ladder: Ladder
    calendar: tuple[str, str]
    """Its days and its weeks, in two lines of one text."""
    description: str
    pages: tuple[Page, ...]
    """Pieces for print, cut between columns."""
    marks: Marks | None = None
    """Of two versions in one picture, what that shows besides."""
    scale: tuple[ScaleLine, ...] = ()
    """Both lead times, instead of the ladder's own line."""
