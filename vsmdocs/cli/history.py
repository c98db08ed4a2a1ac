"""The verbs about the past: which versions there were, and who said what."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import CacheFolder, Fetch, Full, Given, NoCache, takes_common
from vsmdocs.errors import HistoryError, UsageError

if TYPE_CHECKING:
    from vsmdocs.history.repository import Repository
    from vsmdocs.model.snapshot import MapHistory, RepositoryHistory
    from vsmdocs.workspace import Workspace

Ref = Annotated[
    str, typer.Option("--ref", metavar="REF", help="Branch, tag or commit to look back from.")
]


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs history feature-delivery                    today's map, version by version
  $ vsmdocs history feature-delivery --state future     how the promise moved
  $ vsmdocs history feature-delivery -f csv > past.csv  for a spreadsheet

\b
A version is what a commit on the branch itself, or a merge into it, left behind. All
figures are calculated with today's formulas.
"""
)
@takes_common
def history(
    given: Given,
    stream: Annotated[str, typer.Argument(metavar="STREAM", help="A stream, or stream/state.")],
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="Such as current or future-q2.")
    ] = "",
    ref: Ref = "HEAD",
    format: Annotated[
        Literal["table", "json", "csv"],
        typer.Option("-f", "--format", help="How versions are printed."),
    ] = "table",
    cache_dir: CacheFolder = None,
    no_cache: NoCache = False,
    require_full_history: Full = False,
    fetch_missing: Fetch = False,
) -> int:
    """Print every version of a map: when, by whom, and its figures."""
    from vsmdocs.cache import Cache
    from vsmdocs.history.read import read_history
    from vsmdocs.rendering.history_report import history_csv, history_json, history_table

    terminal, workspace = given.terminal, given.open_workspace()
    repository = need_repository(workspace)
    folder = None if no_cache else workspace.cache_folder(cache_dir)
    with terminal.progress() as report, Cache(folder) as cache:
        found = read_history(
            repository, repository.commit(ref), workspace.settings.maps,
            cache=cache, report=report, fetch=fetch_missing,
        )  # fmt: skip
    warn_of_missing(given, found, require_full_history)
    chosen = _choose(found, stream, state)
    if format == "table":
        terminal.put(history_table(chosen))
    else:
        terminal.put(history_json(chosen) if format == "json" else history_csv(chosen))
    return 0


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs blame feature-delivery/current            every number and who said it
  $ vsmdocs blame maps/feature-delivery/current.md    the same, by its file
  $ vsmdocs blame feature-delivery/current -f json    for other programs

\b
A number that is only written in another way, or moved, is as old as before. Where a merge
brought a number in, the commit on the branch that wrote it is named.
"""
)
@takes_common
def blame(
    given: Given,
    target: Annotated[str, typer.Argument(metavar="MAP", help="A map's file or its stream/state.")],
    format: Annotated[
        Literal["table", "json", "csv"],
        typer.Option("-f", "--format", help="How numbers are printed."),
    ] = "table",
    cache_dir: CacheFolder = None,
    no_cache: NoCache = False,
    require_full_history: Full = False,
    fetch_missing: Fetch = False,
) -> int:
    """Print for every number of a map since when it is so, and who said it."""
    from vsmdocs.cache import Cache
    from vsmdocs.cli.figures import find_document
    from vsmdocs.history.blame import Blamer
    from vsmdocs.history.documents import Documents
    from vsmdocs.history.read import read_history
    from vsmdocs.rendering.blame_report import blame_csv, blame_json, blame_rows, blame_table

    terminal, workspace = given.terminal, given.open_workspace()
    repository = need_repository(workspace)
    document = find_document(workspace, target)
    stream_map, settings = document.map, workspace.settings
    folder = None if no_cache else workspace.cache_folder(cache_dir)
    with terminal.progress() as report, Cache(folder) as cache:
        found = read_history(
            repository, repository.commit("HEAD"), settings.maps,
            cache=cache, report=report, fetch=fetch_missing,
        )  # fmt: skip
    warn_of_missing(given, found, require_full_history)
    past = next((map for map in found.maps if map.identity == stream_map.identity), None)
    with closing(Documents(repository, settings.maps)) as documents:
        known = Blamer(repository, documents).blame(past, stream_map)
    rows = blame_rows(stream_map, known.values(), date.today(), settings.stale_after_days)
    if format == "table":
        terminal.put(blame_table(stream_map, rows))
    elif rows:
        terminal.put(blame_json(stream_map, rows) if format == "json" else blame_csv(rows))
    return 0


def need_repository(workspace: Workspace) -> Repository:
    """Return the project's repository, or say that there is none."""
    from vsmdocs.workspace.files import printable

    repository = workspace.repository()
    if repository is None:
        raise UsageError(f"{printable(str(workspace.root))} is not in a git repository")
    return repository


def warn_of_missing(given: Given, found: RepositoryHistory, fail: bool = False) -> None:
    """Say what of the past is not there, or fail because of it.

    Raises
    ------
    HistoryError
        When something is missing and `fail` is given.
    """
    from vsmdocs.rendering.history_report import missing_warnings

    for message in missing_warnings(found):
        if fail:
            raise HistoryError(message)
        given.terminal.say(f"Warning: {message}")


def _choose(found: RepositoryHistory, stream: str, state: str) -> MapHistory:
    from vsmdocs.model.units import nearest

    name, _, named = stream.partition("/")
    wanted = state or named or "current"
    states = {map.name: map for map in found.maps if map.stream == name}
    if not states:
        streams = sorted({map.stream for map in found.maps})
        near = nearest(name, tuple(streams))
        hint = f"did you mean {near}?" if near else f"there are {', '.join(streams) or 'none'}"
        raise UsageError(f"no commit has a stream {name!r}: {hint}")
    if wanted in states:
        return states[wanted]
    if not (state or named):
        return next(iter(states.values()))
    raise UsageError(f"{name} never had a state {wanted!r}: there are {', '.join(states)}")
