"""One stream on one sheet: the answer, its map as large as it fits, and what is being done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.language import tr
from vsmdocs.rendering.alone import Drawing
from vsmdocs.rendering.pages.map_view import MapView
from vsmdocs.rendering.pages.pages import HOME, Link, PageContext, Pages
from vsmdocs.rendering.pages.past_view import VersionEntry
from vsmdocs.rendering.pages.plan_rows import ImprovementRow
from vsmdocs.rendering.pages.step_rows import RankRow
from vsmdocs.rendering.picture.parts import Picture

_ROOMS = {False: (396.0, 148.0), True: (284.0, 195.0)}
"""Room for the map on a sheet of A3 in millimetres: over the lists, and beside them."""
_MOST_IMPROVEMENTS, _MOST_PLACES = 5, 4
_FIRST = ("trial", "idea", "adopted")
"""What is being done stands before what was done."""


class PosterRow(NamedTuple):
    """A part of the map, one under another where it is too wide for one row."""

    whole: str
    """Its view box, with the lanes' names."""
    box: str
    """What it shows of the drawing."""
    width: float


class PosterView(NamedTuple):
    """A stream's poster."""

    map: MapView
    lanes: Markup
    """The lanes' names as drawn; nothing where there are none."""
    drawing: Markup
    """The map as drawn; nothing where it could not be."""
    lane_width: int
    height: float
    rows: tuple[PosterRow, ...]
    beside: bool
    """Whether the map is larger with the lists beside it than with them below."""
    improvements: tuple[ImprovementRow, ...]
    more: str
    """How many improvements are left out; empty where none is."""
    ranking: tuple[RankRow, ...]
    as_of: str
    day: str
    """When it was made, for programs."""


def poster_view(
    view: MapView, drawn: Drawing | None, today: date, newest: VersionEntry | None
) -> PosterView:
    """Bring a map into one sheet; `newest` is the newest version of its stream, if any is known."""
    picture = view.picture
    chosen = [row for row in view.improvements if row.status in _FIRST]
    chosen.sort(key=lambda row: _FIRST.index(row.status))
    left = len(chosen) - _MOST_IMPROVEMENTS
    rows, beside = poster_rows(picture) if picture else ((), False)
    return PosterView(
        view,
        drawn.lanes if drawn else Markup(""),
        drawn.map if drawn else Markup(""),
        picture.lane_width if picture and picture.has_lanes else 0,
        picture.height if picture else 0.0,
        rows,
        beside,
        tuple(chosen[:_MOST_IMPROVEMENTS]),
        tr("and {n} more on the map's page", n=left) if left > 0 else "",
        view.ranking[:_MOST_PLACES],
        _as_of(today, newest),
        today.isoformat(),
    )


def poster_page(pages: Pages, view: PosterView, states: Sequence[Link]) -> str:
    """Return a stream's poster as a page; `states` lists the stream and its maps."""
    page = PageContext(
        "../../",
        "streams",
        tr("Poster"),
        (HOME, Link(view.map.title, states[0].href)),
        canonical=pages.address(states[0].href.replace("index.html", "poster.html")),
    )
    return pages.render("poster", page, poster=view)


def poster_rows(picture: Picture) -> tuple[tuple[PosterRow, ...], bool]:
    """Cut a map between columns into as many rows as make it largest.

    Return with them whether it is largest beside the lists.
    """
    lanes = picture.lane_width if picture.has_lanes else 0
    # A piece that fits a page: where it begins, and how wide it is.
    boxes = [page.box.split() for page in picture.pages]
    pieces = [(float(start), float(width)) for start, _, width, _ in boxes]
    ways = [
        # Lists below are easier to read: beside the map only where that is much larger for it.
        (_scale(rows, lanes, picture.height, _ROOMS[beside]) * (0.9 if beside else 1), beside, rows)
        for rows in (_grouped(pieces, count) for count in range(1, len(pieces) + 1))
        for beside in (False, True)
    ]
    _, beside, best = max(ways, key=lambda way: way[0])
    return tuple(
        PosterRow(
            f"{lanes + width:.1f} {picture.height:.1f}",
            f"{start:.1f} 0 {width:.1f} {picture.height:.1f}",
            round(width, 1),
        )
        for start, width in best
    ), beside


def _scale(
    rows: Sequence[tuple[float, float]], lanes: int, height: float, room: tuple[float, float]
) -> float:
    widest = max(width for _, width in rows) + lanes
    return min(room[0] / widest, room[1] / (len(rows) * height))


def _grouped(pieces: Sequence[tuple[float, float]], count: int) -> list[tuple[float, float]]:
    """Join neighbouring pieces into `count` rows of about the same number."""
    cuts = [len(pieces) * number // count for number in range(count + 1)]
    return [
        (pieces[first][0], sum(width for _, width in pieces[first:last]))
        for first, last in pairwise(cuts)
    ]


def _as_of(today: date, newest: VersionEntry | None) -> str:
    if newest is None:
        return tr("Printed from the maps as they were on {date}", date=str(today))
    if not newest.commit:
        return tr("As of {date}, with changes that are not committed yet", date=str(today))
    return tr(
        "As of {date}, commit {commit} of {day}",
        date=str(today), commit=newest.commit, day=newest.date,
    )  # fmt: skip
