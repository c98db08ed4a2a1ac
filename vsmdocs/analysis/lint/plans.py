"""A future state against the current one: whether it is better, and how it is to come about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from vsmdocs.analysis.gap import Gap, StepDifference, find_gap
from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Path, Sibling, Subject
from vsmdocs.analysis.lint.words import hours_text, percent_text

_WEIGHTY = 0.05
"""Part of today's lead time that a change must be about, for its reason to be asked."""
_NOTABLE = 0.05
"""By which part of today's figure another one must be worse to be called so."""
_CURRENT = """# maps/orders/current.md
steps:
  - {id: pick, process_time: 2h, wait_time: 1d, complete_accurate: 90%}
  - {id: ship, process_time: 1h, wait_time: 3d}
"""
_FUTURE = """# maps/orders/future.md
state: future
target_date: 2027-06-30
"""
_FASTER = """steps:
  - {id: pick, process_time: 2h, wait_time: 1d, complete_accurate: 90%}
  - {id: ship, process_time: 1h, wait_time: 1d}
"""
_SLOWER = """steps:
  - {id: pick, process_time: 2h, wait_time: 1d, complete_accurate: 90%}
  - {id: ship, process_time: 1h, wait_time: 5d}
"""
_IMPROVEMENT = """improvements:
  - {id: daily-van, title: The van comes every day, step: ship}
"""


@lru_cache(maxsize=1)  # three rules ask for the same one
def _gap(subject: Subject) -> tuple[Sibling, Gap] | None:
    current, metrics = subject.current, subject.metrics
    if current is None or metrics is None or subject.map.state == "current":
        return None
    return current, find_gap((current.map, current.metrics), (subject.map, metrics))


@rule(
    "future-worse",
    "states",
    "warning",
    summary="A future state is no worse than today in lead time or quality.",
    reason="People agree on a future state because it is better. Where a figure gets worse, "
    "that is either a slip in the map or a price, which somebody should name.",
    bad=_CURRENT + _IMPROVEMENT + _FUTURE + _SLOWER,
    good=_CURRENT + _IMPROVEMENT + _FUTURE + _FASTER,
    needs="current",
)
def future_worse(subject: Subject) -> Iterator[Found]:
    """Find figures that are to get worse."""
    found = _gap(subject)
    if found is None:
        return
    current, gap = found
    assessed = [
        side.totals.complete_accurate_assessed
        for side in (current.metrics, subject.metrics)
        if side is not None
    ]
    worse = []
    for key, name in (("expected_lead_time", "lead time"), ("complete_accurate", "rolled %C&A")):
        # Quality that is stated at more steps is known better, and not worse for it.
        if key == "complete_accurate" and assessed[1] > assessed[0]:
            continue
        figure = gap[key]
        if figure.better is not False or abs(figure.ratio or 1.0) < _NOTABLE:
            continue
        if figure.current is None or figure.future is None:
            continue
        if key == "complete_accurate":
            before, after = percent_text(figure.current), percent_text(figure.future)
        else:
            before = hours_text(figure.current, current.map.calendar)
            after = hours_text(figure.future, subject.map.calendar)
        worse.append(f"the {name} goes from {before} to {after}")
    if worse:
        yield Found(
            ("state",),
            f"this state is worse than today: {' and '.join(worse)}",
            "check the numbers that differ (vsmdocs diff --states shows them), or say what is "
            "gained for it with # vsmdocs: ignore[future-worse] and the reason",
        )


@rule(
    "future-unchanged",
    "states",
    "info",
    summary="A future state differs from the current one.",
    reason="A copy says nothing about where the team wants to be. It may also be that the "
    "future has come about, which is worth a note and a new one.",
    bad=_CURRENT + _FUTURE + _CURRENT.partition("\n")[2],
    good=_CURRENT + _IMPROVEMENT + _FUTURE + _FASTER,
    needs="current",
)
def future_unchanged(subject: Subject) -> Iterator[Found]:
    """Find future states that change no figure."""
    found = _gap(subject)
    if found is None:
        return
    current, gap = found
    if gap.steps or any(figure.change for figure in gap.differences):
        return
    yield Found(
        ("state",),
        f"no figure of this state differs from {current.path}",
        "ask where value gets stuck today, and what that step would look like without it",
    )


@rule(
    "change-without-improvement",
    "states",
    "info",
    summary="An improvement stands behind each large change of a future state.",
    reason="A number does not fall by being written down. An improvement says what is tried, "
    "who tries it and what it is expected to do, and can then be seen to work or not.",
    bad=_CURRENT + _FUTURE + _FASTER,
    good=_CURRENT + _IMPROVEMENT + _FUTURE + _FASTER,
    needs="current",
)
def change_without_improvement(subject: Subject) -> Iterator[Found]:
    """Find large gains that nothing is to bring about."""
    found = _gap(subject) if subject.map.state == "future" else None
    if found is None:
        return
    current, gap = found
    tried = [
        one
        for one in (*current.map.improvements, *subject.map.improvements)
        if one.status != "rejected"
    ]
    if any(one.step is None and not one.change for one in tried):
        return  # it may be about anything
    covered = {one.step for one in tried} | {part.step for one in tried for part in one.change}
    visits = {step.id: step.visits for step in current.metrics.steps}
    whole = current.metrics.totals.expected_lead_time
    gains = [
        (gain, one)
        for one in gap.steps
        if one.id not in covered
        and (gain := _gain(one) * visits.get(one.id, 0.0)) >= _WEIGHTY * whole > 0
    ]
    if not gains:
        return
    gains.sort(key=lambda pair: -pair[0])
    step, others = gains[0][1], len(gains) - 1
    what = f"is to take {hours_text(_gain(step), current.map.calendar)} less"
    if step.kind == "removed":
        what = "is to go"
    more = f"; the same holds for {others} more {'step' if others == 1 else 'steps'}"
    yield Found(
        _place(subject, step),
        f"“{_title(current, step.id)}” {what}, and no improvement says how{more if others else ''}",
        f"add what is to be tried to the improvements of {current.path}, with step: {step.id}, "
        "an owner and a hypothesis",
        key=step.kind == "removed",
    )


def _gain(step: StepDifference) -> float:
    """Return by how many hours a step is to be shorter; below 0 where it gets longer."""
    lead = next((d for d in step.differences if d.key == "lead_time"), None)
    if lead is None or step.kind == "added" or lead.current is None:
        return 0.0
    if step.kind == "removed":
        return lead.current
    return 0.0 if lead.future is None else lead.current - lead.future


def _title(current: Sibling, name: str) -> str:
    return next(step.title for step in current.map.steps if step.id == name)


def _place(subject: Subject, changed: StepDifference) -> Path:
    if changed.kind == "removed":
        return ("steps",)
    place, step = subject.place(changed.id), subject.step(changed.id)
    figures = {difference.key for difference in changed.differences}
    keys = ("wait_time", "process_time", "lead_time")
    key = next((k for k in keys if k in figures and getattr(step, k) is not None), "id")
    return (*place, key)
