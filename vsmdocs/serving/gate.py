"""Who may ask: a browser on this machine, for an address that is this server's own.

Any page on the web can send a browser to this machine, and any name on the web can be made to
mean it. So the name that was asked for has to be this machine's, and a page that asks has to
be one of ours.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("localhost", "127.0.0.1", "[::1]")
_SAID = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Nobody else's page may load or frame what is served here.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


def hosts(port: int) -> frozenset[str]:
    """Return how this server may be called."""
    named = {f"{name}:{port}" for name in NAMES}
    return frozenset(named | set(NAMES)) if port == 80 else frozenset(named)


class Gate:
    """Lets through what may be asked here, and says of every answer who may use it."""

    def __init__(self, inside: ASGIApp, port: int) -> None:
        self._inside, self._hosts = inside, hosts(port)
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                for name, value in _SAID.items():
                    said[name] = value
            await send(message)

        refused = self._refused(scope["method"], Headers(scope=scope))
        await (refused or self._inside)(scope, receive, answer)

    def _refused(self, method: str, headers: Headers) -> PlainTextResponse | None:
        named, origins = headers.getlist("host"), headers.getlist("origin")
        if len(named) != 1 or named[0].lower() not in self._hosts:
            told = "This server answers to localhost and 127.0.0.1 alone.\n"
            return PlainTextResponse(told, 421)
        if any(origin.lower() not in self._origins for origin in origins):
            return PlainTextResponse("Pages of another server may not ask here.\n", 403)
        if method not in ("GET", "HEAD"):
            told = "There is nothing to be sent here.\n"
            return PlainTextResponse(told, 405, {"Allow": "GET, HEAD"})
        return None
