"""The verbs that say what maps are held to, and why."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs rules                    all rules, by group
  $ vsmdocs rules --group waste      those that look for waste
  $ vsmdocs rules -f json            for other programs

\b
Groups: structure, timing, quality, states, evidence, targets, waste, site.
"""
)
@takes_common
def rules(
    given: Given,
    group: Annotated[
        str | None, typer.Option("--group", metavar="GROUP", help="Only the rules of a group.")
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("-f", "--format", help="How rules are printed.")
    ] = "text",
) -> int:
    """List the rules that maps are held to."""
    from vsmdocs.analysis.lint.catalogue import GROUPS, every_rule
    from vsmdocs.errors import UsageError
    from vsmdocs.model.units import nearest
    from vsmdocs.rendering.rules_text import rules_json, rules_table

    if group is not None and group not in GROUPS:
        near = nearest(group, tuple(GROUPS))
        hint = f"did you mean {near}?" if near else f"the groups are {', '.join(GROUPS)}"
        raise UsageError(f"there is no group of rules {_shown(group)}; {hint}")
    chosen = [rule for rule in every_rule() if group in (None, rule.group)]
    given.terminal.put(rules_json(chosen) if format == "json" else rules_table(chosen))
    return 0


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs explain longest-wait
  $ vsmdocs explain flow-circle
"""
)
@takes_common
def explain(
    given: Given,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Its id, as findings name it.")],
) -> int:
    """Say what a rule asks for, why, what to write, and how to switch it off."""
    from vsmdocs.analysis.lint.catalogue import every_rule, find_rule
    from vsmdocs.errors import UsageError
    from vsmdocs.model.units import nearest
    from vsmdocs.rendering.rules_text import rule_text

    found = find_rule(rule)
    if found is None:
        near = nearest(rule, tuple(one.id for one in every_rule()))
        hint = f"did you mean {near}?" if near else "vsmdocs rules lists them"
        raise UsageError(f"there is no rule {_shown(rule)}; {hint}")
    given.terminal.put(rule_text(found))
    return 0


def _shown(word: str) -> str:
    from vsmdocs.workspace.files import printable

    return f"“{printable(word[:60])}”"
