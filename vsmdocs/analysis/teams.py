"""Many streams joined: by team, by what bears a tag or runs on a system, and altogether.

Everything here is counted over the current states. Hours are added up only where they are
hours of the same thing; ratios are never averaged over streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from vsmdocs.analysis.promises import OPEN
from vsmdocs.analysis.slices import (
    HandoffFacts,
    ImprovementFacts,
    LossFacts,
    StepFacts,
    StreamFacts,
)

_ROUNDS = 20
"""In which teams are put in order: a few are enough, and none take long."""


class Step(NamedTuple):
    """A step and the stream that it is of."""

    stream: StreamFacts
    facts: StepFacts


class Loss(NamedTuple):
    """A wait or loop and the stream that it is of."""

    stream: StreamFacts
    facts: LossFacts


class Handoff(NamedTuple):
    """A handoff and the stream that it is of."""

    stream: StreamFacts
    facts: HandoffFacts


class Improvement(NamedTuple):
    """An improvement and the stream that it is of."""

    stream: StreamFacts
    facts: ImprovementFacts


class Pair(NamedTuple):
    """All handoffs from one team to another."""

    giver: str
    taker: str
    handoffs: tuple[Handoff, ...]

    @property
    def longest(self) -> float | None:
        """The longest wait that is known; None where none is."""
        known = [one.facts.wait for one in self.handoffs if one.facts.wait is not None]
        return max(known, default=None)

    @property
    def unknown(self) -> int:
        """How many of the waits are not known."""
        return sum(one.facts.wait is None for one in self.handoffs)

    @property
    def streams(self) -> tuple[StreamFacts, ...]:
        """The streams in which they are."""
        return tuple({one.stream.stream: one.stream for one in self.handoffs}.values())


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What one team does in all streams, and what waits for it."""

    name: str
    answers_for: tuple[StreamFacts, ...]
    """The streams whose owner it is."""
    steps: tuple[Step, ...]
    waits: tuple[Loss, ...]
    """Work that waits for it: dearest first, those of unknown cost last."""
    taken: tuple[Pair, ...]
    """From other teams, the most frequent first."""
    given: tuple[Pair, ...]
    improvements: tuple[Improvement, ...]
    """Those that it owns, and those at its steps that nobody else owns."""
    elsewhere: tuple[tuple[StreamFacts, str], ...]
    """States besides the current ones that name it."""

    @property
    def streams(self) -> tuple[StreamFacts, ...]:
        """The streams in which it has steps."""
        return tuple({step.stream.stream: step.stream for step in self.steps}.values())

    @property
    def open_improvements(self) -> int:
        """How many are tried or thought of."""
        return sum(one.facts.status in OPEN for one in self.improvements)

    @property
    def stale(self) -> int | None:
        """How many numbers of its steps are too old; None where nobody knows their age."""
        known = [step for step in self.steps if step.stream.aged]
        return sum(len(step.facts.stale) for step in known) if known else None


@dataclass(frozen=True, slots=True)
class SliceFacts:
    """What bears one tag, or runs on one system."""

    name: str
    streams: tuple[StreamFacts, ...]
    """Streams whose current state bears the tag."""
    steps: tuple[Step, ...]
    """Steps that run on the system."""
    elsewhere: tuple[tuple[StreamFacts, str], ...]
    """Other states that bear it."""


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """All streams joined."""

    streams: tuple[StreamFacts, ...]
    """Those with a current state, which are counted."""
    not_counted: tuple[StreamFacts, ...]
    losses: tuple[Loss, ...]
    """Waits and loops anywhere, dearest first."""
    pairs: tuple[Pair, ...]
    """The most frequent first."""
    teams: tuple[TeamFacts, ...]
    """By the name."""
    tags: tuple[SliceFacts, ...]
    systems: tuple[SliceFacts, ...]

    @property
    def waits(self) -> tuple[Loss, ...]:
        """Waits alone, dearest first."""
        return tuple(loss for loss in self.losses if loss.facts.kind == "wait")

    @property
    def handoffs(self) -> int:
        """The sum of the streams' handoffs."""
        return sum(len(pair.handoffs) for pair in self.pairs)

    def along_the_flow(self) -> tuple[str, ...]:
        """Return the teams that hand over, in an order in which most handoffs go forward."""
        handing = {name for pair in self.pairs for name in (pair.giver, pair.taker)}
        places = {
            team.name: fmean(step.facts.place for step in team.steps)
            for team in self.teams
            if team.name in handing
        }
        order = sorted(places, key=lambda name: (places[name], name))
        return tuple(_forward(order, self.pairs))

    def back(self, order: Sequence[str]) -> int:
        """Return how many handoffs go to a team that comes before, in an order of teams."""
        places = {name: index for index, name in enumerate(order)}
        return sum(
            len(pair.handoffs) for pair in self.pairs if places[pair.taker] < places[pair.giver]
        )


def _forward(order: list[str], pairs: Iterable[Pair]) -> list[str]:
    """Move teams, one at a time, to where most of their handoffs go forward.

    Each move leaves fewer handoffs that go back, so that there is an end; to find the very
    fewest would take longer than anyone waits.
    """
    net: dict[tuple[str, str], int] = {}
    for pair in pairs:
        count = len(pair.handoffs)
        net[pair.giver, pair.taker] = net.get((pair.giver, pair.taker), 0) + count
        net[pair.taker, pair.giver] = net.get((pair.taker, pair.giver), 0) - count
    for _ in range(_ROUNDS):
        moved = False
        for name in tuple(order):
            here = order.index(name)
            best, target = 0, here
            for step in (-1, 1):
                gained, there = 0, here + step
                while 0 <= there < len(order):
                    # Going behind another is better by what that one hands over, net.
                    gained += net.get((order[there], name), 0) * step
                    if gained > best:
                        best, target = gained, there
                    there += step
            if target != here:
                order.insert(target, order.pop(here))
                moved = True
        if not moved:
            break
    return order


