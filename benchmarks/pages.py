"""Print what pages weigh, and how long a slow machine takes until one can be used.

    python -m benchmarks.pages [--streams 200] [--runs 3] [--only start map] [--slowed 4]

A page's weight is itself and everything that it loads, raw and as a web server compresses it. It
can be used when it is painted, its script ran and nothing keeps the processor busy any more: the
later of the first paint, the end of loading the document, and the end of the last long task. The
processor is slowed down by the browser's own switch. The browser is the system's Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.generate import write_project
from benchmarks.measure import VSMDOCS, memory

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LOADS = re.compile(r'<(?:script[^>]*\ssrc|link rel="(?:stylesheet|icon)"[^>]*\shref)="([^"]+)"')
_USABLE = """() => new Promise((resolve) => {
  let busy = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) busy = Math.max(busy, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });
  const done = () => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const loaded = performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
    if (!paint || !loaded) return setTimeout(done, 50);
    // Whatever is still going on has been long enough to be seen after this.
    setTimeout(() => resolve([paint, Math.max(paint, loaded, busy)]), 300);
  };
  done();
})"""


class Row(NamedTuple):
    """A page to be measured, and the limits it is held to: bytes compressed, milliseconds."""

    kind: str
    site: Path
    page: str
    most_bytes: int | None
    most_milliseconds: int | None


def weigh(row: Row) -> tuple[int, int]:
    """Return the bytes of a page and of all that it loads, raw and compressed."""
    page = row.site / row.page
    loads = {(page.parent / place).resolve() for place in _LOADS.findall(page.read_text("utf-8"))}
    contents = [file.read_bytes() for file in {page, *loads}]
    return sum(map(len, contents)), sum(len(gzip.compress(data, 6)) for data in contents)


def time(browser: Browser, row: Row, slowed: float, runs: int) -> tuple[float, float]:
    """Return the medians until something is seen, and until the page can be used."""
    times = []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        page.goto((row.site / row.page).resolve().as_uri(), wait_until="load")
        times.append(page.evaluate(_USABLE))
        context.close()
    seen, used = (statistics.median(column) for column in zip(*times, strict=True))
    return seen, used


def built(folder: Path, *words: str | Path) -> None:
    """Run the program, which has to succeed."""
    subprocess.run([*VSMDOCS, *map(str, words)], cwd=folder, check=True, capture_output=True)


def rows(folder: Path, streams: int) -> list[Row]:
    """Build the sites, and return their pages."""
    write_project(folder / "many", 2 * streams)
    built(folder, "-C", folder / "many", "build", "-o", folder / "many/site")
    built(folder, "demo", folder / "demo")
    many, demo, below = folder / "many/site", folder / "demo/site", "streams/feature-delivery/"
    found = [
        Row("start", many, "index.html", 150_000, 1000),
        Row("map", demo, f"{below}current.html", 100_000, None),
        Row("stream", demo, f"{below}index.html", None, None),
        Row("history", demo, f"{below}history.html", None, None),
        Row("gap", demo, f"{below}gap-future.html", None, None),
        Row("changelog", demo, f"{below}changelog.html", None, None),
        Row("changes", demo, "changes/index.html", None, None),
        Row("everything", many, "find/index.html", None, None),
        Row("organisation", many, "organisation/index.html", None, None),
        Row("method", demo, "method/index.html", None, None),
    ]
    return [row for row in found if (row.site / row.page).is_file()]


def _limit(most: int | None, unit: str = "") -> str:
    return "-" if most is None else f"{most:,}{unit}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--streams", type=int, default=200, help="on the start page (200)")
    parser.add_argument("--runs", type=int, default=3, help="of each page (3)")
    parser.add_argument("--slowed", type=float, default=4, help="how many times slower (4)")
    parser.add_argument("--only", nargs="+", help="which kinds of pages")
    parser.add_argument("--folder", type=Path, default=memory(), help="where to work")
    given = parser.parse_args()
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    print(f"{given.streams} streams, the processor slowed {given.slowed:g} times")
    print(f"{'page':<14}{'bytes':>10}{'compressed':>12}{'limit':>10}   {'seen':>8}{'usable':>9}"
          f"{'limit':>9}")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="vsmdocs-pages-", dir=given.folder) as name:
        measured = [r for r in rows(Path(name), given.streams) if r.kind in (given.only or r.kind)]
        with sync_playwright() as playwright:
            arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
            for row in measured:
                raw, small = weigh(row)
                seen, used = time(browser, row, given.slowed, given.runs)
                heavy = row.most_bytes is not None and small >= row.most_bytes
                slow = row.most_milliseconds is not None and used > row.most_milliseconds
                print(
                    f"{row.kind:<14}{raw:>10,}{small:>12,}{_limit(row.most_bytes):>10}   "
                    f"{seen:>5.0f} ms{used:>6.0f} ms{_limit(row.most_milliseconds, ' ms'):>9}   "
                    f"{'MISSED' if heavy or slow else 'ok'}",
                    flush=True,
                )
            browser.close()


if __name__ == "__main__":
    main()
