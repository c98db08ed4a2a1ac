"""What readers with keyboards, narrow windows, other colours or paper find on every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.kinds import SEEN, sample
from tests.e2e.site_checks.window import Window

every_kind = pytest.mark.parametrize("kind", SEEN)
PLACE = "[document.body, ...document.body.querySelectorAll('*')].indexOf(document.activeElement)"
Give = Callable[[int], Window]


@pytest.mark.parametrize("width", [1440, 360])
@every_kind
def test_the_focus_is_always_seen(
    sites: dict[str, Path], window: Give, kind: str, width: int
) -> None:
    opened = window(width).open(*sample(sites, kind), folds=True)
    opened.page.keyboard.press("Tab")
    nothing(opened.run("skip"))
    before = 0
    for _ in range(12):
        place = opened.evaluate(PLACE)
        # After the last place the window's own controls have their turn.
        assert place > before or place == 0, "Tab does not go on in the order of the page"
        before = place
        opened.page.keyboard.press("Tab")
    nothing(opened.run("focus"))
    nothing(opened.noted())


@every_kind
def test_no_page_scrolls_sideways(sites: dict[str, Path], window: Give, kind: str) -> None:
    for name in ("demo", "odd"):
        opened = window(1440).open(*sample(sites, kind, name, "demo", "odd"), folds=True)
        for width in (320, 360, 768, 1440):
            opened.page.set_viewport_size({"width": width, "height": 800})
            nothing(opened.run("overflow"), f"{width} px in {name}:")
        # As far as readers may space letters, words and lines (1.4.12).
        opened.page.set_viewport_size({"width": 360, "height": 800})
        opened.evaluate(
            "document.documentElement.style.cssText ="
            " 'letter-spacing: .12em; word-spacing: .16em; line-height: 1.5'"
        )
        nothing(opened.run("overflow"), f"with wide letters in {name}:")


@every_kind
def test_forced_colours_lose_nothing_and_nothing_moves(
    sites: dict[str, Path], window: Give, kind: str
) -> None:
    opened = window(1440).open(*sample(sites, kind), folds=True)
    usual = opened.run("shown")
    nothing(opened.run("still"), "although the reader asked for stillness:")
    for scheme in ("light", "dark"):
        opened.page.emulate_media(forced_colors="active", color_scheme=scheme)
        forced = opened.run("shown")
        nothing(
            f"{what}: {usual[what]} before, now {forced.get(what)}"
            for what in usual
            # What is a tint in usual colours is no loss.
            if usual[what] >= 1.9 and forced.get(what, 0) < 1.9
        )


@every_kind
def test_paper_has_what_can_be_read(sites: dict[str, Path], window: Give, kind: str) -> None:
    opened = window(1440).open(*sample(sites, kind))
    opened.page.emulate_media(media="print", color_scheme="dark")
    opened.page.set_viewport_size({"width": 1100, "height": 800})
    nothing(opened.run("paper"))
    nothing(opened.run("overflow"))


# Wide windows have room for whatever comes late; narrow ones have none.
@pytest.mark.parametrize(
    ("kind", "width"),
    [*((kind, 360) for kind in SEEN), ("start", 1440), ("map", 1440), ("history", 1440)],
)
def test_nothing_is_pushed_about(
    sites: dict[str, Path], window: Give, kind: str, width: int
) -> None:
    opened = window(width)

    def late(route: Route) -> None:
        # The page is long painted when the script comes, as over a slow line.
        opened.page.wait_for_timeout(80)
        route.continue_()

    opened.page.route("**/script.*.js", late)
    try:
        opened.open(*sample(sites, kind))
        nothing(opened.run("shift"))
    finally:
        opened.page.unroute("**/script.*.js")
