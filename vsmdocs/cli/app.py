"""The command itself, which verbs are added to, with the options that all of them take."""

from __future__ import annotations

from typing import Annotated

import typer

from vsmdocs import __version__
from vsmdocs.cli.options import Color, Quiet, Root, Verbose

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
A first site:
  $ vsmdocs build
  $ vsmdocs check

\b
Maps lie in maps/<stream>/<state>.md, such as maps/feature-delivery/current.md.
Exit code: 0 clean, 1 something was found, 2 usage, settings or environment.
""",
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"vsmdocs {__version__}")
        raise typer.Exit


@app.callback()
def start(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print it and exit."
        ),
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: Color = None,
) -> None:
    """Show where value gets stuck: value stream maps in a repository become a site."""
    ctx.obj.add(root, quiet, verbose, color)
