"""A site in a language from right to left, in a browser: what scripts say, and where things are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.greek import greek, latin_left, site_in_greek
from tests.e2e.site_checks.kinds import SEEN, by_kind
from tests.e2e.site_checks.test_axe import EVERYTHING, violations
from tests.e2e.site_checks.window import Window

BELOW = "streams/feature-delivery/"
# Three that say the same word otherwise, and one that is short for others.
HEBREW = """---
title: הזמנה חדשה
owner: לשכת מנכ״ל
steps:
  - {id: a, name: בדיקת תשלומים, process_time: 1h}
  - {id: b, name: אישור התשלום, wait_time: 2d, process_time: 1h}
  - {id: c, name: שליחה, process_time: 1h}
---
"""
LEFT = "e => e.getBoundingClientRect().left"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site, in which all that is ours is in Greek letters."""
    folder = tmp_path_factory.mktemp("right-to-left") / "payments"
    return site_in_greek(folder, {"maps/order/current.md": HEBREW})


def in_latin(page: str) -> set[str]:
    """Return what is in Latin letters in a page, but for what is not ours to say."""
    return {text for _, text in latin_left(page)}


def edges(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def look_for(page: Page, words: str) -> list[str]:
    """Return the titles of what is found for some words."""
    page.get_by_role("combobox").fill(words)
    expect(page.locator(f".find-box[data-shown='{words}']")).to_be_attached()
    return page.locator(".find-title").all_inner_texts()


def test_what_scripts_say_is_in_the_language(site: Path, open_page: OpenPage) -> None:
    place = site / BELOW / "current.html"
    opened = open_page(place, root=site)
    page = opened.page
    region = page.locator(".map-scroll")

    page.locator(".theme").click()
    page.keyboard.press("/")
    assert look_for(page, greek("build"))
    assert look_for(page, greek("build") + " " + greek("zzzzz"))
    assert not look_for(page, "ωωωωωω")
    page.keyboard.press("Escape")
    for button in (".map-in", ".map-out", ".map-reset"):
        page.locator(button).click()
    page.locator(".step").nth(3).click()
    expect(page.locator(".step-card")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".take > summary").first.click()
    page.locator(".time-play").hover()
    page.locator(".time-tick").nth(3).hover(force=True)
    region.focus()
    page.keyboard.press("+")
    assert in_latin(page.content()) <= in_latin(place.read_text("utf-8"))

    page.goto((site / "index.html").as_uri())
    page.locator("thead button").first.click()
    page.goto((site / BELOW / "changelog.html").as_uri())
    page.locator(".filter input").fill("a")
    assert in_latin(page.content()) <= in_latin(
        (site / BELOW / "changelog.html").read_text("utf-8")
    )
    opened.assert_quiet()


def test_hebrew_is_found_as_it_is_written(site: Path, open_page: OpenPage) -> None:
    page = open_page(site / "find/index.html", root=site).page
    assert look_for(page, "תשלום") == ["אישור התשלום", "בדיקת תשלומים"]
    expect(page.locator(".find-list mark").first).to_have_text("תשלום")
    assert look_for(page, "הַתַּשְׁלוּם")[0] == "אישור התשלום"
    assert "לשכת מנכ״ל" in look_for(page, 'מנכ"ל')
    assert "לשכת מנכ״ל" in look_for(page, "מנכל")
    field = page.get_by_role("combobox")
    field.fill("")
    assert field.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_pictures_and_time_go_from_left_to_right(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    page = opened.page
    # The page begins at the right, its picture at the left.
    assert edges(page.locator(".brand"))[1] > 1300 > 200 > edges(page.locator(".theme"))[0]
    region = page.locator(".map-scroll")
    lanes, steps = page.locator(".map-lanes"), page.locator(".map-canvas .step")
    assert abs(edges(lanes)[0] - edges(region)[0]) < 1
    assert edges(steps.nth(0))[0] < edges(steps.nth(1))[0] < edges(steps.nth(2))[0]

    # What is under the pointer stays there, and what is chosen has its card beside it.
    box = steps.nth(2).locator(".queue-plate, .box").first
    box.scroll_into_view_if_needed()
    at = edges(box)
    frame = box.bounding_box()
    assert frame is not None
    page.mouse.move(at[0] + 10, frame["y"] + 10)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    expect(page.locator(".map-reset")).not_to_have_attribute("data-zoom", "100%")
    assert abs(edges(box)[0] - at[0]) < 6
    assert abs(edges(lanes)[0] - edges(region)[0]) < 1
    box.click()
    card = page.locator(".step-card")
    expect(card).to_be_visible()
    (left, right), (begin, end) = edges(card), edges(box)
    assert left >= 0
    assert right <= 1440
    assert left <= end + 20
    assert right >= begin - 20
    page.keyboard.press("Escape")

    ticks = [tick.evaluate(LEFT) for tick in page.locator(".time-tick").all()]
    assert ticks == sorted(ticks)
    # The newest version is left of now: with the key on the page, and with that of the strip.
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/versions/current/*.html")
    newest = page.url
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: url != newest)
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_url(newest)
    way_back, way_on = page.locator(".in-time > [data-key]").all()
    assert edges(way_back)[0] < edges(page.locator(".time-play"))[1] < edges(way_on)[0]
    frame = page.get_by_role("slider").bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + frame["width"] - 14, frame["y"] + 20)
    page.wait_for_url("**/current.html")
    opened.assert_quiet()


def test_tables_are_taken_along_without_signs_of_direction(site: Path, open_page: OpenPage) -> None:
    page = open_page(site / "index.html", root=site).page
    assert re.search("[\u2066-\u2069\u200e]", page.locator("table").first.inner_text())
    page.locator(".take > summary").first.click()
    with page.expect_download() as download:
        page.locator(".take[open] li button").first.click()
    text = Path(download.value.path()).read_text("utf-8")
    assert greek("Lead time") in text
    assert not re.search("[\u2066-\u2069\u200e\u200f]", text)


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Callable[[Path, str], Window]:
    """`narrow(site, page)` gives a narrow window with a page of it."""
    window = Window(browser, 360)
    return lambda site, page: window.open(site, page, folds=True)


def test_no_page_scrolls_sideways(site: Path, narrow: Callable[[Path, str], Window]) -> None:
    kinds = by_kind(site)
    for kind in SEEN:
        for page in kinds.get(kind, [])[:1]:
            width = narrow(site, page).evaluate(
                "() => document.documentElement.scrollWidth - innerWidth"
            )
            assert width <= 0, page


@pytest.mark.parametrize("kind", ["start", "map", "version", "organisation"])
def test_axe_finds_nothing(site: Path, narrow: Callable[[Path, str], Window], kind: str) -> None:
    assert violations(narrow(site, by_kind(site)[kind][0]), EVERYTHING) == []
