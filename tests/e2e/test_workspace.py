"""Projects on a real disk: where the root is, which files are maps, what else lies there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vsmdocs.errors import ConfigError, UsageError
from vsmdocs.workspace import Loaded, open_workspace
from vsmdocs.workspace.files import MOST_BYTES

MAP = "---\ntitle: A map\nsteps:\n  - {id: build, process_time: 1d}\n---\nProse.\n"


def write(path: Path, text: str = MAP) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    write(root / "maps/delivery/current.md")
    return root


def load(root: Path, *paths: str) -> Loaded:
    return open_workspace(root, explicit=True).load(paths)


def rules(loaded: Loaded) -> list[tuple[str, str]]:
    return [(finding.path, finding.rule) for finding in loaded.findings]


# --- which files are maps ----------------------------------------------------


def test_maps_at_every_level_in_order(project: Path) -> None:
    write(project / "maps/single.md")
    write(project / "maps/b/future-q2.md")
    write(project / "maps/a/deep/er/current.md")
    write(project / "maps/README.md", "prose")
    write(project / "maps/a/ReadMe.md", "prose")
    write(project / "maps/notes.txt", "prose")
    write(project / "maps/.hidden/current.md", "prose")
    write(project / "maps/a/.current.md", "prose")
    loaded = load(project)
    assert [document.path for document in loaded.documents] == [
        "maps/a/deep/er/current.md",
        "maps/b/future-q2.md",
        "maps/delivery/current.md",
        "maps/single.md",
    ]
    assert [document.map.identity for document in loaded.documents][1] == ("b", "future", "q2")
    assert loaded.findings == ()
    assert loaded.files == 4


def test_a_broken_map_keeps_no_other_one_out(project: Path) -> None:
    write(project / "maps/a/current.md", "---\ntitel: x\n---\n")
    loaded = load(project)
    assert [document.path for document in loaded.documents] == ["maps/delivery/current.md"]
    assert {finding.path for finding in loaded.findings} == {"maps/a/current.md"}
    assert all(finding.line for finding in loaded.findings)


def test_links_stay_inside_the_maps(project: Path, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside/secret.md")
    maps = project / "maps"
    (maps / "same.md").symlink_to("delivery/current.md")
    (maps / "out.md").symlink_to(outside)
    (maps / "out").symlink_to(outside.parent)
    (maps / "round").symlink_to(".")
    (maps / "nowhere.md").symlink_to("nothing")
    (maps / "loop.md").symlink_to("loop.md")
    (maps / "picture.png").symlink_to("/etc/passwd")
    loaded = load(project)
    assert [document.path for document in loaded.documents] == [
        "maps/delivery/current.md",
        "maps/same.md",
    ]
    assert rules(loaded) == [
        ("maps/loop.md", "file-unreadable"),
        ("maps/nowhere.md", "file-unreadable"),
        ("maps/out", "linked-folder"),
        ("maps/out.md", "link-outside"),
        ("maps/round", "linked-folder"),
    ]


def test_what_is_no_file_is_told_and_not_waited_for(project: Path) -> None:
    (project / "maps/folder.md").mkdir()
    os.mkfifo(project / "maps/pipe.md")
    (project / "maps/zero.md").symlink_to("/dev/zero")
    loaded = load(project)
    assert rules(loaded) == [
        ("maps/folder.md", "not-a-file"),
        ("maps/pipe.md", "not-a-file"),
        ("maps/zero.md", "link-outside"),
    ]
    assert load(project, "maps/pipe.md").findings[0].rule == "not-a-file"


def test_a_file_of_any_size_is_told(project: Path) -> None:
    with (project / "maps/large.md").open("wb") as file:
        file.truncate(1 << 40)
    write(project / "maps/just.md", MAP + "x" * (MOST_BYTES - len(MAP)))
    loaded = load(project)
    assert ("maps/large.md", "file-too-large") in rules(loaded)
    assert ("maps/just.md", "body-too-long") in rules(loaded)


def test_names_that_cannot_be_shown_are_told(project: Path) -> None:
    for name in (b"stra\xdfe.md", b"a\nb.md", b"\x1b[31m.md", "a\u202eb.md".encode(), b"a\\b.md"):
        Path(os.fsdecode(bytes(project / "maps") + b"/" + name)).write_text(MAP)
    folder = os.fsdecode(bytes(project / "maps") + b"/stra\xdfe")
    write(Path(folder) / "current.md")
    loaded = load(project)
    assert rules(loaded) == [
        ("maps/\\x1b[31m.md", "file-name"),
        ("maps/a\\b.md", "file-name"),
        ("maps/a\\nb.md", "file-name"),
        ("maps/a\\u202eb.md", "file-name"),
        ("maps/stra\\xdfe", "file-name"),
        ("maps/stra\\xdfe.md", "file-name"),
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_what_may_not_be_read_is_told(project: Path) -> None:
    write(project / "maps/a.md").chmod(0)
    folder = write(project / "maps/b/current.md").parent
    folder.chmod(0)
    try:
        assert rules(load(project)) == [
            ("maps/a.md", "file-unreadable"),
            ("maps/b", "file-unreadable"),
        ]
    finally:
        folder.chmod(0o755)


def test_a_file_that_cannot_be_opened_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    loaded = load(project)
    assert rules(loaded) == [("maps/delivery/current.md", "file-unreadable")]
    assert "permission denied" in loaded.findings[0].message


# --- paths that are typed ----------------------------------------------------


def test_files_and_folders_can_be_named(project: Path) -> None:
    write(project / "maps/a.md")
    write(project / "maps/b/current.md")
    write(project / "maps/b/README.md", "prose")
    loaded = load(project, "maps/b", "maps/b/current.md", "./maps/a.md", "maps/b/README.md")
    assert [document.path for document in loaded.documents] == ["maps/a.md", "maps/b/current.md"]


def test_a_path_is_relative_to_where_one_stands(project: Path) -> None:
    workspace = open_workspace(project / "maps/delivery")
    assert workspace.root == project
    (document,) = workspace.load(["current.md"]).documents
    assert document.path == "maps/delivery/current.md"
    assert document.map.stream == "delivery"


def test_a_map_of_elsewhere_can_be_named(project: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other/current.md")
    (document,) = load(project, str(other)).documents
    assert document.path == other.as_posix()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("maps/nothing.md", "there is no file or folder maps/nothing.md"),
        ("maps/notes.txt", "maps/notes.txt is no map: those end in .md"),
        ("empty", "there are no maps in empty"),
        ("a\0b", "there is no file or folder"),
    ],
)
def test_a_path_that_is_no_map(project: Path, path: str, words: str) -> None:
    write(project / "maps/notes.txt")
    (project / "empty").mkdir()
    with pytest.raises(UsageError, match=words.replace(".", r"\.")):
        load(project, path)


# --- root and settings -------------------------------------------------------


def test_the_nearest_settings_win(project: Path) -> None:
    write(project / "vsmdocs.toml", "[site]\ntitle = 'top'\n")
    inner = project / "teams/a"
    write(inner / "pyproject.toml", "[tool.vsmdocs.site]\ntitle = 'inner'\n")
    write(inner / "src/pyproject.toml", "[project]\nname = 'x'\n")
    assert open_workspace(project / "teams").settings.site.title == "top"
    assert open_workspace(project / "teams").root == project
    assert open_workspace(inner / "src").settings.site.title == "inner"
    assert open_workspace(inner / "src").root == inner
    write(inner / "vsmdocs.toml", "[site]\ntitle = 'own file'\n")
    assert open_workspace(inner).settings.site.title == "own file"


def test_settings_above_the_repository_are_not_ours(project: Path) -> None:
    write(project.parent / "vsmdocs.toml", "nonsense = 1\n")
    workspace = open_workspace(project / "maps/delivery")
    assert workspace.root == project


def test_a_root_that_is_named_is_the_root(project: Path) -> None:
    write(project / "vsmdocs.toml", "[site]\ntitle = 'top'\n")
    inner = project / "inner"
    inner.mkdir()
    workspace = open_workspace(inner, explicit=True)
    assert workspace.root == inner
    assert workspace.settings.site.title == "top"


def test_a_folder_outside_of_git(tmp_path: Path) -> None:
    write(tmp_path / "maps/a.md")
    workspace = open_workspace(tmp_path, explicit=True)
    assert workspace.repository() is None
    assert len(workspace.load().documents) == 1


def test_a_work_tree_has_a_file_for_git(tmp_path: Path) -> None:
    write(tmp_path / "maps/a.md")
    write(tmp_path / "elsewhere/HEAD", "ref: refs/heads/main\n")
    write(tmp_path / ".git", "gitdir: elsewhere\n")
    assert open_workspace(tmp_path / "maps").repository() is not None


def test_wrong_settings_are_located(project: Path) -> None:
    write(project / "vsmdocs.toml", "[site]\ntitle = 1\n")
    with pytest.raises(ConfigError) as caught:
        open_workspace(project / "maps")
    assert caught.value.findings[0].place == "../vsmdocs.toml:2:9"


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_settings_that_cannot_be_read(project: Path, content: bytes | None) -> None:
    if content is None:
        os.mkfifo(project / "vsmdocs.toml")
    else:
        (project / "vsmdocs.toml").write_bytes(content)
    with pytest.raises(ConfigError):
        open_workspace(project)


def test_a_broken_file_of_others_is_passed_over(project: Path) -> None:
    write(project / "pyproject.toml", "[project\n")
    assert open_workspace(project).settings.maps == "maps"
    write(project / "pyproject.toml", "[tool.vsmdocs]\n[project\n")
    with pytest.raises(ConfigError):
        open_workspace(project)


@pytest.mark.parametrize("kind", ["missing", "empty", "outside"])
def test_nothing_to_read_says_what_to_do(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    if kind == "empty":
        write(root / "maps/README.md")
    elif kind == "outside":
        write(tmp_path / "maps/a.md")
        (root / "maps").symlink_to(tmp_path / "maps")
    with pytest.raises(UsageError, match="maps/"):
        load(root)


def test_the_folder_of_the_maps_can_be_set(project: Path) -> None:
    write(project / "vsmdocs.toml", "maps = 'docs/streams'\n")
    write(project / "docs/streams/x/future.md")
    (document,) = load(project).documents
    assert document.path == "docs/streams/x/future.md"
    assert document.map.identity == ("x", "future", "")


def test_a_root_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        open_workspace(tmp_path / "nothing", explicit=True)


def test_the_output_is_typed_or_set(project: Path, tmp_path: Path) -> None:
    workspace = open_workspace(project / "maps")
    assert workspace.output() == project / "site"
    assert workspace.output("x") == project / "maps/x"
    assert workspace.output(tmp_path / "y") == tmp_path / "y"


def test_settings_do_not_lead_out_of_the_project(project: Path, tmp_path: Path) -> None:
    write(project / "vsmdocs.toml", "[site]\noutput = 'build/site'\n")
    (project / "build").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="leads out of the project"):
        open_workspace(project).output()
