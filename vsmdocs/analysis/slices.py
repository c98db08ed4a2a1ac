"""What single streams tell the pages that join them: by team, by tag, by system, altogether.

The current state counts, since it is what people work in today. Of the other states only is
kept who and what they name, so that those can be found as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vsmdocs.analysis.promises import OPEN, Promise, find_promise
from vsmdocs.model.flow import START
from vsmdocs.model.metrics import StreamMetrics, is_handoff
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import Calendar

if TYPE_CHECKING:
    from vsmdocs.analysis.numbers import Place
    from vsmdocs.analysis.trend.trends import Trend


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of the current state; what is not known is None."""

    id: str
    title: str
    owner: str | None
    kind: str
    process: float | None
    wait: float | None
    quality: float | None
    share: float
    """How likely an item comes by at all."""
    critical: bool
    place: float
    """Where in the flow it stands, from 0 for the first to 1 for the last."""
    systems: tuple[str, ...]
    stale: tuple[tuple[str, str], ...]
    """Its numbers that are too old, and why."""


@dataclass(frozen=True, slots=True)
class LossFacts:
    """A wait or a loop, and what it costs each item."""

    kind: str
    """`wait` or `loop`."""
    step: str
    to: str | None
    """The other end of a wait on the way, or of a loop."""
    owner: str | None
    """For whom the work waits: who takes it up."""
    hours: float | None
    """Its own length, for one visit."""
    gain: float | None
    """Hours by which the expected lead time gets shorter if it goes; None where unknown."""


@dataclass(frozen=True, slots=True)
class HandoffFacts:
    """A move from one owner's step to another's."""

    source: str
    target: str
    giver: str
    taker: str
    wait: float | None
    """On the way and before the next step's work begins; None where that is unknown."""
    share: float
    """Of the items, how many come this way; rework aside."""


@dataclass(frozen=True, slots=True)
class ImprovementFacts:
    """An improvement of the current state, with what it promises alone."""

    id: str
    title: str
    step: str | None
    owner: str | None
    status: str
    changes: tuple[tuple[str, str, str], ...]
    """Step, number and new value."""
    started: date | None
    ended: date | None
    effort: str
    promise: Promise


