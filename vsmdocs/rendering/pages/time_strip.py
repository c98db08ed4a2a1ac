"""The strip of time on pages of maps and versions: one stop for each version that has a page.

A map's stops are one script beside its pages, which all of those load: a page that listed later
versions itself would have to be made anew with each of them, and from a disk no page may fetch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from vsmdocs.language import tr_n
from vsmdocs.rendering.pages.past_view import PageLink, VersionEntry

STOPS = ".versions.js"
_MOST_WORDS = 200
"""Versions, from the newest back, that are told in words; of all others the strip has the day."""
_LONGEST = 120
"""Characters of what a version did, enough for a line."""
_MOST_MILESTONES = 12


class MapInTime(NamedTuple):
    """The way from a map as it is now to its versions; all addresses are below the site's root."""

    newest: PageLink
    all: PageLink
    milestones: tuple[PageLink, ...]
    """The newest ones, oldest first."""
    stops: str
    """The script with all of them."""


def stops_file(stream: str, name: str) -> str:
    """Return where the script with a map's stops stands, below the site's root."""
    return f"streams/{stream}/{name}{STOPS}"


def map_in_time(stops: Sequence[VersionEntry], count: int) -> MapInTime:
    """Return the way to versions with a page, oldest first, out of this many."""
    newest = stops[-1]
    marked = [PageLink(mark, entry.href) for entry in stops for mark in entry.milestones]
    return MapInTime(
        newest=PageLink(newest.date, newest.href),
        all=PageLink(
            tr_n("{n} version", "{n} versions", count, n=f"{count:,}"),
            f"streams/{newest.stream}/changelog.html#{newest.anchor}",
        ),
        milestones=tuple(marked[-_MOST_MILESTONES:]),
        stops=stops_file(newest.stream, newest.name),
    )


def stops_script(stops: Sequence[VersionEntry], present: str) -> str:
    """Return the script that tells a page all stops, oldest first; `present` is the map's page.

    Addresses in it are relative to itself.
    """
    told = len(stops) - _MOST_WORDS
    below = f"versions/{stops[0].name}/"
    rows = [
        [
            entry.href.rpartition("/")[2].removesuffix(".html"),
            entry.time,
            entry.date,
            list(entry.milestones),
            _short(entry.headline) if place >= told or entry.milestones else "",
        ]
        for place, entry in enumerate(stops)
    ]
    known = {"below": below, "present": present.rpartition("/")[2], "stops": rows}
    # Text of strangers: plain ASCII, so that it is nothing but text in any encoding.
    data = json.dumps(known, separators=(",", ":"))
    return (
        'document.dispatchEvent(new CustomEvent("vsmdocs:stops",'
        f"{{detail:{{from:document.currentScript.src,...{data}}}}}));\n"
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
