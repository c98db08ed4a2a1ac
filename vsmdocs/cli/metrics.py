"""The verb `metrics`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common
from vsmdocs.cli.showing import show_some


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs metrics feature-delivery/current            one map
  $ vsmdocs metrics maps/feature-delivery/current.md    the same, by its file
  $ vsmdocs metrics feature-delivery                    all states of a stream
  $ vsmdocs metrics feature-delivery/current -f json    for other programs
"""
)
@takes_common
def metrics(
    given: Given,
    target: Annotated[
        str,
        typer.Argument(
            metavar="MAP|STREAM", help="A map's file or its stream/state, or a stream's name."
        ),
    ],
    format: Annotated[
        Literal["table", "json", "csv"],
        typer.Option("-f", "--format", help="How figures are printed."),
    ] = "table",
) -> int:
    """Print the figures of a map, or of every map of a stream."""
    from vsmdocs.cli.figures import figures, select

    terminal, workspace = given.terminal, given.open_workspace()
    with terminal.progress() as report:
        chosen = select(workspace, target, report)
    show_some(given, chosen.findings)
    terminal.put(figures(chosen, format))
    return 1 if chosen.findings else 0
