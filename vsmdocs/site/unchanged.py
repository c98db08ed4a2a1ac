"""Whether a build would make the very site that is there already, told without making it.

Little is imported here, because most of the time of such a build is spent on imports.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from vsmdocs.cache import Cache, code_digest
from vsmdocs.site.manifest import content_digest, digest, load, untouched
from vsmdocs.site.result import BuildResult, from_plain
from vsmdocs.workspace import Workspace


def site_key(workspace: Workspace, today: date) -> str:
    """Return what a site depends on: code, settings, day, working tree, and all of the past.

    Empty where that cannot be told in short: what a partial clone has can change by itself.
    """
    repository = workspace.repository()
    past: tuple[object, ...] = ()
    if repository is not None:
        if repository.promisor:
            return ""
        past = (repository.resolve("HEAD"), repository.standing())
    found = workspace.find_any()
    files = content_digest(file.path for file in found.files)
    where = str(workspace.root), workspace.settings
    return digest(code_digest(), where, today, past, files, found.findings)


def unchanged(workspace: Workspace, output: Path, cache: Cache, key: str) -> BuildResult | None:
    """Return what the last build made, where this one would make the same and it is all there."""
    known = load(cache, output)
    if not key or known.key != key or known.result is None or not untouched(output, known):
        return None
    return from_plain(known.result)
