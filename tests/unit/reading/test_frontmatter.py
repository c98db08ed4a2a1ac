"""A file is split at its fences, or it is said what is wrong with them."""

from __future__ import annotations

import pytest

from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.frontmatter import Frontmatter, split_frontmatter
from vsmdocs.reading.source import BODY_BYTES, FRONTMATTER_BYTES, read_source


def split(text: str) -> Frontmatter:
    return split_frontmatter(read_source("maps/x.md", text.encode()))


def refused(text: str) -> Finding:
    with pytest.raises(InvalidMap) as caught:
        split(text)
    (finding,) = caught.value.findings
    return finding


def test_the_halves_and_where_they_begin() -> None:
    front = split("--- \na: b\nc: d\n---\t\n\nProse\n--- not a fence\n")
    assert (front.text, front.first_line) == ("a: b\nc: d\n", 2)
    assert (front.body, front.body_line) == ("\nProse\n--- not a fence\n", 5)


def test_there_need_be_no_body() -> None:
    front = split("---\n---")
    assert (front.text, front.body, front.body_line) == ("", "", 3)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("# Title\n", "does not begin"),
        ("\n---\na: b\n---\n", "only after empty lines"),
        ("+++\na = 1\n+++\n", "TOML"),
        ("----\na: b\n---\n", "not --- alone"),
        ("--- {a: b}\n---\n", "not --- alone"),
        (" ---\na: b\n---\n", "not --- alone"),
    ],
)
def test_no_opening(text: str, word: str) -> None:
    finding = refused(text)
    assert (finding.rule, finding.line, finding.column) == ("no-frontmatter", 1, 1)
    assert word in finding.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: b\n", 1),
        ("---\na: b\n...\nProse", 3),
        ("---\na: b\n----\nProse", 3),
        ("---\na: b\n ---\nProse", 3),
    ],
)
def test_no_closing(text: str, line: int) -> None:
    finding = refused(text)
    assert (finding.rule, finding.line, finding.column) == ("frontmatter-not-closed", line, 1)


def test_a_long_body_is_located_where_it_becomes_too_long() -> None:
    fits = "é" * (BODY_BYTES // 2)
    assert not split(f"---\na: b\n---\n{fits}").findings
    (finding,) = split(f"---\na: b\n---\n{fits}xyz").findings
    assert (finding.rule, finding.line) == ("body-too-long", 4)
    assert finding.column == BODY_BYTES // 2 + 1


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_a_file_of_any_size_is_refused_soon(breaks: str) -> None:
    (finding,) = split(f"---\na: b\n---\n{('漢' * 30 + breaks) * 50_000}").findings
    assert finding.rule == "body-too-long"
    long = ("a" * 61 + breaks) * 50_000
    assert refused(f"---\n{long}---\n").rule == "frontmatter-too-long"


def test_a_long_frontmatter() -> None:
    assert refused(f"---\n{'#' * FRONTMATTER_BYTES}\n---\n").rule == "frontmatter-too-long"
    assert split(f"---\n{'#' * (FRONTMATTER_BYTES - 1)}\n---\n").first_line == 2
