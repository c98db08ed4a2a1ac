"""Step lines: no value is invented between two known ones, and no extreme is lost."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.rendering.charts.steps import (
    Place,
    area_path,
    between_path,
    find_runs,
    line_path,
    spaced,
)

PLACES: st.SearchStrategy[list[Place]] = st.lists(
    st.tuples(st.integers(0, 300).map(lambda x: x / 10), st.sampled_from([None, 1.0, 4.0, 9.0])),
    max_size=60,
).map(lambda places: sorted(places, key=lambda place: place[0]))


def test_paths() -> None:
    runs = find_runs([(0, 5.0), (10, 2.0), (20, None), (30, 2.0), (35, 2.0)], 40)
    assert line_path(runs) == "M0 5H10V2H20M30 2H40"
    assert area_path(runs, 9) == "M0 9V5H10V2H20V9ZM30 9V2H40V9Z"
    other = find_runs([(5, 1.0)], 15)
    assert between_path(runs, other) == "M5 5H10V1H5ZM10 2H15V1H10Z"


def test_nothing_known_is_no_line() -> None:
    assert find_runs([(0, None), (1, None)], 9) == ()
    assert find_runs([], 9) == ()


@given(PLACES)
def test_extremes_stay_and_gaps_stay(places: list[Place]) -> None:
    runs = find_runs(places, 31)
    drawn = {y for run in runs for _, y in run.points}
    known = {y for _, y in places if y is not None}
    assert drawn <= known
    if known:
        assert {min(known), max(known)} <= drawn
    for run, following in pairwise(runs):
        assert run.end <= following.points[0][0]
    for run in runs:
        times = [x for x, _ in run.points]
        assert times == sorted(times)
        assert run.end >= times[-1]


@given(
    st.lists(st.tuples(st.floats(0, 90), st.floats(0, 40)), max_size=40).map(sorted),
    st.sets(st.integers(0, 39)),
)
def test_marks_keep_their_distance(points: list[tuple[float, float]], keep: set[int]) -> None:
    kept = frozenset(index for index in keep if index < len(points))
    chosen = spaced(points, kept, 7)
    assert {points[index] for index in kept} <= {points[index] for index in chosen}
    for index in chosen:
        for other in chosen:
            if index < other and not {index, other} <= kept:
                x, y = (abs(points[index][axis] - points[other][axis]) for axis in (0, 1))
                assert x >= 7 or y >= 7
