"""Blame for numbers in real repositories: the commit that really wrote each of them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.repositories import Repo, a_map
from vsmdocs.analysis.blame import Blame
from vsmdocs.analysis.numbers import Place
from vsmdocs.history.blame import Blamer
from vsmdocs.history.documents import Documents
from vsmdocs.history.read import read_history
from vsmdocs.history.repository import open_repository

CURRENT = "maps/delivery/current.md"
WAIT = ("review", "wait_time")


def blames(folder: Path) -> dict[Place, Blame]:
    repository = open_repository(folder)
    assert repository is not None
    found = read_history(repository, repository.commit("HEAD"), "maps")
    with closing(Documents(repository, "maps")) as documents:
        return Blamer(repository, documents).blame(found.maps[0])


def said(folder: Path, place: Place = WAIT) -> tuple[str, str, str | None]:
    """Give a number's value, the subject of the commit that said it, and the value before."""
    blame = blames(folder)[place]
    assert blame.revision is not None
    return blame.number.text, blame.revision.subject, blame.before


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "project")
    repo.commit("Map", {CURRENT: a_map("3d")})
    return repo


def test_the_last_change_of_meaning(repo: Repo) -> None:
    repo.commit("Measure", {CURRENT: a_map("2d")})
    repo.commit("Another unit", {CURRENT: a_map("16h")})
    repo.commit("More prose", {CURRENT: a_map("16h", body="Words.\n")})
    assert said(repo.folder) == ("16h", "Measure", "3d")
    assert said(repo.folder, ("build", "process_time")) == ("2d", "Map", None)


def test_a_moved_file_and_a_broken_version_do_not_hide_the_author(repo: Repo) -> None:
    repo.commit("Measure", {CURRENT: a_map("2d")})
    repo.commit("Break", {CURRENT: a_map("2 fortnights")})
    repo.commit("Mend", {CURRENT: a_map("2d")})
    repo.commit("Move", {CURRENT: None, "maps/shipping/current.md": a_map("2d")})
    assert said(repo.folder) == ("2d", "Measure", "3d")


def test_a_step_with_another_id_is_the_same_step(repo: Repo) -> None:
    text = a_map("3d").replace("id: review", "id: code-review")
    repo.commit("Rename the step", {CURRENT: text})
    assert said(repo.folder, ("code-review", "wait_time")) == ("3d", "Map", None)


def test_the_commit_on_the_branch_and_not_its_merge(repo: Repo) -> None:
    repo.branch("work")
    repo.commit("Try", {CURRENT: a_map("9d")})
    repo.commit("Measure", {CURRENT: a_map("1d")})
    repo.commit("Words", {CURRENT: a_map("1d", body="Words.\n")})
    repo.merge("work", "Merge pull request #4 from team/work")
    assert said(repo.folder) == ("1d", "Measure", "3d")


def test_a_branch_in_a_branch(repo: Repo) -> None:
    repo.branch("outer")
    repo.commit("Title", {CURRENT: a_map("3d", title="Shipping")})
    repo.branch("inner")
    repo.commit("Measure", {CURRENT: a_map("1d", title="Shipping")})
    repo.git("checkout", "-q", "outer")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge inner", "inner")
    repo.merge("outer", "Merge outer")
    assert said(repo.folder) == ("1d", "Measure", "3d")


def test_what_only_the_merge_says_is_the_merge_s(repo: Repo) -> None:
    repo.branch("work")
    repo.commit("Measure", {CURRENT: a_map("1d")})
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {"other.md": "x"})
    repo.git("merge", "-q", "--no-ff", "--no-commit", "work")
    repo.commit("Merge, and settle on two days", {CURRENT: a_map("2d")})
    assert said(repo.folder) == ("2d", "Merge, and settle on two days", "3d")


def test_a_branch_merged_with_ours_inside_a_branch_is_not_lost(repo: Repo) -> None:
    repo.branch("work")
    repo.commit("Measure", {CURRENT: a_map("1d")})
    repo.git("checkout", "-q", "-b", "late", "main")
    repo.commit("Guess", {CURRENT: a_map("8d")})
    repo.git("checkout", "-q", "work")
    repo.git("merge", "-q", "--no-ff", "-s", "ours", "-m", "Keep what was measured", "late")
    repo.merge("work", "Merge work")
    assert said(repo.folder) == ("1d", "Measure", "3d")
    assert [blame.revision.subject for blame in blames(repo.folder).values() if blame.revision]


