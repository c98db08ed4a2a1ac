"""Print how long a saved map takes to the screen of a browser, while `vsmdocs serve` runs.

    python -m benchmarks.serving [--maps 100] [--runs 15]

From the moment at which the file is written to the first painting of the page that has the
change, by the browser's own clock. Once for a project without a past, and once with a repository
of as many maps and 2,000 commits. Needs Chromium on the search path. The limit is the project's
own; nothing fails when it is missed, the row says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import write_project
from benchmarks.generate_history import Size, make_commits, write_repository
from benchmarks.measure import ROOT, VSMDOCS, memory

LIMIT_SECONDS = 0.5
COMMITS = 2_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SEEN = "document.querySelector('script[data-seen]')?.dataset.seen"
_PAINTED = f"""seen => document.readyState === "complete" && {_SEEN} !== seen
  && performance.getEntriesByName("first-paint").map((one) => performance.timeOrigin + one.startTime)[0]
"""  # noqa: E501
_NUMBER = re.compile(r"^    process_time: .*$", re.MULTILINE)


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """Give the address at which the site is served."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    log = project / "serve.log"
    with log.open("w") as said:
        command = [*VSMDOCS, "-C", str(project), "serve", "-p", "0"]
        process = subprocess.Popen(command, env=environment, stderr=said)
    try:
        while not (found := re.search(r"Serving (http://\S+/)", log.read_text())):
            if process.poll() is not None:
                sys.exit(log.read_text())
            time.sleep(0.05)
        yield found[1]
    finally:
        process.terminate()
        process.wait()


def seconds(page: Page, file: Path, runs: int) -> list[float]:
    """Return for each run how long a change of a map took to the screen."""
    text, took = file.read_text("utf-8"), []
    for number in range(runs + 2):
        # To what it never was, or there would be less to do.
        edited = _NUMBER.sub(f"    process_time: {secrets.randbelow(9000) + 1000}m", text, count=1)
        # As if somebody had read a while.
        time.sleep(1)
        seen = page.evaluate(_SEEN)
        begun = time.time()
        file.write_text(edited, "utf-8")
        painted = page.wait_for_function(_PAINTED, arg=seen, polling=10).json_value()
        if number > 1:
            took.append(painted / 1000 - begun)
    return took


def row(name: str, project: Path, runs: int, browser: Path) -> None:
    """Serve a project, and print how long it took."""
    files = sorted(project.glob("maps/**/*.md"))
    file = next(path for path in files if "current" in str(path.relative_to(project)))
    stream = re.search(r"\d{4}", str(file.relative_to(project)))
    assert stream
    with serving(project) as address, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = opened.new_page()
        page.goto(f"{address}streams/stream-{stream[0]}/current.html")
        took = seconds(page, file, runs)
        opened.close()
    middle, most = statistics.median(took), max(took)
    verdict = "ok" if middle <= LIMIT_SECONDS else "MISSED"
    print(
        f"{name:<44} {middle:6.3f} s   {most:6.3f} s   <= {LIMIT_SECONDS} s   {verdict}", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--maps", type=int, default=100, help="maps in the project (100)")
    parser.add_argument("--runs", type=int, default=15, help="changes a row (15)")
    parser.add_argument("--folder", type=Path, default=memory(), help="where to work")
    given = parser.parse_args()
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"no browser found; install one of {', '.join(BROWSERS)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, in {given.folder}")
    print(f"{'from a saved map to the screen':<44} {'median':>8}   {'most':>8}   limit")
    with tempfile.TemporaryDirectory(prefix="vsmdocs-bench-", dir=given.folder) as work:
        plain, past = Path(work, "plain"), Path(work, "past")
        write_project(plain, given.maps)
        row(f"one of {given.maps} maps", plain, given.runs, Path(found))
        write_repository(past, make_commits(Size(given.maps, COMMITS)))
        row(f"the same, {COMMITS:,} commits", past, given.runs, Path(found))


if __name__ == "__main__":
    main()
