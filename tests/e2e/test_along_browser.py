"""What can be taken along, in a browser from disk: pictures, tables, links to a view, and paper."""

from __future__ import annotations

import csv
import io
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.conftest import OpenedPage, OpenPage
from vsmdocs.__main__ import main

BELOW = "streams/feature-delivery/"
MILLIMETRE = 96 / 25.4
A4, A3 = (297, 210), (420, 297)
MARGIN = 12


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    folder = tmp_path_factory.mktemp("demo") / "payments"
    assert main(["demo", str(folder)]) == 0
    return folder / "site"


def taken(page: Page, menu: Locator, item: str) -> tuple[str, bytes]:
    """Take something along from a menu; return the file's name and what is in it."""
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_role("button", name=item).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def head_of(page: Page, name: str) -> Locator:
    """Return the button that sorts by a column."""
    return page.locator("thead button", has_text=re.compile(f"^{name}$"))


def table_of(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets(opened: OpenedPage) -> set[tuple[int, int]]:
    """Print a page; return the sizes of the sheets in millimetres."""
    opened.page.emulate_media(media="print")
    printed = opened.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert boxes
    return {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes}


def test_pictures(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / BELOW / "current.html", root=site, scheme="dark")
    menu = opened.page.locator("figure.map .take")
    name, data = taken(opened.page, menu, "Picture as SVG")
    assert name == "feature-delivery-current-map.svg"
    tree = ElementTree.fromstring(data)
    text = data.decode()
    assert "Refinement" in "".join(tree.itertext())
    assert tree[0].text == "Feature delivery, Current"
    assert tree[1].text
    assert not re.search(r"<a\b|<script|<style|href|url\(|var\(|class=|\bon\w+=", text)
    # As it is on the screen: the ground and the lines of the dark theme.
    ground = opened.page.evaluate(
        "() => getComputedStyle(document.querySelector('.card-block')).backgroundColor"
    )
    red, green, blue = map(int, re.findall(r"\d+", ground))
    assert f'fill="#{red:02x}{green:02x}{blue:02x}"' in text

    name, data = taken(opened.page, menu, "Picture as PNG")
    assert name == "feature-delivery-current-map.png"
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (
        round(2 * float(tree.get("width", ""))),
        round(2 * float(tree.get("height", ""))),
    )

    history = open_page(site / BELOW / "history.html", root=site, width=360)
    chart = history.page.locator("figure.chart").first
    name, data = taken(history.page, chart.locator(".take"), "Picture as SVG")
    assert name == "feature-delivery-history-lead-time.svg"
    # The one that is shown, of a wide and a narrow one.
    shown = history.page.evaluate(
        "() => [...document.querySelectorAll('.chart-plot')].find("
        "(plot) => plot.getClientRects().length).viewBox.baseVal.width"
    )
    assert float(ElementTree.fromstring(data).get("width", "")) == shown + 32
    menu = chart.locator(".take")
    assert menu.get_attribute("open") is None
    menu.locator("summary").press("Enter")
    menu.get_by_role("button").first.press("Escape")
    assert menu.get_attribute("open") is None
    assert history.overflow() <= 0
    opened.assert_quiet()
    history.assert_quiet()


def test_a_table_as_it_is_shown(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / "index.html", root=site)
    page = opened.page
    head_of(page, "Lead time").click()
    names = page.locator(".streams tbody th").evaluate_all("all => all.map(e => e.dataset.value)")
    _, data = taken(page, page.locator(".take").first, "Table as CSV")
    rows = table_of(data)
    place = rows[0].index("Lead time (exact, h)")
    assert rows[0][place - 1] == "Lead time"
    # A column of pictures has nothing to say in a table.
    assert "Shape" not in rows[0]
    assert [row[1] for row in rows[1:]] == names
    exact = [float(row[place]) for row in rows[1:]]
    assert exact == sorted(exact)
    assert len({len(row) for row in rows}) == 1

    # Names of others that a spreadsheet would take for formulas, and numbers that it may have.
    hostile = ['=HYPERLINK("x")', "@SUM(A1)", "+cmd|x", "-2 d", "-2.5", "＝1", 'a "b", c', "x\ny"]
    page.evaluate(
        """texts => {
          const body = document.querySelector(".streams tbody");
          const row = body.rows[0];
          body.replaceChildren(...texts.map((text) => {
            const made = row.cloneNode(true);
            made.cells[0].textContent = made.cells[0].dataset.value = text;
            return made;
          }));
          body.rows[1].hidden = true;
        }""",
        hostile,
    )
    _, data = taken(page, page.locator(".take").first, "Table as CSV")
    assert [row[0] for row in table_of(data)[1:]] == [
        "'=HYPERLINK(\"x\")", "'+cmd|x", "'-2 d", "-2.5", "'＝1", 'a "b", c', "x y",
    ]  # fmt: skip
    opened.assert_quiet()


def test_a_link_brings_the_view_back(site: Path, open_page: OpenPage) -> None:
    def link(opened: OpenedPage) -> str:
        """Return the link that is copied, and what is shown where it cannot be."""
        page = opened.page
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
        if page.locator(".filter button").count():
            button = page.locator(".filter button").first
        else:
            page.locator(".take summary").first.click()
            button = page.locator(".take").first.get_by_role("button", name="Copy a link")
        button.click()
        shown = page.get_by_label("The link to this view").input_value()
        page.evaluate(
            "() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }"
        )
        button.click()
        page.wait_for_function("() => window.copied")
        assert page.evaluate("() => window.copied") == shown
        assert page.get_by_label("The link to this view").count() == 0
        return shown

    home = open_page(site / "index.html", root=site)
    heads = home.page.locator("th[aria-sort]")
    button = head_of(home.page, "Gap")
    button.click()
    button.click()
    again = open_page(link(home), root=site)
    restored = again.page.locator("th[aria-sort]")
    assert restored.all_text_contents() == heads.all_text_contents() == ["Gap"]
    assert restored.get_attribute("aria-sort") == "descending"

    history = open_page(site / BELOW / "history.html", root=site)
    tables = history.page.locator("details.chart-table")
    tables.nth(2).locator("summary").click()
    again = open_page(link(history) + "#content", root=site)
    states = again.page.locator("details.chart-table").evaluate_all("all => all.map(e => e.open)")
    assert states.count(True) == 1
    assert states[2]

    changelog = open_page(site / BELOW / "changelog.html", root=site)
    changelog.page.get_by_label("Filter by words").fill("review & a:b")
    address = link(changelog)
    again = open_page(address, root=site)
    assert again.page.get_by_label("Filter by words").input_value() == "review & a:b"
    assert again.page.locator("ol.versions > li:visible").count() == 0
    # What is asked for and not there, or no state at all, is let be.
    odd = "?sort=streams:99:x&sort=x:0:ascending&sort=&filter=:&open=a&view=current:x&x=1"
    lost = open_page((site / "index.html").as_uri() + odd, root=site)
    for opened in (home, history, changelog, again, lost):
        opened.assert_quiet()


def test_paper(site: Path, open_page: OpenPage) -> None:
    opened = open_page(site / BELOW / "current.html", root=site)
    assert sheets(opened) == {A4}
    # As wide as the sheet is within its margins, the map with its ladder ends above the edge.
    width, height = (round((side - 2 * MARGIN) * MILLIMETRE) for side in A4)
    opened.page.set_viewport_size({"width": width, "height": height})
    first = opened.page.locator(".map-print > svg").first.bounding_box()
    assert first is not None
    assert first["width"] > 0.9 * width
    assert first["height"] > 0.5 * height
    assert first["y"] + first["height"] < height
    evidence = opened.page.locator("#ranking").bounding_box()
    assert evidence is not None
    assert evidence["y"] > first["y"] + first["height"]
    assert opened.overflow() <= 0
    assert not opened.page.locator("header.top").is_visible()
    assert not opened.page.locator(".take").first.is_visible()

    poster = open_page(site / BELOW / "poster.html", root=site)
    assert poster.page.locator("h1").count() == 1
    assert poster.overflow() <= 0
    assert poster.violations() == []
    assert sheets(poster) == {A3}
    width, height = (round((side - 2 * MARGIN) * MILLIMETRE) for side in A3)
    poster.page.set_viewport_size({"width": width, "height": height})
    for part in (".poster", ".poster-map", ".poster-end", ".poster-foot"):
        box = poster.page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, part
        assert box["width"] <= width
    # Nothing of it is cut off, nor does anything lie on the map.
    inside = "e => [...e.children].every((c) => c.offsetTop + c.offsetHeight <= e.offsetHeight + 1)"
    assert poster.page.locator(".poster").evaluate(inside)
    narrow = open_page(site / BELOW / "poster.html", root=site, width=320, scheme="dark")
    assert narrow.overflow() <= 0
    opened.assert_quiet()
    narrow.assert_quiet()


def test_files_for_elsewhere(site: Path, open_page: OpenPage) -> None:
    for name in ("current.svg", "badge.svg"):
        open_page(site / BELOW / name, root=site).assert_quiet()
    page = open_page(site / BELOW / "index.html", root=site).page
    links = page.locator(".take-links a").evaluate_all(
        "all => all.map(e => e.getAttribute('href'))"
    )
    assert {"poster.html", "current.svg", "future.svg", "badge.svg"} <= set(links)
    for link in links:
        assert (site / BELOW / link).is_file()
