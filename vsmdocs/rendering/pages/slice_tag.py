"""The page of a tag, and that of a system."""

from __future__ import annotations

from typing import NamedTuple

from vsmdocs.analysis.slices import StreamFacts
from vsmdocs.analysis.teams import Loss, SliceFacts
from vsmdocs.language import isolated, tr, tr_n, tr_parts
from vsmdocs.rendering.pages.slice_rows import (
    LossLine,
    Place,
    StateLine,
    StepLine,
    at_least,
    hours_cell,
    loss_lines,
    loss_place,
    lost_text,
    share_cell,
    state_lines,
    step_lines,
    stream_place,
    streams_text,
    team_place,
)
from vsmdocs.rendering.pages.slice_team import Piece, SliceAnswer, joined, notes_text
from vsmdocs.rendering.pages.stream_view import Cell
from vsmdocs.rendering.quantities import format_count, format_hours


class StreamLine(NamedTuple):
    """One stream among many."""

    stream: Place
    team: Place
    """Who answers for it."""
    demand: str
    lead: Cell
    ratio: Cell
    quality: Cell
    worst: Place
    worst_text: str
    worst_gain: str
    """What it is sorted by."""
    note: str
    """What a reader has to know first, such as that this is an older version."""


class SliceView(NamedTuple):
    """The page of a tag or a system."""

    kind: str
    """`tag` or `system`."""
    name: str
    answer: SliceAnswer
    streams: tuple[StreamLine, ...]
    waits: tuple[LossLine, ...]
    steps: tuple[StepLine, ...]
    elsewhere: tuple[StateLine, ...]
    notes: str


def stream_line(stream: StreamFacts) -> StreamLine:
    """Return a stream's row."""
    worst = next((loss for loss in stream.losses if loss.gain), None)
    lead = hours_cell(stream.lead_time, stream.calendar)
    if stream.left_out:
        lead = Cell(at_least(lead.text), lead.sort)
    text = format_hours(worst.gain, stream.calendar) if worst else ""
    return StreamLine(
        stream_place(stream),
        team_place(stream.owner),
        isolated(stream.demand) if stream.demand else "",
        lead,
        share_cell(stream.activity_ratio),
        share_cell(stream.complete_accurate),
        loss_place(Loss(stream, worst)) if worst else Place(""),
        lost_text(worst.kind, text) if worst else "",
        f"{worst.gain:g}" if worst else "",
        stream.note,
    )


def tag_view(tag: SliceFacts) -> SliceView:
    """Bring the streams that bear a tag into words."""
    losses = [Loss(stream, loss) for stream in tag.streams for loss in stream.losses]
    count = len(tag.streams)
    then = tr_n(
        "{n} stream has this tag.", "{n} streams have this tag.", count, n=format_count(count)
    )
    return SliceView(
        "tag",
        tag.name,
        _answer(tr("Where do streams with this tag lose most time?"), losses, then),
        tuple(stream_line(stream) for stream in tag.streams),
        loss_lines(_worst([loss for loss in losses if loss.facts.kind == "wait"])),
        (),
        state_lines(tag.elsewhere),
        notes_text(tag.streams),
    )


def system_view(system: SliceFacts) -> SliceView:
    """Bring the steps that run on a system into words."""
    streams = tuple({step.stream.stream: step.stream for step in system.steps}.values())
    on = {(step.stream.stream, step.facts.id) for step in system.steps}
    waits = [
        Loss(stream, loss)
        for stream in streams
        for loss in stream.waits
        if loss.to is None and (stream.stream, loss.step) in on
    ]
    then = tr_n(
        "{n} step in {streams} runs on it.",
        "{n} steps in {streams} run on it.",
        len(system.steps),
        n=format_count(len(system.steps)),
        streams=streams_text(len(streams)),
    )
    return SliceView(
        "system",
        system.name,
        _answer(tr("Where does work wait at steps that run on it?"), waits, then),
        (),
        loss_lines(_worst(waits)),
        step_lines(system.steps),
        state_lines(system.elsewhere),
        notes_text(streams),
    )


def _worst(losses: list[Loss]) -> list[Loss]:
    return sorted(losses, key=lambda loss: -(loss.facts.gain or 0.0))[:10]


def _answer(question: str, losses: list[Loss], then: str) -> SliceAnswer:
    worst = next(iter(_worst(losses)), None)
    if worst is None or not worst.facts.gain:
        text = tr("Nowhere that is known, in a current state.")
        return SliceAnswer("none", question, (Piece(text),), (then,))
    place, stream = loss_place(worst), stream_place(worst.stream)
    gain = format_hours(worst.facts.gain, worst.stream.calendar)
    parts = tr_parts(
        "Most of all in {place}: {time}, in {stream}.",
        place=Piece(place.name, True, place.href),
        time=Piece(lost_text(worst.facts.kind, gain)),
        stream=Piece(stream.name, False, stream.href),
    )
    return SliceAnswer(worst.facts.kind, question, joined(parts), (then,))
