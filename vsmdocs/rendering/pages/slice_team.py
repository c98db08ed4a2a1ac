"""A team's page, and the page of all teams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vsmdocs.analysis.promises import OPEN
from vsmdocs.analysis.slices import StreamFacts
from vsmdocs.analysis.teams import OrganisationFacts, TeamFacts
from vsmdocs.language import tr, tr_n, tr_parts
from vsmdocs.rendering.pages.figures import Figure
from vsmdocs.rendering.pages.slice_rows import (
    ImprovementLine,
    LossLine,
    PairLine,
    Place,
    StateLine,
    StepLine,
    calendar_note,
    ideas_note,
    improvement_lines,
    loss_lines,
    loss_place,
    more_waits_text,
    pair_lines,
    places_text,
    state_lines,
    step_lines,
    stream_place,
    streams_text,
    team_place,
)
from vsmdocs.rendering.pages.stream_view import Cell
from vsmdocs.rendering.quantities import format_count, format_hours, unknown

MOST_WAITS = 12


class Piece(NamedTuple):
    """A piece of a sentence; `strong` for the name of a place, with where it leads."""

    text: str
    strong: bool = False
    href: str = ""


class SliceAnswer(NamedTuple):
    """The headline of a page that joins streams."""

    kind: str
    """`wait`, `loop` or `none`, which colours it."""
    question: str
    pieces: tuple[Piece, ...]
    then: tuple[str, ...]
    """What follows from it, a sentence each."""

    @property
    def sentence(self) -> str:
        """All of it as plain text."""
        return "".join(piece.text for piece in self.pieces)


class StaleLine(NamedTuple):
    """One step with numbers that are too old, or one map that is due for review."""

    place: Place
    stream: Place
    what: str
    why: str


class TeamView(NamedTuple):
    """A team's page."""

    name: str
    answers_for: tuple[Place, ...]
    answer: SliceAnswer
    figures: tuple[Figure, ...]
    waits: tuple[LossLine, ...]
    more_waits: str
    """How many cost less than these."""
    idle: tuple[str, ...]
    """Steps where work waits without lengthening the lead time, or nobody knows what it costs."""
    steps: tuple[StepLine, ...]
    taken: tuple[PairLine, ...]
    given: tuple[PairLine, ...]
    improvements: tuple[ImprovementLine, ...]
    stale: tuple[StaleLine, ...]
    aged: bool
    """Whether it is known how old its numbers are."""
    elsewhere: tuple[StateLine, ...]
    notes: str
    """What is counted, and on which calendar."""


class TeamRow(NamedTuple):
    """One team in the list of all."""

    team: Place
    streams: int
    steps: int
    worst: Place
    worst_stream: str
    gain: Cell
    taken: int
    given: int
    improvements: int
    stale: Cell


class TeamsView(NamedTuple):
    """The page of all teams."""

    rows: tuple[TeamRow, ...]
    summary: str
    nobody: tuple[Place, ...]
    """Streams with steps that name no owner."""
    nobody_text: str
    notes: str


def joined(parts: Iterable[str | Piece]) -> tuple[Piece, ...]:
    """Return a sentence of which some pieces lead somewhere."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts)


def notes_text(streams: Sequence[StreamFacts]) -> str:
    """Say what is counted on a page, and on which calendar."""
    counts = tr("Counted over the current state of every stream.")
    return f"{counts} {calendar_note(streams)}" if streams else counts


def team_view(team: TeamFacts) -> TeamView:
    """Bring a team into words."""
    idle = [loss for loss in team.waits if not loss.facts.gain]
    steps = step_lines(team.steps)
    return TeamView(
        name=team.name,
        answers_for=tuple(stream_place(stream) for stream in team.answers_for),
        answer=_answer(team),
        figures=_figures(team),
        waits=loss_lines(team.waits)[:MOST_WAITS],
        more_waits=_more(team),
        idle=tuple(
            tr("{place} ({stream})", place=loss_place(loss).name, stream=loss.stream.title)
            for loss in idle
        ),
        steps=steps,
        taken=pair_lines(team.taken, "from"),
        given=pair_lines(team.given, "to"),
        improvements=improvement_lines(
            # What can still be done comes first.
            sorted(team.improvements, key=lambda one: one.facts.status not in OPEN)
        ),
        stale=_stale(team, steps),
        aged=not team.steps or any(step.stream.aged for step in team.steps),
        elsewhere=state_lines(team.elsewhere),
        notes=notes_text(team.streams),
    )


def _more(team: TeamFacts) -> str:
    return more_waits_text(sum(bool(loss.facts.gain) for loss in team.waits) - MOST_WAITS)


def _stale(team: TeamFacts, steps: Iterable[StepLine]) -> tuple[StaleLine, ...]:
    """Return the team's steps whose numbers are too old."""
    return tuple(
        StaleLine(row.step, row.stream, row.stale, "; ".join(dict.fromkeys(whys)))
        for step, row in zip(team.steps, steps, strict=True)
        if (whys := [why for _, why in step.facts.stale])
    )


