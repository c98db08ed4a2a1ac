"""What changed in the flow between steps that both maps have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from vsmdocs.analysis.diff.change import Change, Planned
from vsmdocs.analysis.diff.weave import rewirings
from vsmdocs.analysis.diff.wiring import FlowEdit, Fork, Wiring
from vsmdocs.model.flow import START


def flow_changes(before: Wiring, after: Wiring, steps: Sequence[str]) -> Iterator[Planned]:
    """Yield the changes that make one flow between the same steps the other."""
    current = before
    place = {step: index for index, step in enumerate(steps)}
    for edit in rewirings(before, after, steps):
        current = edit.apply(current)
        sources = {way.source for way in (*edit.dropped, *edit.drawn)} - {START}
        source = min(sources, key=place.__getitem__, default=None)
        yield Planned(
            Change("rewired", source, None, None, None, edit.dropped, edit.drawn, edit),
            alters=True,
            risky=True,
        )
    for edit, one, other in _shares(current, after):
        current = edit.apply(current)
        source = next((source for source in other.sources if source != START), None)
        yield _planned(source, None, "share", one, other, edit)
    for pair, way in after.items():
        old = current[pair]
        for field in ("wait", "kind", "label"):
            one, other = getattr(old, field), getattr(way, field)
            if one != other:
                new = replace(old, **{field: other})
                source = pair[0] if pair[0] != START else None
                yield _planned(source, pair[1], field, one, other, FlowEdit((old,), (new,)))
                old = new


def _planned(
    source: str | None, target: str | None, field: str, before: Any, after: Any, edit: FlowEdit
) -> Planned:
    change = Change("rewired", source, target, None, field, before, after, edit)
    return Planned(change, alters=field in ("share", "wait"))


def _shares(before: Wiring, after: Wiring) -> Iterator[tuple[FlowEdit, Fork, Fork]]:
    """Yield the alternatives that are the same but for their shares."""
    seen: set[Fork] = set()
    for pair, way in after.items():
        old, new = before[pair].fork, way.fork
        if old is None or new is None or old == new or new in seen:
            continue
        seen.add(new)
        ways = [before[pair] for pair in new.pairs]
        yield FlowEdit(tuple(ways), tuple(replace(way, fork=new) for way in ways)), old, new
