"""Pages of a project's own as they are written: a few keys, all of them optional."""

from __future__ import annotations

import pytest

from vsmdocs.errors import InvalidMap
from vsmdocs.reading.own_page import read_own_page


def read(text: str) -> tuple[str, int, bool, str, int]:
    page = read_own_page("pages/a.md", text.encode())
    return page.title, page.order, page.nav, page.body, page.body_line


def test_keys_are_optional() -> None:
    assert read("# Hello\n") == ("", 0, True, "# Hello\n", 1)
    assert read("---\n---\nHello\n") == ("", 0, True, "Hello\n", 3)
    assert read("---\ntitle: Guide\norder: -2\nnav: false\n---\nx") == ("Guide", -2, False, "x", 6)
    assert read("") == ("", 0, True, "", 1)


@pytest.mark.parametrize(
    ("keys", "place", "words"),
    [
        ("titel: x", (2, 1, 6), "did you mean title?"),
        ("layout: x", (2, 1, 7), "possible keys are title"),
        ("order: first", (2, 8, 13), "whole number"),
        ("order: 12345678", (2, 8, 16), "whole number"),
        ("order: ٣", (2, 8, 9), "whole number"),
        ("title: [a]", (2, 8, 11), "single value"),
        ("nav: maybe", (2, 6, 11), "true or false"),
        (f"title: {'x' * 201}", (2, 8, 209), "longer than 200"),
    ],
)
def test_what_is_wrong_with_keys_keeps_no_page_back(
    keys: str, place: tuple[int, int, int], words: str
) -> None:
    page = read_own_page("pages/a.md", f"---\n{keys}\n---\nbody".encode())
    (finding,) = page.findings
    assert (finding.line, finding.column, finding.end_column) == place
    assert (finding.rule, finding.severity) == ("page-keys", "warning")
    assert words in f"{finding.message} {finding.hint}"
    assert (page.order, page.nav, page.body) == (0, True, "body")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"---\ntitle: [\n---\n", "yaml-syntax"),
        (b"---\ntitle: x\n", "frontmatter-not-closed"),
        (b"---\na: &a x\nb: *a\n---\n", "yaml-anchor"),
        (b"\xff", "not-utf8"),
        (b"a\x00b", "control-character"),
        ("a\u202eb".encode(), "bidi-control"),
        (b"x" * 300_000, "page-too-long"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(data: bytes, rule: str) -> None:
    with pytest.raises(InvalidMap) as caught:
        read_own_page("pages/a.md", data)
    finding = caught.value.findings[0]
    assert (finding.path, finding.rule, finding.severity) == ("pages/a.md", rule, "error")
    assert finding.line
