"""Rows that the pages by team, tag and system and that of the organisation have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vsmdocs.analysis.promises import OPEN, Promise
from vsmdocs.analysis.slices import HandoffFacts, StreamFacts
from vsmdocs.analysis.teams import Improvement, Loss, Pair, Step
from vsmdocs.language import signed, tr, tr_n
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.pages.figures import calendar_text, number_name
from vsmdocs.rendering.pages.plan_rows import bound_text, change_text, dates_text
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.pages.stream_view import Cell
from vsmdocs.rendering.quantities import (
    MINUS,
    format_count,
    format_hours,
    format_percent,
    format_points,
    unknown,
)
from vsmdocs.rendering.words import from_to, kind_word, state_name, status_word


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
    status_label: str
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
        StateLine(stream.title, Place(_state(name), f"streams/{stream.stream}/{name}.html"))
        for stream, name in elsewhere
    )


def _state(name: str) -> str:
    state, _, variant = name.partition("-")
    return state_name(state, variant)


def common_calendar(streams: Iterable[StreamFacts]) -> Calendar:
    """Return the calendar of all streams, or the usual one where they do not have the same."""
    found = {stream.calendar for stream in streams}
    return found.pop() if len(found) == 1 else Calendar()


def calendar_note(streams: Sequence[StreamFacts]) -> str:
    """Return what days and weeks mean on a page that joins streams."""
    if len({stream.calendar for stream in streams}) > 1:
        return tr(
            "Streams have calendars of their own: times of a stream are on its own, and sums "
            "over streams on {calendar}.",
            calendar=calendar_text(Calendar()),
        )
    return tr("Times on {calendar}.", calendar=calendar_text(common_calendar(streams)))


def step_lines(steps: Iterable[Step]) -> tuple[StepLine, ...]:
    """Return a row for each step."""
    rows = []
    for step in steps:
        facts, stream = step.facts, step.stream
        old = [number_name(field) for field, _ in facts.stale]
        rows.append(
            StepLine(
                Place(facts.title, _map_href(stream, f"#{stream.state}-step-{facts.id}")),
                "" if facts.kind == "work" else kind_word(facts.kind),
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
                team_place(facts.owner), signed(MINUS, format_hours(gain, stream.calendar)),
                round(gain / longest * 100, 1),
            )
        )  # fmt: skip
    return tuple(rows)


def loss_place(loss: Loss) -> Place:
    """Return where a wait or loop is, and the row of its step."""
    facts, stream = loss.facts, loss.stream
    if facts.to is None:
        return step_place(stream, facts.step)
    name = from_to(stream.step(facts.step).title, stream.step(facts.to).title)
    return Place(name, step_place(stream, facts.to).href)


def _what(loss: Loss) -> str:
    facts = loss.facts
    if facts.kind == "loop":
        return tr("rework")
    hours = format_hours(facts.hours, loss.stream.calendar)
    return tr("{time} on the way", time=hours) if facts.to else tr("{time} of waiting", time=hours)


def lost_text(kind: str, time: str) -> str:
    """Return what a wait or a loop costs, such as `2 h of waiting`."""
    if kind == "loop":
        return tr("{time} of rework", time=time)
    return tr("{time} of waiting", time=time)


def pair_lines(pairs: Iterable[Pair], anchor: str = "") -> tuple[PairLine, ...]:
    """Return a row for each pair of teams; `anchor` is what ids of the rows begin with.

    Without one the rows are of pairs alone, and their handoffs are left out.
    """
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
            tuple(_move_line(*one) for one in pair.handoffs if anchor),
            f"{anchor}-{number}" if anchor else "",
        )
        for number, pair in enumerate(shown, 1)
    )


def longest_wait(pair: Pair) -> Cell:
    """Return how long the longest wait of a pair's handoffs is, with what is not known of it."""
    known = [one for one in pair.handoffs if one.facts.wait is not None]
    if not known:
        return Cell(unknown())
    longest = max(known, key=lambda one: one.facts.wait or 0.0)
    text = format_hours(longest.facts.wait, longest.stream.calendar)
    if pair.unknown:
        text = bound_text(text, most=False)
    return Cell(text, f"{longest.facts.wait:g}")


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
        owner = facts.owner
        if owner is None and facts.step is not None:
            owner = stream.step(facts.step).owner
        href = _map_href(stream, f"#improvement-{facts.id}")
        changes = tuple(
            change_text(stream.step(step).title, field, value)
            for step, field, value in facts.changes
        )
        rows.append(
            ImprovementLine(
                Place(facts.title, href), facts.status, status_word(facts.status),
                stream_place(stream),
                stream.step(facts.step).title if facts.step else "", team_place(owner), changes,
                promise_cell(facts.promise, stream.calendar, is_open=facts.status in OPEN),
                dates_text(facts.started, facts.ended),
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
        parts.append(signed(sign, format_hours(abs(promise.hours), calendar)))
    elif promise.hours is not None:
        parts.append(tr("no lead time"))
    if promise.quality:
        sign = "+" if promise.quality > 0 else MINUS
        points = signed(sign, format_points(promise.quality))
        parts.append(tr("{points} of rolled %C&A", points=points))
    return Cell(
        ", ".join(parts) or unknown(), "" if promise.hours is None else f"{promise.hours:g}"
    )


def often(share: float) -> str:
    """Return how many items come by, where that is not all of them."""
    return "" if share >= 1 - 1e-9 else tr("{share} of items", share=format_percent(share))


def hours_cell(hours: float | None, calendar: Calendar) -> Cell:
    """Return a time and what it is sorted by."""
    return Cell(format_hours(hours, calendar), "" if hours is None else f"{hours:g}")


def share_cell(share: float | None) -> Cell:
    """Return a share and what it is sorted by."""
    return Cell(format_percent(share), "" if share is None else f"{share:g}")


def at_least(time: str) -> str:
    """Return a sum that something unknown is left out of."""
    return tr("≥ {time}", time=time)


def steps_text(number: int) -> str:
    """Return `1 step` or `4 steps`."""
    return tr_n("{n} step", "{n} steps", number, n=format_count(number))


def streams_text(number: int) -> str:
    """Return `1 stream` or `4 streams`."""
    return tr_n("{n} stream", "{n} streams", number, n=format_count(number))


def handoffs_count(number: int) -> str:
    """Return `1 handoff` or `4 handoffs`."""
    return tr_n("{n} handoff", "{n} handoffs", number, n=format_count(number))


def places_text(number: int) -> str:
    """Return `1 place` or `4 places`."""
    return tr_n("{n} place", "{n} places", number, n=format_count(number))


def ideas_note(number: int) -> str:
    """Return `and 1 idea` or `and 4 ideas`."""
    return tr_n("and {n} idea", "and {n} ideas", number, n=format_count(number))


def more_waits_text(number: int) -> str:
    """Say that there are more waits than a list has; nothing where there are none."""
    if number <= 0:
        return ""
    return tr_n(
        "{n} more wait costs less than these.",
        "{n} more waits cost less than these.",
        number,
        n=format_count(number),
    )