def join(streams: Iterable[StreamFacts]) -> OrganisationFacts:
    """Join streams, in the order of their names."""
    everything = sorted(streams, key=lambda one: one.stream)
    counted = tuple(one for one in everything if one.counted)
    losses = sorted((Loss(one, loss) for one in counted for loss in one.losses), key=_dearest_first)
    pairs = _pairs(counted)
    return OrganisationFacts(
        counted,
        tuple(one for one in everything if not one.counted),
        tuple(losses),
        pairs,
        _teams(everything, counted, losses, pairs),
        _tags(everything),
        _systems(everything),
    )


def _dearest_first(loss: Loss) -> tuple[bool, float]:
    # Stable: equal ones stay in the order of the streams and of their maps.
    return loss.facts.gain is None, -(loss.facts.gain or 0.0)


def _pairs(streams: Iterable[StreamFacts]) -> tuple[Pair, ...]:
    found: dict[tuple[str, str], list[Handoff]] = {}
    for stream in streams:
        for handoff in stream.handoffs:
            found.setdefault((handoff.giver, handoff.taker), []).append(Handoff(stream, handoff))
    pairs = [Pair(giver, taker, tuple(moves)) for (giver, taker), moves in found.items()]
    pairs.sort(
        key=lambda pair: (-len(pair.handoffs), -(pair.longest or 0.0), pair.giver, pair.taker)
    )
    return tuple(pairs)


def _teams(
    everything: Sequence[StreamFacts],
    counted: Sequence[StreamFacts],
    losses: Iterable[Loss],
    pairs: Iterable[Pair],
) -> tuple[TeamFacts, ...]:
    named = {owner for one in everything for state in one.states for owner in state.owners}
    steps: dict[str, list[Step]] = {}
    improvements: dict[str, list[Improvement]] = {}
    for stream in counted:
        owners = {step.id: step.owner for step in stream.steps}
        for step in stream.steps:
            if step.owner is not None:
                steps.setdefault(step.owner, []).append(Step(stream, step))
        for one in stream.improvements:
            owner = one.owner or (owners.get(one.step) if one.step else None)
            if owner is not None:
                improvements.setdefault(owner, []).append(Improvement(stream, one))
    waits: dict[str, list[Loss]] = {}
    for loss in losses:
        if loss.facts.kind == "wait" and loss.facts.owner is not None:
            waits.setdefault(loss.facts.owner, []).append(loss)
    taken: dict[str, list[Pair]] = {}
    given: dict[str, list[Pair]] = {}
    for pair in pairs:
        taken.setdefault(pair.taker, []).append(pair)
        given.setdefault(pair.giver, []).append(pair)
    elsewhere = _elsewhere(everything, "owners")
    answers: dict[str, list[StreamFacts]] = {}
    for stream in counted:
        if stream.owner is not None:
            answers.setdefault(stream.owner, []).append(stream)
    return tuple(
        TeamFacts(
            name,
            tuple(answers.get(name, ())),
            tuple(steps.get(name, ())),
            tuple(waits.get(name, ())),
            tuple(taken.get(name, ())),
            tuple(given.get(name, ())),
            tuple(improvements.get(name, ())),
            tuple(elsewhere.get(name, ())),
        )
        for name in sorted(named, key=_by_name)
    )


def _tags(everything: Sequence[StreamFacts]) -> tuple[SliceFacts, ...]:
    elsewhere = _elsewhere(everything, "tags")
    streams: dict[str, list[StreamFacts]] = {}
    for stream in everything:
        for tag in stream.tags if stream.counted else ():
            streams.setdefault(tag, []).append(stream)
    return tuple(
        SliceFacts(name, tuple(streams.get(name, ())), (), tuple(elsewhere.get(name, ())))
        for name in sorted({*streams, *elsewhere})
    )


def _systems(everything: Sequence[StreamFacts]) -> tuple[SliceFacts, ...]:
    elsewhere = _elsewhere(everything, "systems")
    steps: dict[str, list[Step]] = {}
    for stream in everything:
        for step in stream.steps if stream.counted else ():
            for system in step.systems:
                steps.setdefault(system, []).append(Step(stream, step))
    return tuple(
        SliceFacts(name, (), tuple(steps.get(name, ())), tuple(elsewhere.get(name, ())))
        for name in sorted({*steps, *elsewhere}, key=_by_name)
    )


def _elsewhere(
    everything: Iterable[StreamFacts], part: str
) -> Mapping[str, list[tuple[StreamFacts, str]]]:
    """Return by name the states that name it and are not counted."""
    found: dict[str, list[tuple[StreamFacts, str]]] = {}
    for stream in everything:
        for state in stream.states:
            if stream.counted and state.name == stream.state:
                continue
            for name in getattr(state, part):
                found.setdefault(name, []).append((stream, state.name))
    return found


def _by_name(name: str) -> tuple[str, str]:
    return name.casefold(), name
