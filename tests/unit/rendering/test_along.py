"""What is taken along: pictures without a page around them, badges, posters and cards."""

from __future__ import annotations

import struct
from datetime import date
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.rendering.alone_files import chain, pages, seen
from tests.unit.rendering.picture.strategies import HOSTILE, NAMES, pictured
from vsmdocs.rendering.alone import drawing, stand_alone
from vsmdocs.rendering.alone_style import alone_style, tokens
from vsmdocs.rendering.badge import badge_view
from vsmdocs.rendering.card import CardFigure, can_draw, card_view, characters, to_png
from vsmdocs.rendering.card_text import Run, heading, runs, written
from vsmdocs.rendering.pages.dates import dated
from vsmdocs.rendering.pages.map_view import MapView
from vsmdocs.rendering.pages.pages import Link
from vsmdocs.rendering.pages.sentences import Part
from vsmdocs.rendering.picture.mini import MiniPicture
from vsmdocs.rendering.poster import poster_page, poster_rows, poster_view

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 11, 22)


@cache
def style() -> str:
    return pages().style


def alone(view: MapView) -> ElementTree.Element:
    """Return a map's file, which has to be XML."""
    assert view.picture is not None
    figure = pages().figure(view)
    text = stand_alone(view.picture, drawing(figure), view.title, alone_style(style()))
    return ElementTree.fromstring(text)


def check_harmless(tree: ElementTree.Element) -> None:
    """Fail where a file does or asks for anything."""
    for element in tree.iter():
        assert element.tag.startswith(SVG)
        assert element.tag not in {f"{SVG}{name}" for name in ("a", "script", "image", "use")}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name.rpartition("}")[2] not in ("href", "src", "style", "tabindex")
            assert "url(" not in value
    sheet = next(tree.iter(f"{SVG}style"), None)
    assert sheet is None or not any(word in (sheet.text or "") for word in ("url(", "@import"))


# --- pictures -------------------------------------------------------------------------


def test_style_has_values_and_nothing_to_look_up() -> None:
    sheet = alone_style(style())
    assert "var(" not in sheet
    assert "light-dark" not in sheet
    assert sheet.count("{") == sheet.count("}")
    light, dark = sheet.split("@media(prefers-color-scheme:dark)")
    for scheme, part in (("light", light), ("dark", dark)):
        known = tokens(style(), scheme)
        assert f".ground{{fill:{known['--card']}}}" in part
        assert known["--flow"] in part
    assert tokens(style(), "light")["--flow"] not in dark
    assert ":hover" not in sheet
    assert ".answer" not in sheet


def test_style_passes_by_what_would_leave_the_file() -> None:
    sheet = """
    /* .vsm .no { fill: red } */ :root { --a: light-dark(var(--b), rgb(1 2 3 / 4%)); --b: #111; }
    @import "x.css"; @media print { .vsm .p { fill: red; } :root { --b: red; } }
    :root { --card: #fff; --loop: var(--loop); }
    .vsm .x, .top .y { fill: var(--a); mask: url(https://x.example); stroke: var(--loop) }
    .vsm .z:hover { fill: red } .vsm a.step { fill: red }
    """
    assert tokens(sheet)["--a"] == "#111"
    assert tokens(sheet, "dark")["--a"] == "rgb(1 2 3 / 4%)"
    assert alone_style(sheet) == (
        ".ground{fill:#fff}.x{fill:#111}@media(prefers-color-scheme:dark){.x{fill:rgb(1 2 3 / 4%)}}"
    )


def test_a_map_stands_alone() -> None:
    view = seen(chain(3))
    assert view.picture is not None
    tree = alone(view)
    check_harmless(tree)
    assert tree[0].tag == f"{SVG}title"
    assert tree[0].text == "A chain"
    assert tree[1].text == view.picture.description
    words = {text.strip() for text in tree.itertext()}
    assert {"S0", "S1", "S2", "Team 0", "Time ladder"} <= words
    steps = [e for e in tree.iter(f"{SVG}g") if e.get("class", "").startswith("step")]
    assert [step.get("role") for step in steps] == [None] * 3
    assert all(step.get("aria-label") for step in steps)
    assert float(tree.get("width", "")) == view.picture.width + view.picture.lane_width


