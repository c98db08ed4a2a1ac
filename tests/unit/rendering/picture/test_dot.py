"""What Graphviz is told, and what is made of its answer."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
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
from vsmdocs.rendering.picture.dot import from_json, to_dot
from vsmdocs.rendering.picture.drawing import spec_of
from vsmdocs.rendering.picture.layout import LayoutSpec
from vsmdocs.rendering.picture.sizing import choose_sizes

CASES = Path(__file__).parents[3] / "cases"
#: Every word that DOT is made of: keywords, attributes, generated names and numbers.
OURS = re.compile(
    r"digraph|graph|node|edge|rank|same|rankdir|LR|ranksep|nodesep|splines|true|line|nslimit1?"
    r"|mclimit|shape|box|fixedsize|label|width|height|arrowhead|none|headport|tailport|style"
    r"|invis|weight|TABLE|FIXEDSIZE|TRUE|WIDTH|HEIGHT|BORDER|TR|TD|n[0-9]+|b[0-9]+x[0-9]+|[ewc]"
    r"|[0-9]+(\.[0-9]+)?"
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
    data |= {key: text for key in ("owner", "unit", "trigger", "customer", "outcome")}
    for loop in data["rework"]:
        loop["reason"] = text
    for edge in data["flow"]:
        if isinstance(edge, dict):
            edge["label"] = text
    words = re.split(r"[\s{}\[\]=,<>\"/-]+", to_dot(spec(data), cheap=cheap))
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


KEY = "88c1a9fe73b3bc381aaf3b5c"


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


@given(pictured())
def test_every_node_of_a_lane_lies_between_its_rails(data: dict[str, Any]) -> None:
    """The edges that keep steps in their lanes are all there, in both kinds of layout."""
    found = spec(data)
    dot = to_dot(found)
    for node, (lane, rank) in enumerate(zip(found.lanes, found.ranks, strict=True)):
        if lane:
            assert f"b{lane}x{rank} -> n{node} [" in dot
        if lane + 1 < found.lane_count:
            assert f"n{node} -> b{lane + 1}x{rank} [" in dot
    for rail in range(1, found.lane_count):
        for left, right in pairwise(range(max(found.ranks) + 1)):
            assert f"b{rail}x{left} -> b{rail}x{right} [" in dot


# --- the answer --------------------------------------------------------------


@pytest.fixture
def answer() -> dict[str, Any]:
    """Graphviz's answer for two steps in two lanes."""
    places = {"n0": "150,90", "n1": "350,30", "n2": "40,90", "n3": "550,30"}
    rails = {"b1x0": "40,60", "b1x1": "150,60", "b1x2": "350,60", "b1x3": "550,60"}
    names = [*places, *rails]
    edges = [("n2", "n0"), ("n0", "n1"), ("n1", "n3")]
    return {
        "bb": "0,0,600,120",
        "objects": [
            {"_gvid": number, "name": name, "pos": (places | rails)[name]}
            for number, name in enumerate(names)
        ],
        "edges": [
            {"tail": names.index(a), "head": names.index(b), "pos": "e,9,9 1,2 3,4 5,6 7,8"}
            for a, b in edges
        ],
    }


@pytest.fixture
def two() -> LayoutSpec:
    steps = [
        {"id": "a", "owner": "A", "process_time": "1h"},
        {"id": "b", "owner": "B", "process_time": "1h"},
    ]
    stream_map: ValueStreamMap = make(steps)
    return spec_of(stream_map, measure(stream_map))


def test_positions_are_measured_from_the_top(two: LayoutSpec, answer: dict[str, Any]) -> None:
    layout = from_json(two, answer)
    assert layout.centres == ((150, 30), (350, 90), (40, 30), (550, 90))
    assert layout.boundaries == (60,)
    assert layout.curves[0].points == ((1, 118), (3, 116), (5, 114), (7, 112))


def _without_a_node(answer: dict[str, Any]) -> None:
    del answer["objects"][1]


def _without_an_edge(answer: dict[str, Any]) -> None:
    del answer["edges"][1]


def _outside_its_lane(answer: dict[str, Any]) -> None:
    answer["objects"][1]["pos"] = "350,100"


def _without_a_rail(answer: dict[str, Any]) -> None:
    answer["objects"][4]["name"] = "other"


def _without_a_box(answer: dict[str, Any]) -> None:
    answer["bb"] = ""


def _with_text_for_numbers(answer: dict[str, Any]) -> None:
    answer["objects"][0]["pos"] = "here,there"


def _with_nothing(answer: dict[str, Any]) -> None:
    answer.clear()


def _with_a_list_for_an_edge(answer: dict[str, Any]) -> None:
    answer["edges"][0] = ["tail", "head"]


def _with_an_empty_curve(answer: dict[str, Any]) -> None:
    answer["edges"][0]["pos"] = ""


def _with_a_stump_for_a_curve(answer: dict[str, Any]) -> None:
    answer["edges"][0]["pos"] = "1,2"


def _with_no_number(answer: dict[str, Any]) -> None:
    answer["objects"][0]["pos"] = "nan,nan"


def _with_an_unknown_end(answer: dict[str, Any]) -> None:
    answer["edges"][0]["head"] = 99


def _with_no_list(answer: dict[str, Any]) -> None:
    answer["objects"] = 3


@pytest.mark.parametrize(
    "spoil",
    [
        _without_a_node, _without_an_edge, _outside_its_lane, _without_a_rail, _without_a_box,
        _with_text_for_numbers, _with_nothing, _with_a_list_for_an_edge, _with_an_empty_curve,
        _with_a_stump_for_a_curve, _with_no_number, _with_an_unknown_end, _with_no_list,
    ],
)  # fmt: skip
def test_an_answer_that_lacks_something_is_refused(
    two: LayoutSpec, answer: dict[str, Any], spoil: Any
) -> None:
    spoil(answer)
    json.dumps(answer)
    with pytest.raises(RenderError):
        from_json(two, answer)


@pytest.mark.parametrize("answer", [None, [], 3, "text", [{}]])
def test_an_answer_that_is_no_object_is_refused(two: LayoutSpec, answer: Any) -> None:
    with pytest.raises(RenderError):
        from_json(two, answer)
