"""One browser window that goes from page to page, with what each page did in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Self

from playwright.sync_api import Browser

_SCRIPTS = Path(__file__).parent / "scripts"


class Window:
    """A window of one width; what is asked for outside the site is written down and never had."""

    def __init__(self, browser: Browser, width: int) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        self.page = context.new_page()
        self.width = width
        self._root = ""
        self._noted: list[str] = []
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on(
            "requestfailed", lambda request: self._note_missed(request.url, request.failure)
        )
        self.page.on(
            "response",
            lambda answer: self._note_missed(answer.url, "") if answer.status >= 400 else None,
        )
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on(
            "console", lambda said: self._note(said.text) if said.type == "error" else None
        )

    def _note(self, what: str) -> None:
        self._noted.append(what)

    def _note_missed(self, url: str, why: str | None) -> None:
        # Going on to the next page ends what is still under way.
        if why != "net::ERR_ABORTED":
            self._note(f"did not get {url}")

    def _note_request(self, url: str) -> None:
        if not url.startswith((self._root, "data:", "blob:", "about:")):
            self._note(f"asked for {url}, which is not in the site")

    def as_new(self) -> Self:
        """Put back what one test may have changed for the next."""
        self.page.emulate_media(
            media="screen", color_scheme="light", forced_colors="none", reduced_motion="reduce"
        )
        self.page.set_viewport_size({"width": self.width, "height": 900})
        return self

    def open(self, site: Path | str, page: str, *, folds: bool = False) -> Self:
        """Go to a page of a site, folder or address; `folds` opens all that fold in the text."""
        root = site.resolve().as_uri() if isinstance(site, Path) else site.rstrip("/")
        self._root = root + "/"
        self._noted.clear()
        self.page.goto(self._root + page, wait_until="load")
        if folds:
            self.run("unfold")
        return self

    def emulate(self, scheme: Literal["light", "dark"]) -> None:
        """Show the page in the other colours."""
        self.page.emulate_media(color_scheme=scheme)

    def run(self, script: str) -> Any:
        """Return what one of the scripts beside this file says of the page."""
        return self.page.evaluate((_SCRIPTS / f"{script}.js").read_text("utf-8"))

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """Return what a script says of the page."""
        return self.page.evaluate(script, argument)

    def noted(self) -> list[str]:
        """Return requests to elsewhere, files that were not there, and what the console said."""
        return list(self._noted)