@given(pictured(most_steps=6))
@settings(max_examples=15)
def test_any_map_is_a_harmless_file(data: dict[str, object]) -> None:
    check_harmless(alone(seen(data)))


def test_hostile_names_stay_text() -> None:
    readable = [text for text in HOSTILE if text.isprintable()]
    rows = [{"id": f"s{n}", "name": text[:80] or "x"} for n, text in enumerate(readable)]
    check_harmless(alone(seen({"title": "</title><script>alert(1)</script>", "steps": rows})))


# --- badge ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "fill", "said"),
    [("better", "--better", ", better"), ("worse", "--worse", ", worse"), ("", "--flow", "")],
)
def test_a_badge_says_all_of_it(direction: str, fill: str, said: str) -> None:
    known = tokens(style())
    shown = badge_view('<b> & "Delivery"', "15 d 3 h", direction, known)
    tree = ElementTree.fromstring(pages().svg("badge", badge=shown))
    check_harmless(tree)
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == f'Lead time of <b> & "Delivery": 15 d 3 h{said}'
    assert tree[0].text == tree.get("aria-label")
    assert [e.get("fill") for e in tree.iter(f"{SVG}path")][1] == known[fill]
    # Besides its colour a sign, which points down where the lead time got shorter.
    assert len(list(tree.iter(f"{SVG}path"))) == (3 if direction else 2)
    texts = [e.text for e in tree.iter(f"{SVG}text")]
    assert texts == ["lead time", f"15 d 3 h {direction}".strip()]


# --- poster ---------------------------------------------------------------------------


def test_a_wide_map_is_cut_into_rows_that_hold_all_of_it() -> None:
    view = seen(chain(60))
    assert view.picture is not None
    rows, beside = poster_rows(view.picture)
    assert len(rows) > 1
    assert not beside
    ends = 0.0
    for row in rows:
        start, _, width, height = map(float, row.box.split())
        assert start == pytest.approx(ends, abs=0.2)
        assert height == pytest.approx(view.picture.height, abs=0.1)
        ends = start + width
    assert ends == pytest.approx(view.picture.width, abs=0.2)


def test_a_small_map_is_one_row() -> None:
    view = seen(chain(4))
    assert view.picture is not None
    rows, _ = poster_rows(view.picture)
    assert len(rows) == 1


def test_pages_for_print_are_of_about_one_width() -> None:
    picture = seen(chain(40)).picture
    assert picture is not None
    widths = [float(page.width) for page in picture.pages]
    assert len(widths) > 2
    assert max(widths) < 1.4 * min(widths)
    assert sum(widths) == pytest.approx(picture.width, abs=0.5)


def test_a_poster_shows_what_is_under_way_first() -> None:
    statuses = ("idea", "rejected", "adopted", "trial", "idea", "idea", "idea")
    data = chain(3)
    data["improvements"] = [
        {"id": f"i{n}", "title": f"Improvement {n}", "step": "s1", "status": status}
        for n, status in enumerate(statuses)
    ]
    view = seen(data)
    shown = poster_view(view, drawing(pages().figure(view)), DAY, None)
    assert [row.number for row in shown.improvements] == [4, 1, 5, 6, 7]
    assert shown.more == "and 1 more on the map's page"
    html = poster_page(pages(), shown, [Link("Overview", "streams/x/index.html")])
    assert html.count("<h1") == 1
    assert "Improvement 3" in html
    assert "Improvement 1" not in html
    assert f"Printed from the maps as they were on {dated('2026-11-22')}" in html


