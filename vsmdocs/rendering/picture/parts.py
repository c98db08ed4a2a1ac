"""What a drawn map consists of: finished values that the template only places.

Coordinates are pixels from the top left.
"""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.rendering.picture.curves import Arrow
from vsmdocs.rendering.picture.layout import Point
from vsmdocs.rendering.picture.rails import Rail


@dataclass(frozen=True, slots=True)
class Lines:
    """Wrapped text with its direction."""

    lines: tuple[str, ...]
    rtl: bool


@dataclass(frozen=True, slots=True)
class LaneBand:
    """A swimlane."""

    name: Lines
    full_name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class StepBox:
    """One step as drawn; `x` and `y` are the box's top left corner."""

    id: str
    kind: str
    title: str
    name: Lines
    owner: str
    x: float
    y: float
    process: str
    wait: str
    quality: str
    people: int | None
    wip: int | None
    automation: str | None
    critical: bool
    worst: bool
    over_capacity: bool
    bursts: tuple[int, ...]
    """Numbers of the improvements at this step."""
    label: str
    """Everything in words, for those who listen."""


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """One arrow of the forward flow."""

    path: str
    head: Arrow
    critical: bool
    kind: str
    handoff: Point | None
    label: tuple[str, ...]
    label_at: Point
    title: str


@dataclass(frozen=True, slots=True)
class EndPoint:
    """The trigger or the customer."""

    caption: str
    name: Lines
    full_name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LadderRung:
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


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A part of the lead time on a line of 1,000 units."""

    x: float
    width: float
    is_wait: bool
    title: str


@dataclass(frozen=True, slots=True)
class Ladder:
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
    likeliest: str
    """The share of the scenario that is shown where there are several."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template of a map draws."""

    width: float
    height: float
    scale: float
    box_width: int
    box_height: int
    header: int
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
    calendar: str
    description: str
    pages: tuple[tuple[float, float], ...]
    """Pieces for print: start and width of each, cut between columns."""
