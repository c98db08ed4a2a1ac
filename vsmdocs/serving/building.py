"""One build after the other, in a process that stays warm.

Half of what a short build takes is to start Python and import everything. The process is forked
before there are threads, where forking is sound, and else started anew. It builds nothing
unless it is asked to, and ends with whoever asks it.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from vsmdocs.errors import ConfigError, InvalidMap, VsmdocsError
from vsmdocs.serving.ending import Ending
from vsmdocs.serving.outcome import Outcome
from vsmdocs.serving.watched import watched
from vsmdocs.workspace import Workspace, open_workspace
from vsmdocs.workspace.workspace import Report

Progress = Callable[[], AbstractContextManager[Report | None]]
_PATIENCE_SECONDS = 5.0
_GONE = "the process that builds was ended from outside, perhaps for want of memory"


@dataclass(frozen=True, slots=True)
class Project:
    """What is built, from where, and into which folder."""

    start: Path
    explicit: bool
    """Whether that is the root itself, as with -C."""
    site: Path
    cache: Path

    def open(self) -> Workspace:
        """Open the project as it is now; settings change as well as maps.

        What is served here is not what is published elsewhere, and names no address of that.
        """
        workspace = open_workspace(self.start, explicit=self.explicit)
        site = workspace.settings.site.model_copy(update={"base_url": None})
        settings = workspace.settings.model_copy(update={"site": site})
        return replace(workspace, settings=settings)


class Builder:
    """The process that builds."""

    def __init__(self, project: Project, progress: Progress) -> None:
        """`progress` gives what to report the progress of a build to."""
        self._project, self._progress = project, progress
        self._line: Connection | None = None
        self._process: Any = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ask(self) -> None:
        """Ask for a build; one whose process is gone is started again."""
        if self._process is None or not self._process.is_alive():
            self.end()
            self._start()
        assert self._line is not None
        # That it is gone is told by what is heard of it.
        with suppress(OSError):
            self._line.send(True)

    def heard(self) -> tuple[Outcome, bool]:
        """Wait for news of the build: what came of it, and whether the builder is done.

        A site that is there is told at once; clearing the last one away takes a little longer.
        """
        try:
            assert self._line is not None
            outcome, done = self._line.recv()
        except (AssertionError, EOFError, OSError):
            return Outcome(error=_GONE), True
        return outcome, done

    def end(self) -> None:
        """End the process, and a build under way, of which nothing is left."""
        line, process = self._line, self._process
        self._line = self._process = None
        if process is None or line is None:
            return
        # It clears away what is half made, as on Ctrl-C.
        process.terminate()
        process.join(_PATIENCE_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
        line.close()

    def _start(self) -> None:
        alone = sys.platform == "linux" and threading.active_count() == 1
        context: Any = multiprocessing.get_context("fork" if alone else "spawn")
        here, there = context.Pipe()
        self._process = context.Process(
            target=_serve,
            args=(self._project, self._progress, there, here if alone else None),
            name="vsmdocs build",
        )
        self._process.start()
        there.close()
        self._line = here


def _serve(
    project: Project, progress: Progress, line: Connection, other: Connection | None
) -> None:
    """Build whenever that is asked for, until the line is closed."""
    # Ctrl-C reaches every process at once; the one that was started answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Ending().listen()
    if other is not None:
        other.close()
    with suppress(EOFError, OSError):
        while line.recv():
            line.send((_built(project, progress, line), True))


def _built(project: Project, progress: Progress, line: Connection) -> Outcome:
    """Build once, and say so as soon as the site is there."""
    begun = time.monotonic()

    def placed(outcome: Outcome) -> None:
        # Nobody to hear it ends this process as soon as all is cleared away.
        with suppress(OSError):
            line.send((replace(outcome, seconds=time.monotonic() - begun), False))

    with progress() as report:
        outcome = build(project, report, placed)
    return replace(outcome, seconds=time.monotonic() - begun)


def build(project: Project, report: Report | None, placed: Callable[[Outcome], None]) -> Outcome:
    """Make the site as it has to be now, and tell as soon as it is there."""
    from vsmdocs.cache import Cache
    from vsmdocs.site.build import build_site
    from vsmdocs.site.unchanged import Standing, unchanged

    about = None
    try:
        workspace = project.open()
        about = watched(workspace)
        with Cache(project.cache) as cache:
            standing = Standing.of(workspace, date.today())
            result = unchanged(project.site, cache, standing.key)
        if result is not None:
            return Outcome(result, watched=about, fresh=False)
        result = build_site(
            workspace,
            project.site,
            standing=standing,
            report=report,
            cache=project.cache,
            placed=lambda result: placed(Outcome(result, watched=about)),
        )
    except (ConfigError, InvalidMap) as error:
        return Outcome(findings=error.findings, watched=about)
    except (VsmdocsError, OSError) as error:
        return Outcome(error=str(error), watched=about)
    except Exception as error:
        told = f"{type(error).__name__}: {str(error)[:500]}"
        return Outcome(error=f"{told}\nThis is a bug in vsmdocs; please report it.", watched=about)
    return Outcome(result, watched=about)
