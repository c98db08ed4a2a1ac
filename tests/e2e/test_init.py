"""`vsmdocs init`: what it writes, what it leaves alone, and what it says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.e2e.repositories import Repo
from vsmdocs import __version__
from vsmdocs.__main__ import main
from vsmdocs.errors import UsageError
from vsmdocs.starting import writing
from vsmdocs.starting.project import NewFile
from vsmdocs.starting.start import DRIVERS
from vsmdocs.starting.writing import write_new

GITHUB = {
    ".github/dependabot.yml",
    ".github/workflows/vsmdocs-comment.yml",
    ".github/workflows/vsmdocs-pages.yml",
    ".github/workflows/vsmdocs-review.yml",
}
ALWAYS = {".gitattributes", ".gitignore", "vsmdocs.toml", "maps/my-first-stream/current.md"}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A new repository, in which the test stands."""
    made = Repo(tmp_path / "team")
    monkeypatch.chdir(made.folder)
    return made


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() and ".git" not in path.relative_to(folder).parts
    }


def test_a_new_repository_becomes_a_project_that_checks_and_builds(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    said = capsys.readouterr().err
    assert files(repo.folder) == ALWAYS | GITHUB
    for name in ALWAYS | GITHUB:
        assert re.search(rf"^  new    {re.escape(name)} +\S", said, re.M), said
    assert "Workflows for GitHub, because nothing here says otherwise" in said
    assert main(["check", "--fail-on", "warning"]) == 0
    assert main(["fmt", "--check"]) == 0
    assert main(["build"]) == 0
    page = (repo.folder / "site/streams/my-first-stream/index.html").read_text()
    assert "My first stream" in page
    assert "Release it" in page
    repo.git("add", "-A")
    assert "site" not in repo.git("diff", "--cached", "--name-only")


def test_a_second_time_it_does_nothing(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    before = {name: (repo.folder / name).read_bytes() for name in files(repo.folder)}
    capsys.readouterr()
    assert main(["init"]) == 0
    said = capsys.readouterr().err
    assert "  new " not in said
    assert "By hand" not in said
    assert "there are maps in maps/" in said
    assert {name: (repo.folder / name).read_bytes() for name in files(repo.folder)} == before


def test_nothing_that_exists_is_touched_and_missing_lines_are_told(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    present: dict[str, str | bytes | None] = {
        "vsmdocs.toml": 'maps = "streams"\n[site]\noutput = "public"\n',
        ".gitignore": "/public/\n*.pyc",
        ".gitattributes": "* text=auto\r\n",
        ".github/workflows/vsmdocs-pages.yml": "name: mine\n",
        "streams/a/current.md": "---\nnot a map\n",
    }
    repo.write(present)
    assert main(["init"]) == 0
    said = capsys.readouterr().err
    for name, text in present.items():
        assert (repo.folder / name).read_bytes() == str(text).encode()
    assert files(repo.folder) == set(present) | GITHUB
    assert "  kept   vsmdocs.toml" in said
    assert "  not    streams/my-first-stream/current.md" in said
    assert "To be added by hand:" in said
    assert "    streams/**/*.md text eol=lf diff=vsmdocs merge=vsmdocs\n" in said
    assert "    /.vsmdocs-cache/\n" in said
    assert "    /public/\n" not in said


def test_settings_in_pyproject_are_settings(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"pyproject.toml": '[tool.vsmdocs]\nmaps = "docs/maps"\n'})
    assert main(["init", "--ci", "none"]) == 0
    assert files(repo.folder) == {
        "pyproject.toml",
        "docs/maps/my-first-stream/current.md",
        ".gitattributes",
        ".gitignore",
    }
    assert "pyproject.toml has the settings" in capsys.readouterr().err
    assert main(["check"]) == 0


def test_settings_that_cannot_be_used_are_told_and_nothing_is_written(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"vsmdocs.toml": "mops = 1\n"})
    assert main(["init"]) == 2
    assert "vsmdocs.toml:1:1: error[settings-unknown-key]" in capsys.readouterr().err
    assert files(repo.folder) == {"vsmdocs.toml"}


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("git@github.com:acme/streams.git", GITHUB),
        ("https://gitlab.example.org/acme/streams", {".gitlab-ci.yml", ".gitlab/vsmdocs.yml"}),
        ("https://codeberg.org/acme/streams", set()),
    ],
)
def test_the_remote_decides(repo: Repo, remote: str, expected: set[str]) -> None:
    repo.git("remote", "add", "fork", "https://example.org/x/y")
    repo.git("remote", "add", "origin", remote)
    assert main(["init"]) == 0
    assert files(repo.folder) == ALWAYS | expected


