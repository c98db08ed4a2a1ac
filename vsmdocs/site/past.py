"""The pages about the past of one stream: versions, comparisons, charts and the gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup

from vsmdocs.analysis.blame import Blame, stale_places
from vsmdocs.analysis.numbers import Place, numbers
from vsmdocs.analysis.trend.burndown import Burndown, find_burndown
from vsmdocs.analysis.trend.trends import find_trends
from vsmdocs.cache import Cache
from vsmdocs.history.blame import Blamer, pack_blames, unpack_blames
from vsmdocs.history.blobs import Blobs, blob_ids
from vsmdocs.history.facts import MOST_BYTES
from vsmdocs.history.repository import Repository
from vsmdocs.model.snapshot import MapHistory, Milestone, RepositoryHistory, Snapshot
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.charts.burndown_chart import burndown_chart
from vsmdocs.rendering.charts.parts import Sparkline
from vsmdocs.rendering.charts.run_chart import run_chart, target_lines
from vsmdocs.rendering.charts.sparkline import sparkline
from vsmdocs.rendering.charts.words import state_words
from vsmdocs.rendering.history_report import history_json
from vsmdocs.rendering.pages.compare_view import CompareView, compare_view
from vsmdocs.rendering.pages.figures import headline_figures
from vsmdocs.rendering.pages.pages import Link
from vsmdocs.rendering.pages.past_pages import PastPages
from vsmdocs.rendering.pages.past_view import (
    SHORT,
    ChangelogView,
    ComparePage,
    GapPage,
    HistoryView,
    PageLink,
    VersionEntry,
    VersionView,
    feed_view,
    newest_first,
    places_of,
    version_entry,
)
from vsmdocs.rendering.pages.said_rows import SaidRow, said_rows
from vsmdocs.rendering.pages.stream_view import ShownMap, future_map, gap_sentence, main_map
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import lay_out
from vsmdocs.rendering.picture.layout import Layout, LayoutSpec
from vsmdocs.rendering.picture.overlay import draw_overlay, overlay_spec
from vsmdocs.rendering.picture.parts import Picture
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.manifest import digest
from vsmdocs.site.versions import Pair, Told, Version, Versions, compare, told_of
from vsmdocs.workspace import Workspace

NEWEST = 200
"""Entries that the page of all changes shows, at most."""
_TOGETHER = 40
"""Versions whose pictures are laid out in one go, and kept in memory until then."""


_FIRST = {"lead_time": 0, "activity_ratio": 1}
"""The figures that answer whether it is getting better; the others follow."""


@dataclass(frozen=True, slots=True)
class PastWork:
    """What is known of the past, and what its pages are made with."""

    workspace: Workspace
    repository: Repository
    history: RepositoryHistory
    pages: PastPages
    engine: str
    today: date
    cache: Path | None


@dataclass(frozen=True, slots=True)
class MadePast:
    """What the pages about all streams tell of one."""

    entries: tuple[VersionEntry, ...] = ()
    """Newest first, and no more than they show."""
    spark: Sparkline | None = None
    """The lead time of the current state."""
    said: Mapping[str, tuple[SaidRow, ...]] = field(default_factory=dict)
    """By state and variant, who said each number."""


@dataclass(slots=True)
class _Line:
    """One map over time."""

    history: MapHistory
    pairs: list[Pair]
    hrefs: dict[str, str]
    """The pages of versions below the site's root, by commit."""
    told: list[Told]


