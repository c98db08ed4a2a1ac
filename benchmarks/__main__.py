"""Print how long this program takes beside what it is compared with, as ratios.

    python -m benchmarks [--maps 1000] [--runs 5] [--only start check build]

Every row compares whole processes, started in turn so that a busy machine slows both
sides, and prints medians. Both sides write to memory where there is such a file system:
how a disk feels at the moment changed the same build by a third. --folder takes another place.
The limits are the project's own; nothing fails when one is missed, the row says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.generate import write_mkdocs, write_project
from benchmarks.measure import (
    NO_LIMIT,
    PYTHON,
    VSMDOCS,
    Limit,
    Side,
    at_most_seconds,
    compare,
    heading,
    memory,
)

GROUPS = ("start", "check", "build")


def start(folder: Path, runs: int) -> None:
    """How long one waits for the program itself."""
    write_project(folder / "one", 1)
    bare = Side("python -c pass", (PYTHON, "-c", "pass"))
    version = Side("vsmdocs --version", (*VSMDOCS, "--version"))
    compare(version, bare, 4 * runs, Limit("<= 2.5", lambda mine, other: mine <= 2.5 * other))
    one = Side("check, 1 map", (*VSMDOCS, "-C", folder / "one", "check"))
    compare(one, bare, 4 * runs, at_most_seconds(0.3))


def check(folder: Path, runs: int, maps: int) -> None:
    """Reading, checking and measuring against nothing but parsing and validating."""
    ours = Side(f"check, {maps:,} maps", (*VSMDOCS, "-C", folder, "check"))
    reference = (PYTHON, "-m", "benchmarks.reference", folder / "maps")
    theirs = Side("PyYAML C events + pydantic", reference)
    compare(ours, theirs, runs, Limit("<= 3", lambda mine, other: mine <= 3 * other))


def build(folder: Path, runs: int, maps: int) -> None:
    """A site of all maps against one of their prose alone."""
    site = folder / "site"
    ours = Side(f"build, {maps:,} maps", (*VSMDOCS, "-C", folder, "build", "-o", site), site)
    for theme, module, most in (("material", "material", 1 / 8), ("mkdocs", "mkdocs", None)):
        if find_spec(module) is None:
            print(f"build is not compared with {theme}: `make bench` installs it")
            continue
        project = folder / theme
        write_mkdocs(project, folder / "maps", theme)
        command = (PYTHON, "-m", "mkdocs", "build", "-q", "-f", project / "mkdocs.yml")
        name = "MkDocs with Material" if theme == "material" else "MkDocs, its own theme"
        theirs = Side(f"{name}, {maps:,} pages", command, project / "site")
        limit = Limit("<= 1/8", lambda mine, other: mine <= other / 8) if most else NO_LIMIT
        compare(ours, theirs, runs, limit)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--maps", type=int, default=1000, help="how many maps (1000)")
    parser.add_argument("--runs", type=int, default=5, help="runs a row; builds take 3 at most (5)")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=GROUPS, help="which rows")
    parser.add_argument("--folder", type=Path, default=memory(), help="where to work")
    given = parser.parse_args()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors"
    print(f"{machine}, {given.maps:,} maps, in {given.folder}")
    print(heading())
    with tempfile.TemporaryDirectory(prefix="vsmdocs-bench-", dir=given.folder) as name:
        folder = Path(name)
        if "start" in given.only:
            start(folder, given.runs)
        if {"check", "build"} & set(given.only):
            write_project(folder, given.maps)
        if "check" in given.only:
            check(folder, given.runs, given.maps)
        if "build" in given.only:
            build(folder, min(given.runs, 3), given.maps)


if __name__ == "__main__":
    main()
