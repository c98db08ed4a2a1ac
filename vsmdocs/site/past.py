"""The past of one stream: what is known of it, its changelog, and who said its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from vsmdocs.analysis.blame import Blame, find_blame, stale_places, too_old
from vsmdocs.analysis.numbers import Place, numbers
from vsmdocs.analysis.slices import CourseFacts, course_of
from vsmdocs.cache import Cache
from vsmdocs.errors import CalculationError, HistoryError, InvalidMap
from vsmdocs.history.blame import Blamer, pack_blames, unpack_blames
from vsmdocs.history.blobs import blob_ids
from vsmdocs.history.documents import Documents
from vsmdocs.history.kept import MOST_PLACES
from vsmdocs.history.repository import Repository
from vsmdocs.language import tr
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.snapshot import MapHistory, RepositoryHistory, Snapshot
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.charts.parts import Sparkline
from vsmdocs.rendering.charts.sparkline import sparkline
from vsmdocs.rendering.history_report import history_json
from vsmdocs.rendering.pages.forge import Forge
from vsmdocs.rendering.pages.pages import Link
from vsmdocs.rendering.pages.past_pages import PastPages
from vsmdocs.rendering.pages.past_view import (
    SHORT,
    VersionEntry,
    changelog_view,
    feed_view,
    newest_first,
    version_entry,
)
from vsmdocs.rendering.pages.said_rows import SaidRow, said_rows, stale_text
from vsmdocs.rendering.pages.stream_view import ShownMap, main_map
from vsmdocs.rendering.pages.time_strip import MapInTime, map_in_time, stops_file, stops_script
from vsmdocs.rendering.words import state_name
from vsmdocs.site.chart_pages import ChartPages, futures_of, gap_href, gap_name
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.lines import Line
from vsmdocs.site.manifest import digest
from vsmdocs.site.reuse import Reuse
from vsmdocs.site.version_pages import VersionPages
from vsmdocs.site.versions import Pair, Told, Versions
from vsmdocs.workspace import Workspace

NEWEST = MOST_PLACES
"""Entries that the page of all changes shows, at most."""


@dataclass(frozen=True, slots=True)
class PastWork:
    """What is known of the past, and what its pages are made with."""

    workspace: Workspace
    repository: Repository
    history: RepositoryHistory
    pages: PastPages
    engine: str
    today: date
    output: Path
    key: str
    """What every page depends on."""
    forge: Forge | None
    since: int
    """From which place on the branch on versions stand on the page of all changes."""


@dataclass(frozen=True, slots=True)
class MadePast:
    """What the pages about all streams tell of one."""

    entries: tuple[VersionEntry, ...] = ()
    """Newest first, and no more than they show."""
    spark: Sparkline | None = None
    """The lead time of the current state."""
    said: Mapping[str, tuple[SaidRow, ...]] = field(default_factory=dict)
    """By state and variant, who said each number."""
    times: Mapping[str, MapInTime] = field(default_factory=dict)
    """By state and variant, the way to the versions that have a page."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """What the pages of versions were made from, by file."""
    course: CourseFacts | None = None
    """How the lead time of the current state went."""


class Past:
    """Makes the pages about the past; each worker has its own."""

    def __init__(self, work: PastWork, cache: Cache) -> None:
        self._work = work
        self._documents = Documents(work.repository, work.workspace.settings.maps)
        self._known_blames: dict[tuple[str, str, str], dict[Place, Blame]] = {}
        self._blamer = Blamer(work.repository, self._documents)
        self._cache = cache
        self._versions = Versions(self._documents, cache)
        self._marks: dict[str, list[str]] = {}
        for milestone in work.history.milestones:
            self._marks.setdefault(milestone.commit, []).append(milestone.name)
        self._version_pages = VersionPages(work.pages, self._versions, work.engine, self._marks)
        self._chart_pages = ChartPages(work.pages, work.engine, work.today, work.history.milestones)
        self._histories: dict[str, list[MapHistory]] = {}
        for history in work.history.maps:
            self._histories.setdefault(history.stream, []).append(history)

    def close(self) -> None:
        """End what it reads with."""
        self._documents.close()

    def of(self, identities: Collection[tuple[str, str, str]]) -> list[MapHistory]:
        """Return the histories of some maps."""
        return [one for one in self._work.history.maps if one.identity in identities]

    def last_good(self, history: MapHistory) -> tuple[MapDocument, StreamMetrics, str] | None:
        """Return the newest version of a map that can be calculated, and its day."""
        for pair in reversed(list(self._versions.pairs(history))):
            revision = pair.shot.revision
            if pair.version is not None and revision is not None:
                try:
                    metrics = pair.version.measured[1]
                except (InvalidMap, HistoryError, CalculationError):
                    continue
                return pair.version.document, metrics, f"{revision.committed_at:%Y-%m-%d}"
        return None

    def key(self, stream: str) -> str:
        """Return what a stream's pages depend on beside its present maps."""
        histories = self._histories.get(stream, ())
        history = self._work.history
        whole = (history.milestones, history.shallow, history.lacking, history.broken)
        return digest([(one.identity, one.digest) for one in histories], whole)

    def links(self, stream: str, maps: Sequence[ShownMap]) -> tuple[Link, ...]:
        """Return the pages about a stream's past."""
        below = f"streams/{stream}/"
        gaps = [Link(gap_name(item), gap_href(item)) for item in futures_of(maps)]
        return (
            *gaps,
            Link(tr("History"), f"{below}history.html"),
            Link(tr("Changelog"), f"{below}changelog.html"),
        )

    def make(
        self,
        stream: str,
        maps: Sequence[ShownMap],
        documents: Sequence[MapDocument],
        states: Sequence[Link],
        folder: SiteFolder,
        before: Mapping[str, str],
    ) -> MadePast:
        """Write all pages about a stream's past.

        `states` are its links, and `before` says what files of the last build were made from.
        """
        title = main_map(tuple(maps)).map.title
        work, below = self._work, f"streams/{stream}/"
        reuse = Reuse(folder, work.output, before, work.key)
        histories = self._with_present(stream, maps, documents)
        present = {item.map.name: item.href for item in maps}
        lines = [self._line(stream, history, present) for history in histories]
        for line in lines:
            self._version_pages.write(line, title, states, partial(self._entry, title), reuse)
            figures = history_json(line.history)
            folder.write(f"data/{stream}.{line.history.name}.history.json", figures)
        comparisons = [
            link
            for line in lines
            for link in self._version_pages.write_comparisons(line, title, states, reuse)
        ]
        entries = self._entries(lines, title)
        view = changelog_view(title, len(lines), comparisons, entries)
        href = f"{below}changelog.html"
        folder.write(href, work.pages.changelog(view, href, states))
        folder.write(f"{below}feed.xml", self._feed(title, entries, href, f"{below}feed.xml"))
        times = self._times(lines, entries, folder)
        trend = self._chart_pages.write(stream, title, maps, lines, states, folder)
        spark = sparkline(trend) if trend is not None else None
        course = course_of(trend) if trend is not None else None
        by_name = {line.history.name: line for line in lines}
        said = {item.map.name: self._said(item, by_name[item.map.name]) for item in maps}
        return MadePast(tuple(entries[:NEWEST]), spark, said, times, reuse.keys, course)

    def shown(self, entries: Iterable[VersionEntry]) -> tuple[VersionEntry, ...]:
        """Return what may be among the newest of all streams: the rest need not be told."""
        since = self._work.since
        return tuple(entry for entry in entries if entry.place is None or entry.place >= since)

    def stale(self, stream_map: ValueStreamMap) -> dict[Place, str]:
        """Return which numbers of a present map are too old, and why, as findings say it."""
        days = self._work.workspace.settings.stale_after_days
        return stale_places(self._blames(stream_map), stream_map, self._work.today, days)

    def stale_texts(self, stream_map: ValueStreamMap) -> dict[Place, str]:
        """Return the same in the language of the site."""
        days, today = self._work.workspace.settings.stale_after_days, self._work.today
        told = {
            place: stale_text(too_old(blame, stream_map.review_by, today, days))
            for place, blame in self._blames(stream_map).items()
        }
        return {place: why for place, why in told.items() if why}

    def _said(self, item: ShownMap, line: Line) -> tuple[SaidRow, ...]:
        days = self._work.workspace.settings.stale_after_days
        blames = self._blames(item.map).values()
        return said_rows(item.map, blames, self._work.today, days, line.hrefs)

    def _blames(self, stream_map: ValueStreamMap) -> dict[Place, Blame]:
        """Return who said each number of a present map."""
        identity = stream_map.identity
        if identity not in self._known_blames:
            past = next(
                (h for h in self._histories.get(identity[0], ()) if h.identity == identity), None
            )
            self._known_blames[identity] = self._blames_since(past, stream_map)
        return self._known_blames[identity]

    def _blames_since(
        self, past: MapHistory | None, stream_map: ValueStreamMap
    ) -> dict[Place, Blame]:
        """Return who said each number of a map that follows upon a history."""
        present = _meanings(stream_map)
        key = f"{stream_map.identity} {past.digest if past else ''} {present}"
        kept = self._cache.find("blame", [key])
        if key in kept:
            return unpack_blames(kept[key], stream_map)
        newest = self._blamer.newest(past) if past is not None else None
        if newest is not None and _meanings(newest) != present:
            # What was committed is known from the build before, or will be for the next one.
            found = find_blame([(None, stream_map)], self._blames_since(past, newest), newest)
        else:
            found = self._blamer.blame(past, stream_map)
        self._cache.keep("blame", {key: pack_blames(found.values())})
        return found

    # --- versions -----------------------------------------------------------------

    def _with_present(
        self, stream: str, maps: Sequence[ShownMap], documents: Sequence[MapDocument]
    ) -> list[MapHistory]:
        """Return a stream's histories, with what stands in the working tree and differs."""
        found = {history.name: history for history in self._histories.get(stream, ())}
        by_name = {document.map.name: document for document in reversed(documents)}
        for item in maps:
            document = by_name.get(item.map.name)
            if document is None:
                # It cannot be read now; an older version of it is shown.
                continue
            data = (self._work.workspace.root / document.path).read_bytes()
            past = found.get(item.map.name)
            if past is not None and past.snapshots[-1].blob in blob_ids(data):
                continue
            shot = Snapshot(
                None, document.path, f"present {document.path}", item.map.title,
                item.metrics.totals, item.map.calendar,
            )  # fmt: skip
            before = past.snapshots if past is not None else ()
            identity = item.map.identity
            found[item.map.name] = MapHistory(*identity, (*before, shot))
            self._versions.give(shot, document, item.metrics)
        order = {item.map.name: place for place, item in enumerate(maps)}
        return sorted(found.values(), key=lambda history: order.get(history.name, len(order)))

    def _line(self, stream: str, history: MapHistory, present: Mapping[str, str]) -> Line:
        """Choose which versions get a page: the newest ones, and those with a milestone."""
        most = self._work.workspace.settings.site.version_pages
        with_page = [shot for shot in history.snapshots if shot.readable and shot.revision]
        newest = with_page if most == "all" else with_page[max(len(with_page) - most, 0) :]
        chosen = {id(shot) for shot in newest}
        hrefs = {
            shot.revision.commit: f"streams/{stream}/versions/{history.name}/"
            f"{shot.revision.commit[:SHORT]}.html"
            for shot in with_page
            if shot.revision and (id(shot) in chosen or self._marks.get(shot.revision.commit))
        }
        pairs = list(self._versions.pairs(history))
        return Line(history, pairs, hrefs, [], present.get(history.name, ""))

    # --- lists --------------------------------------------------------------------

    def _times(
        self, lines: Sequence[Line], entries: Sequence[VersionEntry], folder: SiteFolder
    ) -> dict[str, MapInTime]:
        """Write for each map what its strip of time shows, and return the ways to it.

        That is a file of its own, so that a new version leaves the pages of old ones as they are.
        """
        found = {}
        for line in lines:
            stream, name = line.history.stream, line.history.name
            stops = [entry for entry in entries if entry.name == name and entry.href][::-1]
            if stops:
                folder.write(stops_file(stream, name), stops_script(stops, line.present))
                found[name] = map_in_time(stops, len(line.pairs))
        return found

    def _entry(self, title: str, line: Line, pair: Pair, one: Told) -> VersionEntry:
        revision = pair.shot.revision
        return version_entry(
            pair.shot,
            stream=line.history.stream,
            name=line.history.name,
            title=title,
            state=state_name(line.history.state, line.history.variant),
            headline=one.headline,
            changes=one.changes,
            milestones=self._marks.get(revision.commit, ()) if revision else (),
            href=line.href(pair),
            forge=self._work.forge,
        )

    def _entries(self, lines: Sequence[Line], title: str) -> list[VersionEntry]:
        return newest_first(
            (
                self._entry(title, line, pair, one)
                for line in lines
                for pair, one in zip(line.pairs, line.told, strict=True)
            )
        )

    def _feed(self, title: str, entries: Sequence[VersionEntry], page: str, own: str) -> str:
        base = self._work.workspace.settings.site.base_url or ""
        up = "../" * own.count("/")
        view = feed_view(
            tr("{title}: changes", title=title), entries, page=f"{base or up}{page}",
            own=f"{base}{own}" if base else "", root=base or up,
        )  # fmt: skip
        return self._work.pages.feed(view)


def _meanings(stream_map: ValueStreamMap) -> list[tuple[Place, tuple[float, ...]]]:
    return [(number.place, number.meaning) for number in numbers(stream_map).values()]
