"""The demonstration, made by the command and looked at with git itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vsmdocs.__main__ import main
from vsmdocs.demo import fast_import, story
from vsmdocs.errors import HistoryError, InvalidMap, UsageError
from vsmdocs.history.making import make_repository
from vsmdocs.reading import read_map

ROOT = Path(__file__).parents[2]
STREAM = fast_import(story())


def git(folder: Path, *words: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        env={**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode().rstrip("\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "new" / "payments"
    make_repository(folder, STREAM)
    return folder


def test_git_finds_nothing_wrong(made: Path) -> None:
    assert git(made, "fsck", "--strict", "--no-dangling") == ""
    assert git(made, "status", "--porcelain") == ""
    assert git(made, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(made, "for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main"


def test_commits_merges_and_tags(made: Path) -> None:
    assert git(made, "rev-list", "--count", "main") == "40"
    assert git(made, "rev-list", "--count", "--merges", "main") == "6"
    assert len(set(git(made, "log", "--format=%an").splitlines())) == 6
    tags = git(made, "for-each-ref", "--format=%(refname:short) %(objecttype)", "refs/tags")
    assert "baseline tag" in tags
    assert "eighteen-months tag" in tags
    first_parents = git(made, "log", "--first-parent", "--format=%s").splitlines()
    assert len(first_parents) == 28
    assert "Merge pull request #29 from payments/staging-on-demand" in first_parents


def test_git_sees_the_rename(made: Path) -> None:
    renamed = git(made, "log", "-M", "--diff-filter=R", "--name-status", "--format=")
    (line,) = renamed.splitlines()
    kind, old, new = line.split("\t")
    assert int(kind.removeprefix("R")) >= 95
    assert (old, new) == ("maps/delivery.md", "maps/feature-delivery/current.md")


def test_a_merge_says_what_both_sides_said(made: Path) -> None:
    """The story merges by telling a branch once more; git comes to the same files."""
    for line in git(made, "rev-list", "--merges", "--parents", "main").splitlines():
        merge, first, second = line.split()
        tree = git(made, "merge-tree", "--write-tree", first, second)
        assert tree == git(made, "rev-parse", f"{merge}^{{tree}}")


def test_one_version_of_all_cannot_be_read(made: Path) -> None:
    raw = git(made, "log", "-m", "--raw", "--no-abbrev", "--no-renames", "--format=", "--", "maps")
    versions = {tuple(line.split()[3:6:2]) for line in raw.splitlines() if line.split()[4] != "D"}
    assert len(versions) > 30
    refused = []
    for blob, path in versions:
        try:
            read_map(path, git(made, "cat-file", "blob", blob).encode())
        except InvalidMap as error:
            refused += [finding.place for finding in error.findings]
    assert refused == ["maps/feature-delivery/current.md:30:26"]


def test_two_are_the_same(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine's and the user's configuration say."""
    config = tmp_path / "config"
    config.write_text(
        "[init]\n\tdefaultBranch = other\n\ttemplateDir = /nowhere\n"
        "[core]\n\tautocrlf = true\n\thooksPath = /nowhere\n[user]\n\tname = Somebody\n"
    )
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.autocrlf'='true'")
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(elsewhere / name))
    again = tmp_path / "again"
    make_repository(again, STREAM)
    assert git(again, "rev-parse", "HEAD") == git(made, "rev-parse", "HEAD")
    assert git(again, "show-ref") == git(made, "show-ref")
    assert git(again, "status", "--porcelain") == ""
    assert not elsewhere.exists()
    assert b"\r" not in (again / "README.md").read_bytes()
    assert not (again / ".git" / "logs").exists()


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_what_is_there_is_left_alone(tmp_path: Path, taken: str) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "mine.txt").write_text("mine")
    before = sorted(there.rglob("*"))
    with pytest.raises(UsageError, match="is not an empty folder"):
        make_repository(there / "mine.txt" if taken == "file" else there, STREAM)
    assert sorted(there.rglob("*")) == before
    assert (there / "mine.txt").read_text() == "mine"


def test_a_stream_that_breaks_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="fast-import failed: fatal"):
        make_repository(tmp_path / "short", STREAM.removesuffix(b"done\n"))


# --- the command -------------------------------------------------------------


def test_the_command_makes_a_repository_and_its_site(
    tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "payments").mkdir()
    assert main(["-C", "payments", "demo", "here"]) == 0
    out, err = capsys.readouterr()
    folder = tmp_path / "payments" / "here"
    assert out == ""
    assert f"{folder / 'site' / 'index.html'}" in err
    assert "40 commits" in err
    assert git(folder, "rev-parse", "HEAD") == git(made, "rev-parse", "HEAD")
    assert git(folder, "status", "--porcelain") == ""
    page = (folder / "site/streams/feature-delivery/index.html").read_text()
    assert "Feature delivery" in page
    assert main(["-C", "payments", "demo", "here"]) == 2
    assert "is not an empty folder" in capsys.readouterr().err


def test_without_git_nothing_is_made(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vsmdocs", "-C", str(tmp_path), "demo"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (2, "Error: git cannot be run: is it installed?\n")
    assert list(tmp_path.iterdir()) == []


def test_git_is_imported_when_it_is_needed() -> None:
    script = (
        "import sys; import vsmdocs.cli, vsmdocs.history.making; "
        "print(sorted({'git', 'vsmdocs.demo'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
