"""Two versions in one picture, in a browser: text in its place, marks that need no colour.

The pages are made here out of the part that every page with a comparison has.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import OpenPage
from tests.e2e.maps.generate import LONG, plan
from tests.e2e.test_site_browser import COLLISIONS, ESCAPES
from vsmdocs.analysis.gap import Measured
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.pages.compare_view import ChangeRow, compare_view
from vsmdocs.rendering.pages.theme import Theme, assets
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import find_engine, lay_out
from vsmdocs.rendering.picture.overlay import draw_overlay, overlay_spec

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Compare</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="style.css"></head>
<body><main id="content" class="wrap"><h1>Compare</h1>
{% from "parts/compare.html.j2" import comparison %}{{ comparison(view) }}
{% if alone %}{% from "parts/map.html.j2" import map_figure %}
<section>{{ map_figure(alone, "alone", "The new one alone", "page.html") }}</section>{% endif %}
</main></body></html>"""
CHANGES = (ChangeRow("changed", "Step 2", "wait 3 d to 1 d", ("lead time −2 d",), tone="better"),)


def version(data: dict[str, Any]) -> Measured:
    stream_map = ValueStreamMap.model_validate({"stream": "s"} | data)
    return stream_map, measure(stream_map)


def copied(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(data))  # type: ignore[no-any-return]


def other_numbers(data: dict[str, Any]) -> dict[str, Any]:
    """Return a version in which every number of every step is another, long ones among them."""
    head = copied(data)
    for number, step in enumerate(head["steps"]):
        step["wait_time"] = ("45m", "1234d", "99.4d", "0", "13.6d")[number % 5]
        if "process_time" in step:
            step["process_time"] = ("33m", "12.5d", "3h", "7.7h")[number % 4]
        step |= {"complete_accurate": "89%", "people": str(number + 30)}
        step |= {"wip": str(number), "automation": ("automated", "manual")[number % 2]}
    for loop in head["rework"]:
        loop["rate"] = "12.5%"
    return head


def rebuilt(data: dict[str, Any]) -> dict[str, Any]:
    """Return a version with steps removed, added, renamed and moved, and other loops."""
    head = copied(data)
    steps = [step for number, step in enumerate(head["steps"]) if number % 4 != 3]
    for number, step in enumerate(steps):
        if number % 3 == 1:
            step |= {"name": "A new name for it", "owner": "Somebody else altogether"}
    steps.insert(2, {"id": "added", "name": "Added here", "owner": "Quality", "wait_time": "2d"})
    head |= {"steps": steps, "flow": [" -> ".join(step["id"] for step in steps)]}
    head["rework"] = [{"from": steps[-1]["id"], "to": steps[0]["id"], "rate": "5%"}]
    head["improvements"] = []
    return head


def named(data: dict[str, Any]) -> dict[str, Any]:
    head = copied(data)
    for step, name in zip(head["steps"], LONG, strict=False):
        step["name"] = name
    return head


