"""What git calls when it compares or merges maps; see gitattributes(5)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common

FAILED = 129
"""Above 128 git gives the merge up and leaves the file alone; 1 to 128 would be conflicts."""
_MOST_BYTES = 50_000_000
_LONGEST = 80


@app.command(
    "git-diff-driver",
    epilog="""\b
Examples:
  $ echo 'maps/**/*.md diff=vsmdocs' >> .gitattributes
  $ git config diff.vsmdocs.textconv 'vsmdocs git-diff-driver'
  $ git log -p maps/incidents       what changed in the map, not in its lines
  $ git diff --no-textconv          the lines, as ever

\b
vsmdocs init --git sets this up. A version that is no map is shown as it is.
""",
)
@takes_common
def git_diff_driver(
    given: Given,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The version that git hands over.")],
) -> int:
    """Print a map's figures and values line by line, for git diff, git log -p and git show."""
    from vsmdocs.errors import UsageError
    from vsmdocs.rendering.normal_form import normal_form
    from vsmdocs.workspace.files import UnreadableFile, printable, read_regular

    try:
        data = read_regular(file, _MOST_BYTES)
    except UnreadableFile as error:
        raise UsageError(f"{printable(str(file))}: {error.message}") from None
    given.terminal.put(normal_form(data))
    return 0


@app.command(
    "git-merge-driver",
    epilog="""\b
Examples:
  $ echo 'maps/**/*.md merge=vsmdocs' >> .gitattributes
  $ git config merge.vsmdocs.name 'value stream maps by step and number'
  $ git config merge.vsmdocs.driver 'vsmdocs git-merge-driver %O %A %B %P'
  $ git merge a-branch

\b
vsmdocs init --git sets this up. The result has the layout and the comments of our side; where
one number has two new values, both stand between the usual markers. Files that are no maps
are merged line by line.
Exit code: 0 merged, 1 with conflicts, 129 when it could not be done.
""",
)
@takes_common
def git_merge_driver(
    given: Given,
    base: Annotated[Path, typer.Argument(metavar="BASE", help="What both started from (%O).")],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help="Our side; written to (%A).")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help="The other side (%B).")],
    path: Annotated[str, typer.Argument(metavar="PATH", help="The map's own path (%P).")] = "",
) -> int:
    """Merge two changes of a map by step id and number, for git merge, rebase and cherry-pick."""
    from vsmdocs.editing.merge import merge_maps
    from vsmdocs.rendering.findings_text import safe
    from vsmdocs.workspace.files import UnreadableFile, printable, read_regular
    from vsmdocs.workspace.writing import write_file

    terminal = given.terminal
    shown = printable(path or ours.as_posix())
    try:
        before, here, there = (read_regular(file, _MOST_BYTES) for file in (base, ours, theirs))
        merged = merge_maps(shown, before, here, there, maps_folder=_maps_folder(given))
        write_file(ours, merged.data)
    except (OSError, UnreadableFile) as error:
        terminal.say(f"Error: {safe(shown)} could not be merged: {safe(str(error))}")
        return FAILED
    except Exception as error:
        # Whatever else happens must not pass for a merge.
        terminal.say(f"Error: {safe(shown)} could not be merged: {safe(repr(error)[:300])}")
        return FAILED
    for conflict in merged.conflicts:
        values = f": ours {_short(conflict.ours)}, theirs {_short(conflict.theirs)}"
        both = values if conflict.ours or conflict.theirs else ""
        terminal.say(safe(f"Conflict in {shown}: {conflict.place}{both}"))
    for problem in merged.problems:
        terminal.say(safe(f"Conflict: both sides together are no map: {problem}"))
    return 0 if merged.clean else 1


def _maps_folder(given: Given) -> str:
    from vsmdocs.errors import VsmdocsError

    try:
        return given.open_workspace().settings.maps
    except VsmdocsError:
        # Settings may be in conflict themselves, in this very merge.
        return "maps"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
