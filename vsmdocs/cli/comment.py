"""The verb that keeps a comment on a pull request, out of a report that anyone may have written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common

if TYPE_CHECKING:
    from vsmdocs.review.event import FinishedRun
    from vsmdocs.review.report import Report

_MOST_EVENT_BYTES = 10_000_000


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs comment --report review/report.json             on `workflow_run`, in a workflow
  $ vsmdocs comment --report review/report.json --dry-run   print the comment, ask nobody

\b
Reads GITHUB_EVENT_PATH (an event `workflow_run`), GITHUB_TOKEN and GITHUB_API_URL. The report
may come from a fork: nothing in it decides which pull request is meant, and all its text
comes out as text. The job needs `permissions: pull-requests: write` and checks nothing out.

\b
Exit code 0 also where GitHub refuses, with a warning in the log, and 1 with --strict.
"""
)
@takes_common
def comment(
    given: Given,
    report: Annotated[
        Path, typer.Option("--report", metavar="FILE", help="The report.json of vsmdocs review.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the comment, and write it nowhere.")
    ] = False,
    author: Annotated[
        str, typer.Option("--author", metavar="LOGIN", help="Whom the token makes comments as.")
    ] = "github-actions[bot]",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where the comment cannot be kept.")
    ] = False,
) -> int:
    """Keep one comment on a pull request up to date with its review."""
    from vsmdocs.review.comment import comment as comment_of
    from vsmdocs.review.github import GitHubError
    from vsmdocs.review.report import InvalidReport

    terminal, file = given.terminal, (given.root or Path()) / report
    try:
        if dry_run:
            terminal.put(comment_of(_report(file)))
            return 0
        run = _event()
        terminal.say(_kept(run, _report(file), author))
    except (GitHubError, InvalidReport) as error:
        from vsmdocs.rendering.findings_text import safe

        # A command of the log ends with its line, and has escapes of its own.
        said = safe(str(error)).replace("%", "%25")
        terminal.put(f"::warning title=vsmdocs comment::{said}\n")
        return 1 if strict else 0
    return 0


def _kept(run: FinishedRun, report: Report, author: str) -> str:
    """Bring the comment up to date, and say what was done."""
    from vsmdocs.review.comment import comment as comment_of
    from vsmdocs.review.github import GitHub
    from vsmdocs.review.keeping import find_pull_request, keep_comment

    address = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    api = GitHub(address, os.environ.get("GITHUB_TOKEN") or "")
    found = find_pull_request(api, run)
    if not found.number:
        return f"No comment: {found.why}."
    text = comment_of(report, run.link(os.environ.get("GITHUB_SERVER_URL") or ""))
    done = keep_comment(api, run.repository, found.number, text, author)
    return f"Pull request {found.number}: {done}."


def _report(path: Path) -> Report:
    from vsmdocs.review.report import MOST_BYTES, InvalidReport, read_report
    from vsmdocs.workspace.files import UnreadableFile, read_regular

    try:
        return read_report(read_regular(path, MOST_BYTES))
    except UnreadableFile as error:
        raise InvalidReport(f"the report cannot be used: {error}") from None


def _event() -> FinishedRun:
    from vsmdocs.errors import UsageError
    from vsmdocs.review.event import read_event
    from vsmdocs.workspace.files import UnreadableFile, read_regular

    name = os.environ.get("GITHUB_EVENT_PATH")
    if not name:
        raise UsageError(
            "GITHUB_EVENT_PATH is not set: this runs in a workflow; elsewhere, use --dry-run"
        )
    try:
        return read_event(read_regular(Path(name), _MOST_EVENT_BYTES))
    except UnreadableFile as error:
        raise UsageError(f"the file of GITHUB_EVENT_PATH cannot be read: {error}") from None
