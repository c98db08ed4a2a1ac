"""`vsmdocs review` in real repositories: what it compares with, and the three files it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.repositories import Repo, a_map
from tests.unit.rendering.pages.safe_html import parse
from tests.unit.review.safe_markdown import assert_no_commands, see
from vsmdocs.review.comment import comment
from vsmdocs.review.report import read_report

CURRENT = "maps/delivery/current.md"
HOSTILE = '<img src=x onerror=alert(1)> | [x](javascript:1) `@all` ##[error]x </style><script>"&'


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "vsmdocs", "-C", str(folder), "review", *arguments],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "bug in vsmdocs" not in done.stderr
    assert_no_commands(done.stdout + done.stderr)
    return done


def reviewed(repo: Repo, *arguments: str) -> dict[str, Any]:
    """Review, and return the report; the comment is what comes of it."""
    out = repo.folder / "out"
    done = run(repo.folder, "-o", "out", *arguments)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    text = (out / "report.json").read_text()
    assert (out / "comment.md").read_text() == comment(read_report(text.encode()))
    assert sorted(path.name for path in out.iterdir()) == [
        "comment.md", "preview.html", "report.json",
    ]  # fmt: skip
    report: dict[str, Any] = json.loads(text)
    return report


def refused(repo: Repo, *arguments: str) -> str:
    done = run(repo.folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    return done.stderr


def paths(report: dict[str, Any]) -> dict[str, str]:
    return {one["path"]: one["status"] for one in report["maps"]}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Have 3 d on main, 2 d on a branch, and what main did meanwhile."""
    repo = Repo(tmp_path / "project")
    repo.commit("Map", {CURRENT: a_map("3d"), "maps/other/current.md": a_map("5d")})
    repo.branch("work")
    repo.commit("Measure", {CURRENT: a_map("2d")})
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {"maps/other/current.md": a_map("9d")})
    repo.git("checkout", "-q", "work")
    return repo


def test_what_a_branch_changes(repo: Repo) -> None:
    report = reviewed(repo)
    assert paths(report) == {CURRENT: "changed"}
    assert (report["head"], report["base"]) == (None, repo.git("merge-base", "main", "work"))
    (one,) = report["maps"]
    assert (one["stream"], one["state"], one["variant"], one["title"]) == (
        "delivery", "current", None, "Delivery",
    )  # fmt: skip
    assert one["after"]["lead_time_hours"] - one["before"]["lead_time_hours"] == -8
    assert one["change"]["lead_time_hours"] == -8
    assert "".join(part["text"] for part in one["headline"]).startswith("Delivery: lead time 5")
    (change,) = one["changes"]
    assert (change["kind"], change["step"], change["field"]) == ("changed", "review", "wait_time")
    assert change["effect"]["lead_time_hours"] == -8


def test_commits_in_the_way_of_a_pull_request(repo: Repo) -> None:
    repo.write({CURRENT: a_map("1h")})
    report = reviewed(repo, "--base", "main", "--head", "work")
    assert paths(report) == {CURRENT: "changed"}
    assert report["head"] == repo.git("rev-parse", "work")
    merged = repo.git("commit-tree", "-p", "main", "-p", "work", "-m", "merge", "work^{tree}")
    assert paths(reviewed(repo, "--base", "work", "--head", "main")).keys() == {
        "maps/other/current.md"
    }
    assert CURRENT in paths(reviewed(repo, "--base", "main", "--head", merged))


def test_nothing_changed(repo: Repo) -> None:
    repo.commit("Words", {"README.md": "Hello"})
    report = reviewed(repo, "--base", "HEAD~1")
    assert (report["maps"], report["findings"]) == ([], [])
    assert (repo.folder / "out" / "comment.md").read_text() == ""
    assert "Nothing changed." in (repo.folder / "out" / "preview.html").read_text()


def test_came_went_and_broke(repo: Repo) -> None:
    repo.commit("More", {
        "maps/new/current.md": "---\ntitle: New\nsteps: [{id: sell, process_time: 1d}]\n---\n",
        "maps/other/current.md": None,
        CURRENT: "---\ntitle: [\n---\n",
    })  # fmt: skip
    for arguments in ([], ["--head", "HEAD"]):
        report = reviewed(repo, *arguments)
        assert paths(report) == {
            CURRENT: "unreadable",
            "maps/new/current.md": "added",
            "maps/other/current.md": "removed",
        }
        assert report["counts"]["unreadable"] == report["counts"]["added"] == 1
        text = (repo.folder / "out" / "comment.md").read_text()
        assert f"- `{CURRENT}` cannot be read: 1 error" in text
        assert f"| error | `{CURRENT}:" in text
        see(text)
        html = (repo.folder / "out" / "preview.html").read_text()
        assert f'<li dir="auto">{CURRENT}</li>' in html
        assert "Nothing changed." not in html


