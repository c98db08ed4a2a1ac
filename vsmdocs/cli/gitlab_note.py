"""The verb that keeps a note on a GitLab merge request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common

_MOST_BYTES = 1_000_000


@app.command(
    "gitlab-note",
    epilog="""\b
Example:
  $ vsmdocs gitlab-note review/comment.md      after vsmdocs review, in a job of a merge request

\b
Reads CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID and VSMDOCS_GITLAB_TOKEN, a project
access token with the scope api. An empty file stands for no changes.
Exit code 0 also where GitLab refuses, and 1 with --strict.
""",
)
@takes_common
def gitlab_note(
    given: Given,
    comment: Annotated[
        Path, typer.Argument(metavar="FILE", help="The comment.md of vsmdocs review.")
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where the note cannot be kept.")
    ] = False,
) -> int:
    """Keep one note on a GitLab merge request up to date with its review."""
    from vsmdocs.errors import UsageError
    from vsmdocs.review.gitlab import GitLab, GitLabError, keep_note, merge_request
    from vsmdocs.workspace.files import UnreadableFile, printable, read_regular

    place = merge_request(os.environ)
    api = GitLab(os.environ.get("VSMDOCS_GITLAB_TOKEN", ""))
    try:
        text = read_regular(comment, _MOST_BYTES).decode("utf-8", "replace")
    except UnreadableFile as error:
        raise UsageError(f"{printable(str(comment))}: {error}") from None
    try:
        given.terminal.say(f"Merge request {place.number}: {keep_note(api, place, text)}.")
    except GitLabError as error:
        given.terminal.say(f"Warning: no note: {error}")
        return 1 if strict else 0
    return 0
