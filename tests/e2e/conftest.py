"""A real browser for the built site, and a server that puts the site under any prefix.

The browser is the distribution's own; Playwright's downloads are not used. Without one
these tests are skipped, unless VSMDOCS_REQUIRE_BROWSER=1 says that it must be there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal, NoReturn, Protocol
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Whatever a page asks for, no name is looked up and nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@dataclass
class OpenedPage:
    """A page in its own browser context, with what it did while it was open."""

    page: Page
    scripts: bool = True
    left_site: list[str] = field(default_factory=list)
    """Addresses that were asked for outside the site; none of them was answered."""
    failed: list[str] = field(default_factory=list)
    """Addresses inside the site that gave nothing or an error."""
    errors: list[str] = field(default_factory=list)
    """Console errors, broken content policies and uncaught exceptions."""

    def assert_quiet(self) -> None:
        """Fail when the page left its site, missed a file or reported an error."""
        assert self.left_site == []
        assert self.failed == []
        assert self.errors == []

    def overflow(self) -> int:
        """By how many CSS pixels the page itself, not a region of it, scrolls sideways."""
        width: int = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def violations(self) -> list[str]:
        """What axe finds, as `rule: help at selector`; axe itself needs scripts."""
        assert self.scripts, "axe never answers in a page whose scripts are off"
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [
            f"{rule['id']}: {rule['help']} at {node['target'][0]}"
            for rule in found
            for node in rule["nodes"]
        ]


class OpenPage(Protocol):
    """The `open_page` fixture, for annotations in tests."""

    def __call__(
        self,
        where: Path | str,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        media: Literal["screen", "print"] = "screen",
        scripts: bool = True,
        root: Path | str | None = None,
    ) -> OpenedPage: ...


def _missing(reason: str) -> NoReturn:
    if os.environ.get("VSMDOCS_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason} (VSMDOCS_REQUIRE_BROWSER=1)", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium, one per worker."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        _missing(f"no browser found; install one of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a file or an address in a fresh context; all are closed after the test.

    The site is `root` when given (a folder or an address), else the folder of the file,
    or the origin of the address. Requests to elsewhere are recorded and cut off.
    """
    with ExitStack() as stack:

        def open_it(
            where: Path | str,
            *,
            width: int = 1440,
            height: int = 900,
            scheme: Literal["light", "dark"] = "light",
            media: Literal["screen", "print"] = "screen",
            scripts: bool = True,
            root: Path | str | None = None,
        ) -> OpenedPage:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                java_script_enabled=scripts,
                reduced_motion="reduce",
                locale="en-GB",
                timezone_id="UTC",
            )
            stack.callback(context.close)
            opened = OpenedPage(context.new_page(), scripts)
            _watch(opened, _site(where, root))
            opened.page.emulate_media(media=media, color_scheme=scheme)
            opened.page.goto(_address(where), wait_until="load")
            return opened

        yield open_it


def _address(where: Path | str) -> str:
    return where.resolve().as_uri() if isinstance(where, Path) else where


def _site(where: Path | str, root: Path | str | None) -> str:
    """Give the address below which everything belongs to the site, with its last slash."""
    if root is not None:
        return _address(root).rstrip("/") + "/"
    if isinstance(where, Path):
        return where.resolve().parent.as_uri() + "/"
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.netloc}/"


def _watch(opened: OpenedPage, site: str) -> None:
    """Record what the page does, and keep it inside `site`."""

    def gate(route: Route) -> None:
        url = route.request.url
        if url.startswith((site, "data:", "blob:", "about:")):
            route.continue_()
        else:
            opened.left_site.append(url)
            route.abort()

    def failed(request: Request) -> None:
        if request.url.startswith(site):
            opened.failed.append(request.url)

    opened.page.context.route("**/*", gate)
    opened.page.on("requestfailed", failed)
    opened.page.on(
        "response",
        lambda response: opened.failed.append(response.url) if response.status >= 400 else None,
    )
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.page.on(
        "console",
        lambda said: opened.errors.append(said.text) if said.type == "error" else None,
    )


class _Handler(SimpleHTTPRequestHandler):
    """Serve a folder under a prefix, as a pages host does, and say nothing."""

    def __init__(self, *args: Any, prefix: str, **more: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        if not unquote(urlsplit(path).path).startswith(self.prefix):
            return str(Path(self.directory, "outside the prefix"))
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def _serving(folder: Path, prefix: str) -> Iterator[str]:
    handler = partial(_Handler, directory=str(folder), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Path, str], str]]:
    """`serve(folder, "/a/b/")` gives the address at which the folder is now to be had."""
    with ExitStack() as stack:
        yield lambda folder, prefix: stack.enter_context(_serving(folder, prefix))
