"""What is answered: the site's files, and under addresses of its own what follows them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from vsmdocs.serving.files import TYPES, File, digest, find, is_folder
from vsmdocs.serving.gate import Gate
from vsmdocs.serving.live import Live
from vsmdocs.serving.policy import followed

OWN = "/:vsmdocs"
"""No file of a site has a colon in its path, see `vsmdocs.site.folder`."""
_CLIENT = Path(__file__).with_name("client")
_MISSING = "/404.html"
_NOTHING = File(
    b"<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
    b'<meta name=viewport content="width=device-width">\n'
    b"<title>There is no such page</title>\n</head>\n"
    b"<body>\n<h1>There is no such page</h1>\n<p><a href=/>To the start page</a></p>\n</body>\n"
    b"</html>\n",
    TYPES["html"],
)
_MOMENT_SECONDS = 0.02
_MOMENTS = 100


def application(live: Live, port: int) -> ASGIApp:
    """Return what answers, behind its gate."""
    answers = _Answers(live)
    routes = [
        Route(f"{OWN}/news", answers.news),
        Route(f"{OWN}/{{name}}", answers.client),
        Route("/{path:path}", answers.page),
    ]
    return Gate(Starlette(routes=routes), port)


class _Answers:
    def __init__(self, live: Live) -> None:
        self._live = live
        self._own = {
            path.name: File(path.read_bytes(), TYPES[path.suffix[1:]])
            for path in _CLIENT.iterdir()
            if path.suffix[1:] in TYPES
        }

    async def page(self, request: Request) -> Response:
        """Answer with a file of the site."""
        address: str = request.scope["path"]
        await self._site_is_there()
        found = find(self._live.site, address)
        if found is None:
            if is_folder(self._live.site, address):
                return RedirectResponse(f"{quote(address)}/")
            return self._missing()
        content = _with_client(found, digest(found)) if found.is_page else found.content
        return Response(content, headers={"Content-Type": found.type})

    def _missing(self) -> Response:
        """Answer with the page for what is not there, which may come to be there."""
        page = find(self._live.site, _MISSING) or _NOTHING
        return Response(_with_client(page, ""), 404, {"Content-Type": page.type})

    async def client(self, request: Request) -> Response:
        """Answer with what is put into pages."""
        file = self._own.get(request.path_params["name"])
        if file is None:
            return self._missing()
        return Response(file.content, headers={"Content-Type": file.type})

    async def news(self, request: Request) -> Response:
        """Answer with a line on which a page hears how things are."""
        said = request.query_params
        events = self._live.follow(said.get("page", ""), said.get("seen", ""))
        return StreamingResponse(events, media_type="text/event-stream")

    async def _site_is_there(self) -> None:
        """Wait where the old site has made room and the new one is not yet in its place."""
        for _ in range(_MOMENTS):
            if self._live.site.is_dir():
                return
            await asyncio.sleep(_MOMENT_SECONDS)


def _with_client(page: File, seen: str) -> bytes:
    tag = f'<script src="{OWN}/live.js" data-seen="{seen}" defer></script>\n'
    return followed(page.content, tag.encode())
