"""Every rule that a readable map is held to, in one place. Ids are never reused.

Rules about files that cannot be read stand in `vsmdocs.reading.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from vsmdocs.analysis.lint import calculation, states, totals, upkeep, work
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.errors import Finding, Severity

Group = Literal["calculation", "states", "totals", "upkeep", "work"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for."""

    id: str
    group: Group
    severity: Severity
    """The usual one; a target that is overdue is an error."""
    summary: str
    """What holds for a map that keeps to the rule."""
    check: Callable[[Subject], Iterable[Finding]]


RULES: tuple[Rule, ...] = (
    Rule(
        "no-exit",
        "calculation",
        "error",
        "Every item gets out of its rework loops.",
        calculation.no_exit,
    ),
    Rule(
        "too-many-scenarios",
        "calculation",
        "error",
        "The alternatives make at most 1,024 combinations.",
        calculation.too_many_scenarios,
    ),
    Rule(
        "too-complex",
        "calculation",
        "error",
        "The figures can be calculated in a few seconds.",
        calculation.too_complex,
    ),
    Rule(
        "duplicate-identity",
        "states",
        "error",
        "A stream has one file for each state and variant.",
        states.duplicate_identity,
    ),
    Rule(
        "future-without-current",
        "states",
        "info",
        "A future or ideal state has a current one to be compared with.",
        states.future_without_current,
    ),
    Rule(
        "stated-total",
        "totals",
        "warning",
        "A stated total agrees with what the steps add up to.",
        totals.stated_total,
    ),
    Rule("target-missed", "totals", "warning", "A map keeps to its targets.", totals.target_missed),
    Rule("unknown-time", "work", "warning", "Every step's times are known.", work.unknown_time),
    Rule(
        "over-capacity",
        "work",
        "warning",
        "No step is asked for more than it can finish.",
        work.over_capacity,
    ),
    Rule("no-owner", "work", "info", "Every step has an owner, or none has.", work.no_owner),
    Rule(
        "choice-never",
        "work",
        "info",
        "An alternative is taken now and then.",
        work.choice_never,
    ),
    Rule("review-due", "upkeep", "warning", "A map is reviewed when it is due.", upkeep.review_due),
    Rule(
        "stale-numbers",
        "upkeep",
        "warning",
        "Numbers are asked again before they are too old.",
        upkeep.stale_numbers,
    ),
)
