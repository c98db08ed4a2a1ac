"""The program that speaks HTTP, as quiet as it is told to be and ended by us alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp
from uvicorn import Config, Server


class _Server(Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever started this."""
        yield


def server_of(application: ASGIApp) -> Server:
    """Return a server for sockets that listen already; `should_exit` ends it."""
    return _Server(
        Config(
            application,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
