"""Which findings a team wants to hear of, and how grave each is to them.

What keeps a map from being read or calculated, or a page from being made, is no matter of taste:
those findings always stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import get_args

from vsmdocs.analysis.lint.catalogue import GROUPS, RULES
from vsmdocs.analysis.lint.site import SITE_RULES
from vsmdocs.errors import Finding, Severity
from vsmdocs.model.units import nearest

ALL = "all"
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Gravest first."""


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, frozenset[str]]:
    """Return the ids that each name stands for: of a rule, of a group of them, or of all."""
    chosen_from = (*RULES, *SITE_RULES)
    rules = [rule for rule in chosen_from if not (rule.firm and rule.severity == "error")]
    names = {rule.id: {rule.id} for rule in rules}
    for rule in rules:
        names.setdefault(rule.group, set()).add(rule.id)
    names[ALL] = {rule.id for rule in rules}
    return {name: frozenset(ids) for name, ids in names.items()}


def bad_name(name: str) -> tuple[str, str] | None:
    """Return what is wrong with the name of a rule or a group, and what to write instead."""
    known = known_names()
    if name in known:
        return None
    from vsmdocs.analysis.lint.catalogue import find_rule

    if find_rule(name) is not None:
        return f"“{name}” always counts and is always an error", "mend it where it is found"
    near = nearest(name, tuple(known)) or nearest(name.lower(), tuple(known))
    listed = f"groups are {', '.join(GROUPS)}; vsmdocs rules lists all rules"
    hint = f"did you mean {near}?" if near else listed
    return f"“{name[:60]}” is no rule and no group of rules", hint


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted somewhere; names are those of rules, of groups, or `all`."""

    select: tuple[str, ...] | None = None
    """What is looked for; None for what is looked for around it."""
    ignore: tuple[str, ...] = ()
    """What is not, whatever is selected; added to what is ignored around it."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """How grave a rule's findings are; a rule's own name goes before that of its group."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is wanted of every file."""

    choice: Choice = Choice()
    folders: tuple[tuple[str, Choice], ...] = ()
    """By the path of a folder or file; what stands further down goes before what is above."""

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that are wanted, as grave as they are to be taken, in order."""
        known, wanted = known_names()[ALL], {}
        kept = []
        for finding in findings:
            if finding.rule not in known:
                kept.append(finding)
                continue
            if finding.path not in wanted:
                wanted[finding.path] = self._at(finding.path)
            chosen, severity = wanted[finding.path]
            if finding.rule in chosen:
                grave = severity.get(finding.rule, finding.severity)
                kept.append(replace(finding, severity=grave))
        return sorted(kept)

    def chosen(self, path: str) -> frozenset[str]:
        """Return the ids of the rules that are looked for in a file."""
        return self._at(path)[0]

    def _at(self, path: str) -> tuple[frozenset[str], dict[str, Severity]]:
        choices = [self.choice]
        inside = [(folder, choice) for folder, choice in self.folders if _is_in(path, folder)]
        choices += [choice for _, choice in sorted(inside, key=lambda one: len(one[0]))]
        select, ignore, severity = _ids((ALL,)), frozenset[str](), dict[str, Severity]()
        for choice in choices:
            select = _ids(choice.select) if choice.select is not None else select
            ignore |= _ids(choice.ignore)
            # The names of more rules first, so that a rule's own goes before its group's.
            named = sorted(choice.severity, key=lambda name: -len(known_names()[name]))
            for name in named:
                severity |= dict.fromkeys(known_names()[name], choice.severity[name])
        return select - ignore, severity


def _ids(names: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*(known_names()[name] for name in names))


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def at_least(findings: Iterable[Finding], least: Severity) -> list[Finding]:
    """Return the findings that are as grave as `least`, or graver."""
    grave = SEVERITIES[: SEVERITIES.index(least) + 1]
    return [finding for finding in findings if finding.severity in grave]