def test_a_password_in_the_remote_is_told_nobody(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.git("remote", "add", "origin", "https://ada:s3cret@github.com/acme/streams.git")
    assert main(["init", "-v"]) == 0
    settings = (repo.folder / "vsmdocs.toml").read_text()
    assert 'repository = "https://github.com/acme/streams/"\n' in settings
    everything = "".join((repo.folder / name).read_text() for name in files(repo.folder))
    assert "s3cret" not in everything + "".join(capsys.readouterr())


def test_the_branch_that_is_published_is_the_default_one(repo: Repo) -> None:
    repo.commit("one", {"a": "1"})
    repo.git("checkout", "-q", "-b", "trunk/1.x")
    assert main(["init", "--ci", "github"]) == 0
    text = (repo.folder / ".github/workflows/vsmdocs-pages.yml").read_text()
    assert 'branches: ["trunk/1.x"]' in text
    assert f"vsmdocs=={__version__}\n" in text


def test_a_new_folder_outside_of_any_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "new/team", "--ci", "none"]) == 0
    assert files(tmp_path / "new/team") == ALWAYS
    said = capsys.readouterr().err
    assert "git init" in said
    assert "vsmdocs -C new/team check" in said


def test_below_the_top_of_a_repository_there_are_no_workflows(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "team"]) == 0
    assert files(repo.folder) == {f"team/{name}" for name in ALWAYS}
    assert "at the top of the repository" in capsys.readouterr().err


def test_git_is_told_about_maps_once(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.git("config", "diff.vsmdocs.textconv", "mine")
    assert main(["init", "--git"]) == 0
    said = capsys.readouterr().err
    wanted = dict(DRIVERS) | {"diff.vsmdocs.textconv": "mine"}
    for key, value in wanted.items():
        assert repo.git("config", "--local", "--get-all", key) == value
    assert "  kept   diff.vsmdocs.textconv = mine" in said
    assert "  set    merge.vsmdocs.driver = vsmdocs git-merge-driver %O %A %B %P" in said
    assert repo.git("check-attr", "merge", "maps/a/b/current.md").endswith(": vsmdocs")
    assert repo.git("check-attr", "diff", "docs/a.md").endswith(": unspecified")


def test_in_a_clone_git_alone_is_set_up(repo: Repo) -> None:
    repo.write({"vsmdocs.toml": ""})
    assert main(["init", "--git"]) == 0
    assert files(repo.folder) == {"vsmdocs.toml", ".gitattributes"}
    assert repo.git("config", "merge.vsmdocs.driver")


def test_a_project_beside_a_repository_is_not_in_it(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "../other team", "--git"]) == 2
    assert main(["-C", "..", "init", "other team"]) == 0
    assert files(tmp_path / "other team") == ALWAYS | GITHUB
    assert "vsmdocs -C '../other team' check" in capsys.readouterr().err
    assert files(repo.folder) == set()


def test_git_needs_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--git"]) == 2
    assert "run git init there first" in capsys.readouterr().err
    assert files(tmp_path) == set()


@pytest.mark.parametrize("link", ["maps", ".github", ".github/workflows"])
def test_a_link_that_leads_out_is_refused_before_anything_is_written(
    repo: Repo, tmp_path: Path, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (repo.folder / link).parent.mkdir(exist_ok=True)
    (repo.folder / link).symlink_to(outside)
    assert main(["init"]) == 2
    said = capsys.readouterr().err
    assert f"{link} is a link that leads out of the project" in said
    assert list(outside.iterdir()) == []
    assert files(repo.folder) <= {link}


def test_a_link_in_a_files_place_is_not_followed(repo: Repo, tmp_path: Path) -> None:
    (repo.folder / "vsmdocs.toml").symlink_to(tmp_path / "nowhere.toml")
    main(["init"])
    assert not (tmp_path / "nowhere.toml").exists()


def test_a_file_in_a_folders_place_is_told(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"maps": "a file"})
    assert main(["init"]) == 2
    assert "maps is not a folder" in capsys.readouterr().err
    assert files(repo.folder) == {"maps"}


def test_a_file_as_the_project_is_told(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"x": "a file"})
    assert main(["init", "x"]) == 2
    assert "x is not a folder" in capsys.readouterr().err


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(beside: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_name", full)
    with pytest.raises(OSError, match="No space"):
        write_new(tmp_path, [NewFile("a/b.md", "text", "a file")])
    assert files(tmp_path) == set()


def test_a_file_that_appears_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = writing._name

    def late(beside: Path, target: Path) -> None:
        target.write_text("theirs")
        honest(beside, target)

    monkeypatch.setattr(writing, "_name", late)
    (outcome,) = write_new(tmp_path, [NewFile("b.md", "ours", "a file")])
    assert outcome.fate == "kept"
    assert (tmp_path / "b.md").read_text() == "theirs"
    assert files(tmp_path) == {"b.md"}


def test_without_hard_links_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    (outcome,) = write_new(tmp_path, [NewFile("b.md", "ours\n", "a file")])
    assert outcome.fate == "new"
    assert (tmp_path / "b.md").read_text() == "ours\n"
    assert files(tmp_path) == {"b.md"}


def test_files_get_the_rights_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_new(tmp_path, [NewFile("b.md", "x", "a file")])
    finally:
        os.umask(before)
    assert (tmp_path / "b.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a//x", ""])
def test_paths_stay_below_the_project(tmp_path: Path, path: str) -> None:
    with pytest.raises(UsageError, match="no path below"):
        write_new(tmp_path / "p", [NewFile(path, "x", "a file")])
    assert files(tmp_path) == set()
