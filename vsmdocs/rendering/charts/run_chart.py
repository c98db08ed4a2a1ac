"""The run chart of a figure: what it was when, what is promised, and what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.language import own_way, tr, tr_n
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
    date_of,
    dated_value,
    day_of,
    day_words,
    state_words,
    value_text,
)
from vsmdocs.rendering.pages.figures import format_metric, term_and_label
from vsmdocs.rendering.quantities import unknown
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
            Level("target", target.value, _aim(target, trend.key, calendar)) for target in targets
        ),
        tuple(milestone_line(one) for one in milestones),
        links,
    )
    wide, narrow = (draw(sketch, frame) for frame in FRAMES)
    change, tone, note = _change(trend, calendar)
    return RunChart(
        trend.key,
        *term_and_label(trend.key),
        tr("removed") if trend.ended else value_text(trend.key, trend.present, calendar),
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
    title = tr("{name}, {date}", name=name, date=day_words(milestone.at.date()))
    return Upright("milestone", milestone.at, name, title)


def line_end(kind: str, trend: Trend, calendar: Calendar) -> EndLabel | None:
    """Return what stands where a line ends; None where it never began."""
    if trend.newest is None:
        return None
    value, names = value_text(trend.key, trend.newest, calendar), [state_words(trend.name)]
    lead = trend.present is not None
    if not lead:
        names.append(tr("was {value}", value=value))
        value = tr("removed") if trend.ended else unknown()
    return EndLabel(kind, value, tuple(names), trend.newest.value, lead)


def _ends(shown: Sequence[Trend], calendar: Calendar) -> tuple[EndLabel, ...]:
    ends = zip(("real", "planned"), shown, strict=False)
    found = (line_end(kind, trend, calendar) for kind, trend in ends)
    return tuple(end for end in found if end is not None)


def _target_end(target: TargetLine, key: str, calendar: Calendar) -> EndLabel:
    names = [tr("target")] if target.by is None else [tr("target by"), day_words(target.by)]
    value = format_metric(key, target.value, calendar)
    most = target.bound == "at most"
    # Signs would be read the other way round from right to left, where words are short enough.
    bound = tr("≤ {value}", value=value) if most else tr("≥ {value}", value=value)
    return EndLabel("target", own_way(bound), tuple(names), target.value)


def _bound(target: TargetLine, key: str, calendar: Calendar) -> str:
    value = format_metric(key, target.value, calendar)
    most = target.bound == "at most"
    if target.by is None:
        return tr("at most {value}", value=value) if most else tr("at least {value}", value=value)
    by = day_words(target.by)
    if most:
        return tr("at most {value} by {date}", value=value, date=by)
    return tr("at least {value} by {date}", value=value, date=by)


def _aim(target: TargetLine, key: str, calendar: Calendar) -> str:
    return tr("Target: {bound}", bound=_bound(target, key, calendar))


def _change(trend: Trend, calendar: Calendar) -> tuple[str, str, str]:
    """Return the change since the first value, its tone, and how the sentence goes on."""
    first, newest = trend.first, trend.newest
    if first is None or newest is None or trend.since is None or trend.change is None:
        return "", "", tr("No version says it.")
    if trend.present is None:
        last = value_text(trend.key, newest, calendar)
        when = date_of(trend.moments[newest.index + 1])
        if trend.ended:
            text = tr("It was {value}; the map was removed on {date}.", value=last, date=when)
            return "", "", text
        text = tr("It was {value}, and has been unknown since {date}.", value=last, date=when)
        return "", "", text
    if trend.direction == "same" or first.index == newest.index:
        since = date_of(trend.since)
        if trend.since.at == first.at:
            return "", "", tr("Unchanged since {date}.", date=since)
        same = tr("The same as on {date}.", date=day_of(trend, first))
        return "", "", f"{same} {_as_now(since)}"
    tone = trend.direction if trend.direction in ("better", "worse") else ""
    text = change_text(trend.key, trend.change, first.value, calendar)
    before = dated_value(trend, first, calendar)
    note = tr("than {before}.", before=before) if tone else tr("from {before}.", before=before)
    return text, tone, f"{note} {_as_now(date_of(trend.since))}"


def _as_now(since: str) -> str:
    return tr("As now since {date}.", date=since)


def _description(
    trend: Trend,
    second: Trend | None,
    targets: Sequence[TargetLine],
    milestones: Sequence[Milestone],
    calendar: Calendar,
) -> str:
    parts = [tr("A line in steps, from 0 upwards."), describe(trend, calendar)]
    if second is not None:
        parts.append(tr("Dashed: {line}", line=describe(second, calendar)))
    parts += [f"{_aim(target, trend.key, calendar)}." for target in targets]
    if milestones:
        count = len(milestones)
        parts.append(tr_n("{n} milestone.", "{n} milestones.", count, n=f"{count:,}"))
    moved = sum(moment.moved for moment in trend.moments)
    if moved:
        parts.append(
            tr_n(
                "{n} commit with a date out of order, drawn beside the one before.",
                "{n} commits with a date out of order, drawn beside the one before.",
                moved,
                n=f"{moved:,}",
            )
        )
    return " ".join(parts)


def describe(trend: Trend, calendar: Calendar) -> str:
    """Return the course of one line in a sentence or two."""
    name = state_words(trend.name).capitalize()
    count = len(trend.moments)
    versions = tr_n("{n} version", "{n} versions", count, n=f"{count:,}")
    if trend.first is None or trend.newest is None:
        return tr("{line}: {versions}, none of which says it.", line=name, versions=versions)
    course = dated_value(trend, trend.first, calendar)
    if trend.first.index != trend.newest.index:
        newest = dated_value(trend, trend.newest, calendar)
        course = tr("{first} to {newest}", first=course, newest=newest)
    parts = [tr("{line}: {versions}", line=name, versions=versions), course]
    if trend.best is not None and trend.best.value != trend.newest.value:
        parts.append(tr("at best {value}", value=dated_value(trend, trend.best, calendar)))
    without = len(trend.values) - trend.points
    if without:
        parts.append(tr_n("{n} without a value", "{n} without a value", without))
    return f"{', '.join(parts)}."
