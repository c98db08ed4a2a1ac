"""The matrix of handoffs: everything in its place, and nothing over another."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rendering.picture.strategies import NAMES
from vsmdocs.rendering.charts.matrix import Flow, Matrix, draw_matrix

THREE = [("Design", "d"), ("Build", "b"), ("Ship", "s")]
FLOWS = {
    ("Design", "Build"): Flow(4, 8.0, "Design → Build", "d#to-1"),
    ("Build", "Ship"): Flow(1, 2.0, "Build → Ship", "b#to-1"),
    ("Build", "Design"): Flow(2, None, "Build → Design", "b#to-2"),
}


def drawn() -> Matrix:
    return draw_matrix(THREE, FLOWS, "What is to be seen.")


def test_each_square_is_where_its_row_and_column_meet() -> None:
    matrix = drawn()
    by_title = {square.title: square for square in matrix.squares}
    ahead, back = by_title["Design → Build"], by_title["Build → Design"]
    assert ahead.x - back.x == ahead.side
    assert back.y - ahead.y == ahead.side
    assert [square.text for square in matrix.squares] == ["4", "2", "1"], "row by row"


def test_more_is_darker_and_longer_is_longer() -> None:
    by_title = {square.title: square for square in drawn().squares}
    assert [by_title[t].level for t in ("Build → Ship", "Build → Design", "Design → Build")] == [
        1, 2, 4,
    ]  # fmt: skip
    lengths = {
        title: float(match[1])
        for title, square in by_title.items()
        if (match := re.search(r"h([\d.]+)v", square.bar))
    }
    assert set(lengths) == {"Design → Build", "Build → Ship"}, "what is unknown has no bar"
    assert lengths["Design → Build"] / lengths["Build → Ship"] > 3.9


def test_sums_stand_at_the_ends() -> None:
    assert [text.text for text in drawn().sums] == ["4", "3", "0", "2", "4", "1"]


def test_every_team_is_named_twice_and_leads_to_its_page() -> None:
    assert [(head.text.text, head.href) for head in drawn().heads] == [
        (name, href) for name, href in THREE for _ in range(2)
    ]


@given(
    st.lists(st.sampled_from(NAMES) | st.text("abc ü本ב", min_size=1, max_size=200), min_size=1,
             max_size=30, unique=True),
    st.data(),
)  # fmt: skip
def test_nothing_leaves_the_picture(names: list[str], data: st.DataObject) -> None:
    moves = data.draw(
        st.dictionaries(
            st.tuples(st.sampled_from(names), st.sampled_from(names)),
            st.tuples(st.integers(1, 999), st.none() | st.floats(0, 1e6)),
            max_size=40,
        )
    )
    flows = {pair: Flow(count, wait, "t", "h") for pair, (count, wait) in moves.items()}
    matrix = draw_matrix([(name, "h") for name in names], flows, "")
    assert len({(square.x, square.y) for square in matrix.squares}) == len(flows)
    for square in matrix.squares:
        assert square.side >= 24, "something to point at"
        assert 1 <= square.level <= 4
        assert square.x >= 0 < square.y
        assert square.x + square.side <= matrix.width
        assert square.y + square.side <= matrix.height
        for run in re.findall(r"h([\d.]+)v", square.bar):
            assert float(run) <= square.side
    left = min(float(re.findall(r"[\d.]+", shape.path)[0]) for shape in matrix.shapes)
    assert 14 <= left <= 204.5, "names are cut before they take all the room"
    assert sum(int(text.text.replace(",", "")) for text in matrix.sums) == 2 * sum(
        flow.number for flow in flows.values()
    )
