"""A map is read whole, or everything that is wrong with it is said at its place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading import MapDocument, read_map
from vsmdocs.reading.identity import identity_from_path
from vsmdocs.reading.rules import READING_RULES

HERE = Path(__file__)
SMALL = """---
title: Feature delivery
steps:
  - id: build
    process_time: 2d
  - {id: review, wait_time: 3d, process_time: 2h}
flow:
  - "build -> \\u0072eview"
---
Prose, in *Markdown*.
"""


def read(text: str, path: str = "maps/x/current.md") -> MapDocument:
    return read_map(path, text.encode())


def refused(data: str | bytes, path: str = "maps/x/current.md") -> tuple[Finding, ...]:
    with pytest.raises(InvalidMap) as caught:
        read_map(path, data.encode() if isinstance(data, str) else data)
    return caught.value.findings


def with_keys(text: str) -> str:
    return f"---\ntitle: x\n{text}\nsteps: [{{id: a}}, {{id: b}}]\n---\n"


def with_step(text: str) -> str:
    return f"---\ntitle: x\nsteps:\n  - id: a\n    {text}\n---\n"


def marked(finding: Finding) -> str:
    return finding.source_line[finding.column - 1 : finding.end_column - 1]


def test_a_map_is_read() -> None:
    document = read(SMALL)
    assert document.path == "maps/x/current.md"
    assert document.map.identity == ("x", "current", "")
    assert [step.id for step in document.map.steps] == ["build", "review"]
    assert (document.body, document.body_line) == ("Prose, in *Markdown*.\n", 10)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(mark: bytes) -> None:
    data = SMALL.encode()
    document = read_map("maps/x/current.md", mark + data.replace(b"\n", b"\r\n"))
    assert document.map == read(SMALL).map
    assert document.body == read(SMALL).body
    broken = SMALL.replace("2h", "two hours").encode().replace(b"\n", b"\r\n")
    (finding,) = refused(mark + broken)
    assert (finding.line, finding.column, finding.end_column) == (6, 47, 56)


@pytest.mark.parametrize(
    ("where", "more", "line", "shown"),
    [
        (("title",), {}, 2, "Feature delivery"),
        (("title",), {"key": True}, 2, "title"),
        (("title",), {"offset": 8, "length": 8}, 2, "delivery"),
        (("steps", 1, "wait_time"), {}, 6, "3d"),
        (("steps", 1), {}, 6, "{id: review, wait_time: 3d, process_time: 2h}"),
        (("steps", 0), {}, 4, "id"),
        (("steps", 0, "notes"), {}, 4, "id"),
        (("flow", 0), {"offset": 9, "length": 6}, 8, "\\u0072eview"),
        ((), {}, 2, "title"),
    ],
)
def test_a_finding_at_any_path(where: Any, more: Any, line: int, shown: str) -> None:
    finding = read(SMALL).finding(where, "some-rule", "warning", "message", "hint", **more)
    assert (finding.line, marked(finding)) == (line, shown)
    assert (finding.rule, finding.severity, finding.hint) == ("some-rule", "warning", "hint")
    assert finding.source_line == SMALL.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("maps/feature-delivery/current.md", ("feature-delivery", "current", None)),
        ("maps/feature-delivery/future.md", ("feature-delivery", "future", None)),
        ("maps/feature-delivery/future-q2.md", ("feature-delivery", "future", "q2")),
        ("maps/x/ideal-a-b.md", ("x", "ideal", "a-b")),
        ("maps/x/future-.md", ("x", "future", None)),
        ("maps/x/checkout.md", ("x", "current", "checkout")),
        ("maps/x/futures.md", ("x", "current", "futures")),
        ("maps/a/b/current.md", ("b", "current", None)),
        ("maps/x.md", ("x", "current", None)),
        ("maps/future.md", ("future", "current", None)),
        ("./maps/x.MD", ("x", "current", None)),
        ("elsewhere/current.md", ("elsewhere", "current", None)),
        ("/somewhere/else/future.md", ("else", "future", None)),
        ("x.md", ("x", "current", None)),
    ],
)
def test_the_path_says_what_the_map_does_not(path: str, expected: Any) -> None:
    identity = identity_from_path(path)
    assert (identity.stream, identity.state, identity.variant) == expected


def test_the_maps_folder_can_have_another_name() -> None:
    assert identity_from_path("docs/streams/x.md", "docs/streams/").stream == "x"
    document = read_map("docs/streams/x.md", SMALL.encode(), maps_folder="docs/streams")
    assert document.map.identity == ("x", "current", "")


def test_what_the_map_states_wins_over_its_path() -> None:
    text = with_keys("stream: own\nstate: ideal\nvariant: q3")
    assert read(text, "maps/No Slug!/future-ALSO NONE.md").map.identity == ("own", "ideal", "q3")
    assert read(with_keys("stream:\nstate: ~"), "maps/x/future.md").map.state == "future"


def test_a_path_that_is_no_name_is_an_error_in_line_one() -> None:
    findings = refused(with_keys("owner: y"), "maps/My Stream/current-Größe.md")
    assert [(f.rule, f.line, f.column) for f in findings] == [("bad-slug", 1, 1)] * 2
    assert "write stream: my-stream into" in findings[1].hint
    (finding,) = refused(with_keys("variant: y"), "maps/漢字/current.md")
    assert "write stream: a-short-name into" in finding.hint


WRONG = [
    (with_keys("ttle: y"), "unknown-key", (3, 1), "ttle", "did you mean title?"),
    (with_keys("Owner: y"), "unknown-key", (3, 1), "Owner", "did you mean owner?"),
    (with_keys("zzz:"), "unknown-key", (3, 1), "zzz", "possible keys are schema_version,"),
    (with_step("team: y"), "unknown-key", (5, 5), "team", "did you mean owner?"),
    (with_step("lead time: 2d"), "unknown-key", (5, 5), "lead time", "mean lead_time?"),
    (with_step("title: y"), "unknown-key", (5, 5), "title", "did you mean name?"),
    (with_step("process_time: 2"), "bad-duration", (5, 19), "2", "write 2h or 2d"),
    (with_step("notes: [x]"), "wrong-type", (5, 12), "[x]", "write text"),
    (with_step("evidence: guess"), "bad-choice", (5, 15), "guess", "measured, sampled"),
    (with_step("evidence: {grade: x}"), "bad-choice", (5, 23), "x", "measured, sampled"),
    (with_step("evidence: {wip: x}"), "bad-choice", (5, 21), "x", "measured, sampled"),
    (with_step("evidence: {on: 2026-01-01}"), "unknown-key", (5, 16), "on", "write grade"),
    (with_step("evidence: {grade: measured, onn: x}"), "unknown-key", (5, 33), "onn", "mean on?"),
    (with_step("complete_accurate: [1, 2]"), "bad-percent", (5, 28), "2", "write 2%"),
    (with_step("wastes: waiting"), "wrong-type", (5, 13), "waiting", "write [waiting]"),
    (with_step("systems: {a: b}"), "wrong-type", (5, 14), "{a: b}", "write [one, two]"),
    (with_step("systems: [[a]]"), "wrong-type", (5, 15), "[a]", "write text"),
    (with_keys("flow: a -> b"), "wrong-type", (3, 7), "a -> b", "- build -> review"),
    (with_keys("flow: [[a, b]]"), "wrong-type", (3, 8), "[a, b]", "put quotes around"),
    (with_keys("flow:\n-"), "wrong-type", (4, 2), "", "write a chain of steps"),
    (with_keys("flow: [{from: a}]"), "missing-key", (3, 8), "{from: a}", "write to: develop"),
    (with_keys("flow: [{from: a, to: B}]"), "bad-slug", (3, 22), "B", "write b"),
    (with_keys("flow: [a -> c]"), "unknown-step", (3, 13), "c", "the steps are a, b"),
    (with_keys("flow: ['a -> [b']"), "flow-syntax", (3, 14), "[", "close it"),
    (with_keys("rework: [{from: b, to: a}]"), "missing-key", (3, 10), None, "write rate: 25%"),
    (with_keys("rework: {from: b}"), "wrong-type", (3, 9), "{from: b}", "one item a line"),
    (with_keys("rework: [x]"), "wrong-type", (3, 10), "x", "write {from: review"),
    (with_keys("targets: [{metric: wip}]"), "bad-target", (3, 11), "{metric: wip}", "at_most"),
    (with_keys("stated_totals: {wipp: 1}"), "bad-choice", (3, 17), "wipp", "did you mean wip?"),
    (with_keys("stated_totals: {wip: 1h}"), "bad-number", (3, 22), "1h", "digits alone"),
    (with_keys("stated_totals: 3d"), "wrong-type", (3, 16), "3d", "{lead_time: 9.5w}"),
    (with_keys("calendar: {hours: 8}"), "unknown-key", (3, 12), "hours", "hours_per_day"),
    (with_keys("calendar: 8"), "bad-calendar", (3, 11), "8", "{hours_per_day: 8"),
    (with_keys("extends: current"), "not-yet", (3, 10), "current", "whole map"),
    (with_keys("changes: []"), "not-yet", (3, 10), "[]", "whole map"),
    (with_keys("improvements: [{id: a, title: b, change: {a.b: c}}]"), "bad-change", (3, 43), "a.b",
     "write step.number"),
    (with_keys("improvements: [{id: a, title: b, change: {a.owner: }}]"), "bad-change", None, None,
     "write step.number"),
    (with_keys("improvements: [{id: a, title: b, change: {c.wip: 1}}]"), "unknown-step", (3, 43),
     "c.wip", "the steps are"),
    ("---\ntitle: x\n---\n", "missing-key", (2, 1), "title", "write steps:"),
    ("---\ntitle: x\nextends: current\n---\n", "not-yet", (3, 10), "current", "whole map"),
    ("---\ntitle: x\nsteps: []\n---\n", "no-steps", (3, 8), "[]", "list the steps"),
    ("---\ntitle: x\nsteps: {a: b}\n---\n", "wrong-type", (3, 8), "{a: b}", "one item a step"),
    ("---\ntitle: x\nsteps: [a]\n---\n", "wrong-type", (3, 9), "a", "write id: build"),
    ("---\ntitle: x\nsteps:\n- id: a\n-\n---\n", "wrong-type", (5, 2), "", "write id: build"),
    ("---\ntitle:\nsteps: [{id: a}]\n---\n", "missing-key", (2, 1), "title", "write title:"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "place", "shown", "hint"), WRONG)
def test_wrong_values_are_located_and_worded(
    text: str, rule: str, place: tuple[int, int] | None, shown: str | None, hint: str
) -> None:
    (finding,) = refused(text)
    assert finding.rule == rule
    assert place is None or (finding.line, finding.column) == place
    assert shown is None or marked(finding) == shown
    assert hint in finding.hint
    assert finding.severity == "error"
    assert "nput should" not in finding.message


def test_an_empty_value_counts_as_not_given() -> None:
    text = (
        "---\ntitle: x\nowner:\nextends:\ncalendar: {hours_per_day: 7, days_per_week: }\n"
        "stated_totals: {wip: }\nsteps:\n- id: a\n  kind: ~\n  wastes:\n  evidence: {wip: }\n"
        "improvements:\n- {id: b, title: c, ended: }\n---\n"
    )
    document = read(text)
    assert document.map.owner is None
    assert document.map.steps[0].kind == "work"
    assert document.map.steps[0].wastes == ()
    assert (document.map.calendar.hours_per_day, document.map.calendar.days_per_week) == (7, 5)
    assert document.map.stated_totals == {}


def test_what_was_refused_is_not_complained_of_twice() -> None:
    text = "---\ntitle: *t\nsteps:\n- <<: *d\n- {id: b, name: &n c}\n---\n"
    assert [f.rule for f in refused(text)] == ["yaml-alias", "yaml-merge", "yaml-anchor"]


def test_a_misspelt_key_is_not_missed_as_well() -> None:
    assert [f.rule for f in refused("---\nttle: x\nsteps: [{id: a}]\n---\n")] == ["unknown-key"]


def test_findings_of_several_kinds_come_together_in_the_order_of_the_file() -> None:
    text = "---\ntitle: x\ntitle: y\nsteps:\n- id: a\n  wip: many\n  foo: b\n---\n" + "é" * 200_000
    assert [(f.rule, f.line) for f in refused(text)] == [
        ("duplicate-key", 3),
        ("bad-number", 6),
        ("unknown-key", 7),
        ("body-too-long", 9),
    ]


@pytest.mark.parametrize(
    ("count", "last"), [(100, None), (101, "1 more error is"), (5000, "4,900")]
)
def test_a_hundred_errors_and_how_many_more(count: int, last: str | None) -> None:
    findings = refused(with_keys("tags: [" + ", ".join(f"A{n}" for n in range(count)) + "]"))
    assert len(findings) == min(count, 101)
    assert list(findings) == sorted(findings)
    if last is None:
        assert findings[-1].rule == "bad-slug"
    else:
        assert findings[-1].rule == "too-many-errors"
        assert last in findings[-1].message


# --- properties --------------------------------------------------------------


def bounds_hold(data: bytes, findings: tuple[Finding, ...]) -> None:
    lines = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    count = len(re.split(r"\r\n|\r|\n", lines))
    assert findings
    for finding in findings:
        assert 1 <= finding.line <= count
        assert 1 <= finding.column <= finding.end_column <= len(finding.source_line) + 1
        assert finding.rule in READING_RULES
        assert finding.severity == "error"
        assert finding.message
        assert finding.hint
        assert "nput should" not in finding.message


@given(st.binary(max_size=200), st.booleans())
@example(b"---\n\x00\n---", False)
def test_no_bytes_do_anything_but_read_or_be_refused(noise: bytes, fenced: bool) -> None:
    data = b"---\ntitle: x\n" + noise + b"\nsteps: [{id: a}]\n---\n" if fenced else noise
    try:
        read_map("maps/x/current.md", data)
    except InvalidMap as invalid:
        bounds_hold(data, invalid.findings)


KEYS = [
    "title", "owner", "stream", "state", "variant", "demand", "calendar", "mapped_on", "extends",
    "changes", "flow", "rework", "improvements", "targets", "stated_totals", "tags", "id", "from",
    "to", "rate", "metric", "at_most", "evidence", "grade", "process_time", "wait", "change",
    "review.wait_time", "all", "[key]", "line", "edge", "schema_version", "hours_per_day",
]  # fmt: skip
SCALARS = st.sampled_from(
    ["", "a", "b", "review", "1", "2h", "30%", "10/day", "2026-01-01", "current", "lead_time",
     "a -> b", "'[a 20%, b 80%] -> c'", "measured", '"\\u0000"', "-70%", "*x", "&x y"]
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + " }"
        ),
    ),
    max_leaves=12,
)


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "steps"]), TREES), max_size=6))
def test_no_shape_of_values_is_worded_by_pydantic(pairs: list[tuple[str, str]]) -> None:
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\n"
    try:
        read(text)
    except InvalidMap as invalid:
        bounds_hold(text.encode(), invalid.findings)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@given(st.text(max_size=80))
def test_any_text_comes_back_or_is_located(text: str) -> None:
    data = f"---\ntitle: {quoted(text)}\nsteps: [{{id: a}}]\n---\n{text}".encode(
        "utf-8", "surrogatepass"
    )
    try:
        document = read_map("maps/x/current.md", data)
    except InvalidMap as invalid:
        bounds_hold(data, invalid.findings)
    else:
        if "\n" not in text and "\r" not in text:
            assert document.map.title == text.strip()
        assert document.body == text.replace("\r\n", "\n").replace("\r", "\n")


SAMPLE = HERE.parents[2] / "data" / "hostile-strings.json"
WHOLE = HERE.parents[4] / "shared" / "corpora" / "hostile-strings.json"


@pytest.mark.parametrize("source", [SAMPLE, WHOLE], ids=["sample", "whole"])
@pytest.mark.parametrize("form", ["single", "double", "plain", "key", "body", "flow", "file"])
def test_hostile_strings_are_text_or_located(form: str, source: Path) -> None:
    if not source.exists():
        pytest.skip("the whole list is not here")
    for text in (entry["text"] for entry in json.loads(source.read_text(encoding="utf-8"))):
        written = {
            "single": f"title: {quoted(text)}",
            "double": f"title: {json.dumps(text)}",
            "plain": f"title: {text}",
            "key": f"{quoted(text)}: x\ntitle: y",
            "body": "title: y",
            "flow": f"title: y\nflow: [{quoted(text)}]",
            "file": "title: y",
        }[form]
        body = text if form == "body" else ""
        whole = f"---\n{written}\nsteps: [{{id: a}}]\n---\n{body}"
        data = (text if form == "file" else whole).encode("utf-8", "surrogatepass")
        try:
            document = read_map("maps/x/current.md", data)
        except InvalidMap as invalid:
            bounds_hold(data, invalid.findings)
        else:
            assert form != "key"
            if form in ("single", "double") and len(text.splitlines()) == 1:
                assert document.map.title == text.strip()
            if form == "body":
                assert document.body == text.replace("\r\n", "\n").replace("\r", "\n")
