"""The difference between two maps as text, Markdown and JSON, and its sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Golden
from tests.unit.model.strategies import make
from tests.unit.rendering.diff_maps import BASE, BODIES, HEAD
from vsmdocs.analysis.diff import FIGURES, MapDiff, diff, invert
from vsmdocs.rendering.diff_json import diff_document, diff_json
from vsmdocs.rendering.diff_markdown import diff_markdown
from vsmdocs.rendering.diff_rows import change_rows
from vsmdocs.rendering.diff_sentence import headline
from vsmdocs.rendering.diff_text import diff_text

BOTH = diff(BASE, HEAD, *BODIES)


def test_everything_at_once(golden: Golden) -> None:
    golden("diff-everything", "diff.txt", diff_text(BOTH))
    golden("diff-everything", "diff.md", diff_markdown(BOTH))
    golden("diff-everything", "diff.json", diff_json(BOTH))
    golden("diff-everything", "back.txt", diff_text(diff(HEAD, BASE, *BODIES[::-1])))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def text_of(found: MapDiff) -> str:
    return plain(diff_text(found))


def sentence(base: Any, head: Any, **keys: Any) -> str:
    found = diff(make(base, title="T", **keys), make(head, title="T", **keys))
    return plain(headline(found))


def step(key: str, wait: str, work: str = "1h", **keys: Any) -> dict[str, Any]:
    return {"id": key, "wait_time": wait, "process_time": work, **keys}


@pytest.mark.parametrize(
    ("base", "head", "said"),
    [
        ([step("a", "4d"), step("b", "2d")], [step("a", "1d"), step("b", "2d")],
         "T: lead time 6 d 2 h to 3 d 2 h (−48 %), activity ratio 4 % to 7.7 %; "
         "A no longer the worst wait"),
        ([step("a", "1d"), step("b", "2d")], [step("a", "4d"), step("b", "2d")],
         "T: lead time 3 d 2 h to 6 d 2 h (+92 %), activity ratio 7.7 % to 4 %; "
         "A now the worst wait"),
        ([step("a", "4d")], [step("a", "3d")],
         "T: lead time 4 d 1 h to 3 d 1 h (−24 %), activity ratio 3 % to 4 %"),
        ([step("a", "1d")], [step("a", "8h")], "T: nothing changed"),
        ([step("a", "1d")], [step("a", "1d", notes="N")], "T: only words changed"),
        ([step("a", "1d")], [step("a", "1d", owner="O")],
         "T: 1 change, none of the figures changed"),
        ([step("a", "1d")], [step("a", "1d", owner="O", wip="2")],
         "T: 2 changes, none of the figures changed"),
        ([step("a", "1d"), {"id": "b"}], [step("a", "2d"), {"id": "b"}],
         "T: lead time at least 1 d 1 h to at least 2 d 1 h (+89 %)"),
        ([step("a", "1d"), {"id": "b"}], [step("a", "1d"), step("b", "2h")],
         "T: lead time at least 1 d 1 h to 1 d 4 h, activity ratio unknown to 16.7 %"),
        ([step("a", "40d")], [step("a", "40d 10m")],
         "T: lead time 40 d 1 h to 40 d 1 h (+10 min)"),
        ([step("a", "1000d")], [step("a", "1000d 10m")],
         "T: lead time 1,000 d to 1,000 d (+10 min)"),
        ([step("a", "1d", complete_accurate="50%")], [step("a", "1d", complete_accurate="60%")],
         "T: rolled %C&A 50 % to 60 %"),
    ],
)  # fmt: skip
def test_headline(base: Any, head: Any, said: str) -> None:
    assert sentence(base, head) == said


def test_headline_of_loops_and_ways() -> None:
    loop = [{"from": "b", "to": "a", "rate": "50%"}]
    steps = [step("a", "1h"), step("b", "0")]
    found = diff(make(steps, title="T", rework=loop), make(steps, title="T"))
    assert plain(headline(found)) == (
        "T: expected lead time 6 h to 3 h (−50 %); rework from B back to A no longer costs most"
    )
    waiting = [make("a b", flow=["a -> b", {"from": "a", "to": "b", "wait": w}], title="T")
               for w in ("5h", "0")]  # fmt: skip
    assert "; the wait between A and B no longer the worst" in headline(
        diff(waiting[0], waiting[1])
    )


def test_headline_of_a_loop_that_overtakes_the_worst_wait() -> None:
    """The wait is still the worst one, as the picture says; a loop costs more than it now."""
    steps = [step("a", "4h"), step("b", "1h")]
    base, head = (
        make(steps, title="T", rework=[{"from": "b", "to": "a", "rate": rate}])
        for rate in ("10%", "70%")
    )
    assert plain(headline(diff(base, head))).endswith("; rework from B back to A now costs most")


def test_headline_of_a_renamed_worst_wait() -> None:
    base = [step("a", "4d", name="Test", owner="O"), step("b", "1d")]
    head = [step("c", "3d", name="Test", owner="O"), step("b", "1d")]
    assert "worst" not in sentence(base, head)


def test_headline_across_states() -> None:
    future = BASE.model_copy(update={"state": "future", "variant": "q2"})
    assert headline(diff(BASE, future)) == "Feature delivery, current to future q2: nothing changed"


def test_a_map_that_is_new_or_gone() -> None:
    for found, words in ((diff(None, BASE), "new map, "), (diff(BASE, None), "map removed, ")):
        assert headline(found).startswith(f"Feature delivery: {words}")
        assert "15 d 4 h" in plain(headline(found))
        assert "15 d 4 h" in text_of(found)
        assert "What changed" not in text_of(found)
        assert change_rows(found) == ()
        document = diff_document(found)
        assert [document["new"], document["removed"]] == [found.base is None, found.head is None]
        assert (document["totals"]["before"] is None) == (found.base is None)
        assert document["effect"] is None


def test_nothing_and_words_alone_need_no_table() -> None:
    assert diff_text(diff(BASE, BASE)) == "Feature delivery: nothing changed\n"
    assert diff_markdown(diff(BASE, BASE)) == "`Feature delivery`: nothing changed\n"
    words = diff_text(diff(BASE, BASE, "a", "b\nc"))
    assert words.splitlines()[0] == "Feature delivery: only words changed"
    assert "below the map: 2 lines new, 1 line gone" in words
    assert "Figure" not in words
    swapped = diff_text(diff(BASE, BASE, "a\nb", "b\na"))
    assert "lines in another order" in swapped


def test_effects_in_json_add_up() -> None:
    document = json.loads(diff_json(BOTH))
    assert list(document["totals"]["before"]) == list(document["totals"]["after"])
    for key in FIGURES:
        name = f"{key}_hours" if key.endswith("time") else key
        parts = [change["effect"][name] for change in document["changes"]]
        assert sum(parts) == pytest.approx(document["effect"][name])
        whole = document["totals"]["after"][name] - document["totals"]["before"][name]
        assert whole == pytest.approx(document["effect"][name])
    for change in document["changes"]:
        assert set(change) == {
            "kind", "step", "to", "improvement", "field", "before", "after", "effect", "note",
        }  # fmt: skip


def test_evidence_number_by_number_in_json() -> None:
    said = {"process_time": "assumed", "complete_accurate": {"grade": "sampled", "source": "a log"}}
    found = diff(make([step("a", "1d")]), make([step("a", "1d", evidence=said)]))
    (change,) = json.loads(diff_json(found))["changes"]
    assert change["field"] == "evidence"
    assert change["after"] == {
        "process_time": {"grade": "assumed", "from": None, "on": None},
        "complete_accurate": {"grade": "sampled", "from": "a log", "on": None},
    }


def test_unknown_is_null_in_json_and_said_elsewhere() -> None:
    found = diff(make([step("a", "1d"), {"id": "b"}]), make([step("a", "1d"), step("b", "1d")]))
    first = diff_document(found)["changes"][0]
    assert first["effect"]["lead_time_hours"] is None
    assert (first["field"], first["before"]) == ("process_time_hours", None)
    assert "lead time unknown" in text_of(found)
    assert "process time from unknown to 1 h" in text_of(found)


def _parallel(wait: str) -> Any:
    return make([step("a", "0"), step("b", wait), step("c", "1d"), step("d", "0")],
                flow=["a -> [b, c] -> d"])  # fmt: skip


def test_why_something_gained_nothing() -> None:
    found = diff(_parallel("5h"), _parallel("2h"))
    note = "gained nothing: beside it C takes 3 h longer"
    assert note in text_of(found)
    assert "gained nothing: beside it `C` takes 3 h longer" in plain(diff_markdown(found))
    assert plain(diff_document(found)["changes"][0]["note"]) == note
    (row,) = change_rows(found)
    assert (plain(row.note), row.effects, row.tone, row.place) == (note, (), "", "B")
    tie = text_of(diff(_parallel("1d"), _parallel("2h")))
    assert "gained nothing: beside it C takes as long" in tie


def test_what_is_counted_with_another_change() -> None:
    def loops(one: str, other: str) -> Any:
        rework = [("b", one), ("a", other)]
        return make("a b c", rework=[{"from": "c", "to": to, "rate": r} for to, r in rework])

    found = diff(loops("60%", "10%"), loops("10%", "60%").model_copy(
        update={"rework": loops("10%", "60%").rework[::-1]}
    ))  # fmt: skip
    text = text_of(found)
    assert "its effect is counted with: C back to B (rework changed)" in text
    assert diff_document(found)["changes"][0]["effect"] is None
    assert "its effect is counted with" in diff_text(invert(found))


def test_better_and_worse_are_words() -> None:
    rows = {row.place: row for row in change_rows(BOTH) if row.kind_label in ("added", "removed")}
    assert rows["Approval"].tone == "better"
    assert not any("better" in effect for effect in rows["Approval"].effects)
    assert rows["Pairing"].tone == ""
    assert any(effect.endswith(", worse") for effect in rows["Pairing"].effects)
    assert any(effect.endswith(", better") for effect in rows["Pairing"].effects)
    back = {row.place: row for row in change_rows(invert(BOTH))}
    assert back["Approval"].tone == "worse"


VALUES = [
    ("b", {"process_time": "2h..8h"}, {"process_time": "5h"},
     "process time from 2h..8h (mean 5 h) to 5 h"),
    ("b", {"wait_time": "8000h"}, {"wait_time": "8000.1h"},
     "wait time from 8000h to 8000.1h"),
    ("b", {"process_time": "1h", "wait_time": "1d"}, {"process_time": "1h", "lead_time": "2d"},
     "B: wait time from 1 d to 1 d 7 h, lead time from 1 d 1 h to 2 d"),
    ("b", {"process_time": "1h", "wait_time": "5h"}, {"process_time": "1h", "lead_time": "2h..10h"},
     "times are stated as a range, or no longer so"),
    ("b", {}, {"complete_accurate": ["90%", "50%"]}, "%C&A from unknown to 90 %, 50 %"),
    ("b", {"systems": ["Jira", "Git"]}, {}, "systems from Jira, Git to none"),
    ("b", {}, {"evidence": {"grade": "sampled", "source": "Jira", "on": "2026-01-31"}},
     "evidence from none to sampled from Jira on 2026-01-31"),
    ("b", {"wip": "0"}, {"wip": "1"}, "wip from 0 to 1"),
    ("b", {"capacity": "1/day"}, {}, "capacity from 1/day to unknown"),
    ("b", {}, {"kind": "approval"}, "kind from work to approval"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "before", "after", "text"), VALUES)
def test_values_of_a_step(key: str, before: Any, after: Any, text: str) -> None:
    found = diff(make([{"id": key, **before}]), make([{"id": key, **after}]))
    assert text in text_of(found)
    json.loads(diff_json(found))


MAP_VALUES = [
    ({"calendar": {"hours_per_day": "6"}}, {},
     "calendar from 6 h days, 5-day weeks to 8 h days, 5-day weeks"),
    ({}, {"stated_totals": {"lead_time": "2d", "activity_ratio": "5%"}},
     "stated totals from none to Lead time 2 d, Activity ratio 5 %"),
    ({"targets": [{"metric": "wip", "at_least": "3"}]}, {},
     "targets from Work in process at least 3 to none"),
    ({"review_by": "2027-01-31"}, {}, "review by from 2027-01-31 to none"),
    ({"tags": ["a"]}, {"tags": ["b", "c"]}, "tags from a to b, c"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "text"), MAP_VALUES)
def test_values_of_the_map(before: Any, after: Any, text: str) -> None:
    found = diff(make("a b", **before), make("a b", **after))
    assert text in text_of(found)
    json.loads(diff_json(found))


def test_changes_of_the_flow() -> None:
    def text(before: list[Any], after: list[Any]) -> str:
        return text_of(diff(make("a b c", flow=before), make("a b c", flow=after)))

    assert "the flow: B → C is gone; A → C is new" in text(["a -> b -> c"], ["a -> [b, c]"])
    assert "after A: B from 20 % to 30 %, C from 80 % to 70 %" in text(
        ["a -> [b 20%, c 80%]"], ["a -> [b 30%, c 70%]"]
    )
    assert "A → B: wait from none to 1 d" in text(
        ["a -> b -> c"], ["a -> b -> c", {"from": "a", "to": "b", "wait": "1d"}]
    )
    assert "the start → A is new" in text(["a", "b -> c"], ["[a 20%, b 80%]", "b -> c"])
    assert "A → B forks" in text(["a -> [b, c]"], ["a -> [b 20%, c 80%]"])


def test_a_long_text_is_cut() -> None:
    found: MapDiff = diff(make("a", trigger="x" * 150), make("a", trigger="y"))
    assert f"trigger from {'x' * 79}… to y" in text_of(found)
    assert diff_document(found)["changes"][0]["before"] == "x" * 150
