"""What kind a page is, told by where it stands in its site.

A page of a shape that is not in this list fails a test, so that a new kind of page is not forgotten
by all the others. Add a line here when you add a kind; nothing else has to be told.
"""

from __future__ import annotations

import re
from pathlib import Path

# Whose name is another one now; the tests call such streams so, for the path alone does not tell.
_MOVED = "moved-"
_STREAM = rf"streams/(?!{_MOVED})[^/]+"
_STATE = r"(?:current|future)(?:-[^/]+)?"
KINDS = {
    "start": r"index\.html",
    "method": r"method/index\.html",
    "checks": r"checks/index\.html",
    "changes": r"changes/index\.html",
    "find": r"find/index\.html",
    "own": r"pages/.+\.html",
    "moved": rf"streams/{_MOVED}[^/]+/.+\.html",
    "missing": r"404\.html",
    "organisation": r"organisation/index\.html",
    "teams": r"teams/index\.html",
    "team": r"teams/(?!index)[^/]+\.html",
    "tag": r"tags/[^/]+\.html",
    "system": r"systems/[^/]+\.html",
    "stream": _STREAM + r"/index\.html",
    "map": rf"{_STREAM}/{_STATE}\.html",
    "poster": _STREAM + r"/poster\.html",
    "history": _STREAM + r"/history\.html",
    "changelog": _STREAM + r"/changelog\.html",
    "gap": _STREAM + r"/gap-future(?:-[^/]+)?\.html",
    "version": _STREAM + r"/versions/[^/]+/[^/]+\.html",
    "compare": _STREAM + r"/compare/[^/]+/[^/]+\.html",
}
"""By kind, the shape of its pages' addresses below the site's folder."""
SEEN = [kind for kind in KINDS if kind != "moved"]
"""Those that one stays on to see."""


def kind_of(page: str) -> str | None:
    """Return the kind of a page, by its path below the site's folder; None for an unknown one."""
    found = [kind for kind, shape in KINDS.items() if re.fullmatch(shape, page)]
    assert len(found) <= 1, f"{page} is of several kinds: {', '.join(found)}"
    return found[0] if found else None


def sample(sites: dict[str, Path], kind: str, *names: str) -> tuple[Path, str]:
    """Return the first of some sites that has a kind of page, and the largest page of it."""
    for name in names or ("demo", "odd", "own"):
        pages = by_kind(sites[name]).get(kind)
        if pages:
            return sites[name], pages[0]
    raise AssertionError(f"no site has a page of the kind {kind}")


def pages_of(site: Path) -> list[str]:
    """Return every page of a site, by its path below the site's folder."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def by_kind(site: Path) -> dict[str, list[str]]:
    """Return the pages of a site by kind, the largest of each first; unknown ones are left out."""
    kinds: dict[str, list[str]] = {}
    for page in sorted(pages_of(site), key=lambda page: -(site / page).stat().st_size):
        kind = kind_of(page)
        if kind is not None:
            kinds.setdefault(kind, []).append(page)
    return kinds
