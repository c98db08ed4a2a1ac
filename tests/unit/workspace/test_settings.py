"""Settings: strict, and located in the file where they are wrong."""

from __future__ import annotations

import pytest

from vsmdocs.analysis.lint.catalogue import every_rule
from vsmdocs.analysis.policy import Policy
from vsmdocs.errors import ConfigError, Finding
from vsmdocs.workspace.settings import DEFAULTS, Settings, parse_settings

FULL = """\
maps = "docs/streams"
layout_engine = "dot"

[site]
title = "How we deliver"  # shown everywhere
output = "public"
base_url = "https://example.org/streams"
repository = "https://github.com/acme/delivery/"
"""


def findings_of(text: str, table: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, "vsmdocs.toml", table)
    return caught.value.findings


def test_nothing_is_required() -> None:
    settings = parse_settings("", "vsmdocs.toml")
    assert settings == Settings()
    assert (settings.maps, settings.layout_engine) == ("maps", "graphviz-pure")
    assert (settings.site.title, settings.site.output) == ("Value streams", "site")
    assert settings.site.base_url is None
    assert settings.site.repository is None


def test_everything_that_can_be_set() -> None:
    settings = parse_settings(FULL, "vsmdocs.toml")
    assert settings is not None
    assert settings.maps == "docs/streams"
    assert settings.layout_engine == "dot"
    assert settings.site.title == "How we deliver"
    assert settings.site.output == "public"
    assert settings.site.base_url == "https://example.org/streams/"
    assert settings.site.repository == "https://github.com/acme/delivery/"


def test_a_table_of_another_file() -> None:
    text = '[tool.vsmdocs]\nmaps = "m"\n[tool.vsmdocs.site]\ntitle = "T"\n[tool.other]\nx = 1\n'
    settings = parse_settings(text, "pyproject.toml", ("tool", "vsmdocs"))
    assert settings is not None
    assert (settings.maps, settings.site.title) == ("m", "T")
    assert parse_settings("[tool.other]\n", "pyproject.toml", ("tool", "vsmdocs")) is None


