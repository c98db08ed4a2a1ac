"""Histories of maps out of real repositories: whole, whatever was renamed, moved or broken."""

from __future__ import annotations

import os
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.repositories import Repo, a_map, identified
from vsmdocs.errors import UsageError
from vsmdocs.history.read import read_history
from vsmdocs.history.repository import open_repository
from vsmdocs.model.snapshot import MapHistory, RepositoryHistory

CURRENT = "maps/delivery/current.md"


def histories(folder: Path, tip: str = "HEAD", maps: str = "maps") -> RepositoryHistory:
    repository = open_repository(folder)
    assert repository is not None
    return read_history(repository, repository.commit(tip), maps)


def history(folder: Path, name: str = "delivery/current") -> MapHistory:
    found = {f"{map.stream}/{map.name}": map for map in histories(folder).maps}
    return found[name]


def waits(map: MapHistory) -> list[float | str]:
    """Give each snapshot's wait in days of 8 hours, or why there is none."""
    return [
        shot.error if shot.totals is None or shot.totals.wait_time is None
        else round(shot.totals.wait_time / 8, 2)
        for shot in map.snapshots
    ]  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "project")


def test_every_version_with_who_when_and_why(repo: Repo) -> None:
    first = repo.commit("Map the stream", {CURRENT: a_map("3d")})
    repo.commit("Write about something else", {"README.md": "hello"})
    second = repo.commit("Agree on a limit (#7)", {CURRENT: a_map("1d")})
    repo.git("tag", "v1")
    found = histories(repo.folder)
    (delivery,) = found.maps
    assert delivery.identity == ("delivery", "current", "")
    assert waits(delivery) == [3, 1]
    revisions = [shot.revision for shot in delivery.snapshots]
    assert [r.commit for r in revisions if r] == [first, second]
    assert [r.pull_request for r in revisions if r] == [None, 7]
    assert [r.subject for r in revisions if r] == ["Map the stream", "Agree on a limit (#7)"]
    assert {r.author for r in revisions if r} == {"Ada"}
    assert revisions[0] is not None
    assert revisions[0].committed_at.isoformat() == "2023-11-15T01:13:20+02:00"
    assert [(mark.name, mark.commit) for mark in found.milestones] == [("v1", second)]
    assert found.head == revisions[1]
    assert (found.shallow, found.broken) == (False, "")


def test_a_repository_without_maps_or_without_commits(repo: Repo) -> None:
    repository = open_repository(repo.folder)
    assert repository is not None
    assert repository.resolve("HEAD") is None
    with pytest.raises(UsageError, match="no commits here yet"):
        repository.commit("HEAD")
    repo.commit("Begin", {"README.md": "hello"})
    assert histories(repo.folder).maps == ()


