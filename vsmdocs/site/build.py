"""From a workspace to a published site, in one straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from vsmdocs.analysis.lint import run as lint
from vsmdocs.errors import CalculationError, Finding
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.metrics_csv import metrics_csv
from vsmdocs.rendering.metrics_json import metrics_json
from vsmdocs.rendering.pages.figures import state_label
from vsmdocs.rendering.pages.map_view import map_view
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.stream_view import ShownMap, home_view, stream_href, stream_view
from vsmdocs.rendering.pages.theme import Theme, assets
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import find_engine, lay_out
from vsmdocs.rendering.picture.layout import Layout, LayoutSpec
from vsmdocs.site.output import check_output, publish
from vsmdocs.workspace import Loaded, Workspace

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made."""

    pages: int
    maps: int
    """With a page of their own."""
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Measured:
    document: MapDocument
    metrics: StreamMetrics
    spec: LayoutSpec


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
    measured, failed = _measure(loaded, say)
    layouts = _lay_out(measured, engine, say)
    results = {m.document.path: m.metrics for m in measured}
    found = lint(loaded.documents, today or date.today(), {**results, **failed})
    findings = tuple(sorted([*loaded.findings, *found]))
    shown = _shown(measured, layouts, findings, workspace)
    streams: dict[str, tuple[ShownMap, ...]] = {}
    for item in shown:
        streams[item.map.stream] = (*streams.get(item.map.stream, ()), item)
    streams = {
        name: tuple(sorted(maps, key=_state_order))
        for name, maps in sorted(streams.items(), key=lambda pair: pair[0])
    }
    pages = Pages(Theme(), workspace.settings.site.title, workspace.settings.maps)
    count = len(streams) + len(shown) + 3
    files = _files(pages, streams, findings, loaded, say, count)
    publish(files, output, protected=protected)
    return BuildResult(count, len(shown), findings, _warnings(measured, layouts))


def _measure(loaded: Loaded, say: Report) -> tuple[list[_Measured], dict[str, CalculationError]]:
    measured: list[_Measured] = []
    failed: dict[str, CalculationError] = {}
    known: set[tuple[str, str, str]] = set()
    for number, document in enumerate(loaded.documents):
        say("Calculating", number, len(loaded.documents))
        try:
            metrics = measure(document.map)
        except CalculationError as error:
            failed[document.path] = error
            continue
        # A second file of the same state is an error of its own; the first keeps the page.
        if document.map.identity not in known:
            known.add(document.map.identity)
            measured.append(_Measured(document, metrics, spec_of(document.map, metrics)))
    return measured, failed


def _lay_out(measured: list[_Measured], engine: str, say: Report) -> dict[str, Layout | None]:
    whole = len({m.spec.key for m in measured})
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        say("Laying out", done, whole)

    return lay_out([m.spec for m in measured], engine, report=count)


def _warnings(measured: list[_Measured], layouts: dict[str, Layout | None]) -> tuple[str, ...]:
    return tuple(
        f"{m.document.path} could not be drawn in the time and memory allowed; its page has the "
        "table alone"
        for m in measured
        if layouts[m.spec.key] is None
    )


def _shown(
    measured: list[_Measured],
    layouts: dict[str, Layout | None],
    findings: tuple[Finding, ...],
    workspace: Workspace,
) -> list[ShownMap]:
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    source = workspace.settings.site.repository
    shown = []
    for item in measured:
        document, metrics = item.document, item.metrics
        layout = layouts[item.spec.key]
        picture = draw(document.map, metrics, item.spec, layout) if layout else None
        view = map_view(
            document.map,
            metrics,
            picture,
            path=document.path,
            body=document.body,
            findings=tuple(by_path.get(document.path, ())),
            source_url=f"{source}{quote(document.path)}" if source else "",
        )
        href = f"streams/{document.map.stream}/{document.map.name}/index.html"
        shown.append(ShownMap(document.map, metrics, view, href))
    return shown


def _state_order(shown: ShownMap) -> tuple[int, str, str]:
    return (
        ("current", "future", "ideal").index(shown.map.state),
        str(shown.map.target_date or "") if shown.map.variant else "",
        shown.map.variant or "",
    )


def _files(
    pages: Pages,
    streams: dict[str, tuple[ShownMap, ...]],
    findings: tuple[Finding, ...],
    loaded: Loaded,
    say: Report,
    count: int,
) -> Iterator[tuple[str, str | bytes]]:
    """Yield every file of the site, so that none has to wait in memory for the others."""
    hrefs: dict[str, str] = {}
    done = 0
    for name, maps in streams.items():
        overview = Link("Overview", stream_href(name))
        links = [Link(state_label(item.map), item.href) for item in maps]
        states = [overview, *links]
        yield overview.href, pages.stream(stream_view(maps), states)
        for item, link in zip(maps, links, strict=True):
            hrefs[item.view.path] = item.href
            yield item.href, pages.map(item.view, states, link)
            yield f"data/{name}/{item.map.name}.json", metrics_json(item.map, item.metrics)
        done += len(maps) + 1
        say("Writing pages", done, count)
    errors = len({finding.path for finding in findings if finding.severity == "error"})
    yield "index.html", pages.home(home_view(streams, errors))
    yield "method/index.html", pages.method()
    yield "checks/index.html", pages.checks(findings, loaded.files, hrefs)
    everything = [(item.map, item.metrics) for maps in streams.values() for item in maps]
    yield "data/metrics.csv", metrics_csv(everything)
    yield from assets().values()
    say("Writing pages", count, count)
