"""Markdown of a project's own pages: links and pictures are found or told, all else is text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rendering.pages.safe_html import ACTIVE, name_of, parse
from vsmdocs.rendering.pages.own_page import OwnDocument, Place, Target

HOSTILE = [
    one["text"]
    for one in json.loads(
        (Path(__file__).parents[3] / "data" / "hostile-strings.json").read_text("utf-8")
    )
]


def render(body: str, places: dict[str, Place] | None = None) -> str:
    return OwnDocument(body, "T", "T").render(lambda target: (places or {}).get(target.written))


@pytest.mark.parametrize(
    ("body", "given", "title"),
    [
        ("# Hello *you*\n\ntext", "", "Hello you"),
        ("text\n\n## Below", "", "Below"),
        ("text", "", "Fallback"),
        ("# Hello", "Given", "Given"),
        ("Title\n=====\n", "", "Title"),
        ("# ", "", "Fallback"),
    ],
)
def test_the_title_is_given_or_the_first_heading(body: str, given: str, title: str) -> None:
    assert OwnDocument(body, given, "Fallback").title == title


def test_the_heading_that_is_the_title_is_not_shown_twice() -> None:
    assert "<h" not in OwnDocument("# Hello\n", "", "x").render(lambda _: None)
    assert "<h2" in OwnDocument("# Hello\n", "Other", "x").render(lambda _: None)


def test_headings_stand_below_the_title_and_can_be_led_to() -> None:
    document = OwnDocument("# T\n\n# One\n\n### Two & more\n\n# One\n\n## Über\n", "T", "")
    html = document.render(lambda _: None)
    assert '<h2 dir="auto" id="h-one">' in html
    assert '<h3 dir="auto" id="h-two--more">' in html
    assert document.anchors == {
        "one": "h-one", "two--more": "h-two--more", "one-1": "h-one-1", "über": "h-über",
    }  # fmt: skip


def test_what_is_named_is_where_it_was_found_to_be() -> None:
    html = render(
        "[a](b%20c.md) and ![alt *x*](d.png)",
        {"b c.md": Place("../b.html?x=1&y"), "d.png": Place("files/d.png", 3, 4)},
    )
    assert '<a href="../b.html?x=1&amp;y">a</a>' in html
    assert '<img src="files/d.png" alt="alt x" width="3" height="4" loading="lazy">' in html


def test_what_is_nowhere_is_text() -> None:
    assert render("[a **b**](c.md) ![alt](d.png) [e](f.md)") == (
        '<p dir="auto"><span>a <strong>b</strong></span> alt <span>e</span></p>\n'
    )


def test_places_of_what_is_named_are_known_by_line() -> None:
    document = OwnDocument("# T\n\none\n[a](b.md)\n\n- ![c](d.png)\n  [e](f.md)\n", "", "")
    assert document.targets() == [
        Target("b.md", 3, False), Target("d.png", 5, True), Target("f.md", 6, False),
    ]  # fmt: skip


def test_links_to_the_web_tell_nobody() -> None:
    assert 'href="https://a.example/" rel="nofollow noopener noreferrer"' in render(
        "[a](https://a.example/)"
    )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "//a.example",
             "\\\\a.example", "file:///etc/passwd", "java\tscript:x", "&#106;avascript:x"],
)  # fmt: skip
def test_no_scheme_but_those_of_the_web_is_a_link(href: str) -> None:
    for body in (f"[a]({href})", f"[a](<{href}>)", f"![a]({href})", f"<{href}>"):
        # Whatever is named is given as found, so that only the reader of Markdown refuses.
        html = OwnDocument(body, "T", "T").render(lambda target: Place(f"found/{len(target)}"))
        assert "script:" not in "".join(
            str(value) for element in parse(_page(html)).iter() for value in element.attrib.values()
        )


def _page(html: str) -> str:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{html}</body></html>"


def check(html: str) -> None:
    for element in parse(_page(html)).iter():
        name = name_of(element)
        assert name not in ACTIVE - {"img"}, name
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on")
            assert attribute != "style"
            if attribute in ("src", "href"):
                assert value.startswith(("found.html", "http://", "https://", "mailto:")) or (
                    value.lower().startswith(("http", "mailto"))
                )


# Control characters are refused before this.
@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if not any(ord(sign) < 32 and sign != "\n" for sign in text)]
)
def test_hostile_text_stays_text(text: str) -> None:
    for body in (text, f"[a]({text})", f"![{text}](a.png)", f"# {text}", f"[a](<{text}> '{text}')"):
        check(OwnDocument(body, "", "x").render(lambda _: Place("found.html")))


@given(st.text(alphabet="[]()<>!#*`'\"\\\n ab:/&|-", max_size=80))
def test_any_text_is_a_page(body: str) -> None:
    document = OwnDocument(body, "", "x")
    check(document.render(lambda _: Place("found.html")))
    check(OwnDocument(body, "", "x").render(lambda _: None))


def test_a_page_that_is_no_prose_is_shown_as_it_is() -> None:
    assert OwnDocument("[" * 9_000, "", "x").render(lambda _: None).startswith("<pre")
