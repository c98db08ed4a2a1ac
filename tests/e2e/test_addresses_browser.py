"""What a reader does about a map, and how old and wrong addresses look, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenPage
from tests.e2e.repositories import Repo, a_map, identified
from vsmdocs.reading import read_map
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

CURRENT = "maps/delivery/current.md"
NAMED = a_map(more=identified("delivery")).replace(
    "owner: Quality", "name: '<b>& \"Review\"', owner: 'Quality: 10 %'"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project on a forge, one of whose streams was renamed, and its site."""
    repo = Repo(tmp_path_factory.mktemp("addresses") / "project")
    repo.commit("Begin", {CURRENT: NAMED})
    repo.git("remote", "add", "origin", "https://ada:s3cr3t@github.com/acme/streams.git")
    settings = '[site]\nbase_url = "https://example.org/flow/"\naliases = {old = "delivery"}\n'
    repo.write({"vsmdocs.toml": settings})
    build_site(open_workspace(repo.folder), repo.folder / "site")
    return repo.folder


def test_an_improvement_is_copied_and_pasted(project: Path, open_page: OpenPage) -> None:
    site = project / "site"
    opened = open_page(site / "streams/delivery/current.html", width=360, root=site)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_text("Propose an improvement")
    assert not page.locator("[data-copy]").is_visible()
    button.focus()
    before = button.bounding_box()
    page.keyboard.press("Enter")
    page.locator("[data-copy]").wait_for(state="visible")
    assert button.bounding_box() == before, "what opens does not move under the hand"
    assert opened.overflow() <= 0
    for action in page.locator(".action").filter(visible=True).all():
        box = action.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.get_by_role("button", name="Copy the improvement").click()
    status = page.locator(".ways [role=status]")
    status.get_by_text("Copied.").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.locator("[data-copy]").text_content()
    after = page.locator(".propose-body > p").first.inner_text().split("after line ")[1]
    lines = (project / CURRENT).read_text("utf-8").split("\n")
    place = int(after.split(",")[0])
    lines[place:place] = copied.removesuffix("\n").split("\n")
    (new,) = read_map(CURRENT, "\n".join(lines).encode()).map.improvements
    assert (new.step, new.owner) == ("review", "Quality: 10 %")
    assert new.title == 'A shorter wait for <b>& "Review"'
    # Where the clipboard may not be used, the keys can copy what is selected.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.evaluate("() => { document.execCommand = () => false; }")
    page.get_by_role("button", name="Copy the improvement").click()
    status.get_by_text("Selected").wait_for()
    assert page.evaluate("() => getSelection().toString()").strip() == copied.strip()
    opened.assert_quiet()
    assert opened.violations() == []


def test_old_addresses_lead_on_with_and_without_scripts(
    project: Path, open_page: OpenPage, serve: Callable[[Path, str], str]
) -> None:
    site = project / "site"
    for scripts in (True, False):
        opened = open_page(site / "streams/old/current.html", scripts=scripts, root=site)
        opened.page.wait_for_url("**/streams/delivery/current.html")
        # The page that is left may still have been loading its icon.
        assert (opened.left_site, opened.errors) == ([], [])
    address = serve(site, "/flow/")
    opened = open_page(f"{address}streams/old/current.html#current-review", root=address)
    opened.page.wait_for_url("**/streams/delivery/current.html#current-review")
    assert (opened.left_site, opened.errors) == ([], [])
    # As it looks before it leads on, and to those whose browsers do not.
    text = (site / "streams/old/index.html").read_text("utf-8")
    still = site / "streams/old/still.html"
    still.write_text(text.replace('http-equiv="refresh"', 'name="refresh"'), "utf-8")
    opened = open_page(still, width=360, root=site)
    assert opened.overflow() <= 0
    opened.page.get_by_role("link", name="Go to where this page is now").click()
    opened.page.wait_for_url("**/streams/delivery/index.html")
    still.unlink()


def test_a_wrong_address_gets_a_page_that_leads_on(
    project: Path, tmp_path: Path, open_page: OpenPage, serve: Callable[[Path, str], str]
) -> None:
    site = project / "site"
    # What a server shows in place of a page that is not there, wherever that would be.
    address = serve(site, "/flow/")
    text = (site / "404.html").read_text("utf-8")
    deep = site / "streams/nowhere/at/all.html"
    deep.parent.mkdir(parents=True)
    deep.write_text(text, "utf-8")
    opened = open_page(f"{address}streams/nowhere/at/all.html", width=360, scheme="dark")
    assert opened.overflow() <= 0
    assert opened.violations() == []
    opened.page.locator("main").get_by_role("link", name="Delivery").click()
    assert opened.page.url == f"{address}streams/delivery/index.html"
    opened.assert_quiet()
    deep.unlink()
    (project / "vsmdocs.toml").write_text("")
    build_site(open_workspace(project), tmp_path / "site")
    opened = open_page(tmp_path / "site/404.html", root=tmp_path / "site")
    ground = opened.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert ground not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), "it has its style with it"
    assert opened.page.locator("a").count() == 0
    assert opened.violations() == []
    opened.assert_quiet()
