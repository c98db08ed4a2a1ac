"""The answer to "where does value get stuck?" as facts, for whoever puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from vsmdocs.model.metrics import StreamMetrics, Totals
from vsmdocs.model.stuck import StuckPoint


@dataclass(frozen=True, slots=True)
class Answer:
    """The one wait, loop or step whose removal gains most."""

    kind: str
    """`wait`, `loop` or `step`."""
    step: str
    """The step that waits or works; of an edge's wait and of a loop, the one that it leaves."""
    to: str | None
    """The other end of an edge or loop."""
    gain: float
    """Hours by which the expected lead time falls when it goes; above 0."""
    hours: float | None
    """Its own length for one visit; None for a loop."""
    share: float
    """The gain as part of the expected lead time."""
    share_of_lead_time: float | None
    """Its own hours as part of the lead time, for a wait on the critical path."""
    without: float
    """Expected lead time in hours when it goes."""


def find_answer(metrics: StreamMetrics) -> Answer | None:
    """Return where value gets stuck; None where nothing that is known gains anything.

    Waits and loops come before steps, because work is what the stream is there for.
    """
    gaining = [point for point in metrics.stuck if point.gain]
    points = [point for point in gaining if point.kind != "step"] or gaining
    if not points:
        return None
    point = points[0]
    gain, totals = point.gain or 0.0, metrics.totals
    return Answer(
        point.kind,
        point.step,
        point.to,
        gain,
        point.hours,
        point.share or 0.0,
        _share_of_lead_time(point, totals),
        max(totals.expected_lead_time - gain, 0.0),
    )


def _share_of_lead_time(point: StuckPoint, totals: Totals) -> float | None:
    path = totals.critical_path
    if point.kind != "wait" or point.hours is None or totals.lead_time <= 0:
        return None
    own = point.to is None and point.step in path
    critical = own or any(pair == (point.step, point.to) for pair in pairwise(path))
    return point.hours / totals.lead_time if critical else None
