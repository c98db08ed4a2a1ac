"""The run chart of a figure: what it was when, what is promised, and what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.model.snapshot import Milestone
from vsmdocs.model.stream import Target
from vsmdocs.model.units import Calendar, Estimate
from vsmdocs.rendering.charts.labels import EndLabel
from vsmdocs.rendering.charts.marks import Line, Links
from vsmdocs.rendering.charts.parts import RunChart
from vsmdocs.rendering.charts.plane import FRAMES
from vsmdocs.rendering.charts.plot import Level, Sketch, Upright, draw
from vsmdocs.rendering.charts.scales import time_axis
from vsmdocs.rendering.charts.table import chart_table
from vsmdocs.rendering.charts.words import (
    change_text,
    counted,
    date_of,
    day_of,
    day_words,
    state_words,
    value_text,
)
from vsmdocs.rendering.pages.figures import LABELS, format_metric
from vsmdocs.rendering.strangers import one_line

_NO_LINKS: Links = {}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A budget of a figure."""

    value: float
    bound: str
    """`at most` or `at least`."""
    by: date | None = None


def target_lines(targets: Iterable[Target], key: str, calendar: Calendar) -> tuple[TargetLine, ...]:
    """Return a map's targets for one figure."""
    found = []
    for target in targets:
        most = target.at_most is not None
        bound = target.at_most if most else target.at_least
        if target.metric == key and bound is not None:
            value = bound.hours(calendar) if isinstance(bound, Estimate) else bound
            found.append(TargetLine(value, "at most" if most else "at least", target.by))
    return tuple(found)


def run_chart(
    trend: Trend,
    second: Trend | None = None,
    targets: Sequence[TargetLine] = (),
    milestones: Sequence[Milestone] = (),
    links: Links = _NO_LINKS,
    most_rows: int = 100,
) -> RunChart:
    """Draw a figure over time, with the history of a future state as a second line.

    Times are told on the calendar that the map has now, so that all fit one axis.
    `milestones` come oldest first, and those before the first snapshot are not drawn. `links`
    has the pages of versions, as seen from the chart's page. The table lists the newest
    `most_rows` changes.
    """
    calendar = trend.calendar
    shown = (trend,) if second is None else (trend, second)
    start = min(line.moments[0].at for line in shown)
    times = time_axis(start, max(line.until for line in shown))
    sketch = Sketch(
        trend.key,
        calendar,
        times,
        tuple(
            Line(kind, line, filled=line is trend)
            for kind, line in zip(("real", "planned"), shown, strict=False)
        ),
        (
            *_ends(shown, calendar),
            *(_target_end(target, trend.key, calendar) for target in targets),
        ),
        tuple(
            Level("target", target.value, f"Target: {_bound(target, trend.key, calendar)}")
            for target in targets
        ),
        tuple(milestone_line(one) for one in milestones),
        links,
    )
    wide, narrow = (draw(sketch, frame) for frame in FRAMES)
    change, tone, note = _change(trend, calendar)
    return RunChart(
        trend.key,
        *LABELS[trend.key],
        "removed" if trend.ended else value_text(trend.key, trend.present, calendar),
        change,
        tone,
        note,
        _description(trend, second, targets, milestones, calendar),
        wide,
        narrow,
        chart_table(shown, calendar, links, most_rows),
    )


def milestone_line(milestone: Milestone) -> Upright:
    """Return a milestone as it is drawn."""
    name = one_line(milestone.name)
    return Upright("milestone", milestone.at, name, f"{name}, {day_words(milestone.at.date())}")


def line_end(kind: str, trend: Trend, calendar: Calendar) -> EndLabel | None:
    """Return what stands where a line ends; None where it never began."""
    if trend.newest is None:
        return None
    value, names = value_text(trend.key, trend.newest, calendar), [state_words(trend.name)]
    lead = trend.present is not None
    if not lead:
        names.append(f"was {value}")
        value = "removed" if trend.ended else "unknown"
    return EndLabel(kind, value, tuple(names), trend.newest.value, lead)


