"""No page is heavy: what a reader's line has to carry, in bytes. Times are in benchmarks/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.generate import write_project
from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.kinds import by_kind, pages_of
from tests.e2e.site_checks.sites import TODAY
from tests.e2e.site_checks.weights import assets_of, compressed, weight
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

START, MAP, ANY = 150_000, 100_000, 200_000
HASHED = re.compile(r"[a-z]+\.[0-9a-f]{10}\.(css|js|svg|png|webp)")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of 200 streams, each with a future."""
    project = tmp_path_factory.mktemp("many")
    write_project(project, 400)
    build_site(open_workspace(project, explicit=True), project / "site", today=TODAY)
    return project / "site"


def test_the_pages_of_200_streams(many: Path) -> None:
    assert (many / "index.html").read_text("utf-8").count("<tr>") > 200
    # With what is fetched for the first search.
    index = sum(compressed(file) for file in (many / "assets").glob("search*.js"))
    assert weight(many, "index.html") + index < START
    nothing(too_heavy(many))


def test_a_page_of_every_kind(sites: dict[str, Path]) -> None:
    for site in sites.values():
        nothing(too_heavy(site))


def too_heavy(site: Path) -> list[str]:
    """Return the pages of a site, the largest of each kind, that weigh more than they may."""
    found = []
    for kind, pages in by_kind(site).items():
        # Its addresses begin at the root of a web server.
        if kind == "missing":
            continue
        most = {"start": START, "map": MAP}.get(kind, ANY)
        if (size := weight(site, pages[0])) >= most:
            found.append(f"{pages[0]}: {size:,} of {most:,}")
    return found


def test_one_style_sheet_and_one_script_both_by_hash(sites: dict[str, Path]) -> None:
    found = []
    for name, site in sites.items():
        for page in pages_of(site):
            # Where the site's address is not known this page has neither; else not a relative one.
            if page == "404.html":
                continue
            assets = assets_of(site, page)
            # The versions of a map are data, which a page opened from a folder can load only so.
            scripts = [file for file in assets["script"] if not file.name.endswith(".versions.js")]
            if len(assets["style"]) != 1 or len(scripts) != 1:
                found.append(f"{name}/{page}: {assets['style']} {scripts}")
            found += [
                f"{name}/{page}: {file.name} is not named by its hash"
                for file in (*assets["style"], *scripts, *assets["icon"])
                if not HASHED.fullmatch(file.name)
            ]
    nothing(found)
