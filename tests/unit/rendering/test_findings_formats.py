"""Findings for forges and build servers: whole outputs, and what they are read with."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

from tests.conftest import Golden
from vsmdocs.analysis.lint.catalogue import every_rule
from vsmdocs.errors import Finding, InvalidMap, Severity
from vsmdocs.reading import read_map
from vsmdocs.rendering.findings_github import MOST_SHOWN, findings_github
from vsmdocs.rendering.findings_gitlab import findings_gitlab
from vsmdocs.rendering.findings_json import findings_json
from vsmdocs.rendering.findings_junit import findings_junit
from vsmdocs.rendering.findings_sarif import BASE, findings_sarif
from vsmdocs.rendering.findings_text import render_findings

DATA = Path(__file__).parents[2] / "data"
STRINGS = [item["text"] for item in json.loads((DATA / "hostile-strings.json").read_text("utf-8"))]
TRICKS = [
    "\n::error::x", "\r::stop-commands::x", "::add-mask::x", "a::b", "%0A::warning::x", "100%",
    "##[error]x", "##[add-matcher]x", "x,line=1,title=y", "a:b,c", "\u2028::error::x", "\x85::x",
    "[click](https://evil.example)", "[0](1)", "{0}", "]]>", "<![CDATA[", "&amp;", "\x00\x1b[2J",
    "\ud800", "\ufffe", "\U0001f600", "\u202ex", "../..", "/etc/passwd", "maps/ä b#?%41.md",
    "-->", "'\"", "\\", "x\ty",
]  # fmt: skip
HOSTILE = [*STRINGS, *TRICKS]
ANY = st.sampled_from(HOSTILE) | st.text(max_size=20)
FINDINGS = st.lists(
    st.builds(
        Finding,
        path=ANY,
        line=st.integers(0, 3),
        column=st.integers(0, 30),
        rule=st.sampled_from(["no-owner", "unknown-key", "no-such-rule"]),
        severity=st.sampled_from(["error", "warning", "info"]),
        message=ANY,
        hint=ANY,
        end_column=st.integers(0, 30),
        source_line=ANY,
    ),
    max_size=12,
)
SOME = [
    Finding(
        "maps/ä b/current.md", 4, 17, "unknown-key", "error", "“process_tme” is no key of a step",
        "did you mean process_time?", 28, "  - {id: build, process_tme: 2d}",
    ),
    Finding(
        "maps/orders/current.md", 3, 3, "no-owner", "info", "“Build” has no owner",
        "name the team that does it", 7, "  - id: build",
    ),
    Finding(
        "maps/orders/current.md", 8, 3, "no-owner", "info", "“Build” has no owner",
        "name the team that does it", 7, "  - id: build",
    ),
    Finding(
        "maps/orders/current.md", 12, 14, "stated-total", "warning",
        "lead_time is stated as 9d, and the steps come to 100% more", "", 16, "  lead_time: 9d",
    ),
    Finding("maps/x.md", 0, 0, "file-unreadable", "error", "the file cannot be read", "allow it"),
]  # fmt: skip
FILES = ["maps/good/current.md", *(finding.path for finding in SOME)]


@lru_cache(maxsize=1)
def sarif_schema() -> Draft4Validator:
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text("utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=FormatChecker())


def read_sarif(text: str) -> dict[str, Any]:
    """Return the run of a log that the official schema has nothing against."""
    log = json.loads(text)
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


class Command(NamedTuple):
    """A workflow command as GitHub's runner reads it."""

    name: str
    properties: dict[str, str]
    message: str


