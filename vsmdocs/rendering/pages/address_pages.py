"""Pages for addresses at which there is nothing: one that moved, and one that never was."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from markupsafe import Markup

from vsmdocs.language import tr
from vsmdocs.rendering.pages.pages import HOME, Link, PageContext, Pages

MISSING = "404.html"
"""Where forges and servers look for what they show in place of a page that is not there."""
MOST_LISTED = 200


def moved_page(pages: Pages, old: str, title: str, href: str, now: str) -> str:
    """Return the page at `href` of a stream once called `old`, which leads on to `now`.

    It says so to search engines and to browsers, and to people where neither of these helps.
    """
    up = "../" * href.count("/")
    page = PageContext(
        up,
        "streams",
        tr("Moved"),
        (HOME,),
        canonical=pages.address(now) or up + now,
    )
    return pages.render("redirect", page, old=old, title=title, target=up + now)


def missing_page(pages: Pages, base_url: str, streams: Sequence[Link]) -> str:
    """Return the page for addresses at which there is nothing.

    It is shown at any depth, so links work only where the site's own path is known. Elsewhere
    it has none, and carries its style with it.
    """
    root = urlsplit(base_url).path if base_url else ""
    page = PageContext(root, "", tr("Not found"))
    # The browser hashes what stands between the tags.
    style = pages.style.replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return pages.render(
        "missing" if base_url else "missing_alone",
        page,
        streams=streams[:MOST_LISTED],
        more=max(len(streams) - MOST_LISTED, 0),
        style=Markup(style),
        style_hash=f"sha256-{digest}",
    )