@dataclass(frozen=True, slots=True)
class StateFacts:
    """Who and what one state of a stream names."""

    name: str
    owners: tuple[str, ...]
    tags: tuple[str, ...]
    systems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """How the lead time went since the stream was first mapped."""

    first: float
    first_on: date | None
    now: float | None
    direction: str | None
    """`better`, `worse`, `same`, or None where a value is unknown or leaves steps out."""


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One stream, as the pages about many see it."""

    stream: str
    title: str
    state: str
    """State and variant of the map that stands for it."""
    counted: bool
    """Whether that is a current state."""
    note: str
    """What a reader has to know first, such as that this is an older version."""
    owner: str | None
    calendar: Calendar
    demand: str
    lead_time: float
    expected: float
    """Its lead time with rework, which is what improvements and losses are reckoned by."""
    wait_time: float | None
    activity_ratio: float | None
    complete_accurate: float | None
    left_out: int
    """Steps whose lead time is unknown."""
    moves: int
    """From step to step, handoffs or not."""
    steps: tuple[StepFacts, ...]
    """In the order of the flow."""
    losses: tuple[LossFacts, ...]
    """Dearest first, those of unknown cost last."""
    handoffs: tuple[HandoffFacts, ...]
    improvements: tuple[ImprovementFacts, ...]
    trials: Promise
    """What all trials promise together."""
    unfinished: Promise
    """What trials and ideas promise together."""
    aged: bool
    """Whether it is known how old its numbers are."""
    mapped_on: date | None
    due_since: date | None
    """The day of review, where that is over."""
    states: tuple[StateFacts, ...]
    course: CourseFacts | None = None

    def step(self, name: str) -> StepFacts:
        """Return a step by its id."""
        return next(step for step in self.steps if step.id == name)

    @property
    def tags(self) -> tuple[str, ...]:
        """Those of the map that stands for it."""
        return next(state.tags for state in self.states if state.name == self.state)

    @property
    def waits(self) -> tuple[LossFacts, ...]:
        """The waits alone, dearest first."""
        return tuple(loss for loss in self.losses if loss.kind == "wait")


def stream_facts(
    stream_map: ValueStreamMap,
    metrics: StreamMetrics,
    states: Iterable[ValueStreamMap],
    *,
    today: date,
    stale: Mapping[Place, str] | None = None,
    course: CourseFacts | None = None,
    note: str = "",
) -> StreamFacts:
    """Return what the map that stands for a stream tells; `states` are all maps of it.

    `stale` says which numbers are too old and why, and is None where nobody knows their age.
    """
    totals, due = metrics.totals, stream_map.review_by
    improvements = _improvements(stream_map, metrics)
    tried = [one for one in stream_map.improvements if one.status == "trial"]
    unfinished = [one for one in stream_map.improvements if one.status in OPEN]
    return StreamFacts(
        stream=stream_map.stream,
        title=stream_map.title,
        state=stream_map.name,
        counted=stream_map.state == "current",
        note=note,
        owner=stream_map.owner,
        calendar=stream_map.calendar,
        demand=stream_map.demand.text if stream_map.demand else "",
        lead_time=totals.lead_time,
        expected=totals.expected_lead_time,
        wait_time=totals.wait_time,
        activity_ratio=totals.activity_ratio,
        complete_accurate=totals.complete_accurate,
        left_out=totals.lead_time_left_out,
        moves=sum(edge.source != START for edge in metrics.flow.edges),
        steps=_steps(stream_map, metrics, stale or {}),
        losses=_losses(stream_map, metrics),
        handoffs=_handoffs(stream_map, metrics),
        improvements=improvements,
        trials=find_promise(stream_map, totals, tried),
        unfinished=find_promise(stream_map, totals, unfinished),
        aged=stale is not None,
        mapped_on=stream_map.mapped_on,
        due_since=due if due is not None and due < today else None,
        states=tuple(_state(state) for state in states),
        course=course,
    )


def course_of(trend: Trend) -> CourseFacts | None:
    """Return how a figure went, where there is more than one version to tell."""
    if trend.first is None or trend.newest is None or trend.points < 2:
        return None
    revision = trend.moments[trend.first.index].snapshot.revision
    present = trend.present
    return CourseFacts(
        trend.first.value,
        revision.committed_at.date() if revision else None,
        present.value if present else None,
        trend.direction if present else None,
    )


def _steps(
    stream_map: ValueStreamMap, metrics: StreamMetrics, stale: Mapping[Place, str]
) -> tuple[StepFacts, ...]:
    steps = {step.id: step for step in stream_map.steps}
    rows = {row.id: row for row in metrics.steps}
    old: dict[str, list[tuple[str, str]]] = {}
    for (name, field), why in stale.items():
        old.setdefault(name, []).append((field, why))
    last = max(len(steps) - 1, 1)
    return tuple(
        StepFacts(
            name, steps[name].title, steps[name].owner, steps[name].kind,
            rows[name].process_time, rows[name].wait_time, rows[name].complete_accurate,
            rows[name].share, rows[name].on_critical_path, index / last,
            tuple(dict.fromkeys(steps[name].systems)), tuple(old.get(name, ())),
        )
        for index, name in enumerate(metrics.flow.order)
    )  # fmt: skip


def _losses(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[LossFacts, ...]:
    owners = {step.id: step.owner for step in stream_map.steps}
    found = [
        LossFacts(
            point.kind,
            point.step,
            point.to,
            owners[point.step if point.to is None else point.to],
            point.hours,
            point.gain,
        )
        for point in metrics.stuck
        if point.kind != "step"
    ]
    return tuple(sorted(found, key=lambda loss: (loss.gain is None, -(loss.gain or 0.0))))


def _handoffs(stream_map: ValueStreamMap, metrics: StreamMetrics) -> tuple[HandoffFacts, ...]:
    steps = {step.id: step for step in stream_map.steps}
    rows = {row.id: row for row in metrics.steps}
    found = []
    for edge in metrics.flow.edges:
        giver, taker = (steps[name].owner if name else None for name in (edge.source, edge.target))
        if not is_handoff(steps, edge.source, edge.target) or giver is None or taker is None:
            continue
        own = rows[edge.target].wait_time
        share = rows[edge.source].share
        if edge.choice is not None:
            share *= metrics.flow.choices[edge.choice].shares[edge.option]
        wait = None if own is None else own + edge.wait_hours
        found.append(HandoffFacts(edge.source, edge.target, giver, taker, wait, share))
    return tuple(found)


def _improvements(
    stream_map: ValueStreamMap, metrics: StreamMetrics
) -> tuple[ImprovementFacts, ...]:
    return tuple(
        ImprovementFacts(
            one.id, one.title, one.step, one.owner, one.status,
            tuple((change.step, change.field, change.value) for change in one.change),
            one.started, one.ended, one.effort.text if one.effort else "",
            # What was adopted is in the numbers already, and what was rejected never will be.
            find_promise(stream_map, metrics.totals, [one]) if one.status in OPEN else Promise(),
        )
        for one in stream_map.improvements
    )  # fmt: skip


def _state(stream_map: ValueStreamMap) -> StateFacts:
    owners = [step.owner for step in stream_map.steps]
    owners += [one.owner for one in stream_map.improvements]
    named = dict.fromkeys(owner for owner in (stream_map.owner, *owners) if owner is not None)
    systems = dict.fromkeys(system for step in stream_map.steps for system in step.systems)
    return StateFacts(
        stream_map.name, tuple(named), tuple(dict.fromkeys(stream_map.tags)), tuple(systems)
    )
