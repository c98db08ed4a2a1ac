"""What a rule is: words about it, and a function that finds where a map breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from vsmdocs.analysis.lint.subject import Path, Subject
from vsmdocs.errors import Severity
from vsmdocs.reading.rule_info import Group, RuleInfo


@dataclass(frozen=True, slots=True)
class Found:
    """One place at which a map breaks a rule."""

    where: Path
    """Path of keys to the value."""
    message: str
    hint: str = ""
    """What to write or to try instead."""
    offset: int = 0
    length: int = 0
    """Characters in a value of one line; 0 and 0 for all of it."""
    key: bool = False
    """Whether it is about the key itself."""
    severity: Severity | None = None
    """Where it is not the rule's usual one."""


Check = Callable[[Subject], Iterable[Found]]
Needs = Literal["", "past", "current"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(RuleInfo):
    """One thing to look for in maps that can be read."""

    check: Check | None = None
    """None where `run` finds it itself."""
    needs: Needs = ""
    """What it must know besides the map: its past, or the stream's current state."""


def rule(
    id: str,
    group: Group,
    severity: Severity,
    *,
    summary: str,
    reason: str,
    bad: str = "",
    good: str = "",
    firm: bool = False,
    needs: Needs = "",
) -> Callable[[Check], Rule]:
    """Make a rule of the function that finds where it is broken."""

    def with_check(check: Check) -> Rule:
        return Rule(
            id=id,
            group=group,
            severity=severity,
            summary=summary,
            reason=reason,
            bad=bad,
            good=good,
            firm=firm,
            needs=needs,
            check=check,
        )

    return with_check
