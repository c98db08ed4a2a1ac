"""The burn-down of a gap: promise, reality, and how it goes on at the pace so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from vsmdocs.analysis.trend.burndown import Burndown, Forecast
from vsmdocs.language import signed, tr, tr_n
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
    date_of,
    dated_value,
    day_words,
    month_of,
    state_words,
    value_text,
)
from vsmdocs.rendering.pages.figures import format_metric, term_and_label
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
    description = (
        tr("Two lines in steps with the gap between them shaded."),
        describe(real, calendar),
        tr("Dashed: {line}", line=describe(planned, calendar)),
        *sentences,
    )
    goal = format_metric(burndown.key, burndown.promise.value, calendar)
    return BurndownChart(
        burndown.key,
        *term_and_label(burndown.key),
        state_words(planned.name),
        value_text(burndown.key, real.present, calendar),
        goal,
        _done(burndown),
        sentences,
        " ".join(description),
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
        text = tr("due {date}", date=day_words(burndown.target))
        ahead.append(Upright("due", _noon(burndown.target), text, text))
    if burndown.forecast is not None:
        name = month_of(burndown.forecast.likely)
        title, short = (
            tr("At the pace so far: {month}", month=name),
            tr("pace: {month}", month=name),
        )
        ahead.append(Upright("forecast", burndown.forecast.likely, short, title))
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
    return [Shape("fan", f"M{path}Z", tr("Four in five")), Shape("line ahead", f"M{likely}")]


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
    told = {
        "value": format_metric(key, first.value, calendar),
        "date": date_of(first.moment),
        "last": date_of(last.moment),
        "now": format_metric(key, last.value, calendar),
    }
    moves = len(burndown.promises) - 1
    if not moves:
        return tr("{value} was promised on {date}.", **told)
    if moves == 1:
        return tr(
            "{value} was promised on {date}; the promise moved once, last on {last} to {now}.",
            **told,
        )
    if moves == 2:
        return tr(
            "{value} was promised on {date}; the promise moved twice, last on {last} to {now}.",
            **told,
        )
    return tr(
        "{value} was promised on {date}; the promise moved {n} times, last on {last} to {now}.",
        n=moves,
        **told,
    )


def _done(burndown: Burndown) -> str:
    if burndown.closed is None:
        return tr("no change promised")
    if burndown.reached is not None:
        return tr("reached")
    if burndown.closed < 0:
        return tr("the gap has widened")
    return tr("{share} of the way", share=format_percent(burndown.closed))


def _real(burndown: Burndown, calendar: Calendar) -> str:
    key, start = burndown.key, burndown.start
    before = dated_value(burndown.current, start, calendar)
    if burndown.closed is None:
        return tr("It promises no change from {before}.", before=before)
    if burndown.reached is not None:
        since = date_of(burndown.reached)
        return tr("It has been reached since {date}, from {before}.", date=since, before=before)
    rest = change_text(key, burndown.remaining, 0.0, calendar).replace(signed("+", ""), "", 1)
    if burndown.closed < 0:
        return tr(
            "The gap is wider than at the start ({before}): {rest} to go.", before=before, rest=rest
        )
    return tr(
        "{share} of the way from {before} is done; {rest} to go.",
        share=format_percent(burndown.closed),
        before=before,
        rest=rest,
    )


def _ahead(burndown: Burndown, calendar: Calendar) -> str:
    forecast = burndown.forecast
    if forecast is None:
        if burndown.reached or burndown.closed is None:
            return ""
        return tr("No forecast: {reason}.", reason=burndown.silence)
    pace = change_text(burndown.key, forecast.per_month, 0.0, calendar)
    likely, early = month_of(forecast.likely), month_of(forecast.earliest)
    if forecast.latest is None:
        return tr(
            "At the pace so far ({pace} a month) it would be reached in {likely}, in {early} at "
            "the earliest, or never.",
            pace=pace, likely=likely, early=early,
        )  # fmt: skip
    late = month_of(forecast.latest)
    if early == late:
        return tr(
            "At the pace so far ({pace} a month) it would be reached in {likely}.",
            pace=pace, likely=likely,
        )  # fmt: skip
    return tr(
        "At the pace so far ({pace} a month) it would be reached in {likely}, four times in five "
        "between {early} and {late}.",
        pace=pace, likely=likely, early=early, late=late,
    )  # fmt: skip


def _due(burndown: Burndown) -> str:
    if burndown.target is None:
        return ""
    by = day_words(burndown.target)
    if burndown.reached is not None or burndown.forecast is None:
        return tr("It is due by {date}.", date=by)
    days = (burndown.forecast.likely.date() - burndown.target).days
    if days <= 0:
        return tr("It is due by {date}, which the pace so far would keep.", date=by)
    return tr_n(
        "It is due by {date}, which the pace so far would miss by {n} day.",
        "It is due by {date}, which the pace so far would miss by {n} days.",
        days,
        date=by,
        n=f"{days:,}",
    )
