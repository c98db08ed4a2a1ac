"""Which findings are wanted where, and how grave they are."""

from __future__ import annotations

import pytest

from vsmdocs.analysis.lint.catalogue import GROUPS, RULES, every_rule
from vsmdocs.analysis.lint.site import SITE_RULES
from vsmdocs.analysis.policy import ALL, Choice, Policy, at_least, bad_name, known_names
from vsmdocs.errors import Finding, Severity

WASTE = sorted(known_names()["waste"])


def finding(rule: str, path: str = "maps/a/current.md", severity: Severity = "info") -> Finding:
    return Finding(path, 1, 1, rule, severity, "it is odd")


def rules(policy: Policy, *findings: Finding) -> list[str]:
    return sorted(one.rule for one in policy.apply(findings))


ONE_EACH = [finding("no-owner"), finding("stated-total"), finding("unknown-key", severity="error")]


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(), ["no-owner", "stated-total", "unknown-key"]),
        (Choice(select=("all",)), ["no-owner", "stated-total", "unknown-key"]),
        (Choice(select=("waste",)), ["no-owner", "unknown-key"]),
        (Choice(select=("no-owner", "targets")), ["no-owner", "stated-total", "unknown-key"]),
        (Choice(select=("targets",), ignore=("stated-total",)), ["unknown-key"]),
        (Choice(ignore=("waste",)), ["stated-total", "unknown-key"]),
        (Choice(ignore=("all",)), ["unknown-key"]),
        (Choice(select=()), ["unknown-key"]),
    ],
)
def test_rules_and_groups_are_chosen_and_errors_of_reading_stay(
    choice: Choice, left: list[str]
) -> None:
    assert rules(Policy(choice), *ONE_EACH) == left


def test_what_keeps_a_map_from_its_figures_stays_too() -> None:
    policy = Policy(Choice(ignore=("all",), severity={"all": "info"}))
    (kept,) = policy.apply([finding("no-exit", severity="error")])
    assert kept.severity == "error"


def test_the_folder_nearest_to_a_map_says_the_most() -> None:
    policy = Policy(
        Choice(ignore=("stated-total",), severity={"waste": "warning"}),
        (
            ("maps/a/current.md", Choice(ignore=("no-owner",))),
            ("maps", Choice(select=("waste", "targets"), severity={"no-owner": "error"})),
            ("maps/b", Choice(select=("targets",))),
        ),
    )

    def at(path: str) -> list[tuple[str, str]]:
        found = [finding("no-owner", path), finding("target-missed", path, "warning"),
                 finding("stated-total", path)]  # fmt: skip
        return [(one.rule, one.severity) for one in policy.apply(found)]

    assert at("other/x.md") == [("no-owner", "warning"), ("target-missed", "warning")]
    assert at("maps/c.md") == [("no-owner", "error"), ("target-missed", "warning")]
    assert at("maps/a/current.md") == [("target-missed", "warning")]
    assert at("maps/b/current.md") == [("target-missed", "warning")]
    assert at("maps/bc/current.md") == [("no-owner", "error"), ("target-missed", "warning")]


@pytest.mark.parametrize("order", [("no-owner", "waste", "all"), ("all", "waste", "no-owner")])
def test_the_name_of_fewer_rules_goes_before_that_of_more(order: tuple[str, ...]) -> None:
    grave: dict[str, Severity] = {"no-owner": "error", "waste": "warning", "all": "info"}
    policy = Policy(Choice(severity={name: grave[name] for name in order}))
    found = policy.apply([finding("target-missed"), finding("longest-wait"), finding("no-owner")])
    assert {one.rule: one.severity for one in found} == {
        "target-missed": "info", "longest-wait": "warning", "no-owner": "error",
    }  # fmt: skip


def test_what_a_page_can_be_read_without_is_chosen_and_what_it_cannot_is_not() -> None:
    link = finding("page-link", "pages/about.md", "warning")
    lost = finding("page-address", "pages/about.md", "error")
    broken = finding("template-name", "theme/pages/map.html.j2", "error")
    told = (link, lost, broken)
    assert rules(Policy(), *told) == ["page-address", "page-link", "template-name"]
    for choice in (
        Choice(ignore=("site",)), Choice(select=("waste",)), Choice(ignore=("page-link",)),
    ):  # fmt: skip
        assert rules(Policy(choice), *told) == ["page-address", "template-name"]
    below = (("pages", Choice(severity={"site": "error"})),)
    assert {one.severity for one in Policy(Choice(), below).apply(told)} == {"error"}


def test_findings_come_in_order() -> None:
    later, first = finding("no-owner", "b"), finding("no-owner", "a")
    assert Policy().apply([later, first]) == [first, later]


def test_every_name_stands_for_something() -> None:
    names = known_names()
    assert set(GROUPS) <= set(names)
    assert all(names.values())
    assert names[ALL] <= {rule.id for rule in (*RULES, *SITE_RULES)}
    assert not set(GROUPS) & {rule.id for rule in every_rule()}, "a group and a rule of one name"


def test_only_firm_errors_cannot_be_chosen() -> None:
    firm = {rule.id for rule in every_rule() if rule.firm and rule.severity == "error"}
    assert {rule.id for rule in every_rule()} - known_names()[ALL] == firm


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("no-ownr", "“no-ownr” is no rule", "did you mean no-owner?"),
        ("Waste", "“Waste” is no rule", "did you mean waste?"),
        ("", "“” is no rule", "groups are structure, timing"),
        ("x" * 500, "x" * 60 + "”", "groups are"),
        ("unknown-key", "“unknown-key” always counts", "mend it"),
        ("file-name", "“file-name” always counts", "mend it"),
        ("no-exit", "“no-exit” always counts", "mend it"),
        ("page-many", "“page-many” always counts", "mend it"),
        ("page-lnk", "“page-lnk” is no rule", "did you mean page-link?"),
    ],
)
def test_a_name_that_cannot_be_meant(name: str, said: str, hint: str) -> None:
    wrong = bad_name(name)
    assert wrong is not None
    assert said in wrong[0]
    assert hint in wrong[1]


def test_at_least() -> None:
    found = [finding("a", severity="error"), finding("b", severity="warning"), finding("c")]
    assert [one.rule for one in at_least(found, "error")] == ["a"]
    assert [one.rule for one in at_least(found, "warning")] == ["a", "b"]
    assert at_least(found, "info") == found
