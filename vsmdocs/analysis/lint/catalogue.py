"""Every rule in one place. Ids are never reused.

Rules about maps that can be read stand beside the function that finds where they are broken,
in the modules here; rules about files that cannot be read, in `vsmdocs.reading.rules`; what is
said of settings and of a project's own pages and templates, in `around` and `site`.
"""

from __future__ import annotations

from functools import lru_cache

from vsmdocs.analysis.lint import (
    evidence,
    hands,
    loops,
    plans,
    quality,
    states,
    structure,
    targets,
    timing,
    waits,
)
from vsmdocs.analysis.lint.ignoring import COMMENT_RULES
from vsmdocs.analysis.lint.rule import Rule
from vsmdocs.reading.rule_info import GROUPS, Group, RuleInfo

RULES: tuple[Rule, ...] = (
    structure.no_exit,
    structure.too_many_scenarios,
    structure.too_complex,
    structure.choice_never,
    *COMMENT_RULES,
    timing.unknown_time,
    timing.no_waits,
    timing.over_capacity,
    quality.quality_unknown,
    quality.rework_missing,
    quality.quality_disagrees,
    states.duplicate_identity,
    states.future_without_current,
    states.future_without_date,
    states.target_date_past,
    states.calendar_differs,
    plans.future_worse,
    plans.future_unchanged,
    plans.change_without_improvement,
    evidence.review_due,
    evidence.mapped_long_ago,
    evidence.stale_numbers,
    evidence.no_evidence,
    evidence.assumed_answer,
    targets.stated_total,
    targets.target_missed,
    targets.target_out_of_reach,
    waits.longest_wait,
    waits.wait_outweighs_work,
    waits.approval_step,
    waits.large_batch,
    waits.wip_above_throughput,
    hands.no_owner,
    hands.ping_pong,
    hands.manual_beside_automated,
    loops.costly_rework,
    loops.late_discovery,
    loops.feedback_after_release,
)
"""What maps that can be read are held to, by group."""


@lru_cache(maxsize=1)
def every_rule() -> tuple[RuleInfo, ...]:
    """Return every rule there is, those of reading, settings and pages included, by group."""
    # Only now: whoever checks maps has no need of words about what they can read.
    from vsmdocs.analysis.lint.around import AROUND_RULES
    from vsmdocs.analysis.lint.site import SITE_RULES
    from vsmdocs.reading.file_rules import FILE_RULES
    from vsmdocs.reading.rules import READING_RULES

    rules = (
        *AROUND_RULES,
        *FILE_RULES.values(),
        *READING_RULES.values(),
        *RULES,
        *SITE_RULES,
    )
    groups = list(GROUPS)
    return tuple(sorted(rules, key=lambda rule: groups.index(rule.group)))


def find_rule(id: str) -> RuleInfo | None:
    """Return the rule of this id, if there is one."""
    return _by_id().get(id)


@lru_cache(maxsize=1)
def _by_id() -> dict[str, RuleInfo]:
    return {rule.id: rule for rule in every_rule()}


__all__ = ["GROUPS", "RULES", "Group", "Rule", "RuleInfo", "every_rule", "find_rule"]
