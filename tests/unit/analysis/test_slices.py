"""Streams joined: figures worked out by hand, and sums that hold for any maps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.histories import START, every, trend
from tests.unit.analysis.joined import FEATURES, ORDERS, TODAY, facts_of, joined
from tests.unit.model.strategies import Drawn, drawn_maps, make
from vsmdocs.analysis.slices import CourseFacts, course_of, stream_facts
from vsmdocs.analysis.teams import OrganisationFacts, TeamFacts, join
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap


def team(name: str, facts: OrganisationFacts | None = None) -> TeamFacts:
    return next(one for one in (facts or joined()).teams if one.name == name)


def pairs(facts: OrganisationFacts) -> dict[tuple[str, str], tuple[int, float | None]]:
    return {(p.giver, p.taker): (len(p.handoffs), p.longest) for p in facts.pairs}


def test_handoffs_between_teams() -> None:
    facts = joined()
    assert pairs(facts) == {
        ("Design", "Team"): (1, 8.0),
        # 3 d before the board meets, in the calendar of its stream; 49 of 50 h there.
        ("Team", "Board"): (2, 49.0),
        # 4 h on the way to a step that starts at once.
        ("Board", "Team"): (1, 4.0),
        ("Board", "Design"): (1, 1.0),
    }
    assert facts.pairs[0].giver == "Team", "the most frequent first"
    assert facts.handoffs == 5


def test_a_handoff_knows_how_many_items_come_its_way() -> None:
    shares = {(h.source, h.target): h.share for h in facts_of(FEATURES).handoffs}
    assert shares == {
        ("design", "build"): pytest.approx(1),
        ("build", "board"): pytest.approx(0.2),
        ("board", "ship"): pytest.approx(0.2),
    }


def test_a_wait_that_is_not_known_is_not_nothing() -> None:
    steps = [{"id": "a", "owner": "A", "process_time": "1h"}, {"id": "b", "owner": "B"}]
    (pair,) = joined(facts_of({"steps": steps})).pairs
    assert (pair.longest, pair.unknown) == (None, 1)


def test_a_team_in_all_streams() -> None:
    board = team("Board")
    assert [(step.stream.title, step.facts.id) for step in board.steps] == [
        ("Features", "board"),
        ("Orders", "check"),
    ]
    # One item in five waits for the board for 24 h.
    assert [loss.stream.title for loss in board.waits] == ["Orders", "Features"]
    assert [loss.facts.gain for loss in board.waits] == pytest.approx([49, 4.8])
    assert [(p.giver, len(p.handoffs)) for p in board.taken] == [("Team", 2)]
    assert sorted(p.taker for p in board.given) == ["Design", "Team"]
    assert [one.facts.id for one in board.improvements] == ["a", "b", "c"], "its own, and at it"
    assert team("Team").improvements == ()
    assert team("Team").waits[0].facts.gain == pytest.approx(10), "a day of Orders has 10 h"


def test_a_wait_on_the_way_is_that_of_who_takes_the_work_up() -> None:
    waits = [loss.facts for loss in team("Team").waits if loss.facts.to]
    (way,) = waits
    assert (way.step, way.to, way.hours) == ("board", "ship", 4.0)
    assert way.gain == pytest.approx(0.8)


def test_who_answers_and_who_is_named_elsewhere() -> None:
    future = {**FEATURES, "state": "future", "owner": "Future office", "tags": ["later"]}
    facts = joined(facts_of(FEATURES, future))
    assert [one.title for one in team("Product", facts).answers_for] == ["Features"]
    assert team("Product", facts).steps == ()
    later = team("Future office", facts)
    assert (later.answers_for, later.steps) == ((), ())
    assert [(one.title, name) for one, name in later.elsewhere] == [("Features", "future")]
    assert [(tag.name, len(tag.streams), len(tag.elsewhere)) for tag in facts.tags] == [
        ("later", 0, 1),
        ("web", 1, 0),
    ]


def test_a_future_alone_is_not_counted() -> None:
    facts = joined(facts_of({**FEATURES, "state": "future"}), facts_of(ORDERS))
    assert [one.title for one in facts.streams] == ["Orders"]
    assert [one.title for one in facts.not_counted] == ["Features"]
    assert facts.handoffs == 2
    assert team("Product", facts).answers_for == ()
    assert [system.steps for system in facts.systems] == [(), ()]


def test_systems_have_their_steps() -> None:
    found = {one.name: [step.facts.id for step in one.steps] for one in joined().systems}
    assert found == {"Git": ["build", "ship"], "tracker": ["build"]}


def test_losses_anywhere_dearest_first() -> None:
    rework = [{"from": "check", "to": "take", "rate": "50%", "passes": "1"}]
    facts = joined(facts_of(FEATURES), facts_of({**ORDERS, "rework": rework}))
    first = [loss.facts for loss in facts.losses[:3]]
    assert [(one.kind, one.step) for one in first] == [
        ("wait", "check"),
        ("loop", "check"),
        ("wait", "design"),
    ]
    # Half of all items go through 11 + 50 h again, and wait as often.
    assert [one.gain for one in first] == pytest.approx([49 * 1.5, 61 / 2, 16])
    unknown = facts.losses[-1].facts
    assert (unknown.step, unknown.gain) == ("send", None), "what nobody knows comes last"


def test_promises_alone_and_together() -> None:
    facts = facts_of(FEATURES)
    hours = {one.id: one.promise.hours for one in facts.improvements}
    # Half of 24 h, for one item in five; what was adopted is in the numbers already.
    assert hours == {"a": pytest.approx(2.4), "b": None, "c": None}
    assert facts.trials.hours == pytest.approx(2.4)


def test_what_is_stale() -> None:
    stale = {("build", "wait_time"): "400 days old", ("build", "process_time"): "400 days old"}
    facts = facts_of(FEATURES, stale=stale)
    assert facts.due_since == date(2026, 11, 1)
    assert facts.step("build").stale == (
        ("wait_time", "400 days old"),
        ("process_time", "400 days old"),
    )
    assert team("Team", joined(facts)).stale == 2
    assert team("Design", joined(facts)).stale == 0
    assert team("Design").stale is None, "without a past nobody knows"


def test_a_review_on_the_day_itself_is_not_overdue() -> None:
    assert facts_of({**FEATURES, "review_by": TODAY.isoformat()}).due_since is None


def test_how_the_lead_time_went() -> None:
    two = course_of(trend(every(30, [40.0, 30.0])))
    assert two == CourseFacts(40.0, START.date(), 30.0, "better")
    assert course_of(trend(every(30, [40.0]))) is None, "one version is no course"
    lost = course_of(trend(every(30, [40.0, 30.0, None])))
    assert lost == CourseFacts(40.0, START.date(), None, None)
    part = course_of(trend(every(30, [40.0, (30.0, 1)])))
    assert part == CourseFacts(40.0, START.date(), 30.0, None)


OWNERS = st.sampled_from((None, "A", "B", "a", "Team C"))


@given(st.lists(drawn_maps(most_steps=6), max_size=3), st.data())
def test_handoffs_of_the_organisation_are_those_of_its_streams(
    maps: list[Drawn], data: st.DataObject
) -> None:
    streams, whole = [], 0
    for number, drawn in enumerate(maps):
        keys = drawn.data() | {"stream": f"s{number}"}
        for step in keys["steps"]:
            owner = data.draw(OWNERS)
            step |= {"owner": owner} if owner else {}
        stream_map = ValueStreamMap.model_validate(keys)
        metrics = measure(stream_map)
        whole += metrics.totals.handoffs
        streams.append(stream_facts(stream_map, metrics, [stream_map], today=TODAY))
    facts = join(streams)
    assert facts.handoffs == whole
    for end in ("taken", "given"):
        told = (pair for one in facts.teams for pair in getattr(one, end))
        assert sum(len(pair.handoffs) for pair in told) == whole
    assert sum(len(one.steps) for one in facts.teams) == sum(
        step.owner is not None for stream in streams for step in stream.steps
    )


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG")).filter(
            lambda pair: pair[0] != pair[1]
        ),
        max_size=20,
    )
)
def test_teams_stand_so_that_work_goes_forward(moves: list[tuple[str, str]]) -> None:
    streams = []
    for number, (giver, taker) in enumerate(moves):
        steps = [
            {"id": "x", "owner": giver, "process_time": "1h"},
            {"id": "y", "owner": taker, "process_time": "1h"},
        ]
        streams.append(facts_of({"stream": f"s{number}", "steps": steps}))
    facts = join(streams)
    order = facts.along_the_flow()
    assert sorted(order) == sorted({name for pair in moves for name in pair})
    back = facts.back(order)
    places = {name: index for index, name in enumerate(order)}
    assert back == sum(places[taker] < places[giver] for giver, taker in moves)
    # No team alone could stand better.
    for name in order:
        rest = [other for other in order if other != name]
        for place in range(len(order)):
            assert facts.back([*rest[:place], name, *rest[place:]]) >= back
    if is_forest(set(moves)):
        assert back == 0, "trees can always be put in order"


def is_forest(moves: set[tuple[str, str]]) -> bool:
    """Tell whether there is no way round, whichever way its parts lead."""
    trees = {name: {name} for pair in moves for name in pair}
    for giver, taker in moves:
        if trees[giver] is trees[taker]:
            return False
        joined = trees[giver] | trees[taker]
        trees.update(dict.fromkeys(joined, joined))
    return True


def test_a_map_without_owners_has_no_teams() -> None:
    stream_map = make("a b")
    facts = join([stream_facts(stream_map, measure(stream_map), [stream_map], today=TODAY)])
    assert (facts.teams, facts.pairs, facts.along_the_flow()) == ((), (), ())
