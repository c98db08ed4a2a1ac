"""The cache: what it remembers, and that nothing which happens to it is ever an error."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.e2e.repositories import Repo, a_map
from vsmdocs import cache as cache_module
from vsmdocs.cache import Cache
from vsmdocs.history import read as read_module
from vsmdocs.history.facts import FactsReader, Found
from vsmdocs.history.read import read_history
from vsmdocs.history.repository import open_repository
from vsmdocs.model.snapshot import RepositoryHistory

ROOT = Path(__file__).parents[2]


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        assert cache.find("facts", ["a"]) == {}
        cache.keep("facts", {"a": [1, None, "é"], "b": {}})
    with Cache(tmp_path / "c") as cache:
        assert cache.find("facts", ["a", "b", "c"]) == {"a": [1, None, "é"], "b": {}}
        assert cache.find("others", ["a"]) == {}
        assert len(cache.find("facts", [str(n) for n in range(2000)] + ["a"])) == 1
    assert (tmp_path / "c/.gitignore").read_text().splitlines()[-1] == "*"


def test_another_version_of_the_program_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cache(tmp_path) as cache:
        cache.keep("facts", {"a": 1})
    monkeypatch.setattr(cache_module, "code_digest", lambda: "newer")
    with Cache(tmp_path) as cache:
        assert cache.find("facts", ["a"]) == {}


def test_no_folder_keeps_nothing(tmp_path: Path) -> None:
    with Cache(None) as cache:
        cache.keep("facts", {"a": 1})
        assert cache.find("facts", ["a"]) == {}


@pytest.mark.parametrize("damage", ["garbage", "half", "empty", "folder", "other schema", "value"])
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, damage: str) -> None:
    with Cache(tmp_path) as cache:
        cache.keep("facts", {str(n): "x" * 100 for n in range(1000)})
    file = tmp_path / "cache.sqlite3"
    if damage == "garbage":
        file.write_bytes(b"\x00garbage" * 1000)
    elif damage == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        change = "DROP TABLE entries" if damage == "other schema" else (
            "UPDATE entries SET value = substr(value, 2)")  # fmt: skip
        known = sqlite3.connect(file)
        known.execute(change)
        known.commit()
        known.close()
    with Cache(tmp_path) as cache:
        found = cache.find("facts", ["1", "999"])
        assert all(value == "x" * 100 for value in found.values())
        cache.keep("facts", {"new": 1})
    with Cache(tmp_path) as cache:
        cache.keep("facts", {"newer": 2})
        if damage != "folder":
            assert cache.find("facts", ["newer"]) == {"newer": 2}


def test_a_folder_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Cache(tmp_path / "file/cache") as cache:
        cache.keep("facts", {"a": 1})
        assert cache.find("facts", ["a"]) == {}


def test_it_does_not_grow_beyond_its_bounds_and_keeps_what_is_used(tmp_path: Path) -> None:
    most = 400_000
    for run in range(12):
        with Cache(tmp_path, most) as cache:
            cache.keep("facts", {f"{run} {n}": "x" * 1000 for n in range(50)})
            assert cache.find("facts", ["0 7"]) or run > 0
            cache.find("facts", ["0 7"])
    assert (tmp_path / "cache.sqlite3").stat().st_size <= most
    with Cache(tmp_path, most) as cache:
        assert cache.find("facts", ["0 7", "11 3"]).keys() == {"0 7", "11 3"}
        assert cache.find("facts", ["0 8", "1 3"]) == {}


def test_builds_at_once_share_it(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from vsmdocs.cache import Cache
        for round in range(20):
            with Cache(Path(sys.argv[1]), 3_000_000) as cache:
                cache.keep("facts", {f"{sys.argv[2]} {round} {n}": [n] for n in range(100)})
                for key, value in cache.find("facts", [f"{sys.argv[2]} {round} 5"]).items():
                    assert value == [5]
    """)
    runs = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), str(n)], cwd=ROOT)
        for n in range(4)
    ]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    with Cache(tmp_path) as cache:
        assert len(cache.find("facts", [f"{n} 19 5" for n in range(4)])) == 4


