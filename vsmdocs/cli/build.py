"""The verb `build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import CacheFolder, Fetch, Full, Given, NoCache, takes_common
from vsmdocs.cli.showing import show_some
from vsmdocs.cli.words import count

if TYPE_CHECKING:
    from vsmdocs.site.result import BuildResult
    from vsmdocs.site.unchanged import Standing
    from vsmdocs.workspace import Workspace


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs build                    the maps in maps/ become site/
  $ vsmdocs build -o public          another output folder
  $ vsmdocs -C ../team build         another project

\b
Maps with errors are left out and listed on the page of checks; the exit code is then 1.
The output folder is replaced whole, and only if vsmdocs made it or it is empty.
"""
)
@takes_common
def build(
    given: Given,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Output folder. [default: site]"),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url", metavar="URL", help="Where it is published. [default: as it is set]"
        ),
    ] = None,
    cache_dir: CacheFolder = None,
    no_cache: NoCache = False,
    require_full_history: Full = False,
    fetch_missing: Fetch = False,
) -> int:
    """Build the site."""
    terminal, workspace = given.terminal, given.open_workspace()
    if base_url is not None:
        from vsmdocs.workspace.publishing import published_at

        workspace = published_at(workspace, base_url)
    if workspace.repository() is None:
        terminal.say("Not a git repository: the site has no history.")
    folder = workspace.output(output)
    kept = None if no_cache else workspace.cache_folder(cache_dir)
    standing, result = _made_already(workspace, folder, kept, require_full_history)
    if result is None:
        from vsmdocs.site.build import build_site

        with terminal.progress() as report:
            result = build_site(
                workspace,
                folder,
                standing=standing,
                report=report,
                cache=kept,
                fetch=fetch_missing,
                whole=require_full_history,
            )
    errors = [finding for finding in result.findings if finding.severity == "error"]
    for warning in (*result.missing, *result.warnings):
        terminal.say(f"Warning: {warning}")
    show_some(given, errors)
    about = f"{count(result.pages, 'page')} about {count(result.maps, 'map')}"
    terminal.say(f"{about}: {folder / 'index.html'}")
    return 1 if errors else 0


def _made_already(
    workspace: Workspace, folder: Path, kept: Path | None, whole: bool
) -> tuple[Standing | None, BuildResult | None]:
    """Return how the project stands, and what the last build made where this one would make it."""
    if kept is None or not kept.is_dir():
        return None, None
    from vsmdocs.cache import Cache
    from vsmdocs.site.output import absolute
    from vsmdocs.site.unchanged import Standing, unchanged

    with Cache(kept) as cache:
        standing = Standing.of(workspace, date.today())
        found = unchanged(absolute(folder), cache, standing.key)
    return standing, None if found is not None and whole and found.missing else found
