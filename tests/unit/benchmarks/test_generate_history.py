"""The histories that are measured are what the benchmark says of them."""

from __future__ import annotations

from benchmarks.generate_history import SIZES, make_commits, versions
from vsmdocs.demo import fast_import
from vsmdocs.model.metrics import measure
from vsmdocs.reading import read_map

COMMITS = make_commits(SIZES["S"])


def test_the_same_size_gives_the_same_commits() -> None:
    assert fast_import(make_commits(SIZES["S"])) == fast_import(COMMITS)
    assert len(COMMITS) == SIZES["S"].commits
    assert any(len(commit.parents) == 2 for commit in COMMITS)
    assert any(commit.tags for commit in COMMITS)


def test_a_third_more_versions_than_commits() -> None:
    for name in ("S", "M"):
        found = sum(1 for _ in versions(make_commits(SIZES[name])))
        assert 1.3 < found / SIZES[name].commits < 1.4


def test_every_version_can_be_calculated_and_keeps_its_identity() -> None:
    streams = set()
    for path, text in versions(COMMITS):
        map = read_map(path, text.encode()).map
        assert measure(map).totals.lead_time > 0
        streams.add(map.identity)
    assert len(streams) == SIZES["S"].maps


def test_every_commit_changes_something_and_loses_no_map() -> None:
    trees: list[dict[str, str]] = []
    for commit in COMMITS:
        before = trees[commit.parents[0]] if commit.parents else {}
        changed = {path: text for path, text in commit.files if text is not None}
        gone = {path for path, text in commit.files if text is None}
        trees.append({**{k: v for k, v in before.items() if k not in gone}, **changed})
        assert trees[-1] != before
        assert len(trees[-1]) == SIZES["S"].maps
    assert any(None in dict(commit.files).values() for commit in COMMITS), "no file moved"
