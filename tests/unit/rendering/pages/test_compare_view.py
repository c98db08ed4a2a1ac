"""Two versions on a page: what is said, what leads where, and hostile text as text."""

from __future__ import annotations

from typing import Any

from tests.unit.model.strategies import make
from tests.unit.rendering.pages.safe_html import check_harmless, name_of, parse
from tests.unit.rendering.picture.strategies import HOSTILE
from tests.unit.rendering.picture.test_placing import order_of
from vsmdocs.analysis.gap import Measured
from vsmdocs.model.metrics import measure
from vsmdocs.rendering.pages.compare_view import ChangeRow, CompareView, compare_view
from vsmdocs.rendering.pages.theme import Theme
from vsmdocs.rendering.picture.overlay import draw_overlay, overlay_spec
from vsmdocs.rendering.picture.placing import place

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>'
    '{% from "parts/compare.html.j2" import comparison %}{{ comparison(view) }}</body></html>'
)
BASE = [
    {"id": "build", "process_time": "2d", "wait_time": "1d"},
    {"id": "sign", "process_time": "1h", "wait_time": "5d"},
]
HEAD = [{"id": "build", "process_time": "2d", "wait_time": "4h"}, {"id": "test"}]


def version(steps: list[dict[str, Any]], **keys: Any) -> Measured:
    stream_map = make(steps, **keys)
    return stream_map, measure(stream_map)


def compared(base: Measured, head: Measured, **words: Any) -> CompareView:
    overlay = overlay_spec(base, head)
    picture = draw_overlay(overlay, place(overlay.spec, order_of(overlay.spec)))
    given = {"headline": "It got faster.", "changes": ()} | words
    return compare_view(base, head, picture, **given)


def rendered(view: CompareView) -> str:
    return Theme()._environment.from_string(PAGE).render(view=view)


def test_figures_stand_before_and_after_with_better_and_worse_in_words() -> None:
    view = compared(version(BASE), version(HEAD))
    lead = next(row for row in view.figures if row.label == "Lead time")
    assert (lead.current, lead.future) == (
        "8 d 1 h".replace(" ", "\u00a0"),
        "2\u00a0d\u00a04\u00a0h",
    )
    assert lead.tone == "", "a step of the head has no times, so nobody knows"
    both = compared(version(BASE), version(HEAD[:1]))
    lead = next(row for row in both.figures if row.label == "Lead time")
    assert lead.tone == "better"
    assert (
        '<span class="better">−5\u00a0d\u00a05\u00a0h (−69.2\u00a0%) <span class="small">better'
        in rendered(both)
    )


def test_calendars_that_differ_are_both_named() -> None:
    base = version(BASE, calendar={"hours_per_day": "7"})
    assert compared(base, version(HEAD)).calendar == (
        "7 h days, 5-day weeks before, 8 h days, 5-day weeks after"
    )
    assert compared(base, base).calendar == "7 h days, 5-day weeks"


def test_steps_lead_to_rows_only_where_there_are_some() -> None:
    alone = rendered(compared(version(BASE), version(HEAD)))
    assert "<a" not in alone
    with_table = rendered(
        compared(version(BASE), version(HEAD), table="current.html", rows="current")
    )
    links = [
        element.attrib["href"] for element in parse(with_table).iter() if name_of(element) == "a"
    ]
    rows = ["current.html#current-step-build", "current.html#current-step-test"]
    assert links == rows * 2, "in the picture and on the cards, but for the removed step"


def test_changes_stand_with_their_effects_and_notes() -> None:
    rows = (
        ChangeRow("changed", "Build", "wait 1 d to 4 h", ("lead time −4 h",), tone="better"),
        ChangeRow("changed", "Test", "wait 3 d to 1 d", (), "It is off the critical path."),
    )
    page = rendered(compared(version(BASE), version(HEAD), changes=rows))
    for text in ("wait 1 d to 4 h", "lead time −4 h", "It is off the critical path."):
        assert text in page
    assert "Nothing changed." in rendered(compared(version(BASE), version(BASE)))


def test_without_a_picture_the_tables_stay() -> None:
    view = compare_view(version(BASE), version(HEAD), None, headline="h", changes=())
    page = rendered(view)
    assert "could not be drawn" in page
    assert "Lead time" in page
    assert "<svg" not in page


def test_cards_have_the_same_marks() -> None:
    page = rendered(compared(version(BASE), version(HEAD)))
    cards = page[page.index('<ol class="cards"') : page.index("</ol>")]
    for mark in ("+ added", "× removed", ">changed<"):
        assert cards.count(mark) == 1
    assert '<span class="was">1\u00a0d → </span><b>4\u00a0h</b> of waiting' in cards
    assert "Build → Sign" in page[page.index("card-ways") :]


def test_hostile_text_stays_text() -> None:
    shown = 0
    for text in HOSTILE:
        if not text.strip() or any(ord(sign) < 32 for sign in text):
            continue
        try:
            base = version([{"id": "a", "name": text, "owner": text, "process_time": "1h"}, *BASE])
            head = version([{"id": "a", "name": f"{text}!", "owner": "x"}, *HEAD], title=text)
        except ValueError:
            continue
        rows = (ChangeRow(text, text, text, (text,), text),)
        page = rendered(compared(base, head, headline=text, changes=rows, before=text, after=text))
        check_harmless(parse(page))
        shown += 1
    assert shown > 20
