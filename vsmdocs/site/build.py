"""From a workspace to a published site, in one straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vsmdocs.errors import Finding
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.pages.pages import Pages
from vsmdocs.rendering.pages.stream_view import HomeStream, home_view
from vsmdocs.rendering.pages.theme import Theme, assets
from vsmdocs.rendering.picture.engine import find_engine
from vsmdocs.site.output import check_output, publish
from vsmdocs.site.streams import Made, Work, make_streams
from vsmdocs.site.workers import spread
from vsmdocs.workspace import Workspace

Report = Callable[[str, int, int], None]
_PORTION = 40
"""Maps that are worked on together: enough to lay out in one go, few enough to share out."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made."""

    pages: int
    maps: int
    """With a page of their own."""
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]


def build_site(
    workspace: Workspace,
    output: Path,
    *,
    today: date | None = None,
    report: Report | None = None,
) -> BuildResult:
    """Read, calculate, draw and publish every map of a workspace.

    A map with errors has no page and stands on the page of checks.

    Raises
    ------
    UsageError
        When there are no maps, no layout program, or the output folder is not ours.
    """
    say = report or (lambda text, done, whole: None)
    protected = (workspace.root, workspace.maps_folder)
    check_output(output, protected)
    engine = find_engine(workspace.settings.layout_engine)
    loaded = workspace.load(report=report)
    settings = workspace.settings.site
    pages = Pages(Theme(), settings.title, workspace.settings.maps, settings.base_url or "")
    work = Work(
        pages,
        engine,
        today or date.today(),
        loaded.documents,
        settings.repository or "",
    )
    site = _Site(pages, loaded.findings, loaded.files)
    portions = _portions(loaded.documents)
    made = spread(lambda portion: make_streams(portion, work), portions)
    publish(site.files(made, say, len(portions)), output, protected=protected)
    return BuildResult(
        site.pages_made, site.maps, tuple(sorted(site.findings)), tuple(site.warnings)
    )


def _portions(documents: Sequence[MapDocument]) -> list[list[MapDocument]]:
    """Share maps out so that all states of a stream stay together, streams in order."""
    streams: dict[str, list[MapDocument]] = {}
    for document in documents:
        streams.setdefault(document.map.stream, []).append(document)
    portions: list[list[MapDocument]] = []
    for _, maps in sorted(streams.items()):
        if not portions or len(portions[-1]) + len(maps) > _PORTION:
            portions.append([])
        portions[-1] += maps
    return portions


class _Site:
    """Gathers what the pages about all streams need, while the others are written."""

    def __init__(self, pages: Pages, findings: Sequence[Finding], files: int) -> None:
        self.pages = pages
        self.findings = list(findings)
        self.read = files
        self.warnings: list[str] = []
        self.pages_made = 0
        self.maps = 0

    def files(
        self, made: Iterator[Made], say: Report, portions: int
    ) -> Iterator[tuple[str, str | bytes]]:
        """Yield every file of the site, so that none has to wait in memory for the others."""
        rows: list[HomeStream] = []
        hrefs: dict[str, str] = {}
        table: list[str] = []
        say("Making pages", 0, portions)
        for number, part in enumerate(made, 1):
            yield from part.files
            rows += part.rows
            hrefs.update(part.hrefs)
            table += part.csv if not table else part.csv[1:]
            self.findings += part.findings
            self.warnings += part.warnings
            self.maps += len(part.hrefs)
            say("Making pages", number, portions)
        errors = len({f.path for f in self.findings if f.severity == "error"})
        yield "index.html", self.pages.home(home_view(rows, errors))
        yield "method/index.html", self.pages.method()
        yield "checks/index.html", self.pages.checks(self.findings, self.read, hrefs)
        yield "data/metrics.csv", "".join(table)
        yield from assets().values()
        self.pages_made = len(rows) + self.maps + 3
