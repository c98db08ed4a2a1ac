"""What a page may do while it is served: what it may when published, and follow its changes.

A page says itself what its browser may load. Of that nothing is taken away; its own server is
added for the one script that is put in, for its style, and for the line on which it listens.
"""

from __future__ import annotations

import html
import re

_NEEDED = ("script-src", "style-src", "connect-src")
_META = re.compile(
    rb"""(<meta\b[^>]*\bhttp-equiv=["']?content-security-policy["']?[^>]*\bcontent=)("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_HEAD_ENDS = re.compile(rb"</head\s*>", re.IGNORECASE)


def followed(page: bytes, tag: bytes) -> bytes:
    """Return a page with a tag at the end of its head, and what it needs allowed."""
    page = _META.sub(_opened, page)
    end = _HEAD_ENDS.search(page)
    place = end.start() if end is not None else len(page)
    return page[:place] + tag + page[place:]


def opened(policy: str) -> str:
    """Return a policy that allows scripts, styles and connections of the page's own server."""
    said: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            # Of what stands twice the first counts.
            said.setdefault(words[0].lower(), words[1:])
    for name in _NEEDED:
        default = said.get("default-src")
        if name not in said and default is None:
            continue
        sources = [word for word in said.get(name, default or ()) if word.lower() != "'none'"]
        said[name] = sources if "'self'" in sources else ["'self'", *sources]
    return "; ".join(" ".join((name, *sources)) for name, sources in said.items())


def _opened(meta: re.Match[bytes]) -> bytes:
    policy = html.unescape(meta[2][1:-1].decode("utf-8", "replace"))
    return meta[1] + b'"' + html.escape(opened(policy)).replace("&#x27;", "'").encode() + b'"'
