"""The verb that says what a change does to a stream."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common
from vsmdocs.cli.showing import show_some


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs diff                          what this branch changes, with what is not committed
  $ vsmdocs diff v1 v2                    between two commits, branches or tags
  $ vsmdocs diff main maps/incidents      of some maps only
  $ vsmdocs diff v1:maps/a.md main:maps/a.md
  $ vsmdocs diff --states feature-delivery
  $ vsmdocs diff -f html > review.html    one file with pictures that works anywhere
  $ vsmdocs diff --fail-on 'lead_time>+10%'

\b
Without BASE the comparison is with the commit at which the default branch was left.
Exit code 1 when a limit of --fail-on is exceeded, and with --exit-code when anything changed.
"""
)
@takes_common
def diff(
    given: Given,
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[BASE [HEAD]] [PATHS]", help="Commits and maps.")
    ] = None,
    states: Annotated[
        str, typer.Option("--states", metavar="STREAM", help="Current against its other states.")
    ] = "",
    format: Annotated[
        Literal["text", "markdown", "json", "html"],
        typer.Option("-f", "--format", help="How changes are printed."),
    ] = "text",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when something changed.")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", metavar="LIMIT", help="Such as 'lead_time>+10%'; repeatable."),
    ] = None,
) -> int:
    """Say what a change does to the streams, not which lines moved."""
    from vsmdocs.cli.comparing import compare, compare_states
    from vsmdocs.cli.limits import parse_limit
    from vsmdocs.errors import UsageError

    terminal, workspace = given.terminal, given.open_workspace()
    limits = [parse_limit(text) for text in fail_on or ()]
    if states and what:
        raise UsageError("--states compares what stands here: leave out commits and paths")
    found = compare_states(workspace, states) if states else compare(workspace, what or ())
    show_some(given, found.findings)
    if format == "json":
        from vsmdocs.rendering.diff_json import diff_document
        from vsmdocs.rendering.metrics_json import dump

        terminal.put(dump({"maps": [diff_document(one) for one in found.diffs]}))
    elif format == "markdown":
        from vsmdocs.rendering.diff_markdown import diff_markdown

        terminal.put("\n".join(diff_markdown(one) for one in found.diffs))
    elif format == "html":
        from vsmdocs.rendering.pages.diff_page import diff_html
        from vsmdocs.rendering.picture.engine import find_engine

        engine = find_engine(workspace.settings.layout_engine)
        terminal.put(diff_html(found.diffs, engine))
    else:
        from vsmdocs.rendering.diff_text import diff_text

        terminal.put("\n".join(diff_text(one) for one in found.diffs))
    if not found.diffs and not found.findings:
        terminal.say("Nothing changed.")
    over = [(limit, one) for limit in limits for one in found.diffs if limit.exceeded(one)]
    for limit, one in over:
        if known := one.head or one.base:
            where = f"{known.title} ({known.stream}/{known.name})"
            terminal.say(f"Limit exceeded: {limit.text} in {where}")
    return 1 if over or found.findings or (exit_code and found.diffs) else 0
