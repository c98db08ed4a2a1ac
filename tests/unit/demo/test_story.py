"""The story holds together: what it says happened is what its maps come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from vsmdocs.analysis.lint import run as lint
from vsmdocs.analysis.promises import find_promise
from vsmdocs.demo import END, Author, Commit, Tag, fast_import, story
from vsmdocs.demo.entries import CURRENT, FUTURE
from vsmdocs.errors import InvalidMap
from vsmdocs.model.metrics import Totals, measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import parse_estimate
from vsmdocs.reading import MapDocument, read_map

STORY = story()


def trees() -> Iterator[tuple[Commit, dict[str, str]]]:
    """Every commit with all files that there are after it."""
    found: list[dict[str, str]] = []
    for commit in STORY:
        tree = dict(found[commit.parents[0]]) if commit.parents else {}
        for path, text in commit.files:
            if text is None:
                del tree[path]
            else:
                tree[path] = text
        found.append(tree)
        yield commit, tree


def maps(tree: dict[str, str]) -> list[MapDocument]:
    paths = sorted(path for path in tree if path.startswith("maps/"))
    return [read_map(path, tree[path].encode()) for path in paths]


def broken() -> list[tuple[int, InvalidMap]]:
    found = []
    for number, (_, tree) in enumerate(trees()):
        try:
            maps(tree)
        except InvalidMap as error:
            found.append((number, error))
    return found


def on_main(path: str, *earlier: str) -> list[tuple[ValueStreamMap, Totals]]:
    """What one map said on the main branch, each time that it said something else."""
    found: list[tuple[ValueStreamMap, Totals]] = []
    said = ""
    for commit, tree in trees():
        name = next((name for name in (path, *earlier) if name in tree), None)
        if commit.branch != "main" or name is None or tree[name] == said:
            continue
        said = tree[name]
        try:
            map = read_map(name, said.encode()).map
        except InvalidMap:
            continue
        found.append((map, measure(map).totals))
    return found


@pytest.fixture(scope="module")
def current() -> list[tuple[ValueStreamMap, Totals]]:
    return on_main(CURRENT, "maps/delivery.md")


def test_forty_commits_over_eighteen_months() -> None:
    assert len(STORY) == 40
    assert STORY[-1].at.date() == END
    assert timedelta(days=530) < STORY[-1].at - STORY[0].at < timedelta(days=560)
    assert len({commit.author for commit in STORY}) >= 5
    assert all(commit.author.email.endswith("@example.org") for commit in STORY)
    assert len({commit.at.utcoffset() for commit in STORY}) >= 3


def test_commits_come_after_their_parents() -> None:
    for number, commit in enumerate(STORY):
        assert commit.at.utcoffset() is not None
        assert bool(commit.parents) == bool(number)
        for parent in commit.parents:
            assert parent < number
            assert STORY[parent].at < commit.at
        assert commit.files, commit.subject


def test_pull_requests_are_merged_and_squashed() -> None:
    merges = [commit for commit in STORY if len(commit.parents) == 2]
    assert len(merges) == 6
    numbers = []
    for commit in merges:
        said = re.fullmatch(r"Merge pull request #(\d+) from (\S+)", commit.subject)
        assert said
        assert STORY[commit.parents[1]].branch == said[2]
        numbers.append(int(said[1]))
    squashed = [re.search(r" \(#(\d+)\)$", commit.subject) for commit in STORY]
    numbers += [int(found[1]) for found in squashed if found]
    assert len(numbers) == len(set(numbers)) > 15
    assert any(STORY[commit.parents[0]].at > STORY[commit.parents[1]].at for commit in merges), (
        "nothing happened on the main branch meanwhile"
    )


def test_one_version_is_broken_and_the_next_is_whole() -> None:
    ((number, error),) = broken()
    (finding,) = error.findings
    assert finding.place == f"{CURRENT}:30:26"
    assert "never closed" in finding.message
    assert "bracket" in STORY[number + 1].subject


def test_all_other_versions_pass_the_check_of_their_day() -> None:
    left_out = {number for number, _ in broken()}
    for number, (commit, tree) in enumerate(trees()):
        if number not in left_out:
            found = lint(maps(tree), commit.at.date())
            assert [f for f in found if f.severity == "error"] == [], commit.subject


def test_the_end_stays_free_of_errors() -> None:
    """Nobody keeps a demonstration's targets, so none of them may ever be overdue."""
    *_, (_, tree) = trees()
    found = lint(maps(tree), END + timedelta(days=3650))
    assert [finding for finding in found if finding.severity == "error"] == []


