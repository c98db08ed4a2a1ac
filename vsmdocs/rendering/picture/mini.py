"""A map at the size of a thumbnail: its boxes alone, in their places and colours."""

from __future__ import annotations

from typing import NamedTuple

from vsmdocs.rendering.picture.parts import Picture


class MiniBox(NamedTuple):
    """One step as a block of colour."""

    x: int | float
    y: int | float
    width: int | float
    height: int | float
    tone: str


class MiniPicture(NamedTuple):
    """A whole map in a few rectangles."""

    width: int | float
    height: int | float
    boxes: tuple[MiniBox, ...]


def shrink(picture: Picture) -> MiniPicture:
    """Return the boxes of a picture, without its ladder and rails."""
    if not picture.lanes:
        return MiniPicture(1.0, 1.0, ())
    top = picture.lanes[0].y
    height = picture.lanes[-1].y + picture.lanes[-1].height - top
    boxes = tuple(
        MiniBox(
            step.x,
            round(step.y - top, 1),
            picture.box_width,
            picture.box_height,
            "mini-worst" if step.worst else "mini-path" if step.critical else "mini-rest",
        )
        for step in picture.steps
    )
    return MiniPicture(picture.width, round(height, 1), boxes)
