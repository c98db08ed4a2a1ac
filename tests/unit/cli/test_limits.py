"""Limits as people type them: every figure, every unit, and what exactly meets one."""

from __future__ import annotations

from typing import Any

import pytest

from vsmdocs.analysis.diff import MapDiff, diff
from vsmdocs.cli.limits import parse_limit
from vsmdocs.errors import UsageError
from vsmdocs.model.stream import COUNT_METRICS, METRICS, RATIO_METRICS, TIME_METRICS, ValueStreamMap


def version(wait: str, **more: Any) -> ValueStreamMap:
    steps = [
        {"id": "build", "owner": "Engineering", "process_time": "8h"},
        {"id": "review", "owner": "Quality", "process_time": "8h", "wait_time": wait, **more},
    ]
    return ValueStreamMap.model_validate({"stream": "s", "title": "T", "steps": steps})


def change(before: str, after: str, **more: Any) -> MapDiff:
    return diff(version(before), version(after, **more))


@pytest.mark.parametrize(
    ("limit", "exceeded"),
    [
        ("wait_time>1d", False),
        ("wait_time>7h", True),
        ("wait_time>7h 59m", True),
        ("wait_time>+0.9d", True),
        ("wait_time > + 1d", False),
        ("wait_time>0", True),
        ("wait_time>+50%", False),
        ("wait_time>+49.9 %", True),
        ("lead_time>25%", False),
        ("lead_time>24%", True),
        ("lead_time<0", False),
        ("lead_time<2d", True),
        ("lead_time<1d", False),
        ("activity_ratio<-10%", True),
        ("activity_ratio<-20%", False),
        ("activity_ratio<-0.09", True),
        ("activity_ratio<-0.1", False),
        ("handoffs>0", False),
        ("steps<1", True),
        ("labour>0", False),
        ("takt_time<1000d", False),
        ("wip<5", False),
    ],
)
def test_a_limit_is_exceeded_by_more_than_itself(limit: str, exceeded: bool) -> None:
    # Two days of waiting become three, beside two days of work.
    assert parse_limit(limit).exceeded(change("2d", "3d")) is exceeded


def test_less_is_measured_the_same_way() -> None:
    shorter = change("3d", "2d")
    assert not parse_limit("wait_time<-1d").exceeded(shorter)
    assert parse_limit("wait_time<-0.5d").exceeded(shorter)
    assert not parse_limit("wait_time>-1d").exceeded(shorter)
    assert parse_limit("wait_time>-1.5d").exceeded(shorter)


def test_a_limit_that_is_met_to_the_digit_is_not_exceeded() -> None:
    # 1.1 - 1 is more than a tenth for a computer.
    assert not parse_limit("wait_time>10%").exceeded(change("1h", "1.1h"))
    assert not parse_limit("wait_time>6m").exceeded(change("1h", "1.1h"))
    assert parse_limit("wait_time>9.99%").exceeded(change("1h", "1.1h"))


def test_days_are_those_of_the_map() -> None:
    data = {"stream": "s", "title": "T", "calendar": {"hours_per_day": "6"}}
    before, after = [
        ValueStreamMap.model_validate(data | {"steps": [{"id": "a", "process_time": wait}]})
        for wait in ("6h", "13h")
    ]
    assert parse_limit("lead_time>1d").exceeded(diff(before, after))
    assert not parse_limit("lead_time>8h").exceeded(diff(before, after))


def test_what_was_nothing_grew_by_any_percentage() -> None:
    assert parse_limit("wait_time>1000%").exceeded(change("0", "1m"))
    assert not parse_limit("handoffs>10%").exceeded(change("0", "1m"))


def test_unknown_figures_exceed_nothing() -> None:
    for metric in ("wip", "labour", "complete_accurate", "takt_time"):
        assert not parse_limit(f"{metric}>-50%").exceeded(change("1d", "9d"))
    # Known on one side alone.
    learned = change("1d", "9d", complete_accurate="50%")
    assert not parse_limit("complete_accurate<50%").exceeded(learned)


def test_maps_that_came_or_went_exceed_nothing() -> None:
    for one in (diff(None, version("1d")), diff(version("1d"), None)):
        assert not parse_limit("lead_time>0").exceeded(one)
        assert not parse_limit("lead_time<0").exceeded(one)


@pytest.mark.parametrize("metric", METRICS)
def test_every_figure_can_have_a_limit(metric: str) -> None:
    own = {TIME_METRICS: "1h", RATIO_METRICS: "0.01", COUNT_METRICS: "1"}
    amount = next(amount for metrics, amount in own.items() if metric in metrics)
    for text in (f"{metric}>{amount}", f"{metric}<-{amount}", f"{metric}>+10%"):
        limit = parse_limit(f" {text} ")
        assert limit.text == text
        assert limit.exceeded(change("2d", "2d")) is False


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("lead_tme>10%", "did you mean lead_time?"),
        ("lead-time>10%", "did you mean lead_time?"),
        ("Lead time>10%", "did you mean lead_time?"),
        ("handoff>0", "did you mean handoffs?"),
        ("xyzzy>0", "handoffs"),
        (">0", "lead_time"),
        ("lead_time", "'lead_time>+10%'"),
        ("", "'lead_time>+10%'"),
        ("lead_time=10%", "'lead_time>+10%'"),
        ("lead_time>=10%", "'lead_time>+10%'"),
        ("lead_time>", "'lead_time>+10%'"),
        ("lead_time>10", "10h"),
        ("lead_time>1,5d", "1.5d"),
        ("lead_time>2 days", "write 2d"),
        ("lead_time>1d..2d", "'lead_time>+10%'"),
        ("lead_time>9000w", "'lead_time>+10%'"),
        ("lead_time>10%%", "'lead_time>+10%'"),
        ("handoffs>1d", "'handoffs>0'"),
        ("handoffs>one", "'handoffs>0'"),
        ("activity_ratio<-5h", "'handoffs>0'"),
        ("lead_time>--1d", "'lead_time>+10%'"),
        ("lead_time>nan", "'lead_time>+10%'"),
        ("handoffs>1e9", "'handoffs>0'"),
        ("wip>" + "9" * 400, "'handoffs>0'"),
    ],
)
def test_what_is_no_limit_is_said_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_limit(text)
    assert hint in str(refused.value)
    assert len(str(refused.value)) < 500
