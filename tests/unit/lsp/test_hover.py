"""What is shown over a place, and that it is text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.unit.lsp.marked import split
from vsmdocs.lsp.analysis import Analysis, analyse
from vsmdocs.lsp.hover import hover_at
from vsmdocs.lsp.outline import read_outline
from vsmdocs.lsp.project import Place
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.settings import DEFAULTS

HOSTILE = Path(__file__).parents[2] / "data" / "hostile-strings.json"
PLACE = Place("maps/s/current.md", None, Workspace(Path(), DEFAULTS, Path()))
TEXT = """---
title: Delivery
demand: 12/month
steps:
  - {id: build, owner: A, process_time: 2h, wait_time: 1d, capacity: 10/month}
  - {id: side, process_time: 1h, complete_accurate: 50%}
  - {id: never, process_time: 1h}
  - {id: unknown}
  - {id: end, process_time: 1h}
flow:
  - build -> [side, unknown] -> end
  - build -> end
  - never
---
"""


def known(text: str) -> Analysis:
    found = analyse(PLACE, text, date(2026, 10, 1))
    assert found.metrics is not None, found.findings
    return found


def shown(text: str, last: Analysis | None = None) -> str:
    lines, line, column = split(text)
    found = hover_at(read_outline(lines), lines, line, column, last)
    return found.text.replace("\N{NO-BREAK SPACE}", " ") if found else ""


def test_figures_of_a_step() -> None:
    last = known(TEXT)
    build = shown(TEXT.replace("id: build", "id: buil¦d"), last)
    assert build.splitlines() == [
        "`Build`", "", "| | |", "| --- | ---: |", "| Owner | `A` |", "| Process time | 2 h |",
        "| Wait time | 1 d |", "| Lead time | 1 d 2 h |", "| Of the whole lead time | 83.3 % |",
        "| %C&A | unknown |", "| Visits | 1 |", "| Comes by | 100 % |",
        "| Critical path | on it |", "| Demand over capacity | 120 % |",
    ]  # fmt: skip
    side = shown(TEXT.replace("[side,", "[si¦de,"), last)
    assert "| Owner | not stated |" in side
    assert "| %C&A | 50 % |" in side
    assert "| Lead time | unknown |" in shown(TEXT.replace("id: unknown", "id: ¦unknown"), last)
    assert "| Critical path | slack" in shown(TEXT.replace("- never", "- ¦never"), last)
    assert shown(TEXT.replace("- never", "- ¦never")).startswith("Steps joined by arrows.")


def test_figures_of_a_map_stand_over_its_title() -> None:
    last = known(TEXT)
    for bar in ("ti¦tle: Delivery", "title: Del¦ivery"):
        text = shown(TEXT.replace("title: Delivery", bar), last)
        assert "| Lead time | at least 1 d 4 h |" in text
        assert "Working days of 8 h, weeks of 5 days" in text
    assert shown(TEXT.replace("title", "ti¦tle")) == "What the map is called."


@pytest.mark.parametrize(
    ("bar", "said"),
    [
        ("dem¦and:", "How many items the customer asks for."),
        ("demand: 12¦", "How many items the customer asks for."),
        ("process¦_time: 2h", "Hands-on work for one item (PT)."),
        ("demand: 12/month\n# a ¦comment\n", ""),
    ],
)
def test_keys_and_their_values_are_explained(bar: str, said: str) -> None:
    plain = bar.replace("¦", "")
    text = TEXT.replace(plain, bar, 1) if plain in TEXT else TEXT.replace("demand: 12/month\n", bar)
    assert shown(text) == said


def test_nothing_of_a_map_is_markup() -> None:
    strings = json.loads(HOSTILE.read_text(encoding="utf-8"))
    tried = 0
    for text in map(str, strings if isinstance(strings, list) else strings.values()):
        value = json.dumps(text, ensure_ascii=True)
        source = TEXT.replace("owner: A,", f"owner: {value}, name: {value},")
        last = analyse(
            PLACE, source.replace("title: Delivery", f"title: {value}"), date(2026, 1, 1)
        )
        if last.metrics is None:
            continue
        tried += 1
        for bar in (("id: build", "id: buil¦d"), ("title: D", "title: ¦D")):
            found = shown(TEXT.replace(*bar), last)
            tokens = [
                inline
                for token in MarkdownIt("gfm-like", {"linkify": False}).parse(found)
                for inline in (token, *(token.children or ()))
            ]
            kinds = {token.type for token in tokens}
            assert not kinds & {"link_open", "image", "html_inline", "html_block", "em_open",
                                "strong_open", "heading_open", "fence"}, found  # fmt: skip
            assert kinds >= {"table_open", "code_inline"}
    assert tried > 20
