"""Whose number it is: what counts as the same number, and when it has grown stale."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.unit.model.strategies import make
from vsmdocs.analysis.blame import find_blame, stale
from vsmdocs.analysis.numbers import MAP, Place, numbers
from vsmdocs.model.snapshot import Revision
from vsmdocs.model.stream import ValueStreamMap

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def revision(number: int) -> Revision:
    return Revision(f"{number:040}", DAY + timedelta(days=number), "Ada", f"commit {number}")


def steps(**review: Any) -> ValueStreamMap:
    keys = {"id": "review", "process_time": "2h", "wait_time": "3d", **review}
    return make([{"id": "build", "process_time": "1d"}, keys])


def since(*maps: ValueStreamMap, place: Place = ("review", "wait_time")) -> tuple[int, str | None]:
    """Give the number of the version that said it, and what it was before."""
    found = find_blame((revision(n), version) for n, version in enumerate(maps))[place]
    assert found.revision is not None
    return int(found.revision.commit), found.before


@pytest.mark.parametrize("same", ["3d", "24h", "2d 8h", "1d 16h", "PT24H", "0.6w", "3d..3d"])
def test_another_way_to_write_it_is_no_change(same: str) -> None:
    assert since(steps(), steps(wait_time=same)) == (0, None)


@pytest.mark.parametrize("other", ["3.1d", "23h", "1d..5d", "1d..3d..5d", "0"])
def test_another_value_or_another_certainty_is_one(other: str) -> None:
    assert since(steps(), steps(wait_time=other)) == (1, "3d")


def test_a_change_back_is_a_change() -> None:
    assert since(steps(), steps(wait_time="1d"), steps()) == (2, "1d")


def test_another_calendar_changes_what_days_mean() -> None:
    longer = make(
        [{"id": "review", "wait_time": "3d", "process_time": "2h"}],
        calendar={"hours_per_day": "10"},
    )
    assert since(steps(), longer) == (1, "3d")
    assert since(steps(), longer, place=("review", "process_time")) == (0, None)


def test_a_number_that_is_taken_away_and_comes_back_is_new() -> None:
    assert since(steps(), steps(wait_time=None), steps()) == (2, None)


def test_every_number_of_a_map_has_a_place() -> None:
    found = numbers(
        make(
            [
                {"id": "a", "process_time": "1h", "people": "2", "wip": "3", "batch_size": "4",
                 "capacity": "5/day", "complete_accurate": ["80%", "90%"]},
                {"id": "b", "wait_time": "1h", "lead_time": "2h"},
            ],
            demand="6/week",
            flow=[{"from": "a", "to": "b", "wait": "1d"}],
            rework=[{"from": "b", "to": "a", "rate": "10%", "passes": "2", "wait": "3h"}],
        )
    )  # fmt: skip
    assert [(*place, number.text) for place, number in found.items()] == [
        (MAP, "demand", "6/week"),
        ("a", "process_time", "1h"), ("a", "complete_accurate", "80%, 90%"), ("a", "people", "2"),
        ("a", "wip", "3"), ("a", "batch_size", "4"), ("a", "capacity", "5/day"),
        ("b", "wait_time", "1h"), ("b", "lead_time", "2h"),
        ("a -> b", "wait", "1d"),
        ("b -> a", "rate", "10%"), ("b -> a", "passes", "2"), ("b -> a", "wait", "3h"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("review_by", "today", "days", "expected"),
    [
        (None, 400, None, ""),
        (30, 29, None, ""),
        (30, 31, None, "due for review since 2026-01-31"),
        (-5, 31, None, ""),  # said after that day
        (None, 10, 10, ""),
        (None, 11, 10, "11 days old"),
    ],
)
def test_when_a_number_is_stale(
    review_by: int | None, today: int, days: int | None, expected: str
) -> None:
    def on(days: int) -> date:
        return DAY.date() + timedelta(days=days)

    blame = find_blame([(revision(0), steps())])[("review", "wait_time")]
    due = None if review_by is None else on(review_by)
    assert stale(blame, due, on(today), days) == expected


def test_a_number_with_evidence_is_as_old_as_its_evidence() -> None:
    measured = steps(evidence={"wait_time": {"grade": "measured", "on": "2026-03-01"}})
    found = find_blame([(revision(0), measured)])
    assert found["review", "wait_time"].said_on == date(2026, 3, 1)
    assert found["review", "process_time"].said_on == DAY.date()


def test_what_was_not_committed_is_not_stale() -> None:
    blame = find_blame([(None, steps())])["review", "wait_time"]
    assert stale(blame, date(2020, 1, 1), date(2026, 1, 1), 1) == ""
