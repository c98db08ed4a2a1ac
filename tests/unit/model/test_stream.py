"""The map as a model: what it takes, what it refuses, and in whose words."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from vsmdocs.model.stream import (
    METRICS,
    STATES,
    FlowEdge,
    ValueStreamMap,
    Waste,
    parse_metric_value,
)
from vsmdocs.model.units import Calendar, Estimate


def stream_map(**more: Any) -> ValueStreamMap:
    base = {"title": "x", "stream": "x", "steps": [{"id": "code-review"}, {"id": "b"}]}
    return ValueStreamMap.model_validate(base | more)


def step(**more: Any) -> Any:
    return stream_map(steps=[{"id": "a", **more}]).steps[0]


def refused(**more: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        stream_map(**more)
    return [(error["loc"], error["type"]) for error in caught.value.errors()]


def test_defaults() -> None:
    value_map = stream_map()
    assert value_map.state == "current"
    assert value_map.calendar == Calendar(8, 5)
    assert (value_map.rework, value_map.tags, value_map.flow) == ((), (), None)
    assert value_map.steps[0].title == "Code review"
    assert value_map.steps[0].kind == "work"


def test_a_map_is_frozen() -> None:
    with pytest.raises(ValidationError):
        stream_map().title = "y"  # type: ignore[misc]


@pytest.mark.parametrize("state", STATES)
def test_names_and_identities(state: str) -> None:
    assert stream_map(state=state).name == state
    named = stream_map(state=state, variant="q2")
    assert named.name == f"{state}-q2"
    assert named.identity == ("x", state, "q2")


def test_everything_in_the_format_is_taken() -> None:
    value_map = stream_map(
        schema_version="1",
        demand="12/month",
        calendar={"hours_per_day": "7.5", "days_per_week": "4"},
        mapped_on="2026-01-02",
        flow=["code-review -> b", {"from": "code-review", "to": "b", "wait": "1d", "kind": "fifo"}],
        rework=[{"from": "b", "to": "code-review", "rate": "25%", "passes": "1", "wait": "1d"}],
        improvements=[
            {
                "id": "sla",
                "title": "Soon",
                "status": "trial",
                "change": {"b.wait_time": "-70%", "b.automation": "automated", "b.wip": "3"},
                "started": "2026-09-01",
                "effort": "2w",
            }
        ],
        targets=[
            {"metric": "lead_time", "at_most": "10d"},
            {"metric": "activity_ratio", "at_least": "25%"},
            {"metric": "handoffs", "at_most": "3"},
        ],
        stated_totals={"lead_time": "9.5w", "complete_accurate": "30%", "wip": "12"},
        tags=["payments"],
    )
    assert value_map.calendar == Calendar(7.5, 4)
    assert value_map.flow is not None
    assert isinstance(value_map.flow[1], FlowEdge)
    assert value_map.flow[1].source == "code-review"
    assert value_map.rework[0].rate == 0.25
    changes = value_map.improvements[0].change
    assert [change.relative is not None for change in changes] == [True, False, False]
    assert [target.at_most or target.at_least for target in value_map.targets][1:] == [0.25, 3]
    assert value_map.stated_totals["complete_accurate"] == 0.3


def test_evidence_in_its_three_forms() -> None:
    assert step(evidence="measured").evidence["all"].grade == "measured"
    whole = step(evidence={"grade": "sampled", "source": "Jira", "on": "2026-01-02"}).evidence
    assert whole["all"].source == "Jira"
    each = step(evidence={"wip": "assumed", "wait_time": {"grade": "measured"}}).evidence
    assert {key: value.grade for key, value in each.items()} == {
        "wip": "assumed",
        "wait_time": "measured",
    }


def test_wastes_and_receivers() -> None:
    wastes = list(get_args(Waste))
    assert step(wastes=wastes).wastes == tuple(wastes)
    assert step(complete_accurate=["80%", "0.5"]).complete_accurate == (0.8, 0.5)


@pytest.mark.parametrize(
    ("more", "loc", "rule"),
    [
        ({"schema_version": "2"}, ("schema_version",), "schema-version"),
        ({"steps": []}, ("steps",), "no-steps"),
        ({"steps": [{"id": f"s{n}"} for n in range(1001)]}, ("steps",), "too-many-steps"),
        ({"extends": "current"}, ("extends",), "not-yet"),
        ({"changes": []}, ("changes",), "not-yet"),
        ({"calendar": {"hours_per_day": "0"}}, ("calendar", "hours_per_day"), "bad-calendar"),
        ({"calendar": {"weeks": "1"}}, ("calendar", "weeks", "[key]"), "unknown-key"),
        ({"stated_totals": {"x": "1"}}, ("stated_totals", "x", "[key]"), "bad-choice"),
        ({"title": "x" * 201}, ("title",), "too-long"),
        ({"title": " "}, ("title",), "empty-text"),
        ({"targets": [{"metric": "wip"}]}, ("targets", 0), "bad-target"),
        ({"targets": [{"metric": "wip", "at_most": "1", "at_least": "1"}]}, ("targets", 0),
         "bad-target"),
        ({"targets": [{"metric": "x", "at_most": "1"}]}, ("targets", 0, "metric"), "bad-choice"),
    ],
)  # fmt: skip
def test_refused(more: dict[str, Any], loc: tuple[str | int, ...], rule: str) -> None:
    assert refused(**more) == [(loc, rule)]


@pytest.mark.parametrize(
    "change", [{}, "x", {"b": "1"}, {"b.speed": "1"}, {"b.wip": None}, {"b.wait_time": ["1"]}]
)
def test_changes_that_are_none(change: Any) -> None:
    found = refused(improvements=[{"id": "a", "title": "b", "change": change}])
    assert [rule for _, rule in found] == ["bad-change"]


def test_several_problems_come_at_once() -> None:
    found = refused(
        calendar={"hours_per_day": "99", "days_per_week": "99"},
        improvements=[{"id": "a", "title": "b", "change": {"x": "1", "b.wait_time": "soon"}}],
    )
    assert len(found) == 4


@pytest.mark.parametrize("value", [None])
def test_an_empty_key_counts_as_not_given(value: None) -> None:
    value_map = stream_map(owner=value, rework=value, calendar={"hours_per_day": value})
    assert (value_map.owner, value_map.rework, value_map.calendar) == (None, (), Calendar())
    assert stream_map(stated_totals={"wip": value}).stated_totals == {}
    assert step(kind=value, evidence={"wip": value}).kind == "work"
    assert refused(title=value) == [(("title",), "missing")]
    # An unknown key stays a mistake, also with nothing behind it.
    assert refused(ownr=value) == [(("ownr",), "extra_forbidden")]


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_a_kind_of_value(metric: str) -> None:
    text = {"lead_time": "3d", "complete_accurate": "30%"}.get(metric)
    values = [text] if text else ["3d", "0.5", "3"]
    read = []
    for value in values:
        try:
            read.append(parse_metric_value(metric, value))
        except ValueError:
            continue
    assert len(read) >= 1
    assert all(isinstance(value, Estimate | float) for value in read)
