"""The verbs. Each parses, calls, prints and gives its exit code; what it needs it imports.

Exit codes: 0 clean, 1 something was found, 2 usage, settings or environment.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vsmdocs import __version__
from vsmdocs.cli.options import (
    CacheFolder,
    Color,
    Fetch,
    Full,
    Given,
    NoCache,
    Quiet,
    Root,
    Verbose,
    takes_common,
)
from vsmdocs.errors import Finding

if TYPE_CHECKING:
    from vsmdocs.analysis.numbers import Place
    from vsmdocs.reading import MapDocument
    from vsmdocs.site.result import BuildResult
    from vsmdocs.workspace import Workspace

_MOST_SHOWN = 5

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


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    try:
        code = app(list(arguments), prog_name="vsmdocs", standalone_mode=False, obj=Given())
    except Exception as error:
        # Typer's own: a word that it does not know, an option without its value.
        if not (hasattr(error, "show") and hasattr(error, "exit_code")):
            raise
        error.show()
        return 2
    return code if isinstance(code, int) else 0


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
    cache_dir: CacheFolder = None,
    no_cache: NoCache = False,
    require_full_history: Full = False,
    fetch_missing: Fetch = False,
) -> int:
    """Build the site."""
    terminal, workspace = given.terminal, given.open_workspace()
    if workspace.repository() is None:
        terminal.say("Not a git repository: the site has no history.")
    folder = workspace.output(output)
    kept = None if no_cache else workspace.cache_folder(cache_dir)
    result = _standing(workspace, folder, kept, require_full_history)
    if result is None:
        from vsmdocs.site.build import build_site

        with terminal.progress() as report:
            result = build_site(
                workspace,
                folder,
                report=report,
                cache=kept,
                fetch=fetch_missing,
                whole=require_full_history,
            )
    errors = [finding for finding in result.findings if finding.severity == "error"]
    for warning in (*result.missing, *result.warnings):
        terminal.say(f"Warning: {warning}")
    show_some(given, errors)
    about = f"{_count(result.pages, 'page')} about {_count(result.maps, 'map')}"
    terminal.say(f"{about}: {folder / 'index.html'}")
    return 1 if errors else 0


def _standing(
    workspace: Workspace, folder: Path, kept: Path | None, whole: bool
) -> BuildResult | None:
    """Return what the last build made, where the site stands as this one would make it."""
    if kept is None or not kept.is_dir():
        return None
    from vsmdocs.cache import Cache
    from vsmdocs.site.output import absolute
    from vsmdocs.site.unchanged import site_key, unchanged

    with Cache(kept) as cache:
        key = site_key(workspace, date.today())
        found = unchanged(workspace, absolute(folder), cache, key)
    return None if found is not None and whole and found.missing else found


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs check                             all maps
  $ vsmdocs check maps/feature-delivery       the maps of a folder
  $ vsmdocs check maps/incidents/current.md   a single one
  $ vsmdocs check -f json > findings.json     for other programs

\b
Errors and warnings give exit code 1, advice alone gives 0.
"""
)
@takes_common
def check(
    given: Given,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Maps or folders of them. [default: all maps]"),
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("-f", "--format", help="How findings are printed.")
    ] = "text",
) -> int:
    """Check maps, and say what is wrong at which line and column."""
    from vsmdocs.analysis.lint import run as lint
    from vsmdocs.rendering.findings_json import findings_json
    from vsmdocs.rendering.findings_text import render_findings

    terminal, workspace = given.terminal, given.open_workspace()
    with terminal.progress() as report:
        loaded = workspace.load(paths, report=report)
    today = date.today()
    stale = _stale(workspace, loaded.documents, today)
    findings = sorted([*loaded.findings, *lint(loaded.documents, today, stale=stale)])
    if format == "json":
        terminal.put(findings_json(findings))
    else:
        terminal.put(render_findings(findings, color=terminal.paints(sys.stdout)))
    terminal.say(f"{_count(loaded.files, 'map')} checked: {_tally(findings)}")
    return 1 if any(finding.severity != "info" for finding in findings) else 0


def _stale(
    workspace: Workspace, documents: Sequence[MapDocument], today: date
) -> dict[str, dict[Place, str]]:
    """Return which numbers are too old: the past is read only where any of them can be."""
    days = workspace.settings.stale_after_days
    asked = [d for d in documents if days or (d.map.review_by and d.map.review_by < today)]
    repository = workspace.repository() if asked else None
    tip = repository.resolve("HEAD") if repository is not None else None
    if repository is None or tip is None:
        return {}
    from vsmdocs.cache import Cache
    from vsmdocs.history.blame import find_stale
    from vsmdocs.history.read import read_history

    folder = workspace.settings.maps
    with Cache(workspace.cache_folder()) as cache:
        history = read_history(repository, tip, folder, cache=cache)
    return find_stale(repository, history, asked, folder, today, days)


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


def show_some(given: Given, findings: Sequence[Finding]) -> None:
    """Show the first errors on standard error, and where the others are to be had."""
    from vsmdocs.rendering.findings_text import render_findings

    if findings:
        terminal, more = given.terminal, len(findings) - _MOST_SHOWN
        terminal.say(render_findings(findings[:_MOST_SHOWN], color=terminal.paints(sys.stderr)))
        if more > 0:
            terminal.say(f"... and {_count(more, 'error')} more: vsmdocs check shows them")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _tally(findings: Sequence[Finding]) -> str:
    counts = {
        noun: sum(finding.severity == severity for finding in findings)
        for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "hint"))
    }
    return ", ".join(_count(n, noun) for noun, n in counts.items() if n) or "nothing found"
