"""Time commands side by side and print rows."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
VSMDOCS = (PYTHON, "-m", "vsmdocs")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Side:
    """A command to be timed, and what has to be cleared away and done before each run."""

    name: str
    command: Sequence[str | Path]
    made: Path | None = None
    before: Callable[[], None] | None = None
    own_clock: bool = False
    """Whether the last word that it prints is how many seconds count."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a row is held to: a most for the ratio of ours to theirs, or for our seconds."""

    text: str
    holds: Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    seconds: float
    """On the wall, or by its own clock."""
    megabytes: float
    """Of the largest process among the command and those that it started and waited for."""


NO_LIMIT = Limit("-", lambda *_: True)


def at_most_seconds(most: float) -> Limit:
    """Return a limit on our own time."""
    return Limit(f"<= {most:g} s", lambda mine, _: mine <= most)


def run(side: Side) -> Run:
    """Run a command, which has to succeed."""
    if side.made is not None:
        shutil.rmtree(side.made, ignore_errors=True)
    if side.before is not None:
        side.before()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    # A program that is installed keeps its bytecode, whatever is set here for another purpose.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in side.command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        code = process.returncode = os.waitstatus_to_exitcode(status)
        # 1 means that something was found in the maps, which `check` is there for.
        if code not in (0, 1) or (side.made is not None and not side.made.exists()):
            errors.seek(0)
            told = errors.read().decode(errors="replace")[-2000:]
            sys.exit(f"{side.name} failed with {code}:\n{told}")
        if side.own_clock:
            output.seek(0)
            seconds = float(output.read().split()[-1])
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(seconds, usage.ru_maxrss / unit)


def compare(ours: Side, theirs: Side, runs: int, limit: Limit, *, warm: bool = True) -> None:
    """Time two commands in turn and print a row."""
    if warm:
        run(ours), run(theirs)  # once unmeasured: bytecode and the file system's cache
    times = [(run(ours).seconds, run(theirs).seconds) for _ in range(runs)]
    mine, other = (statistics.median(column) for column in zip(*times, strict=True))
    verdict = "ok" if limit.holds(mine, other) else "MISSED"
    print(
        f"{ours.name:<34} {mine:8.3f} s   {theirs.name:<34} {other:8.3f} s   "
        f"{mine / other:7.3f}   {limit.text:<9} {verdict}",
        flush=True,
    )


def heading() -> str:
    """Return what stands above the rows."""
    return f"{'vsmdocs':<45}   {'beside':<45}   {'ratio':>7}   limit"


def memory() -> Path:
    """Return a folder in memory where there is one with room, else the usual temporary one."""
    shared = Path("/dev/shm")
    room = shutil.disk_usage(shared).free if os.access(shared, os.W_OK) else 0
    return shared if room > 2 << 30 else Path(tempfile.gettempdir())
