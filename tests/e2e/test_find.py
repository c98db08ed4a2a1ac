"""Finding: the list of everything without scripts, and the search in a browser, from disk."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import OpenedPage, OpenPage
from tests.e2e.maps.generate import as_map
from tests.e2e.repositories import Repo
from tests.unit.rendering.pages.safe_html import check_harmless, name_of, parse
from vsmdocs.__main__ import main

HOSTILE = "<img src=x onerror=alert(1)> \"'&{{7*7}}</script>"
OPTION = "[role=option]"


class Site(NamedTuple):
    root: Path
    folder: Path


def _steps(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": "build", "owner": "Engineering", "process_time": "2d"},
        {"id": "review", "name": "Code review", "owner": "Engineering", "wait_time": "3d"},
        {"id": "gate", "name": "Freigabe durch Änderungsausschuß", "owner": "Change board"},
        *more,
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two streams, one of them with two states, a past, and text that wants to be markup."""
    root = tmp_path_factory.mktemp("found")
    sla = {"id": "sla", "title": "Reviews start within a day", "step": "review", "status": "trial"}
    delivery = {"title": "Delivery", "owner": "Payments", "improvements": [sla], "tags": ["web"]}
    odd = {"id": "odd", "name": HOSTILE, "owner": HOSTILE, "systems": ["Tracker"]}
    signs = {"id": "signs", "name": "世界各地的顧客測試"}
    files = {
        "delivery/current.md": as_map({**delivery, "steps": _steps(odd)}),
        "delivery/future.md": as_map({**delivery, "improvements": [], "steps": _steps(signs)}),
        "incidents/current.md": as_map({"title": "Incidents", "steps": [{"id": "page-somebody"}]}),
    }
    texts = {f"maps/{name}": text for name, text in files.items()}
    Repo(root).commit("Map what we do", texts)
    assert main(["-C", str(root), "build", "-o", str(root / "site"), "--quiet"]) == 0
    return Site(root, root / "site")


def type_in(page: Page, text: str) -> list[str]:
    """Type into the search that has the focus, and give the results' texts."""
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(text)
    status = page.locator("[role=status]:visible").last
    page.wait_for_function(
        "([words, e]) => /result|Nothing/.test(e.textContent)"
        " && e.closest('.find-box').dataset.shown === words",
        arg=[text, status.element_handle()],
    )
    return [" ".join(text.split()) for text in page.locator(OPTION).all_inner_texts()]


def assert_sound(opened: OpenedPage) -> None:
    """Fail when the page did not keep quiet, spills over or shuts somebody out."""
    opened.assert_quiet()
    assert opened.overflow() <= 0
    assert opened.violations() == []
    # axe asks for the style sheet once more, in vain.
    opened.failed.clear()
    opened.errors.clear()


# --- the list --------------------------------------------------------------------


def test_the_list_has_everything_and_every_link_in_it_leads_somewhere(site: Site) -> None:
    text = (site.folder / "find/index.html").read_text("utf-8")
    tree = parse(text)
    check_harmless(tree)
    links: dict[str, list[str]] = {}
    for element in tree.iter():
        if name_of(element) == "a" and "href" in element.attrib:
            links.setdefault("".join(element.itertext()), []).append(element.attrib["href"])
    below = "../streams/delivery/"
    assert links["Delivery"][0] == f"{below}index.html"
    assert links["Incidents"][0] == "../streams/incidents/index.html"
    assert links["Code review"] == [f"{below}current.html#current-step-review"]
    assert links[HOSTILE][0] == f"{below}current.html#current-step-odd"
    assert links["世界各地的顧客測試"] == [f"{below}future.html#future-step-signs"]
    assert f"{below}future.html#future-step-review" in links["Future"]
    assert links["Reviews start within a day"] == [f"{below}current.html#improvement-sla"]
    assert len(re.findall(r"new map", text)) == 3, "every newest change"
    for owner in ("Payments", "Engineering", "Change board", HOSTILE):
        assert owner in {"".join(e.itertext()) for e in tree.iter() if name_of(e) == "dt"}
    for href in {href for found in links.values() for href in found}:
        path, _, anchor = unquote(href).partition("#")
        target = (
            (site.folder / "find" / path).resolve() if path else site.folder / "find/index.html"
        )
        assert target.is_file(), href
        if anchor:
            assert f'id="{anchor}"' in target.read_text("utf-8"), href


