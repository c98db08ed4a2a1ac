"""A team's page, and the page of all teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vsmdocs.analysis.promises import OPEN
from vsmdocs.analysis.teams import OrganisationFacts, TeamFacts
from vsmdocs.rendering.pages.figures import Figure
from vsmdocs.rendering.pages.slice_rows import (
    ImprovementLine,
    LossLine,
    PairLine,
    Place,
    StateLine,
    StepLine,
    calendar_note,
    counted,
    improvement_lines,
    loss_lines,
    loss_place,
    pair_lines,
    state_lines,
    step_lines,
    stream_place,
    team_place,
)
from vsmdocs.rendering.pages.stream_view import Cell
from vsmdocs.rendering.quantities import UNKNOWN, format_count, format_hours

COUNTS = "Counted over the current state of every stream."
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
        idle=tuple(f"{loss_place(loss).name} ({loss.stream.title})" for loss in idle),
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
        notes=" ".join((COUNTS, calendar_note(team.streams))) if team.streams else COUNTS,
    )


def _more(team: TeamFacts) -> str:
    more = sum(bool(loss.facts.gain) for loss in team.waits) - MOST_WAITS
    if more <= 0:
        return ""
    return f"{counted(more, 'more wait')} {'costs' if more == 1 else 'cost'} less than these."


def _stale(team: TeamFacts, steps: Iterable[StepLine]) -> tuple[StaleLine, ...]:
    """Return the team's steps whose numbers are too old."""
    return tuple(
        StaleLine(row.step, row.stream, row.stale, "; ".join(dict.fromkeys(whys)))
        for step, row in zip(team.steps, steps, strict=True)
        if (whys := [why for _, why in step.facts.stale])
    )


def _answer(team: TeamFacts) -> SliceAnswer:
    question = "Where does work wait for this team?"
    then = []
    moves = [("takes work over from", team.taken, "giver"), ("hands it on to", team.given, "taker")]
    for verb, pairs, end in moves:
        if pairs:
            others = counted(len({getattr(pair, end) for pair in pairs}), "other team")
            times = counted(sum(len(pair.handoffs) for pair in pairs), "place")
            then.append(f"It {verb} {others}, in {times}.")
    dear = [loss for loss in team.waits if loss.facts.gain]
    if not team.steps:
        text = "No step of a current state is this team's."
        return SliceAnswer("none", question, (Piece(text),), tuple(then))
    if not dear:
        unknown = sum(step.facts.wait is None for step in team.steps)
        text = "Nowhere that lengthens a lead time, as far as is known."
        if unknown:
            then.append(f"The waits of {counted(unknown, 'step')} are unknown.")
        return SliceAnswer("none", question, (Piece(text),), tuple(then))
    worst = dear[0]
    place, stream = loss_place(worst), stream_place(worst.stream)
    hours = format_hours(worst.facts.hours, worst.stream.calendar)
    gain = format_hours(worst.facts.gain, worst.stream.calendar)
    pieces = (
        Piece("Longest at "), Piece(place.name, True, place.href), Piece(f": {hours}, in "),
        Piece(stream.name, False, stream.href), Piece("."),
    )  # fmt: skip
    if hours != gain:
        then.insert(0, f"Without that wait an item would arrive {gain} sooner on average.")
    return SliceAnswer("wait", question, pieces, tuple(then))


def _figures(team: TeamFacts) -> tuple[Figure, ...]:
    taken = sum(len(pair.handoffs) for pair in team.taken)
    given = sum(len(pair.handoffs) for pair in team.given)
    trials = sum(one.facts.status == "trial" for one in team.improvements)
    ideas = sum(one.facts.status == "idea" for one in team.improvements)
    stale = team.stale
    streams = counted(len(team.streams), "stream")
    waits = sum(bool(loss.facts.gain) for loss in team.waits)
    return (
        Figure("swimlane", "Steps", format_count(len(team.steps)), f"in {streams}"),
        Figure("stuck", "Waits", format_count(waits), "that lengthen a lead time"),
        Figure("handoff", "Handoffs in", format_count(taken), _teams(len(team.taken), "from")),
        Figure("handoff", "Handoffs out", format_count(given), _teams(len(team.given), "to")),
        Figure("kaizen-burst", "Improvements tried", format_count(trials),
               f"and {counted(ideas, 'idea')}"),
        Figure("evidence", "Stale numbers", format_count(stale),
               "" if stale is not None else "no history to tell their age"),
    )  # fmt: skip


def _teams(count: int, preposition: str) -> str:
    return f"{preposition} {counted(count, 'team')}" if count else ""


def teams_view(facts: OrganisationFacts) -> TeamsView:
    """Bring all teams into one list, those with the worst wait first."""
    rows = [_row(team) for team in facts.teams]
    rows.sort(key=lambda row: -float(row.gain.sort or -1))
    nobody = [s for s in facts.streams if any(step.owner is None for step in s.steps)]
    steps = sum(step.owner is None for stream in nobody for step in stream.steps)
    are = "is" if len(facts.teams) == 1 else "are"
    summary = (
        f"{counted(len(facts.teams), 'team')} {are} named in {counted(_all(facts), 'stream')}."
        if facts.teams
        else "No map names an owner yet."
    )
    who = "names no owner" if steps == 1 else "name no owner"
    return TeamsView(
        tuple(rows),
        summary,
        tuple(stream_place(stream) for stream in nobody),
        f"{counted(steps, 'step')} {who}" if steps else "",
        " ".join((COUNTS, calendar_note(facts.streams))) if facts.streams else COUNTS,
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
        gain = Cell(UNKNOWN)
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
