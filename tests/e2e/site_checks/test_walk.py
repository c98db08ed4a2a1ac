"""A walk with keys alone, written down as one hears it: from the start to where a wait is edited.

What docs/accessibility.md describes. The record is the role and the name of everything that had
the focus on the way, and what a screen reader reads where the walk stops to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.conftest import Golden
from tests.e2e.site_checks.window import Window

_ROLES = {"DisclosureTriangle": "disclosure"}


class Walk:
    """Somebody with a keyboard and a screen reader, who notes what there is to hear."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        self._cdp = page.context.new_cdp_session(page)

    def says(self, where: Locator) -> str:
        """Return role and name of an element, and of what is in it."""
        lines = where.aria_snapshot().splitlines()
        return "\n".join(line for line in lines if "/url:" not in line)

    def focused(self) -> str:
        """Return role and name of what has the focus, as the browser tells a screen reader."""
        if self.page.evaluate("document.activeElement === document.body"):
            return "the page itself"
        active = self._cdp.send("Runtime.evaluate", {"expression": "document.activeElement"})
        told = self._cdp.send(
            "Accessibility.getPartialAXTree",
            {"objectId": active["result"]["objectId"], "fetchRelatives": False},
        )["nodes"][0]
        role, name = told["role"]["value"], told.get("name", {}).get("value", "")
        assert name, f"a {role} without a name has the focus"
        states = {each["name"]: each["value"].get("value") for each in told.get("properties", ())}
        folded: dict[object, str] = {False: ", closed", True: ", open"}
        more = told.get("description", {}).get("value", "")
        more = f", {more}" if more and more != name else folded.get(states.get("expanded"), "")
        return f"{_ROLES.get(role, role)} “{name}”{more}"

    def tab(self, until: str, key: str = "Tab", most: int = 120) -> str:
        """Press Tab, or Tab backwards, until what has the focus sounds like `until`."""
        for _ in range(most):
            self.page.keyboard.press(key)
            self.heard.append(f"{'Back' if 'Shift' in key else key:<6} {self.focused()}")
            if re.search(until, self.heard[-1]):
                return self.heard[-1]
        raise AssertionError(f"{until} was not heard:\n" + "\n".join(self.heard))

    def enter(self) -> None:
        """Do what the link with the focus does: go to a page or a place, or open its card."""
        before = self.page.title()
        with self.page.expect_event("framenavigated"):
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
        after = self.page.title()
        place = f"page “{after}”" if after != before else "the same page"
        self.heard.append(f"Enter  {place}, at {self.focused()}")

    def reads(self, where: Locator) -> str:
        """Read a part of the page."""
        said = self.says(where)
        self.heard += [f"Reads  {line}" for line in said.splitlines()]
        return said


def test_from_the_start_to_where_the_worst_wait_is_edited(
    sites: dict[str, Path], window: Callable[[int], Window], golden: Golden
) -> None:
    opened = window(1440).open(sites["demo"], "index.html")
    walk = Walk(opened.page)
    walk.heard.append(f"Opens  page “{opened.page.title()}”")

    # Where is the worst wait of all?
    answer = walk.reads(opened.page.locator("section.answer"))
    assert "Where does value get stuck?" in answer
    walk.tab("link “Feature delivery”")
    walk.enter()

    # What is it, in its stream?
    step = opened.page.locator("section.answer b").inner_text()
    assert f"Value gets stuck in {step}" in walk.reads(opened.page.locator("section.answer"))
    walk.tab(f"link “{re.escape(step)}.*longest wait")
    walk.enter()
    card = opened.page.get_by_role("dialog", name=step)
    assert step in walk.reads(card)
    walk.enter()
    row = opened.page.locator("tr:target")
    assert step in walk.reads(row)

    # Since when, and who said so?
    wait = row.locator("[data-label='Wait time']").inner_text()
    walk.tab(f"link “{re.escape(wait)}")
    walk.enter()
    said_row = opened.page.locator("tr:target")
    assert said_row.is_visible()
    who = walk.reads(said_row)
    assert re.search(r"\d{4}", who)
    assert re.search(r"\"[A-Z][a-z]+ [A-Z]\w+", who), "nobody said it"

    # And where is it changed?
    walk.tab("link “Edit this map”", "Shift+Tab")
    place = opened.page.locator(":focus").get_attribute("href") or ""
    assert place.startswith("https://github.com/example/payments/")
    assert "maps/feature-delivery/current.md" in place
    golden("walk", "worst-wait.txt", "\n".join(walk.heard) + "\n")