def test_a_map_that_was_written_on_a_branch(repo: Repo) -> None:
    repo.branch("work")
    repo.commit("Draft", {"maps/a/current.md": a_map("5d")})
    repo.commit("Move it", {"maps/a/current.md": None, "maps/b/current.md": a_map("5d")})
    repo.merge("work", "Merge work")
    assert said(repo.folder) == ("5d", "Draft", None)


def test_a_branch_that_begins_with_nothing_before_it(repo: Repo) -> None:
    repo.git("checkout", "-q", "--orphan", "work")
    repo.git("rm", "-q", "-r", "-f", ".")
    repo.commit("Another beginning", {"maps/a/current.md": a_map("5d", title="Another")})
    repo.merge("work", "Join them", "--allow-unrelated-histories")
    assert said(repo.folder) == ("5d", "Another beginning", None)


@pytest.mark.parametrize("depth", range(1, 5))
def test_a_shallow_clone_that_ends_inside_a_branch(repo: Repo, tmp_path: Path, depth: int) -> None:
    repo.branch("work")
    repo.commit("Try", {CURRENT: a_map("9d")})
    repo.commit("Measure", {CURRENT: a_map("1d")})
    repo.merge("work", "Merge work")
    repo.git("clone", "-q", "--depth", str(depth), f"file://{repo.folder}", str(tmp_path / "c"))
    assert said(tmp_path / "c")[:2] == ("1d", "Merge work" if depth == 1 else "Measure")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vsmdocs", "-C", str(folder), *arguments],
        capture_output=True, text=True,
    )  # fmt: skip


def test_the_command(repo: Repo) -> None:
    repo.commit("Measure (#7)", {CURRENT: a_map("2d", more="review_by: 2024-06-01\n")})
    repo.write({CURRENT: a_map("2d", more="review_by: 2024-06-01\n").replace("80%", "90%")})
    table = run(repo.folder, "blame", "delivery")
    assert (table.returncode, table.stderr) == (0, "")
    (line,) = [line for line in table.stdout.splitlines() if "wait time" in line]
    assert "3d" in line
    assert "stale" in line
    assert "Ada (#7)" in line
    assert "not committed yet" in table.stdout
    rows = json.loads(run(repo.folder, "blame", CURRENT, "-f", "json").stdout)["numbers"]
    assert [row["before"] for row in rows if row["number"] == "complete_accurate"] == ["80%"]
    lines = run(repo.folder, "blame", "delivery/current", "-f", "csv").stdout.splitlines()
    assert len(lines) == 1 + len(rows)
    assert run(repo.folder, "blame", "nothing").returncode == 2


def test_check_says_which_numbers_are_stale(repo: Repo) -> None:
    done = run(repo.folder, "check")
    assert "stale-numbers" not in done.stdout
    repo.write({"vsmdocs.toml": "stale_after_days = 30\n"})
    done = run(repo.folder, "check")
    assert done.returncode == 0
    assert "maps/delivery/current.md:5:" in done.stdout
    assert "process time, complete accurate of “Build”" in done.stdout
    run(repo.folder, "build")
    assert b"stale-numbers" in (repo.folder / "site/checks/index.html").read_bytes()
    page = (repo.folder / "site/streams/delivery/current.html").read_text()
    assert 'id="said-review-wait_time"' in page
    assert "days old" in page


def test_a_map_that_was_never_committed(repo: Repo) -> None:
    repo.write({"maps/new/current.md": a_map("2d")})
    done = run(repo.folder, "blame", "new", "-f", "json")
    assert {row["commit"] for row in json.loads(done.stdout)["numbers"]} == {None}


def test_no_repository_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/x.md").write_text(a_map())
    for verb in ("blame", "history"):
        done = run(tmp_path, verb, "x")
        assert done.returncode == 2
        assert "not in a git repository" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "new")
    repo.write({CURRENT: a_map("3d")})
    for verb in (["blame", CURRENT], ["history", "delivery"]):
        done = run(repo.folder, *verb)
        assert done.returncode == 2
        assert "there are no commits here yet" in done.stderr
