"""Serving: the builder, the watcher and the server put together, until somebody ends it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from vsmdocs.errors import ConfigError, UsageError
from vsmdocs.serving.building import Builder, Progress, Project
from vsmdocs.serving.outcome import Outcome
from vsmdocs.serving.port import listen

if TYPE_CHECKING:
    import socket

    from vsmdocs.serving.live import Live


class Telling(NamedTuple):
    """How a person is told of what happens."""

    progress: Progress
    built: Callable[[Outcome], None]
    ready: Callable[[int], None]
    """Told the port when the site is there to be looked at."""
    said: Callable[[str], None]


def serve(project: Project, port: int | None, telling: Telling) -> None:
    """Build and serve a project's site, and build it again as it changes, until interrupted.

    Raises
    ------
    ConfigError
        When the settings cannot be used.
    UsageError
        When the first build fails, or the port cannot be had.
    """
    # The builder first, so that it is forked from a process without threads or sockets.
    with Builder(project, telling.progress) as builder:
        sockets, number = listen(port)
        try:
            builder.ask()
            # While it builds.
            import vsmdocs.serving.server
            import vsmdocs.serving.watching
            import vsmdocs.serving.web  # noqa: F401

            outcome, done = builder.heard()
            if outcome.result is None:
                raise (
                    ConfigError(outcome.findings) if outcome.findings else UsageError(outcome.error)
                )
            asyncio.run(_Serving(project, builder, telling).run(sockets, number, outcome, done))
        finally:
            for one in sockets:
                one.close()


class _Serving:
    def __init__(self, project: Project, builder: Builder, telling: Telling) -> None:
        self._project, self._builder, self._telling = project, builder, telling
        self._changed, self._ended = asyncio.Event(), asyncio.Event()

    async def run(
        self, sockets: list[socket.socket], port: int, outcome: Outcome, done: bool
    ) -> None:
        from vsmdocs.serving.live import Live
        from vsmdocs.serving.server import server_of
        from vsmdocs.serving.web import application

        live = Live(self._project.site, outcome)
        server = server_of(application(live, port))
        with self._signals():
            tasks = [
                asyncio.create_task(server.serve(sockets)),
                asyncio.create_task(self._follow(live, done)),
                asyncio.create_task(self._ended.wait()),
            ]
            self._telling.built(outcome)
            self._telling.ready(port)
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            # A build under way is waited for in a thread, which ends with it.
            self._builder.end()
            live.end()
            server.should_exit = True
            tasks[1].cancel()
            for result in await asyncio.gather(*tasks[:2], return_exceptions=True):
                if isinstance(result, Exception):
                    raise result

    async def _follow(self, live: Live, done: bool) -> None:
        """Build again whenever something changed."""
        from vsmdocs.serving.watching import Watcher

        while not done:
            _, done = await asyncio.to_thread(self._builder.heard)
        watcher = Watcher(self._changed, self._telling.said)
        try:
            while True:
                watched = live.outcome.watched
                if watched is not None and await watcher.watch(watched):
                    # What changed before that was not seen.
                    self._changed.set()
                await self._changed.wait()
                self._changed.clear()
                await self._build(live)
        finally:
            await watcher.stop()

    async def _build(self, live: Live) -> None:
        self._builder.ask()
        done = shown = False
        while not done and not self._ended.is_set():
            outcome, done = await asyncio.to_thread(self._builder.heard)
            if shown or self._ended.is_set():
                continue
            shown = True
            news = outcome.fresh or outcome.errors != live.outcome.errors
            live.show(outcome)
            if news:
                self._telling.built(outcome)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Let Ctrl-C and the signal that asks to end do so in order; a second one at once."""
        loop = asyncio.get_running_loop()
        names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.getsignal(number) for number in numbers}

        def end(*_: object) -> None:
            for number, handler in before.items():
                signal.signal(number, handler)
            loop.call_soon_threadsafe(self._ended.set)

        for number in numbers:
            signal.signal(number, end)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
