"""What the search of a site is made of: by stream where a stream is made, joined at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from vsmdocs.language import tr
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.past_view import newest_first
from vsmdocs.rendering.pages.search_entries import found_stream
from vsmdocs.rendering.pages.search_index import (
    FoundOwner,
    FoundPage,
    found_changes,
    found_terms,
    index_script,
    pointer_script,
    stream_json,
)
from vsmdocs.rendering.pages.search_page import (
    FIND,
    everything_page,
    everything_view,
    owner_anchor,
    stream_listing,
)
from vsmdocs.rendering.pages.slice_addresses import system_href, tag_href
from vsmdocs.rendering.pages.stream_view import ShownMap, main_map, stream_href
from vsmdocs.site.folder import SiteFolder

if TYPE_CHECKING:
    from vsmdocs.site.made import MadeStream
    from vsmdocs.site.own_pages import OwnLink

POINTER = "assets/search.js"
MOST_CHANGES = 200
"""Of the newest changes, how many can be found; the rest stand in the streams' changelogs."""


class Findable(NamedTuple):
    """What can be found in one stream, finished: joining it with others is putting it in line."""

    data: str
    """Its part of the index."""
    listing: str
    """Its lines on the page of everything."""
    owners: tuple[str, ...]


def findable(pages: Pages, maps: tuple[ShownMap, ...]) -> Findable:
    """Return what can be found in a stream."""
    main = main_map(maps).map
    found = found_stream(main.title, main.owner or "", [shown.map for shown in maps])
    return Findable(stream_json(found), str(stream_listing(pages, found)), found.owners)


def write_finding(
    folder: SiteFolder,
    pages: Pages,
    streams: Sequence[MadeStream],
    owner_pages: Mapping[str, str],
    own: Iterable[OwnLink] = (),
) -> None:
    """Write the page of everything, and what its search loads.

    `owner_pages` gives an owner's page below the site's root, where there is one; `own` are the
    project's own pages.
    """
    owners = _owners(streams, owner_pages)
    entries = newest_first((entry for one in streams for entry in one.entries), MOST_CHANGES)
    changes = found_changes(entries)
    links = [Link(one.row.row.title, stream_href(one.name)) for one in streams]
    # The streams' own listings are pages' parts, escaped when they were rendered.
    listings = [Markup(one.search.listing) for one in streams]
    past = next((link.href for link in pages.site.nav if link.section == "changes"), "")
    view = everything_view(listings, links, owners, changes, past if changes else "")
    what = tr("page")
    nav = tuple(FoundPage(link.name, link.href, what) for link in pages.site.nav)
    at_top = {link.href for link in pages.site.nav}
    nav += tuple(FoundPage(one.title, one.href, what) for one in own if one.href not in at_top)
    slices = _slices(streams, frozenset(folder.names))
    index = index_script(
        (one.search.data for one in streams), owners, changes, (*nav, *slices, *found_terms())
    ).encode()
    name = f"search.{hashlib.sha256(index).hexdigest()[:10]}.js"
    folder.write(FIND.href, everything_page(pages, view))
    folder.write(f"assets/{name}", index)
    folder.write(POINTER, pointer_script(name))


def _slices(streams: Sequence[MadeStream], written: Collection[str]) -> list[FoundPage]:
    """Return the pages of tags and systems, those that were written."""
    states = [state for stream in streams for state in stream.slice.states]
    tags = dict.fromkeys(tag for state in states for tag in state.tags)
    systems = dict.fromkeys(system for state in states for system in state.systems)
    tag, system = tr("tag"), tr("system")
    found = [FoundPage(name, tag_href(name), tag) for name in sorted(tags)]
    found += [FoundPage(name, system_href(name), system) for name in sorted(systems)]
    return [page for page in found if page.href in written]


def _owners(streams: Sequence[MadeStream], owner_pages: Mapping[str, str]) -> list[FoundOwner]:
    where: dict[str, list[int]] = {}
    for number, stream in enumerate(streams):
        for name in stream.search.owners:
            where.setdefault(name, []).append(number)
    ordered = sorted(where.items(), key=lambda item: (item[0].casefold(), item[0]))
    return [
        FoundOwner(
            name, owner_pages.get(name) or f"{FIND.href}#{owner_anchor(number)}", tuple(found)
        )
        for number, (name, found) in enumerate(ordered)
    ]
