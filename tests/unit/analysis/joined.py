"""Two streams of three teams, with figures that can be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from vsmdocs.analysis.slices import StreamFacts, stream_facts
from vsmdocs.analysis.teams import OrganisationFacts, join
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap

TODAY = date(2026, 11, 22)
FEATURES: dict[str, Any] = {
    "stream": "features",
    "title": "Features",
    "owner": "Product",
    "review_by": "2026-11-01",
    "tags": ["web"],
    "steps": [
        {"id": "design", "owner": "Design", "process_time": "1d", "wait_time": "2d"},
        {"id": "build", "owner": "Team", "process_time": "2d", "wait_time": "1d",
         "systems": ["Git", "tracker"]},
        {"id": "board", "owner": "Board", "process_time": "1h", "wait_time": "3d"},
        {"id": "quick", "owner": "Team", "process_time": "1h", "wait_time": "0"},
        {"id": "ship", "owner": "Team", "process_time": "1h", "systems": ["Git"]},
        {"id": "tell", "process_time": "1h", "wait_time": "1h"},
    ],
    "flow": [
        "design -> build -> [board 20%, quick 80%] -> ship -> tell",
        {"from": "board", "to": "ship", "wait": "4h"},
    ],
    "improvements": [
        {"id": "a", "title": "A", "step": "board", "status": "trial",
         "change": {"board.wait_time": "-50%"}},
        {"id": "b", "title": "B", "step": "build", "owner": "Board", "status": "idea"},
        {"id": "c", "title": "C", "step": "board", "status": "adopted",
         "change": {"board.wait_time": "-50%"}},
    ],
}  # fmt: skip
ORDERS: dict[str, Any] = {
    "stream": "orders",
    "title": "Orders",
    "calendar": {"hours_per_day": "10"},
    "steps": [
        {"id": "take", "owner": "Team", "process_time": "1h", "wait_time": "1d"},
        {"id": "check", "owner": "Board", "process_time": "1h", "lead_time": "5d"},
        {"id": "send", "owner": "Design", "wait_time": "1h"},
    ],
}


def facts_of(*states: dict[str, Any], **keys: Any) -> StreamFacts:
    maps = [ValueStreamMap.model_validate({"title": "t", "stream": "s", **one}) for one in states]
    return stream_facts(maps[0], measure(maps[0]), maps, today=TODAY, **keys)


def joined(*streams: StreamFacts) -> OrganisationFacts:
    return join(streams or (facts_of(FEATURES), facts_of(ORDERS)))
