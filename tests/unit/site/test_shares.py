"""What a page shows of one stream: it is made anew for every change of that, and for no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from tests.unit.analysis.joined import FEATURES, ORDERS, facts_of, joined
from vsmdocs.analysis.promises import Promise
from vsmdocs.analysis.slices import CourseFacts, StreamFacts
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.pages.slice_tag import system_view
from vsmdocs.rendering.pages.slice_team import team_view
from vsmdocs.site.shares import shares_of

BACK = [{"from": "ship", "to": "build", "rate": "10%"}]
DAY = date(2026, 1, 1)
ELSEWHERE = {"id": "d", "title": "D", "step": "design", "owner": "Product", "status": "idea",
             "change": {"quick.wait_time": "-10%"}}  # fmt: skip
STREAM = facts_of(
    {**FEATURES, "rework": BACK, "improvements": [*FEATURES["improvements"], ELSEWHERE]},
    {**FEATURES, "state": "future"},
    stale={("build", "wait_time"): "400 days old"},
)
OTHER = facts_of(ORDERS)
UNSEEN: dict[str, Any] = {
    "demand": "9/month", "lead_time": 1.0, "expected": 1.0, "wait_time": 1.0, "left_out": 1,
    "activity_ratio": 0.5, "complete_accurate": 0.5, "moves": 99, "mapped_on": DAY,
    "due_since": DAY, "note": "Older.", "trials": Promise(1.0), "unfinished": Promise(1.0),
    "course": CourseFacts(1.0, None, 1.0, "better"),
}  # fmt: skip
"""What pages of teams and systems do not show of a stream."""
STEPS = ("step", "to", "source", "target")
TEAMS = ("owner", "giver", "taker")
WORDS = {"kind": ("work", "approval", "wait", "loop"), "status": ("trial", "idea", "adopted")}


def changed(name: str, value: Any) -> Iterator[Any]:
    """Yield other values for a field."""
    if is_dataclass(value) and not isinstance(value, Calendar):
        yield from altered(value)
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for index, one in enumerate(value):
            yield from ((*value[:index], new, *value[index + 1 :]) for new in altered(one))
            # What is gone would be what others still name.
            if name not in ("steps", "states"):
                yield value[:index] + value[index + 1 :]
    elif name in ("name", "state"):
        # One of them is the state that stands for the stream.
        yield from ("future-x",) if value != "current" else ("future",) if name == "state" else ()
    elif name in STEPS:
        yield from (step.id for step in STREAM.steps if step.id != value)
    elif name in TEAMS:
        yield from (team for team in ("Team", "Board", "Design", "Product") if team != value)
    elif name in WORDS:
        yield from (word for word in WORDS[name] if word != value)
    elif name == "stale":
        yield (("process_time", "older"),)
    elif name == "changes":
        yield (("ship", "wait_time", "2d"),)
    elif isinstance(value, tuple):
        yield tuple(dict.fromkeys((*value, "Git", "more")))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, Calendar):
        yield Calendar(7, 4)
    elif isinstance(value, str):
        yield f"{value}x"
    elif isinstance(value, date) or name in ("started", "ended", "mapped_on", "due_since"):
        yield DAY
    elif value is None or isinstance(value, float | int):
        yield (value or 0) * 2 + 5.0


def altered(one: Any) -> Iterator[Any]:
    """Yield a value with each of its fields altered, one at a time."""
    for field in fields(one):
        if field.name in ("id", "course"):
            continue
        for new in changed(field.name, getattr(one, field.name)):
            yield replace(one, **{field.name: new})


def shown(stream: StreamFacts) -> dict[str, object]:
    """Return every page of a team or a system."""
    facts = joined(stream, OTHER)
    pages: dict[str, object] = {f"team {team.name}": team_view(team) for team in facts.teams}
    return pages | {f"system {one.name}": system_view(one) for one in facts.systems}


def shared(stream: StreamFacts) -> dict[str, str]:
    shares = shares_of(stream)
    found = {f"team {name}": share for name, share in shares.teams.items()}
    return found | {f"system {name}": share for name, share in shares.systems.items()}


def test_a_page_is_made_anew_for_all_that_it_shows() -> None:
    pages, shares, kinds = shown(STREAM), shared(STREAM), set()
    for other in altered(STREAM):
        now = shared(other)
        for name, page in shown(other).items():
            if name in pages and page != pages[name]:
                assert now.get(name) != shares.get(name), (name, other)
                kinds.add(name)
    assert kinds == set(shares), "each was different at least once"


@pytest.mark.parametrize("name", UNSEEN)
def test_a_page_is_let_be_for_what_it_does_not_show(name: str) -> None:
    assert shared(replace(STREAM, **{name: UNSEEN[name]})) == shared(STREAM)


def test_an_edit_is_about_the_teams_that_it_is_about() -> None:
    steps = tuple(
        replace(step, process=9.0, place=0.9) if step.id == "board" else step
        for step in STREAM.steps
    )
    before, after = shared(STREAM), shared(replace(STREAM, steps=steps))
    assert {name for name in before if before[name] != after[name]} == {"team Board"}


def test_a_name_is_about_those_whose_work_comes_from_there() -> None:
    steps = tuple(
        replace(step, title="Drawing") if step.id == "design" else step for step in STREAM.steps
    )
    before, after = shared(STREAM), shared(replace(STREAM, steps=steps))
    differ = {name for name in before if before[name] != after[name]}
    others = {"team Team", "team Product"}
    assert differ == {"team Design", *others}, "one takes over from there, one improves it"
