"""Bounds on how much a figure may change, as somebody types them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vsmdocs.analysis.diff import MapDiff
from vsmdocs.errors import UsageError
from vsmdocs.model.stream import METRICS, TIME_METRICS
from vsmdocs.model.units import Calendar, nearest, parse_estimate

_LIMIT = re.compile(r"\s*([a-z_]+)\s*([<>])\s*([+-]?)\s*(.+?)\s*")


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on how much a figure may change, such as `lead_time>+10%`."""

    text: str
    metric: str
    above: bool
    amount: str
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
        if self.amount.endswith("%"):
            return self.sign * float(self.amount[:-1]) / 100 * before
        if self.metric in TIME_METRICS:
            return self.sign * parse_estimate(self.amount).hours(calendar)
        return self.sign * float(self.amount)


def parse_limit(text: str) -> Limit:
    """Read a bound such as `lead_time>+10%`, `wait_time>1d` or `handoffs>0`.

    A percentage is one of the figure as it was before.

    Raises
    ------
    UsageError
        When it is none.
    """
    hint = "write a figure, > or <, and a change, such as 'lead_time>+10%' or 'handoffs>0'"
    match = _LIMIT.fullmatch(text)
    if match is None:
        raise UsageError(f"{text[:100]!r} is no limit: {hint}")
    metric, side, sign, amount = match.groups()
    if metric not in METRICS:
        near = nearest(metric, METRICS)
        raise UsageError(f"{metric!r} is no figure{f'; did you mean {near}?' if near else ''}")
    number = re.fullmatch(r"\d+(\.\d+)?", amount.removesuffix("%"))
    if number is None or (metric in TIME_METRICS and not amount.endswith("%") and amount != "0"):
        try:
            parse_estimate(amount)
        except Exception:
            raise UsageError(f"{amount[:60]!r} is no change of {metric}: {hint}") from None
        if metric not in TIME_METRICS:
            raise UsageError(f"{amount[:60]!r} is no change of {metric}: {hint}")
    return Limit(text.strip(), metric, side == ">", amount, -1.0 if sign == "-" else 1.0)
