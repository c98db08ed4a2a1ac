"""What a site tells of the past of all its streams: read first, and written last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from heapq import nlargest
from pathlib import Path

from vsmdocs.cache import Cache
from vsmdocs.errors import HistoryError
from vsmdocs.history.kept import places_of
from vsmdocs.history.read import read_history
from vsmdocs.history.repository import Repository
from vsmdocs.language import tr, tr_n
from vsmdocs.model.snapshot import RepositoryHistory
from vsmdocs.rendering.history_report import missing_warnings
from vsmdocs.rendering.pages.forge import Forge
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.past_pages import CHANGES, PastPages
from vsmdocs.rendering.pages.past_view import (
    ChangesView,
    PageLink,
    feed_view,
    missing_sentences,
    newest_first,
)
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.made import MadeStream
from vsmdocs.site.past import NEWEST, PastWork
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.workspace import Report


class WholePast:
    """The past of a project, for a build."""

    sections: tuple[Link, ...] = (CHANGES,)
    """Its links at the top of every page."""
    pages = ("version", "compare", "changelog", "changes", "history", "gap")
    """Its templates."""

    def __init__(self, repository: Repository, history: RepositoryHistory) -> None:
        self.repository, self.history = repository, history
        self.missing = missing_sentences(history)
        """What readers have to know is not there."""
        self.warnings = tuple(missing_warnings(history))
        """The same for whoever builds, with what to do."""

    @classmethod
    def read(
        cls,
        workspace: Workspace,
        repository: Repository,
        tip: str,
        *,
        cache: Path | None,
        fetch: bool,
        whole: bool,
        report: Report | None,
    ) -> WholePast:
        """Read the past up to the commit `tip`.

        Raises
        ------
        HistoryError
            When a part is missing and `whole` is asked for.
        """
        with Cache(cache) as known:
            history = read_history(
                repository, tip, workspace.settings.maps, cache=known, report=report, fetch=fetch
            )
        past = cls(repository, history)
        if whole and past.warnings:
            raise HistoryError(past.warnings[0])
        return past

    def work(
        self, workspace: Workspace, pages: Pages, engine: str, today: date,
        output: Path, key: str, forge: Forge | None,
    ) -> PastWork:  # fmt: skip
        """Return what the pages of single streams are made with."""
        places = (place for one in self.history.maps for place in places_of(one.snapshots))
        return PastWork(
            workspace,
            self.repository,
            self.history,
            PastPages(pages),
            engine,
            today,
            output,
            key,
            forge,
            since=min(nlargest(NEWEST, places), default=0),
        )

    def write(
        self, folder: SiteFolder, workspace: Workspace, pages: Pages, streams: Sequence[MadeStream]
    ) -> None:
        """Write the page and the feed of what changed in any stream."""
        settings, own = workspace.settings.site, PastPages(pages)
        told = (entry for stream in streams for entry in stream.entries)
        entries = newest_first(told, NEWEST)
        links = tuple(
            PageLink(stream.row.row.title, f"streams/{stream.name}/changelog.html")
            for stream in streams
        )
        view = ChangesView(_summary(len(entries)), links, tuple(entries))
        base = settings.base_url or ""
        feed = feed_view(
            tr("{title}: changes", title=settings.title),
            entries,
            page=f"{base or '../'}{CHANGES.href}",
            own=f"{base}changes/feed.xml" if base else "",
            root=base or "../",
        )
        folder.write(CHANGES.href, own.changes(view))
        folder.write("changes/feed.xml", own.feed(feed))


def _summary(count: int) -> str:
    if count < 2:
        return tr("Every version of all maps.")
    return tr_n(
        "The newest version of all maps.",
        "The newest {n} versions of all maps.",
        count,
        n=f"{count:,}",
    )
