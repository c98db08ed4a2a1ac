"""Rules for a terminal: all of them in a table, or one with everything that is said of it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from vsmdocs.reading.rule_info import GROUPS, RuleInfo, example_titles
from vsmdocs.rendering.metrics_table import columns

_WIDTH = 80
_KEYS = ("id", "group", "severity", "summary", "reason", "bad", "good")


def rules_table(rules: Iterable[RuleInfo]) -> str:
    """Return a line for each rule, under the name of its group, with a line feed at the end."""
    listed = list(rules)
    rows = columns([(r.id, r.severity, r.summary) for r in listed], "<<<") if listed else []
    lines: list[str] = []
    before = ""
    for rule, row in zip(listed, rows, strict=True):
        if rule.group != before:
            lines += ["", rule.group] if lines else [rule.group]
            before = rule.group
        lines.append(f"  {row}")
    return "".join(f"{line}\n" for line in lines)


def rules_json(rules: Iterable[RuleInfo]) -> str:
    """Return `{"rules": [...]}` as ASCII, with everything that is said of each."""
    rows = [
        {**{key: getattr(rule, key) for key in _KEYS}, "ignorable": not rule.firm} for rule in rules
    ]
    return json.dumps({"rules": rows}, indent=2) + "\n"


def rule_text(rule: RuleInfo) -> str:
    """Return all about one rule: what it asks for and why, what to write, how to switch it off."""
    parts = [
        f"{rule.id} ({rule.severity}, {rule.group})",
        textwrap.fill(rule.summary, _WIDTH),
        textwrap.fill(rule.reason, _WIDTH),
    ]
    if rule.bad:
        before, after = example_titles(rule)
        parts += [before, _indented(rule.bad), after, _indented(rule.good)]
    parts += [textwrap.fill(GROUPS[rule.group], _WIDTH)] if rule.group == "waste" else []
    parts.append(how_to_ignore(rule))
    return "\n\n".join(parts) + "\n"


def how_to_ignore(rule: RuleInfo) -> str:
    """Return how a map says that a rule does not matter to it."""
    if rule.firm:
        return textwrap.fill(firmness(rule), _WIDTH)
    return (
        "Where it does not matter, say so on its line, or alone on the line above it:\n\n"
        f"    # vsmdocs: ignore[{rule.id}] the reason\n\n"
        "Above the first key this holds for the whole file."
    )


def firmness(rule: RuleInfo) -> str:
    """Return what holds for a rule that no comment switches off."""
    if rule.severity == "error":
        return "It cannot be switched off."
    return f'No comment switches it off; settings can, with `ignore = ["{rule.id}"]` in `[check]`.'


def _indented(example: str) -> str:
    return textwrap.indent(example.rstrip("\n"), "    ")
