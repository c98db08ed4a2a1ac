"""Rows that the pages by team, tag and system and that of the organisation have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vsmdocs.analysis.promises import OPEN, Promise
from vsmdocs.analysis.slices import HandoffFacts, StreamFacts
from vsmdocs.analysis.teams import Improvement, Loss, Pair, Step
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.pages.figures import calendar_text, number_name
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.pages.stream_view import Cell
from vsmdocs.rendering.quantities import (
    MINUS,
    UNKNOWN,
    format_hours,
    format_percent,
    format_points,
)


class Place(NamedTuple):
    """A name and where it leads, below the site's root; nowhere where that is empty."""

    name: str
    href: str = ""


class StepLine(NamedTuple):
    """One step among those of many streams."""

    step: Place
    kind: str
    stream: Place
    team: Place
    process: Cell
    wait: Cell
    quality: Cell
    often: str
    """How many items come by, where that is not all of them."""
    critical: bool
    stale: str


class LossLine(NamedTuple):
    """One wait or loop in a ranking, with its bar."""

    kind: str
    place: Place
    what: str
    stream: Place
    team: Place
    gain: str
    length: float
    """Of the bar, in hundredths of the longest."""


class MoveLine(NamedTuple):
    """One handoff."""

    step: Place
    """The one that takes the work up."""
    source: str
    stream: Place
    wait: str
    often: str


class PairLine(NamedTuple):
    """All handoffs between two teams."""

    giver: Place
    taker: Place
    number: int
    streams: tuple[Place, ...]
    wait: Cell
    length: float
    """Of the bar of its count, in hundredths of the largest."""
    moves: tuple[MoveLine, ...]
    anchor: str


class ImprovementLine(NamedTuple):
    """One improvement, and what it promises."""

    improvement: Place
    status: str
    stream: Place
    step: str
    team: Place
    changes: tuple[str, ...]
    promise: Cell
    dates: str


class StateLine(NamedTuple):
    """A state that is not counted, but names what the page is about."""

    stream: str
    state: Place


def team_place(name: str | None) -> Place:
    """Return an owner and its page; nothing where nobody is named."""
    return Place(name, team_href(name)) if name is not None else Place("")


def stream_place(stream: StreamFacts) -> Place:
    """Return a stream and its page."""
    return Place(stream.title, f"streams/{stream.stream}/index.html")


def step_place(stream: StreamFacts, step: str) -> Place:
    """Return a step and its row on the page of its map."""
    return Place(stream.step(step).title, _map_href(stream, f"#{stream.state}-step-{step}"))


def _map_href(stream: StreamFacts, anchor: str = "") -> str:
    return f"streams/{stream.stream}/{stream.state}.html{anchor}"


def state_lines(elsewhere: Iterable[tuple[StreamFacts, str]]) -> tuple[StateLine, ...]:
    """Return states that are not counted."""
    return tuple(
        StateLine(
            stream.title,
            Place(name.replace("-", " ", 1).capitalize(), f"streams/{stream.stream}/{name}.html"),
        )
        for stream, name in elsewhere
    )


def common_calendar(streams: Iterable[StreamFacts]) -> Calendar:
    """Return the calendar of all streams, or the usual one where they do not have the same."""
    found = {stream.calendar for stream in streams}
    return found.pop() if len(found) == 1 else Calendar()


def calendar_note(streams: Sequence[StreamFacts]) -> str:
    """Return what days and weeks mean on a page that joins streams."""
    if len({stream.calendar for stream in streams}) > 1:
        return (
            "Streams have calendars of their own: times of a stream are on its own, and sums "
            f"over streams on {calendar_text(Calendar())}."
        )
    return f"Times on {calendar_text(common_calendar(streams))}."


def step_lines(steps: Iterable[Step]) -> tuple[StepLine, ...]:
    """Return a row for each step."""
    rows = []
    for step in steps:
        facts, stream = step.facts, step.stream
        old = [number_name(field) for field, _ in facts.stale]
        rows.append(
            StepLine(
                Place(facts.title, _map_href(stream, f"#{stream.state}-step-{facts.id}")),
                "" if facts.kind == "work" else facts.kind,
                stream_place(stream),
                team_place(facts.owner),
                hours_cell(facts.process, stream.calendar),
                hours_cell(facts.wait, stream.calendar),
                share_cell(facts.quality),
                often(facts.share),
                facts.critical,
                ", ".join(old),
            )
        )
    return tuple(rows)


def loss_lines(losses: Iterable[Loss]) -> tuple[LossLine, ...]:
    """Return a row for each wait or loop that is known to cost time, with bars to one scale."""
    dear = [loss for loss in losses if loss.facts.gain]
    longest = max((loss.facts.gain or 0.0 for loss in dear), default=1.0)
    rows = []
    for loss in dear:
        facts, stream = loss.facts, loss.stream
        gain = facts.gain or 0.0
        rows.append(
            LossLine(
                facts.kind, loss_place(loss), _what(loss), stream_place(stream),
                team_place(facts.owner), f"{MINUS}{format_hours(gain, stream.calendar)}",
                round(gain / longest * 100, 1),
            )
        )  # fmt: skip
    return tuple(rows)


