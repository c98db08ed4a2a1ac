"""Whether a build would make the very site that is there already, told without making it.

Little is imported here, because most of the time of such a build is spent on imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vsmdocs.cache import Cache, code_digest
from vsmdocs.rendering.pages.forge import Forge, forge_of
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
    forge: Forge | None = None
    """Where its source can be looked at and edited."""

    @classmethod
    def of(cls, workspace: Workspace, today: date) -> Standing:
        """Return how a project stands now."""
        repository = workspace.repository()
        forge = _forge(workspace, repository)
        past: tuple[object, ...] = ()
        tip = None
        if repository is not None:
            tip = repository.resolve("HEAD")
            if repository.promisor:
                return cls(repository, tip, "", forge)
            past = (tip, repository.tags_and_end)
        found = workspace.find_any()
        own = own_files(workspace)
        files = content_digest([*(file.path for file in found.files), *own])
        where = str(workspace.root), workspace.settings
        key = digest(code_digest(), where, today, past, files, found.findings, forge)
        return cls(repository, tip, key, forge)


def own_files(workspace: Workspace) -> list[Path]:
    """Return the files that are no maps and a site is made of all the same."""
    theme, pages = workspace.settings.theme, workspace.settings.site.pages
    logos = {*(theme.logo or ())}
    folders = [one for one in (theme.templates, pages) if one and (workspace.root / one).is_dir()]
    if not logos and not folders:
        return []
    from vsmdocs.workspace.own_files import list_own

    listed = (f"{folder}/{name}" for folder in folders for name in list_own(workspace, folder))
    return [workspace.root / path for path in (*sorted(logos), *listed)]


def _forge(workspace: Workspace, repository: Repository | None) -> Forge | None:
    """Return where the source is on the web: as it is set, else as the repository knows it."""
    site = workspace.settings.site
    if repository is None:
        return forge_of(site.repository, site.forge, site.branch)
    # The address of a remote can hold a password, and goes no further than from here to there.
    remote = "" if site.repository else repository.remote_address
    if not (site.repository or remote) or site.forge == "none":
        return None
    return forge_of(
        site.repository,
        site.forge,
        site.branch,
        remote=remote,
        default_branch="" if site.branch else repository.default_branch_name,
        folder=repository.prefix,
    )


def unchanged(output: Path, cache: Cache, key: str) -> BuildResult | None:
    """Return what the last build made, where this one would make the same and it is all there."""
    known = load(cache, output)
    if not key or known.key != key or known.result is None or not untouched(output, known):
        return None
    return from_plain(known.result)
