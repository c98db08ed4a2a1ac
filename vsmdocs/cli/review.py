"""The verb that puts together what the reviewer of a change needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common
from vsmdocs.cli.words import count

if TYPE_CHECKING:
    from vsmdocs.history.repository import Repository


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs review                             what this branch changes, with what is not committed
  $ vsmdocs review --base main -o out          beside another branch
  $ vsmdocs review --base v1 --head v2
  $ vsmdocs review --base "$BASE" --head "$HEAD" -o review    in a workflow

\b
Writes report.json (the review as data, for `vsmdocs comment`), comment.md (empty where no map
changed) and preview.html (one file with the pictures before and after).

\b
The comparison is with the commit at which HEAD left BASE: what BASE did meanwhile is no part of
the change. Exit code 0 whatever the change is: `vsmdocs check` is what fails a build.
"""
)
@takes_common
def review(
    given: Given,
    base: Annotated[
        str,
        typer.Option("--base", metavar="REF", help="Compare with. [default: the default branch]"),
    ] = "",
    head: Annotated[
        str,
        typer.Option("--head", metavar="REF", help="What to review. [default: the working tree]"),
    ] = "",
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Output folder.")
    ] = Path("review"),
) -> int:
    """Write what a change does to the maps: as data, as a comment and as one page."""
    from vsmdocs.cli.comparing import compare_commits
    from vsmdocs.errors import UsageError
    from vsmdocs.rendering.pages.diff_page import diff_html
    from vsmdocs.rendering.picture.engine import find_engine
    from vsmdocs.review.comment import comment
    from vsmdocs.review.findings import new_findings
    from vsmdocs.review.folder import COMMENT, PREVIEW, REPORT, write_files
    from vsmdocs.review.make import make_report
    from vsmdocs.review.report import report_json

    terminal, workspace = given.terminal, given.open_workspace()
    repository = workspace.repository()
    if repository is None:
        raise UsageError("there is no git repository here to review a change of")
    newer = repository.commit(head) if head else None
    older = _parting(repository, base, newer)
    found = compare_commits(workspace, repository, older, newer)
    report = make_report(
        older,
        newer,
        list(zip(found.paths, found.diffs, strict=True)),
        found.unreadable,
        new_findings(workspace, repository, older, newer, date.today()),
    )
    engine = find_engine(workspace.settings.layout_engine)
    files = {
        REPORT: report_json(report),
        COMMENT: comment(report),
        PREVIEW: diff_html(found.diffs, engine, unreadable=sorted(found.unreadable)),
    }
    folder = workspace.start / output
    write_files(folder, files)
    maps = len(found.diffs) + len(found.unreadable)
    counts = report.counts
    new = counts.error + counts.warning + counts.info
    told = f"{count(maps, 'map')} changed, {count(new, 'new finding')}"
    terminal.say(f"{told if maps else 'No map changed'}: {folder / COMMENT}")
    return 0


def _parting(repository: Repository, base: str, head: str | None) -> str:
    """Return the commit at which the change began."""
    from vsmdocs.errors import UsageError
    from vsmdocs.history.trees import merge_base, parting

    if not base and head is None:
        return parting(repository)
    older = repository.commit(base) if base else repository.default_branch()
    if older is None:
        raise UsageError("no default branch is known here: name one with --base, such as main")
    found = merge_base(repository, older, head or repository.commit("HEAD"))
    if found is None:
        raise UsageError(
            "these have no commit in common; in a shallow clone it may be missing: "
            "give actions/checkout `fetch-depth: 0`, or run git fetch --unshallow"
        )
    return found
