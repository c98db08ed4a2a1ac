"""Markdown of strangers: it can be read, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rendering.pages.safe_html import check_prose, name_of
from tests.unit.rendering.picture.strategies import HOSTILE
from vsmdocs.rendering.pages.prose import render_prose

#: Ways to bring an address or some HTML into Markdown.
AROUND = (
    "{}", "# {}", "- {}", "> {}", "`{}`", "```{}\n{}\n```", "| a |\n| --- |\n| {} |", "[x]({})",
    "[x](<{}>)", "![{}](x.png)", "![x]({})", "<{}>", "[x]: {}\n\n[x]", "[x][{}]", "**{}**",
    "[x](https://a.example '{}')", "    {}", "{}\n===", "1. {}\n   {}",
)  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:x",
    "javascript&colon;alert(1)", "&#1;javascript:alert(1)", "data:text/html,<script>1</script>",
    "vbscript:x", "file:///etc/passwd", "//evil.example/x", "/\\evil.example", "https:evil.example",
    "https:///evil.example", "ftp://evil.example", "../../secret", "#fragment", "blob:https://x/1",
    "http://", "mailto:", "https://ok.example/\"onmouseover=alert(1)", "https://ok.example/<script>",
    "view-source:https://x.example", "https:\\\\evil.example", "x:y",
)  # fmt: skip


#: Control characters are errors when a map is read, and never come this far.
READABLE = [text for text in HOSTILE if not any(ord(sign) < 32 and sign != "\n" for sign in text)]


@pytest.mark.parametrize("text", [*READABLE, *ADDRESSES])
def test_hostile_text_can_do_nothing(text: str) -> None:
    for around in AROUND:
        check_prose(render_prose(around.replace("{}", text)))
    assert len(READABLE) > 140


@given(st.lists(st.sampled_from([*READABLE, *ADDRESSES, *AROUND, "\n", "\n\n", " ", "<", "]("])))
def test_no_mixture_can_do_anything(parts: list[str]) -> None:
    check_prose(render_prose("".join(parts)))


@given(st.text("[]()!<>\"'`*_#-:/\\&;=\n\t abcjs01|~^{}\u00a0\u200f", max_size=60))
def test_no_markup_can_do_anything(text: str) -> None:
    check_prose(render_prose(text))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["[x]({})", "<{}>", "[x]: {}\n\n[x]"])
def test_only_plain_web_addresses_become_links(address: str, around: str) -> None:
    html = render_prose(around.replace("{}", address))
    links = [e.attrib["href"] for e in check_prose(html).iter() if name_of(e) == "a"]
    assert all(link.startswith("https://ok.example/") for link in links)


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/x?y=1&z=2#w",
        "http://a.example",
        "mailto:a@b.example",
        "HTTPS://A.EXAMPLE",
    ],
)
def test_web_addresses_are_links_that_tell_nobody(address: str) -> None:
    (link,) = [e for e in check_prose(render_prose(f"[x]({address})")).iter() if name_of(e) == "a"]
    assert link.attrib["href"] == address
    assert link.attrib["rel"].split() == ["nofollow", "noopener", "noreferrer"]


def test_an_image_is_what_it_is_said_to_show() -> None:
    html = render_prose("![The <b>board</b>](https://evil.example/track.png)")
    assert html.strip() == '<p dir="auto">The &lt;b&gt;board&lt;/b&gt;</p>'
    assert "evil" not in render_prose("![](https://evil.example/track.png)")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# A\n## B\n### C", ["h3", "h4", "h5"]),
        ("### A\n#### B", ["h3", "h4"]),
        ("# A\n> ## B\n\n- ### C", ["h3", "h4", "h5"]),
        ("## A\n##### B\n###### C", ["h3", "h4", "h5"]),
        ("## A\n# B\n## C", ["h3", "h3", "h4"]),
        ("###### A\n# B\n#### C\n## D", ["h3", "h3", "h4", "h4"]),
        ("no heading", []),
    ],
)
def test_headings_stand_below_the_page_s_own(text: str, tags: list[str]) -> None:
    tree = check_prose(render_prose(text))
    assert [
        name_of(e) for e in tree.iter() if name_of(e)[0] == "h" and name_of(e)[1:].isdigit()
    ] == tags


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_headings_never_skip_a_level(levels: list[int]) -> None:
    html = render_prose("\n\n".join(f"{'#' * level} x" for level in levels))
    tags = [int(name_of(e)[1]) for e in check_prose(html).iter() if name_of(e)[1:].isdigit()]
    before = 2
    for level in tags:
        assert 3 <= level <= before + 1
        before = level


def test_plain_markdown_is_what_it_looks_like() -> None:
    html = render_prose(
        "Two **words**, `code`\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"
    )
    names = [name_of(e) for e in check_prose(html).iter()]
    assert {"strong", "code", "ul", "li", "table", "th", "td"} <= set(names)


def test_nothing_gives_nothing() -> None:
    assert not render_prose("")
    assert not render_prose(" \n ")


def test_prose_of_the_largest_size_is_read_at_once() -> None:
    for unit in ("*a ", "[", "> ", "`", "- a\n", "<a ", "![](", "|a", "**a_"):
        check_prose(render_prose(unit * (20_000 // len(unit))))


@pytest.mark.parametrize("mark", ["[", "![", "*", "`", "> ", "<a"])
def test_what_would_take_a_parser_too_long_is_shown_as_it_is(mark: str) -> None:
    text = mark * 6_000
    html = str(render_prose(text))
    assert html.startswith("<pre")
    assert html.count(mark.strip().replace("<", "&lt;").replace(">", "&gt;")) == 6_000
