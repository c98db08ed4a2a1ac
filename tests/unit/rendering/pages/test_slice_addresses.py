"""Addresses by name: plain for usual names, safe and unlike for all others."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.rendering.picture.strategies import HOSTILE
from vsmdocs.rendering.pages.slice_addresses import system_href, tag_href, team_href

SAFE = re.compile(r"(teams|tags|systems)/[a-z0-9]+(-[a-z0-9]+)*\.html")
NAMES = st.text(max_size=210) | st.sampled_from(HOSTILE)


@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("Engineering", "teams/engineering.html"),
        ("Change board", "teams/change-board.html"),
        ("Team 7", "teams/team-7.html"),
        ("QA", "teams/qa.html"),
    ],
)
def test_a_usual_name_has_a_plain_address(name: str, href: str) -> None:
    assert team_href(name) == href


def test_tags_and_systems_have_theirs() -> None:
    assert tag_href("on-call") == "tags/on-call.html"
    assert system_href("issue tracker") == "systems/issue-tracker.html"
    assert re.fullmatch(r"systems/github-actions-[0-9a-f]{10}\.html", system_href("GitHub Actions"))


@pytest.mark.parametrize(
    "name",
    ["engineering", "ENGINEERING", "Change Board", "Change-board", "Change  board", "Index", "Con",
     "Lpt1", "Team 0123456789", "../../index", "", " ", "本番", "R&D", "R & D", "a" * 200,
     "Team\u200d", "Prüfung", "\ud800"],
)  # fmt: skip
def test_any_other_name_has_a_hash(name: str) -> None:
    assert re.fullmatch(r"teams/[a-z0-9-]{1,48}-[0-9a-f]{10}\.html", team_href(name))


def test_letters_without_their_accents_say_more_than_none() -> None:
    assert team_href("Prüfung").startswith("teams/prufung-")
    assert team_href("本番").startswith("teams/team-")


@pytest.mark.parametrize("tag", ["index", "con", "aux", "nul", "com1", "x-0123456789"])
def test_names_that_folders_keep_for_themselves(tag: str) -> None:
    assert tag_href(tag) != f"tags/{tag}.html"
    assert SAFE.fullmatch(tag_href(tag))


@given(NAMES)
def test_an_address_is_safe_and_stays(name: str) -> None:
    for href in (team_href, tag_href, system_href):
        assert SAFE.fullmatch(href(name))
        assert len(href(name)) < 90
        assert href(name) == href("".join(list(name)))


@given(NAMES, NAMES)
def test_no_two_names_share_one(one: str, other: str) -> None:
    assume(one != other)
    for href in (team_href, tag_href, system_href):
        assert href(one) != href(other)


@given(NAMES)
def test_nor_do_spellings_of_one_name(name: str) -> None:
    spellings = {name, name.upper(), name.lower(), name.title(), name.capitalize(), f"{name} ",
                 name.replace(" ", "-"), name.replace(" ", "  ")}  # fmt: skip
    for href in (team_href, tag_href, system_href):
        assert len({href(spelling).casefold() for spelling in spellings}) == len(spellings)
