"""The built site in a browser: nothing spills over, nothing overlaps, all of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import OpenPage
from tests.e2e.maps.generate import BuiltSite, build_project

KINDS = {
    "home": "index.html",
    "stream": "streams/fifteen/index.html",
    "map": "streams/five/current.html",
    "future": "streams/fifteen/future-q2.html",
    "forty": "streams/forty/current.html",
    "large": "streams/large/current.html",
    "names": "streams/names/current.html",
    "names, both": "streams/names/index.html",
    "hostile": "streams/hostile/current.html",
    "unknown": "streams/unknown/current.html",
    "method": "method/index.html",
    "checks": "checks/index.html",
}
LARGE = ("future", "forty", "large", "names", "names, both", "hostile")
BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build_project(tmp_path_factory.mktemp("project"))


def press(page: Page, key: str, until: str, most: int = 60) -> list[str]:
    """Press a key until the focus is on something that matches; return where it was."""
    seen = []
    for _ in range(most):
        page.keyboard.press(key)
        seen.append(page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.className.baseVal ?? (e.className || e.tagName); }"
        ))  # fmt: skip
        if page.evaluate("s => document.activeElement.matches(s)", until):
            return seen
    raise AssertionError(f"{until} was not reached: {seen}")


# --- every page, at both widths and in both schemes ---------------------------


# Pages of usual maps are looked at in site_checks/, of every kind. axe takes its time on these.
LOOKS = [
    (kind, *((1440, "dark") if number % 2 else (360, "light")))
    for number, kind in enumerate((*LARGE, "unknown"))
]


@pytest.mark.parametrize(("kind", "width", "scheme"), LOOKS)
def test_a_page_is_accessible_and_does_not_spill_over(
    site: BuiltSite, open_page: OpenPage, kind: str, width: int, scheme: Any
) -> None:
    opened = open_page(site.folder / KINDS[kind], width=width, scheme=scheme, root=site.folder)
    assert opened.overflow() <= 0
    # Before axe, which asks for the style sheet once more, in vain.
    opened.assert_quiet()
    assert opened.violations() == []


@pytest.mark.parametrize("kind", ["home", "stream", "names", "hostile", "large", "checks"])
def test_no_width_makes_a_page_scroll_sideways(
    site: BuiltSite, open_page: OpenPage, kind: str
) -> None:
    opened = open_page(site.folder / KINDS[kind], root=site.folder)
    for width in (320, 700, 701, 1024, 1920):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.overflow() <= 0, width


@pytest.mark.parametrize("prefix", ["/", "/repo/", "/a/b/"])
def test_the_site_works_under_any_prefix(
    site: BuiltSite,
    open_page: OpenPage,
    serve: Callable[[Path, str], str],
    prefix: str,
) -> None:
    address = serve(site.folder, prefix)
    for kind in ("home", "stream", "map", "method", "checks"):
        opened = open_page(address + KINDS[kind], root=address)
        opened.assert_quiet()
        assert opened.page.locator("h1").count() == 1
        assert opened.page.evaluate(BACKGROUND) != "rgba(0, 0, 0, 0)", "the style is missing"


def test_the_site_works_from_disk(site: BuiltSite, open_page: OpenPage) -> None:
    for kind in set(KINDS) - set(LARGE):
        opened = open_page(site.folder / KINDS[kind], root=site.folder)
        opened.assert_quiet()
        assert opened.page.evaluate(BACKGROUND) != "rgba(0, 0, 0, 0)", "the style is missing"
        opened.page.context.close()


@every_kind
def test_everything_is_there_with_scripts_off(
    site: BuiltSite, open_page: OpenPage, kind: str
) -> None:
    plain = open_page(site.folder / KINDS[kind], scripts=False, root=site.folder)
    usual = open_page(site.folder / KINDS[kind], root=site.folder)
    texts = [" ".join(o.page.locator("body").inner_text().split()) for o in (plain, usual)]
    assert texts[0] == texts[1]
    plain.assert_quiet()


def test_a_reader_gets_from_the_start_to_a_step_and_back(
    site: BuiltSite, open_page: OpenPage, serve: Callable[[Path, str], str]
) -> None:
    page = open_page(serve(site.folder, "/repo/")).page
    page.get_by_role("link", name="15 steps").first.click()
    assert page.url.endswith("/repo/streams/fifteen/index.html")
    page.get_by_role("navigation", name="States of this stream").get_by_role(
        "link", name="Future", exact=True
    ).click()
    page.locator("a.step").first.click()
    page.get_by_role("dialog").get_by_role("link", name="All figures of this step").click()
    target = page.locator("tr:target")
    assert target.count() == 1
    assert target.is_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").first.click()
    assert page.url.endswith("/repo/index.html")


# --- the picture ---------------------------------------------------------------

COLLISIONS = """() => {
  const found = [];
  const shown = r => r.width > 0 && r.height > 0;
  // Letters, not the line's whole height: ascent and descent of a font may touch.
  const ink = r => ({left: r.left + .5, right: r.right - .5,
                     top: r.top + r.height * .2, bottom: r.bottom - r.height * .2});
  for (const svg of document.querySelectorAll("svg.map-canvas, svg.map-lanes")) {
    const texts = [];
    for (const text of svg.querySelectorAll("text")) {
      for (const part of [...text.querySelectorAll(":scope > tspan")].filter(
             t => t.hasAttribute("dy") || t.hasAttribute("y")).concat(
             text.querySelector(":scope > tspan[dy], :scope > tspan[y]") ? [] : [text])) {
        const box = part.getBoundingClientRect();
        if (shown(box)) texts.push([part.textContent, ink(box)]);
      }
    }
    texts.forEach(([one, a], i) => texts.slice(i + 1).forEach(([other, b]) => {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        found.push(`“${one}” and “${other}” overlap`);
    }));
  }
  return found;
}"""
ESCAPES = """() => {
  const found = [];
  for (const step of document.querySelectorAll(".map-canvas a.step")) {
    const frame = step.querySelector(".box").getBoundingClientRect();
    for (const text of step.querySelectorAll("text.name, text.data")) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left + 2 || box.right > frame.right - 2
          || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        found.push(`“${text.textContent}” leaves its box by ` +
          [frame.left - box.left, box.right - frame.right, frame.top - box.top,
           box.bottom - frame.bottom].map(n => n.toFixed(1)));
    }
  }
  const lanes = document.querySelector("svg.map-lanes");
  if (lanes) {
    const frame = lanes.getBoundingClientRect();
    for (const text of lanes.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left || box.right > frame.right)
        found.push(`“${text.textContent}” leaves the lanes' names`);
    }
  }
  for (const part of document.querySelectorAll(".map-canvas .terminal")) {
    const frame = part.querySelector(".factory").getBoundingClientRect();
    for (const text of part.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom)
        found.push(`“${text.textContent}” leaves its end`);
    }
  }
  for (const label of document.querySelectorAll(".map-canvas text.edge-label")) {
    const plate = label.previousElementSibling.getBoundingClientRect();
    const box = label.getBoundingClientRect();
    if (box.left < plate.left || box.right > plate.right)
      found.push(`“${label.textContent}” leaves its plate`);
  }
  return found;
}"""
PICTURES = [kind for kind in KINDS if kind not in ("home", "method", "checks")]


@pytest.mark.parametrize("kind", PICTURES)
def test_text_of_a_map_stays_in_its_place(site: BuiltSite, open_page: OpenPage, kind: str) -> None:
    page = open_page(site.folder / KINDS[kind], root=site.folder).page
    assert page.locator(".map-canvas a.step text.name").count() > 4
    assert page.evaluate(ESCAPES) == []
    assert page.evaluate(COLLISIONS) == []


def test_a_wide_map_scrolls_in_its_own_region(site: BuiltSite, open_page: OpenPage) -> None:
    opened = open_page(site.folder / KINDS["large"], root=site.folder)
    region = opened.page.locator(".map-scroll").first
    assert region.evaluate("e => e.scrollWidth - e.clientWidth") > 5_000
    lanes = opened.page.locator(".map-lanes").first
    before = lanes.bounding_box()
    region.evaluate("e => { e.scrollLeft = 3000 }")
    assert lanes.bounding_box() == before, "the lanes' names stay in sight"
    assert opened.overflow() <= 0


def test_a_map_of_five_steps_needs_no_scrolling(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["map"], root=site.folder).page
    region = page.locator(".map-scroll").first
    assert region.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_the_critical_path_and_the_worst_wait_differ_by_more_than_colour(
    site: BuiltSite, open_page: OpenPage
) -> None:
    page = open_page(site.folder / KINDS["stream"], root=site.folder).page
    width = "e => parseFloat(getComputedStyle(e).strokeWidth)"
    usual = page.locator(".map-canvas .edge:not(.critical) .line").first.evaluate(width)
    assert page.locator(".map-canvas .edge.critical .line").first.evaluate(width) > usual
    worst = page.locator(".map-canvas a.step.worst").first
    assert worst.get_by_text("longest wait", exact=True).is_visible()
    others = page.locator(".map-canvas a.step:not(.worst):not(.critical) .box").first
    assert worst.locator(".box").evaluate(width) > others.evaluate(width)


def test_narrow_windows_have_the_steps_as_cards(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["forty"], width=360, root=site.folder).page
    assert not page.locator(".map-scroll").first.is_visible()
    assert page.locator(".cards .card").count() == 40
    assert page.locator(".cards .card").first.is_visible()
    page.locator(".cards .card").nth(7).click()
    assert page.locator("tr:target").is_visible()


def test_a_picture_has_a_name_and_a_description(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["map"], root=site.folder).page
    image = page.get_by_role("img", name="5 steps, Current", exact=True)
    assert image.count() == 1
    description = image.evaluate("e => e.querySelector('desc').textContent")
    assert "5 steps from left to right: Step 1" in description


# --- keyboard --------------------------------------------------------------------


def test_all_of_a_map_is_reached_by_keyboard_in_reading_order(
    site: BuiltSite, open_page: OpenPage
) -> None:
    page = open_page(site.folder / KINDS["future"], root=site.folder).page
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.is_visible()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0, "the skip link shows itself"
    for name in ("Value streams", "Streams", "Organisation", "Teams", "Checks", "Method"):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.textContent.trim()") == name
    press(page, "Tab", ".map-scroll")
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "region"
    places = []
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.matches('a.step')")
        places.append(page.evaluate("() => document.activeElement.getAttribute('href')"))
        box = page.evaluate(
            "() => { const r = document.activeElement.getBoundingClientRect();"
            " return [r.left, r.right]; }"
        )
        assert box[0] >= -1, "what has the focus is in sight"
        assert box[1] <= 1441
    rows = page.locator("table tr[id*='-step-']").evaluate_all("es => es.map(e => '#' + e.id)")
    assert [place[place.index("#") :] for place in places] == rows
    # Into its card, and by the link there to the row.
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("tr:target").get_attribute("id") == rows[-1][1:]


def test_the_skip_link_skips(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["map"], root=site.folder).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"


def test_whatever_has_the_focus_shows_it(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["map"], root=site.folder).page
    look = """() => {
      const e = document.activeElement, box = e.querySelector?.(".box"), s = getComputedStyle(e);
      return e.matches("a.step") ? getComputedStyle(box).strokeWidth
        : s.outlineStyle !== "none" && s.outlineWidth !== "0px";
    }"""
    usual = page.locator("a.step .box").first.evaluate("e => getComputedStyle(e).strokeWidth")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            break
        seen = page.evaluate(look)
        assert seen, page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")
        assert seen != usual


def test_the_table_of_streams_sorts_by_keyboard(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["home"], root=site.folder).page
    head = page.locator("th[data-sort]", has_text="Activity ratio")
    button = head.get_by_role("button")
    press(page, "Tab", "thead button")
    button.focus()

    def shares() -> list[float | None]:
        column = head.evaluate("e => e.cellIndex")
        values: list[str] = page.locator("tbody tr").evaluate_all(
            "(rows, column) => rows.map(row => row.cells[column].dataset.value)", column
        )
        return [float(value) if value else None for value in values]

    assert head.get_attribute("aria-sort") is None
    for state, sign in (("ascending", 1), ("descending", -1), ("ascending", 1)):
        page.keyboard.press("Enter" if sign > 0 else "Space")
        assert head.get_attribute("aria-sort") == state
        known = [share for share in shares() if share is not None]
        assert known == sorted(known, key=lambda share: sign * share)
        assert shares()[: len(known)] == known, "unknown values stay last"
        assert None in shares(), "there is an unknown value to be sorted"
        assert page.locator("th[aria-sort]").count() == 1
        assert button.evaluate("e => e === document.activeElement"), "the focus stays"
    page.locator("th[data-sort]", has_text="Stream").get_by_role("button").press("Enter")
    names = page.locator("tbody th").evaluate_all("es => es.map(e => e.dataset.value)")
    assert names == page.evaluate("n => [...n].sort((a, b) => a.localeCompare(b))", names)
    assert head.get_attribute("aria-sort") is None


# --- other media -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["map", "stream", "large", "names"])
def test_a_page_prints_with_its_map_in_pieces(
    site: BuiltSite, open_page: OpenPage, kind: str
) -> None:
    opened = open_page(site.folder / KINDS[kind], media="print", width=1100, root=site.folder)
    page = opened.page
    assert not page.locator(".map-scroll").first.is_visible()
    assert not page.locator(".top").is_visible()
    pieces = page.locator(".map-print > svg")
    maps = page.locator(".map-scroll").count()
    assert (pieces.count() > 4 * maps) == (kind == "large")
    for piece in pieces.all():
        box = piece.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 50
    # What is drawn again is there to be drawn.
    missing = page.locator(".map-print use").evaluate_all(
        "es => es.filter(e => !document.querySelector(e.getAttribute('href'))).length"
    )
    assert missing == 0
    drawn = page.locator(".map-print use").evaluate_all("es => es.map(e => e.getBBox().width)")
    assert all(width > 50 for width in drawn), "the pieces are drawn"
    document = page.pdf(prefer_css_page_size=True)
    assert document.startswith(b"%PDF")
    assert len(document) > 20_000
    opened.assert_quiet()


def test_pieces_for_print_show_every_step_once(site: BuiltSite, open_page: OpenPage) -> None:
    page = open_page(site.folder / KINDS["large"], root=site.folder).page
    pieces = page.locator(".map-print svg:not(:has(> svg))").evaluate_all(
        "es => es.map(e => e.getAttribute('viewBox').split(' ').map(Number))"
    )
    boxes = page.locator(".map-canvas a.step").evaluate_all(
        "es => es.map(e => { const b = e.getBBox(), t = e.transform.baseVal[0]?.matrix;"
        " const x = t ? t.e : 0; return [b.x + x, b.x + b.width + x]; })"
    )
    for left, right in boxes:
        held = [x for x, _, width, _ in pieces if x - 1 <= left and right <= x + width + 1]
        assert len(held) == 1, f"a step is cut at {left}"
    end = 0.0
    for x, _, width, _ in pieces:
        assert abs(x - end) < 0.2
        end = x + width


def test_forced_colours_keep_the_picture(site: BuiltSite, open_page: OpenPage) -> None:
    opened = open_page(site.folder / KINDS["stream"], root=site.folder)
    opened.page.emulate_media(forced_colors="active")
    page = opened.page
    colour = page.evaluate("() => getComputedStyle(document.body).color")
    text = page.locator("a.step text.name").first
    assert text.evaluate("e => getComputedStyle(e).fill") == colour
    line = page.locator(".map-canvas .edge .line").first
    assert line.evaluate("e => getComputedStyle(e).stroke") == colour
    opened.assert_quiet()


def test_the_schemes_differ_and_print_is_on_white(site: BuiltSite, open_page: OpenPage) -> None:
    look = "() => getComputedStyle(document.body).backgroundColor"
    where = site.folder / KINDS["home"]
    light = open_page(where, scheme="light", root=site.folder).page.evaluate(look)
    dark = open_page(where, scheme="dark", root=site.folder).page.evaluate(look)
    paper = open_page(where, scheme="dark", media="print", root=site.folder).page.evaluate(look)
    assert light != dark
    assert paper == "rgb(255, 255, 255)"


def test_hostile_text_runs_nothing(site: BuiltSite, open_page: OpenPage) -> None:
    opened = open_page(site.folder / KINDS["hostile"], root=site.folder)
    opened.page.on("dialog", lambda dialog: opened.errors.append(dialog.message))
    for step in opened.page.locator("a.step").all()[:5]:
        step.hover()
    opened.page.keyboard.press("Tab")
    opened.page.wait_for_timeout(200)
    opened.assert_quiet()
    assert opened.page.locator("main script, main img, main iframe, main input").count() == 0
