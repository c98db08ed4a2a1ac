"""Each site is built once a session, and windows go from page to page as a reader's would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Browser

from tests.e2e.site_checks.kinds import pages_of
from tests.e2e.site_checks.sites import build_demo, build_odd, build_own
from tests.e2e.site_checks.window import Window
from tests.unit.rendering.pages.safe_html import parse


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the sites by name."""
    folder = tmp_path_factory.mktemp("sites")
    return {"demo": build_demo(folder), "own": build_own(folder), "odd": build_odd(folder)}


@pytest.fixture(scope="session")
def trees(sites: dict[str, Path]) -> dict[str, dict[str, Element]]:
    """Every page by site and place: the first error of the markup ends it."""
    return {
        name: {page: parsed(site / page) for page in pages_of(site)} for name, site in sites.items()
    }


def parsed(page: Path) -> Element:
    """Return a page as a tree."""
    try:
        return parse(page.read_text("utf-8"))
    except html5lib.html5parser.ParseError as error:
        raise AssertionError(f"{page}: {error}") from error


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Callable[[int], Window]]:
    """`window(1440)` gives the window of that width; it lives as long as the session."""
    opened: dict[int, Window] = {}

    def give(width: int) -> Window:
        if width not in opened:
            opened[width] = Window(browser, width)
        return opened[width].as_new()

    yield give
    for each in opened.values():
        each.page.context.close()
