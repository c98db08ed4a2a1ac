"""`vsmdocs diff` in real repositories: what is compared, how it is told, and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.e2e.conftest import OpenPage
from tests.e2e.repositories import Repo, a_map, identified
from tests.unit.rendering.pages.safe_html import name_of, parse

CURRENT = "maps/delivery/current.md"
HOSTILE = '<img src=x onerror=alert(1)> | [x](javascript:1) `@all` </style><script>"&'
YAML_HOSTILE = json.dumps(HOSTILE)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vsmdocs", "-C", str(folder), *arguments],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip


def told(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """Give what changed between what is named, where nothing is wrong."""
    done = run(folder, "diff", "-f", "json", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr in ("", "Nothing changed.\n")
    maps: list[dict[str, Any]] = json.loads(done.stdout)["maps"]
    return maps


def days(one: dict[str, Any]) -> tuple[float | None, float | None]:
    """Give how many days a map's review waited before and after."""
    sides = (one["totals"]["before"], one["totals"]["after"])
    before, after = (side["wait_time_hours"] / 8 if side else None for side in sides)
    return before, after


def refused(folder: Path, *arguments: str) -> str:
    """Give the one sentence with which the command says that it cannot be done."""
    done = run(folder, "diff", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert "bug in vsmdocs" not in done.stderr
    return done.stderr


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Have 3 d on main, 2 d on a branch, and 1 d that is not committed."""
    repo = Repo(tmp_path / "project")
    repo.commit("Map", {CURRENT: a_map("3d"), "maps/other/current.md": a_map("5d")})
    repo.branch("work")
    repo.commit("Measure", {CURRENT: a_map("2d")})
    repo.write({CURRENT: a_map("1d")})
    return repo


def test_what_a_branch_changes_with_what_is_not_committed(repo: Repo) -> None:
    # What main did meanwhile is not this branch's doing.
    repo.git("stash", "-q")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {"maps/other/current.md": a_map("9d")})
    repo.git("checkout", "-q", "work")
    repo.git("stash", "pop", "-q")
    (one,) = told(repo.folder)
    assert (one["stream"], days(one)) == ("delivery", (3, 1))


def test_on_the_default_branch_what_is_not_committed(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "main")
    assert told(repo.folder) == []
    repo.write({CURRENT: a_map("4d")})
    assert [days(one) for one in told(repo.folder)] == [(3, 4)]


def test_commits_alone_and_in_pairs(repo: Repo) -> None:
    repo.git("tag", "v1", "main")
    assert [days(one) for one in told(repo.folder, "HEAD")] == [(2, 1)]
    assert [days(one) for one in told(repo.folder, "v1", "work")] == [(3, 2)]
    assert [days(one) for one in told(repo.folder, "work", "v1")] == [(2, 3)]
    assert told(repo.folder, "v1", "main") == []


def test_paths_after_commits_and_alone(repo: Repo) -> None:
    repo.write({"maps/other/current.md": a_map("6d")})
    repo.commit("Both")
    for words in ([], ["main"], ["main", "work"]):
        assert len(told(repo.folder, *words)) == 2
        for path in ("maps/other", "maps/other/", "maps/other/current.md", "./maps/other"):
            (one,) = told(repo.folder, *words, path)
            assert (one["stream"], days(one)) == ("other", (5, 6))
        assert len(told(repo.folder, *words, "maps/other", CURRENT)) == 2
    (one,) = told(repo.folder / "maps" / "..", "--", "maps/other")
    assert one["stream"] == "other"


def test_a_path_that_is_gone_is_one_all_the_same(repo: Repo) -> None:
    repo.write({"maps/other/current.md": None})
    (repo.folder / "maps/other").rmdir()
    for words in ([], ["main"]):
        for path in ("maps/other", "maps/other/current.md"):
            (one,) = told(repo.folder, *words, path)
            assert one["removed"]
    assert told(repo.folder, "main", "work", "maps/other") == []
    repo.write({CURRENT: None})
    (repo.folder / "maps/delivery").rmdir()
    (repo.folder / "maps").rmdir()
    assert len(told(repo.folder, "main", "maps")) == 2


def test_a_path_that_is_a_branch_too(repo: Repo) -> None:
    repo.git("branch", "maps", "main")
    said = refused(repo.folder, "maps")
    assert "names a commit and a path" in said
    assert [days(one) for one in told(repo.folder, "./maps")] == [(3, 1)]
    assert [days(one) for one in told(repo.folder, "refs/heads/maps", "./maps")] == [(3, 1)]
    assert [days(one) for one in told(repo.folder, "main", "work", "maps")] == [(3, 2)]


def test_two_files_of_any_commits(repo: Repo) -> None:
    here = (f"main:{CURRENT}", f"work:./{CURRENT}")
    assert [days(one) for one in told(repo.folder, *here)] == [(3, 2)]
    other = (f"main:{CURRENT}", "main:maps/other/current.md")
    assert [days(one) for one in told(repo.folder, *other)] == [(3, 5)]
    assert told(repo.folder, here[0], here[0]) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nothing"], "nothing"),
        (["main", "nothing"], "nothing"),
        (["feature/nothing"], "feature/nothing"),
        (["maps/nothing"], "maps/nothing"),
        (["main", "maps/delivery/nothing.md"], "maps/delivery/nothing.md"),
        (["main", "work", "maps/delivery", "maps/nothing"], "maps/nothing"),
        (["main", "work", "main"], "main"),
        (["main..work"], "main..work"),
        ([""], "''"),
        (["--", "--output=x"], "--output=x"),
        (["--", "-"], "'-'"),
        (["^main"], "^main"),
        (["main\x1b[31m"], "\\x1b"),
        ([f"nothing:{CURRENT}", f"main:{CURRENT}"], "nothing"),
        ([f"main:{CURRENT}", f"nothing:{CURRENT}"], "nothing"),
        ([f"main:{CURRENT}", "work:maps/nothing.md"], "maps/nothing.md"),
        ([f"main:{CURRENT}", "work:maps/delivery"], "maps/delivery"),
        ([f"main:{CURRENT}", "work:maps/delivery/"], "maps/delivery/"),
        ([f"main:{CURRENT}", "work:../x.md"], "../x.md"),
        ([f"main:{CURRENT}", "work:maps/*/current.md"], "maps/*"),
        ([f"main:{CURRENT}"], f"main:{CURRENT}"),
        (["--states", "delivery", "main"], "leave out commits"),
        (["--states", "deliver"], "did you mean delivery?"),
        (["--states", "delivery"], "another one to compare"),
        (["--fail-on", "lead_tme>1d"], "did you mean lead_time?"),
    ],
)
def test_what_is_not_there_is_said(repo: Repo, words: list[str], says: str) -> None:
    assert says in refused(repo.folder, *words)


def test_a_branch_that_looks_like_an_option(repo: Repo) -> None:
    repo.git("update-ref", "refs/heads/--output=x", "work")
    assert [days(one) for one in told(repo.folder, "main", "--", "--output=x")] == [(3, 2)]
    words = ("--", f"main:{CURRENT}", f"--output=x:{CURRENT}")
    assert [days(one) for one in told(repo.folder, *words)] == [(3, 2)]
    assert not (repo.folder / "x").exists()
    done = run(repo.folder, "diff", "--output=x")
    assert done.returncode == 2
    assert "No such option" in done.stderr


def test_states_of_a_stream(repo: Repo) -> None:
    repo.write({
        "maps/delivery/future.md": a_map("0"), "maps/delivery/bad-day.md": a_map("9d"),
        "maps/delivery/same.md": a_map("1d"),
    })  # fmt: skip
    found = {
        one["variant"] or one["state"]: days(one)
        for one in told(repo.folder, "--states", "delivery")
    }
    assert found == {"bad-day": (1, 9), "future": (1, 0)}
    assert "current to current bad day" in run(repo.folder, "diff", "--states", "delivery").stdout


def test_a_state_that_cannot_be_read_is_told_with_the_others(repo: Repo) -> None:
    repo.write({
        "maps/delivery/future.md": a_map("0"), "maps/delivery/bad-day.md": a_map("9 fortnights"),
        "maps/other/future.md": a_map("9 fortnights"),
    })  # fmt: skip
    done = run(repo.folder, "diff", "--states", "delivery")
    assert done.returncode == 1
    assert "maps/delivery/bad-day.md:5:" in done.stderr
    assert "maps/other" not in done.stderr
    assert "current to future" in done.stdout
    done = run(repo.folder, "diff", "--states", "other")
    assert (done.returncode, done.stdout) == (1, "")
    assert "maps/other/future.md:5:" in done.stderr
    assert "Nothing changed" not in done.stderr


def test_maps_that_come_and_go(repo: Repo) -> None:
    # With steps of its own it is not what went, under another name.
    new = a_map("4d").replace("review", "approve").replace("build", "write")
    repo.write({"maps/new/current.md": new, "maps/other/current.md": None})
    found = {one["stream"]: (one["new"], one["removed"], days(one)) for one in told(repo.folder)}
    assert found["new"] == (True, False, (None, 4))
    assert found["other"] == (False, True, (5, None))
    text = run(repo.folder, "diff").stdout
    assert "new map" in text
    assert "map removed" in text


def test_a_map_that_says_which_it_is_may_move(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "project")
    repo.commit("Map", {"maps/a.md": a_map("3d", more=identified("delivery"))})
    repo.commit("Move", {"maps/a.md": None, "maps/b.md": a_map("3d", more=identified("delivery"))})
    assert told(repo.folder, "HEAD~1") == []
    assert told(repo.folder, "HEAD~1", "HEAD") == []
    moved = a_map("2d", more=identified("delivery"))
    repo.commit("Move again", {"maps/b.md": None, "maps/c/current.md": moved})
    for words in (["HEAD~2"], ["HEAD~2", "HEAD"]):
        assert [days(one) for one in told(repo.folder, *words)] == [(3, 2)]
    # Two maps that change places are who they say they are.
    other = a_map("7d", more=identified("other"))
    repo.commit("Two", {"maps/b.md": other})
    repo.write({"maps/b.md": moved, "maps/c/current.md": other})
    assert told(repo.folder, "HEAD") == []


def test_a_version_that_cannot_be_read_is_told_with_the_others(repo: Repo) -> None:
    repo.commit("Break", {CURRENT: a_map("2 fortnights"), "maps/other/current.md": a_map("6d")})
    done = run(repo.folder, "diff")
    assert done.returncode == 1
    assert f"{CURRENT}:5:" in done.stderr
    assert "wait time from 5" in done.stdout
    assert "removed" not in done.stdout
    repo.commit("Mend", {CURRENT: a_map("2d")})
    done = run(repo.folder, "diff", "HEAD~1", "HEAD")
    assert done.returncode == 1
    assert f"{CURRENT}:5:" in done.stderr
    assert "the version before" in done.stderr
    assert (done.stdout, "Nothing changed" in done.stderr) == ("", False)
    done = run(repo.folder, "diff", f"HEAD~1:{CURRENT}", f"HEAD:{CURRENT}")
    assert (done.returncode, done.stdout) == (1, "")
    # What is broken on both sides did not change.
    repo.commit("Break", {CURRENT: a_map("2 fortnights")})
    assert told(repo.folder, "HEAD") == []


def test_a_map_without_figures_is_told(repo: Repo) -> None:
    endless = a_map("1d").replace(
        "\n---\n", "\nrework:\n  - {from: deploy, to: build, rate: 100%}\n---\n"
    )
    repo.write({CURRENT: endless, "maps/other/current.md": a_map("6d")})
    done = run(repo.folder, "diff")
    assert done.returncode == 1
    assert CURRENT in done.stderr
    assert "wait time from 5" in done.stdout


def test_files_that_are_none_did_not_go(repo: Repo) -> None:
    outside = repo.folder.parent / "outside.md"
    outside.write_text(a_map("1d"))
    (repo.folder / CURRENT).unlink()
    (repo.folder / CURRENT).symlink_to(outside)
    done = run(repo.folder, "diff")
    assert done.returncode == 1
    assert CURRENT in done.stderr
    assert "removed" not in done.stdout
    assert run(repo.folder, "diff", "maps/other").returncode == 0


def test_a_link_is_no_map_on_either_side(repo: Repo) -> None:
    (repo.folder / "maps/linked.md").symlink_to("delivery/current.md")
    repo.commit("Link")
    assert told(repo.folder, "HEAD") == []
    assert told(repo.folder, "HEAD~1", "HEAD", "maps/linked.md") == []
    assert [one["stream"] for one in told(repo.folder)] == ["delivery"]


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/x.md").write_text(a_map())
    assert "no git repository" in refused(tmp_path)


def test_a_repository_without_commits(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "project")
    repo.write({CURRENT: a_map()})
    assert "no commits here yet" in refused(repo.folder)
    assert "main" in refused(repo.folder, "main")


def test_without_a_default_branch(repo: Repo) -> None:
    repo.git("branch", "-m", "main", "elsewhere")
    assert "no default branch" in refused(repo.folder)
    assert "nowhere-here" in refused(repo.folder, "nowhere-here")
    assert len(told(repo.folder, "elsewhere")) == 1


def test_a_shallow_clone_without_the_merge_base(repo: Repo, tmp_path: Path) -> None:
    repo.commit("Measure again")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {"maps/other/current.md": a_map("9d")})
    options = ("--depth=1", "--no-single-branch", "--branch=work")
    repo.git("clone", "-q", *options, repo.folder.as_uri(), str(tmp_path / "clone"))
    assert "shallow clone" in refused(tmp_path / "clone")
    assert len(told(tmp_path / "clone", "origin/main", "origin/work")) == 2


def test_a_project_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "all")
    folder = repo.folder / "docs/streams"
    repo.commit("Map", {f"docs/streams/{CURRENT}": a_map("3d"), CURRENT: a_map("8d")})
    repo.branch("work")
    repo.commit("Measure", {f"docs/streams/{CURRENT}": a_map("2d"), CURRENT: a_map("9d")})
    repo.write({f"docs/streams/{CURRENT}": a_map("1d")})
    assert [days(one) for one in told(folder)] == [(3, 1)]
    assert [days(one) for one in told(folder, "main", "work", "maps/delivery")] == [(3, 2)]
    words = (f"main:{CURRENT}", f"work:{CURRENT}")
    assert [days(one) for one in told(folder, *words)] == [(3, 2)]
    done = subprocess.run(
        [sys.executable, "-m", "vsmdocs", "diff", "-f", "json", "main", "delivery"],
        cwd=folder / "maps", capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert [days(one) for one in json.loads(done.stdout)["maps"]] == [(3, 1)]


def test_other_line_ends_are_no_change(repo: Repo) -> None:
    prose = a_map("1d", body="Words.\n\n- one\n- two\n")
    repo.commit("Prose", {CURRENT: prose})
    repo.write({CURRENT: prose.replace("\n", "\r\n")})
    assert told(repo.folder, "HEAD") == []
    repo.commit("Line ends")
    assert told(repo.folder, "HEAD~1", "HEAD") == []
    repo.write({CURRENT: prose})
    assert told(repo.folder, "HEAD") == []


def test_exit_codes(repo: Repo) -> None:
    assert run(repo.folder, "diff").returncode == 0
    assert run(repo.folder, "diff", "--exit-code").returncode == 1
    assert run(repo.folder, "diff", "--exit-code", "maps/other").returncode == 0
    nothing = run(repo.folder, "diff", "--exit-code", "main", "main")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "Nothing changed.\n")
    assert run(repo.folder, "-q", "diff", "main", "main").stderr == ""


def test_limits(repo: Repo) -> None:
    repo.write({CURRENT: a_map("4d")})
    done = run(repo.folder, "diff", "--fail-on", "wait_time>1d", "--fail-on", "lead_time>20%")
    assert (done.returncode, done.stderr) == (0, "")
    done = run(
        repo.folder, "diff", "--fail-on", "wait_time>1d", "--fail-on", "lead_time>10%",
        "--fail-on", "activity_ratio<0", "--fail-on", "wip>0", "-f", "json",
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Limit exceeded: lead_time>10% in Delivery (delivery/current)",
        "Limit exceeded: activity_ratio<0 in Delivery (delivery/current)",
    ]
    assert json.loads(done.stdout)["maps"]
    assert run(repo.folder, "diff", "--fail-on", "lead_time>10%", "maps/other").returncode == 0


def test_titles_are_text_in_markdown(repo: Repo) -> None:
    repo.write({CURRENT: a_map("4d").replace("title: Delivery", f"title: {YAML_HOSTILE}")})
    markdown = run(repo.folder, "diff", "-f", "markdown").stdout
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown)
    tree = parse(f"<!DOCTYPE html><title>x</title>{html}")
    assert not any(element.attrib.keys() - {"style"} for element in tree.iter())
    names = {name_of(element) for element in tree.iter()}
    plain = {"p", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert names == plain | {"html", "head", "title", "body"}
    assert "<img src=x onerror=alert(1)>" in "".join(tree.itertext())


@pytest.fixture
def page(repo: Repo) -> Path:
    """Have the page of two maps of one title, a new one, and one with a hostile title."""
    repo.commit("Another", {"maps/twin/current.md": a_map("4d")})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-B", "work")
    repo.write({
        CURRENT: a_map("1h"), "maps/twin/current.md": a_map("2d"),
        "maps/new/current.md": a_map("4d"),
        "maps/other/current.md": a_map("9d").replace("title: Delivery", f"title: {YAML_HOSTILE}"),
    })  # fmt: skip
    done = run(repo.folder, "diff", "-f", "html")
    assert (done.returncode, done.stderr) == (0, "")
    path = repo.folder.parent / "page/review.html"
    path.parent.mkdir()
    path.write_text(done.stdout, "utf-8")
    return path


def test_the_page_is_one_file(page: Path) -> None:
    text = page.read_text("utf-8")
    tree = parse(text)
    elements = list(tree.iter())
    names = [name_of(element) for element in elements]
    assert names.count("svg") >= 2
    assert not {"script", "link", "img", "iframe", "object", "base", "form", "image"} & {*names}
    ids = {element.attrib["id"] for element in elements if "id" in element.attrib}
    for element in elements:
        for key, value in element.attrib.items():
            name = key.rpartition("}")[2].lower()
            assert name not in ("src", "srcset", "style", "action", "data", "xlink:href")
            assert not name.startswith("on")
            if name == "href":
                assert value.startswith("#")
                assert value[1:] in ids
    (style,) = [element.text or "" for element in elements if name_of(element) == "style"]
    assert "url(" not in style
    assert "@import" not in style
    assert "http:" not in text
    assert "https:" not in text


def test_a_page_of_nothing(repo: Repo) -> None:
    done = run(repo.folder, "diff", "-f", "html", "main", "main")
    assert done.returncode == 0
    assert "Nothing changed." in "".join(parse(done.stdout).itertext())
    assert json.loads(run(repo.folder, "diff", "-f", "json", "main", "main").stdout) == {"maps": []}


@pytest.mark.parametrize("width", [1440, 360])
def test_the_page_in_a_browser(page: Path, open_page: OpenPage, width: int) -> None:
    opened = open_page(page, width=width)
    opened.assert_quiet()
    assert opened.overflow() <= 0
    assert opened.page.title() == "What changed"
    # Only a style that its own policy allows gives this.
    wrap = opened.page.locator("main")
    assert wrap.evaluate("e => getComputedStyle(e).maxWidth") != "none"
    picture = ".map-canvas" if width == 1440 else ".cards"
    assert opened.page.locator(f".overlay {picture}").first.is_visible()
    assert HOSTILE in opened.page.locator("main").inner_text()
    assert opened.page.locator("section").count() >= 3


@pytest.mark.parametrize("width", [1440, 360])
def test_the_page_is_accessible(page: Path, open_page: OpenPage, width: int) -> None:
    # axe is a script, which the page's own policy forbids.
    text = page.read_text("utf-8")
    policy = text.index('<meta http-equiv="Content-Security-Policy"')
    page.write_text(text[:policy] + text[text.index("\n", policy) :], "utf-8")
    assert open_page(page, width=width).violations() == []


def test_a_map_that_is_what_its_path_says_and_moves(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "main")
    base = repo.git("rev-parse", "HEAD")
    repo.commit("Move", {CURRENT: None, "maps/shipping/current.md": a_map("2d")})
    (one,) = told(repo.folder, base, "HEAD")
    assert (one["stream"], one["new"], one["removed"], days(one)) == (
        "shipping",
        False,
        False,
        (3, 2),
    )
    assert [row["stream"] for row in told(repo.folder, "HEAD", base)] == ["delivery"]
