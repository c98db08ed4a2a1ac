"""Where links lead: to a file that is there, by its exact name, and to a place in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

_ADDRESSES = ("href", "src", "{http://www.w3.org/1999/xlink}href")


def addresses(tree: Element) -> list[str]:
    """Return every address that a page names, in its order."""
    return [
        element.attrib[name] for element in tree.iter() for name in _ADDRESSES
        if name in element.attrib
    ]  # fmt: skip


def dead(site: Path, trees: Mapping[str, Element], base: str = "/") -> list[str]:
    """Return the links of pages that lead nowhere, with what is wrong with each.

    The page for what is not there is answered at any address, so that its links begin at `base`,
    the site's own path on its host.
    """
    # Names as the file system lists them: some find a file under any case.
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ids = {
        page: {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
        for page, tree in trees.items()
    }
    found = []
    for page, tree in trees.items():
        for address in addresses(tree):
            if page == "404.html" and address.startswith(base):
                address = address.removeprefix(base)
            parts = urlsplit(address)
            if parts.scheme:
                continue
            problem = _problem(page, parts.netloc, unquote(parts.path), files)
            target = _target(page, unquote(parts.path)) if parts.path else page
            fragment = unquote(parts.fragment)
            if not problem and fragment and fragment not in ids.get(target, {fragment}):
                problem = "has no such place"
            if problem:
                found.append(f"{page}: {address} {problem}")
    return found


def _problem(page: str, host: str, path: str, files: set[str]) -> str:
    if host or path.startswith("/"):
        return "is not relative"
    if path.endswith("/"):
        return "leads to a folder, which file:// cannot open"
    if not path:
        return ""
    target = _target(page, path)
    if target.startswith(".."):
        return "leaves the site"
    return "" if target in files else "leads nowhere"


def _target(page: str, path: str) -> str:
    """Return where a relative address leads, below the site's folder."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / path).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def reached(trees: Mapping[str, Element], start: str = "index.html") -> set[str]:
    """Return the pages to which links lead from the start page, over however many others."""
    found, waiting = {start}, [start]
    while waiting:
        page = waiting.pop()
        for address in addresses(trees[page]):
            parts = urlsplit(address)
            target = _target(page, unquote(parts.path))
            if not parts.scheme and parts.path and target in trees and target not in found:
                found.add(target)
                waiting.append(target)
    return found
