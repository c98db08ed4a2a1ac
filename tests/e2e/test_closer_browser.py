"""Looking closer at a map, one step in all its places, and stepping through time, from a disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from vsmdocs.__main__ import main

BELOW = "streams/feature-delivery/"
WIDTH = "e => e.getBoundingClientRect().width"
FOCUSED = "e => e === document.activeElement"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    folder = tmp_path_factory.mktemp("closer") / "payments"
    assert main(["demo", str(folder)]) == 0
    return folder / "site"


@pytest.fixture(scope="module")
def versions(site: Path) -> list[str]:
    """The pages of the current state's versions, oldest first."""
    text = (site / BELOW / "changelog.html").read_text(encoding="utf-8")
    found = re.findall(rf'href="[^"]*({re.escape(BELOW)}versions/current/[^"#]+)"', text)
    return list(dict.fromkeys(found))[::-1]


def zoom_of(page: Page) -> int:
    """Return what the button says, in percent."""
    return int((page.locator(".map-reset").first.get_attribute("data-zoom") or "").rstrip("%"))


def scrolled(page: Page) -> list[float]:
    found: list[float] = page.locator(".map-scroll").first.evaluate("e=>[e.scrollLeft,e.scrollTop]")
    return found


def come_to_rest(page: Page) -> None:
    """Wait until nothing scrolls any more: what a key began goes on for many frames, on a thread of
    its own, and would move what a test is about to measure."""
    page.evaluate(
        """() => new Promise(done => {
            const region = document.querySelector('.map-scroll');
            let [was, still] = ['', 0];
            const look = () => {
                const now = [region.scrollLeft, region.scrollTop, scrollX, scrollY].join();
                [was, still] = [now, now === was ? still + 1 : 0];
                still < 20 ? requestAnimationFrame(look) : done();
            };
            look();
        })"""
    )


# --- zoom, pan, full screen -------------------------------------------------------


def test_keys_buttons_wheel_and_mouse_look_closer(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    page = opened.page
    region, canvas = page.locator(".map-scroll"), page.locator(".map-canvas")
    usual, height = canvas.evaluate(WIDTH), region.evaluate("e => e.offsetHeight")
    for button in page.locator(".map-tools button").filter(visible=True).all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert button.get_attribute("aria-label")

    region.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert canvas.evaluate(WIDTH) == pytest.approx(usual * 1.25**2, rel=0.01)
    assert zoom_of(page) == 156
    assert region.evaluate("e => e.offsetHeight") == height, "the page stays where it is"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.map-scroll').scrollLeft > 0")
    come_to_rest(page)
    page.keyboard.press("-")
    assert zoom_of(page) == 125
    page.keyboard.press("0")
    assert zoom_of(page) == 100
    assert canvas.evaluate(WIDTH) == usual
    assert region.get_attribute("style") in (None, "")

    # What lies under the pointer stays there; without a key the wheel is the page's.
    region.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 20)")
    region.evaluate("e => e.scrollTo(0, 0)")
    come_to_rest(page)
    step = page.locator(".map-canvas .step").nth(3)
    box = step.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    page.wait_for_function("() => document.querySelector('.map-row.zoomed')")
    after = step.bounding_box()
    assert after is not None
    assert after["width"] > box["width"] * 1.2
    assert abs(after["x"] - box["x"]) < 5
    lanes = page.locator(".map-lanes")
    assert lanes.evaluate(WIDTH) < 104 * 1.3, "names take no more room than they need"

    # Panning ends as no click, and the names of the lanes stay at the left.
    left, view = lanes.bounding_box(), scrolled(page)
    page.mouse.down()
    page.mouse.move(box["x"] - 150, box["y"] - 40, steps=4)
    page.mouse.up()
    assert scrolled(page)[0] == pytest.approx(view[0] + 152, abs=3)
    assert page.locator(".step[aria-current]").count() == 0
    now = lanes.bounding_box()
    assert left is not None
    assert now is not None
    assert now["x"] == left["x"]
    page.locator(".map-reset").click()
    page.mouse.move(box["x"], box["y"])
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY > before", arg=page.evaluate("scrollY - 1"))
    assert zoom_of(page) == 100
    page.locator(".map-canvas .lane").first.dblclick(position={"x": 500, "y": 20})
    assert zoom_of(page) == 160
    opened.assert_quiet()


