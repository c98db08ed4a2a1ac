"""What Graphviz is told, and what is made of its answer."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Golden
from tests.unit.rendering.picture.strategies import HOSTILE, make, measured, pictured
from vsmdocs.errors import RenderError
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading import read_map
from vsmdocs.rendering.picture.dot import passing_nodes, read_order, to_dot
from vsmdocs.rendering.picture.drawing import spec_of
from vsmdocs.rendering.picture.layout import LayoutSpec
from vsmdocs.rendering.picture.sizing import choose_sizes

CASES = Path(__file__).parents[3] / "cases"
#: Every word that DOT is made of: keywords, attributes, generated names and numbers.
OURS = re.compile(
    r"digraph|graph|node|edge|rank|same|rankdir|LR|splines|none|nslimit1?|mclimit|shape|box"
    r"|fixedsize|true|label|width|height|style|invis|n[0-9]+|v[0-9]+x[0-9]+|[0-9]+(\.[0-9]+)?"
)


def spec(data: dict[str, Any]) -> LayoutSpec:
    return spec_of(*measured(data))


def test_the_dot_of_a_published_map(golden: Golden) -> None:
    path = "lean-enterprise/current.md"
    stream_map = read_map(f"maps/{path}", (CASES / path).read_bytes()).map
    dot = to_dot(spec_of(stream_map, measure(stream_map)))
    golden("dot-lean-enterprise", "map.dot", dot)


@given(pictured(most_steps=12), st.sampled_from(HOSTILE), st.booleans())
def test_no_text_of_a_user_reaches_graphviz(
    data: dict[str, Any], hostile: str, cheap: bool
) -> None:
    """Everything in the DOT is one of our own words, whatever the map says."""
    text = hostile.strip()[:200]
    data["title"] = text
    for step in data["steps"]:
        step |= {"name": text, "systems": [text], "notes": text}
    data["steps"][0]["owner"] = text
    data |= dict.fromkeys(("owner", "unit", "trigger", "customer", "outcome"), text)
    for loop in data["rework"]:
        loop["reason"] = text
    for edge in data["flow"]:
        if isinstance(edge, dict):
            edge["label"] = text
    words = re.split(r"[\s{}\[\]=,;<>\"/-]+", to_dot(spec(data), cheap=cheap))
    assert [word for word in words if word and not OURS.fullmatch(word)] == []


@given(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE))
def test_names_of_one_size_class_make_one_layout(one: str, other: str) -> None:
    one, other = one.strip()[:199], other.strip()[:199]
    if choose_sizes([one]) != choose_sizes([other]):
        return
    maps = [
        make(
            [
                {"id": "a", "name": name, "owner": name, "process_time": time, "notes": name},
                {"id": "b", "name": name, "owner": f"{name}!", "wait_time": time, "people": "3"},
            ],
            title=name,
            rework=[{"from": "b", "to": "a", "rate": rate, "reason": name}],
        )
        for name, time, rate in ((one, "1h", "10%"), (other, "17d", "80%"))
    ]
    first, second = (spec_of(m, measure(m)) for m in maps)
    assert to_dot(first) == to_dot(second)
    assert first.key == second.key


@given(pictured(most_steps=12), st.integers(1, 30))
def test_numbers_never_move_anything(data: dict[str, Any], hours: int) -> None:
    before = spec(data)
    for step in data["steps"]:
        if step["kind"] != "queue":
            step["process_time"] = f"{hours}h"
        step |= {"wait_time": f"{hours * 3}m", "complete_accurate": "70%", "wip": str(hours)}
    for loop in data["rework"]:
        loop["rate"] = "15%"
    after = spec(data)
    assert (after.key, to_dot(after)) == (before.key, to_dot(before))


@given(pictured(most_steps=12))
def test_another_structure_has_another_key(data: dict[str, Any]) -> None:
    """A step more, another lane: what is drawn differently is laid out anew."""
    before = spec(data)
    data["steps"].append({"id": "new", "name": "Dev", "process_time": "1h"})
    data["flow"].append("s0 -> new")
    assert spec(data).key != before.key


KEY = "70fb318c5f2804a03677c20b"


def test_the_key_is_fixed_across_processes() -> None:
    """A cache on disk finds again what it kept; whoever changes this raises LAYOUT_VERSION."""
    one = LayoutSpec((0, 0, 0), (1, 0, 2), ((1, 0), (0, 2)), (None, (48, 19)), 146, 120, 78, 34)
    assert one.key == KEY
    assert replace(one, gap=35).key != one.key


@given(pictured())
def test_columns_follow_the_flow(data: dict[str, Any]) -> None:
    found = spec(data)
    for source, target in found.edges:
        assert found.ranks[source] < found.ranks[target]
    steps = len(data["steps"])
    assert found.ranks[steps] == 0, "the trigger stands first"
    assert found.ranks[steps + 1] == max(found.ranks), "the customer stands last"
    owners = {step["id"]: step.get("owner") for step in data["steps"]}
    _, metrics = measured(data)
    met = list(dict.fromkeys(owners[step] for step in metrics.flow.order))
    lanes = dict(zip(owners, found.lanes, strict=False))
    assert [met[lanes[step]] for step in owners] == list(owners.values())


def edges_of(dot: str) -> dict[tuple[str, str], bool]:
    """Return every edge of a DOT source and whether it is drawn, groups and chains taken apart."""
    edges = {}
    for line in dot.splitlines():
        way, _, attributes = line.strip().partition(" [")
        groups = [part.strip("{} ").split() for part in way.split(" -> ")]
        for sources, targets in pairwise(groups):
            for pair in product(sources, targets):
                edges[pair] = "invis" not in attributes
    return edges


@given(pictured())
def test_lanes_keep_their_order_in_every_column(data: dict[str, Any]) -> None:
    """Whatever stands in a column of a lane stands above all of the next lane there."""
    found = spec(data)
    edges = edges_of(to_dot(found))
    columns: dict[int, list[tuple[int, str]]] = {}
    for node, (lane, rank) in enumerate(zip(found.lanes, found.ranks, strict=True)):
        columns.setdefault(rank, []).append((lane, f"n{node}"))
    for edge, lanes in enumerate(found.passing):
        for lane, name in zip(lanes, passing_nodes(found, edge), strict=True):
            columns.setdefault(int(name.partition("x")[2]), []).append((lane, name))
    wanted = set()
    for column in columns.values():
        for upper, lower in pairwise(sorted({lane for lane, _ in column})):
            wanted |= {
                (above, below)
                for (one, above), (other, below) in product(column, column)
                if (one, other) == (upper, lower)
            }
    assert {pair for pair, drawn in edges.items() if not drawn} == wanted


@given(pictured())
def test_every_edge_is_a_chain_through_all_columns(data: dict[str, Any]) -> None:
    found = spec(data)
    wanted = set()
    for edge, (source, target) in enumerate(found.edges):
        between = passing_nodes(found, edge)
        assert len(between) == found.ranks[target] - found.ranks[source] - 1
        wanted |= set(pairwise([f"n{source}", *between, f"n{target}"]))
    assert {pair for pair, drawn in edges_of(to_dot(found)).items() if drawn} == wanted


# --- the answer --------------------------------------------------------------

ANSWER = """graph 1 8 4
node n2 1 3 2 1 "" solid box black lightgrey
node n0 3 3 2 1 "" solid box black lightgrey
node n1 5 1.5 2 1 "" solid box black lightgrey
node n3 7 1.5 2 1 "" solid box black lightgrey
edge n2 n0 4 1 3 1.2 3 1.4 3 2 3 solid black
"""


@pytest.fixture
def two() -> LayoutSpec:
    steps = [
        {"id": "a", "owner": "A", "process_time": "1h"},
        {"id": "b", "owner": "B", "process_time": "1h"},
    ]
    stream_map: ValueStreamMap = make(steps)
    return spec_of(stream_map, measure(stream_map))


def test_an_answer_gives_the_order_in_each_column(two: LayoutSpec) -> None:
    assert read_order(two, ANSWER) == {0: ("n2",), 1: ("n0",), 2: ("n1",), 3: ("n3",)}


def test_what_stands_higher_comes_first_within_its_lane() -> None:
    flow = {"flow": ["a -> [b, c, d]"]}
    stream_map = make(
        [
            {"id": step, "owner": owner, "process_time": "1h"}
            for step, owner in ("aO", "bO", "cO", "dP")
        ],
        **flow,
    )
    found = spec_of(stream_map, measure(stream_map))
    lines = [f"node n{node} 1 {y} 2 1" for node, y in enumerate((1, 1, 2, 9, 1, 1))]
    assert read_order(found, "\n".join(lines))[2] == ("n2", "n1", "n3"), "lanes come first"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "graph 1 8 4\nstop\n",
        ANSWER.replace("node n1", "node other"),
        ANSWER.replace("node n0 3 3", "node n0 here there"),
        ANSWER.replace(" 3 2 1", ""),
        ANSWER.replace("\n", " "),
        "[]",
        "\0" * 9,
    ],
)
def test_an_answer_that_lacks_something_is_refused(two: LayoutSpec, answer: str) -> None:
    with pytest.raises(RenderError):
        read_order(two, answer)
