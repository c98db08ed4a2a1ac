"""Two versions of a map that differ in everything that a diff can say."""

from __future__ import annotations

from typing import Any

from tests.unit.model.strategies import make

_STEPS: list[dict[str, Any]] = [
    {"id": "design", "owner": "Product", "process_time": "1d", "wait_time": "2d",
     "complete_accurate": "70%"},
    {"id": "build", "owner": "Engineering", "process_time": "2d", "wait_time": "1d",
     "complete_accurate": "80%"},
    {"id": "review", "name": "Code review", "owner": "Engineering", "process_time": "2h",
     "wait_time": "5d"},
    {"id": "security", "name": "Security review", "owner": "Security", "process_time": "4h",
     "wait_time": "2d"},
    {"id": "approval", "kind": "approval", "process_time": "1h", "wait_time": "3d",
     "owner": "Ops"},
    {"id": "deploy", "process_time": "30m", "wait_time": "8h", "owner": "Ops"},
]  # fmt: skip

BASE = make(
    _STEPS,
    title="Feature delivery",
    stream="feature-delivery",
    flow=["design -> build -> [review, security] -> approval -> deploy"],
    rework=[{"from": "review", "to": "build", "rate": "25%"},
            {"from": "deploy", "to": "build", "rate": "5%", "passes": "1",
             "reason": "rolled back"}],
    improvements=[
        {"id": "sla", "title": "Reviews start within a day", "step": "review", "status": "trial"},
        {"id": "board", "title": "One board", "status": "trial"},
    ],
)  # fmt: skip

HEAD = make(
    [
        {**_STEPS[0], "process_time": "8h"},
        {**_STEPS[1], "complete_accurate": "90%", "evidence": {"wip": "measured"}, "wip": "4"},
        {"id": "pair", "name": "Pairing", "owner": "Engineering", "process_time": "2h..4h..6h"},
        {**_STEPS[3], "wait_time": "1d", "notes": "Ask *early*."},
        {**_STEPS[2], "id": "peer-review", "wait_time": "4d"},
        {**_STEPS[5], "wait_time": "1d", "owner": "Platform", "name": "Ship"},
    ],
    title="Feature delivery",
    stream="feature-delivery",
    demand="10/month",
    flow=["design -> build -> pair -> [peer-review, security] -> deploy",
          {"from": "build", "to": "pair", "wait": "1h", "kind": "fifo"}],
    rework=[{"from": "peer-review", "to": "build", "rate": "10%"},
            {"from": "deploy", "to": "design", "rate": "2%"}],
    improvements=[
        {"id": "sla", "title": "Reviews start within a day", "step": "peer-review",
         "status": "adopted"},
        {"id": "trunk", "title": "Trunk-based work", "step": "build",
         "change": {"build.process_time": "-20%"}},
    ],
    targets=[{"metric": "lead_time", "at_most": "10d", "by": "2027-01-01"}],
    tags=["payments"],
)  # fmt: skip

BODIES = ("Slow.\nSlower.", "Slow.\nFaster.")
