"""`fmt` on real files: what is written, what is left, and what is said about it."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from vsmdocs.__main__ import main

UNTIDY = """---
steps:
- {id: build, name: "Build"}   #first
title: Delivery
---
Prose.
"""
TIDY = """---
title: Delivery

steps:
  - {id: build, name: Build}  # first
---
Prose.
"""
BROKEN = "---\ntitle: T\nsteps: 3\n---\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    write(root / "maps/a/current.md", UNTIDY)
    write(root / "maps/b/current.md", TIDY)
    monkeypatch.chdir(root)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, newline="")


def test_maps_are_laid_out_and_keep_their_mode(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, other = project / "maps/a/current.md", project / "maps/b/current.md"
    path.chmod(0o640)
    before = other.stat()
    assert main(["fmt"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Laid out: maps/a/current.md\n2 maps: 1 laid out anew.\n"
    assert path.read_text() == TIDY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (other.stat().st_ino, other.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [entry.name for entry in path.parent.iterdir()] == ["current.md"]
    assert main(["fmt", "maps/a", "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_check_lists_and_diff_shows_and_neither_writes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fmt", "--check"]) == 1
    assert capsys.readouterr() == ("maps/a/current.md\n", "2 maps: 1 would change.\n")
    assert main(["fmt", "--diff", "-q"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "--- a/maps/a/current.md",
        "+++ b/maps/a/current.md",
        "@@ -1,6 +1,7 @@",
        " ---",
        "+title: Delivery",
        "+",
        " steps:",
        '-- {id: build, name: "Build"}   #first',
        "-title: Delivery",
        "+  - {id: build, name: Build}  # first",
        " ---",
        " Prose.",
    ]
    assert (project / "maps/a/current.md").read_text() == UNTIDY
    assert main(["fmt", "--check", "maps/b"]) == 0
    assert main(["fmt", "--diff", "maps/b"]) == 0


def test_what_cannot_be_read_is_told_and_left(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "maps/c/current.md", BROKEN)
    assert main(["fmt"]) == 1
    err = capsys.readouterr().err
    assert "maps/c/current.md:3:8: error[wrong-type]" in err
    assert "3 maps: 1 laid out anew, 1 not readable." in err
    assert (project / "maps/c/current.md").read_text() == BROKEN
    assert (project / "maps/a/current.md").read_text() == TIDY


def test_links_lead_nowhere_outside(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = project.parent / "elsewhere/outside.md"
    write(outside, UNTIDY)
    (project / "linked.md").symlink_to(outside)
    assert main(["fmt", "linked.md"]) == 1
    assert outside.read_text() == UNTIDY
    assert "leads out of the project" in capsys.readouterr().err
    # A link that stays inside is followed, and stays a link.
    (project / "maps/b/future.md").symlink_to("../a/current.md")
    assert main(["fmt", "maps/b/future.md"]) == 0
    assert (project / "maps/b/future.md").is_symlink()
    assert (project / "maps/a/current.md").read_text() == TIDY
    # Whoever types a path from elsewhere means it.
    assert main(["fmt", str(outside)]) == 0
    assert outside.read_text() == TIDY


def test_hostile_text_reaches_no_terminal(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = UNTIDY.replace("#first", "#\u200b::error::x").replace("Prose.", "##[error]y\t\u061cz")
    write(project / "maps/a/current.md", text)
    assert main(["fmt", "--diff"]) == 1
    out = capsys.readouterr().out
    assert "\u200b" not in out
    assert "##[" not in out
    assert main(["fmt"]) == 0
    assert "\u200b" in (project / "maps/a/current.md").read_text()


def test_a_file_that_only_ends_otherwise_has_a_difference(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "maps/b/current.md", TIDY.rstrip("\n"))
    assert main(["fmt", "--diff", "maps/b"]) == 1
    assert "line ends" in capsys.readouterr().out


def given(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_standard_input_for_editors(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given(UNTIDY.replace("\n", "\r\n"), monkeypatch)
    assert main(["fmt", "-"]) == 0
    assert capfdbinary.readouterr().out == TIDY.replace("\n", "\r\n").encode()
    given(TIDY, monkeypatch)
    assert main(["fmt", "-", "--check"]) == 0
    given(UNTIDY, monkeypatch)
    assert main(["fmt", "-", "--check"]) == 1
    assert capfdbinary.readouterr().out == b""
    given(UNTIDY, monkeypatch)
    assert main(["fmt", "-", "--diff"]) == 1
    assert b"--- a/stdin.md" in capfdbinary.readouterr().out
    given(BROKEN, monkeypatch)
    assert main(["fmt", "-"]) == 1
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert b"stdin.md:3:8" in err
    assert main(["fmt", "-", "maps"]) == 2


def test_what_is_laid_out_has_the_same_figures(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["metrics", "a/current", "-f", "json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert main(["fmt"]) == 0
    capsys.readouterr()
    assert main(["metrics", "a/current", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_told(project: Path) -> None:
    (project / "maps/a").chmod(0o500)
    assert main(["fmt"]) == 2
    (project / "maps/a").chmod(0o700)
    assert (project / "maps/a/current.md").read_text() == UNTIDY