def _ends(shown: Sequence[Trend], calendar: Calendar) -> tuple[EndLabel, ...]:
    ends = zip(("real", "planned"), shown, strict=False)
    found = (line_end(kind, trend, calendar) for kind, trend in ends)
    return tuple(end for end in found if end is not None)


def _target_end(target: TargetLine, key: str, calendar: Calendar) -> EndLabel:
    names = ["target"] if target.by is None else ["target by", day_words(target.by)]
    sign = "≤" if target.bound == "at most" else "≥"
    value = f"{sign} {format_metric(key, target.value, calendar)}"
    return EndLabel("target", value, tuple(names), target.value)


def _bound(target: TargetLine, key: str, calendar: Calendar) -> str:
    by = f" by {day_words(target.by)}" if target.by else ""
    return f"{target.bound} {format_metric(key, target.value, calendar)}{by}"


def _change(trend: Trend, calendar: Calendar) -> tuple[str, str, str]:
    """Return the change since the first value, its tone, and how the sentence goes on."""
    first, newest = trend.first, trend.newest
    if first is None or newest is None or trend.since is None or trend.change is None:
        return "", "", "No version says it."
    if trend.present is None:
        last = value_text(trend.key, newest, calendar)
        when = date_of(trend.moments[newest.index + 1])
        if trend.ended:
            return "", "", f"It was {last}; the map was removed on {when}."
        return "", "", f"It was {last}, and has been unknown since {when}."
    if trend.direction == "same" or first.index == newest.index:
        since = date_of(trend.since)
        if trend.since.at == first.at:
            return "", "", f"Unchanged since {since}."
        return "", "", f"The same as on {day_of(trend, first)}. As now since {since}."
    tone = trend.direction if trend.direction in ("better", "worse") else ""
    text = change_text(trend.key, trend.change, first.value, calendar)
    before = value_text(trend.key, first, calendar)
    note = (
        f"than {before} on {day_of(trend, first)}."
        if tone
        else f"from {before} on {day_of(trend, first)}."
    )
    return text, tone, f"{note} As now since {date_of(trend.since)}."


def _description(
    trend: Trend,
    second: Trend | None,
    targets: Sequence[TargetLine],
    milestones: Sequence[Milestone],
    calendar: Calendar,
) -> str:
    parts = [f"A line in steps, from 0 upwards. {describe(trend, calendar)}"]
    if second is not None:
        parts.append(f"Dashed: {describe(second, calendar)}")
    parts += [f"Target: {_bound(target, trend.key, calendar)}." for target in targets]
    if milestones:
        parts.append(f"{counted(len(milestones), 'milestone')}.")
    moved = sum(moment.moved for moment in trend.moments)
    if moved:
        parts.append(
            f"{counted(moved, 'commit')} with a date out of order, drawn beside the one before."
        )
    return " ".join(parts)


def describe(trend: Trend, calendar: Calendar) -> str:
    """Return the course of one line in a sentence or two."""
    name = state_words(trend.name).capitalize()
    versions = counted(len(trend.moments), "version")
    if trend.first is None or trend.newest is None:
        return f"{name}: {versions}, none of which says it."
    first, newest = (
        f"{value_text(trend.key, known, calendar)} on {day_of(trend, known)}"
        for known in (trend.first, trend.newest)
    )
    course = first if trend.first.index == trend.newest.index else f"{first} to {newest}"
    parts = [f"{name}: {versions}, {course}"]
    if trend.best is not None and trend.best.value != trend.newest.value:
        best = value_text(trend.key, trend.best, calendar)
        parts.append(f"at best {best} on {day_of(trend, trend.best)}")
    unknown = len(trend.values) - trend.points
    if unknown:
        parts.append(f"{unknown} without a value")
    return ", ".join(parts) + "."
