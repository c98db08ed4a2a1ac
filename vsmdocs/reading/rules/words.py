"""How a rule of reading is put down."""

from __future__ import annotations

from vsmdocs.reading.rule_info import RuleInfo


def reading_rule(id: str, summary: str, reason: str, bad: str = "", good: str = "") -> RuleInfo:
    """Return a rule without which a file is no map."""
    return RuleInfo(
        id=id,
        group="structure",
        severity="error",
        summary=summary,
        reason=reason,
        bad=bad,
        good=good,
        firm=True,
    )