class Past:
    """Makes the pages about the past; each worker has its own."""

    def __init__(self, work: PastWork) -> None:
        self._work = work
        self._blobs = Blobs(work.repository, MOST_BYTES)
        settings = work.workspace.settings
        folder = f"{work.repository.prefix}{settings.maps.strip('/')}/"
        self._known_blames: dict[tuple[str, str, str], dict[Place, Blame]] = {}
        self._blamer = Blamer(work.repository, settings.maps)
        self._cache = Cache(work.cache)
        self._versions = Versions(self._blobs, folder, self._cache)
        self._layouts: dict[str, Layout | None] = {}
        self._marks: dict[str, list[str]] = {}
        for mark in work.history.milestones:
            self._marks.setdefault(mark.commit, []).append(mark.name)
        self._places = places_of(work.history)
        self._histories: dict[str, list[MapHistory]] = {}
        for history in work.history.maps:
            self._histories.setdefault(history.stream, []).append(history)

    def close(self) -> None:
        """End what it reads with and keeps things in."""
        self._blobs.close()
        self._blamer.close()
        self._cache.close()

    def key(self, stream: str) -> str:
        """Return what a stream's pages depend on beside its present maps."""
        histories = self._histories.get(stream, ())
        told = [
            (shot.revision and replace(shot.revision, place=0), shot.path, shot.blob, shot.error)
            for history in histories
            for shot in history.snapshots
        ]
        history = self._work.history
        whole = (history.milestones, history.shallow, history.lacking, history.broken)
        return digest([history.identity for history in histories], told, whole)

    def links(self, stream: str, maps: Sequence[ShownMap]) -> tuple[Link, ...]:
        """Return the pages about a stream's past."""
        below = f"streams/{stream}/"
        gaps = [
            Link(
                "Gap" if item.map.name == "future" else f"Gap to {state_words(item.map.name)}", href
            )
            for item, href in ((item, _gap_href(item)) for item in _futures(maps))
        ]
        return (
            *gaps,
            Link("History", f"{below}history.html"),
            Link("Changelog", f"{below}changelog.html"),
        )

    def make(
        self,
        stream: str,
        maps: Sequence[ShownMap],
        documents: Sequence[MapDocument],
        states: Sequence[Link],
        folder: SiteFolder,
    ) -> MadePast:
        """Write all pages about a stream's past; `states` are its links."""
        title = _main(maps).map.title
        lines = [
            self._line(stream, history) for history in self._with_present(stream, maps, documents)
        ]
        for line in lines:
            self._write_versions(line, title, states, folder)
            figures = history_json(line.history)
            folder.write(f"data/{stream}.{line.history.name}.history.json", figures)
        entries = self._entries(lines, title)
        comparisons = [
            link for line in lines for link in self._write_comparisons(line, title, states, folder)
        ]
        count = f"{len(entries):,} version{'' if len(entries) == 1 else 's'}"
        since = min((entry.date for entry in entries if entry.time), default="")
        changelog = ChangelogView(
            title,
            f"{count} of {len(lines)} map{'' if len(lines) == 1 else 's'}"
            f"{f' since {since}' if since else ''}.",
            tuple(comparisons),
            tuple(entries),
        )
        pages, below = self._work.pages, f"streams/{stream}/"
        href = f"{below}changelog.html"
        folder.write(href, pages.changelog(changelog, href, states))
        folder.write(f"{below}feed.xml", self._feed(title, entries, href, f"{below}feed.xml"))
        spark = self._write_charts(stream, title, maps, lines, states, folder)
        said = {
            item.map.name: self._said(item, line)
            for item in maps
            for line in lines
            if line.history.name == item.map.name
        }
        return MadePast(tuple(entries[:NEWEST]), spark, said)

    def stale(self, stream_map: ValueStreamMap) -> dict[Place, str]:
        """Return which numbers of a present map are too old, and why."""
        days = self._work.workspace.settings.stale_after_days
        return stale_places(self._blames(stream_map), stream_map, self._work.today, days)

    def _said(self, item: ShownMap, line: _Line) -> tuple[SaidRow, ...]:
        days = self._work.workspace.settings.stale_after_days
        blames = self._blames(item.map).values()
        return said_rows(item.map, blames, self._work.today, days, line.hrefs)

    def _blames(self, stream_map: ValueStreamMap) -> dict[Place, Blame]:
        """Return who said each number of a present map."""
        identity = stream_map.identity
        if identity in self._known_blames:
            return self._known_blames[identity]
        past = next(
            (h for h in self._histories.get(identity[0], ()) if h.identity == identity), None
        )
        told = [(s.revision and s.revision.commit, s.blob) for s in past.snapshots] if past else []
        present = [(number.place, number.meaning) for number in numbers(stream_map).values()]
        key = f"{identity} {told} {present}"
        kept = self._cache.find("blame", [key])
        if key in kept:
            found = unpack_blames(kept[key], stream_map)
        else:
            found = self._blamer.blame(past, stream_map)
            self._cache.keep("blame", {key: pack_blames(found.values())})
        self._known_blames[identity] = found
        return found

    # --- versions -----------------------------------------------------------------

    def _with_present(
        self, stream: str, maps: Sequence[ShownMap], documents: Sequence[MapDocument]
    ) -> list[MapHistory]:
        """Return a stream's histories, with what stands in the working tree and differs."""
        found = {history.name: history for history in self._histories.get(stream, ())}
        by_name = {document.map.name: document for document in reversed(documents)}
        for item in maps:
            document = by_name[item.map.name]
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

    def _line(self, stream: str, history: MapHistory) -> _Line:
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
        return _Line(history, list(self._versions.pairs(history)), hrefs, [])

    def _write_versions(
        self, line: _Line, title: str, states: Sequence[Link], folder: SiteFolder
    ) -> None:
        numbered = [pair for pair in line.pairs if _href(line, pair)]
        places = {id(pair): place for place, pair in enumerate(numbered)}
        for start in range(0, len(line.pairs), _TOGETHER):
            some = line.pairs[start : start + _TOGETHER]
            told_ = self._versions.tell(some)
            line.told += told_
            shown = [
                (pair, one) for pair, one in zip(some, told_, strict=True) if id(pair) in places
            ]
            drawn = self._draw([(pair.before, pair.version) for pair, _ in shown if pair.version])
            for (pair, one), picture in zip(shown, drawn, strict=True):
                place = places[id(pair)]
                near = (
                    numbered[place - 1] if place else None,
                    numbered[place + 1] if place + 1 < len(numbered) else None,
                )
                position = f"{place + 1:,} of {len(numbered):,}"
                self._write_version(line, pair, one, picture, near, position, title, states, folder)
            for pair in some[:-1]:
                if pair.version is not None and pair.version is not some[-1].before:
                    pair.version.release()

    def _draw(self, pairs: Sequence[tuple[Version | None, Version | None]]) -> list[Picture | None]:
        """Return the picture of each version, with what changed marked in it."""
        asked: list[tuple[LayoutSpec, Callable[[Layout], Picture]]] = []
        for before, after in pairs:
            if after is None:
                raise ValueError("a picture needs a version")
            if before is None:
                stream_map, metrics = after.measured
                spec = spec_of(stream_map, metrics)
                asked.append((spec, partial(draw, stream_map, metrics, spec)))
            else:
                overlay = overlay_spec(before.measured, after.measured)
                asked.append((overlay.spec, partial(draw_overlay, overlay)))
        unknown = [spec for spec, _ in asked if spec.key not in self._layouts]
        self._layouts.update(lay_out(unknown, self._work.engine))
        drawn = []
        for spec, compose in asked:
            layout = self._layouts[spec.key]
            drawn.append(compose(layout) if layout is not None else None)
        return drawn

    def _write_version(
        self,
        line: _Line,
        pair: Pair,
        one: Told,
        picture: Picture | None,
        near: tuple[Pair | None, Pair | None],
        position: str,
        title: str,
        states: Sequence[Link],
        folder: SiteFolder,
    ) -> None:
        if pair.version is None:
            raise ValueError("a page needs a version")
        compared = None
        if pair.before is not None:
            compared = compare_view(
                pair.before.measured, pair.version.measured, picture,
                headline=one.headline, changes=one.changes,
            )  # fmt: skip
        earlier, later = (
            PageLink(_date(other), f"{other.shot.revision.commit[:SHORT]}.html")
            if other is not None and other.shot.revision
            else None
            for other in near
        )
        entry = self._entry(line, pair, one, title)
        view = VersionView(
            title, entry, earlier, later,
            PageLink("", f"../../changelog.html#{entry.anchor}"), position, compared,
            () if compared else headline_figures(*pair.version.measured),
        )  # fmt: skip
        figure = Markup("")
        if compared is None and picture is not None:
            figure = self._work.pages.picture(picture, f"{title}, {entry.state}")
        href = _href(line, pair)
        folder.write(href, self._work.pages.version(view, figure, href, states))

    # --- lists --------------------------------------------------------------------

    def _entry(self, line: _Line, pair: Pair, one: Told, title: str) -> VersionEntry:
        revision = pair.shot.revision
        return version_entry(
            pair.shot,
            stream=line.history.stream,
            name=line.history.name,
            title=title,
            state=state_words(line.history.name).capitalize(),
            headline=one.headline,
            changes=one.changes,
            milestones=self._marks.get(revision.commit, ()) if revision else (),
            href=_href(line, pair),
            repository=self._work.workspace.settings.site.repository or "",
        )

    def _entries(self, lines: Sequence[_Line], title: str) -> list[VersionEntry]:
        return newest_first(
            (
                self._entry(line, pair, one, title)
                for line in lines
                for pair, one in zip(line.pairs, line.told, strict=True)
            ),
            self._places,
        )

    def _feed(self, title: str, entries: Sequence[VersionEntry], page: str, own: str) -> str:
        base = self._work.workspace.settings.site.base_url or ""
        up = "../" * own.count("/")
        view = feed_view(
            f"{title}: changes", entries, page=f"{base or up}{page}",
            own=f"{base}{own}" if base else "", root=base or up,
        )  # fmt: skip
        return self._work.pages.feed(view)

    # --- comparisons --------------------------------------------------------------

    def _write_comparisons(
        self, line: _Line, title: str, states: Sequence[Link], folder: SiteFolder
    ) -> list[PageLink]:
        """Compare neighbouring milestones, and the first version with the newest."""
        readable = [pair for pair in line.pairs if pair.version is not None]
        marked = [pair for pair in readable if self._names(pair)]
        wanted = list(pairwise(marked))
        ends = (readable[0], readable[-1]) if len(readable) > 2 else None
        if ends and ends not in wanted:
            wanted.insert(0, ends)
        links = []
        for old, new in wanted:
            links.append(self._write_comparison(line, old, new, title, states, folder))
            for pair in (old, new):
                if pair.version is not None:
                    pair.version.release()
        return links

    def _names(self, pair: Pair) -> list[str]:
        return self._marks.get(pair.shot.revision.commit, []) if pair.shot.revision else []

    def _write_comparison(
        self, line: _Line, old: Pair, new: Pair, title: str, states: Sequence[Link],
        folder: SiteFolder,
    ) -> PageLink:  # fmt: skip
        name, stream = line.history.name, line.history.stream
        ids = (_short(old), _short(new))
        href = f"streams/{stream}/compare/{name}/{ids[0]}..{ids[1]}.html"
        labels = [", ".join(self._names(pair)) or _date(pair) for pair in (old, new)]
        if labels[0] == labels[1]:
            labels = [f"{label} ({short})" for label, short in zip(labels, ids, strict=True)]
        view = ComparePage(
            title,
            f"{labels[0]} to {labels[1]}",
            f"{state_words(name).capitalize()}, {_date(old)} to {_date(new)}.",
            tuple(PageLink(label, _href(line, pair))
                  for label, pair in zip(labels, (old, new), strict=True) if _href(line, pair)),
            self._compare(old.version, new.version, labels),
        )  # fmt: skip
        folder.write(href, self._work.pages.compare(view, href, states))
        return PageLink(f"{state_words(name).capitalize()}: {view.span}", href)

    def _compare(
        self, old: Version | None, new: Version | None, labels: Sequence[str]
    ) -> CompareView:
        if old is None or new is None:
            raise ValueError("a comparison needs two versions")
        (picture,) = self._draw([(old, new)])
        one = compare(old, new)
        return compare_view(
            old.measured, new.measured, picture, headline=one.headline, changes=one.changes,
            before=labels[0], after=labels[1],
        )  # fmt: skip

    # --- charts -------------------------------------------------------------------

    def _write_charts(
        self, stream: str, title: str, maps: Sequence[ShownMap], lines: Sequence[_Line],
        states: Sequence[Link], folder: SiteFolder,
    ) -> Sparkline | None:  # fmt: skip
        main = _main(maps)
        by_name = {line.history.name: line for line in lines}
        current = by_name[main.map.name]
        futures = [by_name[item.map.name] for item in _futures(maps)]
        below = f"streams/{stream}/"
        links = {
            (line.history.name, commit): href.removeprefix(below)
            for line in lines
            for commit, href in line.hrefs.items()
        }
        now = datetime.combine(self._work.today, time.max, UTC)
        trends = find_trends(
            current.history, [line.history for line in futures], now=now, until=now
        )
        marks = self._work.history.milestones
        charts = [
            run_chart(
                trend.current,
                trend.futures[0] if trend.futures else None,
                target_lines(main.map.targets, trend.key, main.map.calendar),
                marks,
                links,
            )
            for trend in sorted(trends, key=lambda trend: _FIRST.get(trend.key, 2))
            if trend.current.points
        ]
        count = sum(pair.version is not None for pair in current.pairs)
        versions = f"{count:,} version{'' if count == 1 else 's'}"
        second = ", with the future state as a second line" if futures else ""
        view = HistoryView(
            title,
            f"{versions} of the {state_words(main.map.name)} state{second}.",
            tuple(charts),
            f"data/{stream}.{main.map.name}.history.json",
        )
        href = f"{below}history.html"
        folder.write(href, self._work.pages.history(view, href, states))
        for place, item in enumerate(_futures(maps)):
            trend = trends[0]
            burndown = find_burndown(trend.current, trend.futures[place], item.map.target_date)
            self._write_gap(main, item, burndown, marks, links, states, folder)
        return sparkline(trends[0].current) if trends[0].current.points else None

    def _write_gap(
        self, main: ShownMap, future: ShownMap, burndown: Burndown | None,
        marks: Sequence[Milestone], links: Mapping[tuple[str, str], str], states: Sequence[Link],
        folder: SiteFolder,
    ) -> None:  # fmt: skip
        base, head = (main.map, main.metrics), (future.map, future.metrics)
        overlay = overlay_spec(base, head)
        if overlay.spec.key not in self._layouts:
            self._layouts.update(lay_out([overlay.spec], self._work.engine))
        layout = self._layouts[overlay.spec.key]
        one = told_of(base, head)
        view = GapPage(
            main.map.title,
            gap_sentence(main, future),
            burndown_chart(burndown, marks, links) if burndown else None,
            compare_view(
                base, head, draw_overlay(overlay, layout) if layout else None,
                headline=one.headline, changes=one.changes,
                before="Current", after=state_words(future.map.name).capitalize(),
                table="", rows="",
            ),
        )  # fmt: skip
        href = _gap_href(future)
        folder.write(href, self._work.pages.gap(view, href, states))


def _main(maps: Sequence[ShownMap]) -> ShownMap:
    return main_map(tuple(maps))


def _futures(maps: Sequence[ShownMap]) -> list[ShownMap]:
    """Return the states to get to, where there is a current one to start from."""
    main = _main(maps)
    if main.map.state != "current":
        return []
    first = future_map(tuple(maps))
    others = [item for item in maps if item.map.state != "current" and item is not first]
    return [first, *others] if first is not None else others


def _gap_name(item: ShownMap) -> str:
    name = item.map.name
    return "Gap" if name == "future" else f"Gap to {state_words(name)}"


def _gap_href(item: ShownMap) -> str:
    return f"streams/{item.map.stream}/gap-{item.map.name}.html"


def _href(line: _Line, pair: Pair) -> str:
    return line.hrefs.get(pair.shot.revision.commit, "") if pair.shot.revision else ""


def _date(pair: Pair) -> str:
    return f"{pair.shot.revision.committed_at:%Y-%m-%d}" if pair.shot.revision else "today"


def _short(pair: Pair) -> str:
    return pair.shot.revision.commit[:SHORT] if pair.shot.revision else "present"
