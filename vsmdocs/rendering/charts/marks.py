"""The snapshots on a line: what each says when pointed at, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.language import tr
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.parts import Mark
from vsmdocs.rendering.charts.plane import Plane
from vsmdocs.rendering.charts.steps import Place, spaced
from vsmdocs.rendering.charts.words import change_text, date_of, no_value, value_text
from vsmdocs.rendering.strangers import one_line

_LEAST = 7.0
"""Between two marks; nearer ones would merge."""
_BEADS = 8.0
"""Marks nearer than this on average would hide their line: most then show when pointed at."""
Links = Mapping[tuple[str, str], str]
"""The page of a version, by the name of its map and its commit."""


class Line(NamedTuple):
    """A trend to draw."""

    kind: str
    """`real` or `planned`."""
    trend: Trend
    filled: bool = False


def places_of(trend: Trend, plane: Plane) -> list[Place]:
    """Return where the snapshots of a trend are."""
    return [
        (plane.x(moment.at), None if value is None else plane.y(value))
        for moment, value in zip(trend.moments, trend.values, strict=True)
    ]


def marks_of(line: Line, plane: Plane, calendar: Calendar, links: Links) -> tuple[Mark, ...]:
    """Return the marks that have room; the ends and the extremes are always among them."""
    trend = line.trend
    places = places_of(trend, plane)
    # A version that says nothing is marked on the axis, where no value is.
    points = [(x, plane.base if y is None else y) for x, y in places]
    known = [(y, index) for index, (_, y) in enumerate(places) if y is not None]
    keep = {0, len(places) - 1}
    if known:
        keep |= {min(known)[1], max(known)[1], known[0][1], known[-1][1]}
    chosen = spaced(points, frozenset(keep), _LEAST)
    dense = len(chosen) * _BEADS > plane.right - plane.left
    return tuple(
        Mark(
            _mark_kind(line, places[index][1], dense and index not in keep),
            *points[index],
            _mark_title(trend, index, calendar),
            _href(trend, index, links),
        )
        for index in chosen
    )


def _mark_kind(line: Line, y: float | None, quiet: bool) -> str:
    if y is None:
        return f"{line.kind} nothing"
    return f"{line.kind} quiet" if quiet else line.kind


def _mark_title(trend: Trend, index: int, calendar: Calendar) -> str:
    moment, known = trend.moments[index], trend.known(index)
    snapshot = moment.snapshot
    if known is None:
        what = no_value(snapshot)
    else:
        what = value_text(trend.key, known, calendar)
        before = trend.values[index - 1] if index else None
        if before is not None:
            change = change_text(trend.key, known.value - before, before, calendar)
            what = tr("{value}, {change}", value=what, change=change)
    parts = [tr("{date}: {value}", date=date_of(moment), value=what)]
    if snapshot.revision is not None:
        parts += [one_line(snapshot.revision.subject), one_line(snapshot.revision.author)]
    return " · ".join(part for part in parts if part)


def _href(trend: Trend, index: int, links: Links) -> str:
    revision = trend.moments[index].snapshot.revision
    return "" if revision is None else links.get((trend.name, revision.commit), "")
