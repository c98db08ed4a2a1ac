"""Dates can be heard, and whoever cannot see a picture finds what it shows beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import pytest

from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.words import pictures_alone, silent_dates, unmarked_dates

Trees = dict[str, dict[str, Element]]
Check = Callable[[Element], Iterator[str]]


@pytest.mark.parametrize("check", [unmarked_dates, silent_dates, pictures_alone])
def test_what_pages_say(trees: Trees, check: Check) -> None:
    nothing(
        dict.fromkeys(
            f"{name}/{page}: {problem}"
            for name, pages in trees.items()
            for page, tree in pages.items()
            for problem in check(tree)
        )
    )
