"""axe finds nothing on a page of every kind, light and dark, wide and narrow, with all unfolded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.kinds import SEEN, sample
from tests.e2e.site_checks.window import Window

# WCAG 2.0, 2.1 and 2.2, A and AA, and what is good practice; axe leaves target-size out by itself.
EVERYTHING = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
    ],
    "resultTypes": ["violations"],
    "preload": False,
}  # fmt: skip
# All else is the same in both colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
           "resultTypes": ["violations"], "preload": False}  # fmt: skip
# The sixth row of a list or table is like the fifth, and axe takes its time for each. It says
# nothing about the colours of a drawing.
REPEATED = [
    ["tbody tr:nth-of-type(n+6)"],
    ["ol > li:nth-child(n+6)"],
    ["ul > li:nth-child(n+25)"],
    [".charts > .chart:nth-child(n+3)"],
]
DRAWN = [["svg"]]


def violations(window: Window, options: dict[str, Any]) -> list[str]:
    """Return what axe finds, as `rule: help at selector`; a content policy does not stop it."""
    if not window.evaluate("'axe' in window"):
        window.evaluate(Axe().axe_script)
    found = window.evaluate(
        "([exclude, options]) => axe.run({exclude}, options)",
        [REPEATED + (DRAWN if options is COLOURS else []), options],
    )
    return [
        f"{rule['id']}: {rule['help']} at {node['target'][0]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("kind", SEEN)
def test_axe_finds_nothing(
    sites: dict[str, Path], window: Callable[[int], Window], kind: str, width: int
) -> None:
    opened = window(width).open(*sample(sites, kind), folds=True)
    found = [f"light: {one}" for one in violations(opened, EVERYTHING)]
    opened.emulate("dark")
    found += [f"dark: {one}" for one in violations(opened, COLOURS)]
    nothing(found)
    nothing(opened.noted())


def test_axe_finds_what_is_wrong(sites: dict[str, Path], window: Callable[[int], Window]) -> None:
    opened = window(1440).open(sites["demo"], "index.html")
    wrong = "<h5>Skipped</h5><button></button><p lang=xx-invalid aria-foo=1>Text</p>"
    put = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"
    opened.evaluate(put, wrong)
    opened.evaluate("document.querySelector('h1').style.color = '#eee'")
    rules = {one.partition(":")[0] for one in violations(opened, EVERYTHING)}
    assert rules >= {"button-name", "heading-order", "aria-valid-attr", "color-contrast"}
