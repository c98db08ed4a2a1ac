"""What the search of a site loads: the library, and behind it all that can be found, as data.

A script file, since a page opened from disk may load scripts and nothing else. The data is
JSON: arrays of text and numbers, none of which is ever run. `templates/script/search.js` reads
it; both name the places in a row in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vsmdocs.language import tr
from vsmdocs.model.terms import TERMS
from vsmdocs.rendering.pages.past_view import VersionEntry
from vsmdocs.rendering.pages.search_entries import FoundStream
from vsmdocs.rendering.pages.theme import templates_folder


class FoundOwner(NamedTuple):
    """Who answers for something, anywhere."""

    name: str
    href: str
    """A page below the site's root."""
    streams: tuple[int, ...]
    """By their place among all streams."""


class FoundChange(NamedTuple):
    """One version of a map."""

    title: str
    href: str
    where: str
    """Stream and state."""
    words: str
    """What else it is found by."""
    date: str
    author: str


class FoundPage(NamedTuple):
    """A page about no stream in particular, or a place on one."""

    title: str
    href: str
    what: str


def stream_json(found: FoundStream) -> str:
    """Return a stream's part of the index."""
    return _json(found)


def found_changes(entries: Iterable[VersionEntry]) -> tuple[FoundChange, ...]:
    """Return versions as they are found: each leads to its page, or to its line in a list."""
    return tuple(
        FoundChange(
            entry.headline,
            entry.href or f"streams/{entry.stream}/changelog.html#{entry.anchor}",
            f"{entry.title}, {entry.state}",
            f"{entry.subject} {entry.request} {entry.commit} {' '.join(entry.milestones)}".strip(),
            entry.date,
            entry.author,
        )
        for entry in entries
    )


def found_terms() -> tuple[FoundPage, ...]:
    """Return the places on the page of terms."""
    what = tr("term")
    return tuple(FoundPage(tr(term.name), f"method/index.html#{term.id}", what) for term in TERMS)


def index_script(
    streams: Iterable[str],
    owners: Sequence[FoundOwner],
    changes: Sequence[FoundChange],
    pages: Sequence[FoundPage],
) -> str:
    """Return the script of the search; `streams` are their parts of the index."""
    folder = templates_folder() / "vendor"
    licence = (folder / "minisearch-LICENSE.txt").read_text("utf-8").replace("*/", "* /")
    # Without its last line, which would have a browser's tools look for a file that is not here.
    library = (folder / "minisearch.js").read_text("utf-8").rpartition("//# sourceMappingURL")[0]
    data = f"[[{','.join(streams)}],{_json(owners)},{_json(changes)},{_json(pages)}]"
    return f"/*! MiniSearch 7.2.0\n{licence}*/\n{library}globalThis.vsmdocsSearch = {data};\n"


def pointer_script(index: str) -> str:
    """Return the script that says what the index is called now.

    Its own name stays, because a page that did not change does not know of an index that did.
    """
    return f"globalThis.vsmdocsIndex = {_json(index)};\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
