"""The organisation's page: all streams joined, the answer first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsmdocs.analysis.slices import StreamFacts
from vsmdocs.analysis.teams import OrganisationFacts, SliceFacts
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
    calendar_note,
    common_calendar,
    counted,
    improvement_lines,
    loss_lines,
    loss_place,
    pair_lines,
    stream_place,
)
from vsmdocs.rendering.pages.slice_tag import StreamLine, stream_line
from vsmdocs.rendering.pages.slice_team import COUNTS, Piece, SliceAnswer
from vsmdocs.rendering.quantities import UNKNOWN, format_count, format_hours

MOST_WAITS = 10
MOST_PAIRS = 12
"""Rows of the table of handoffs that are seen at first."""
MOST_IMPROVEMENTS = 12
_LATER = "not in a current state"


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
        it = "it says" if errors == 1 else "they say"
        has = counted(errors, "file has", "files have")
        banner = f"{has} errors: what {it} now is not counted here."
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
        notes=" ".join((COUNTS, calendar_note(facts.streams))) if facts.streams else COUNTS,
    )


def _answer(facts: OrganisationFacts) -> SliceAnswer:
    question = "Where is most time lost, and is it getting better?"
    worst = next((loss for loss in facts.losses if loss.facts.gain), None)
    courses = _courses(facts.streams)
    if worst is None:
        text = "Nothing that is known waits or comes back, in any stream."
        return SliceAnswer("none", question, (Piece(text),), courses)
    place, stream = loss_place(worst), stream_place(worst.stream)
    gain = format_hours(worst.facts.gain, worst.stream.calendar)
    what = "rework" if worst.facts.kind == "loop" else "waiting"
    pieces = (
        Piece("Most of all in "), Piece(place.name, True, place.href),
        Piece(f": {gain} of {what} for each item on average, in "),
        Piece(stream.name, False, stream.href), Piece("."),
    )  # fmt: skip
    return SliceAnswer(worst.facts.kind, question, pieces, courses)


def _courses(streams: Sequence[StreamFacts]) -> tuple[str, ...]:
    """Say whether lead times got shorter since streams were first mapped."""
    told = [stream.course for stream in streams if stream.course is not None]
    if not told:
        return ("Whether it is getting better is unknown: no stream has a second version yet.",)
    if len(streams) == 1 and told[0].now is not None:
        course, calendar = told[0], streams[0].calendar
        first, now = (format_hours(value, calendar) for value in (course.first, course.now))
        since = f" on {course.first_on}" if course.first_on else ""
        return (f"The lead time was {first}{since} and is {now} now: {_tone(course.direction)}.",)
    number = {key: sum(one.direction == key for one in told) for key in ("better", "worse", "same")}
    rest = len(told) - sum(number.values())
    parts = [
        f"{number['better'] or 'none'} got faster",
        f"{number['worse'] or 'none'} slower",
        f"{number['same']:,} stayed as it was" if number["same"] else "",
        f"of {rest:,} it is unknown" if rest else "",
    ]
    some = counted(len(told), "stream")
    said = ", ".join(part for part in parts if part)
    return (f"Of {some} with a past, since first mapped: {said}.",)


def _tone(direction: str | None) -> str:
    return {"same": "unchanged", None: "some of it is unknown"}.get(direction, direction or "")


def _figures(facts: OrganisationFacts) -> tuple[Figure, ...]:
    streams = facts.streams
    known = [stream.wait_time for stream in streams if stream.wait_time is not None]
    missing = len(streams) - len(known)
    waiting = UNKNOWN
    if known:
        waiting = format_hours(sum(known), common_calendar(streams))
        waiting = f"≥ {waiting}" if missing else waiting
    note = "one item through each stream"
    if missing:
        note = f"unknown in {counted(missing, 'stream')}"
    improvements = [one for stream in streams for one in stream.improvements]
    trials = sum(one.status == "trial" for one in improvements)
    ideas = sum(one.status == "idea" for one in improvements)
    moves = sum(stream.moves for stream in streams)
    teams = sum(bool(team.steps) for team in facts.teams)
    steps = sum(len(stream.steps) for stream in streams)
    aged = [stream for stream in streams if stream.aged]
    stale = sum(len(step.stale) for stream in aged for step in stream.steps)
    return (
        Figure("current-state", "Streams", format_count(len(streams)), counted(steps, "step")),
        Figure("swimlane", "Teams", format_count(teams), "that have a step"),
        Figure("wait-time", "Waiting, added up", waiting, note),
        Figure("handoff", "Handoffs", format_count(facts.handoffs),
               f"of {counted(moves, 'move')}"),
        Figure("kaizen-burst", "Improvements tried", format_count(trials),
               f"and {counted(ideas, 'idea')}"),
        Figure("evidence", "Stale numbers", format_count(stale) if aged else UNKNOWN,
               "" if aged else "no history to tell their age"),
    )  # fmt: skip


def _more_waits(facts: OrganisationFacts, shown: int) -> str:
    more = sum(bool(loss.facts.gain) for loss in facts.waits) - shown
    unknown = sum(step.wait is None for stream in facts.streams for step in stream.steps) + sum(
        loss.facts.gain is None for loss in facts.waits
    )
    parts = []
    if more > 0:
        costs = "costs" if more == 1 else "cost"
        parts.append(f"{counted(more, 'more wait')} {costs} less than these.")
    if unknown:
        parts.append(f"What {counted(unknown, 'other wait')} would cost is unknown.")
    return " ".join(parts)


def _tag(tag: SliceFacts) -> Bearer:
    count = counted(len(tag.streams), "stream") if tag.streams else _LATER
    return Bearer(Place(tag.name, tag_href(tag.name)), count)


def _system(system: SliceFacts) -> Bearer:
    count = counted(len(system.steps), "step") if system.steps else _LATER
    return Bearer(Place(system.name, system_href(system.name)), count)
