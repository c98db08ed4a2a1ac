"""Print how long history takes beside bare git and others, as ratios.

    python -m benchmarks.history [--sizes S M L] [--runs 5] [--only read calculate ...]

Repositories are made anew in memory, the same each time: S has 10 maps and 200 commits, M 50
and 2,000, L 50 and 40,000. Every row compares whole processes, started in turn, and prints
medians. The limits are the project's own; nothing fails when one is missed, the row says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from benchmarks.generate import write_mkdocs
from benchmarks.generate_history import SIZES
from benchmarks.measure import (
    NO_LIMIT,
    PYTHON,
    ROOT,
    VSMDOCS,
    Limit,
    Side,
    at_most_seconds,
    compare,
    heading,
    memory,
    run,
)

CACHE = ".vsmdocs-cache"
CALCULATE_SECONDS = {"M": 1.5, "L": 20.0}
UNCHANGED_SECONDS = {"M": 0.4, "L": 1.0}
EDITED_SECONDS = {"M": 0.8, "L": 1.5}
DIFF_SECONDS = {"M": 0.4}
MEGABYTES = {"L": 600}
_BARE = """\
git -C "$0" log --first-parent --diff-merges=first-parent --raw --no-abbrev -z > /dev/null &&
git -C "$0" cat-file --batch < "$1" > /dev/null
"""
"""Names and ids of all versions, and their contents to nowhere."""
_IDS = "log --first-parent --diff-merges=first-parent --raw --no-abbrev --format="


@dataclass(frozen=True, slots=True)
class Made:
    """A repository that was made, and what is measured against it."""

    size: str
    folder: Path
    versions: int
    pages: Path
    """Where every version stands as a file of its own, for size M."""
    bare: Side
    runs: int

    def name(self, what: str) -> str:
        """Name a row."""
        return f"{what}, {self.size}: {self.versions:,}"

    def limit(self, seconds: dict[str, float]) -> Limit:
        """Return the limit for this size, if there is one."""
        return at_most_seconds(seconds[self.size]) if self.size in seconds else NO_LIMIT


def make(size: str, work: Path, runs: int, pages: bool) -> Made:
    """Make a repository, in a process of its own so that this one stays small."""
    folder, versions = work / size, work / f"{size}-versions"
    command = [PYTHON, "-m", "benchmarks.generate_history", size, str(folder)]
    command += ["--versions", str(versions)] if pages else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    raw = subprocess.run(
        ["git", "-C", folder, *_IDS.split()], check=True, capture_output=True, text=True
    )
    rows = (line.split() for line in raw.stdout.splitlines())
    ids = dict.fromkeys(row[3] for row in rows if row[4] != "D")
    blobs = work / f"{size}-blobs"
    blobs.write_text("".join(f"{id}\n" for id in ids), encoding="utf-8")
    bare = Side("bare git", ("sh", "-c", _BARE, folder, blobs))
    return Made(size, folder, int(done.stdout), versions, bare, runs)


def read(made: Made) -> None:
    """Names and contents of all versions."""
    command = (PYTHON, "-m", "benchmarks.versions", made.folder, "read")
    started = Side(made.name("read, once started"), command, own_clock=True)
    limit = Limit("<= 2", lambda mine, other: mine <= 2 * other)
    compare(started, made.bare, made.runs, NO_LIMIT if made.size == "S" else limit)
    ours = Side(made.name("read"), command)
    compare(ours, made.bare, made.runs, NO_LIMIT)
    if made.size != "L":
        commit_by_commit = (PYTHON, "-m", "benchmarks.commit_walk", made.folder)
        walk = Side("GitPython, commit by commit", commit_by_commit)
        compare(ours, walk, min(made.runs, 3), NO_LIMIT)


def calculate(made: Made) -> None:
    """All versions read, validated and calculated, without a cache."""
    command = (PYTHON, "-m", "benchmarks.versions", made.folder, "calculate")
    ours = Side(made.name("calculate"), command)
    compare(ours, made.bare, min(made.runs, 3), made.limit(CALCULATE_SECONDS))


def cold(made: Made) -> None:
    """A site with a page for every version, against as many pages of the same prose."""
    if made.size != "M":
        return
    if find_spec("material") is None:
        print("build is not compared with Material: `make bench-history` installs it")
        return
    site, project = made.folder / "site", made.folder.parent / "mkdocs"
    write_mkdocs(project, made.pages, "material")
    mkdocs = (PYTHON, "-m", "mkdocs", "build", "-q", "-f", project / "mkdocs.yml")
    theirs = Side("MkDocs with Material, as many pages", mkdocs, project / "site")
    ours = Side(made.name("build"), _build(made), site, lambda: _forget(made))
    limit = Limit("<= 1/10", lambda mine, other: mine <= other / 10)
    compare(ours, theirs, 1, limit, warm=False)
    pages = sum(1 for _ in site.rglob("*.html"))
    if pages < made.versions:
        print(f"{'':<6}not the same work: {pages:,} pages for {made.versions:,} versions")


def warm(made: Made) -> None:
    """A build again, with nothing changed and with one map edited."""
    unchanged = Side(made.name("nothing changed"), _build(made))
    compare(unchanged, made.bare, made.runs, made.limit(UNCHANGED_SECONDS))
    with _edits(made) as edit:
        edited = Side(made.name("one map edited"), _build(made), before=edit)
        compare(edited, made.bare, made.runs, made.limit(EDITED_SECONDS))


def diff(made: Made) -> None:
    """What one edited map changes."""
    with _edits(made) as edit:
        ours = Side(made.name("diff"), (*VSMDOCS, "-C", made.folder, "diff"), before=edit)
        compare(ours, made.bare, made.runs, made.limit(DIFF_SECONDS))


def peak(made: Made) -> None:
    """How large a first build gets."""
    done = run(Side(made.name("memory"), _build(made), made.folder / "site", lambda: _forget(made)))
    text, verdict = "-", "ok"
    if made.size in MEGABYTES:
        text = f"<= {MEGABYTES[made.size]} MB"
        verdict = "ok" if done.megabytes <= MEGABYTES[made.size] else "MISSED"
    told = f"in a first build of {done.seconds:.1f} s"
    print(f"{made.name('memory'):<34} {done.megabytes:7.0f} MB   {told:<56} {text:<9} {verdict}")


def _build(made: Made) -> tuple[str | Path, ...]:
    return (*VSMDOCS, "-C", made.folder, "build", "-o", made.folder / "site")


def _forget(made: Made) -> None:
    """Take away what earlier builds kept."""
    shutil.rmtree(made.folder / CACHE, ignore_errors=True)


@contextmanager
def _edits(made: Made) -> Iterator[Callable[[], None]]:
    """Give a way to edit a map, each time to what it never was, and put it right at the end."""
    path = sorted(made.folder.glob("maps/**/*.md"))[0]
    text = path.read_text(encoding="utf-8")
    minutes = count(1001)

    def edit() -> None:
        line = f"    process_time: {next(minutes)}m"
        edited = re.sub(r"^    process_time: .*", line, text, count=1, flags=re.MULTILINE)
        path.write_text(edited, encoding="utf-8")

    yield edit
    path.write_text(text, encoding="utf-8")


GROUPS: dict[str, Callable[[Made], None]] = {
    "read": read,
    "calculate": calculate,
    "cold": cold,
    "warm": warm,
    "diff": diff,
    "memory": peak,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=[*SIZES], help="which sizes")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=[*GROUPS], help="which rows")
    parser.add_argument("--runs", type=int, default=5, help="runs a row; long ones take fewer (5)")
    parser.add_argument("--folder", type=Path, default=memory(), help="where to work")
    given = parser.parse_args()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors"
    print(f"{machine}, in {given.folder}")
    print(heading())
    with tempfile.TemporaryDirectory(prefix="vsmdocs-bench-", dir=given.folder) as work:
        for size in given.sizes:
            made = make(size, Path(work), given.runs, "cold" in given.only and size == "M")
            for group in given.only:
                GROUPS[group](made)


if __name__ == "__main__":
    main()