def _answer(team: TeamFacts) -> SliceAnswer:
    question = tr("Where does work wait for this team?")
    then = []
    if team.taken:
        then.append(
            tr(
                "It takes work over from {teams}, in {places}.",
                teams=_other_teams(len({pair.giver for pair in team.taken})),
                places=places_text(sum(len(pair.handoffs) for pair in team.taken)),
            )
        )
    if team.given:
        then.append(
            tr(
                "It hands it on to {teams}, in {places}.",
                teams=_other_teams(len({pair.taker for pair in team.given})),
                places=places_text(sum(len(pair.handoffs) for pair in team.given)),
            )
        )
    dear = [loss for loss in team.waits if loss.facts.gain]
    if not team.steps:
        text = tr("No step of a current state is this team's.")
        return SliceAnswer("none", question, (Piece(text),), tuple(then))
    if not dear:
        untold = sum(step.facts.wait is None for step in team.steps)
        text = tr("Nowhere that lengthens a lead time, as far as is known.")
        if untold:
            then.append(
                tr_n(
                    "The waits of {n} step are unknown.",
                    "The waits of {n} steps are unknown.",
                    untold,
                    n=format_count(untold),
                )
            )
        return SliceAnswer("none", question, (Piece(text),), tuple(then))
    worst = dear[0]
    place, stream = loss_place(worst), stream_place(worst.stream)
    hours = format_hours(worst.facts.hours, worst.stream.calendar)
    gain = format_hours(worst.facts.gain, worst.stream.calendar)
    parts = tr_parts(
        "Longest at {place}: {time}, in {stream}.",
        place=Piece(place.name, True, place.href),
        time=Piece(hours),
        stream=Piece(stream.name, False, stream.href),
    )
    if hours != gain:
        sooner = tr("Without that wait an item would arrive {time} sooner on average.", time=gain)
        then.insert(0, sooner)
    return SliceAnswer("wait", question, joined(parts), tuple(then))


def _other_teams(number: int) -> str:
    return tr_n("{n} other team", "{n} other teams", number, n=format_count(number))


def _figures(team: TeamFacts) -> tuple[Figure, ...]:
    taken = sum(len(pair.handoffs) for pair in team.taken)
    given = sum(len(pair.handoffs) for pair in team.given)
    trials = sum(one.facts.status == "trial" for one in team.improvements)
    ideas = sum(one.facts.status == "idea" for one in team.improvements)
    stale = team.stale
    streams = streams_text(len(team.streams))
    waits = sum(bool(loss.facts.gain) for loss in team.waits)
    givers, takers = len(team.taken), len(team.given)
    return (
        Figure("swimlane", tr("Steps"), format_count(len(team.steps)),
               tr("in {streams}", streams=streams)),
        Figure("stuck", tr("Waits"), format_count(waits), tr("that lengthen a lead time")),
        Figure("handoff", tr("Handoffs in"), format_count(taken),
               tr_n("from {n} team", "from {n} teams", givers, n=format_count(givers))
               if givers else ""),
        Figure("handoff", tr("Handoffs out"), format_count(given),
               tr_n("to {n} team", "to {n} teams", takers, n=format_count(takers))
               if takers else ""),
        Figure("kaizen-burst", tr("Improvements tried"), format_count(trials), ideas_note(ideas)),
        Figure("evidence", tr("Stale numbers"), format_count(stale),
               "" if stale is not None else tr("no history to tell their age")),
    )  # fmt: skip


def teams_view(facts: OrganisationFacts) -> TeamsView:
    """Bring all teams into one list, those with the worst wait first."""
    rows = [_row(team) for team in facts.teams]
    rows.sort(key=lambda row: -float(row.gain.sort or -1))
    nobody = [s for s in facts.streams if any(step.owner is None for step in s.steps)]
    steps = sum(step.owner is None for stream in nobody for step in stream.steps)
    teams = len(facts.teams)
    summary = (
        tr_n(
            "{n} team is named in {streams}.",
            "{n} teams are named in {streams}.",
            teams,
            n=format_count(teams),
            streams=streams_text(_all(facts)),
        )
        if teams
        else tr("No map names an owner yet.")
    )
    nobody_text = ""
    if steps:
        nobody_text = tr_n(
            "{n} step names no owner", "{n} steps name no owner", steps, n=format_count(steps)
        )
    return TeamsView(
        tuple(rows),
        summary,
        tuple(stream_place(stream) for stream in nobody),
        nobody_text,
        notes_text(facts.streams),
    )


def _all(facts: OrganisationFacts) -> int:
    return len(facts.streams) + len(facts.not_counted)


def _row(team: TeamFacts) -> TeamRow:
    worst = next((loss for loss in team.waits if loss.facts.gain), None)
    gain = Cell("")
    if worst is not None:
        text = format_hours(worst.facts.gain, worst.stream.calendar)
        gain = Cell(text, f"{worst.facts.gain:g}")
    elif any(step.facts.wait is None for step in team.steps):
        gain = Cell(unknown())
    return TeamRow(
        team_place(team.name),
        len(team.streams),
        len(team.steps),
        loss_place(worst) if worst else Place(""),
        worst.stream.title if worst else "",
        gain,
        sum(len(pair.handoffs) for pair in team.taken),
        sum(len(pair.handoffs) for pair in team.given),
        team.open_improvements,
        _stale_cell(team),
    )


def _stale_cell(team: TeamFacts) -> Cell:
    if not team.steps:
        return Cell("")
    return Cell(format_count(team.stale), "" if team.stale is None else str(team.stale))
