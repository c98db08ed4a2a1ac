"""The organisation's page: all streams joined, the answer first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsmdocs.analysis.slices import CourseFacts, StreamFacts
from vsmdocs.analysis.teams import OrganisationFacts, SliceFacts
from vsmdocs.language import mark, tr, tr_n, tr_parts
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.matrix import Matrix
from vsmdocs.rendering.pages.figures import Figure
from vsmdocs.rendering.pages.slice_addresses import system_href, tag_href
from vsmdocs.rendering.pages.slice_handoffs import handoffs_matrix, handoffs_text
from vsmdocs.rendering.pages.slice_plans import (
    PromiseRow,
    StaleRow,
    age_text,
    improved_text,
    promise_rows,
    stale_rows,
    unfinished,
)
from vsmdocs.rendering.pages.slice_rows import (
    ImprovementLine,
    LossLine,
    PairLine,
    Place,
    at_least,
    common_calendar,
    ideas_note,
    improvement_lines,
    loss_lines,
    loss_place,
    lost_text,
    more_waits_text,
    pair_lines,
    steps_text,
    stream_place,
    streams_text,
)
from vsmdocs.rendering.pages.slice_tag import StreamLine, stream_line
from vsmdocs.rendering.pages.slice_team import Piece, SliceAnswer, joined, notes_text
from vsmdocs.rendering.quantities import format_count, format_hours, unknown

MOST_WAITS = 10
MOST_PAIRS = 12
"""Rows of the table of handoffs that are seen at first."""
MOST_IMPROVEMENTS = 12
_LATER = mark("not in a current state")
_TONES = {
    "better": mark("better"),
    "worse": mark("worse"),
    "same": mark("unchanged"),
    None: mark("some of it is unknown"),
}


class Bearer(NamedTuple):
    """A tag or a system, and how much bears it."""

    place: Place
    amount: str


class OrganisationView(NamedTuple):
    """The page of the organisation."""

    answer: SliceAnswer
    banner: str
    figures: tuple[Figure, ...]
    waits: tuple[LossLine, ...]
    more_waits: str
    matrix: Matrix | None
    pairs: tuple[PairLine, ...]
    more_pairs: tuple[PairLine, ...]
    handoffs: str
    """What is to be seen there, in a sentence."""
    left_out: str
    """That some teams are not in the picture."""
    improvements: tuple[ImprovementLine, ...]
    more_improvements: tuple[ImprovementLine, ...]
    promises: tuple[PromiseRow, ...]
    improved: str
    stale: tuple[StaleRow, ...]
    fresh: str
    streams: tuple[StreamLine, ...]
    not_counted: tuple[Place, ...]
    tags: tuple[Bearer, ...]
    systems: tuple[Bearer, ...]
    notes: str


def organisation_view(facts: OrganisationFacts, errors: int = 0) -> OrganisationView:
    """Bring all streams into words; `errors` is how many files cannot be read."""
    waits = loss_lines(facts.waits[:MOST_WAITS])
    pairs = pair_lines(facts.pairs)
    improvements = improvement_lines(unfinished(facts))
    matrix, left_out = handoffs_matrix(facts)
    banner = ""
    if errors:
        banner = tr_n(
            "{n} file has errors: what it says now is not counted here.",
            "{n} files have errors: what they say now is not counted here.",
            errors,
            n=format_count(errors),
        )
    return OrganisationView(
        answer=_answer(facts),
        banner=banner,
        figures=_figures(facts),
        waits=waits,
        more_waits=_more_waits(facts, len(waits)),
        matrix=matrix,
        pairs=pairs[:MOST_PAIRS],
        more_pairs=pairs[MOST_PAIRS:],
        handoffs=handoffs_text(facts),
        left_out=left_out,
        improvements=improvements[:MOST_IMPROVEMENTS],
        more_improvements=improvements[MOST_IMPROVEMENTS:],
        promises=promise_rows(facts.streams),
        improved=improved_text(facts),
        stale=stale_rows(facts.streams),
        fresh=age_text(facts.streams),
        streams=tuple(stream_line(stream) for stream in facts.streams),
        not_counted=tuple(stream_place(stream) for stream in facts.not_counted),
        tags=tuple(_tag(tag) for tag in facts.tags),
        systems=tuple(_system(system) for system in facts.systems),
        notes=notes_text(facts.streams),
    )


def _answer(facts: OrganisationFacts) -> SliceAnswer:
    question = tr("Where is most time lost, and is it getting better?")
    worst = next((loss for loss in facts.losses if loss.facts.gain), None)
    courses = _courses(facts.streams)
    if worst is None:
        text = tr("Nothing that is known waits or comes back, in any stream.")
        return SliceAnswer("none", question, (Piece(text),), courses)
    place, stream = loss_place(worst), stream_place(worst.stream)
    gain = format_hours(worst.facts.gain, worst.stream.calendar)
    parts = tr_parts(
        "Most of all in {place}: {time} for each item on average, in {stream}.",
        place=Piece(place.name, True, place.href),
        time=Piece(lost_text(worst.facts.kind, gain)),
        stream=Piece(stream.name, False, stream.href),
    )
    return SliceAnswer(worst.facts.kind, question, joined(parts), courses)


def _courses(streams: Sequence[StreamFacts]) -> tuple[str, ...]:
    """Say whether lead times got shorter since streams were first mapped."""
    told = [stream.course for stream in streams if stream.course is not None]
    if not told:
        return (tr("Whether it is getting better is unknown: no stream has a second version yet."),)
    if len(streams) == 1 and told[0].now is not None:
        return (_course(told[0], streams[0].calendar),)
    number = {key: sum(one.direction == key for one in told) for key in ("better", "worse", "same")}
    rest = len(told) - sum(number.values())
    parts = [
        _faster(number["better"]),
        _slower(number["worse"]),
        _unchanged(number["same"]),
        _untold(rest),
    ]
    text = tr(
        "Of {streams} with a past, since first mapped: {courses}.",
        streams=streams_text(len(told)),
        courses=", ".join(part for part in parts if part),
    )
    return (text,)


def _course(course: CourseFacts, calendar: Calendar) -> str:
    first, now = (format_hours(value, calendar) for value in (course.first, course.now))
    tone = tr(_TONES[course.direction])
    if course.first_on is None:
        return tr("The lead time was {first} and is {now} now: {tone}.",
                  first=first, now=now, tone=tone)  # fmt: skip
    return tr("The lead time was {first} on {date} and is {now} now: {tone}.",
              first=first, date=str(course.first_on), now=now, tone=tone)  # fmt: skip


def _faster(number: int) -> str:
    if not number:
        return tr("none got faster")
    return tr_n("{n} got faster", "{n} got faster", number, n=format_count(number))


def _slower(number: int) -> str:
    if not number:
        return tr("none slower")
    return tr_n("{n} slower", "{n} slower", number, n=format_count(number))


def _unchanged(number: int) -> str:
    if not number:
        return ""
    return tr_n("{n} stayed as it was", "{n} stayed as it was", number, n=format_count(number))


def _untold(number: int) -> str:
    if not number:
        return ""
    return tr_n("of {n} it is unknown", "of {n} it is unknown", number, n=format_count(number))


def _figures(facts: OrganisationFacts) -> tuple[Figure, ...]:
    streams = facts.streams
    known = [stream.wait_time for stream in streams if stream.wait_time is not None]
    missing = len(streams) - len(known)
    waiting = unknown()
    if known:
        waiting = format_hours(sum(known), common_calendar(streams))
        waiting = at_least(waiting) if missing else waiting
    note = tr("one item through each stream")
    if missing:
        note = tr("unknown in {streams}", streams=streams_text(missing))
    improvements = [one for stream in streams for one in stream.improvements]
    trials = sum(one.status == "trial" for one in improvements)
    ideas = sum(one.status == "idea" for one in improvements)
    moves = sum(stream.moves for stream in streams)
    teams = sum(bool(team.steps) for team in facts.teams)
    steps = sum(len(stream.steps) for stream in streams)
    aged = [stream for stream in streams if stream.aged]
    stale = sum(len(step.stale) for stream in aged for step in stream.steps)
    return (
        Figure("current-state", tr("Streams"), format_count(len(streams)), steps_text(steps)),
        Figure("swimlane", tr("Teams"), format_count(teams), tr("that have a step")),
        Figure("wait-time", tr("Waiting, added up"), waiting, note),
        Figure("handoff", tr("Handoffs"), format_count(facts.handoffs),
               tr_n("of {n} move", "of {n} moves", moves, n=format_count(moves))),
        Figure("kaizen-burst", tr("Improvements tried"), format_count(trials), ideas_note(ideas)),
        Figure("evidence", tr("Stale numbers"), format_count(stale if aged else None),
               "" if aged else tr("no history to tell their age")),
    )  # fmt: skip


def _more_waits(facts: OrganisationFacts, shown: int) -> str:
    more = sum(bool(loss.facts.gain) for loss in facts.waits) - shown
    unknown_waits = sum(
        step.wait is None for stream in facts.streams for step in stream.steps
    ) + sum(loss.facts.gain is None for loss in facts.waits)
    parts = [more_waits_text(more)]
    if unknown_waits:
        parts.append(
            tr_n(
                "What {n} other wait would cost is unknown.",
                "What {n} other waits would cost is unknown.",
                unknown_waits,
                n=format_count(unknown_waits),
            )
        )
    return " ".join(filter(None, parts))


def _tag(tag: SliceFacts) -> Bearer:
    count = streams_text(len(tag.streams)) if tag.streams else tr(_LATER)
    return Bearer(Place(tag.name, tag_href(tag.name)), count)


def _system(system: SliceFacts) -> Bearer:
    count = steps_text(len(system.steps)) if system.steps else tr(_LATER)
    return Bearer(Place(system.name, system_href(system.name)), count)
