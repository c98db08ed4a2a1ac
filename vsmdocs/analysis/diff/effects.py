"""What each change did: the map is measured after each that can alter figures, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vsmdocs.analysis.diff.change import Change, CountedLater, Effect, Planned
from vsmdocs.analysis.diff.draft import Draft
from vsmdocs.analysis.diff.off_path import Stage, off_path
from vsmdocs.errors import CalculationError
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.structure import find_problems

MOST_MEASURED = 20_000
"""Steps that are measured to tell changes apart, once for each change; a second or two.

Of more than that, the last change has the effect of the rest.
"""
_NONE = Effect(0.0, 0.0, 0.0, 0.0)
"""Of what can alter no figure, known or not."""


def find_effects(
    base: ValueStreamMap,
    planned: Sequence[Planned],
    metrics: tuple[StreamMetrics, StreamMetrics],
) -> list[Change]:
    """Return the changes with their effects, which add up to what lies between the two maps.

    Where the map after a change cannot be calculated, its effect is in that of a later one.
    """
    altering = [index for index, item in enumerate(planned) if item.alters]
    changes = [item.change for item in planned]
    draft = Draft(base, changes, metrics[0].flow) if len(altering) > 1 else None
    old_names = {c.step or "": c.before for c in changes if c.kind == "renamed"}
    stage = Stage(metrics[0], old_names)
    waiting: list[int] = []
    left = MOST_MEASURED // len(base.steps)
    for index, item in enumerate(planned):
        change = item.change
        if draft is not None and index < altering[-1]:
            draft.apply(change)
        if not item.alters:
            changes[index] = replace(change, effect=_NONE)
            continue
        found = metrics[1] if index == altering[-1] else None
        if found is None and draft is not None and item.whole and left > 0:
            left -= 1
            found = _measured(draft.to_map(), check=item.risky or bool(waiting))
        if found is None:
            waiting.append(index)
            continue
        after = Stage(found, {})
        effect = Effect.between(stage.metrics.totals, found.totals)
        reason = None if waiting else off_path(change, effect, stage, after)
        changes[index] = replace(change, effect=effect, reason=reason)
        for earlier in waiting:
            changes[earlier] = replace(changes[earlier], reason=CountedLater(index - earlier))
        stage, waiting = after, []
    return changes


def _measured(stream_map: ValueStreamMap, check: bool) -> StreamMetrics | None:
    """Return the figures of a map that may contradict itself."""
    # Improvements have no figures, and may name steps that are gone.
    plain = stream_map.model_copy(update={"improvements": ()})
    if not plain.steps or (check and find_problems(plain)):
        return None
    try:
        return measure(plain, ranked=False)
    except CalculationError:
        return None
