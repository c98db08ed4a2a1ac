"""The verbs that begin something: a project, and a map in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from vsmdocs import __version__
from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs init                  in the folder of your repository
  $ vsmdocs init team-maps        in another one, made if it is not there
  $ vsmdocs init --ci gitlab      with a pipeline for GitLab
  $ vsmdocs init --git            and git compares and merges maps as maps

\b
Nothing that exists is changed: a file that is there stays, and what would have to be added to
it by hand is said. Without --ci the repository's remote decides, then what lies beside it.
In a clone of a project that is set up, --git does its own part alone.
"""
)
@takes_common
def init(
    given: Given,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The project's folder.", show_default=False)
    ] = Path(),
    ci: Annotated[
        Literal["github", "gitlab", "none"] | None,
        typer.Option("--ci", help="For which continuous integration workflows are written."),
    ] = None,
    git: Annotated[
        bool, typer.Option("--git", help="Set up git's diff and merge of maps in this clone.")
    ] = False,
) -> int:
    """Set up a project: settings, a first map to fill in, and workflows."""
    from vsmdocs.starting.start import start_project
    from vsmdocs.starting.telling import told

    root = (given.root or Path()) / folder
    started = start_project(root, ci, git, date.today(), __version__)
    given.terminal.say(told(started))
    return 0


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs new incidents                                 maps/incidents/current.md
  $ vsmdocs new incidents --from current                  its future, as it is today
  $ vsmdocs new incidents --state future --variant q2     another future
  $ vsmdocs new incidents --state ideal --title "Calm"

\b
A copy keeps steps, times and comments. It leaves out what people found when they walked the
stream (evidence, mapped_on, review_by, stated totals), what is being tried there, and the prose.
"""
)
@takes_common
def new(
    given: Given,
    stream: Annotated[
        str, typer.Argument(metavar="STREAM", help="A short name, such as feature-delivery.")
    ],
    state: Annotated[
        Literal["current", "future", "ideal"] | None,
        typer.Option("--state", help="Which state of it. [default: current; with --from future]"),
    ] = None,
    variant: Annotated[
        str, typer.Option("--variant", metavar="NAME", help="Tells several futures apart.")
    ] = "",
    source: Annotated[
        str,
        typer.Option("--from", metavar="STATE", help="Begin with that map of the same stream."),
    ] = "",
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What the map is called.")
    ] = None,
) -> int:
    """Write a new map to fill in, or one that begins as another state of its stream."""
    from vsmdocs.starting.newmap import add_map
    from vsmdocs.starting.scaffold import Identity

    terminal, workspace = given.terminal, given.open_workspace()
    identity = Identity(stream, state or ("future" if source else "current"), variant)
    path = add_map(workspace, identity, source, title, date.today())
    terminal.say(
        f"New: {workspace.root / path}\nPut your steps and numbers into it, then: vsmdocs check"
    )
    return 0
