"""No map, however it is made, takes long: it is calculated, or refused with a reason."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.model.strategies import make
from vsmdocs.errors import CalculationError
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.structure import find_problems

SECONDS = 20
"""Of processor time: several times what the slowest takes, for a machine that is busy."""


def steps(count: int) -> list[dict[str, str]]:
    return [{"id": f"s{n}", "process_time": "2h", "wait_time": "1d"} for n in range(count)]


def lines(count: int, begin: int = 0) -> list[Any]:
    return [
        " -> ".join(f"s{n}" for n in range(a, min(a + 101, count)))
        for a in range(begin, count - 1, 100)
    ]


def loop(source: int, target: int, rate: str, **more: str) -> dict[str, str]:
    return {"from": f"s{source}", "to": f"s{target}", "rate": rate, **more}


def choices(count: int) -> tuple[str, int]:
    """Return a line with so many choices of two, and the number of its steps."""
    line, step = "s0", 1
    for _ in range(count):
        line += f" -> [s{step} 50%, s{step + 1} 50%] -> s{step + 2}"
        step += 3
    return line, step


def chain() -> ValueStreamMap:
    return make(steps(1000))


def scenarios_of_a_small_map() -> ValueStreamMap:
    line, count = choices(10)
    return make(steps(count), flow=[line])


def scenarios_with_detours() -> ValueStreamMap:
    line, count = choices(10)
    rework = [loop(3 * n + 3, 3 * n + 1, "10%") for n in range(10)]
    return make(steps(count), flow=[line], rework=rework)


def scenarios_of_a_long_map() -> ValueStreamMap:
    line, count = choices(10)
    return make(steps(1000), flow=[line, *lines(1000, count - 1)])


def too_many_scenarios() -> ValueStreamMap:
    line, count = choices(12)
    return make(steps(count), flow=[line])


def choices_of_one() -> ValueStreamMap:
    flow = [
        " -> ".join([f"s{a}", *(f"[s{n} 100%]" for n in range(a + 1, min(a + 101, 1000)))])
        for a in range(0, 999, 100)
    ]
    return make(steps(1000), flow=flow)


def thousands_of_loops() -> ValueStreamMap:
    rng = random.Random(1)
    rework = [
        loop(n, target, "0.0005%")
        for n in range(1000)
        for target in rng.sample(range(n + 1), min(n + 1, 30))
    ]
    return make(steps(1000), rework=rework)


def loops_in_a_block() -> ValueStreamMap:
    rng = random.Random(1)
    groups = [range(a, min(a + 250, 999)) for a in range(1, 999, 250)]
    flow = [f"s0 -> [{', '.join(f's{n}' for n in group)}] -> s999" for group in groups]
    rework = [loop(n, t, "0.0001%") for n in range(1, 999) for t in rng.sample(range(1, 999), 25)]
    return make(steps(1000), flow=flow, rework=rework)


def a_dense_graph() -> ValueStreamMap:
    rng = random.Random(1)
    pairs = {(a, b) for a, b in (sorted(rng.sample(range(1000), 2)) for _ in range(19_000))}
    edges = [{"from": f"s{a}", "to": f"s{b}", "wait": f"{rng.randint(1, 50)}h"} for a, b in pairs]
    return make(steps(1000), flow=[*edges, *lines(1000)])


def scenarios_of_a_dense_graph() -> ValueStreamMap:
    rng = random.Random(1)
    pairs = {(a, b) for a, b in (sorted(rng.sample(range(30, 1000), 2)) for _ in range(19_000))}
    line, count = choices(7)
    edges = [{"from": f"s{a}", "to": f"s{b}", "wait": f"{rng.randint(1, 50)}h"} for a, b in pairs]
    return make(steps(1000), flow=[line, *edges, *lines(1000, count - 1)])


def a_limited_loop_among_many() -> ValueStreamMap:
    rework = [loop(n, max(n - 9, 0), "3%") for n in range(1, 400)]
    return make(steps(400), rework=[*rework, loop(399, 0, "50%", passes="1")])


def nested_blocks() -> ValueStreamMap:
    outer = [{"from": f"s{n}", "to": f"s{999 - n}", "wait": "10h"} for n in range(498)]
    inner = [{"from": f"s{n}", "to": f"s{n + 2}", "wait": "10h"} for n in range(995)]
    return make(steps(1000), flow=[*lines(1000), *outer, *inner])


def limited_loops() -> ValueStreamMap:
    return make(steps(60), rework=[loop(n, n - 1, "10%", passes="1") for n in range(1, 60)])


def a_million_passes() -> ValueStreamMap:
    return make(steps(1000), rework=[loop(999, 0, "50%", passes="1000000")])


def detours_everywhere() -> ValueStreamMap:
    rework = [loop(n, 1 + n % 2, "0.05%") for n in range(3, 900)]
    rework.append(loop(1, 0, "5%", passes="3"))
    flow = ["s0 -> [s1 50%, s2 50%] -> s3", *lines(900, 3)]
    return make(steps(900), flow=flow, rework=rework)


def never_finished() -> ValueStreamMap:
    return make(steps(100), rework=[loop(n, 0, "99.9999999%") for n in range(100)])


def unknown_names() -> ValueStreamMap:
    many = [{"id": f"step-number-{n}-abcdef"} for n in range(1000)]
    flow = [{"from": f"stepp-numbr-{n}", "to": f"stap-numberr-{n}"} for n in range(5000)]
    return make(many, flow=flow)


@pytest.mark.parametrize(
    ("build", "rule"),
    [
        (chain, None),
        (scenarios_of_a_small_map, None),
        (scenarios_with_detours, None),
        (scenarios_of_a_long_map, "too-complex"),
        (too_many_scenarios, "too-many-scenarios"),
        (choices_of_one, None),
        (thousands_of_loops, None),
        (loops_in_a_block, "too-complex"),
        (a_dense_graph, None),
        (scenarios_of_a_dense_graph, "too-complex"),
        (a_limited_loop_among_many, "too-complex"),
        (nested_blocks, None),
        (limited_loops, "too-complex"),
        (a_million_passes, "too-complex"),
        (detours_everywhere, "too-complex"),
        (never_finished, "no-exit"),
        (unknown_names, "unknown-step"),
    ],
)
def test_hostile_maps(build: Callable[[], ValueStreamMap], rule: str | None) -> None:
    stream_map = build()
    began = time.process_time()
    found = find_problems(stream_map)
    got = found[0].rule if found else None
    if not found:
        try:
            measure(stream_map)
        except CalculationError as error:
            got = error.rule
    assert got == rule
    assert time.process_time() - began < SECONDS
