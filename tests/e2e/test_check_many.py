"""Many maps checked by all cores: the very findings of one after another."""

from __future__ import annotations

from datetime import date

import pytest

from tests.e2e.repositories import Repo, a_map, identified
from vsmdocs.workers import Workers
from vsmdocs.workspace import checking_many, open_workspace
from vsmdocs.workspace.checking import check_tree

TODAY = date(2026, 1, 15)


@pytest.fixture
def many(repo: Repo) -> Repo:
    """Streams whose states stand in several places, broken maps, doubles, and old numbers."""
    maps: dict[str, str | bytes | None] = {}
    for number in range(30):
        name = f"stream-{number:02}"
        maps[f"maps/{name}/current.md"] = a_map(f"{number + 1}h", more="review_by: 2025-06-30\n")
        # What a future state promises is judged beside the current one, wherever that stands.
        maps[f"maps/z-{number:02}.md"] = a_map("9d", more=identified(name, "future"))
        maps[f"maps/broken-{number:02}/current.md"] = "---\ntitle: x\nsteps: nothing\n---\n"
    maps["maps/again.md"] = a_map("1h", more=identified("stream-03"))
    repo.commit("maps", maps)
    return repo


@pytest.fixture
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return Repo(tmp_path_factory.mktemp("many"))


@pytest.mark.parametrize("cores", [2, 3])
def test_all_cores_find_what_one_finds(
    many: Repo, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    workspace = open_workspace(many.folder)
    one = check_tree(workspace, TODAY)
    started: list[int] = []
    enter = Workers.__enter__

    def noting(self: Workers[object]) -> Workers[object]:
        started.append(self.count)
        return enter(self)

    monkeypatch.setattr(Workers, "__enter__", noting)
    monkeypatch.setattr(checking_many, "cores_for", lambda portions: cores)
    all_cores = check_tree(workspace, TODAY, documents_too=False)
    assert cores in started
    assert all_cores.findings == one.findings
    assert all_cores.files == one.files
    rules = {finding.rule for finding in one.findings}
    assert {"duplicate-identity", "stale-numbers"} <= rules


def test_few_are_not_shared_out(many: Repo) -> None:
    assert not checking_many.worth_it(60)
