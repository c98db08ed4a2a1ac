"""The difference between two maps: what changed, and what each change did to the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vsmdocs.analysis.diff.change import Change, CountedLater, Effect
from vsmdocs.analysis.diff.effects import find_effects
from vsmdocs.analysis.diff.matching import match_steps
from vsmdocs.analysis.diff.plan import plan_changes
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.stream import ValueStreamMap


@dataclass(frozen=True, slots=True)
class MapDiff:
    """What lies between two maps; without a base the map is new, without a head it is gone."""

    base: ValueStreamMap | None
    head: ValueStreamMap | None
    base_metrics: StreamMetrics | None
    head_metrics: StreamMetrics | None
    steps: dict[str, str]
    """The steps of the base that are still there, with their ids in the head."""
    changes: tuple[Change, ...]
    """In the order in which they apply; none where the map is new or gone."""

    @property
    def effect(self) -> Effect | None:
        """What all changes did together; None where the map is new or gone."""
        if self.base_metrics is None or self.head_metrics is None:
            return None
        return Effect.between(self.base_metrics.totals, self.head_metrics.totals)

    @property
    def only_words(self) -> bool:
        """Whether something changed, and it was prose alone."""
        return bool(self.changes) and all(change.kind == "prose" for change in self.changes)

    @property
    def nothing(self) -> bool:
        """Whether both maps say the same."""
        return self.base is not None and self.head is not None and not self.changes


def diff(
    base: ValueStreamMap | None,
    head: ValueStreamMap | None,
    base_body: str = "",
    head_body: str = "",
    *,
    base_metrics: StreamMetrics | None = None,
    head_metrics: StreamMetrics | None = None,
) -> MapDiff:
    """Compare two valid maps; which map each one is (stream, state, variant) does not count.

    Figures of either map that are known already need not be calculated again.

    Raises
    ------
    CalculationError
        When one of the maps has no figures.
    """
    if base is not None and base_metrics is None:
        base_metrics = measure(base)
    if head is not None and head_metrics is None:
        head_metrics = base_metrics if head is base else measure(head)
    if base is None or head is None or base_metrics is None or head_metrics is None:
        return MapDiff(base, head, base_metrics, head_metrics, {}, ())
    steps = match_steps(base, head)
    flows = base_metrics.flow, head_metrics.flow
    planned = list(plan_changes(base, head, steps, flows, (base_body, head_body)))
    changes = find_effects(base, planned, (base_metrics, head_metrics))
    return MapDiff(base, head, base_metrics, head_metrics, steps, tuple(changes))


def invert(found: MapDiff) -> MapDiff:
    """Return the diff of the way back: the same changes, taken back last to first."""
    return MapDiff(
        found.head,
        found.base,
        found.head_metrics,
        found.base_metrics,
        {head: base for base, head in found.steps.items()},
        tuple(change.inverse() for change in reversed(_counted_first(found.changes))),
    )


def _counted_first(changes: Sequence[Change]) -> list[Change]:
    """Move effects that are counted with a later change to the first of those, for the way back."""
    found = list(changes)
    groups: dict[int, int] = {}
    for index, change in enumerate(changes):
        if isinstance(change.reason, CountedLater):
            first = groups.setdefault(index + change.reason.further, index)
            found[index] = replace(change, reason=CountedLater(index - first))
    for last, first in groups.items():
        found[first] = replace(found[first], effect=changes[last].effect, reason=None)
        found[last] = replace(changes[last], effect=None, reason=CountedLater(last - first))
    return found
