"""Comments that switch rules off: where they hold, and what is said of those that do nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.examples import TODAY, stale
from vsmdocs.analysis.lint import run
from vsmdocs.analysis.lint.catalogue import every_rule
from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.reader import MapDocument, read_map

# What stands in these maps breaks unknown-time in line 5, and no-owner in line 7.
MAP = """\
title: Orders
steps:
  - id: pack{first}
    owner: Warehouse{second}
    wait_time: 2d{here}
    {alone}
  - id: ship{there}
    process_time: 1h
"""
REASON = "because it is being measured"


def document(text: str, path: str = "maps/orders/current.md") -> MapDocument:
    return read_map(path, f"---\n{text}---\n".encode())


def lint(text: str) -> list[Finding]:
    return run([document(text)], TODAY)


def orders(**comments: str) -> str:
    places = {"first": "", "second": "", "here": "", "alone": "", "there": ""}
    return MAP.format(**(places | comments))


def rules(text: str) -> list[str]:
    return [finding.rule for finding in lint(text)]


def ignore(*names: str, reason: str = REASON) -> str:
    return f"# vsmdocs: ignore[{', '.join(names)}] {reason}".rstrip()


def test_without_a_comment_both_are_found() -> None:
    assert rules(orders()) == ["unknown-time", "no-owner"]


def test_behind_a_value_it_is_about_its_line() -> None:
    assert rules(orders(here=f"  {ignore('unknown-time')}")) == ["no-owner"]
    assert rules(orders(there=f"  {ignore('no-owner')}")) == ["unknown-time"]


def test_alone_it_is_about_the_next_line() -> None:
    assert rules(orders(alone=ignore("no-owner"))) == ["unknown-time"]
    # Indentation of a comment means nothing.
    assert rules(orders(alone=f"\n{ignore('no-owner')}")) == ["unknown-time"]


def test_comments_can_stand_below_one_another() -> None:
    alone = f"{ignore('no-owner')}\n# and a word\n    # about it"
    assert rules(orders(alone=alone)) == ["unknown-time"]


def test_a_blank_line_ends_it() -> None:
    assert rules(orders(alone=f"{ignore('no-owner')}\n")) == [
        "unknown-time", "unused-ignore", "no-owner",
    ]  # fmt: skip


def test_behind_a_value_it_is_not_about_the_next_line() -> None:
    assert rules(orders(second=f"  {ignore('unknown-time')}")) == [
        "unused-ignore", "unknown-time", "no-owner",
    ]  # fmt: skip


def test_above_the_first_key_it_is_about_the_whole_file() -> None:
    assert rules(f"{ignore('no-owner', 'unknown-time')}\n{orders()}") == []
    assert rules(f"\n# About orders.\n{ignore('no-owner')}\n\n{orders()}") == ["unknown-time"]


def test_several_rules_at_once_and_each_is_used_or_not() -> None:
    (kept, unused) = lint(orders(here=f"  {ignore('unknown-time', 'no-owner')}"))[::-1]
    assert (kept.rule, unused.rule) == ("no-owner", "unused-ignore")
    assert unused.message == "“no-owner” finds nothing in line 6"
    assert unused.severity == "info"


def test_what_is_found_twice_on_a_line_is_switched_off_twice() -> None:
    text = f"title: T\n{ignore('unknown-time')}\nsteps:\n  {ignore('unknown-time')}\n"
    text += "  - {id: a, wait_time: 1d}\n"
    assert [(f.rule, f.line) for f in lint(text)] == [("unused-ignore", 3)]
    text = f"title: T\nsteps: [{{id: a, wait_time: 1d}}, {{id: b}}]  {ignore('unknown-time')}\n"
    assert lint(text) == []


def test_a_reason_is_asked_for_and_without_it_nothing_is_switched_off() -> None:
    text = orders(here=f"  {ignore('unknown-time', reason='')}")
    assert rules(text) == ["unknown-time", "ignore-without-reason", "no-owner"]
    finding = lint(text)[1]
    assert finding.severity == "warning"
    assert finding.source_line[finding.column - 1 : finding.end_column - 1] == (
        "# vsmdocs: ignore[unknown-time]"
    )
    assert finding.hint.endswith("# vsmdocs: ignore[unknown-time] because …")


def test_a_name_that_is_none_is_told_with_the_one_that_was_meant() -> None:
    findings = lint(orders(here=f"  {ignore('unknown_times', 'no-ownr', 'qqqq')}"))
    told = [(f.message, f.hint) for f in findings if f.rule == "unknown-rule"]
    assert sorted(told) == [
        ("there is no rule “no-ownr”", "did you mean no-owner?"),
        ("there is no rule “qqqq”", "vsmdocs rules lists them"),
        ("there is no rule “unknown_times”", "did you mean unknown-time?"),
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# vsmdocs: ignore unknown-time we measure it",
        "# vsmdocs: ignore[unknown-time we measure it",
        "# vsmdocs: ignore[] we measure it",
        "# vsmdocs: ignore[unknown-time,] we measure it",
        "# vsmdocs: Ignore[unknown-time] we measure it",
        "# vsmdocs: disable[unknown-time] we measure it",
    ],
)
def test_what_is_nearly_right_is_told(comment: str) -> None:
    text = orders(here=f"  {comment}")
    assert rules(text) == ["unknown-time", "bad-ignore", "no-owner"]


@pytest.mark.parametrize(
    "comment",
    ["# vsmdocs: see the wiki", "# about vsmdocs: ignore[no-owner] x", "# noqa", "#vsmdocs", "# x"],
)
def test_other_comments_are_left_alone(comment: str) -> None:
    assert rules(orders(here=f"  {comment}")) == ["unknown-time", "no-owner"]


def test_blanks_and_missing_blanks_do_not_matter() -> None:
    assert rules(orders(here="  #vsmdocs:ignore[ unknown-time ]because")) == ["no-owner"]


@pytest.mark.parametrize("name", ["flow-circle", "no-exit", "unused-ignore", "file-too-large"])
def test_what_cannot_be_switched_off_says_so(name: str) -> None:
    findings = lint(orders(here=f"  {ignore(name)}"))
    told = [f for f in findings if f.rule == "bad-ignore"]
    assert [f.message for f in told] == [f"“{name}” cannot be switched off"]
    assert len(findings) == 3


def test_errors_of_calculation_stay() -> None:
    text = "title: T\nsteps: [{id: a, process_time: 1h}]\n"
    text += f"rework:\n  - {{from: a, to: a, rate: 100%}}  {ignore('no-exit')}\n"
    assert [(f.rule, f.line) for f in lint(text)] == [("no-exit", 5), ("bad-ignore", 5)]


def test_errors_of_reading_stay() -> None:
    with pytest.raises(InvalidMap):
        document(f"{ignore('yaml-tab')}\ntitle: T\nsteps:\n\t- {{id: a}}\n")


def test_what_could_not_be_judged_is_not_called_unused() -> None:
    text = orders(here=f"  {ignore('unknown-time', 'stale-numbers')}")
    one = document(text)
    assert [f.rule for f in run([one], TODAY)] == ["no-owner"]
    assert "unused-ignore" in [f.rule for f in run([one], TODAY, stale={one.path: {}})]
    # Without the current state nobody knows whether this one would be worse.
    better = f"state: future  {ignore('future-worse')}\n{orders()}"
    future = document(better, "maps/orders/future.md")
    assert "unused-ignore" not in [f.rule for f in run([future], TODAY)]
    assert "unused-ignore" in [f.rule for f in run([future, one], TODAY)]
    # Without figures most rules find nothing.
    lost = orders(here=f"  {ignore('longest-wait')}")
    lost += "rework:\n  - {from: ship, to: pack, rate: 100%}\n"
    assert "unused-ignore" not in rules(lost)


def test_a_stale_number_can_be_switched_off() -> None:
    evidence = "{wait_time: {grade: measured, on: 2020-01-01}}"
    text = f"title: T\nsteps:\n  - id: a\n    process_time: 1h\n    evidence: {evidence}\n"
    loud = document(f"{text}    wait_time: 1h\n")
    quiet = document(f"{text}    wait_time: 1h  {ignore('stale-numbers')}\n")
    assert [f.rule for f in run([loud], TODAY, stale={loud.path: stale(loud)})] == ["stale-numbers"]
    assert run([quiet], TODAY, stale={quiet.path: stale(quiet)}) == []


def test_it_is_about_its_own_file_only() -> None:
    one = document(f"{ignore('unknown-time', 'no-owner')}\n{orders()}")
    other = document(orders(), "maps/returns/current.md")
    assert {f.path for f in run([one, other], TODAY)} == {"maps/returns/current.md"}


def test_text_is_no_comment() -> None:
    text = 'title: "# vsmdocs: ignore[no-owner, unknown-time] because"\nunit: |\n'
    text += f"  {ignore('no-owner')}\n" + orders().partition("\n")[2]
    assert rules(text) == ["unknown-time", "no-owner"]


def test_thousands_of_comments_take_no_long_time_and_say_no_more_than_a_hundred_things() -> None:
    many = "".join(f"# vsmdocs: ignore[x-{n}]\n" for n in range(5_000))
    findings = lint(many + orders())
    assert [f.rule for f in findings if f.severity != "warning"] == ["no-owner"]
    assert len([f for f in findings if f.rule in ("unknown-rule", "ignore-without-reason")]) == 100


HOSTILE = [
    "]",
    "[",
    "ignore[",
    "vsmdocs:",
    "# ",
    ",",
    "::error::x",
    "<b>",
    "|",
    "\\",
    "🚀",
    "no-owner",
]


@given(st.lists(st.sampled_from(HOSTILE), max_size=12))
def test_no_comment_breaks_anything(pieces: list[str]) -> None:
    text = orders(here=f"  # vsmdocs: {' '.join(pieces)}")
    found = lint(text)
    assert {f.rule for f in found} <= {rule.id for rule in every_rule()}
    assert all(len(f.message) < 200 for f in found)