def test_a_map_that_was_broken_is_mended(repo: Repo) -> None:
    repo.commit("Break", {CURRENT: "---\ntitle: [\n---\n"})
    repo.commit("Mend", {CURRENT: a_map("1d")})
    report = reviewed(repo, "--base", "HEAD~1", "--head", "HEAD")
    assert paths(report) == {CURRENT: "unreadable"}
    assert all(one["severity"] != "error" for one in report["findings"])
    text = (repo.folder / "out" / "comment.md").read_text()
    assert "could not be read before this change" in text


def test_all_maps_go(repo: Repo) -> None:
    repo.commit("Gone", {CURRENT: None, "maps/other/current.md": None, "a": ""})
    report = reviewed(repo)
    assert set(paths(report).values()) == {"removed"}
    assert report["findings"] == []


def test_only_new_findings(repo: Repo) -> None:
    broken = a_map("3d", more="stated_totals: {lead_time: 1h}\n")
    repo.commit("Wrong", {CURRENT: broken})
    first = reviewed(repo)
    assert "maps/delivery/current.md" in {one["path"] for one in first["findings"]}
    repo.commit("Words", {CURRENT: broken.replace("---\n\n", "---\nSlow.\n")})
    second = reviewed(repo, "--base", "HEAD~1")
    assert paths(second) == {CURRENT: "changed"}
    assert second["findings"] == []


def test_settings_choose_what_is_found(repo: Repo) -> None:
    repo.write({CURRENT: a_map("3d", more="stated_totals: {lead_time: 1h}\n"),
                "vsmdocs.toml": '[check]\nignore = ["all"]\n'})  # fmt: skip
    assert reviewed(repo)["findings"] == []


def test_a_preview_that_stands_alone(repo: Repo) -> None:
    reviewed(repo)
    html = (repo.folder / "out" / "preview.html").read_text()
    document = parse(html)
    assert "Delivery" in html
    assert not [node for node in document.iter() if str(node.tag).endswith("script")]
    assert "<svg" in html
    assert 'src="http' not in html


def test_hostile_maps(repo: Repo) -> None:
    said = json.dumps(HOSTILE)
    repo.commit("@all #1 ##[error]x", {
        CURRENT: a_map("2d", title=said, more=f"owner: {said}\ntrigger: {said}\n", body=HOSTILE),
        "maps/|x`[y](z)/current.md": a_map("2d", title=said),
        "maps/::error::x/current.md": "---\n##[error]x: [\n---\n",
    })  # fmt: skip
    for arguments in ([], ["--head", "HEAD"]):
        report = reviewed(repo, *arguments)
        assert len(report["maps"]) == 3
        seen = see((repo.folder / "out" / "comment.md").read_text())
        assert seen.links == []
        assert any("javascript:1" in code for code in seen.code)
    assert_no_commands((repo.folder / "out" / "report.json").read_text())
    html = (repo.folder / "out" / "preview.html").read_text()
    assert not [node for node in parse(html).iter() if str(node.tag).split("}")[-1] in
                ("script", "img")]  # fmt: skip


def test_the_folder_is_written_into_and_over(repo: Repo, tmp_path: Path) -> None:
    out = repo.folder / "out"
    reviewed(repo)
    target = tmp_path / "elsewhere.txt"
    target.write_text("mine")
    (out / "comment.md").unlink()
    (out / "comment.md").symlink_to(target)
    (out / "report.json").write_text("old")
    reviewed(repo)
    assert target.read_text() == "mine"
    assert not (out / "comment.md").is_symlink()


def test_a_folder_that_cannot_be(repo: Repo, tmp_path: Path) -> None:
    (repo.folder / "file").write_text("")
    assert "cannot be written" in refused(repo, "-o", "file")
    (repo.folder / "link").symlink_to(tmp_path)
    assert "is a link" in refused(repo, "-o", "link")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project"]
    (repo.folder / "full" / "report.json").mkdir(parents=True)
    assert "cannot be written" in refused(repo, "-o", "full")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--base", "nothing"], "nothing"),
        (["--base", "main", "--head", "nothing"], "nothing"),
        (["--base", "--output=x"], "--output=x"),
        (["--base", "lonely"], "fetch-depth: 0"),
    ],
    ids=range(4),
)
def test_what_is_not_there(repo: Repo, arguments: list[str], says: str) -> None:
    lonely = repo.git("commit-tree", "-m", "alone", "main^{tree}")
    repo.git("branch", "lonely", lonely)
    assert says in refused(repo, *arguments)


def test_without_a_repository(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    done = run(tmp_path)
    assert (done.returncode, "no git repository" in done.stderr) == (2, True)
