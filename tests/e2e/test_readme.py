"""What the README shows is what a reader gets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:markdown)?\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
MAP = next(block for block in BLOCKS if block.startswith("---"))


def _run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "vsmdocs", "-C", str(folder), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that holds the README's map alone."""
    (tmp_path / "vsmdocs.toml").touch()
    file = tmp_path / "maps" / "feature-delivery" / "current.md"
    file.parent.mkdir(parents=True)
    file.write_text(MAP, encoding="utf-8")
    return tmp_path


def test_the_map_is_ten_lines_long() -> None:
    assert len(MAP.splitlines()) == 10


def test_the_figures_are_what_metrics_prints(project: Path) -> None:
    shown = next(block for block in BLOCKS if block.startswith("Feature delivery ("))
    assert shown == _run(project, "metrics", "feature-delivery/current")


def test_the_findings_are_what_check_prints(project: Path) -> None:
    file = project / "maps" / "feature-delivery" / "current.md"
    broken = MAP.replace("wait_time: 3d", "wait_tme: 3").replace("time: 1h", "time: 1 hour")
    file.write_text(broken, encoding="utf-8")
    shown = next(block for block in BLOCKS if "error[unknown-key]" in block)
    assert shown == _run(project, "check")


def test_every_file_that_it_links_to_exists() -> None:
    links = re.findall(r"(?:\]\(|src(?:set)?=\")([^)\":#]+)[)\"]", README)
    assert len(links) >= 8
    for link in links:
        assert (Path(__file__).parents[2] / link).exists(), link
