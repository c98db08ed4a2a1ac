"""Ending a process that is asked to: at once, and yet with all that is half made cleared away."""

from __future__ import annotations

import os
import signal
import sys

_SOON_SECONDS = 0.02


class Ending:
    """Raises `SystemExit` where the process is, but not while it forks.

    What is raised in there Python prints and forgets, and the process would go on.
    """

    def __init__(self) -> None:
        self._forking = False

    def listen(self) -> None:
        """End from now on when asked to."""
        signal.signal(signal.SIGTERM, self._end)
        if sys.platform != "win32":
            signal.signal(signal.SIGALRM, self._end)
            os.register_at_fork(
                before=self._begin, after_in_parent=self._done, after_in_child=self._done
            )

    def _begin(self) -> None:
        self._forking = True

    def _done(self) -> None:
        self._forking = False

    def _end(self, *_: object) -> None:
        if self._forking and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, _SOON_SECONDS)
        else:
            sys.exit(0)