def test_a_page_has_a_link_and_nothing_else_of_the_search(site: Site) -> None:
    home = (site.folder / "index.html").read_text("utf-8")
    assert home.count("find/index.html") == 1
    assert "assets/search" not in home
    (index,) = site.folder.glob("assets/search.*.js")
    pointer = (site.folder / "assets/search.js").read_text("utf-8")
    assert json.loads(pointer.partition(" = ")[2].rstrip(";\n")) == index.name


def test_everything_in_the_index_leads_somewhere(site: Site) -> None:
    (index,) = site.folder.glob("assets/search.*.js")
    text = index.read_text("utf-8").rpartition("globalThis.vsmdocsSearch = ")[2]
    streams, owners, changes, pages = json.loads(text.removesuffix(";\n"))
    hrefs = [row[1] for row in (*owners, *changes, *pages)]
    for name, _, _, _, states, steps, improvements in streams:
        hrefs.append(f"streams/{name}/index.html")
        pages_of = [f"streams/{name}/{state}.html" for state, _ in states]
        hrefs += pages_of
        hrefs += [f"{pages_of[at]}#{states[at][0]}-step-{row[0]}" for row in steps for at in row[4]]
        hrefs += [f"{pages_of[at]}#improvement-{row[0]}" for row in improvements for at in row[4]]
    assert {row[2] for row in pages} == {"page", "tag", "system", "term"}
    assert len(owners) == 4
    assert len(changes) == 3
    for href in hrefs:
        path, _, anchor = unquote(href).partition("#")
        assert (site.folder / path).is_file(), href
        if anchor:
            assert f'id="{anchor}"' in (site.folder / path).read_text("utf-8"), href


def test_a_change_gives_the_index_another_name_and_leaves_other_streams_be(site: Site) -> None:
    (before,) = (path.name for path in site.folder.glob("assets/search.*.js"))
    other = site.folder / "streams/incidents/index.html"
    stamp = other.stat().st_mtime_ns
    path = site.root / "maps/delivery/current.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Code review", "Peer review"), "utf-8")
    try:
        assert main(["-C", str(site.root), "build", "-o", str(site.folder), "--quiet"]) == 0
        (after,) = site.folder.glob("assets/search.*.js")
        assert after.name != before
        assert "Peer review" in after.read_text("utf-8")
        assert "page-somebody" in after.read_text("utf-8")
        assert other.stat().st_mtime_ns == stamp
    finally:
        path.write_text(text, "utf-8")
        main(["-C", str(site.root), "build", "-o", str(site.folder), "--quiet"])


# --- the search ------------------------------------------------------------------


