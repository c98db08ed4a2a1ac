"""Every command that the documentation shows in a `console` block does what it is shown to do."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.repositories import Repo

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("docs/**/*.md"), ROOT / "README.md")
    if "```console\n" in path.read_text("utf-8")
)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_ELSEWHERE = ("pip", "python", "pre-commit", "make", "uv", "pipx")
"""What is installed from outside, or runs this very test."""


@dataclass(frozen=True)
class Shown:
    """A command and what a page shows of its output."""

    command: str
    output: str
    line: int


def commands(page: Path) -> list[Shown]:
    text = page.read_text("utf-8")
    found = []
    for block in _BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        for part in re.split(r"^\$ ", block[1], flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = f"{command[:-1]} {more.strip()}"
            found.append(Shown(command, output.strip(), line))
    return found


def project(folder: Path, page: Path) -> Repo:
    """Return a project like that of the pages: our own maps, with two commits and a branch.

    The first page begins with nothing.
    """
    repo = Repo(folder)
    if page.name == "start.md":
        return repo
    shutil.copytree(ROOT / "maps", folder / "maps")
    repo.git("add", "-A")
    repo.git("commit", "-qm", "Map how we work")
    current = folder / "maps/feature-delivery/current.md"
    text = current.read_text("utf-8")
    number = re.search(r"wait_time: (\d+)", text)
    assert number
    edited = text.replace(number[0], f"wait_time: {int(number[1]) + 1}", 1)
    repo.commit("Measure a wait again", {"maps/feature-delivery/current.md": edited})
    return repo


def test_there_are_pages_with_commands() -> None:
    assert len(PAGES) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_of_a_page(page: Path, tmp_path: Path) -> None:
    here = project(tmp_path / "project", page).folder
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "vsmdocs").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vsmdocs "$@"\n')
    (programs / "vsmdocs").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "NO_COLOR": "1",
    }
    for name in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{name}_NAME": "A. Writer", f"GIT_{name}_EMAIL": "a@example.org"}
    for shown in commands(page):
        words = shlex.split(shown.command, comments=True)
        if words[0] in _ELSEWHERE:
            continue
        if words[0] == "cd":
            here = (here / words[1]).resolve()
            assert here.is_dir(), shown
            continue
        done = subprocess.run(
            ["sh", "-c", shown.command],
            cwd=here,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        said = done.stdout + done.stderr
        # 1 means that something was found, which is what some pages are about.
        assert done.returncode in (0, 1), f"line {shown.line}: {shown.command}\n{said}"
        assert "bug in vsmdocs" not in said, shown
        for line in shown.output.splitlines():
            if line.strip() and "…" not in line:
                assert line.rstrip() in said, f"line {shown.line}: {shown.command}\n{said}"
