"""What a page of a team or a system shows of one stream: what it has to be made anew for.

Most of an edit is about one team. The pages of the others say the same of the stream as before,
and are taken over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from vsmdocs.analysis.slices import StreamFacts
from vsmdocs.site.manifest import digest


class Shares(NamedTuple):
    """Digests of what is shown of one stream, by the name of the team or system."""

    teams: dict[str, str]
    systems: dict[str, str]


def shares_of(stream: StreamFacts) -> Shares:
    """Return what each page shows of a stream."""
    states = stream.states
    owners = dict.fromkeys(name for state in states for name in state.owners)
    systems = dict.fromkeys(name for state in states for name in state.systems)
    about = (
        stream.stream, stream.title, stream.state, stream.counted, stream.calendar, stream.aged,
    )  # fmt: skip
    return Shares(
        {name: digest(about, *_of_team(stream, name)) for name in owners},
        {name: digest(about, *_of_system(stream, name)) for name in systems},
    )


def _of_team(stream: StreamFacts, name: str) -> tuple[object, ...]:
    own = {step.id for step in stream.steps if step.owner == name}
    waits = [loss for loss in stream.waits if loss.owner == name]
    moves = [one for one in stream.handoffs if name in (one.giver, one.taker)]
    planned = [
        one
        for one in stream.improvements
        if one.owner == name or (one.owner is None and one.step in own)
    ]
    named: set[str | None] = {end for loss in waits for end in (loss.step, loss.to)}
    named |= {end for move in moves for end in (move.source, move.target)}
    named |= {one.step for one in planned}
    named |= {step for one in planned for step, _, _ in one.changes}
    return (
        stream.owner == name,
        [state.name for state in stream.states if name in state.owners],
        _steps(stream, own),
        waits,
        moves,
        planned,
        _names(stream, named),
    )


def _of_system(stream: StreamFacts, name: str) -> tuple[object, ...]:
    on = {step.id for step in stream.steps if name in step.systems}
    return (
        [state.name for state in stream.states if name in state.systems],
        _steps(stream, on),
        [loss for loss in stream.waits if loss.to is None and loss.step in on],
    )


def _steps(stream: StreamFacts, names: Collection[str]) -> list[object]:
    # Where in the flow a step stands is for the page of the organisation alone.
    return [replace(step, place=0.0) for step in stream.steps if step.id in names]


def _names(stream: StreamFacts, steps: Iterable[str | None]) -> list[object]:
    """Return what steps are called that a page names, whoever's they are."""
    named = set(steps)
    return [(step.id, step.title) for step in stream.steps if step.id in named]
