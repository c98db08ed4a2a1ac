"""The verb `serve`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import CacheFolder, Given, NoCache, takes_common
from vsmdocs.cli.showing import show_some
from vsmdocs.cli.words import count

if TYPE_CHECKING:
    from vsmdocs.serving.outcome import Outcome

_NEEDED = ("starlette", "uvicorn", "watchfiles")


@app.command(
    epilog="""\b
Examples:
  $ pip install 'vsmdocs[serve]'     once
  $ vsmdocs serve                    then open http://127.0.0.1:8000/
  $ vsmdocs serve --open             the same, and your browser opens it
  $ vsmdocs serve -p 9000            another port

\b
Save a map, and the page shows it where you were; what is wrong with a map is shown over
the page until you mend it. Only browsers on this machine are answered. Ctrl-C ends it.
"""
)
@takes_common
def serve(
    given: Given,
    port: Annotated[
        int | None,
        typer.Option(
            "-p",
            "--port",
            metavar="PORT",
            min=0,
            max=65535,
            help="Port; 0 is any. [default: the first free one from 8000 on]",
        ),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the site in your browser.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Build there. [default: inside the cache]"
        ),
    ] = None,
    cache_dir: CacheFolder = None,
    no_cache: NoCache = False,
) -> int:
    """Show the site while you write: every change at once, and what is wrong."""
    _check_installed()
    from vsmdocs.serving.building import Project
    from vsmdocs.serving.port import FIRST
    from vsmdocs.serving.run import Telling
    from vsmdocs.serving.run import serve as run

    terminal, workspace = given.terminal, given.open_workspace()
    kept = None if no_cache else workspace.cache_folder(cache_dir)
    with ExitStack() as stack:
        if kept is None:
            from tempfile import TemporaryDirectory

            made = stack.enter_context(TemporaryDirectory(prefix="vsmdocs-serve-"))
            kept = Path(made).resolve() / "cache"
        site = workspace.output(output) if output is not None else kept / "serve" / "site"
        project = Project(workspace.start, given.root is not None, site.absolute(), kept.absolute())

        warned: set[str] = set()

        def built(outcome: Outcome) -> None:
            _tell(given, outcome, warned)

        def ready(number: int) -> None:
            address = f"http://127.0.0.1:{number}/"
            taken = port is None and number != FIRST
            why = f" (port {FIRST} is taken by another program)" if taken else ""
            terminal.say(f"Serving {address}{why}; Ctrl-C ends it.")
            if open_browser:
                _open(address)

        run(project, port, Telling(terminal.progress, built, ready, terminal.say))
    return 0


def _check_installed() -> None:
    from importlib.util import find_spec

    from vsmdocs.errors import UsageError

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise UsageError(
            f"{' and '.join(missing)} {verb} not installed, which serving needs: "
            "pip install 'vsmdocs[serve]'"
        )


def _tell(given: Given, outcome: Outcome, warned: set[str]) -> None:
    """Say what came of a build; warnings once, since they stay the same from build to build."""
    from datetime import datetime

    terminal, result = given.terminal, outcome.result
    now = f"{datetime.now():%H:%M:%S}"
    if result is None:
        terminal.say(f"{now} No new site could be made:")
        if outcome.error:
            terminal.say(f"Error: {outcome.error}")
    else:
        for warning in (*result.missing, *result.warnings):
            if warning not in warned:
                terminal.say(f"Warning: {warning}")
                warned.add(warning)
        about = f"{count(result.pages, 'page')} about {count(result.maps, 'map')}"
        took = f"in {outcome.seconds:.2f} s" if outcome.fresh else "as they were"
        terminal.say(f"{now} {about}, {took}")
    show_some(given, [error for error in outcome.errors if error.rule])


def _open(address: str) -> None:
    """Open a browser, which some systems wait for, and others have none of."""
    from threading import Thread
    from webbrowser import open as open_address

    Thread(target=open_address, args=(address,), daemon=True).start()
