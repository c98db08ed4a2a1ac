"""A site works from a folder on disk and from any folder of a web server, and asks nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.kinds import SEEN, by_kind
from tests.e2e.site_checks.sites import BASE
from tests.e2e.site_checks.window import Window

STYLED = "getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'"
SCRIPTED = "!document.querySelector('.tools') || !!document.querySelector('.tools button')"


def test_every_kind_of_page_works_from_a_sub_folder(
    sites: dict[str, Path], window: Callable[[int], Window], serve: Callable[[Path, str], str]
) -> None:
    opened, found, seen = window(1440), [], set()
    for name in ("odd", "demo"):
        address = serve(sites[name], BASE)
        for kind, pages in by_kind(sites[name]).items():
            if kind in seen or kind not in SEEN:
                continue
            seen.add(kind)
            opened.open(address, pages[-1])
            found += [f"{name}/{pages[-1]}: {what}" for what in opened.noted()]
            found += [
                f"{name}/{pages[-1]} has no {what}"
                for what, there in (("style", STYLED), ("script", SCRIPTED))
                if not opened.evaluate(there)
            ]
    nothing(found)
    assert len(seen) > 10


def test_every_kind_of_page_works_from_disk(
    sites: dict[str, Path], window: Callable[[int], Window]
) -> None:
    opened, found = window(1440), []
    for pages in by_kind(sites["demo"]).values():
        opened.open(sites["demo"], pages[-1])
        found += [f"{pages[-1]}: {what}" for what in opened.noted()]
        found += [
            f"{pages[-1]} has no {what}"
            for what, there in (("style", STYLED), ("script", SCRIPTED))
            if not opened.evaluate(there)
        ]
    nothing(found)


def test_a_request_to_elsewhere_is_noticed(
    sites: dict[str, Path], window: Callable[[int], Window]
) -> None:
    opened = window(1440).open(sites["demo"], "index.html")
    opened.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert any("example.org" in what for what in opened.noted())
