"""From a workspace to a published site, in one straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vsmdocs.analysis.lint import Identity, identities
from vsmdocs.cache import Cache, code_digest
from vsmdocs.errors import Finding
from vsmdocs.language import speaking
from vsmdocs.rendering.pages.pages import Pages
from vsmdocs.rendering.pages.slice_pages import TEMPLATES as SLICES
from vsmdocs.rendering.pages.stream_view import home_view
from vsmdocs.rendering.picture.engine import find_engine
from vsmdocs.site.addresses import PAGES as ADDRESS_PAGES
from vsmdocs.site.addresses import write_addresses
from vsmdocs.site.along import NO_CARDS, can_have_cards, write_site_card
from vsmdocs.site.brand import read_look
from vsmdocs.site.finding import write_finding
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.made import Made, MadeStream
from vsmdocs.site.manifest import MadeBefore, Manifest, digest, load, save, stamps, usable
from vsmdocs.site.output import absolute, check_output, publish
from vsmdocs.site.own_pages import OwnPages
from vsmdocs.site.result import BuildResult, to_plain
from vsmdocs.site.slices import write_slices
from vsmdocs.site.streams import Job, Maker, Read, Work
from vsmdocs.site.unchanged import Standing
from vsmdocs.workers import Workers, cores_for
from vsmdocs.workspace import MapFile, Workspace

if TYPE_CHECKING:
    from vsmdocs.model.snapshot import MapHistory
    from vsmdocs.site.changes import WholePast

Report = Callable[[str, int, int], None]
_PORTION = 40
"""Maps that are worked on together: enough to lay out in one go, few enough to share out."""
_LIGHTER = 8
"""To take a map over is so much less work than to make its pages."""
_PAGES = (
    "index",
    "map",
    "stream",
    "method",
    "checks",
    "poster",
    "everything",
    *ADDRESS_PAGES,
    *SLICES,
)
Part = TypeVar("Part")


def build_site(
    workspace: Workspace,
    output: Path,
    *,
    today: date | None = None,
    standing: Standing | None = None,
    report: Report | None = None,
    cache: Path | None = None,
    fetch: bool = False,
    whole: bool = False,
    placed: Callable[[BuildResult], None] | None = None,
) -> BuildResult:
    """Read, calculate, draw and publish every map of a workspace and its past.

    A map with errors has no page and stands on the page of checks. `cache` is the folder in
    which to keep what need not be worked out again. With `fetch` the contents that a partial
    clone lacks are fetched, and with `whole` a history that is not whole is an error. Whoever
    looked already how the project stands today gives that as `standing`. Whoever waits for the
    site is told by `placed` when it is there, before the last one is cleared away.

    Raises
    ------
    UsageError
        When there are no maps, no layout program, or the output folder is not ours.
    HistoryError
        When a part of the past is missing that was asked for.
    """
    with speaking(workspace.settings.site.language):
        say = report or (lambda text, done, whole: None)
        protected = (workspace.root, workspace.maps_folder)
        check_output(output, protected)
        engine = find_engine(workspace.settings.layout_engine)
        found = workspace.find()
        look, day, output = read_look(workspace), today or date.today(), absolute(output)
        theme, own = look.theme, OwnPages.read(workspace)
        theme.compile(_PAGES)
        standing = standing or Standing.of(workspace, day)
        past = _past(workspace, standing, cache=cache, fetch=fetch, whole=whole, report=report)
        sections, missing = (past.sections, past.missing) if past is not None else ((), ())
        settings = workspace.settings.site
        # What a shared link is shown with has to have a web address.
        cards = bool(settings.base_url) and can_have_cards()
        pages = Pages(
            theme, settings.title, workspace.settings.maps, settings.base_url or "", sections,
            missing, cards, look.brand, own.nav,
        )  # fmt: skip
        where = str(workspace.root), standing.forge
        about = missing, cards, look.key, own.nav
        key = digest(code_digest(), workspace.settings, day, engine, where, *about)
        with Cache(cache) as known:
            last = load(known, output)
            before = usable(output, last)
            schemas = _schemas(known, settings.base_url)
        past_work = None
        if past is not None:
            theme.compile(past.pages)
            past_work = past.work(workspace, pages, engine, day, output, key, standing.forge)
        forge = standing.forge
        work = Work(workspace, pages, engine, day, past_work, key, output, before, cache, forge)
        site = _Site(found.findings, found.count, workspace, past, schemas, own)
        histories = past.history.maps if past is not None else ()
        long = sum(len(history.snapshots) for history in histories)
        paths, alike = [file.path for file in found.files], digest(key, standing.tip)
        fresh = last.fresh(paths, alike) if before else len(paths)
        # To start workers takes longer than to make the pages of a few streams.
        amount = fresh + len(paths) // _LIGHTER if fresh < len(paths) else fresh + long
        count = cores_for(_portions_of(amount))
        with Workers(lambda: Maker(work), count) as workers:
            read = _read(workers, found.files, say)
            for _, part in read:
                site.findings += part.findings

            def fill(folder: SiteFolder) -> None:
                jobs = _jobs(read, folder, count, past)
                say("Making pages", 0, len(jobs))
                for number, (_, part) in enumerate(workers.run(Maker.make, jobs), 1):
                    site.add(part)
                    say("Making pages", number, len(jobs))
                site.write(folder, pages, cache, work)

            then = (lambda: placed(site.result())) if placed is not None else None
            publish(fill, output, protected=protected, placed=then)
        with Cache(cache) as known:
            result = site.result()
            there, plain = stamps(output), to_plain(result)
            save(known, output, Manifest(standing.key, there, site.manifest(), plain, alike))
        return result


def _past(workspace: Workspace, standing: Standing, **options: Any) -> WholePast | None:
    """Read the past, where there is a repository with a commit in it."""
    repository, tip = standing.repository, standing.tip
    if repository is None or tip is None:
        return None
    # A project without a past does not wait for all that is imported for one.
    from vsmdocs.site.changes import WholePast

    return WholePast.read(workspace, repository, tip, **options)


def _read(workers: Workers[Maker], files: Sequence[MapFile], say: Report) -> list[tuple[int, Read]]:
    """Let workers read all files; return with each part the worker that keeps it."""
    portions = _shared_out(files, _portions_of(len(files), workers.count))
    say("Reading maps", 0, len(files))
    read, done = [], 0
    tasks = [(number % workers.count, portion) for number, portion in enumerate(portions)]
    for worker, part in workers.run(Maker.read, tasks):
        read.append((worker, part))
        done += len(files) // len(portions)
        say("Reading maps", min(done, len(files)), len(files))
    return read


def _jobs(
    read: Sequence[tuple[int, Read]],
    folder: SiteFolder,
    count: int,
    past: WholePast | None,
) -> list[tuple[int, Job]]:
    """Share streams out so that each is made where the first of its maps was read.

    A stream with a long past is as much work as many without.
    """
    versions: dict[str, int] = {}
    for history in past.history.maps if past is not None else ():
        versions[history.stream] = versions.get(history.stream, 0) + len(history.snapshots)
    home: dict[str, int] = {}
    streams: dict[str, list[tuple[Identity, MapFile]]] = {}
    broken = _broken(read, past) if past is not None else {}
    everything = [(entry, worker) for worker, part in read for entry in part.maps]
    for entry, worker in sorted(everything, key=lambda pair: pair[0][1].shown):
        stream = entry[0][0]
        home.setdefault(stream, worker)
        streams.setdefault(stream, []).append(entry)
    for stream in broken:
        home.setdefault(stream, 0)
        streams.setdefault(stream, [])
    jobs = []
    for worker in range(count):
        mine = [stream for stream in sorted(streams) if home[stream] == worker]
        work = sum(len(streams[stream]) + versions.get(stream, 0) for stream in mine)
        for some in _shared_out(mine, min(max(_portions_of(work), 1), len(mine))):
            entries = [entry for stream in some for entry in streams[stream]]
            known = identities((identity, file.shown) for identity, file in entries)
            lost = [history for stream in some for history in broken.get(stream, ())]
            jobs.append((worker, Job(entries, known, lost, folder)))
    return jobs


def _broken(read: Sequence[tuple[int, Read]], past: WholePast) -> dict[str, list[MapHistory]]:
    """Return by stream the past of maps whose files cannot be read now."""
    paths = {finding.path for _, part in read for finding in part.findings}
    found: dict[str, list[MapHistory]] = {}
    for history in past.history.maps:
        if history.snapshots[-1].path.removeprefix(past.repository.prefix) in paths:
            found.setdefault(history.stream, []).append(history)
    return found


def _portions_of(maps: int, multiple: int = 1) -> int:
    """Return in how many portions to work on maps, so that workers get as much each."""
    return -(-maps // (_PORTION * multiple)) * multiple


def _shared_out(parts: Sequence[Part], portions: int) -> list[list[Part]]:
    """Cut a sequence into this many runs of about the same length, none of them empty."""
    cuts = [len(parts) * number // portions for number in range(portions + 1)] if parts else []
    return [list(parts[a:b]) for a, b in pairwise(cuts) if a < b]


def _schemas(known: Cache, base_url: str | None) -> list[tuple[str, str]]:
    """Return path and text of the schemas, which depend on the code and the address alone."""
    key = base_url or ""
    kept = known.find("schemas", [key]).get(key)
    if isinstance(kept, list):
        return [(path, text) for path, text in kept]
    from vsmdocs.schemas import site_files

    found = list(site_files(base_url))
    known.keep("schemas", {key: found})
    return found


class _Site:
    """Gathers what the pages about all streams need, while the others are written."""

    def __init__(
        self,
        findings: Iterable[Finding],
        files: int,
        workspace: Workspace,
        past: WholePast | None,
        schemas: Iterable[tuple[str, str]],
        own: OwnPages,
    ) -> None:
        self.findings = list(findings)
        self._schemas, self._own = schemas, own
        self._workspace, self._past = workspace, past
        self._files = files
        self._streams: list[MadeStream] = []
        self._pages = 0
        self._slices: dict[str, MadeBefore] = {}
        self._warnings: list[str] = []

    def add(self, part: Made) -> None:
        self._streams += part.streams
        self.findings += part.findings
        self._warnings += part.warnings

    def write(self, folder: SiteFolder, pages: Pages, cache: Path | None, work: Work) -> None:
        self._streams.sort(key=lambda stream: stream.name)
        if not self._streams:
            pages.without_slices()
        errors = len({f.path for f in self.findings if f.severity == "error"})
        home = home_view([stream.row for stream in self._streams], errors)
        self.findings += self._of_settings()
        tables = [stream.csv.partition("\n") for stream in self._streams]
        table = [*tables[0][:2], *(rows for _, _, rows in tables)] if tables else []
        folder.write("index.html", pages.home(home))
        folder.write("method/index.html", pages.method())
        folder.write("data/metrics.csv", "".join(table))
        for name, data in dict(pages.assets.values()).items():
            folder.write(name, data)
        for name, text in self._schemas:
            folder.write(name, text)
        if pages.cards:
            with Cache(cache) as known:
                rows = [stream.row for stream in self._streams]
                write_site_card(folder, pages, known, home, rows)
        elif self._workspace.settings.site.base_url:
            self._warnings.append(NO_CARDS)
        owner_pages, self._slices = write_slices(folder, pages, self._streams, errors, work)
        write_finding(folder, pages, self._streams, owner_pages, self._own.listed)
        if self._past is not None:
            self._past.write(folder, self._workspace, pages, self._streams)
        self._write_own(folder, pages)
        checks = pages.checks(self.findings, self._files, self._hrefs())
        folder.write("checks/index.html", checks)
        histories = self._past.history.maps if self._past is not None else ()
        site = self._workspace.settings.site
        # Last of all, since it lists what there is.
        write_addresses(folder, pages, self._streams, histories, site.aliases, site.base_url or "")
        files = {*folder.names, *(name for stream in self._streams for name in stream.files)}
        self._pages = sum(name.endswith(".html") for name in files)

    def _write_own(self, folder: SiteFolder, pages: Pages) -> None:
        """Write the project's own pages, which may lead to anything that was written before."""
        if not self._own.pages and not self._own.findings:
            return
        known = {*folder.names, *(name for stream in self._streams for name in stream.files)}
        known |= {"checks/index.html", *(one.href for one in self._own.pages.values())}
        found = [*self._own.findings, *self._own.write(folder, pages, self._hrefs(), known)]
        found = self._workspace.settings.check.policy().apply(found)
        self.findings += found
        told = (one for one in found if one.severity == "warning")
        self._warnings += [f"{one.place}: {one.message}" for one in told]

    def _of_settings(self) -> list[Finding]:
        """Return what of the settings does not go with the maps that there are."""
        if not self._workspace.settings.site.aliases:
            return []
        from vsmdocs.workspace.aliases import alias_findings

        names = {stream.name for stream in self._streams}
        return alias_findings(self._workspace, names, [one.path for one in self.findings])

    def _hrefs(self) -> dict[str, str]:
        return {path: href for stream in self._streams for path, href in stream.hrefs.items()}

    def manifest(self) -> dict[str, MadeBefore]:
        streams = {one.name: MadeBefore(one.key, one.files) for one in self._streams}
        return streams | self._slices

    def result(self) -> BuildResult:
        return BuildResult(
            self._pages,
            len(self._hrefs()),
            tuple(sorted(self.findings)),
            tuple(sorted(self._warnings)),
            self._past.warnings if self._past is not None else (),
        )
