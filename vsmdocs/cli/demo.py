"""The verb that shows all of this on a repository of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs demo                     makes vsmdocs-demo/ and its site
  $ vsmdocs demo ../payments         another folder

\b
The folder has to be new or empty. The commits are the same every time.
"""
)
@takes_common
def demo(
    given: Given,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to make it.", show_default=True)
    ] = Path("vsmdocs-demo"),
) -> int:
    """Make a repository with eighteen months of history, and its site."""
    from vsmdocs.demo import END, fast_import, story
    from vsmdocs.history.making import make_repository
    from vsmdocs.site.build import build_site
    from vsmdocs.workspace import open_workspace

    terminal, commits = given.terminal, story()
    folder = (given.root or Path()) / folder
    make_repository(folder, fast_import(commits))
    workspace = open_workspace(folder, explicit=True)
    output = workspace.output()
    with terminal.progress() as report:
        result = build_site(workspace, output, today=END, report=report)
    for warning in result.warnings:
        terminal.say(f"Warning: {warning}")
    terminal.say(
        f"{len(commits)} commits in {folder}, made up from beginning to end\n"
        f"{result.pages:,} pages about {result.maps} maps: {output / 'index.html'}\n"
        f"The past in words: vsmdocs -C {folder} history feature-delivery"
    )
    return 0
