"""The pages of `docs/rules/`, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from vsmdocs.reading.rule_info import GROUPS, RuleInfo, example_language, example_titles
from vsmdocs.rendering.rules_text import firmness

_NOTE = "<!-- Made from the code by `make golden`. -->"
_IGNORING = """## When a rule does not matter

A comment in the frontmatter switches a rule off where it stands, and says why:

```yaml
steps:
  - id: review
    wait_time: 3d  # vsmdocs: ignore[longest-wait] reviews move to pairing in May
    # vsmdocs: ignore[no-owner, manual-beside-automated] the robot team is being set up
    automation: manual
```

- Behind a value it is about its own line; alone on a line, about the next one that is no
  comment. The line is the one that the finding names.
- Above the first key it is about the whole file.
- Several rules are named with commas between them.
- A reason is required. Without one nothing is switched off, and `ignore-without-reason` says so.
- `unused-ignore` tells of comments that have nothing left to switch off.
- What keeps a map from being read or calculated cannot be switched off: without that there would
  be no figures to show.
- Pages and templates of a project's own take no such comment. What a page can be read without is
  left out by [settings](../configuration.md#what-is-checked).
"""


def rules_pages(rules: Iterable[RuleInfo]) -> dict[str, str]:
    """Return the pages by file name: a list of all rules, and a page for each group."""
    listed = list(rules)
    pages = {"README.md": _index(listed)}
    for group, about in GROUPS.items():
        own = [rule for rule in listed if rule.group == group]
        parts = [f"# Rules: {group}", _NOTE, about, _table(own, "")]
        parts += [_section(rule) for rule in own]
        pages[f"{group}.md"] = "\n\n".join(parts) + "\n"
    return pages


def _index(rules: list[RuleInfo]) -> str:
    parts = [
        "# Rules",
        _NOTE,
        "What `vsmdocs check` holds maps to, and pages and templates of a project's own. "
        "`vsmdocs rules`\nprints this list, and `vsmdocs explain RULE` what stands on these pages "
        "about a single one.\nIds never change their meaning.",
        "Errors make a map unusable, warnings are most likely mistakes, and infos are advice. A "
        "target\nthat is missed becomes an error when its day is past.",
        _IGNORING.rstrip("\n"),
    ]
    for group, about in GROUPS.items():
        own = [rule for rule in rules if rule.group == group]
        parts += [f"## {group.capitalize()}", about, _table(own, f"{group}.md")]
    return "\n\n".join(parts) + "\n"


def _table(rules: list[RuleInfo], page: str) -> str:
    rows = [f"| [{r.id}]({page}#{r.id}) | {r.severity} | {r.summary} |" for r in rules]
    return "\n".join(["| rule | severity | what holds |", "| --- | --- | --- |", *rows])


def _section(rule: RuleInfo) -> str:
    off = firmness(rule) if rule.firm else ""
    said = f"**{rule.summary}** ({rule.severity})"
    parts = [f"## {rule.id}", said, rule.reason]
    if rule.bad:
        before, after = example_titles(rule)
        parts += [before, _example(rule.bad), after, _example(rule.good)]
    return "\n\n".join([*parts, *filter(None, [off])])


def _example(text: str) -> str:
    return f"```{example_language(text)}\n{text}```"
