"""Bounds on how much a figure may change, as somebody types them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from vsmdocs.analysis.diff import MapDiff
from vsmdocs.errors import UsageError
from vsmdocs.model.stream import METRICS, TIME_METRICS
from vsmdocs.model.units import Calendar, Duration, nearest, parse_duration

_LIMIT = re.compile(r"\s*([^<>]*?)\s*([<>])\s*([+-]?)\s*(.+?)\s*", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_HINT = "write a figure, > or <, and a change, such as 'lead_time>+10%' or 'handoffs>0'"


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on how much a figure may change, such as `lead_time>+10%`."""

    text: str
    metric: str
    above: bool
    amount: float | Duration
    """Without its sign."""
    share: bool
    """Whether the amount is a part of what the figure was."""
    sign: float

    def exceeded(self, one: MapDiff) -> bool:
        """Return whether a map's figure changed by more than that; unknown did not."""
        if one.base_metrics is None or one.head_metrics is None:
            return False
        before = getattr(one.base_metrics.totals, self.metric)
        after = getattr(one.head_metrics.totals, self.metric)
        if before is None or after is None:
            return False
        bound = self._bound(before, one.base_metrics.calendar)
        change = after - before
        return bool(change > bound + 1e-9 if self.above else change < bound - 1e-9)

    def _bound(self, before: float, calendar: Calendar) -> float:
        if isinstance(self.amount, Duration):
            return self.sign * self.amount.hours(calendar)
        return self.sign * self.amount * (before if self.share else 1.0)


def parse_limit(text: str) -> Limit:
    """Read a bound such as `lead_time>+10%`, `wait_time>1d` or `handoffs>0`.

    A percentage is one of the figure as it was before.

    Raises
    ------
    UsageError
        When it is none.
    """
    match = _LIMIT.fullmatch(text)
    if match is None:
        raise UsageError(f"{text[:100]!r} is no limit: {_HINT}")
    metric, side, sign, written = match.groups()
    if metric not in METRICS:
        near = nearest(metric, METRICS)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(METRICS)}"
        raise UsageError(f"{metric[:60]!r} is no figure; {hint}")
    amount, share = _amount(metric, written)
    return Limit(text.strip(), metric, side == ">", amount, share, -1.0 if sign == "-" else 1.0)


def _amount(metric: str, written: str) -> tuple[float | Duration, bool]:
    """Return a change without its sign, and whether it is a share of what was."""
    number = written.removesuffix("%").rstrip() if written.endswith("%") else written
    why = _HINT
    if _NUMBER.fullmatch(number) and (number != written or metric not in TIME_METRICS):
        return (float(number) / 100, True) if number != written else (float(number), False)
    if metric in TIME_METRICS:
        try:
            return parse_duration(written), False
        except PydanticCustomError as error:
            why = f"{error.message()}; {(error.context or {})['hint']}; or {_HINT}"
    raise UsageError(f"{written[:60]!r} is no change of {metric}: {why}")
