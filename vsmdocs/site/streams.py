"""The pages of some streams: calculated, laid out, drawn and rendered together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlsplit

from vsmdocs.analysis.lint import run as lint
from vsmdocs.errors import CalculationError, Finding, InvalidMap
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
from vsmdocs.site.folder import SiteFolder
from vsmdocs.workspace import MapFile, Workspace

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Work:
    """What all portions have in common."""

    workspace: Workspace
    pages: Pages
    engine: str
    today: date


@dataclass(slots=True)
class Read:
    """What came of reading some files."""

    maps: list[tuple[Identity, MapFile]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Job:
    """All maps of some streams, for their pages."""

    maps: list[MapFile]
    known: Mapping[Identity, Sequence[str]]
    """The paths of all states of these streams."""
    folder: SiteFolder


@dataclass(frozen=True, slots=True)
class MadeStream:
    """What the pages about all streams say of one."""

    name: str
    row: HomeStream
    hrefs: dict[str, str]
    """The page of each map by its file."""
    csv: str
    """A heading and a line for each map."""


@dataclass(slots=True)
class Made:
    """What came of a portion, for the pages about all streams."""

    streams: list[MadeStream] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Measured:
    document: MapDocument
    metrics: StreamMetrics
    spec: LayoutSpec


class Maker:
    """Reads maps, and makes the pages of streams of them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._documents: dict[str, MapDocument] = {}

    def read(self, files: Sequence[MapFile]) -> Read:
        """Read some files, and keep what is in them."""
        read = Read()
        for file in files:
            try:
                document = self._document(file)
            except InvalidMap as invalid:
                read.findings += invalid.findings
            else:
                read.maps.append((document.map.identity, file))
        return read

    def _document(self, file: MapFile) -> MapDocument:
        if file.shown not in self._documents:
            self._documents[file.shown] = self._work.workspace.read(file)
        return self._documents[file.shown]

    def make(self, job: Job) -> Made:
        """Write all pages of some streams."""
        documents = [self._document(file) for file in job.maps]
        made = Made()
        measured, failed = _measure(documents)
        known = {m.document.path: m.metrics for m in measured}
        made.findings = lint(documents, self._work.today, {**known, **failed}, job.known)
        layouts = lay_out((m.spec for m in measured), self._work.engine)
        streams: dict[str, list[ShownMap]] = {}
        for item in measured:
            layout = layouts[item.spec.key]
            if layout is None:
                made.warnings.append(
                    f"{item.document.path} could not be drawn in the time and memory allowed; "
                    "its page has the table alone"
                )
            shown = self._show(item, layout, made.findings)
            streams.setdefault(item.document.map.stream, []).append(shown)
        for name, maps in streams.items():
            maps.sort(key=_state_order)
            made.streams.append(self._write(name, tuple(maps), job.folder))
        return made

    def _show(
        self, item: _Measured, layout: Layout | None, findings: Sequence[Finding]
    ) -> ShownMap:
        document, metrics = item.document, item.metrics
        path, repository = document.path, self._work.workspace.settings.site.repository
        view = map_view(
            document.map,
            metrics,
            draw(document.map, metrics, item.spec, layout) if layout else None,
            path=path,
            body=document.body,
            findings=tuple(finding for finding in findings if finding.path == path),
            source_url=source_url(repository, path) if repository else "",
        )
        return ShownMap(document.map, metrics, view, self._work.pages.figure(view))

    def _write(self, name: str, maps: tuple[ShownMap, ...], folder: SiteFolder) -> MadeStream:
        links = [Link(state_label(item.map), item.href) for item in maps]
        states = [Link("Overview", stream_href(name)), *links]
        folder.write(stream_href(name), self._work.pages.stream(stream_view(maps), states))
        for item, link in zip(maps, links, strict=True):
            folder.write(item.href, self._work.pages.map(item.view, item.figure, states, link))
            figures = metrics_json(item.map, item.metrics)
            folder.write(f"data/{name}.{item.map.name}.json", figures)
        return MadeStream(
            name,
            home_stream(name, maps),
            {item.view.path: item.href for item in maps},
            metrics_csv((item.map, item.metrics) for item in maps),
        )


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