def test_facts_are_worked_out_once_and_again_when_history_is_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = Repo(tmp_path / "project")
    for wait in ("5d", "4d", "3d"):
        repo.commit("Change", {"maps/delivery/current.md": a_map(wait)})
    asked: list[int] = []
    work_out = FactsReader.work_out

    def counted(self: FactsReader, wanted: list[tuple[str, str, str, str]]) -> Found:
        asked.append(len(wanted))
        return work_out(self, wanted)

    monkeypatch.setattr(FactsReader, "work_out", counted)
    monkeypatch.setattr(read_module, "cores_for", lambda portions: 1)

    def read() -> object:
        repository = open_repository(repo.folder)
        assert repository is not None
        with Cache(tmp_path / "cache") as cache:
            return read_history(repository, repository.commit("HEAD"), "maps", cache=cache)

    cold = read()
    assert asked == [3]
    assert read() == cold
    assert asked == [3]
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.commit("Another", {"maps/delivery/current.md": a_map("1d")})
    read()
    assert asked == [3, 1]


def three_versions(folder: Path) -> Repo:
    repo = Repo(folder)
    for wait in ("5d", "4d", "3d"):
        repo.commit("Change", {"maps/delivery/current.md": a_map(wait)})
    return repo


def read_with(repo: Repo, folder: Path) -> RepositoryHistory:
    repository = open_repository(repo.folder)
    assert repository is not None
    with Cache(folder) as cache:
        return read_history(repository, repository.commit("HEAD"), "maps", cache=cache)


def test_a_history_that_is_known_is_not_walked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = three_versions(tmp_path / "project")
    cold = read_with(repo, tmp_path / "cache")
    with monkeypatch.context() as patch:
        patch.setattr(read_module, "walk", None)
        warm = read_with(repo, tmp_path / "cache")
        assert warm == cold
        (delivery,) = warm.maps
        assert len(delivery.snapshots) == 3
        assert list(delivery.snapshots)[1:] == list(delivery.snapshots[1:])
    repo.git("tag", "v1")
    assert [mark.name for mark in read_with(repo, tmp_path / "cache").milestones] == ["v1"]


@pytest.mark.parametrize("damage", ["gone", "null", '"text"', "[[1]]", "{}"])
def test_parts_of_a_kept_history_that_are_no_more_are_read_again(
    tmp_path: Path, damage: str
) -> None:
    repo = three_versions(tmp_path / "project")
    cold = read_with(repo, tmp_path / "cache")
    warm = read_with(repo, tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache/cache.sqlite3") as known:
        if damage == "gone":
            known.execute("DELETE FROM entries WHERE name LIKE 'snapshots %'")
        else:
            known.execute("UPDATE entries SET value = ?", (damage,))
    known.close()
    # What was begun is ended, and what begins now does without.
    assert warm == cold
    if damage == "gone":
        assert read_with(repo, tmp_path / "cache") == cold


def test_a_content_that_comes_back_is_readable_again(tmp_path: Path) -> None:
    repo = three_versions(tmp_path / "project")
    oid = repo.git("rev-parse", "HEAD~1:maps/delivery/current.md")
    path = repo.folder / ".git/objects" / oid[:2] / oid[2:]
    away = path.rename(tmp_path / "away")
    (delivery,) = read_with(repo, tmp_path / "cache").maps
    assert [shot.readable for shot in delivery.snapshots] == [True, False, True]
    away.rename(path)
    (delivery,) = read_with(repo, tmp_path / "cache").maps
    assert [shot.readable for shot in delivery.snapshots] == [True, True, True]


def test_a_cache_that_came_with_the_repository_is_noticed(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "project")
    repo.commit("Map", {"maps/delivery/current.md": a_map(), "hidden/cache.sqlite3": "x"})
    repository = open_repository(repo.folder)
    assert repository is not None
    assert repository.tracks(repo.folder / "hidden")
    assert not repository.tracks(repo.folder / "other")
    assert not repository.tracks(tmp_path)
