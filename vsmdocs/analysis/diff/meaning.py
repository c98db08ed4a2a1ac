"""When two values mean the same, however they are written: `1d` is `8h` on a usual calendar.

Where two maps differ in their calendars, values have to agree on both of them: else the
change of the calendar would hide a change of the value, or bring one back.
"""

from __future__ import annotations

from math import isclose

from vsmdocs.model.stream import Improvement, StepChange, Target, ValueStreamMap
from vsmdocs.model.times import TOLERANCE_HOURS
from vsmdocs.model.units import (
    Calendar,
    Duration,
    Estimate,
    Rate,
    parse_estimate,
    parse_percent,
)

Calendars = tuple[Calendar, ...]
"""Of two maps: one where they agree."""


def calendars_of(base: ValueStreamMap, head: ValueStreamMap) -> Calendars:
    """Return the calendars on which values of two maps are compared."""
    if base.calendar == head.calendar:
        return (head.calendar,)
    return (base.calendar, head.calendar)


def same_time(one: Estimate | None, other: Estimate | None, calendars: Calendars) -> bool:
    """Return whether two times are as long, and as uncertain."""
    if one is None or other is None:
        return one is other
    if one.points == other.points:
        return True
    return len(one.points) == len(other.points) and all(
        _same_length(*pair, calendars) for pair in zip(one.points, other.points, strict=True)
    )


def same_rate(one: Rate | None, other: Rate | None, calendars: Calendars) -> bool:
    """Return whether two rates come to the same number of items an hour."""
    if one is None or other is None:
        return one is other
    return all(
        isclose(one.per_hour(calendar), other.per_hour(calendar), rel_tol=1e-9)
        for calendar in calendars
    )


def same_shares(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> bool:
    """Return whether two lists of percentages say the same."""
    if one is None or other is None:
        return one is other
    return len(one) == len(other) and all(
        isclose(*pair, rel_tol=0.0, abs_tol=1e-12) for pair in zip(one, other, strict=True)
    )


def same_figure(
    one: Estimate | float | None, other: Estimate | float | None, calendars: Calendars
) -> bool:
    """Return whether two figures of a whole map say the same."""
    if isinstance(one, Estimate) and isinstance(other, Estimate):
        return same_time(one, other, calendars)
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return one is other


def same_targets(
    ours: tuple[Target, ...], theirs: tuple[Target, ...], calendars: Calendars
) -> bool:
    """Return whether two lists of targets ask for the same, in whatever order."""
    left = list(theirs)
    for target in ours:
        found = next((other for other in left if _same_target(target, other, calendars)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def same_totals(
    ours: dict[str, Estimate | float], theirs: dict[str, Estimate | float], calendars: Calendars
) -> bool:
    """Return whether two sets of stated totals say the same."""
    return ours.keys() == theirs.keys() and all(
        same_figure(value, theirs[key], calendars) for key, value in ours.items()
    )


def same_in_improvement(
    field: str, one: Improvement, other: Improvement, calendars: Calendars
) -> bool:
    """Return whether a field of two improvements says the same."""
    mine, its = getattr(one, field), getattr(other, field)
    if mine == its:
        return True
    if field == "effort" and mine is not None and its is not None:
        return _same_length(mine, its, calendars)
    if field == "change":
        return len(mine) == len(its) and all(
            _same_step_change(*pair, calendars) for pair in zip(mine, its, strict=True)
        )
    return False


def _same_length(one: Duration, other: Duration, calendars: Calendars) -> bool:
    return all(
        abs(one.hours(calendar) - other.hours(calendar)) < TOLERANCE_HOURS for calendar in calendars
    )


def _same_target(one: Target, other: Target, calendars: Calendars) -> bool:
    return (one.metric, one.by) == (other.metric, other.by) and all(
        same_figure(getattr(one, bound), getattr(other, bound), calendars)
        for bound in ("at_most", "at_least")
    )


def _same_step_change(one: StepChange, other: StepChange, calendars: Calendars) -> bool:
    if (one.step, one.field) != (other.step, other.field):
        return False
    if one.relative is not None or other.relative is not None:
        return (
            one.relative is not None
            and other.relative is not None
            and isclose(one.relative.share, other.relative.share, abs_tol=1e-12)
        )
    if one.field.endswith("_time"):
        return same_time(parse_estimate(one.value), parse_estimate(other.value), calendars)
    if one.field == "complete_accurate":
        return same_shares((parse_percent(one.value),), (parse_percent(other.value),))
    return one.value == other.value
