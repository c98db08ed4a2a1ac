"""Hearing of changes on disk: at once where the system tells, else by looking again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from watchfiles import Change, awatch

from vsmdocs.serving.watched import Watched

_STEP_MILLISECONDS = 20
"""How long nothing more has to change: an editor saves in several steps."""
_MOST_MILLISECONDS = 200
_AGAIN_SECONDS = 0.5


class Watcher:
    """Sets an event when something changed that a site is made of."""

    def __init__(self, changed: asyncio.Event, told: Callable[[str], None]) -> None:
        """`told` says to a person what they should know of the watching."""
        self._changed, self._told = changed, told
        self._watched: Watched | None = None
        self._stopped = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._polling: bool | None = None

    async def watch(self, watched: Watched) -> bool:
        """Watch this from now on; return whether it is something else than so far."""
        if watched == self._watched:
            return False
        await self.stop()
        self._watched, self._stopped = watched, asyncio.Event()
        for paths, deep in ((watched.deep, True), (watched.flat, False)):
            if paths:
                self._tasks.append(asyncio.create_task(self._follow(watched, paths, deep)))
        # With their first step they have begun to watch.
        await asyncio.sleep(0)
        return True

    async def stop(self) -> None:
        """Watch nothing any more."""
        self._stopped.set()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._tasks = []

    async def _follow(self, watched: Watched, paths: tuple[str, ...], deep: bool) -> None:
        def concerns(_: Change, path: str) -> bool:
            return watched.concerns(path)

        while not self._stopped.is_set():
            try:
                async for _ in awatch(
                    *paths,
                    watch_filter=concerns,
                    debounce=_MOST_MILLISECONDS,
                    step=_STEP_MILLISECONDS,
                    stop_event=self._stopped,
                    force_polling=self._polling,
                    ignore_permission_denied=True,
                    recursive=deep,
                ):
                    self._changed.set()
            except FileNotFoundError:
                # A folder went; the next build knows what to watch in its place.
                self._changed.set()
                await asyncio.sleep(_AGAIN_SECONDS)
            except Exception as error:
                if self._polling:
                    raise
                self._polling = True
                self._told(f"Changes are looked for twice a second, since {error}.")
