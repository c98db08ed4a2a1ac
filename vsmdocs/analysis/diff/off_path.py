"""Why time that was cut gained nothing: it was off the critical path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vsmdocs.analysis.diff.change import Change, Effect, OffPath
from vsmdocs.model.flow import Flow
from vsmdocs.model.metrics import StepMetrics, StreamMetrics
from vsmdocs.model.times import TOLERANCE_HOURS

_TIMES = ("process_time", "wait_time", "lead_time", "times")


@dataclass(frozen=True, slots=True)
class Stage:
    """The figures after some changes."""

    metrics: StreamMetrics
    names: Mapping[str, str]
    """What it calls steps that have another id in the head."""

    def row(self, step: str) -> StepMetrics | None:
        """Return the figures of a step by its id in the head."""
        name = self.names.get(step, step)
        return next((row for row in self.metrics.steps if row.id == name), None)


def off_path(change: Change, effect: Effect, before: Stage, after: Stage) -> OffPath | None:
    """Return why time that was cut gained nothing, if that is what happened."""
    gains = (effect.lead_time, effect.expected_lead_time)
    if change.step is None or any(gain is None or abs(gain) > TOLERANCE_HOURS for gain in gains):
        return None
    wired = change.kind == "rewired" and change.field == "wait"
    if wired and change.to is not None:
        found = _cut_way(change.step, change.to, before, after)
        ends = change.step, change.to
    elif change.kind == "removed" or (change.kind == "changed" and change.field in _TIMES):
        found = _cut_step(change.step, before, after)
        ends = change.step, change.step
    else:
        return None
    if found is None:
        return None
    path: tuple[str, ...] = ()
    if found.slack is not None and before.metrics.totals.scenarios == 1:
        path = _beside(before, after.metrics.totals.critical_path, ends)
    return OffPath(found.slack, path)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Time that was cut, and how much shorter its way was than the longest before that."""

    slack: float | None


def _cut_step(step: str, before: Stage, after: Stage) -> _Cut | None:
    old, new = before.row(step), after.row(step)
    lead = 0.0 if new is None else new.lead_time
    if old is None or old.lead_time is None or lead is None:
        return None
    return _Cut(old.slack) if old.lead_time - lead > TOLERANCE_HOURS else None


def _cut_way(source: str, target: str, before: Stage, after: Stage) -> _Cut | None:
    pair = before.names.get(source, source), before.names.get(target, target)
    old = _wait(before.metrics.flow, pair)
    if old - _wait(after.metrics.flow, (source, target)) <= TOLERANCE_HOURS:
        return None
    # Of several scenarios each has its own longest path.
    return _Cut(_way_slack(before.metrics, pair) if before.metrics.totals.scenarios == 1 else None)


def _wait(flow: Flow, pair: tuple[str, str]) -> float:
    return next((e.wait_hours for e in flow.edges if (e.source, e.target) == pair), 0.0)


def _way_slack(metrics: StreamMetrics, pair: tuple[str, str]) -> float:
    """Return how much longer a way could take before the lead time grows."""
    flow = metrics.flow
    leads = {row.id: row.lead_time or 0.0 for row in metrics.steps}
    until = dict(leads)
    for step in flow.order:
        for edge in flow.outgoing[step]:
            there = until[step] + edge.wait_hours + leads[edge.target]
            until[edge.target] = max(until[edge.target], there)
    since = dict(leads)
    for step in reversed(flow.order):
        for edge in flow.outgoing[step]:
            since[step] = max(since[step], leads[step] + edge.wait_hours + since[edge.target])
    through = until[pair[0]] + _wait(flow, pair) + since[pair[1]]
    return max(metrics.totals.lead_time - through, 0.0)


def _beside(before: Stage, path: tuple[str, ...], ends: tuple[str, str]) -> tuple[str, ...]:
    """Return the steps of the longest path that run beside what lies between two ends."""
    flow = before.metrics.flow
    first, last = (before.names.get(end, end) for end in ends)
    later, earlier = {last}, {first}
    for step in flow.order:
        if step in later:
            later.update(edge.target for edge in flow.outgoing[step])
    for step in reversed(flow.order):
        if any(edge.target in earlier for edge in flow.outgoing[step]):
            earlier.add(step)
    known = set(flow.steps) - later - earlier
    return tuple(step for step in path if before.names.get(step, step) in known)