def test_two_fingers_zoom_and_one_is_left_to_the_page(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / BELOW / "current.html", width=900, root=site)
    page = opened.page
    page.locator(".map-scroll").scroll_into_view_if_needed()
    box = page.locator(".map-scroll").bounding_box()
    assert box is not None
    browser = page.context.new_cdp_session(page)
    browser.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    y = max(box["y"], 0) + 100

    def touch(kind: str, *places: float) -> None:
        points = [{"x": x, "y": y, "id": number} for number, x in enumerate(places)]
        browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 400, 500)
    for apart in (20, 40, 60):
        touch("touchMove", 400 - apart, 500 + apart)
    touch("touchEnd")
    expect(page.locator(".map-reset")).to_have_attribute("data-zoom", "220%")
    assert page.evaluate("visualViewport.scale") == 1, "the page is not zoomed as well"
    action = page.locator(".map-scroll").evaluate("e => getComputedStyle(e).touchAction")
    assert action == "pan-x pan-y"
    opened.assert_quiet()


@pytest.mark.parametrize("refused", [False, True])
def test_full_screen_has_its_state_and_is_left_again(
    site: Path, open_page: OpenPage, refused: bool
) -> None:
    opened = open_page(site / BELOW / "current.html", width=360 if refused else 1440, root=site)
    page = opened.page
    if refused:
        page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(); }")
    button = page.locator(".map-full")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("figure.is-full .map-scroll")).to_be_visible()
    assert opened.overflow() <= 0
    expect(button).to_be_focused()
    # Here the wheel alone looks closer.
    before = zoom_of(page)
    page.mouse.move(200, 400)
    page.mouse.wheel(0, -120)
    page.wait_for_function(
        "was => parseInt(document.querySelector('.map-reset').dataset.zoom) > was", arg=before
    )
    if refused:
        page.locator(".brand").focus()
        assert page.evaluate("() => !!document.activeElement.closest('figure')")
        page.keyboard.press("Escape")
    else:
        page.keyboard.press("f")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.locator(".is-full").count() == 0
    assert zoom_of(page) == 100
    # A link out of it leads there, and not behind it.
    button.click()
    expect(page.locator("figure.is-full .map-scroll")).to_be_visible()
    page.locator(".map-canvas .step").first.click()
    page.get_by_role("dialog").get_by_role("link", name="All figures of this step").click()
    expect(page.locator("tr:target")).to_be_in_viewport()
    assert page.locator(".is-full").count() == 0
    opened.assert_quiet()


# --- one step in all its places -----------------------------------------------------


