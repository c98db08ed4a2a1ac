"""The page of findings: what stops people first."""

from __future__ import annotations

from vsmdocs.errors import Finding, Severity
from vsmdocs.rendering.pages.checks_view import MOST, checks_view


def finding(severity: Severity, path: str = "maps/a/current.md", line: int = 3) -> Finding:
    return Finding(path, line, 5, "some-rule", severity, "It is so.", "Write it so.")


def test_errors_stand_before_warnings_and_hints_are_folded_away() -> None:
    view = checks_view([finding("info"), finding("warning"), finding("error")], 2, {})
    assert view.summary == "2 maps checked: 1 error, 1 warning, 1 hint."
    assert [(s.title, s.folded) for s in view.sections] == [
        ("1 error", False),
        ("1 warning", False),
        ("1 hint", True),
    ]


def test_what_was_found_in_a_file_stands_together_and_leads_to_its_page() -> None:
    some = [
        finding("error", "maps/b.md", 9),
        finding("error", "maps/a.md"),
        finding("error", "maps/b.md", 0),
    ]
    (section,) = checks_view(some, 2, {"maps/b.md": "streams/b/current.html"}).sections
    assert [(g.path, g.href, [f.place for f in g.findings]) for g in section.groups] == [
        ("maps/a.md", "", ["line 3:5"]),
        ("maps/b.md", "streams/b/current.html", ["the file", "line 9:5"]),
    ]


def test_of_thousands_the_first_are_shown_and_the_others_counted() -> None:
    many = [finding("info", line=line) for line in range(1, MOST + 1501)]
    (section,) = checks_view(many, 1, {}).sections
    assert sum(len(group.findings) for group in section.groups) == MOST
    assert section.title == f"{MOST + 1500:,} hints"
    assert section.more == "1,500 more are left out here; vsmdocs check lists them all."


def test_nothing_found() -> None:
    view = checks_view([], 1, {})
    assert (view.summary, view.sections) == ("1 map checked, nothing found.", ())
