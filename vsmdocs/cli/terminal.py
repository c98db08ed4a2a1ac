"""What is said where: data on standard output, talk on standard error, colour where wanted.

The only caller of rich, which is imported when there is a terminal to draw on and something
has taken longer than a second, and not before.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from vsmdocs.workspace.workspace import Report

ColorChoice = Literal["auto", "always", "never"]
PATIENCE_SECONDS = 1.0
BROKEN_PIPE = 128 + 13
"""Exit code of a program whose reader went away, as a shell gives it."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """How much is said, and in what colours."""

    quiet: bool = False
    verbose: bool = False
    color: ColorChoice = "auto"

    def put(self, data: str) -> None:
        """Write data to standard output; leave quietly when nobody reads it any more."""
        try:
            sys.stdout.write(data)
            sys.stdout.flush()
        except BrokenPipeError:
            # Else the interpreter complains once more when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(BROKEN_PIPE) from None

    def say(self, text: str) -> None:
        """Tell a person something, unless they want quiet."""
        if not self.quiet:
            sys.stderr.write(text.rstrip("\n") + "\n")

    def detail(self, text: str) -> None:
        """Tell something that few want to know."""
        if self.verbose:
            self.say(text)

    def paints(self, stream: TextIO) -> bool:
        """Return whether a stream gets colours: as asked for, else as the environment says.

        See https://no-color.org and https://force-color.org: an empty value is none.
        """
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return stream.isatty() and os.environ.get("TERM") != "dumb"

    @contextmanager
    def progress(self) -> Iterator[Report | None]:
        """Give something to report progress to; nothing is drawn within the first second."""
        if self.quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            yield None
            return
        bar = _Bar(self.paints(sys.stderr))
        try:
            yield bar.report
        finally:
            bar.close()


class _Bar:
    """A bar that redraws only when it is told something.

    A thread of its own would be one more thing to go wrong when a build forks its workers.
    """

    def __init__(self, color: bool) -> None:
        self._color = color
        self._due = time.monotonic() + PATIENCE_SECONDS
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def report(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done, 0 for a total that nobody knows."""
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + 0.1
        progress = self._progress or self._start()
        if self._task is None:
            self._task = progress.add_task(what)
        progress.update(self._task, description=what, completed=done, total=total or None)
        progress.refresh()

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True, no_color=not self._color),
            auto_refresh=False,
            transient=True,
        )
        self._progress.start()
        return self._progress
