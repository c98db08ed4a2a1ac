"""`vsmdocs rules`, `vsmdocs explain`, and comments that switch rules off, from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vsmdocs.__main__ import main
from vsmdocs.analysis.lint.catalogue import GROUPS, every_rule

MAP = """---
title: Orders
steps:
  - id: pack
    owner: Warehouse
    process_time: 1h
  - id: ship
    process_time: 1h
---
"""


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_rules_are_listed_by_group(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rules")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line in GROUPS] == list(GROUPS)
    code, out, _ = run(capsys, "rules", "--group", "waste")
    listed = [line.split()[0] for line in out.splitlines()[1:]]
    assert listed == [rule.id for rule in every_rule() if rule.group == "waste"]


def test_rules_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rules", "-f", "json", "--group", "quality")
    assert code == 0
    assert {rule["group"] for rule in json.loads(out)["rules"]} == {"quality"}


def test_every_rule_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in every_rule():
        code, out, err = run(capsys, "explain", rule.id)
        assert (code, err) == (0, "")
        assert out.startswith(f"{rule.id} ({rule.severity}, {rule.group})\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", "longest_wait"), "no rule “longest_wait”; did you mean longest-wait?"),
        (("explain", "qqqq"), "no rule “qqqq”; vsmdocs rules lists them"),
        (("explain", "\x1b[31mx"), "no rule “\\x1b[31mx”"),
        (("rules", "--group", "wast"), "no group of rules “wast”; did you mean waste?"),
        (("rules", "--group", "qqqq"), "the groups are structure, timing, quality"),
    ],
)
def test_what_is_not_known_is_told_with_what_was_meant(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err


def test_a_comment_switches_a_rule_off_for_check_and_for_the_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "maps" / "orders" / "current.md"
    file.parent.mkdir(parents=True)
    (tmp_path / "vsmdocs.toml").write_text("")

    def rules() -> list[str]:
        _, out, _ = run(capsys, "-C", str(tmp_path), "check", "-f", "json")
        return [finding["rule"] for finding in json.loads(out)["findings"]]

    def site() -> str:
        main(["-C", str(tmp_path), "build", "-q", "-o", str(tmp_path / "site"), "--no-cache"])
        return "".join(page.read_text() for page in (tmp_path / "site").rglob("*.html"))

    file.write_text(MAP)
    assert rules() == ["no-owner"]
    assert "has no owner" in site()
    reason = "# vsmdocs: ignore[no-owner] whoever is there ships"
    file.write_text(MAP.replace("- id: ship", f"- id: ship  {reason}"))
    assert rules() == []
    assert "has no owner" not in site()
    file.write_text(MAP.replace("title:", f"{reason}\ntitle:"))
    assert rules() == []
    file.write_text(MAP.replace("title: Orders", f"title: Orders  {reason}"))
    assert sorted(rules()) == ["no-owner", "unused-ignore"]
