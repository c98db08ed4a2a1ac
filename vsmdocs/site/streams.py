"""The pages of some streams: calculated, laid out, drawn and rendered together."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vsmdocs.analysis.answer import find_answer
from vsmdocs.analysis.lint import run as lint
from vsmdocs.analysis.slices import StreamFacts, stream_facts
from vsmdocs.cache import Cache
from vsmdocs.errors import CalculationError, Finding, InvalidMap
from vsmdocs.language import tr
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.metrics_csv import metrics_csv
from vsmdocs.rendering.metrics_json import metrics_json
from vsmdocs.rendering.pages.figures import state_label
from vsmdocs.rendering.pages.forge import Forge
from vsmdocs.rendering.pages.map_view import map_view
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.proposal import edit_view
from vsmdocs.rendering.pages.stream_view import (
    ShownMap,
    home_stream,
    main_map,
    stream_href,
    stream_view,
)
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import lay_out
from vsmdocs.rendering.picture.layout import Layout, LayoutSpec
from vsmdocs.site.along import write_along
from vsmdocs.site.finding import findable
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.made import Made, MadeStream, ToldBefore
from vsmdocs.site.manifest import MadeBefore, digest
from vsmdocs.site.shares import shares_of
from vsmdocs.workspace import MapFile, Workspace

if TYPE_CHECKING:
    from vsmdocs.model.snapshot import MapHistory
    from vsmdocs.site.past import MadePast, Past, PastWork

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Work:
    """What all portions have in common."""

    workspace: Workspace
    pages: Pages
    engine: str
    today: date
    past: PastWork | None
    """None where there is no repository, or no commit in it."""
    key: str
    """What every page depends on: the code, the settings, the day."""
    output: Path
    before: Mapping[str, MadeBefore]
    """The streams in `output` whose files can be taken over if nothing about them changed."""
    cache: Path | None
    forge: Forge | None
    """Where the source can be looked at and edited."""


@dataclass(slots=True)
class Read:
    """What came of reading some files."""

    maps: list[tuple[Identity, MapFile]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Job:
    """All maps of some streams, for their pages."""

    maps: list[tuple[Identity, MapFile]]
    known: Mapping[Identity, Sequence[str]]
    """The paths of all states of these streams."""
    broken: list[MapHistory]
    """Of those states that cannot be read now, their past."""
    folder: SiteFolder


@dataclass(frozen=True, slots=True)
class _Measured:
    document: MapDocument
    metrics: StreamMetrics
    spec: LayoutSpec
    banner: str = ""
    """What a reader has to know first."""


class Maker:
    """Reads maps, and makes the pages of streams of them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._cache = Cache(work.cache)
        self._told = ToldBefore(self._cache)
        self._past = _past(work.past, self._cache) if work.past is not None else None
        self._contents: dict[str, bytes] = {}
        self._documents: dict[str, MapDocument] = {}

    def close(self) -> None:
        """End what the past is read with, and what things are kept in."""
        if self._past is not None:
            self._past.close()
        self._told.close()
        self._cache.close()

    def read(self, files: Sequence[MapFile]) -> Read:
        """Tell which maps some files are, and keep what is in them.

        A content that was read before is not parsed here, for its pages may be taken over.
        """
        read, keys = Read(), {}
        for file in files:
            try:
                keys[file] = self._content_key(file)
            except InvalidMap as invalid:
                read.findings += invalid.findings
        known, new = self._cache.find("identity", keys.values()), {}
        for file, key in keys.items():
            kept = known.get(key)
            if kept is None:
                try:
                    kept = new[key] = self._document(file).map.identity
                except InvalidMap as invalid:
                    read.findings += invalid.findings
                    continue
            stream, state, variant = kept
            read.maps.append(((stream, state, variant), file))
        self._cache.keep("identity", new)
        return read

    def _content(self, file: MapFile) -> bytes:
        if file.shown not in self._contents:
            self._contents[file.shown] = self._work.workspace.content(file)
        return self._contents[file.shown]

    def _content_key(self, file: MapFile) -> str:
        """Return what a map and all that is read from it depend on."""
        folder = self._work.workspace.settings.maps
        return digest(file.shown, folder, hashlib.sha256(self._content(file)).hexdigest())

    def _document(self, file: MapFile) -> MapDocument:
        if file.shown not in self._documents:
            document = self._work.workspace.parse(file, self._content(file))
            self._documents[file.shown] = document
        return self._documents[file.shown]

    def make(self, job: Job) -> Made:
        """Write all pages of some streams, or take them over."""
        made = Made()
        keys, new = {}, set()
        for name, files in _by_stream(job).items():
            keys[name] = self._key(name, files, job)
            taken = self._take_over(name, keys[name], job.folder)
            if taken is None:
                new.add(name)
            else:
                made.streams.append(taken)
        if new:
            made.streams += self._make_new(new, keys, job, made.findings)
        for stream in made.streams:
            made.warnings += stream.warnings
            if stream.name not in new:
                made.findings += stream.findings
        past = self._past
        if past is not None:
            made.streams = [replace(one, entries=past.shown(one.entries)) for one in made.streams]
        return made

    def _make_new(
        self, names: Collection[str], keys: Mapping[str, str], job: Job, findings: list[Finding]
    ) -> list[MadeStream]:
        """Write the pages of these streams, and add what is found in their maps."""
        documents = [self._document(file) for one, file in job.maps if one[0] in names]
        measured, failed = _measure(documents)
        known = {m.document.path: m.metrics for m in measured}
        stale = {
            item.document.path: self._past.stale(item.document.map)
            for item in measured
            if self._past is not None
        }
        figures: dict[str, StreamMetrics | CalculationError] = {**known, **failed}
        policy = self._work.workspace.settings.check.policy()
        findings += policy.apply(lint(documents, self._work.today, figures, job.known, stale))
        broken = [history for history in job.broken if history.stream in names]
        measured += self._instead(broken, documents, failed)
        layouts = lay_out((m.spec for m in measured), self._work.engine)
        streams: dict[str, list[ShownMap]] = {}
        warnings: dict[str, list[str]] = {}
        for item in measured:
            layout, name = layouts[item.spec.key], item.document.map.stream
            if layout is None:
                warnings.setdefault(name, []).append(
                    f"{item.document.path} could not be drawn in the time and memory allowed; "
                    "its page has the table alone"
                )
            streams.setdefault(name, []).append(self._show(item, layout, findings))
        made = []
        for name, maps in streams.items():
            maps.sort(key=_state_order)
            own = [document for document in documents if document.map.stream == name]
            paths = {document.path for document in own}
            told = tuple(finding for finding in findings if finding.path in paths)
            about = keys[name], told, tuple(warnings.get(name, ()))
            made.append(self._write(name, tuple(maps), own, job.folder, *about))
        return made

    def _instead(
        self,
        lost: Sequence[MapHistory],
        documents: Sequence[MapDocument],
        failed: Mapping[str, CalculationError],
    ) -> list[_Measured]:
        """Return the last good versions of maps that are broken now: what was published stays."""
        if self._past is None:
            return []
        broken = {document.map.identity for document in documents if document.path in failed}
        present = {d.map.identity for d in documents if d.path not in failed}
        found = []
        for history in (*lost, *self._past.of(broken)):
            last = self._past.last_good(history)
            # Another file may be this map by now, or this one have been another.
            if last is None or last[0].map.identity != history.identity:
                continue
            document, metrics, day = last
            if history.identity in present:
                continue
            present.add(history.identity)
            banner = tr(
                "{path} cannot be read or calculated now. This is how it was on {day}.",
                path=document.path,
                day=day,
            )
            spec = spec_of(document.map, metrics)
            found.append(_Measured(document, metrics, spec, banner))
        return found

    def _key(self, name: str, files: Sequence[MapFile], job: Job) -> str:
        """Return what the pages of a stream, and what is found in its maps, depend on."""
        return digest(
            self._work.key,
            [self._content_key(file) for file in files],
            [history.identity for history in job.broken if history.stream == name],
            [(one, paths) for one, paths in job.known.items() if one[0] == name],
            self._past.key(name) if self._past is not None else "",
        )

    def _take_over(self, name: str, key: str, folder: SiteFolder) -> MadeStream | None:
        """Take over a stream's files from the last build, where nothing about them changed."""
        before = self._work.before.get(name)
        made = self._told.find(key) if before is not None and before.key == key else None
        if before is None or made is None:
            return None
        for file in before.files:
            folder.take(file, self._work.output)
        return made

    def _show(
        self, item: _Measured, layout: Layout | None, findings: Sequence[Finding]
    ) -> ShownMap:
        document, metrics = item.document, item.metrics
        path, forge = document.path, self._work.forge
        # Of a file that cannot be read, what stands here is an older version: nothing goes into it.
        present = document if not item.banner else None
        edit = edit_view(forge, path, present, find_answer(metrics))
        view = map_view(
            document.map,
            metrics,
            draw(document.map, metrics, item.spec, layout) if layout else None,
            path=path,
            body=document.body,
            findings=tuple(finding for finding in findings if finding.path == path),
            edit=edit,
            banner=item.banner,
        )
        return ShownMap(document.map, metrics, view, self._work.pages.figure(view))

    def _write(
        self,
        name: str,
        maps: tuple[ShownMap, ...],
        documents: Sequence[MapDocument],
        folder: SiteFolder,
        key: str,
        findings: tuple[Finding, ...],
        warnings: tuple[str, ...],
    ) -> MadeStream:
        begun = len(folder.names)
        links = [Link(state_label(item.map), item.href) for item in maps]
        states = [Link(tr("Overview"), stream_href(name)), *links]
        past = None
        if self._past is not None:
            states += self._past.links(name, maps)
            before = self._work.before.get(name)
            last = self._told.find(before.key) if before is not None else None
            keys = last.keys if last is not None else {}
            past = self._past.make(name, maps, documents, states, folder, keys)
        pages = self._work.pages
        folder.write(stream_href(name), pages.stream(stream_view(maps), states))
        for item, link in zip(maps, links, strict=True):
            said = past.said.get(item.map.name, ()) if past is not None else ()
            time = past.times.get(item.map.name) if past is not None else None
            folder.write(item.href, pages.map(item.view, item.figure, states, link, said, time))
            figures = metrics_json(item.map, item.metrics)
            folder.write(f"data/{name}.{item.map.name}.json", figures)
        row = home_stream(name, maps, past.spark if past is not None else None)
        newest = past.entries[0] if past is not None and past.entries else None
        write_along(folder, pages, self._cache, name, maps, row, states, newest, self._work.today)
        facts = self._facts(maps, past)
        made = MadeStream(
            name,
            row,
            {item.view.path: item.href for item in maps},
            metrics_csv((item.map, item.metrics) for item in maps),
            past.entries if past is not None else (),
            key,
            tuple(folder.names[begun:]),
            dict(past.keys) if past is not None else {},
            findings,
            warnings,
            search=findable(pages, maps),
            slice=facts,
            shares=shares_of(facts),
        )
        self._told.keep(key, made)
        return made

    def _facts(self, maps: tuple[ShownMap, ...], past: MadePast | None) -> StreamFacts:
        """Return what the pages that join streams tell of this one."""
        main = main_map(maps)
        return stream_facts(
            main.map,
            main.metrics,
            [item.map for item in maps],
            today=self._work.today,
            stale=self._past.stale_texts(main.map) if self._past is not None else None,
            course=past.course if past is not None else None,
            note=main.view.banner,
        )


def _by_stream(job: Job) -> dict[str, list[MapFile]]:
    found: dict[str, list[MapFile]] = {}
    for identity, file in job.maps:
        found.setdefault(identity[0], []).append(file)
    for history in job.broken:
        found.setdefault(history.stream, [])
    return found


def _past(work: PastWork, cache: Cache) -> Past:
    from vsmdocs.site.past import Past

    return Past(work, cache)


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


def _state_order(shown: ShownMap) -> tuple[int, str, str]:
    return (
        ("current", "future", "ideal").index(shown.map.state),
        str(shown.map.target_date or "") if shown.map.variant else "",
        shown.map.variant or "",
    )
