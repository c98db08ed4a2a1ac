"""The drivers as git itself calls them: diffs, logs, merges, rebases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.repositories import Repo
from vsmdocs.__main__ import main

ROOT = Path(__file__).parents[2]
MAP = """---
title: Delivery
stream: delivery
state: current
steps:
- id: build   # the long one
  process_time: 2d
  complete_accurate: 80%
- id: review
  wait_time: 3d
  process_time: 2h
- {id: deploy, process_time: 1h}
---
One.

Two.
"""
PATH = "maps/delivery/current.md"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    found = Repo(tmp_path / "repo")
    program = f"'{sys.executable}' -m vsmdocs"
    found.git("config", "merge.vsmdocs.name", "value stream maps by step and number")
    found.git("config", "merge.vsmdocs.driver", f"{program} git-merge-driver %O %A %B %P")
    found.git("config", "diff.vsmdocs.textconv", f"{program} git-diff-driver")
    attributes = "maps/**/*.md merge=vsmdocs diff=vsmdocs\n"
    found.commit("Start", {PATH: MAP, "maps/README.md": "# Maps\n", ".gitattributes": attributes})
    return found


def edit(repo: Repo, *pairs: tuple[str, str]) -> None:
    text = (repo.folder / PATH).read_text()
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    repo.commit("Edit", {PATH: text})


def merging(repo: Repo, *arguments: str) -> tuple[int, str]:
    """Run a git command that may fail, and return its exit code and all that it says."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A",
             "GIT_COMMITTER_EMAIL": "a@b", "GIT_CONFIG_NOSYSTEM": "1",
             "GIT_CONFIG_GLOBAL": os.devnull, "GIT_EDITOR": "true"}  # fmt: skip
    done = subprocess.run(
        ["git", *arguments], cwd=repo.folder, env={**environment, **names},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_neighbouring_numbers_are_merged(repo: Repo) -> None:
    repo.branch("other")
    edit(repo, ("  process_time: 2h", "  process_time: 4h"), ("Two.", "Zwei."))
    repo.git("checkout", "-q", "main")
    edit(repo, ("wait_time: 3d", "wait_time: 1d"), ("{id: deploy,", "{id: deploy, people: 2,"))
    code, said = merging(repo, "merge", "-m", "Merge", "other")
    assert code == 0, said
    assert (repo.folder / PATH).read_text() == (
        MAP.replace("  process_time: 2h", "  process_time: 4h")
        .replace("Two.", "Zwei.")
        .replace("wait_time: 3d", "wait_time: 1d")
        .replace("{id: deploy,", "{id: deploy, people: 2,")
    )
    assert repo.git("status", "--porcelain") == ""


def test_without_the_driver_the_same_is_a_conflict(repo: Repo) -> None:
    repo.git("config", "--remove-section", "merge.vsmdocs")
    with pytest.raises(AssertionError, match="CONFLICT"):
        test_neighbouring_numbers_are_merged(repo)


def test_one_number_with_two_values_is_a_conflict(repo: Repo) -> None:
    repo.branch("other")
    edit(repo, ("wait_time: 3d", "wait_time: 2d"))
    repo.git("checkout", "-q", "main")
    edit(repo, ("wait_time: 3d", "wait_time: 1d"), ("80%", "90%"))
    code, said = merging(repo, "merge", "other")
    assert code == 1
    assert f"Conflict in {PATH}: step review, wait_time: ours 1d, theirs 2d" in said
    marked = "<<<<<<< ours\n  wait_time: 1d\n=======\n  wait_time: 2d\n>>>>>>> theirs\n"
    assert marked in (repo.folder / PATH).read_text()
    assert repo.git("status", "--porcelain") == f"UU {PATH}"


def test_a_rebase_and_a_cherry_pick_go_through_it_too(repo: Repo) -> None:
    repo.branch("other")
    edit(repo, ("  process_time: 2h", "  process_time: 4h"))
    repo.git("checkout", "-q", "main")
    edit(repo, ("wait_time: 3d", "wait_time: 1d"))
    repo.branch("picked")
    assert merging(repo, "cherry-pick", "other")[0] == 0
    repo.git("checkout", "-q", "other")
    code, said = merging(repo, "rebase", "main")
    assert code == 0, said
    text = (repo.folder / PATH).read_text()
    assert "wait_time: 1d\n  process_time: 4h" in text


def test_maps_that_both_added_and_files_that_are_none(repo: Repo) -> None:
    repo.branch("other")
    new = "maps/delivery/future.md"
    future = MAP.replace("state: current", "state: future")
    repo.commit("New", {new: future, "maps/README.md": "# Maps\n\nOf ours.\n"})
    repo.git("checkout", "-q", "main")
    repo.commit("New", {new: future.replace("2d", "3d"), "maps/README.md": "Hello.\n\n# Maps\n"})
    code, said = merging(repo, "merge", "other")
    assert code == 1
    assert f"Conflict in {new}: step build, process_time: ours 3d, theirs 2d" in said
    assert (repo.folder / "maps/README.md").read_text() == "Hello.\n\n# Maps\n\nOf ours.\n"


def test_what_is_no_map_afterwards_is_a_conflict(repo: Repo) -> None:
    repo.branch("other")
    edit(repo, ("- {id: deploy, process_time: 1h}\n", ""))
    repo.git("checkout", "-q", "main")
    loop = "- {id: deploy, process_time: 1h}\nrework: [{from: deploy, to: build, rate: 5%}]\n"
    edit(repo, ("- {id: deploy, process_time: 1h}\n", loop))
    code, said = merging(repo, "merge", "other")
    assert code == 1
    assert "both sides together are no map" in said
    assert "there is no step “deploy”" in said


def test_a_file_that_cannot_be_had_ends_the_merge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file in files[:2]:
        file.write_text(MAP)
    assert main(["git-merge-driver", *map(str, files), "maps/a.md"]) == 129
    assert "could not be merged" in capsys.readouterr().err
    assert files[1].read_text() == MAP


def test_hostile_names_and_values_are_shown_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, title in zip(files, ("x", '"##[error]\\u200b"', "::error::"), strict=True):
        file.write_text(MAP.replace("title: Delivery", f"title: {title}"))
    assert main(["git-merge-driver", *map(str, files), "maps/\x1b[31m\nx.md"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert not {"\x1b", "\u200b"} & set(err)
    assert "##[" not in err


def test_diffs_and_logs_tell_of_steps_and_figures(repo: Repo) -> None:
    edit(repo, ("wait_time: 3d", "wait_time: 1d"), ("Two.", "Zwei."))
    changed = [
        line for line in repo.git("log", "-p", "-1", "--format=").splitlines()
        if line[:1] in "+-" and not line.startswith(("+++", "---"))
    ]  # fmt: skip
    assert "-step review, wait_time: 3d" in changed
    assert "+step review, wait_time: 1d" in changed
    assert "-figure lead_time: 5 d 3 h" in changed
    assert "+figure lead_time: 3 d 3 h" in changed
    assert "-Two." in changed
    assert not any("id: build" in line for line in changed)
    # What only lies otherwise is no difference.
    assert main(["-C", str(repo.folder), "fmt", "-q"]) == 0
    assert repo.git("diff", "--stat") != ""
    assert "@@" not in repo.git("diff")
    assert "@@" in repo.git("diff", "--no-textconv")


def test_versions_that_are_no_maps_are_shown_as_they_are(repo: Repo) -> None:
    repo.commit("Break", {PATH: "---\ntitle: T\nsteps: 3\n---\n\x1b[31m\tx\n"})
    shown = repo.git("show", "--format=")
    assert "+# no map that can be read: line " in shown
    assert "\x1b" not in shown
    repo.commit("Prose", {"maps/README.md": "# Maps\n\nMore.\n"})
    assert "+More." in repo.git("show", "--format=")
    assert "no map" not in repo.git("show", "--format=")


def test_a_version_that_cannot_be_had_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["git-diff-driver", str(tmp_path / "none.md")]) == 2
    assert "cannot be read" in capsys.readouterr().err
