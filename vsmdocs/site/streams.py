"""The pages of some streams: calculated, laid out, drawn and rendered together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlsplit

from vsmdocs.analysis.lint import run as lint
from vsmdocs.errors import CalculationError, Finding
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.metrics_csv import metrics_csv
from vsmdocs.rendering.metrics_json import metrics_json
from vsmdocs.rendering.pages.figures import state_label
from vsmdocs.rendering.pages.map_view import map_view
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.stream_view import (
    HomeStream,
    ShownMap,
    home_stream,
    stream_href,
    stream_view,
)
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import lay_out
from vsmdocs.rendering.picture.layout import Layout, LayoutSpec


@dataclass(frozen=True, slots=True)
class Work:
    """What all portions have in common."""

    pages: Pages
    engine: str
    today: date
    documents: Sequence[MapDocument]
    """All maps of the site, so that states can be compared across portions."""
    repository: str


@dataclass(slots=True)
class Made:
    """What came of a portion."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    rows: list[HomeStream] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    hrefs: dict[str, str] = field(default_factory=dict)
    """The page of each map by its file."""
    csv: list[str] = field(default_factory=list)
    """Lines of figures with their line feeds, the heading first."""


@dataclass(frozen=True, slots=True)
class _Measured:
    document: MapDocument
    metrics: StreamMetrics
    spec: LayoutSpec


def make_streams(documents: Sequence[MapDocument], work: Work) -> Made:
    """Make all pages of the streams that `documents` are the states of."""
    made = Made()
    measured, failed = _measure(documents)
    known = {m.document.path: m.metrics for m in measured}
    made.findings = lint(documents, work.today, {**known, **failed}, work.documents)
    layouts = lay_out((m.spec for m in measured), work.engine)
    streams: dict[str, list[ShownMap]] = {}
    for item in measured:
        layout = layouts[item.spec.key]
        if layout is None:
            made.warnings.append(
                f"{item.document.path} could not be drawn in the time and memory allowed; its "
                "page has the table alone"
            )
        streams.setdefault(item.document.map.stream, []).append(_show(item, layout, made, work))
    pairs = []
    for name, maps in streams.items():
        maps.sort(key=_state_order)
        _add_stream(name, tuple(maps), made, work.pages)
        pairs += [(item.map, item.metrics) for item in maps]
    made.csv = metrics_csv(pairs).splitlines(keepends=True)
    return made


def _measure(
    documents: Sequence[MapDocument],
) -> tuple[list[_Measured], dict[str, CalculationError]]:
    measured: list[_Measured] = []
    failed: dict[str, CalculationError] = {}
    known: set[tuple[str, str, str]] = set()
    for document in documents:
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


def _show(item: _Measured, layout: Layout | None, made: Made, work: Work) -> ShownMap:
    document, metrics = item.document, item.metrics
    path = document.path
    view = map_view(
        document.map,
        metrics,
        draw(document.map, metrics, item.spec, layout) if layout else None,
        path=path,
        body=document.body,
        findings=tuple(finding for finding in made.findings if finding.path == path),
        source_url=source_url(work.repository, path) if work.repository else "",
    )
    return ShownMap(document.map, metrics, view, work.pages.figure(view))


def source_url(repository: str, path: str) -> str:
    """Return where a file can be read: on the forges that are known by their own addresses."""
    host = urlsplit(repository).hostname or ""
    below = {"github.com": "blob/HEAD/", "gitlab.com": "-/blob/HEAD/"}.get(host, "")
    return f"{repository}{below}{quote(path)}"


def _state_order(shown: ShownMap) -> tuple[int, str, str]:
    return (
        ("current", "future", "ideal").index(shown.map.state),
        str(shown.map.target_date or "") if shown.map.variant else "",
        shown.map.variant or "",
    )


def _add_stream(name: str, maps: tuple[ShownMap, ...], made: Made, pages: Pages) -> None:
    links = [Link(state_label(item.map), item.href) for item in maps]
    states = [Link("Overview", stream_href(name)), *links]
    made.files.append((stream_href(name), pages.stream(stream_view(maps), states).encode()))
    for item, link in zip(maps, links, strict=True):
        made.hrefs[item.view.path] = item.href
        made.files.append((item.href, pages.map(item.view, item.figure, states, link).encode()))
        data = f"data/{name}.{item.map.name}.json"
        made.files.append((data, metrics_json(item.map, item.metrics).encode()))
    made.rows.append(home_stream(name, maps))