def test_a_card_has_a_steps_figures_who_said_them_and_when(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    page = opened.page
    step = page.locator(".map-canvas .step.worst")
    name = step.get_attribute("data-step")
    row = page.locator(f"tr[id='current-step-{name}']")
    said = page.locator(f"tr[id='said-{name}-wait_time']")
    card = page.get_by_role("dialog")
    step.hover()
    expect(card).to_be_visible()
    assert row.locator("th > span").first.inner_text() in card.inner_text()
    labels = card.locator("dt").all_inner_texts()
    values = card.locator("dd > b").all_inner_texts()
    assert len(labels) == len(values) == 6
    for label, value in zip(labels, values, strict=True):
        assert row.locator(f"td[data-label='{label}']").inner_text() == value
    wait = card.locator("dd").nth(labels.index("Wait time"))
    for part in ("Since", "Said by", "Evidence"):
        assert said.locator(f"td[data-label='{part}']").inner_text() in wait.inner_text()
    assert said.locator(".age").inner_text() in wait.inner_text()
    link = wait.get_by_role("link")
    assert link.evaluate("e => e.href") == said.locator("a").evaluate("e => e.href")

    # It can be pointed at, stays, and goes with Escape wherever the focus is.
    card.hover()
    page.wait_for_timeout(500)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(2, 2)
    step.hover()
    expect(card).to_be_visible()
    page.mouse.move(2, 2)
    expect(card).to_be_hidden()

    # The same by keyboard: from the step into its card, and back.
    page.locator(".map-scroll").focus()
    page.keyboard.press("Tab")
    first, second = (
        page.locator(".map-canvas .step").nth(0),
        page.locator(".map-canvas .step").nth(1),
    )
    assert first.evaluate(FOCUSED)
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    assert card.evaluate("e => e.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert first.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    for _ in card.locator("a").all():
        page.keyboard.press("Tab")
    assert second.evaluate(FOCUSED)
    opened.assert_quiet()
    assert opened.violations() == []


def test_a_chosen_step_is_marked_everywhere_and_a_link_restores_it(
    site: Path, open_page: OpenPage
) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    page = opened.page
    step = page.locator(".map-canvas .step.worst")
    name = step.get_attribute("data-step")
    places = [
        f".map-canvas .step[data-step='{name}']",
        f".ladder [data-rung='{name}']",
        f"tr[id='current-step-{name}']",
        f".rank [data-step='{name}']",
    ]

    def marked(page: Page) -> list[bool]:
        return [page.locator(f"{place}.picked").count() > 0 for place in places]

    assert marked(page) == [False] * 4
    address = page.url
    step.click()
    assert marked(page) == [True] * 4
    assert page.locator(".picked[data-step]:not(li)").count() == 1, "it alone"
    assert page.url == f"{address}#current-step-{name}"
    assert step.get_attribute("aria-current") == "true"
    card = page.get_by_role("dialog")
    card.get_by_role("link", name="All figures of this step").click()
    assert page.locator("tr:target").get_attribute("id") == f"current-step-{name}"

    again = open_page(f"{address}#current-step-{name}", root=site).page
    assert marked(again) == [True] * 4
    assert again.locator("tr:target").count() == 1
    # A view with its zoom leads to the picture itself.
    view = open_page(f"{address}?view=current:1.5,0.25,0.4#current-step-{name}", root=site).page
    assert marked(view) == [True] * 4
    assert zoom_of(view) == 150
    expect(view.get_by_role("dialog")).to_be_visible()

    # From a row to the picture.
    other = page.locator("tr[id^='current-step-']").last
    other.locator("th").click()
    assert marked(page)[0] is False
    chosen = page.locator(".map-canvas .step.picked")
    assert chosen.get_attribute("data-step") == (other.get_attribute("id") or "")[13:]
    opened.assert_quiet()


def test_arrow_keys_walk_along_the_flow(
    site: Path, versions: list[str], open_page: OpenPage
) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    page = opened.page
    steps = page.locator(".map-canvas .step")
    steps.first.focus()
    for place in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        assert steps.nth(place).evaluate(FOCUSED)
    page.keyboard.press("ArrowLeft")
    assert steps.nth(2).evaluate(FOCUSED)
    assert page.url.endswith("current.html"), "no step through time"

    # Where steps have no rows to lead to they are buttons, ghosts among them.
    page.goto((site / versions[5]).as_uri())
    steps = page.locator(".map-canvas .step")
    steps.first.focus()
    page.keyboard.press("ArrowRight")
    assert steps.nth(1).evaluate(FOCUSED)
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    expect(card).to_contain_text(steps.nth(1).get_attribute("aria-label").split(",")[0])  # type: ignore[union-attr]
    assert page.locator(".ladder .picked").count() == 1
    opened.assert_quiet()


# --- through time ----------------------------------------------------------------------


def test_the_strip_steps_through_time_and_keeps_the_place(
    site: Path, versions: list[str], open_page: OpenPage
) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    page = opened.page
    slider = page.get_by_role("slider", name="Version in time")
    count = len(versions) + 1
    assert slider.get_attribute("aria-valuemax") == str(count)
    assert slider.get_attribute("aria-valuetext") == "The map as it is now"
    assert page.locator(".time-tick").count() == count
    assert page.locator(".time-tick.milestone").count() > 3
    assert "baseline" in page.locator(".time-name").all_inner_texts()

    page.locator(".map-scroll").focus()
    page.keyboard.press("+")
    slider.focus()
    slider.evaluate("e => scrollBy(0, e.getBoundingClientRect().top - 100)")
    top = slider.evaluate("e => e.getBoundingClientRect().top")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url((site / versions[-1]).as_uri())
    expect(slider).to_be_focused()
    assert abs(slider.evaluate("e => e.getBoundingClientRect().top") - top) < 2
    assert zoom_of(page) == 125, "the zoom comes along"
    page.keyboard.press("Home")
    page.wait_for_url((site / versions[0]).as_uri())
    expect(slider).to_be_focused()
    text = slider.get_attribute("aria-valuetext") or ""
    assert text.startswith(f"Version 1 of {count - 1}, 20")
    page.keyboard.press("End")
    page.wait_for_url((site / BELOW / "current.html").as_uri())

    # By mouse: it says where one is about to go, and goes there.
    box = page.locator(".time-line").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + 30, steps=3)
    expect(page.locator(".time-words")).to_contain_text("Version 1 of")
    page.mouse.up()
    page.wait_for_url((site / versions[0]).as_uri())

    # Focus stays on the link as well, while it is stepped with.
    page.locator("a[rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url((site / versions[1]).as_uri())
    expect(page.locator("a[rel=next]")).to_be_focused()
    # From the newest version the way leads on to the map as it is now.
    page.goto((site / versions[-1]).as_uri())
    page.keyboard.press("ArrowRight")
    page.wait_for_url((site / BELOW / "current.html").as_uri())
    # Who leaves at once gives up what the page still asked for.
    assert opened.left_site + opened.errors == []


def test_playing_goes_on_over_pages_and_stops(
    site: Path, versions: list[str], open_page: OpenPage
) -> None:
    opened = open_page(site / versions[-3], root=site)
    page = opened.page
    play, stop = (page.get_by_role("button", name=re.compile(n)) for n in ("^Play", "^Stop"))
    page.wait_for_timeout(200)
    assert page.url == (site / versions[-3]).as_uri(), "nothing plays unasked"
    play.click()
    page.wait_for_url((site / versions[-2]).as_uri())
    expect(stop).to_be_focused()
    page.wait_for_url((site / versions[-1]).as_uri())
    # Asked to stop, it stops.
    page.keyboard.press("Escape")
    expect(play).to_be_visible()
    play.click()
    page.wait_for_url((site / BELOW / "current.html").as_uri())
    expect(play).to_be_visible()
    page.go_back()
    page.wait_for_url((site / versions[-1]).as_uri())
    page.go_back()
    # Pages that were played through are not in the way back.
    page.wait_for_url((site / versions[-3]).as_uri())
    expect(play).to_be_visible()
    assert opened.left_site + opened.errors == []


def test_steps_glide_to_their_places_where_movement_is_wanted(
    site: Path, versions: list[str], open_page: OpenPage
) -> None:
    opened = open_page(site / versions[3], root=site)
    page = opened.page
    seen: dict[str, Any] = {}
    motions: tuple[Literal["reduce", "no-preference"], ...] = ("reduce", "no-preference")
    for motion in motions:
        page.emulate_media(reduced_motion=motion)
        page.goto((site / versions[3]).as_uri())
        page.context.add_init_script(
            "window.glides = 0; const animate = Element.prototype.animate;"
            "Element.prototype.animate = function (...given) {"
            " window.glides += 1; return animate.apply(this, given); };"
            "addEventListener('pagereveal', e => { window.fades = !!e.viewTransition; });"
        )
        page.evaluate(
            "() => { document.querySelector('.map-canvas .step').style.translate = '40px 0'; }"
        )
        page.keyboard.press("ArrowRight")
        page.wait_for_url((site / versions[4]).as_uri())
        page.wait_for_timeout(150)
        seen[motion] = page.evaluate("() => [window.glides > 0, window.fades ?? false]")
    # Whether pages fade as well is up to a browser that has time for it.
    assert seen["reduce"] == [False, False]
    assert seen["no-preference"][0]
    assert opened.errors == []


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_of_it_makes_a_page_scroll_sideways(
    site: Path, versions: list[str], open_page: OpenPage, width: int
) -> None:
    for name in (f"{BELOW}current.html", f"{BELOW}index.html", versions[7]):
        opened = open_page(site / name, width=width, root=site)
        page = opened.page
        assert opened.overflow() <= 0, name
        if width > 700:
            for step in (page.locator(".map-canvas .step").nth(n) for n in (0, 5)):
                step.focus()
                page.keyboard.press("Enter")
                expect(page.get_by_role("dialog").first).to_be_visible()
                assert opened.overflow() <= 0, name
                page.keyboard.press("Escape")
        opened.assert_quiet()
    plain = open_page(site / versions[7], width=width, scripts=False, root=site)
    assert plain.page.locator(".map-tools, .step-card, .scrubber").count() == 0
    assert plain.page.get_by_role("navigation", name="Versions").get_by_role("link").count() == 3
