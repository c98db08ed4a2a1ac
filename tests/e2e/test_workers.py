"""Work spread over processes: the same site whatever their number, no silence when one fails."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.generate import make_map
from vsmdocs.errors import UsageError, VsmdocsError
from vsmdocs.site import build as build_module
from vsmdocs.site.build import build_site
from vsmdocs.workers import Workers, cores_for
from vsmdocs.workspace import open_workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


class Counter:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.given: list[int] = []

    def add(self, number: int) -> tuple[int, list[int]]:
        self.given.append(number)
        return os.getpid(), list(self.given)

    def add_slowly(self, number: int) -> tuple[int, list[int]]:
        # Until somebody else has had the time to ask for work.
        time.sleep(0.05)
        return self.add(number)

    def refuse(self, number: int) -> None:
        raise UsageError(f"not {number}")

    def refuse_strangely(self, number: int) -> None:
        class Strange(Exception):
            pass

        raise Strange(f"not {number}")

    def die(self, number: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("count", [1, 3])
def test_each_worker_keeps_its_own(count: int) -> None:
    portions = [(number % count, number) for number in range(7)]
    with Workers(Counter, count) as workers:
        first = list(workers.run(Counter.add, portions))
        second = list(workers.run(Counter.add, [(0, 10)]))
    assert len(first) == len(portions)
    kept = {worker: given for worker, (_, given) in first}
    assert sorted(number for given in kept.values() for number in given) == list(range(7))
    pids = {worker: pid for worker, (pid, _) in first}
    assert len(set(pids.values())) == len(pids) <= count
    assert (os.getpid() in pids.values()) == (count == 1)
    worker, (_, given) = second[0]
    assert given == [*kept.get(worker, []), 10]


def test_who_is_done_helps_the_others() -> None:
    with Workers(Counter, 2) as workers:
        found = list(workers.run(Counter.add_slowly, [(0, number) for number in range(6)]))
    assert {worker for worker, _ in found} == {0, 1}


def test_what_a_worker_raises_is_raised_here_with_its_traceback() -> None:
    with Workers(Counter, 2) as workers, pytest.raises(UsageError, match="not 5") as caught:
        list(workers.run(Counter.refuse, [(1, 5)]))
    assert "in refuse" in "".join(caught.value.__notes__)
    with Workers(Counter, 2) as workers, pytest.raises(RuntimeError, match="Strange: not 5"):
        list(workers.run(Counter.refuse_strangely, [(1, 5)]))


def test_a_worker_that_is_killed_is_an_error_and_no_endless_wait() -> None:
    with Workers(Counter, 2) as workers, pytest.raises(VsmdocsError, match="memory"):
        list(workers.run(Counter.die, [(0, 1), (1, 1)]))


def test_there_are_never_more_workers_than_work() -> None:
    assert cores_for(0) == cores_for(1) == 1
    assert 1 <= cores_for(2) <= 2


def project(folder: Path) -> None:
    """Write streams whose states lie far apart, one of them twice, and one broken file."""
    for number in range(24):
        name = ("z" if number % 2 else "a") + f"/s{number // 2}-{number % 2}.md"
        path = folder / "maps" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_map(number, 1), encoding="utf-8")
    (folder / "maps/m").mkdir()
    (folder / "maps/m/s1-1.md").write_text(make_map(3, 1), encoding="utf-8")
    (folder / "maps/broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_site_is_the_same_however_the_work_is_shared_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path)
    workspace = open_workspace(tmp_path)
    sites: list[dict[str, bytes]] = []
    results: list[Sequence[object]] = []
    for cores, portion in ((1, 40), (2, 3), (3, 2), (5, 1)):
        monkeypatch.setattr(build_module, "_PORTION", portion)
        monkeypatch.setattr(build_module, "cores_for", lambda portions, cores=cores: cores)
        result = build_site(workspace, tmp_path / "site")
        sites.append(content(tmp_path / "site"))
        results.append((result.pages, result.maps, result.findings, result.warnings))
    assert all(site == sites[0] for site in sites)
    assert all(result == results[0] for result in results)
    assert b"duplicate-identity" in sites[0]["checks/index.html"]
    assert b"future-without-current" not in sites[0]["checks/index.html"]
    assert sites[0]["data/metrics.csv"].count(b"\n") == 1 + 24
