"""What improvements promise, stream by stream, and what of the maps is out of date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsmdocs.analysis.promises import OPEN
from vsmdocs.analysis.slices import StreamFacts
from vsmdocs.analysis.teams import Improvement, OrganisationFacts
from vsmdocs.language import tr, tr_n
from vsmdocs.rendering.pages.slice_rows import (
    Place,
    at_least,
    promise_cell,
    step_place,
    stream_place,
)
from vsmdocs.rendering.quantities import format_count, format_hours, unknown


class PromiseRow(NamedTuple):
    """What the improvements of one stream promise together."""

    stream: Place
    lead: str
    trials: str
    """Promised by trials alone."""
    all_open: str
    """Promised by trials and ideas."""
    told: str
    """How many of them say what they change."""


class StaleRow(NamedTuple):
    """What is out of date in one stream."""

    stream: Place
    mapped: str
    due: str
    numbers: str
    """How many of its numbers are too old."""
    where: tuple[Place, ...]


def unfinished(facts: OrganisationFacts) -> list[Improvement]:
    """Return what is tried, and then ideas: by what each promises, the unknown last."""
    found = [
        Improvement(stream, one)
        for stream in facts.streams
        for one in stream.improvements
        if one.status in OPEN
    ]
    # Trials first, then by what each promises; what says nothing of time comes last.
    found.sort(
        key=lambda one: (
            OPEN.index(one.facts.status),
            one.facts.promise.hours is None,
            -(one.facts.promise.hours or 0.0),
        )
    )
    return found


def promise_rows(streams: Sequence[StreamFacts]) -> tuple[PromiseRow, ...]:
    """Return a row for each stream with something that may still come about."""
    rows = []
    for stream in streams:
        tried = [one for one in stream.improvements if one.status in OPEN]
        if not tried:
            continue
        told = sum(bool(one.changes) for one in tried)
        trials = any(one.status == "trial" for one in tried)
        lead = format_hours(stream.expected, stream.calendar)
        promised = [
            promise_cell(promise, stream.calendar).text if told else unknown()
            for promise in (stream.trials, stream.unfinished)
        ]
        rows.append(
            PromiseRow(
                stream_place(stream),
                at_least(lead) if stream.left_out else lead,
                promised[0] if trials else tr("none"),
                promised[1],
                tr("{n} of {all}", n=format_count(told), all=format_count(len(tried))),
            )
        )
    return tuple(rows)


def improved_text(facts: OrganisationFacts) -> str:
    """Say how many improvements are behind."""
    done = [one.status for stream in facts.streams for one in stream.improvements]
    adopted, rejected = done.count("adopted"), done.count("rejected")
    if not adopted and not rejected:
        return ""
    return tr_n(
        "{n} was adopted, and {rejected} given up.",
        "{n} were adopted, and {rejected} given up.",
        adopted,
        n=format_count(adopted),
        rejected=format_count(rejected),
    )


def stale_rows(streams: Sequence[StreamFacts]) -> tuple[StaleRow, ...]:
    """Return a row for each stream of which something is out of date."""
    rows = []
    for stream in streams:
        old = [step for step in stream.steps if step.stale]
        if not old and stream.due_since is None:
            continue
        numbers = sum(len(step.stale) for step in old)
        rows.append(
            StaleRow(
                stream_place(stream),
                str(stream.mapped_on) if stream.mapped_on else unknown(),
                str(stream.due_since) if stream.due_since else "",
                format_count(numbers if stream.aged else None),
                tuple(step_place(stream, step.id) for step in old),
            )
        )
    return tuple(rows)


def age_text(streams: Sequence[StreamFacts]) -> str:
    """Say what is known of the others."""
    if all(stream.aged for stream in streams):
        return ""
    return tr("How old the numbers are is unknown: that is read from git's history.")
