"""Rework arrows: above the lanes, each on its own way."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.rendering.picture.strategies import CJK_80, LATIN_80, make
from vsmdocs.rendering.picture.layout import Point
from vsmdocs.rendering.picture.rails import TRACK, Rail, Rails, route

WIDTH, COLUMN, LANE = 146.0, 180.0, 150.0


def rails_of(
    places: list[Point], loops: list[tuple[int, int]], reason: str = "", canvas: float = 0
) -> Rails:
    """Route loops between boxes at columns and lanes."""
    stream_map = make(
        [{"id": f"s{number}", "process_time": "1h"} for number in range(len(places))],
        rework=[
            {"from": f"s{a}", "to": f"s{b}", "rate": "20%", "wait": "2h"}
            | ({"reason": reason} if reason else {})
            for a, b in loops
        ],
    )
    corners = {
        f"s{number}": (110 + column * COLUMN, 30 + lane * LANE)
        for number, (column, lane) in enumerate(places)
    }
    widest = max(x for x, _ in corners.values()) + WIDTH + 110
    return route(stream_map, corners, WIDTH, canvas or widest, lambda hours: f"{hours:g} h")


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[Point], list[tuple[int, int]], str]:
    """Draw boxes in columns and lanes, not on each other, with up to eight loops."""
    cells = st.tuples(st.integers(0, 9), st.integers(0, 4))
    places: list[Point] = sorted(draw(st.sets(cells, min_size=1, max_size=20)))
    step = st.integers(0, len(places) - 1)
    pairs = draw(st.sets(st.tuples(step, step), max_size=8))
    loops = sorted({(max(a, b), min(a, b)) for a, b in pairs})
    return places, loops, draw(st.sampled_from(("", "defects", LATIN_80, CJK_80)))


def upright(rail: Rail) -> list[tuple[float, float, float]]:
    return [
        (a[0], min(a[1], b[1]), max(a[1], b[1]))
        for a, b in pairwise(rail.points)
        if a[0] == b[0] and a[1] != b[1]
    ]


@given(scenes())
@example(([(0, 0)] * 1 + [(n, 0) for n in range(1, 9)], [(n, 0) for n in range(1, 9)], ""))
@example(([(0, n) for n in range(5)], [(n, 0) for n in range(5)], "defects"))
def test_rails_keep_apart(scene: tuple[list[Point], list[tuple[int, int]], str]) -> None:
    places, loops, reason = scene
    found = rails_of(places, loops, reason)
    assert len(found.rails) == len(loops)
    runs = []
    for rail in found.rails:
        x, y = rail.label_at
        assert -found.height - 8 <= y - 9, "a label stands above the picture"
        assert y + 9 <= -8, "a label hangs into the lanes"
        ends = sorted(x for x, where in rail.points if where == y)
        half = rail.label_width / 2
        assert half - 0.1 <= x, "a label leaves the picture"
        runs.append((y, min(ends[0], x - half), max(ends[1], x + half)))
    for (y, a, b), (z, c, d) in combinations(runs, 2):
        assert abs(y - z) >= TRACK or b < c or d < a, "two rails or their labels touch"
    for one, other in combinations(found.rails, 2):
        for x, low, high in upright(one):
            for z, bottom, top in upright(other):
                assert x != z or high <= bottom or top <= low, "two rails climb on each other"


@given(scenes())
def test_no_rail_runs_through_a_box(
    scene: tuple[list[Point], list[tuple[int, int]], str],
) -> None:
    places, loops, reason = scene
    boxes = [(110 + column * COLUMN, 30 + lane * LANE) for column, lane in places]
    for rail in rails_of(places, loops, reason).rails:
        for x, low, high in upright(rail):
            for left, top in boxes:
                assert not (left < x < left + WIDTH and low < top + 70 and high > top)


def test_a_rail_on_top_rises_straight_and_ends_on_its_step() -> None:
    (rail,) = rails_of([(0, 0), (1, 0)], [(1, 0)]).rails
    assert len(rail.points) == 4
    start, end = rail.points[0], rail.points[-1]
    assert 110 + COLUMN < start[0] < 110 + COLUMN + WIDTH
    assert 110 < end[0] < 110 + WIDTH
    assert start[1] == end[1] == 30
    assert rail.head[0] == end
    assert rail.path.startswith("M")
    assert rail.path.count("Q") == 2


def test_a_rail_from_below_climbs_in_the_gutter() -> None:
    (rail,) = rails_of([(0, 0), (1, 0), (1, 1)], [(2, 0)]).rails
    assert rail.points[0][0] == 110 + COLUMN + WIDTH
    assert rail.points[1][0] > 110 + COLUMN + WIDTH


def test_short_loops_are_nearest_to_the_lanes() -> None:
    places: list[Point] = [(column, 0) for column in range(5)]
    long, short = rails_of(places, [(4, 0), (3, 2)]).rails
    assert long.label_at[1] < short.label_at[1]


def test_loops_that_do_not_meet_share_a_track() -> None:
    places: list[Point] = [(column, 0) for column in range(8)]
    one, other = rails_of(places, [(1, 0), (7, 6)]).rails
    assert one.label_at[1] == other.label_at[1]


def test_no_loops_need_no_room() -> None:
    assert rails_of([(0, 0)], []) == Rails((), 0.0)


@pytest.mark.parametrize(
    ("loop", "label"),
    [
        ({}, "20\u00a0%"),
        ({"passes": "1"}, "20\u00a0% · once"),
        ({"passes": "3"}, "20\u00a0% · at most 3 times"),
        ({"reason": "defects", "wait": "2h"}, "20\u00a0% · defects · 2 h"),
    ],
)
def test_what_a_rail_says(loop: dict[str, str], label: str) -> None:
    stream_map = make("a b", rework=[{"from": "b", "to": "a", "rate": "20%", **loop}])
    corners = {"a": (0.0, 30.0), "b": (200.0, 30.0)}
    (rail,) = route(stream_map, corners, WIDTH, 600, lambda hours: f"{hours:g} h").rails
    assert rail.label == label
    assert rail.title.startswith("Rework: 20\u00a0% go back from B to A")


def test_moving_keeps_the_shape() -> None:
    (rail,) = rails_of([(0, 0), (1, 0)], [(1, 0)]).rails
    moved = rail.moved(8, 40)
    assert moved.label_at == (round(rail.label_at[0] + 8, 1), rail.label_at[1] + 40)
    assert moved.moved(-8, -40) == rail
