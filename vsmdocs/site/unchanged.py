"""Whether a build would make the very site that is there already, told without making it.

Little is imported here, because most of the time of such a build is spent on imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vsmdocs.cache import Cache, code_digest
from vsmdocs.site.manifest import content_digest, digest, load, untouched
from vsmdocs.site.result import BuildResult, from_plain
from vsmdocs.workspace import Workspace

if TYPE_CHECKING:
    from vsmdocs.history.repository import Repository


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build starts from: looked up once, since every question to git starts a program."""

    repository: Repository | None
    tip: str | None
    """The commit whose past is shown; None where there is none yet."""
    key: str
    """What a site depends on: code, settings, day, working tree, and all of the past.

    Empty where that cannot be told in short: what a partial clone has can change by itself.
    """

    @classmethod
    def of(cls, workspace: Workspace, today: date) -> Standing:
        """Return how a project stands now."""
        repository = workspace.repository()
        past: tuple[object, ...] = ()
        tip = None
        if repository is not None:
            tip = repository.resolve("HEAD")
            if repository.promisor:
                return cls(repository, tip, "")
            past = (tip, repository.tags_and_end)
        found = workspace.find_any()
        files = content_digest(file.path for file in found.files)
        where = str(workspace.root), workspace.settings
        key = digest(code_digest(), where, today, past, files, found.findings)
        return cls(repository, tip, key)


def unchanged(output: Path, cache: Cache, key: str) -> BuildResult | None:
    """Return what the last build made, where this one would make the same and it is all there."""
    known = load(cache, output)
    if not key or known.key != key or known.result is None or not untouched(output, known):
        return None
    return from_plain(known.result)
