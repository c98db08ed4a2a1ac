"""Every page of every site as a strict parser reads it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.kinds import KINDS, kind_of, pages_of
from tests.e2e.site_checks.links import dead, reached
from tests.e2e.site_checks.markup import named, problems, text_of
from tests.e2e.site_checks.sites import BASE
from tests.unit.rendering.pages.safe_html import check_harmless

# At addresses that nobody follows any more.
UNLINKED = ("missing", "moved")


def test_every_page_is_of_a_known_kind(sites: dict[str, Path]) -> None:
    pages = {f"{name}/{page}": kind_of(page) for name, site in sites.items()
             for page in pages_of(site)}  # fmt: skip
    unknown = [page for page, kind in pages.items() if kind is None]
    nothing(unknown, "add their kind to tests/e2e/site_checks/kinds.py:")
    assert set(pages.values()) == set(KINDS), "a kind of which there is no page is not checked"


def test_the_markup_of_every_page_is_sound(trees: dict[str, dict[str, Element]]) -> None:
    nothing(
        f"{name}/{page}: {problem}"
        for name, pages in trees.items()
        for page, tree in pages.items()
        for problem in problems(tree)
    )


def test_nothing_stands_in_a_page_that_runs_or_styles(
    trees: dict[str, dict[str, Element]],
) -> None:
    for pages in trees.values():
        for tree in pages.values():
            check_harmless(tree)


def test_titles_tell_pages_apart(trees: dict[str, dict[str, Element]]) -> None:
    for name, pages in trees.items():
        titles = Counter(
            text_of(named(tree, "title")[0])
            for page, tree in pages.items()
            if kind_of(page) != "moved"
        )
        assert [title for title, count in titles.items() if count > 1] == [], name


def test_no_link_inside_a_site_is_dead(
    sites: dict[str, Path], trees: dict[str, dict[str, Element]]
) -> None:
    nothing(link for name, site in sites.items() for link in dead(site, trees[name], BASE))


def test_every_page_is_reached_from_the_start(
    sites: dict[str, Path], trees: dict[str, dict[str, Element]]
) -> None:
    for name, pages in trees.items():
        lost = {page for page in set(pages) - reached(pages) if kind_of(page) not in UNLINKED}
        nothing(sorted(lost), f"no link leads there in {name}:")
