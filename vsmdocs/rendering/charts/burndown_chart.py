"""The burn-down of a gap: promise, reality, and how it goes on at the pace so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from vsmdocs.analysis.trend.burndown import Burndown, Forecast
from vsmdocs.model.snapshot import Milestone
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.marks import Line, Links
from vsmdocs.rendering.charts.parts import BurndownChart, Shape
from vsmdocs.rendering.charts.plane import FRAMES, Plane, Point
from vsmdocs.rendering.charts.plot import Sketch, Upright, draw
from vsmdocs.rendering.charts.run_chart import describe, line_end, milestone_line
from vsmdocs.rendering.charts.scales import TimeAxis, time_axis
from vsmdocs.rendering.charts.steps import Run, between_path
from vsmdocs.rendering.charts.table import chart_table
from vsmdocs.rendering.charts.words import (
    change_text,
    counted,
    date_of,
    day_of,
    day_words,
    month_of,
    state_words,
    value_text,
)
from vsmdocs.rendering.pages.figures import LABELS, format_metric
from vsmdocs.rendering.quantities import format_percent

_NO_LINKS: Links = {}
_YEAR = timedelta(days=366)


def burndown_chart(
    burndown: Burndown,
    milestones: Sequence[Milestone] = (),
    links: Links = _NO_LINKS,
    most_rows: int = 100,
) -> BurndownChart:
    """Draw how the gap to a future state closes, and put it into sentences."""
    real, planned = burndown.current, burndown.future
    calendar = real.calendar
    times = _times(burndown)
    ends = (line_end("real", real, calendar), line_end("planned", planned, calendar))
    sketch = Sketch(
        burndown.key,
        calendar,
        times,
        (Line("real", real), Line("planned", planned)),
        tuple(end for end in ends if end is not None),
        uprights=_uprights(burndown, milestones),
        links=links,
        more=lambda plane, runs: _beneath(burndown, plane, runs),
    )
    wide, narrow = (draw(sketch, frame) for frame in FRAMES)
    sentences = _sentences(burndown, calendar)
    lines = f"{describe(real, calendar)} Dashed: {describe(planned, calendar)}"
    goal = format_metric(burndown.key, burndown.promise.value, calendar)
    return BurndownChart(
        burndown.key,
        *LABELS[burndown.key],
        state_words(planned.name),
        value_text(burndown.key, real.present, calendar),
        goal,
        _done(burndown),
        sentences,
        f"Two lines in steps with the gap between them shaded. {lines} {' '.join(sentences)}",
        wide,
        narrow,
        chart_table((real, planned), calendar, links, most_rows),
    )


def _times(burndown: Burndown) -> TimeAxis:
    """Return an axis from the first version to the forecast, which does not dwarf what was."""
    real, planned = burndown.current, burndown.future
    start = min(real.moments[0].at, planned.moments[0].at)
    now = real.until
    wanted = [now]
    if burndown.forecast is not None:
        forecast = burndown.forecast
        wanted.append(forecast.latest or forecast.likely + (forecast.likely - now) / 4)
    if burndown.target is not None:
        wanted.append(_noon(burndown.target))
    return time_axis(start, min(max(wanted), now + max((now - start) * 1.5, _YEAR)))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _uprights(burndown: Burndown, milestones: Sequence[Milestone]) -> tuple[Upright, ...]:
    found = [milestone_line(milestone) for milestone in milestones]
    ahead = []
    if burndown.target is not None:
        text = f"due {day_words(burndown.target)}"
        ahead.append(Upright("due", _noon(burndown.target), text, text))
    if burndown.forecast is not None:
        name = month_of(burndown.forecast.likely)
        title = f"At the pace so far: {name}"
        ahead.append(Upright("forecast", burndown.forecast.likely, f"pace: {name}", title))
    return (*found, *sorted(ahead, key=lambda one: one.at))


def _beneath(
    burndown: Burndown, plane: Plane, runs: Sequence[tuple[Run, ...]]
) -> tuple[Shape, ...]:
    """Return what lies under the two lines: the gap, the forecast, and both values held."""
    shapes = []
    gap = between_path(*runs)
    if gap:
        shapes.append(Shape("gap", gap))
    if burndown.forecast is not None:
        shapes += _fan(burndown, burndown.forecast, plane)
    for kind, trend in (("real", burndown.current), ("planned", burndown.future)):
        if trend.present is not None and plane.x(trend.until) < plane.right:
            path = f"M{plane.x(trend.until):g} {plane.y(trend.present.value):g}H{plane.right:.5g}"
            shapes.append(Shape(f"held {kind}", path))
    return tuple(shapes)


def _fan(burndown: Burndown, forecast: Forecast, plane: Plane) -> list[Shape]:
    now, value, goal = burndown.current.until, burndown.newest.value, burndown.promise.value
    end = plane.times.end

    def ray(reach: datetime | None) -> Point:
        """Return where a line to the promise ends: there, or at the end of the axis."""
        if reach is None:
            return plane.x(end), plane.y(value)
        if reach <= end:
            return plane.x(reach), plane.y(goal)
        part = (end - now) / (reach - now)
        return plane.x(end), plane.y(value + (goal - value) * part)

    early, late = ray(forecast.earliest), ray(forecast.latest)
    corners = [(plane.x(now), plane.y(value)), early]
    if early[0] < late[0] and late[1] != early[1]:
        corners.append((late[0], early[1]))
    path = "L".join(f"{x:g} {y:g}" for x, y in (*corners, late))
    likely = "L".join(f"{x:g} {y:g}" for x, y in (corners[0], ray(forecast.likely)))
    return [Shape("fan", f"M{path}Z", "Four in five"), Shape("line ahead", f"M{likely}")]


def _sentences(burndown: Burndown, calendar: Calendar) -> tuple[str, ...]:
    found = (
        _promised(burndown, calendar),
        _real(burndown, calendar),
        _ahead(burndown, calendar),
        _due(burndown),
    )
    return tuple(sentence for sentence in found if sentence)


def _promised(burndown: Burndown, calendar: Calendar) -> str:
    key, first, last = burndown.key, burndown.promises[0], burndown.promise
    told = f"{format_metric(key, first.value, calendar)} was promised on {date_of(first.moment)}"
    moves = len(burndown.promises) - 1
    if not moves:
        return f"{told}."
    now = format_metric(key, last.value, calendar)
    times = "once" if moves == 1 else "twice" if moves == 2 else f"{moves} times"
    return f"{told}; the promise moved {times}, last on {date_of(last.moment)} to {now}."


def _done(burndown: Burndown) -> str:
    if burndown.closed is None:
        return "no change promised"
    if burndown.reached is not None:
        return "reached"
    if burndown.closed < 0:
        return "the gap has widened"
    return f"{format_percent(burndown.closed)} of the way"


def _real(burndown: Burndown, calendar: Calendar) -> str:
    key, start = burndown.key, burndown.start
    before = f"{value_text(key, start, calendar)} on {day_of(burndown.current, start)}"
    if burndown.closed is None:
        return f"It promises no change from {before}."
    if burndown.reached is not None:
        return f"It has been reached since {date_of(burndown.reached)}, from {before}."
    rest = change_text(key, burndown.remaining, 0.0, calendar).removeprefix("+")
    if burndown.closed < 0:
        return f"The gap is wider than at the start ({before}): {rest} to go."
    done = format_percent(burndown.closed)
    return f"{done} of the way from {before} is done; {rest} to go."


def _ahead(burndown: Burndown, calendar: Calendar) -> str:
    forecast = burndown.forecast
    if forecast is None:
        return (
            ""
            if burndown.reached or burndown.closed is None
            else f"No forecast: {burndown.silence}."
        )
    pace = change_text(burndown.key, forecast.per_month, 0.0, calendar)
    likely, early = month_of(forecast.likely), month_of(forecast.earliest)
    late = None if forecast.latest is None else month_of(forecast.latest)
    text = f"At the pace so far ({pace} a month) it would be reached in {likely}"
    if late is None:
        return f"{text}, in {early} at the earliest, or never."
    if early == late:
        return f"{text}."
    return f"{text}, four times in five between {early} and {late}."


def _due(burndown: Burndown) -> str:
    if burndown.target is None:
        return ""
    text = f"It is due by {day_words(burndown.target)}"
    if burndown.reached is not None or burndown.forecast is None:
        return f"{text}."
    days = (burndown.forecast.likely.date() - burndown.target).days
    if days <= 0:
        return f"{text}, which the pace so far would keep."
    return f"{text}, which the pace so far would miss by {counted(days, 'day')}."