def commands(log: str) -> list[Command]:
    """Return what the runner obeys: a line whose first sign is `::`, else `##[` anywhere.

    As in ActionCommand.cs of actions/runner, which takes lines apart at CR and LF.
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", log):
        trimmed = line.strip()
        if trimmed.startswith("::") and "::" in trimmed[2:]:
            head, _, message = trimmed[2:].partition("::")
            name, _, rest = head.partition(" ")
            pairs = [pair.partition("=") for pair in rest.split(",") if pair]
            found.append(
                Command(
                    name,
                    {key.strip(): _unescape(value, "%3A:", "%2C,") for key, _, value in pairs},
                    _unescape(message),
                )
            )
        elif "##[" in line:
            found.append(Command("##[", {}, line))
    return found


def _unescape(text: str, *more: str) -> str:
    for code in ("%0D\r", "%0A\n", *more, "%25%"):
        text = text.replace(code[:3], code[3:])
    return text


# --- whole outputs -----------------------------------------------------------


def test_goldens(golden: Golden) -> None:
    golden("findings", "github.txt", findings_github(SOME))
    golden("findings", "findings.sarif", _versionless(findings_sarif(SOME)))
    golden("findings", "gitlab.json", findings_gitlab(SOME))
    golden("findings", "junit.xml", findings_junit(SOME, FILES, "warning"))
    golden("findings", "findings.json", findings_json(SOME))
    golden("findings", "findings.txt", render_findings(SOME))


def _versionless(log: str) -> str:
    return re.sub(r'("name": "vsmdocs",\s*"version": )"[^"]*"', r'\1"0"', log)


# --- SARIF -------------------------------------------------------------------


def test_the_schema_is_one_that_refuses() -> None:
    log = json.loads(findings_sarif(SOME))
    log["runs"][0]["results"][0]["level"] = "info"
    assert not sarif_schema().is_valid(log)
    assert not sarif_schema().is_valid({"version": "2.1.0"})


def test_nothing_found_is_a_log_too() -> None:
    run = read_sarif(findings_sarif([]))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_a_file_that_does_not_parse() -> None:
    with pytest.raises(InvalidMap) as caught:
        read_map("maps/x.md", b"---\ntitle: [\nsteps: {a\n---\n")
    run = read_sarif(findings_sarif(caught.value.findings))
    assert {result["level"] for result in run["results"]} == {"error"}
    assert all(result["locations"] for result in run["results"])


def test_every_rule_can_be_described() -> None:
    found = [Finding("x.md", 1, 1, rule.id, rule.severity, "odd") for rule in every_rule()]
    run = read_sarif(findings_sarif(found))
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {rule.id for rule in every_rule()}
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["markdown"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@given(FINDINGS)
def test_any_finding_makes_a_valid_log(findings: list[Finding]) -> None:
    run = read_sarif(findings_sarif(findings))
    assert len(run["results"]) == len(findings)
    for finding, result in zip(findings, run["results"], strict=True):
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"(file://)?[A-Za-z0-9/_.~%-]*", uri), uri
        region = place["region"]
        assert region["startLine"] == max(finding.line, 1)
        if "endColumn" in region:
            assert region["endColumn"] >= region["startColumn"] >= 1
        assert not re.search(r"(?<!\\)\]\(", result["message"]["text"]), "a link"
    marks = [result["partialFingerprints"]["vsmdocs/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("path", ["maps/ä b#?%41.md", "a:b/c.md", "../x.md", "漢/字.md"])
def test_a_path_is_a_uri_below_the_root(path: str) -> None:
    run = read_sarif(findings_sarif([replace(SOME[0], path=path)]))
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(place["uri"]) == path
    assert place["uriBaseId"] == BASE
    assert BASE in run["originalUriBaseIds"]


def test_a_path_of_elsewhere_is_a_whole_uri() -> None:
    run = read_sarif(findings_sarif([replace(SOME[0], path="/tmp/a b.md")]))
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "file:///tmp/a%20b.md"}


# --- GitHub ------------------------------------------------------------------


@given(FINDINGS)
def test_no_text_makes_a_second_command(findings: list[Finding]) -> None:
    log = findings_github(findings)
    found = commands(log)
    assert len(found) == len(log.splitlines()) == log.count("\n")
    shown = [command for command in found if command.properties["title"] != "vsmdocs"]
    assert {command.name for command in found} <= {"error", "warning", "notice"}
    for command in shown:
        assert command.properties.keys() <= {"file", "line", "col", "endColumn", "title"}
        assert all(part.isdigit() for key, part in command.properties.items()
                   if key in ("line", "col", "endColumn"))  # fmt: skip
    by_name = {"error": "error", "warning": "warning", "info": "notice"}
    for severity, name in by_name.items():
        all_of_it = sum(finding.severity == severity for finding in findings)
        told = sum(command.name == name for command in shown)
        assert told == min(all_of_it, MOST_SHOWN) or (name == "notice" and told == MOST_SHOWN - 1)
        assert sum(command.name == name for command in found) <= MOST_SHOWN


def test_a_command_says_what_the_finding_says() -> None:
    finding = replace(SOME[3], path="maps/a,b:c%.md", message="100% of x, y: z", hint="then\nthis")
    (command,) = commands(findings_github([finding]))
    assert command.name == "warning"
    assert command.properties == {
        "file": "maps/a,b:c%.md", "line": "12", "col": "14", "endColumn": "16",
        "title": "stated-total",
    }  # fmt: skip
    assert command.message == "100% of x, y: z\nthen\\x0athis"


@pytest.mark.parametrize(
    ("counts", "rest"),
    [
        ((10, 10, 10), None),
        ((11, 0, 0), "1 error more"),
        ((12, 1, 10), "2 errors, 1 hint more"),
        ((0, 1013, 11), "1,003 warnings, 2 hints more"),
    ],
)
def test_what_github_does_not_show_is_counted(
    counts: tuple[int, int, int], rest: str | None
) -> None:
    severities: tuple[Severity, ...] = ("error", "warning", "info")
    findings = [
        replace(SOME[0], severity=severity, line=line + 1)
        for severity, number in zip(severities, counts, strict=True)
        for line in range(number)
    ]
    last = commands(findings_github(findings))[-1]
    if rest is None:
        assert last.properties["title"] != "vsmdocs"
    else:
        assert last == ("notice", {"title": "vsmdocs"}, f"{rest}: vsmdocs check prints all of them")


@given(FINDINGS)
def test_no_other_format_makes_a_command_in_a_log(findings: list[Finding]) -> None:
    assert commands(render_findings(findings)) == []
    assert commands(findings_json(findings)) == []
    assert commands(findings_gitlab(findings)) == []
    assert commands(findings_sarif(findings)) == []
    assert commands(findings_junit(findings, [], "error")) == []


# --- GitLab ------------------------------------------------------------------


@given(FINDINGS)
def test_a_code_quality_report_has_what_gitlab_asks_for(findings: list[Finding]) -> None:
    rows = json.loads(findings_gitlab(findings))
    assert len(rows) == len(findings)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for finding, row in zip(findings, rows, strict=True):
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert row["location"]["lines"] == {"begin": max(finding.line, 1)}


# --- JUnit -------------------------------------------------------------------


@given(FINDINGS, st.sampled_from(["error", "warning", "info"]))
def test_junit_is_xml_with_a_case_for_each_file(findings: list[Finding], fail_on: Severity) -> None:
    text = findings_junit(findings, ["maps/good.md"], fail_on)
    root = ET.fromstring(text.encode())
    (suite,) = root
    assert suite.get("tests") == str(len(suite)) == str(len({one.path for one in findings}
                                                            | {"maps/good.md"}))  # fmt: skip
    failed = [case for case in suite if case.find("failure") is not None]
    assert suite.get("failures") == root.get("failures") == str(len(failed))
    grave = ["error", "warning", "info"]
    paths = {one.path for one in findings if grave.index(one.severity) <= grave.index(fail_on)}
    assert len(failed) == len(paths)
    told = sum(len(part.text or "") > 0 for case in suite for part in case)
    assert told == sum(len(case) for case in suite)
    assert all(len(case.findall("failure")) <= 1 for case in suite)