def test_delivery_gets_better_with_two_set_backs(
    current: list[tuple[ValueStreamMap, Totals]],
) -> None:
    leads = [totals.lead_time for _, totals in current]
    assert [before < after for before, after in pairwise(leads[1:])].count(True) == 2
    first, last = current[1][1], current[-1][1]
    assert last.lead_time < 0.65 * first.lead_time
    assert (last.expected_lead_time or 99) < 0.6 * (first.expected_lead_time or 0)
    assert (last.activity_ratio or 0) > 1.3 * (first.activity_ratio or 1)
    assert (last.complete_accurate or 0) > 1.4 * (first.complete_accurate or 1)
    assert (last.wip or 99) < (first.wip or 0)


def test_reviews_wait_seventy_percent_less(
    current: list[tuple[ValueStreamMap, Totals]],
) -> None:
    waits = [
        step.wait_time.hours(map.calendar)
        for map, _ in current
        for step in map.steps
        if step.id == "review" and step.wait_time
    ]
    assert max(waits) == 24
    assert waits[-1] == pytest.approx(0.3 * 24)


def test_the_promise_moves_and_the_gap_closes(
    current: list[tuple[ValueStreamMap, Totals]],
) -> None:
    promises = on_main(FUTURE)
    leads = [totals.lead_time for _, totals in promises]
    assert leads == sorted(leads, reverse=True)
    assert len({map.target_date for map, _ in promises}) == len(promises) == 3
    for map, totals in promises:
        (target,) = (target for target in map.targets if target.metric == "lead_time")
        assert totals.lead_time <= target.at_most.hours(map.calendar)  # type: ignore[union-attr]
    gap = current[-1][1].lead_time - leads[-1]
    assert 0 < gap < 0.2 * (current[1][1].lead_time - leads[-1])


def test_improvements_begin_are_adopted_and_rejected(
    current: list[tuple[ValueStreamMap, Totals]],
) -> None:
    ways: dict[str, list[str]] = {}
    for map, _ in current:
        for improvement in map.improvements:
            way = ways.setdefault(improvement.id, [])
            if not way or way[-1] != improvement.status:
                way.append(improvement.status)
    assert ways["review-limit"] == ["idea", "trial", "adopted"]
    assert ways["board-twice-a-week"] == ["trial", "rejected"]


def test_something_is_tried_at_the_end_and_promises_more_than_was_promised(
    current: list[tuple[ValueStreamMap, Totals]],
) -> None:
    map, totals = current[-1]
    (trial,) = (one for one in map.improvements if one.status == "trial")
    assert trial.owner
    assert trial.hypothesis
    assert trial.started
    assert timedelta(0) < END - trial.started < timedelta(days=28)
    promise = find_promise(map, totals, [trial])
    assert promise.hours is not None
    assert promise.hours > 4
    (change,) = trial.change
    future, _ = on_main(FUTURE)[-1]
    promised = next(step.wait_time for step in future.steps if step.id == change.step)
    assert promised is not None
    assert parse_estimate(change.value).hours(map.calendar) < promised.hours(map.calendar)


def test_the_stream_is_written_out_wherever_it_could_move() -> None:
    for _, tree in trees():
        for path, text in tree.items():
            if path.startswith("maps/"):
                assert "\nstream: " in text
                assert "\nstate: " in text or path == "maps/delivery.md"


def test_milestones_are_on_the_main_branch() -> None:
    tagged = [commit for commit in STORY if commit.tags]
    assert len(tagged) >= 5
    assert {commit.branch for commit in tagged} == {"main"}
    assert STORY[-1] in tagged


# --- the stream --------------------------------------------------------------


def test_the_stream_is_the_same_each_time() -> None:
    assert fast_import(story()) == fast_import(STORY)


def test_the_stream_of_two_commits() -> None:
    ana = Author("Ána", "ana@example.org")
    at = STORY[0].at
    first = Commit(ana, at, "Begin", (("a.md", "é\n"),), (), tags=(Tag("one"),))
    second = Commit(
        ana, at, "Move\n\nWhy", (("a.md", None), ("a/b.md", "")), (0,), "side", (Tag("two", "2"),)
    )
    who = "Ána <ana@example.org> 1746432720 +0200"
    assert fast_import((first, second)).decode() == (
        "feature done\n"
        f"commit refs/heads/main\nmark :1\nauthor {who}\ncommitter {who}\n"
        "data 6\nBegin\n\nM 100644 inline a.md\ndata 3\né\n\n\n"
        "reset refs/tags/one\nfrom :1\n\n"
        f"commit refs/heads/side\nmark :2\nauthor {who}\ncommitter {who}\n"
        "data 10\nMove\n\nWhy\n\nfrom :1\nD a.md\nM 100644 inline a/b.md\ndata 0\n\n\n"
        f"tag two\nfrom :2\ntagger {who}\ndata 2\n2\n\n"
        f"reset refs/heads/side\nfrom {'0' * 40}\n\n"
        "done\n"
    )
