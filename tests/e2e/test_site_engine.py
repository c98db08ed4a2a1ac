"""The child process that lays out: its limits, its failures, and a second engine."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.unit.rendering.picture.strategies import make
from vsmdocs.errors import UsageError
from vsmdocs.model.metrics import measure
from vsmdocs.rendering.picture.dot import read_order, to_dot
from vsmdocs.rendering.picture.drawing import spec_of
from vsmdocs.rendering.picture.engine import BUNDLED, find_engine, lay_out
from vsmdocs.rendering.picture.layout import LayoutSpec
from vsmdocs.rendering.picture.placing import place

Engine = Callable[[str], str]
SECONDS = 1.0
MEMORY = 256 << 20


def chain(steps: int) -> LayoutSpec:
    """Give a chain: there is nothing in it for an engine to decide."""
    return spec_of_flow([f"s{n}" for n in range(steps)])


def fork(steps: int) -> LayoutSpec:
    """Give a chain that starts with two steps at once, in one lane."""
    chained = [f"s{n}" for n in range(steps)]
    pairs = [" -> ".join(pair) for pair in pairwise(["[a, b]", *chained])]
    return spec_of_flow(["a", "b", *chained], pairs)


def spec_of_flow(steps: list[str], flow: list[str] | None = None) -> LayoutSpec:
    keys = {"flow": flow} if flow else {}
    stream_map = make([{"id": step, "process_time": "1h"} for step in steps], **keys)
    return spec_of(stream_map, measure(stream_map))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """`engine(code)` is the path of a program of this Python code, named like the bundled one.

    The code has `source`, what it was sent, and `real(source)`, what the bundled one answers.
    """

    def program(code: str) -> str:
        path = tmp_path / BUNDLED
        path.write_text(
            f"#!{sys.executable} -IS\nimport subprocess, sys, time\n"
            "source = sys.stdin.read()\n"
            f"def real(text): return subprocess.run([{find_engine()!r}, '-Tplain'], input=text,"
            " text=True, capture_output=True).stdout\n" + code
        )
        path.chmod(0o755)
        return str(path)

    return program


def test_the_bundled_engine_is_found_and_works() -> None:
    spec = fork(3)
    layout = lay_out([spec], find_engine())[spec.key]
    assert layout is not None
    xs = [x for x, _ in layout.centres]
    assert xs[5] < xs[0] == xs[1] < xs[2] < xs[3] < xs[4] < xs[6]


def test_the_bundled_engine_needs_no_search_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert lay_out([fork(2)], find_engine())[fork(2).key] is not None


def test_a_missing_engine_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match=r"no layout program “dot”.*install it"):
        find_engine("dot")


def test_an_engine_that_vanished_gives_no_layout() -> None:
    assert lay_out([fork(2)], "/nowhere/dot") == {fork(2).key: None}


def test_no_graphs_need_no_engine() -> None:
    assert lay_out([], "/nowhere/dot") == {}


def test_where_nothing_is_to_be_decided_no_engine_is_asked() -> None:
    spec = chain(12)
    layout = lay_out([spec], "/nowhere/dot")[spec.key]
    assert layout is not None
    asked = place(spec, read_order(spec, plain(to_dot(spec))))
    assert layout == asked


def plain(source: str) -> str:
    """Give what the bundled engine answers."""
    return subprocess.run(
        [find_engine(), "-Tplain"], input=source, capture_output=True, text=True, check=True
    ).stdout


BAD = {
    "sleeps": "time.sleep(60)",
    "allocates": "blocks = [bytearray(1 << 20) for _ in range(100_000)]; time.sleep(60)",
    "prints half": "print(real(source)[:60])",
    "prints bytes": "sys.stdout.buffer.write(bytes(range(256)))",
    "prints nothing": "",
    "prints another format": "print('{\"objects\": []}\\nstop')",
    "prints for ever": "while True: sys.stdout.write('x' * (1 << 20))",
    "dies": "sys.exit(1)",
    "is killed": "import os; os.kill(os.getpid(), 9)",
    "prints and dies": "print(real(source)); sys.exit(3)",
    "loses a node": "print(real(source).replace('node n0', 'node other'))",
    "answers twice": "print(real(source) * 2)",
    "stops early": "print(real(source).replace('stop', ''))",
}


@pytest.mark.parametrize("code", BAD.values(), ids=BAD.keys())
def test_an_engine_out_of_bounds_gives_no_layout(engine: Engine, code: str) -> None:
    spec = fork(2)
    started = time.monotonic()
    assert lay_out([spec], engine(code), seconds=SECONDS, memory=MEMORY) == {spec.key: None}
    # Once as usual and once with cheap settings.
    assert time.monotonic() - started < 2 * SECONDS + 3


def test_an_engine_that_prints_for_ever_costs_no_memory(engine: Engine) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lay_out([fork(2)], engine(BAD["prints for ever"]), seconds=SECONDS)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 200 << 20


def test_a_child_of_the_engine_does_not_hold_up_the_build(engine: Engine) -> None:
    code = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)']); time.sleep(20)"
    started = time.monotonic()
    spec = fork(2)
    assert lay_out([spec], engine(code), seconds=SECONDS) == {spec.key: None}
    assert time.monotonic() - started < 2 * SECONDS + 3


def test_a_bad_graph_of_a_batch_is_the_only_one_to_suffer(engine: Engine) -> None:
    """What crashes the engine takes its batch with it; alone, the others come through."""
    specs = [fork(steps) for steps in range(2, 12)]
    bad = specs[4]
    # A graph of so many nodes is the only one with as many and no more.
    last, after = (f"n{len(bad.lanes) - more}}}" for more in (1, 0))
    code = (
        "graphs = source.split('digraph')[1:]\n"
        f"if any({last!r} in g and {after!r} not in g for g in graphs): sys.exit(1)\n"
        "print(real(source))\n"
    )
    layouts = lay_out(specs, engine(code), seconds=10)
    assert [key for key, layout in layouts.items() if layout is None] == [bad.key]
    alone = lay_out(specs, find_engine())
    assert {k: v for k, v in layouts.items() if v} == {
        k: v for k, v in alone.items() if k != bad.key
    }


def test_what_fails_is_tried_once_more_with_cheap_settings(engine: Engine) -> None:
    spec = fork(3)
    code = "sys.exit(1) if 'nslimit' not in source else print(real(source))"
    layout = lay_out([spec], engine(code))[spec.key]
    assert layout is not None
    assert len(layout.curves) == 7


def test_the_engine_sees_nothing_of_the_environment(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOT_SECRET", "x")
    monkeypatch.setenv("GVBINDIR", str(tmp_path))
    seen = tmp_path / "environment.json"
    code = (
        "import json, os\n"
        f"open({str(seen)!r}, 'w').write(json.dumps(dict(os.environ)))\nprint(real(source))"
    )
    assert lay_out([fork(2)], engine(code))[fork(2).key]
    assert set(json.loads(seen.read_text())) <= {"PATH", "LC_ALL", "LC_CTYPE"}


def test_equal_graphs_are_laid_out_once_and_in_batches(engine: Engine, tmp_path: Path) -> None:
    seen = tmp_path / "runs"
    code = f"open({str(seen)!r}, 'a').write(f'{{source.count(\"digraph\")}} ')\nprint(real(source))"
    specs = [fork(steps) for steps in (2, 3, 4, 2, 3, 4, 2)]
    layouts = lay_out(specs, engine(code))
    assert len(layouts) == 3
    assert all(layouts.values())
    assert seen.read_text() == "3 "


def test_a_layout_is_the_same_alone_and_in_a_batch_and_again() -> None:
    specs = [fork(steps) for steps in range(1, 30)]
    once = lay_out(specs, find_engine())
    assert all(once.values())
    assert lay_out(reversed(specs), find_engine()) == once
    assert lay_out(specs[3:4], find_engine()) == {specs[3].key: once[specs[3].key]}


def test_a_long_map_is_laid_out_within_the_limits() -> None:
    spec = fork(300)
    layout = lay_out([spec], find_engine())[spec.key]
    assert layout is not None
    assert len(layout.centres) == 304


def test_large_graphs_are_laid_out_side_by_side() -> None:
    """The limits are set between fork and exec, which must not deadlock under threads."""
    specs = [fork(steps) for steps in range(61, 73)]
    assert all(lay_out(specs, find_engine()).values())


@pytest.mark.skipif(shutil.which("dot") is None, reason="no system Graphviz")
def test_a_system_dot_does_the_same_job() -> None:
    specs = [fork(steps) for steps in (1, 2, 30)]
    layouts = lay_out(specs, find_engine("dot"))
    assert all(layouts.values())


def test_an_engine_leaves_no_process_behind(engine: Engine, tmp_path: Path) -> None:
    seen = tmp_path / "pid"
    code = f"import os; open({str(seen)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    lay_out([fork(2)], engine(code), seconds=0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int(seen.read_text()), 0)
