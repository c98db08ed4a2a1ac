"""How much a page weighs that comes over a line: itself and all that it asks for, compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

_LOADS = re.compile(r"<(script|img|link)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_LINKS = {"stylesheet": "style", "icon": "icon"}


def assets_of(site: Path, page: str) -> dict[str, list[Path]]:
    """Return the style sheets, scripts, icons and images that a page loads."""
    found: dict[str, list[Path]] = {"style": [], "script": [], "icon": [], "image": []}
    for tag, words in _LOADS.findall((site / page).read_text("utf-8")):
        attributes = dict(_ATTRIBUTE.findall(words))
        kind = {"script": "script", "img": "image"}.get(tag) or _LINKS.get(attributes["rel"])
        place = attributes.get("src") or attributes.get("href")
        if kind and place and not place.startswith("data:"):
            found[kind].append(((site / page).parent / place).resolve())
    return found


def compressed(file: Path) -> int:
    """Return the bytes of a file as a web server sends it."""
    return len(gzip.compress(file.read_bytes(), 6, mtime=0))


def weight(site: Path, page: str) -> int:
    """Return the bytes that a reader gets who opens a page with nothing in the browser's cache."""
    assets = {file for files in assets_of(site, page).values() for file in files}
    return sum(compressed(file) for file in {site / page, *assets})