def test_a_poster_without_a_picture_says_so() -> None:
    view = seen(chain(2))._replace(picture=None, mini=None)
    shown = poster_view(view, None, DAY, None)
    html = poster_page(pages(), shown, [Link("Overview", "streams/x/index.html")])
    assert "could not be drawn" in html


# --- cards ----------------------------------------------------------------------------


@cache
def mini() -> MiniPicture | None:
    return seen(chain(5)).mini


def card(title: str, sentence: list[Part], fallback: str = "order-to-cash") -> str:
    view = card_view(
        brand="Our streams",
        titles=(title, fallback),
        kind="wait",
        sentence=sentence,
        figures=[CardFigure("lead time", "≥\u00a03 d"), CardFigure("activity ratio", "12 %")],
        mini=mini(),
        tokens=tokens(style()),
    )
    return pages().svg("card", card=view, family="Noto Sans")


def lines(svg: str) -> list[str]:
    texts = ("".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{SVG}text"))
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]


ANSWER = [Part("Value gets stuck in "), Part("Review", strong=True), Part(": 2 d, 40\u00a0%.")]


def test_a_card_is_a_picture_of_the_right_size_and_always_the_same() -> None:
    assert can_draw()
    svg = card("Order to cash", ANSWER)
    check_harmless(ElementTree.fromstring(svg))
    assert lines(svg)[:3] == [
        "Our streams", "Order to cash", "Value gets stuck in Review: 2 d, 40\u00a0%.",
    ]  # fmt: skip
    # A sign that the fonts lack is a word.
    assert "at least 3 d" in lines(svg)
    made = to_png(svg)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", made[16:24]) == (1200, 630)
    assert to_png(svg) == made
    assert to_png(card("Another", ANSWER)) != made


def test_a_card_never_has_what_its_fonts_lack() -> None:
    for title in (*NAMES, *(text for text in HOSTILE if text.isprintable())):
        svg = card(title, [Part("Value gets stuck in "), Part(title, strong=True), Part(".")])
        shown = lines(svg)
        assert characters().issuperset("".join(shown)), title
        assert shown[1]
        assert len(shown) <= 1 + 2 + 3 + 4, title


def test_a_name_in_another_script_gives_way() -> None:
    told = lines(
        card("本番化", [Part("Value gets stuck in "), Part("本番化", strong=True), Part(".")])
    )
    assert told[1:3] == ["order-to-cash", "Value gets stuck in a step."]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🚀 Release", "Release"),
        ("A → B, ≥ 2 h, − 1", "A to B, at least 2 h, - 1"),
        ("e\u0301", "é"),
        ("本番", ""),
        ("Release 本番", ""),
        ("✈\ufe0f Ship", "Ship"),
        ("مرحبا", "مرحبا"),
        ("שלום", "שלום"),
    ],
)
def test_what_can_be_written(text: str, shown: str) -> None:
    assert written(text, characters()) == shown


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), max_size=5), st.integers(1, 4))
def test_lines_hold_a_sentence_in_order(parts: list[tuple[str, bool]], most: int) -> None:
    said = [Part(f" {text} ", strong) for text, strong in parts]
    found = runs(said, characters(), 30.0, most)
    assert len(found) <= most
    for line in found:
        assert all(run.text for run in line)


def test_a_line_in_two_scripts_is_drawn_in_both() -> None:
    known = characters()
    hebrew = runs((Part("בשלב "), Part("Refinement", strong=True), Part(" of")), known, 99, 1)
    assert [run.text.strip("\u2068\u2069") for run in hebrew[0]] == [
        "בשלב ",
        "Ref\u200cinement",
        " of",
    ]
    assert heading("Refinement בשלב")[0].text == "Ref\u200cinement בשלב"
    # One script has its letters joined as ever.
    assert runs((Part("Refinement"),), known, 99, 1) == ((Run("Refinement", False),),)
    assert heading("Refinement") == (Run("Refinement", False),)
