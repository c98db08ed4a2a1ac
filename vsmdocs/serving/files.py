"""The site's own files by the addresses that they are asked for, and nothing else.

What is asked for is a path of names below the site's folder, without links on the way. All else
is simply not there: what is hidden, what leads out, what some system reads in its own way.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

_NO_NAME = re.compile(r"\.|.*[\\:\x00-\x1f\x7f]", re.DOTALL)
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "woff2": "font/woff2",
    "webmanifest": "application/manifest+json",
}
"""By what a name ends in; what the machine thinks of types has no part in it."""
OTHER_TYPE = "application/octet-stream"


class File(NamedTuple):
    """A file of the site."""

    content: bytes
    type: str

    @property
    def is_page(self) -> bool:
        """Whether it is a page, which is followed."""
        return self.type == TYPES["html"]


def find(site: Path, address: str) -> File | None:
    """Return the file at an address, without its escapes; that of a folder is its index."""
    place = _place(site, f"{address}index.html" if address.endswith("/") else address)
    if place is None or not place.is_file():
        return None
    try:
        content = place.read_bytes()
    except OSError:
        return None
    return File(content, TYPES.get(place.suffix[1:].lower(), OTHER_TYPE))


def is_folder(site: Path, address: str) -> bool:
    """Return whether an address without a slash at its end is that of a folder with an index."""
    return not address.endswith("/") and find(site, f"{address}/") is not None


def digest(file: File | None) -> str:
    """Return what tells whether a page is the one that it was; empty where there is none."""
    return hashlib.sha256(file.content).hexdigest()[:20] if file is not None else ""


def _place(site: Path, address: str) -> Path | None:
    root, _, path = address.partition("/")
    names = path.split("/")
    if root or any(not name or _NO_NAME.match(name) for name in names):
        return None
    try:
        real = site.resolve(strict=True)
        place = real.joinpath(*names)
        # A link anywhere on the way makes it another.
        return place if place.resolve(strict=True) == place else None
    except (OSError, ValueError, RuntimeError):
        return None
