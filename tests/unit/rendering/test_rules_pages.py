"""What is printed and documented of rules, made from the catalogue."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from vsmdocs.analysis.lint.catalogue import GROUPS, every_rule, find_rule
from vsmdocs.rendering.rules_pages import rules_pages
from vsmdocs.rendering.rules_text import rule_text, rules_json, rules_table

DOCS = Path(__file__).parents[3] / "docs" / "rules"
PAGES = rules_pages(every_rule())


@pytest.mark.parametrize("name", PAGES)
def test_the_documentation_says_what_the_code_says(
    name: str, request: pytest.FixtureRequest
) -> None:
    path = DOCS / name
    if request.config.getoption("--update-goldens"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGES[name], encoding="utf-8")
    assert path.exists(), "`make golden` writes it"
    assert path.read_text("utf-8") == PAGES[name], "`make golden` writes docs/rules/ anew"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in DOCS.glob("*.md")} == set(PAGES)


def test_every_link_leads_to_a_heading() -> None:
    links = re.findall(r"\]\(([a-z]+\.md)#([a-z0-9-]+)\)", PAGES["README.md"])
    assert [rule for _, rule in links] == [rule.id for rule in every_rule()]
    for page, rule in links:
        assert f"\n## {rule}\n" in PAGES[page]


def test_every_fence_is_closed_and_every_row_has_three_cells() -> None:
    for text in PAGES.values():
        assert len(re.findall(r"^```", text, re.M)) % 2 == 0
        rows = re.findall(r"^\|.*$", text, re.M)
        assert rows
        assert {row.count("|") for row in rows} == {4}


def test_a_rule_is_explained_whole() -> None:
    rule = find_rule("unknown-time")
    assert rule is not None
    assert (
        rule_text(rule)
        == """\
unknown-time (warning, timing)

Every step's times are known.

A step without times is left out of the lead time, which is then too short, and
ratios cannot be told at all. A rough estimate says more than a gap.

It speaks up here:

    steps:
      - {id: build, process_time: 2d}
      - {id: review, wait_time: 3d}

and not here:

    steps:
      - {id: build, process_time: 2d}
      - {id: review, wait_time: 3d, process_time: 1h..2h}

Where it does not matter, say so on its line, or alone on the line above it:

    # vsmdocs: ignore[unknown-time] the reason

Above the first key this holds for the whole file.
"""
    )


def test_a_rule_of_reading_cannot_be_switched_off() -> None:
    rule = find_rule("not-utf8")
    assert rule is not None
    assert rule_text(rule).endswith("\n\nIt cannot be switched off.\n")
    assert "Instead of" not in rule_text(rule)
    rule = find_rule("no-steps")
    assert rule is not None
    assert "\n\nInstead of\n\n    steps: []\n\nwrite\n\n    steps:\n" in rule_text(rule)


def test_the_table_has_a_line_for_each_rule_below_its_group() -> None:
    lines = rules_table(every_rule()).split("\n")
    assert [line for line in lines if line in GROUPS] == list(GROUPS)
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == [rule.id for rule in every_rule()]
    assert all(len(line) <= 140 for line in lines)
    assert rules_table([]) == ""


def test_the_json_has_everything() -> None:
    text = rules_json(every_rule())
    assert text.isascii()
    rows = json.loads(text)["rules"]
    assert [row["id"] for row in rows] == [rule.id for rule in every_rule()]
    assert set(rows[0]) == {
        "id", "group", "severity", "summary", "reason", "bad", "good", "ignorable",
    }  # fmt: skip
    assert {row["id"]: row["ignorable"] for row in rows}["longest-wait"] is True
