"""The verb that says what is wrong in maps and pages, and what of it a change brought in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common
from vsmdocs.cli.words import count, tally

if TYPE_CHECKING:
    from vsmdocs.cli.checking import Result
    from vsmdocs.workspace import Workspace


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs check                             all maps, and the site's own pages
  $ vsmdocs check maps/incidents/current.md   a single one, or a folder of them
  $ vsmdocs check --since main                only what this branch brought in
  $ vsmdocs check --ignore no-owner           vsmdocs rules lists all names
  $ vsmdocs check --fix                       mend what has one right answer
  $ vsmdocs check -f github -f sarif:out.sarif
  $ vsmdocs check --write-baseline .vsmdocs-baseline.json
  $ vsmdocs check --baseline .vsmdocs-baseline.json

\b
Formats: text, json, github (annotations), sarif, gitlab (code quality), junit. FORMAT:FILE
writes into a file; when all of them do, text is printed besides.
Exit code 1 when something is as grave as --fail-on. Errors of reading always count.
What is wanted can be set for all and by folder, in vsmdocs.toml below [check].
"""
)
@takes_common
def check(
    given: Given,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Maps or folders of them. [default: all]"),
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "-f", "--format", metavar="FORMAT[:FILE]", help="As what, and where to; repeatable."
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="RULES", help="Only these rules or groups: a,b,c"),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="RULES", help="Not these rules or groups: a,b,c"),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "info"] | None,
        typer.Option("--fail-on", help="Exit with 1 from here on. [default: error]"),
    ] = None,
    since: Annotated[
        str,
        typer.Option("--since", metavar="REF", help="Only what came since this branch left REF."),
    ] = "",
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings that are not reported."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Write such a file of all findings."),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what has one right answer, then check.")
    ] = False,
) -> int:
    """Check maps, pages and templates, and say what is wrong at which line."""
    from vsmdocs.analysis.policy import at_least
    from vsmdocs.cli.check_outputs import Told, parse_outputs, write_outputs
    from vsmdocs.cli.checking import Asked, check_maps

    terminal, workspace = given.terminal, given.open_workspace()
    outputs = parse_outputs(format or (), workspace.start)
    asked = Asked.of(workspace, paths, select, ignore, since, baseline, write_baseline)
    if fix:
        _fix(given, workspace, paths, since)
    with terminal.progress() as report:
        result = check_maps(workspace, asked, report)
    least = fail_on or workspace.settings.check.fail_on
    told = Told(result.findings, result.files, least)
    write_outputs(outputs, told, workspace, terminal.put, terminal.paints(sys.stdout))
    for note in result.notes:
        terminal.say(f"Note: {note}")
    terminal.say(f"{count(len(result.files), 'map')} checked: {_summary(result, since)}")
    return 1 if at_least(result.findings, least) else 0


def _fix(given: Given, workspace: Workspace, paths: list[Path] | None, since: str) -> None:
    from vsmdocs.cli.fixing import fix_maps
    from vsmdocs.errors import UsageError

    if since:
        raise UsageError(
            "--fix mends all that it can, also what was there before: leave out --since, and name "
            "the maps to mend"
        )
    fix_maps(workspace, paths, given.terminal.say)


def _summary(result: Result, since: str) -> str:
    """Return what was found, in short."""
    from vsmdocs.workspace.files import printable

    found = tally(result.findings) or "nothing"
    found += f" brought in since {printable(since)}" if since else ""
    found += " found" if not (result.findings or since) else ""
    return found + (f", {result.hidden:,} more in the baseline" if result.hidden else "")
