"""The list of a site's pages for search engines, as https://www.sitemaps.org/ has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import escape

MOST = 50_000
"""Pages in one file."""
MOST_BYTES = 50_000_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Listed(NamedTuple):
    """One page."""

    href: str
    """Its file below the site's root."""
    modified: str = ""
    """The day it was last changed, where that is known."""


def sitemaps(
    base: str, pages: Sequence[Listed], *, most: int = MOST, most_bytes: int = MOST_BYTES
) -> list[tuple[str, str]]:
    """Return names and texts of the files: one, or several and an index of them."""
    entries = [_entry("url", base + quote(_shown(page.href)), page.modified) for page in pages]
    parts: list[list[str]] = [[]]
    size = 0
    for entry in entries:
        length = len(entry.encode())
        if parts[-1] and (len(parts[-1]) == most or size + length > most_bytes):
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += length
    if len(parts) == 1:
        return [("sitemap.xml", _whole("urlset", parts[0]))]
    files = [
        (f"sitemap-{number}.xml", _whole("urlset", part)) for number, part in enumerate(parts, 1)
    ]
    index = [_entry("sitemap", base + name, "") for name, _ in files]
    return [("sitemap.xml", _whole("sitemapindex", index)), *files]


def robots(base: str) -> str:
    """Return what tells robots that they are welcome, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"


def _shown(href: str) -> str:
    """Return a page's address as its canonical link has it."""
    head, slash, name = href.rpartition("/")
    return f"{head}{slash}" if name == "index.html" else href


def _entry(kind: str, address: str, modified: str) -> str:
    when = f"<lastmod>{escape(modified)}</lastmod>" if modified else ""
    return f"<{kind}><loc>{escape(address)}</loc>{when}</{kind}>\n"


def _whole(kind: str, entries: Sequence[str]) -> str:
    return f"{_HEAD}<{kind} {_SPACE}>\n{''.join(entries)}</{kind}>\n"