def test_no_repository_at_all(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere")
    assert open_repository(tmp_path) is None


def test_only_the_first_parent_is_told_of(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.branch("work")
    repo.commit("Try", {CURRENT: a_map("9d")})
    repo.commit("Try again", {CURRENT: a_map("1d")})
    repo.git("checkout", "-q", "main")
    repo.commit("Meanwhile", {"maps/other/current.md": a_map("5d")})
    repo.merge("work", "Merge pull request #12 from team/work\n\nShorter waits")
    delivery = history(repo.folder)
    assert waits(delivery) == [3, 1]
    assert delivery.snapshots[1].revision is not None
    assert delivery.snapshots[1].revision.pull_request == 12


def test_a_merge_that_keeps_ours_changes_nothing(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.branch("work")
    repo.commit("Try", {CURRENT: a_map("9d")})
    repo.merge("work", "Merge, but not that", "-s", "ours")
    assert waits(history(repo.folder)) == [3]


def test_a_version_that_exists_only_in_a_merge(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.branch("work")
    repo.commit("Theirs", {"maps/other/current.md": a_map("5d")})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "work")
    repo.commit("Merge branch 'work'", {CURRENT: a_map("2d")})
    assert waits(history(repo.folder)) == [3, 2]


# --- the same map at another path ----------------------------------------------


@pytest.mark.parametrize("said", ["", identified("delivery")], ids=["by path", "by itself"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("maps/shipping/current.md", "shipping/current"),
        ("maps/team/delivery/current.md", "delivery/current"),
        ("maps/delivery.md", "delivery/current"),
        ("maps/Delivery/current.md", "delivery/current"),
    ],
)
def test_a_file_that_moves(repo: Repo, path: str, name: str, said: str) -> None:
    repo.commit("Map", {CURRENT: a_map("3d", more=said)})
    repo.commit("Change", {CURRENT: a_map("2d", more=said)})
    repo.commit("Move", {CURRENT: None, path: a_map("2d", more=said)})
    repo.commit("Change again", {path: a_map("1d", more=said)})
    found = histories(repo.folder)
    if not said and "Delivery" in path:
        # Such a folder is no name of a stream: unreadable, and still the same history.
        assert [shot.readable for shot in found.maps[0].snapshots] == [True, True, False, False]
        return
    (moved,) = found.maps
    assert f"{moved.stream}/{moved.name}" == ("delivery/current" if said else name)
    assert waits(moved) == [3, 2, 2, 1]


def test_a_file_that_is_moved_and_changed_at_once(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Move", {CURRENT: None, "maps/shipping/current.md": a_map("1d")})
    assert waits(history(repo.folder, "shipping/current")) == [3, 1]


def test_a_map_that_came_from_outside_the_maps_folder(repo: Repo) -> None:
    repo.commit("Sketch", {"docs/sketch.md": a_map("4d")})
    repo.commit("Better", {"docs/sketch.md": a_map("3d"), "docs/else.md": "no map"})
    repo.commit("Adopt", {"docs/sketch.md": None, CURRENT: a_map("3d")})
    repo.commit("New sketch", {"docs/sketch.md": a_map("9d")})
    assert waits(history(repo.folder)) == [4, 3, 3]
    assert len(histories(repo.folder).maps) == 1


def test_a_flat_file_that_is_split_into_a_folder(repo: Repo) -> None:
    repo.commit("Map", {"maps/delivery.md": a_map("3d")})
    repo.commit(
        "Split",
        {
            "maps/delivery.md": None,
            CURRENT: a_map("2d"),
            "maps/delivery/future.md": a_map("1d"),
        },
    )
    assert waits(history(repo.folder)) == [3, 2]
    assert waits(history(repo.folder, "delivery/future")) == [1]


def test_a_map_that_is_removed_and_comes_back(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Remove", {CURRENT: None})
    repo.commit("Nothing here", {"README.md": "x"})
    repo.commit("Bring back", {CURRENT: "---\ntitle: [\n---\n"})
    repo.commit("Mend", {CURRENT: a_map("2d")})
    delivery = history(repo.folder)
    assert waits(delivery)[:2] == [3, "removed"]
    assert waits(delivery)[3:] == [2]
    assert delivery.snapshots[1].removed
    assert not delivery.snapshots[2].readable
    assert "2:9" in delivery.snapshots[2].error


def test_two_maps_swapped_in_one_commit(repo: Repo) -> None:
    one, two = identified("one"), identified("two")
    files = "maps/a/current.md", "maps/b/current.md"
    repo.commit("Map", {files[0]: a_map("1d", more=one), files[1]: a_map("5d", more=two)})
    repo.commit("Swap", {files[0]: a_map("6d", more=two), files[1]: a_map("2d", more=one)})
    assert waits(history(repo.folder, "one/current")) == [1, 2]
    assert waits(history(repo.folder, "two/current")) == [5, 6]


def test_a_map_that_is_given_another_identity_in_place(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d", more=identified("delivery"))})
    repo.commit("Rename the stream", {CURRENT: a_map("2d", more=identified("shipping"))})
    (only,) = histories(repo.folder).maps
    assert (only.stream, waits(only)) == ("shipping", [3, 2])


def test_a_future_that_becomes_current(repo: Repo) -> None:
    future = "maps/delivery/future.md"
    repo.commit("Map", {CURRENT: a_map("3d"), future: a_map("1d")})
    repo.commit("We are there", {CURRENT: a_map("1d"), future: None})
    assert waits(history(repo.folder)) == [3, 1]
    assert waits(history(repo.folder, "delivery/future")) == [1, "removed"]


def test_two_files_that_say_they_are_the_same_map(repo: Repo) -> None:
    said = identified("delivery")
    repo.commit("Map", {CURRENT: a_map("3d", more=said)})
    repo.commit("Copy", {"maps/copy/current.md": a_map("9d", more=said)})
    repo.commit("Change", {CURRENT: a_map("2d", more=said)})
    assert waits(history(repo.folder)) == [3, 2]


def test_a_case_only_rename(repo: Repo) -> None:
    said = identified("delivery")
    repo.commit("Map", {"maps/Delivery/current.md": a_map("3d", more=said)})
    repo.git("mv", "maps/Delivery", "maps/aside")
    repo.git("mv", "maps/aside", "maps/delivery")
    repo.commit("Lower case")
    assert waits(history(repo.folder)) == [3, 3]


def test_a_project_inside_a_repository_and_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    repo.commit("Map", {"team/maps/delivery/current.md": a_map("3d"), CURRENT: a_map("8d")})
    assert waits(history(repo.folder / "team")) == [3]
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    assert waits(history(tmp_path / "side")) == [8]


def test_prose_and_hidden_folders_are_no_maps(repo: Repo) -> None:
    texts = {"maps/README.md": "x", "maps/delivery/readme.md": "y", "maps/.hidden/current.md": "z"}
    repo.commit("Map", {CURRENT: a_map("3d"), **texts})
    assert len(histories(repo.folder).maps) == 1


def test_a_repository_of_sha256(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "project", "--object-format=sha256")
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Change", {CURRENT: a_map("2d")})
    assert waits(history(repo.folder)) == [3, 2]


# --- what a repository can hold ------------------------------------------------


def test_a_broken_version_hides_nothing_else(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Break", {CURRENT: a_map("3 fortnights")})
    repo.commit("Loop for ever", {CURRENT: a_map(
        "3d", more="rework: [{from: deploy, to: build, rate: 100%}]\n")})  # fmt: skip
    repo.commit("Mend", {CURRENT: a_map("2d")})
    delivery = history(repo.folder)
    assert [shot.readable for shot in delivery.snapshots] == [True, False, False, True]
    assert delivery.snapshots[1].error.startswith("5:")
    assert "3:" in delivery.snapshots[2].error


def test_links_and_submodules_are_told_and_not_followed(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(a_map("1d"))
    link = repo.folder / CURRENT
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "secret.md")
    repo.commit("Link")
    link.unlink()
    repo.commit("Map", {CURRENT: a_map("2d")})
    commit = repo.git("rev-parse", "HEAD")
    repo.git("rm", "-q", "--cached", CURRENT)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{CURRENT}")
    repo.clock += 1
    repo.git("commit", "-q", "-m", "A submodule")
    delivery = histories(repo.folder).maps[0]
    assert [shot.error for shot in delivery.snapshots] == [
        "this was a link, and no file", "", "this was another repository, and no file",
    ]  # fmt: skip


@pytest.mark.parametrize("date", ["0 +0000", "99999999999 +0000", "4102444800 +9959", "1 -1200"])
def test_absurd_dates(repo: Repo, date: str) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Change", {CURRENT: a_map("2d")}, {"GIT_COMMITTER_DATE": f"@{date}"})
    delivery = history(repo.folder)
    assert waits(delivery) == [3, 2]
    assert delivery.snapshots[1].revision is not None
    assert 1969 <= delivery.snapshots[1].revision.committed_at.year <= 9000
    assert abs(delivery.snapshots[1].revision.committed_at.utcoffset() or timedelta()) < timedelta(
        days=1
    )


def raw_commit(repo: Repo, head: bytes, message: bytes) -> None:
    """Commit the work tree with lines that git itself would not write."""
    repo.git("add", "-A")
    tree, parent = repo.git("write-tree"), repo.git("rev-parse", "HEAD")
    data = f"tree {tree}\nparent {parent}\n".encode() + head + b"\n" + message
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=repo.folder, input=data, capture_output=True, check=True,
    )  # fmt: skip
    repo.git("update-ref", "HEAD", done.stdout.decode().strip())


@pytest.mark.parametrize(
    ("head", "message", "author", "subject"),
    [
        (
            b"author J\xf6rg <j@e> 1700000000 +0100\ncommitter J <j@e> 1700000000 +0100\n"
            b"encoding ISO-8859-1\n", b"Gr\xfc\xdfe", "Jörg", "Grüße",
        ),
        (
            b"author J\xf6rg <j@e> 1700000000 +0100\ncommitter J <j@e> 1700000000 +0100\n",
            b"Gr\xfc\xdfe\x01\x02 :100644", "J\ufffdrg", "Gr\ufffd\ufffde\x01\x02 :100644",
        ),
        (
            b"author  <> 99999999999999999999999 +99999\ncommitter X <x@e> "
            b"99999999999999999999999 +9999\n", b":100644 100644 a b M", "", ":100644 100644 a b M",
        ),
        (b"author X\ncommitter X\n", b"", "", ""),
    ],
    ids=["latin-1", "no utf-8", "absurd", "nothing"],
)  # fmt: skip
def test_commits_that_no_git_would_write(
    repo: Repo, head: bytes, message: bytes, author: str, subject: str
) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.write({CURRENT: a_map("2d")})
    raw_commit(repo, head, message)
    repo.commit("Change", {CURRENT: a_map("1d")})
    delivery = history(repo.folder)
    assert waits(delivery) == [3, 2, 1]
    middle = delivery.snapshots[1].revision
    assert middle is not None
    assert (middle.author, middle.subject) == (author, subject)


@pytest.mark.parametrize(
    "path",
    ["maps/a\nb/current.md", "maps/--output=x.md", "maps/\udcff\udcfe.md", "maps/:(top)x.md",
     "maps/é/current.md", 'maps/"q"/current.md'],
)  # fmt: skip
def test_strange_names_of_files(repo: Repo, path: str) -> None:
    repo.commit("Map", {path: a_map("3d", more=identified("delivery"))})
    repo.commit("Change", {path: a_map("2d", more=identified("delivery"))})
    delivery = histories(repo.folder).maps[0]
    assert len(delivery.snapshots) == 2


def test_ten_thousand_files_in_one_commit(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Many", {f"docs/{n % 100}/{n}.md": f"text {n}" for n in range(10_000)})
    repo.git("mv", "docs", "texts")
    repo.commit("Move all", {CURRENT: None, "maps/shipping/current.md": a_map("2d")})
    assert [shot.readable for shot in history(repo.folder, "shipping/current").snapshots][-1]


def object_file(repo: Repo, name: str) -> Path:
    oid = repo.git("rev-parse", name)
    path = repo.folder / ".git/objects" / oid[:2] / oid[2:]
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return path


@pytest.mark.parametrize("damage", ["missing", "corrupt", "empty"])
def test_a_content_that_is_damaged(repo: Repo, damage: str) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Change", {CURRENT: a_map("2d")})
    repo.commit("Again", {CURRENT: a_map("1d")})
    path = object_file(repo, f"HEAD~1:{CURRENT}")
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"garbage" if damage == "corrupt" else b"")
    delivery = history(repo.folder)
    assert [shot.readable for shot in delivery.snapshots] == [True, False, True]
    assert "content" in delivery.snapshots[1].error


@pytest.mark.parametrize("what", ["HEAD~2", "HEAD~2^{tree}"])
def test_a_commit_that_is_damaged_ends_history_there_and_says_so(repo: Repo, what: str) -> None:
    for wait in ("5d", "4d", "3d", "2d"):
        repo.commit("Change", {CURRENT: a_map(wait)})
    object_file(repo, what).write_bytes(b"garbage")
    found = histories(repo.folder)
    assert found.broken
    assert waits(found.maps[0])[-1:] == [2]


def test_a_shallow_clone_is_noticed(repo: Repo, tmp_path: Path) -> None:
    for wait in ("5d", "4d", "3d"):
        repo.commit("Change", {CURRENT: a_map(wait)})
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.folder}", str(tmp_path / "clone"))
    found = histories(tmp_path / "clone")
    assert found.shallow
    assert waits(found.maps[0]) == [4, 3]
    assert not histories(repo.folder).shallow


def test_a_clone_without_contents_fetches_nothing(repo: Repo, tmp_path: Path) -> None:
    for wait in ("5d", "4d", "3d"):
        repo.commit("Change", {CURRENT: a_map(wait)})
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.folder}", str(clone))
    before = sorted(path.name for path in (clone / ".git/objects/pack").iterdir())
    found = histories(clone)
    assert [shot.readable for shot in found.maps[0].snapshots] == [False, False, True]
    assert "not in this clone" in found.maps[0].snapshots[0].error
    assert found.lacking == 2
    assert sorted(path.name for path in (clone / ".git/objects/pack").iterdir()) == before


def test_a_clone_without_contents_is_filled_in_one_fetch_when_asked(
    repo: Repo, tmp_path: Path
) -> None:
    for wait in ("5d", "4d", "3d"):
        repo.commit("Change", {CURRENT: a_map(wait)})
    repo.commit("Move", {CURRENT: None, "maps/shipping/current.md": a_map("2d")})
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.folder}", str(clone))
    repository = open_repository(clone)
    assert repository is not None
    assert repository.promisor
    before = len(list((clone / ".git/objects/pack").glob("*.pack")))
    found = read_history(repository, repository.commit("HEAD"), "maps", fetch=True)
    assert waits(found.maps[0]) == [5, 4, 3, 2]
    assert len(list((clone / ".git/objects/pack").glob("*.pack"))) == before + 1
    assert not found.lacking


def test_nothing_that_a_repository_names_is_run(repo: Repo, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\nexit 0\n")
    program.chmod(0o755)
    repo.commit("Map", {CURRENT: a_map("3d"), ".gitattributes": "*.md diff=x filter=x\n"})
    repo.commit("Change", {CURRENT: a_map("2d")})
    repo.git("update-ref", "refs/heads/--output=x", "HEAD")
    for key in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "diff.x.textconv",
        "diff.x.command", "filter.x.clean", "filter.x.smudge", "gpg.program", "alias.rev-list",
        "core.editor", "core.askPass", "credential.helper", "uploadpack.packObjectsHook",
    ):  # fmt: skip
        repo.git("config", key, str(program))
    repo.git("config", "log.showSignature", "true")
    hooks = repo.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (hooks / name).symlink_to(program)
    assert waits(history(repo.folder)) == [3, 2]
    repository = open_repository(repo.folder)
    assert repository is not None
    assert repository.resolve("--output=x") is not None
    assert repository.resolve("--help") is None
    assert not (repo.folder / "x").exists()
    assert not ran.exists()


def test_replaced_objects_are_not_believed(repo: Repo) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    repo.commit("Change", {CURRENT: a_map("2d")})
    repo.write({"other.md": a_map("9d")})
    other = repo.git("hash-object", "-w", "other.md")
    repo.git("replace", repo.git("rev-parse", f"HEAD:{CURRENT}"), other)
    assert waits(history(repo.folder)) == [3, 2]


def test_the_caller_s_environment_does_not_steer_git(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("Map", {CURRENT: a_map("3d")})
    other = Repo(tmp_path / "other")
    other.commit("Map", {CURRENT: a_map("8d")})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    for name in ("GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE"):
        monkeypatch.setenv(name, str(other.folder / ".git/objects"))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.abbrev")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "nonsense")
    assert waits(history(repo.folder)) == [3]
    assert os.environ["GIT_DIR"]
