"""What a step states stands in its row."""

from __future__ import annotations

from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.pages.step_rows import step_rows


def test_systems_batches_and_capacity_are_shown() -> None:
    step = {"id": "a", "process_time": "1h", "systems": ["git"], "batch_size": "3"}
    data = {"title": "t", "stream": "s", "steps": [step | {"capacity": "10/day"}, {"id": "b"}]}
    stream_map = ValueStreamMap.model_validate(data)
    first, second = step_rows(stream_map, measure(stream_map), None)
    assert first.details == ("git", "batches of 3", "capacity 10/day")
    assert second.details == ()