BASE = plan(15)
CASES = {
    "numbers": (BASE, other_numbers(BASE)),
    "rebuilt": (BASE, rebuilt(BASE)),
    "back": (rebuilt(BASE), BASE),
    "names": (named(BASE), other_numbers(rebuilt(BASE))),
    "same": (BASE, BASE),
}
every_case = pytest.mark.parametrize("case", CASES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overlays")
    (folder / "style.css").write_bytes(assets()["style.css"][1])
    template = Theme()._environment.from_string(PAGE)
    engine = find_engine()
    for name, (one, other) in CASES.items():
        base, head = version(one), version(other)
        overlay, spec = overlay_spec(base, head), spec_of(*head)
        layouts = lay_out([overlay.spec, spec], engine)
        both, own = layouts[overlay.spec.key], layouts[spec.key]
        assert both
        assert own
        view = compare_view(
            base, head, draw_overlay(overlay, both), headline="Lead time 18 d to 14 d.",
            changes=CHANGES, table=f"{name}.html", rows="row",
        )  # fmt: skip
        alone = draw(*head, spec, own) if name == "numbers" else None
        (folder / f"{name}.html").write_text(template.render(view=view, alone=alone), "utf-8")
    return folder


@every_case
def test_text_stays_in_its_place(pages: Path, open_page: OpenPage, case: str) -> None:
    page = open_page(pages / f"{case}.html").page
    assert page.locator(".overlay .map-canvas a.step text.name").count() > 8
    assert page.evaluate(ESCAPES) == []
    assert page.evaluate(COLLISIONS) == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light")])
@pytest.mark.parametrize("case", ["numbers", "rebuilt"])
def test_a_comparison_is_accessible_and_does_not_spill_over(
    pages: Path, open_page: OpenPage, case: str, width: int, scheme: Any
) -> None:
    opened = open_page(pages / f"{case}.html", width=width, scheme=scheme)
    assert opened.overflow() <= 0
    opened.assert_quiet()
    assert opened.violations() == []


def test_steps_stand_where_they_stand_in_the_picture_of_one(
    pages: Path, open_page: OpenPage
) -> None:
    page = open_page(pages / "numbers.html").page
    places = [
        page.locator(f"#{name}-drawing .step").evaluate_all(
            "es => es.map(e => e.getAttribute('transform'))"
        )
        for name in ("compare", "alone")
    ]
    assert len(places[0]) == 15
    assert places[0] == places[1]


def test_marks_differ_by_more_than_colour(pages: Path, open_page: OpenPage) -> None:
    page = open_page(pages / "rebuilt.html").page
    style = "(e, name) => getComputedStyle(e)[name]"
    ghost = page.locator(".map-canvas .step.removed").first
    assert ghost.locator("text.mark-tag-text").text_content() == "× removed"
    assert ghost.locator(".box").evaluate(style, "strokeDasharray") != "none"
    assert "line-through" in ghost.locator("text.name").evaluate(style, "textDecorationLine")
    added = page.locator(".map-canvas .step.added")
    assert added.locator("text.mark-tag-text").text_content() == "+ added"
    assert added.locator(".added-outline").is_visible()
    assert page.locator(".map-canvas .step.changed .changed-bar").first.is_visible()
    gone = page.locator(".map-canvas .edge.removed .line").first
    assert gone.evaluate(style, "strokeDasharray") != "none"
    widths = [
        float(line.evaluate(style, "strokeWidth").removesuffix("px"))
        for line in (gone, page.locator(".map-canvas .edge.added .line").first)
    ]
    assert widths[1] > 2 * widths[0]
    assert page.locator(".map-canvas .sign.added").count() > 0
    assert page.locator(".map-canvas .sign.removed").count() > 0


def test_forced_colours_and_print_keep_the_marks(pages: Path, open_page: OpenPage) -> None:
    opened = open_page(pages / "rebuilt.html")
    opened.page.emulate_media(forced_colors="active")
    colour = opened.page.evaluate("() => getComputedStyle(document.body).color")
    bar = opened.page.locator(".map-canvas .changed-bar").first
    assert bar.evaluate("e => getComputedStyle(e).fill") == colour
    outline = opened.page.locator(".map-canvas .added-outline").first
    assert outline.evaluate("e => getComputedStyle(e).stroke") == colour
    paper = open_page(pages / "rebuilt.html", media="print", width=1100).page
    assert paper.locator(".map-print > svg").first.is_visible()
    assert paper.locator(".scales .scale-bar").first.is_visible()
    assert not paper.locator(".cards").first.is_visible()


def test_cards_of_narrow_windows_have_the_same_marks(pages: Path, open_page: OpenPage) -> None:
    wide = open_page(pages / "rebuilt.html").page
    page = open_page(pages / "rebuilt.html", width=360).page
    for change in ("added", "removed", "changed"):
        cards = page.locator(f".cards > .card-step.{change}")
        assert cards.count() == wide.locator(f".map-canvas .step.{change}").count() > 0
        tag = cards.first.locator(".change-tag")
        assert tag.is_visible()
        assert change in tag.inner_text()
    assert page.locator(".card-ways").is_visible()
    assert page.locator(".card-ways li").count() > 4


def test_a_removed_step_leads_nowhere(pages: Path, open_page: OpenPage) -> None:
    page = open_page(pages / "rebuilt.html").page
    assert page.locator(".map-canvas a.step.removed").count() == 0
    ghost = page.locator(".map-canvas g.step.removed").first
    assert ghost.get_attribute("role") == "img"
    assert (ghost.get_attribute("aria-label") or "").startswith("removed: ")
    places = page.locator(".map-canvas a.step").evaluate_all(
        "es => es.map(e => e.getAttribute('href'))"
    )
    assert all(place.startswith("rebuilt.html#row-step-") for place in places)
