"""What a site says of its addresses: where streams moved to, what there is, and what is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from vsmdocs.rendering.pages.address_pages import MISSING, missing_page, moved_page
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.stream_view import stream_href
from vsmdocs.rendering.sitemap import Listed, robots, sitemaps
from vsmdocs.site.folder import SiteFolder

if TYPE_CHECKING:
    from vsmdocs.model.snapshot import MapHistory
    from vsmdocs.site.made import MadeStream

PAGES = ("redirect", "missing", "missing_alone")
"""Their templates."""


def write_addresses(
    folder: SiteFolder,
    pages: Pages,
    streams: Sequence[MadeStream],
    histories: Sequence[MapHistory],
    aliases: Mapping[str, str],
    base_url: str,
) -> None:
    """Write redirects, the page for what is not there, and the list of all that is.

    Comes after all other pages, which it lists.
    """
    files = {name for stream in streams for name in stream.files} | set(folder.names)
    readable = sorted(name for name in files if name.endswith(".html"))
    for old, new in moves({one.name for one in streams}, aliases, histories).items():
        title = next(one.row.row.title for one in streams if one.name == new)
        for href, now in _moved(old, new, readable):
            folder.write(href, moved_page(pages, old, title, href, now))
    links = [Link(one.row.row.title, stream_href(one.name)) for one in streams]
    folder.write(MISSING, missing_page(pages, base_url, links))
    if not base_url:
        return
    days = _days(histories)
    listed = [Listed(name, _modified(name, days)) for name in readable]
    for name, text in sitemaps(base_url, listed):
        folder.write(name, text)
    folder.write("robots.txt", robots(base_url))


def moves(
    streams: Collection[str], aliases: Mapping[str, str], histories: Iterable[MapHistory]
) -> dict[str, str]:
    """Return by the old names of streams what they are called now.

    The settings say it, and history where its maps agree on it. A stream's own name leads to it.
    """
    found: dict[str, set[str]] = {}
    for history in histories:
        for old in history.former:
            found.setdefault(old, set()).add(history.stream)
    told = {old: min(now) for old, now in found.items() if len(now) == 1}
    both = {**told, **aliases}
    return {old: new for old, new in sorted(both.items()) if old not in streams and new in streams}


def _moved(old: str, new: str, readable: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Give the pages about a stream, but not those of single versions, at old and new address."""
    above = f"streams/{new}/"
    for now in readable:
        name = now.removeprefix(above)
        if name != now and "/" not in name:
            yield f"streams/{old}/{name}", now


def _days(histories: Iterable[MapHistory]) -> dict[str, str]:
    """Return by stream the day of its newest commit, and that of all as the one of no name."""
    found: dict[str, str] = {}
    for history in histories:
        revision = history.snapshots[-1].revision
        if revision is not None:
            day = f"{revision.committed_at:%Y-%m-%d}"
            for name in (history.stream, ""):
                found[name] = max(found.get(name, ""), day)
    return found


def _modified(name: str, days: Mapping[str, str]) -> str:
    """Return when a page was last changed by a commit, where that can be told."""
    if name == "index.html" or name.startswith("changes/"):
        return days.get("", "")
    parts = name.split("/")
    # What a version is like does not change any more.
    return days.get(parts[1], "") if parts[0] == "streams" and len(parts) == 3 else ""