def loss_place(loss: Loss) -> Place:
    """Return where a wait or loop is, and the row of its step."""
    facts, stream = loss.facts, loss.stream
    if facts.to is None:
        return step_place(stream, facts.step)
    name = f"{stream.step(facts.step).title} → {stream.step(facts.to).title}"
    return Place(name, step_place(stream, facts.to).href)


def _what(loss: Loss) -> str:
    facts = loss.facts
    if facts.kind == "loop":
        return "rework"
    hours = format_hours(facts.hours, loss.stream.calendar)
    return f"{hours} on the way" if facts.to else f"{hours} of waiting"


def pair_lines(pairs: Iterable[Pair], anchor: str = "") -> tuple[PairLine, ...]:
    """Return a row for each pair of teams; `anchor` is what ids of the rows begin with."""
    shown = list(pairs)
    most = max((len(pair.handoffs) for pair in shown), default=1)
    return tuple(
        PairLine(
            team_place(pair.giver),
            team_place(pair.taker),
            len(pair.handoffs),
            tuple(stream_place(stream) for stream in pair.streams),
            longest_wait(pair),
            round(len(pair.handoffs) / most * 100, 1),
            tuple(_move_line(one.stream, one.facts) for one in pair.handoffs),
            f"{anchor}-{number}" if anchor else "",
        )
        for number, pair in enumerate(shown, 1)
    )


def longest_wait(pair: Pair) -> Cell:
    """Return how long the longest wait of a pair's handoffs is, with what is not known of it."""
    known = [one for one in pair.handoffs if one.facts.wait is not None]
    if not known:
        return Cell(UNKNOWN)
    longest = max(known, key=lambda one: one.facts.wait or 0.0)
    text = format_hours(longest.facts.wait, longest.stream.calendar)
    least = "at least " if pair.unknown else ""
    return Cell(f"{least}{text}", f"{longest.facts.wait:g}")


def _move_line(stream: StreamFacts, facts: HandoffFacts) -> MoveLine:
    return MoveLine(
        step_place(stream, facts.target),
        stream.step(facts.source).title,
        stream_place(stream),
        format_hours(facts.wait, stream.calendar),
        often(facts.share),
    )


def improvement_lines(improvements: Iterable[Improvement]) -> tuple[ImprovementLine, ...]:
    """Return a row for each improvement."""
    rows = []
    for one in improvements:
        facts, stream = one.facts, one.stream
        dates = " to ".join(str(day) for day in (facts.started, facts.ended) if day)
        if facts.started and not facts.ended:
            dates = f"since {facts.started}"
        owner = facts.owner
        if owner is None and facts.step is not None:
            owner = stream.step(facts.step).owner
        href = _map_href(stream, f"#improvement-{facts.id}")
        changes = tuple(
            f"{stream.step(step).title}: {number_name(field)} {value}"
            for step, field, value in facts.changes
        )
        rows.append(
            ImprovementLine(
                Place(facts.title, href), facts.status, stream_place(stream),
                stream.step(facts.step).title if facts.step else "", team_place(owner), changes,
                promise_cell(facts.promise, stream.calendar, is_open=facts.status in OPEN), dates,
            )
        )  # fmt: skip
    return tuple(rows)


def promise_cell(promise: Promise, calendar: Calendar, *, is_open: bool = True) -> Cell:
    """Return what is promised of lead time and quality; of what is done or given up, nothing."""
    if not is_open:
        return Cell("")
    parts = []
    if promise.hours is not None and promise.hours:
        sign = MINUS if promise.hours > 0 else "+"
        parts.append(f"{sign}{format_hours(abs(promise.hours), calendar)}")
    elif promise.hours is not None:
        parts.append("no lead time")
    if promise.quality:
        sign = "+" if promise.quality > 0 else MINUS
        parts.append(f"{sign}{format_points(promise.quality)} of rolled %C&A")
    return Cell(", ".join(parts) or UNKNOWN, "" if promise.hours is None else f"{promise.hours:g}")


def often(share: float) -> str:
    """Return how many items come by, where that is not all of them."""
    return "" if share >= 1 - 1e-9 else f"{format_percent(share)} of items"


def hours_cell(hours: float | None, calendar: Calendar) -> Cell:
    """Return a time and what it is sorted by."""
    return Cell(format_hours(hours, calendar), "" if hours is None else f"{hours:g}")


def share_cell(share: float | None) -> Cell:
    """Return a share and what it is sorted by."""
    return Cell(format_percent(share), "" if share is None else f"{share:g}")


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return `1 step` or `4 steps`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