def test_everything_is_found_with_the_keyboard_from_disk(site: Site, open_page: OpenPage) -> None:
    opened = open_page(site.folder / "index.html", root=site.folder)
    page = opened.page
    page.on("dialog", lambda dialog: opened.errors.append(dialog.message))
    brand = page.locator("a.brand")
    brand.focus()
    page.keyboard.press("/")
    box, dialog = page.get_by_role("combobox"), page.get_by_role("dialog", name="Find")
    assert box.input_value() == "", "the key itself is not typed"
    assert box.evaluate("e => e === document.activeElement")
    assert box.get_attribute("aria-expanded") == "false"

    # Several words, the beginning of the last one, in any case, over title and state.
    found = type_in(page, "CODE rev")
    assert found[:2] == ["Code review Delivery, Current · Engineering",
                         "Code review Delivery, Future · Engineering"]  # fmt: skip
    assert page.locator(".find-kind").first.inner_text() == "Steps"
    assert (
        page.locator("[role=listbox] > [role=group]").first.get_attribute("aria-labelledby")
        == "find-1-step"
    )
    assert page.locator(f"{OPTION} mark").all_inner_texts()[:2] == ["Code", "rev"]
    assert page.get_by_role("status").inner_text() == f"{len(found)} results"
    assert type_in(page, "revewi future")[0].startswith("Code review Delivery, Future")
    assert page.locator(f"{OPTION} mark").first.inner_text() == "review"
    assert type_in(page, "anderungsausschuss")[0].startswith("Freigabe durch Änderungsausschuß")
    assert type_in(page, "顧客")[0].startswith("世界各地的顧客測試")
    for words, kind in (("incidents", "Streams"), ("change boa", "Owners"),
                        ("within a day", "Improvements"), ("new map", "Changes"),
                        ("activity ratio (", "Changes"), ("tracker", "Steps")):  # fmt: skip
        type_in(page, words)
        assert kind in page.locator(".find-kind").all_inner_texts(), words
    assert type_in(page, "zzzz") == []
    assert page.get_by_role("status").inner_text().startswith("Nothing found")
    assert box.get_attribute("aria-expanded") == "false"
    assert type_in(page, "review zzzz")
    assert page.get_by_role("status").inner_text().startswith("Nothing has all")

    # A stranger's text is text.
    assert type_in(page, "onerror alert")[0].startswith(HOSTILE)
    assert page.locator("dialog img, dialog script").count() == 0

    # Arrows go round; what is chosen is what Enter opens, and assistive technology is told.
    count = len(type_in(page, "review"))
    assert count > 2
    chosen = page.locator(f"{OPTION}[aria-selected=true]")
    first = chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    last = box.get_attribute("aria-activedescendant")
    assert last == page.locator(OPTION).last.get_attribute("id") != first
    page.keyboard.press("ArrowDown")
    assert chosen.get_attribute("id") == first == box.get_attribute("aria-activedescendant")
    assert_sound(opened)

    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert brand.evaluate("e => e === document.activeElement")
    page.keyboard.press("ControlOrMeta+k")
    assert page.evaluate("() => getSelection().toString()") == "review", "ready for another word"
    type_in(page, "code review")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/streams/delivery/future.html#future-step-review")
    assert page.locator("tr:target th").inner_text().startswith("Code review")
    opened.assert_quiet()

    # To a place on the same page: the dialog does not stay before it.
    page.get_by_role("button", name="Find").click()
    type_in(page, "freigabe future")
    page.keyboard.press("Enter")
    page.wait_for_url("**#future-step-gate")
    assert not page.get_by_role("dialog", name="Find").is_visible()

    # The key can be switched off, and typing it into a field is typing (2.1.4).
    page.keyboard.press("/")
    page.get_by_label("The key / opens this").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert not page.get_by_role("dialog", name="Find").is_visible()
    opened.assert_quiet()


def test_a_search_can_be_shared_as_a_link(site: Site, open_page: OpenPage) -> None:
    opened = open_page(site.folder / "index.html", root=site.folder, width=360, scheme="dark")
    page = opened.page
    page.keyboard.press("/")
    type_in(page, "review “100 %” #")
    assert_sound(opened)
    page.get_by_role("link", name="Link to these results").click()
    page.wait_for_url("**/find/index.html#q=*")
    box = page.get_by_role("combobox")
    assert box.input_value() == "review “100 %” #"
    page.locator(OPTION).first.wait_for()
    assert page.locator("#everything").is_hidden()
    assert_sound(opened)

    page.keyboard.press("/")
    assert box.evaluate("e => e === document.activeElement"), "the box of the page, no second one"
    type_in(page, "payments")
    assert unquote(page.url).endswith("#q=payments")
    page.keyboard.press("Escape")
    assert page.url.endswith("/find/index.html")
    assert page.locator("#everything").is_visible()
    assert page.locator(OPTION).count() == 0
    for hash, value in (("#q=code%20review", "code review"), ("#q=%E0%A4%A", "")):
        page.evaluate("to => { location.hash = to; }", hash)
        page.wait_for_function(
            "v => document.querySelector('[role=combobox]').value === v", arg=value
        )
    opened.assert_quiet()


@pytest.mark.parametrize("file", ["search.js", "search.*.js"])
def test_a_search_that_cannot_be_loaded_says_so(site: Site, open_page: OpenPage, file: str) -> None:
    opened: OpenedPage = open_page(site.folder / "index.html", root=site.folder)
    opened.page.context.route(re.compile(file.replace(".", r"\.").replace("*", r"\w+")),
                              lambda route: route.abort())  # fmt: skip
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("review")
    status = opened.page.get_by_role("status")
    opened.page.wait_for_function("e => e.textContent.includes('could not')",
                                  arg=status.element_handle())  # fmt: skip
    assert opened.page.get_by_role("link", name="Link to these results").is_visible()
