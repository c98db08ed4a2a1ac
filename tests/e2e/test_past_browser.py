"""The pages about the past in a browser: the demonstration's, and those of a hostile repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog

from tests.e2e.conftest import OpenPage
from tests.e2e.repositories import Repo, a_map
from vsmdocs.__main__ import main
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

BELOW = "streams/feature-delivery/"
KINDS = {
    "home": "index.html",
    "stream": f"{BELOW}index.html",
    "map": f"{BELOW}current.html",
    "history": f"{BELOW}history.html",
    "gap": f"{BELOW}gap-future.html",
    "changelog": f"{BELOW}changelog.html",
    "changes": "changes/index.html",
    # Which commits these are is read from the changelog.
    "first": "",
    "version": "",
    "newest": "",
    "compare": "",
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def linked(folder: Path, below: str) -> list[str]:
    """Give the pages that the changelog links to below a folder, newest first."""
    text = (folder / BELOW / "changelog.html").read_text(encoding="utf-8")
    found = re.findall(rf'href="[^"]*({re.escape(BELOW + below)}[^"#]+)"', text)
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    folder = tmp_path_factory.mktemp("demo") / "payments"
    assert main(["demo", str(folder)]) == 0
    return folder / "site"


@pytest.fixture(scope="module")
def kinds(site: Path) -> dict[str, str]:
    """A page of each kind, below the site."""
    versions = linked(site, "versions/current/")
    assert len(versions) > 9
    return {
        **KINDS,
        "first": versions[-1],
        "version": versions[len(versions) // 2],
        "newest": versions[0],
        "compare": linked(site, "compare/current/")[0],
    }


# --- every page, at both widths and in both schemes ---------------------------

# The largest page of each kind is looked at in site_checks/.
LOOKS = [("first", 1440, "light"), ("first", 360, "dark"), ("newest", 360, "light")]


@pytest.mark.parametrize(("kind", "width", "scheme"), LOOKS)
def test_a_page_is_accessible_and_does_not_spill_over(
    site: Path, kinds: dict[str, str], open_page: OpenPage, kind: str, width: int, scheme: Any
) -> None:
    opened = open_page(site / kinds[kind], width=width, scheme=scheme, root=site)
    assert opened.overflow() <= 0
    # Before axe, which asks for the style sheet once more, in vain.
    opened.assert_quiet()
    assert opened.violations() == []


@every_kind
def test_no_width_and_no_paper_makes_a_page_scroll_sideways(
    site: Path, kinds: dict[str, str], open_page: OpenPage, kind: str
) -> None:
    opened = open_page(site / kinds[kind], root=site)
    for fold in opened.page.locator("details").all():
        fold.evaluate("e => { e.open = true }")
    for width in (320, 700, 701, 999, 1000, 1920):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.overflow() <= 0, width
    opened.page.emulate_media(media="print")
    for width in (700, 1100):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.overflow() <= 0, f"{width} on paper"
    assert not opened.page.locator(".in-time, .filter").filter(visible=True).count()
    opened.assert_quiet()


@every_kind
def test_everything_is_there_with_scripts_off(
    site: Path, kinds: dict[str, str], open_page: OpenPage, kind: str
) -> None:
    plain = open_page(site / kinds[kind], width=360, scripts=False, root=site)
    usual = open_page(site / kinds[kind], width=360, root=site)
    assert plain.page.locator(".filter").count() == 0, "what does nothing is not there"
    # Controls: where there is little width a table's heads are there to sort by, and nothing else.
    for opened in (plain, usual):
        controls = opened.page.locator(".filter, .scrubber, thead")
        controls.evaluate_all("es => es.forEach(e => e.remove())")
    texts = [" ".join(o.page.locator("body").inner_text().split()) for o in (plain, usual)]
    assert texts[0] == texts[1]
    plain.assert_quiet()


# --- from page to page --------------------------------------------------------


def test_a_reader_gets_from_the_start_through_the_past(
    site: Path, open_page: OpenPage, serve: Callable[[Path, str], str]
) -> None:
    opened = open_page(serve(site, "/repo/"))
    page = opened.page
    page.locator("a:has(svg.spark)").first.click()
    assert page.url.endswith(f"/repo/{BELOW}history.html")
    page.locator(".chart-table summary").first.click()
    page.locator(".chart-table tbody a").first.click()
    assert "/versions/" in page.url
    heading = page.locator("h1 time").get_attribute("datetime")
    page.get_by_role("navigation", name="Versions").locator("a[href*=changelog]").click()
    entry = page.locator(".versions > li:target")
    entry.wait_for(state="visible")
    said = entry.locator("time").first.get_attribute("datetime")
    assert said is not None
    assert heading is not None
    assert said.startswith(heading)
    entry.locator(".version-headline a").click()
    assert page.locator("h1 time").get_attribute("datetime") == heading
    states = page.get_by_role("navigation", name="States of this stream")
    states.get_by_role("link", name="Changelog").click()
    page.locator(".comparisons a").first.click()
    assert "/compare/" in page.url
    states.get_by_role("link", name="Gap").click()
    page.get_by_role("heading", name="Does the gap close?").wait_for(state="visible")
    opened.assert_quiet()


def test_links_lead_from_the_first_version_to_the_newest_and_back(
    site: Path, kinds: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(site / kinds["first"], root=site).page
    assert page.locator("a[rel=prev]").count() == 0
    seen = [page.url]
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
        assert page.url not in seen
        seen.append(page.url)
    expected = [(site / name).as_uri() for name in linked(site, "versions/current/")]
    assert seen == expected[::-1]
    page.locator("a[rel=prev]").click()
    assert page.url == seen[-2]


def test_the_arrow_keys_step_through_time(
    site: Path, kinds: dict[str, str], open_page: OpenPage
) -> None:
    versions = linked(site, "versions/current/")[::-1]
    page = open_page(site / versions[0], root=site).page
    for name in (versions[1], versions[2]):
        page.keyboard.press("ArrowRight")
        page.wait_for_url((site / name).as_uri())
    page.keyboard.press("ArrowLeft")
    page.wait_for_url((site / versions[1]).as_uri())


def test_the_arrow_keys_stay_with_what_has_the_focus(
    site: Path, kinds: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(site / kinds["version"], root=site).page
    page.evaluate(
        "() => { window.steps = 0;"
        " document.querySelector('.in-time').addEventListener('click',"
        "   event => { event.preventDefault(); window.steps += 1; });"
        " document.querySelector('main').append(document.createElement('input')); }"
    )
    for name in (".map-scroll", ".scroll", ".scroll a", "main > input"):
        place = page.locator(name).first
        place.focus()
        assert place.evaluate("e => e === document.activeElement")
        for key in ("ArrowLeft", "ArrowRight"):
            page.keyboard.press(key)
        assert page.evaluate("() => window.steps") == 0, name
    page.locator("a[rel=next]").focus()
    for key in ("Shift+ArrowRight", "Control+ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("() => window.steps") == 0
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => window.steps") == 1, "anywhere else they step"


# --- lists and tables ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["changes", "changelog"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_filter_hides_what_does_not_match_and_says_how_many(
    site: Path, kinds: dict[str, str], open_page: OpenPage, kind: str, width: int
) -> None:
    page = open_page(site / kinds[kind], width=width, root=site).page
    entries = page.locator(".versions > li")
    texts = [text.lower() for text in entries.evaluate_all("es => es.map(e => e.textContent)")]
    field, told = page.get_by_label("Filter by words"), page.get_by_role("status")
    for words in ("priya", "REVIEW wójcik", "review (#22", "nobody-ever-wrote-this"):
        field.fill(words)
        matching = [all(word in text for word in words.lower().split()) for text in texts]
        assert sum(matching) < len(texts)
        assert [entry.is_visible() for entry in entries.all()] == matching
        assert told.inner_text() == f"{sum(matching)} of {len(texts)}"
    field.fill("  ")
    assert entries.filter(visible=True).count() == len(texts)
    assert told.inner_text() == ""


@pytest.mark.parametrize("width", [1440, 360])
def test_every_number_of_the_step_table_leads_to_who_said_it(
    site: Path, kinds: dict[str, str], open_page: OpenPage, width: int
) -> None:
    page = open_page(site / kinds["map"], width=width, root=site).page
    numbers = page.locator("section[aria-labelledby=steps] a.said")
    targets = numbers.evaluate_all("es => es.map(e => e.getAttribute('href').slice(1))")
    rows = page.locator("tr[id^=said-]").evaluate_all("es => es.map(e => e.id)")
    shown = ("process_time", "wait_time", "complete_accurate", "people", "wip")
    of_steps = [row for row in rows if row.endswith(shown) and "--" not in row]
    assert len(of_steps) > 40
    assert sorted(targets) == sorted(of_steps)
    for number, target in zip(numbers.all(), targets, strict=True):
        number.click()
        row = page.locator("tr:target")
        assert row.get_attribute("id") == target
        top: float = row.evaluate("e => e.getBoundingClientRect().top")
        assert -1 <= top < 900, "the row is in sight"


def test_the_table_of_who_said_it_names_the_step_in_every_row(
    site: Path, kinds: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(site / kinds["map"], width=360, root=site).page
    heads = page.locator(".said-rows tbody th")
    names = heads.evaluate_all("es => es.map(e => e.textContent)")
    seen = heads.evaluate_all("es => es.map(e => e.getBoundingClientRect().height > 5)")
    # Narrow windows show it where it changes; who listens hears it each time.
    assert all(names)
    assert seen == [place == 0 or names[place - 1] != name for place, name in enumerate(names)]


# --- what others write --------------------------------------------------------

LONG = "UnbreakableWord" * 60
WRITTEN = {
    "spaces": "Why we did this, at length. " * 80,
    "no spaces": LONG,
    "markup": "<img src=x onerror=alert(1)><script>alert(1)</script> & \u202etxet",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a repository whose people write without end."""
    folder = tmp_path_factory.mktemp("hostile")
    repo = Repo(folder / "project")
    title, path = LONG[:150], "maps/delivery/current.md"
    repo.commit("Begin", {path: a_map("9d", title=title)})
    repo.git("tag", "t" * 120)
    for days, subject in enumerate(WRITTEN.values(), 2):
        name = {"GIT_AUTHOR_NAME": f"<b>{LONG}"}
        repo.commit(subject, {path: a_map(f"{days}d", title=title)}, name)
    repo.git("tag", "u" * 120)
    future = {"maps/delivery/future.md": a_map("1d", title=title, more="target_date: 2026-12-31\n")}
    repo.commit(LONG, future)
    repo.commit("Break it", {"maps/other/current.md": a_map("1d").replace("steps", LONG)})
    build_site(open_workspace(repo.folder), folder / "site", today=date(2026, 1, 15))
    return folder / "site"


def record(errors: list[str], dialog: Dialog) -> None:
    errors.append(dialog.message)
    dialog.dismiss()


@pytest.mark.parametrize("width", [1440, 360])
def test_nothing_that_people_write_breaks_a_page(
    hostile: Path, open_page: OpenPage, width: int
) -> None:
    below = hostile / "streams/delivery"
    pages = [
        hostile / "index.html", hostile / "changes/index.html",
        *(below / f"{name}.html"
          for name in ("index", "current", "history", "gap-future", "changelog")),
        *below.glob("versions/current/*.html"), *below.glob("compare/current/*.html"),
    ]  # fmt: skip
    assert len(pages) > 11
    for place in pages:
        opened = open_page(place, width=width, root=hostile)
        opened.page.on("dialog", partial(record, opened.errors))
        for fold in opened.page.locator("details").all():
            fold.evaluate("e => { e.open = true }")
        assert opened.overflow() <= 0, place.name
        assert opened.page.locator("main img, main script, main b b").count() == 0
        opened.assert_quiet()
        opened.page.context.close()
