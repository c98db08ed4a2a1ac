"""What the picture of two versions adds to a map's picture: marks, old values, both totals.

Finished values, as in `parts`. No mark is a colour alone: each has a word or a sign.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Change = Literal["added", "removed", "changed"]
CHANGES: tuple[Change, ...] = get_args(Change)


class Number(NamedTuple):
    """A number of a step, and what it was before."""

    key: str
    was: str
    """With the arrow from it to what it is now; empty where it is as before."""
    now: str
    tone: str = ""
    """`better` or `worse`, where that can be said."""


class NumberRow(NamedTuple):
    """A line of numbers in a changed box: one on the left, perhaps the people on the right."""

    number: Number
    y: str
    plate: str
    """What a changed number stands on, as a path; empty where none did change."""
    people: Number | None
    people_at: str
    """Where the figure that stands for people is."""


class StepMark(NamedTuple):
    """What became of one step."""

    change: Change | None
    """None where it is as before."""
    word: str
    """What the tag under the box says."""
    tag: str
    """The tag as a path."""
    tag_x: str
    """The middle of its text."""
    rows: tuple[NumberRow, ...]
    """Instead of the usual ones, where times, quality or people changed."""
    wip: Number | None
    """The work in process, where it changed."""
    automation: str
    """What stands under the box for it; empty where there is no room or nothing to say."""
    automation_x: str
    notes: tuple[str, ...]
    """Every change in words."""
    words: tuple[str, ...]
    """Those among them that are no numbers, for cards."""
    wait: Number | None
    """For cards: the wait, where it changed."""
    numbers: tuple[Number, ...]
    """For cards: all other numbers of a changed step."""


class WayMark(NamedTuple):
    """A way between steps or of rework that changed, in words."""

    change: Change
    text: str


class Marks(NamedTuple):
    """What the picture of two versions has besides the parts of a map's picture."""

    changes: tuple[Change, ...]
    """Which marks there are, for the legend."""
    bar: str
    """The bar at the edge of a changed box, as a path."""
    outline: str
    """The second outline of an added box, as a path."""
    lead_time_was: str
    """Totals beside the ladder's own; empty where they are as before."""
    process_time_was: str
    activity_ratio_was: str
    ways: tuple[WayMark, ...]
