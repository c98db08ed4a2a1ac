"""The verb that gives maps their one layout."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common
from vsmdocs.cli.showing import show_some

if TYPE_CHECKING:
    from vsmdocs.cli.terminal import Terminal
    from vsmdocs.workspace import Workspace
    from vsmdocs.workspace.files import MapFile

_STDIN = "stdin.md"


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs fmt                  every map of the project
  $ vsmdocs fmt maps/incidents   some of them
  $ vsmdocs fmt --check          change nothing, list what is laid out otherwise
  $ vsmdocs fmt --diff           change nothing, show what would change
  $ vsmdocs fmt - < map.md       for editors: from standard input to standard output

\b
Keys come in the order of the map format, lists are indented by two blanks, quotes stand only
where they are needed. Comments stay with what they are about, values and prose as they are
written. A map that cannot be read is left alone.
Exit code 1 when a map cannot be read, and with --check or --diff when one would change.
"""
)
@takes_common
def fmt(
    given: Given,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATHS", help="Maps or folders of maps, or -.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="List the maps that would change; write none.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print what would change; write nothing.")
    ] = False,
) -> int:
    """Write the maps' frontmatter in one layout, with the same meaning and all comments."""
    from vsmdocs.errors import InvalidMap, NotFormatted, UsageError

    if paths and any(str(path) == "-" for path in paths):
        if len(paths) > 1:
            raise UsageError("- is standard input, and goes with no other path")
        return _standard_input(given, check, diff)
    terminal, workspace = given.terminal, given.open_workspace()
    found = workspace.find(paths)
    findings = list(found.findings)
    changed = refused = 0
    for file in found.files:
        try:
            before, after = _formatted(workspace, file)
            if before == after:
                continue
            if not (check or diff):
                _write(workspace, file, after)
        except InvalidMap as invalid:
            findings += invalid.findings
        except NotFormatted as error:
            refused += 1
            terminal.say(f"Error: {error}")
        else:
            changed += 1
            if diff:
                terminal.put(_unified(file.shown, before, after))
            elif check:
                terminal.put(f"{file.shown}\n")
            else:
                terminal.say(f"Laid out: {file.shown}")
    show_some(given, sorted(findings))
    unread = len({finding.path for finding in findings})
    _sum_up(terminal, changed, found.count, unread, would=check or diff)
    return 1 if findings or refused or (changed and (check or diff)) else 0


def _formatted(workspace: Workspace, file: MapFile) -> tuple[bytes, bytes]:
    """Return a file before and after."""
    from vsmdocs.editing.format import format_map
    from vsmdocs.errors import Finding, InvalidMap
    from vsmdocs.workspace.files import UnreadableFile, read_regular

    try:
        data = read_regular(file.path)
    except UnreadableFile as error:
        finding = Finding(file.shown, 0, 0, error.rule, "error", error.message, error.hint)
        raise InvalidMap((finding,)) from None
    return data, format_map(file.shown, data, maps_folder=workspace.settings.maps)


def _write(workspace: Workspace, file: MapFile, data: bytes) -> None:
    from vsmdocs.errors import NotFormatted
    from vsmdocs.workspace.writing import write_file

    if not workspace.holds(file.path):
        raise NotFormatted(
            f"{file.shown} leads out of the project by a link, so it was not written"
        )
    write_file(file.path, data)


def _standard_input(given: Given, check: bool, diff: bool) -> int:
    from vsmdocs.editing.format import format_map
    from vsmdocs.errors import InvalidMap
    from vsmdocs.workspace.files import MOST_BYTES

    data = sys.stdin.buffer.read(MOST_BYTES)
    try:
        after = format_map(_STDIN, data)
    except InvalidMap as invalid:
        show_some(given, invalid.findings)
        return 1
    if diff:
        given.terminal.put(_unified(_STDIN, data, after) if data != after else "")
    elif not check:
        if isinstance(sys.stdout, TextIOWrapper):
            # Line ends are the map's own, on every system.
            sys.stdout.reconfigure(newline="")
        given.terminal.put(after.decode())
    return 1 if (check or diff) and data != after else 0


def _unified(shown: str, before: bytes, after: bytes) -> str:
    """Return the difference as text that no terminal obeys."""
    from difflib import unified_diff

    from vsmdocs.rendering.findings_text import safe

    one, other = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    lines = list(unified_diff(one, other, f"a/{shown}", f"b/{shown}", lineterm=""))
    if not lines:
        lines = [f"--- a/{shown}", f"+++ b/{shown}", "@@ line ends @@"]
    return "".join(safe(line) + "\n" for line in lines)


def _sum_up(terminal: Terminal, changed: int, count: int, unread: int, *, would: bool) -> None:
    maps = "1 map" if count == 1 else f"{count:,} maps"
    done = "would change" if would else "laid out anew"
    left = f", {unread:,} not readable" if unread else ""
    terminal.say(f"{maps}: {changed:,} {done}{left}.")
