"""What `check` finds in what a project brings along for its site, without making any page.

Most projects have neither pages nor templates of their own, and nothing is imported for them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from vsmdocs.errors import ConfigError, Finding
from vsmdocs.workspace import Workspace


class OwnChecked(NamedTuple):
    """The files of a project's own site, and what is found in them."""

    files: tuple[str, ...]
    """By path below the root, those included that could not be read."""
    findings: tuple[Finding, ...]


def check_own(workspace: Workspace, maps: Collection[str]) -> OwnChecked:
    """Check the project's templates, logo and pages; `maps` are the files that pages can name."""
    theme = workspace.settings.theme
    found: list[Finding] = []
    files: list[str] = []
    if theme.logo or theme.templates:
        from vsmdocs.site.brand import read_look

        try:
            read_look(workspace)
        except ConfigError as error:
            found += error.findings
    if (workspace.root / workspace.settings.site.pages).is_dir():
        from vsmdocs.site.own_pages import OwnPages

        try:
            own = OwnPages.read(workspace)
        except ConfigError as error:
            found += error.findings
        else:
            found += own.check(maps)
            files += own.files
    return OwnChecked(tuple(sorted({*files, *(one.path for one in found)})), tuple(sorted(found)))
