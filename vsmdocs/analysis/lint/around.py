"""Rules about what stands around maps, in words: settings, baselines, the past."""

from __future__ import annotations

from vsmdocs.reading.rule_info import RuleInfo


def _rule(id: str, summary: str, reason: str) -> RuleInfo:
    return RuleInfo(
        id=id, group="structure", severity="error", summary=summary, reason=reason, firm=True
    )


AROUND_RULES: tuple[RuleInfo, ...] = (
    _rule(
        "settings-syntax",
        "The settings are TOML in UTF-8.",
        "Settings that cannot be read would be taken for none, and the site would come out as "
        "nobody asked for.",
    ),
    _rule(
        "settings-unknown-key",
        "Every key of the settings is known.",
        "A key that nobody knows would do nothing, and its writer believes that it does.",
    ),
    _rule(
        "settings-type",
        "A setting is of its kind: text, a table.",
        "A number in quotes is text, and what is meant by it would be a guess.",
    ),
    _rule(
        "settings-value",
        "A setting has a value that can be used.",
        "A folder outside the project, say, or an address that is none, would fail later and "
        "further away.",
    ),
    _rule(
        "baseline-syntax",
        "A baseline is JSON as `vsmdocs check --write-baseline` writes it.",
        "A baseline that cannot be read would hide everything or nothing.",
    ),
    _rule(
        "baseline-version",
        "The version of a baseline is known here.",
        "A later version may count findings in another way.",
    ),
    _rule(
        "history-unreadable",
        "What a commit holds of the maps can be had.",
        "Without it nobody can tell what a change brought in. A clone that is shallow or partial "
        "may lack it; fetching the whole history brings it.",
    ),
)