@pytest.mark.parametrize(
    ("text", "place", "rule", "words"),
    [
        ("map = 'm'", (1, 1, 4), "settings-unknown-key", "did you mean maps?"),
        ("[site]\n  titel = 'T'", (2, 3, 8), "settings-unknown-key", "did you mean title?"),
        ("[site]\nfoo = 1", (2, 1, 4), "settings-unknown-key", "possible keys are title"),
        ("output = 'x'", (1, 1, 7), "settings-unknown-key", "belongs below [site]"),
        ("[sight]\nx = 1", (1, 2, 7), "settings-unknown-key", "did you mean site?"),
        ("maps = 3 # three", (1, 8, 9), "settings-type", "maps is text"),
        ("site = 'x'", (1, 8, 11), "settings-type", "site is a table"),
        ("site = {title = true}", (1, 17, 21), "settings-type", "site.title is text"),
        ("site.title = []", (1, 14, 16), "settings-type", "site.title is text"),
        ("'maps' = '/m'", (1, 10, 14), "settings-value", "relative to the project"),
        ("maps = '..'", (1, 8, 12), "settings-value", "outside the project"),
        ("maps = 'a/../..'", (1, 8, 17), "settings-value", "outside the project"),
        ("maps = '.'", (1, 8, 11), "settings-value", "root itself"),
        ("maps = 'C:/x'", (1, 8, 14), "settings-value", "relative to the project"),
        (r"maps = 'a\b'", (1, 8, 13), "settings-value", "forward slashes"),
        ("[site]\ntitle = ' '", (2, 9, 12), "settings-value", "nothing is written here"),
        ('[site]\ntitle = "a\\u202eb"', (2, 9, 19), "settings-value", "U+202E"),
        ("[site]\nbase_url = 'example.org'", (2, 12, 25), "settings-value", "not a web address"),
        ("[site]\nbase_url = 'javascript:x'", (2, 12, 26), "settings-value", "not a web address"),
        ("[site]\nbase_url = 'https://a:b@c/'", (2, 12, 28), "settings-value", "password"),
        ("[site]\nbase_url = 'https://a/?b'", (2, 12, 26), "settings-value", "after its path"),
        ("[site]\nbase_url = 'https://[x'", (2, 12, 24), "settings-value", "not a web address"),
        ("layout_engine = './dot'", (1, 17, 24), "settings-value", "not a layout engine"),
        ("layout_engine = '/x/evil'", (1, 17, 26), "settings-value", "not a layout engine"),
        ("fail_on = 'info'", (1, 1, 8), "settings-unknown-key", "belongs below [check]"),
        ("[check]\nignores = []", (2, 1, 8), "settings-unknown-key", "did you mean ignore?"),
        ("[check]\nselect = 'all'", (2, 10, 15), "settings-type", "check.select is a list"),
        ("[check]\nselect = ['wast']", (2, 11, 17), "settings-value", "did you mean waste?"),
        ("[check]\nignore = [1]", (2, 11, 12), "settings-type", "check.ignore is text"),
        ("[check]\nignore = ['unknown-key']", (2, 11, 24), "settings-value", "always counts"),
        (
            "[check]\nignore = [ # [\n  'waste', # \"']\n\n  'no-such'\n]",
            (5, 3, 12),
            "settings-value",
            "“no-such” is no rule",
        ),
        ("[check]\nfail_on = 'never'", (2, 11, 18), "settings-value", "'error', 'warning' or"),
        ("[check]\nbaseline = '/tmp/b'", (2, 12, 20), "settings-value", "relative to the"),
        ("[check.severity]\nno-ownr = 'info'", (2, 1, 8), "settings-value", "mean no-owner?"),
        ("[check.severity]\nno-owner = 'off'", (2, 12, 17), "settings-value", "none of its"),
        ("[check]\nseverity = 'info'", (2, 12, 18), "settings-type", "check.severity is a table"),
        ("[check]\nfolder = 'maps'", (2, 10, 16), "settings-type", "write [[check.folder]]"),
        ("[check]\nfolder = ['maps']", (2, 11, 17), "settings-type", "check.folder is a table"),
        ("[[check.folder]]", (1, 3, 15), "settings-type", "check.folder.path is missing"),
        (
            "[[check.folder]]\npath = 'a'\n[[check.folder]]\npath = 'b'\nignored = []",
            (5, 1, 8),
            "settings-unknown-key",
            "did you mean ignore?",
        ),
        (
            "[[check.folder]]\npath = 'a'\n[[check.folder]]\npath = './a/'",
            (4, 8, 14),
            "settings-value",
            "a table for a already",
        ),
        (
            "[[check.folder]]\npath = 'a'\n[[check.folder]]\npath = 'b'\n"
            "[check.folder.severity]\nwaste = 'error'\nwates = 'info'",
            (7, 1, 6),
            "settings-value",
            "did you mean waste?",
        ),
        ("maps = maps", (1, 8, 9), "settings-syntax", "not TOML"),
        ("maps = 'a'\nmaps = 'b'", (2, 11, 12), "settings-syntax", "overwrite"),
        ("maps = '", (1, 9, 10), "settings-syntax", "not TOML"),
        ("\n\n[site", (3, 6, 7), "settings-syntax", "not TOML"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    text: str, place: tuple[int, int, int], rule: str, words: str
) -> None:
    (finding,) = findings_of(text)
    assert (finding.line, finding.column, finding.end_column) == place
    assert finding.rule == rule
    assert words in f"{finding.message} {finding.hint}"
    assert finding.severity == "error"
    assert finding.source_line == text.split("\n")[finding.line - 1]
    assert finding.hint


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = "map = 1\nmaps = 2\n[site]\ntitle = 3\nx = 4\n"
    assert [finding.line for finding in findings_of(text)] == [1, 2, 4, 5]


def test_a_place_in_a_table_of_another_file() -> None:
    text = '[project]\nmaps = 1\n\n[tool.vsmdocs]\nmaps = 2\nsite = { title = "x", y = 1 }\n'
    first, second = findings_of(text, ("tool", "vsmdocs"))
    assert (first.line, first.column) == (5, 8)
    assert (second.line, second.column) == (6, 23)


def test_a_text_over_several_lines_hides_no_place() -> None:
    (finding,) = findings_of("[site]\ntitle = '''\nmaps = 1\noutput = 2\n'''\noutput = 3\n")
    assert (finding.line, finding.column) == (6, 10)


@pytest.mark.parametrize(
    "engine", ["graphviz-pure", "dot", "/opt/graphviz/bin/dot", "C:/gv/dot.exe"]
)
def test_layout_engines(engine: str) -> None:
    settings = parse_settings(f"layout_engine = '{engine}'", "vsmdocs.toml")
    assert settings is not None
    assert settings.layout_engine == engine


def test_deep_nesting_is_a_finding() -> None:
    (finding,) = findings_of("maps = " + "[" * 50_000)
    assert finding.rule == "settings-syntax"


def test_what_is_checked() -> None:
    settings = parse_settings(
        """
        [check]
        select = ["waste", "targets"]
        ignore = ["no-owner"]
        fail_on = "warning"
        baseline = "maps/baseline.json"
        severity = {target-missed = "error"}

        [[check.folder]]
        path = "maps/legacy/"
        ignore = ["waste"]
        [check.folder.severity]
        target-missed = "info"

        [[check.folder]]
        path = "maps/new/current.md"
        select = ["all"]
        """,
        "vsmdocs.toml",
    )
    assert settings is not None
    check = settings.check
    assert (check.fail_on, check.baseline) == ("warning", "maps/baseline.json")
    assert [folder.path for folder in check.folder] == ["maps/legacy", "maps/new/current.md"]

    def kept(policy: Policy) -> list[str]:
        return [
            f"{found.path} {found.rule} {found.severity}"
            for found in policy.apply(
                Finding(path, 1, 1, rule, "warning", "it is odd")
                for path in ("maps/legacy/x.md", "maps/new/current.md", "maps/x.md")
                for rule in ("longest-wait", "no-evidence", "no-owner", "target-missed")
            )
        ]

    assert kept(check.policy()) == [
        "maps/legacy/x.md target-missed info",
        "maps/new/current.md longest-wait warning",
        "maps/new/current.md no-evidence warning",
        "maps/new/current.md target-missed error",
        "maps/x.md longest-wait warning",
        "maps/x.md target-missed error",
    ]
    # What somebody selects by hand goes before all that is set; what they ignore comes to it.
    assert kept(check.policy(["no-owner", "targets"], ["stated-total"])) == [
        "maps/legacy/x.md no-owner warning",
        "maps/legacy/x.md target-missed info",
        "maps/new/current.md no-owner warning",
        "maps/new/current.md target-missed error",
        "maps/x.md no-owner warning",
        "maps/x.md target-missed error",
    ]
    assert kept(check.policy(ignore=["waste", "targets"])) == [
        "maps/new/current.md no-evidence warning",
    ]


def test_nothing_set_is_everything_wanted() -> None:
    found = [Finding("a.md", 1, 1, rule.id, rule.severity, "odd") for rule in every_rule()]
    assert DEFAULTS.check.policy().apply(found) == sorted(found)
    assert Settings() == DEFAULTS
