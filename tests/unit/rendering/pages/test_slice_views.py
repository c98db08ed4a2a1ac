"""Pages that join streams, in words and as whole outputs; no stranger's text becomes markup."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Golden
from tests.unit.analysis.joined import FEATURES, ORDERS, facts_of, joined
from tests.unit.rendering.pages.safe_html import check_harmless, parse
from tests.unit.rendering.picture.strategies import HOSTILE
from vsmdocs.analysis.slices import CourseFacts
from vsmdocs.analysis.teams import OrganisationFacts
from vsmdocs.rendering.pages.pages import Pages
from vsmdocs.rendering.pages.slice_addresses import system_href, team_href
from vsmdocs.rendering.pages.slice_handoffs import handoffs_matrix
from vsmdocs.rendering.pages.slice_organisation import organisation_view
from vsmdocs.rendering.pages.slice_pages import SlicePages
from vsmdocs.rendering.pages.slice_tag import system_view, tag_view
from vsmdocs.rendering.pages.slice_team import team_view, teams_view
from vsmdocs.rendering.pages.theme import Theme

STALE = {("build", "wait_time"): "400 days old"}


@pytest.fixture(scope="module")
def pages() -> SlicePages:
    return SlicePages(Pages(Theme(), "Our streams", "maps"))


def past(direction: str | None, now: float | None = 30.0) -> CourseFacts:
    return CourseFacts(40.0, None, now, direction)


def content(page: str) -> str:
    """Return what changes with the maps, and not with the style sheet."""
    start, end = page.index("<main"), page.index("</main>")
    return page[start : end + len("</main>")] + "\n"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def one(facts: OrganisationFacts, name: str) -> Any:
    return next(team for team in facts.teams if team.name == name)


def test_whole_pages(golden: Golden, pages: SlicePages) -> None:
    features = facts_of(FEATURES, {**FEATURES, "state": "future"}, stale=STALE)
    facts = joined(features, facts_of(ORDERS, course=past("better")))
    board = one(facts, "Board")
    golden("slices", "organisation.html", content(pages.organisation(organisation_view(facts, 1))))
    golden("slices", "teams.html", content(pages.teams(teams_view(facts))))
    golden("slices", "team.html", content(pages.team(team_view(board), team_href("Board"))))
    golden("slices", "tag.html", content(pages.slice(tag_view(facts.tags[0]), "tags/web.html")))
    system = facts.systems[0]
    page = pages.slice(system_view(system), system_href(system.name))
    golden("slices", "system.html", content(page))


def test_the_organisation_s_answer() -> None:
    answer = organisation_view(joined()).answer
    assert plain(answer.sentence) == (
        "Most of all in Check: 4 d 9 h of waiting for each item on average, in Orders."
    )
    assert answer.then == (
        "Whether it is getting better is unknown: no stream has a second version yet.",
    )
    assert answer.kind == "wait"


@pytest.mark.parametrize(
    ("courses", "said"),
    [
        ([("better", 30.0), ("worse", 50.0)], "1 got faster, 1 slower."),
        ([("better", 30.0)], "1 got faster, none slower."),
        ([("same", 40.0), (None, None)],
         "none got faster, none slower, 1 stayed as it was, of 1 it is unknown."),
    ],
)  # fmt: skip
def test_whether_it_is_getting_better(
    courses: list[tuple[str | None, float | None]], said: str
) -> None:
    streams = [
        facts_of({**FEATURES, "stream": f"s{number}"}, course=past(*course))
        for number, course in enumerate(courses)
    ]
    (sentence,) = organisation_view(joined(*streams, facts_of(ORDERS))).answer.then
    assert sentence.endswith(f"since first mapped: {said}")


def test_one_stream_is_told_with_its_figures() -> None:
    (sentence,) = organisation_view(joined(facts_of(FEATURES, course=past("better")))).answer.then
    assert plain(sentence) == "The lead time was 5 d and is 3 d 6 h now: better."


def test_what_is_not_known_is_said() -> None:
    nothing = facts_of({"steps": [{"id": "a", "owner": "A"}, {"id": "b", "owner": "B"}]})
    facts = joined(nothing)
    view = organisation_view(facts)
    assert view.answer.kind == "none"
    figures = {figure.label: figure.value for figure in view.figures}
    assert figures["Waiting, added up"] == "unknown"
    assert figures["Stale numbers"] == "unknown"
    assert view.pairs[0].wait.text == "unknown"
    assert "What 2 other waits would cost is unknown." in view.more_waits
    team = team_view(one(facts, "A"))
    assert (team.steps[0].wait.text, team.steps[0].quality.text) == ("unknown", "unknown")
    assert team.answer.then[-1] == "The waits of 1 step are unknown."
    assert {row.stale.text for row in teams_view(facts).rows} == {"unknown"}


def test_some_waits_unknown_makes_a_sum_a_least() -> None:
    figures = {f.label: f for f in organisation_view(joined()).figures}
    waiting = figures["Waiting, added up"]
    # 2 d + 1 d + an hour, and a fifth of 3 d 4 h; what Orders waits is not known.
    assert plain(waiting.value) == "≥ 3 d 6.6 h"
    assert waiting.note == "unknown in 1 stream"


def test_calendars_that_differ_are_named() -> None:
    assert "calendars of their own" in organisation_view(joined()).notes
    assert organisation_view(joined(facts_of(ORDERS))).notes.endswith("10 h days, 5-day weeks.")


def test_promises_are_ranked_and_joined_by_stream() -> None:
    view = organisation_view(joined())
    assert [(row.improvement.name, plain(row.promise.text)) for row in view.improvements] == [
        ("A", "−2 h 24 min"),
        ("B", "unknown"),
    ]
    (row,) = view.promises
    assert (plain(row.trials), row.told) == ("−2 h 24 min", "1 of 2")
    assert view.improved == "1 was adopted, and 0 given up."


def test_more_teams_than_can_be_seen_are_left_to_the_table() -> None:
    streams = [
        facts_of({"stream": f"s{n}", "steps": [
            {"id": "a", "owner": f"T{n}", "process_time": "1h"},
            {"id": "b", "owner": f"T{n + 1}", "process_time": "1h"},
        ]})
        for n in range(35)
    ]  # fmt: skip
    facts = joined(*streams)
    matrix, left_out = handoffs_matrix(facts)
    assert matrix is not None
    assert len(matrix.heads) == 60
    assert left_out == ("The picture has the 30 teams with most handoffs; the table has all 36.")
    view = organisation_view(facts)
    assert len(view.pairs) + len(view.more_pairs) == 35


def test_no_stranger_s_text_becomes_markup(pages: SlicePages) -> None:
    # Control characters are errors when a map is read.
    names = [text.strip()[:200] for text in HOSTILE if not any(ord(sign) < 32 for sign in text)]
    steps = [
        {"id": f"s{number}", "name": name, "owner": name, "process_time": "1h", "wait_time": "1d",
         "systems": [names[number - 1]]}
        for number, name in enumerate(names)
    ]  # fmt: skip
    improvements = [
        {"id": f"i{number}", "title": name, "step": f"s{number}", "status": "trial"}
        for number, name in enumerate(names)
    ]
    keys = {"title": names[0], "owner": names[1], "steps": steps, "improvements": improvements}
    facts = joined(facts_of(keys))
    assert len(facts.teams) > 100
    made = [pages.organisation(organisation_view(facts)), pages.teams(teams_view(facts))]
    made += [pages.team(team_view(one), team_href(one.name)) for one in facts.teams[::10]]
    made += [pages.slice(system_view(s), system_href(s.name)) for s in facts.systems[::10]]
    for page in made:
        check_harmless(parse(page))
