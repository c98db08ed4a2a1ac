"""The three workflows, run step by step, with what a fork could think of in maps, names and words.

Both those that this repository uses and those that `vsmdocs init` writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.github import TOKEN, FakeGitHub, serving
from tests.e2e.repositories import Repo
from tests.e2e.runner import Artifacts, Ran, Runner
from tests.unit.review.safe_markdown import HOSTILE, see
from vsmdocs.errors import InvalidMap
from vsmdocs.reading import read_map
from vsmdocs.review.comment import MARKER, NO_CHANGES
from vsmdocs.starting.project import Facts, workflow

ROOT = Path(__file__).parents[2]
FACTS = Facts(date(2026, 1, 1), "0.1.0", "github")
BRANCH = 'patch-@all-#1-"$(touch${IFS}pwned)";|`id`-<b>'
NUMBER = 7
OURS = re.compile(
    r"::(?:error|warning|notice) file=[^:,]+(?:,[a-zA-Z]+=[^:,]*)*::\S.*|::notice title=vsmdocs::.*"
)
"""A command that `vsmdocs check` writes."""


def hostile_map(texts: list[str], wait: str) -> str:
    """Return a map with texts in all places where people write as they like."""
    steps: list[dict[str, Any]] = [
        {"id": f"s{number}", "name": text, "owner": text, "systems": [text], "notes": text,
         "wait_time": wait, "process_time": "1h", "complete_accurate": "90%",
         "evidence": {"grade": "measured", "source": text}}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    first, last, text = steps[0]["id"], steps[-1]["id"], texts[0]
    keys = {
        "title": text, "owner": text, "unit": text, "trigger": text, "customer": text,
        "outcome": text, "steps": steps,
        "rework": [{"from": last, "to": first, "rate": "10%", "reason": text}],
        "improvements": [{"id": "i", "title": text, "step": first, "hypothesis": text,
                          "owner": text}],
        "stated_totals": {"lead_time": "1h"},
    }  # fmt: skip
    body = "\n\n".join(texts)
    return f"---\n{json.dumps(keys, ensure_ascii=False)}\n---\n{body}\n"


def is_read(text: str) -> bool:
    try:
        read_map("maps/x/current.md", hostile_map([text], "1h").encode(), maps_folder="maps")
    except (InvalidMap, UnicodeEncodeError):
        return False
    return True


READABLE = [text for text in HOSTILE if is_read(text)]
REFUSED = [text for text in HOSTILE if text not in READABLE and "\ud800" not in text]


class Fork:
    """A fork of a repository, with a pull request that grows."""

    def __init__(self, folder: Path, github: FakeGitHub, own: bool) -> None:
        self.repo = Repo(folder / "clone")
        self.folder = folder
        self.github = github
        self.own = own
        self.artifacts: Artifacts = {}
        self.runs = 0
        parts = [READABLE[start : start + 15] for start in range(0, len(READABLE), 15)]
        self.parts = {f"maps/m{number}/current.md": part for number, part in enumerate(parts)}
        plain = {
            path: hostile_map([f"step {n}" for n in range(len(part))], "1d")
            for path, part in self.parts.items()
        }
        self.base = self.repo.commit("Maps", plain)
        self.repo.branch(BRANCH)

    def workflow(self, name: str) -> str:
        if self.own:
            return (ROOT / ".github" / "workflows" / f"{name}.yml").read_text()
        return workflow(name, FACTS)

    def push(self, wait: str, more: dict[str, str | bytes | None] | None = None) -> str:
        """Push a commit to the branch of the pull request."""
        files = {path: hostile_map(part, wait) for path, part in self.parts.items()}
        head = self.repo.commit("@all #1 ::error::x ##[error]x", {**files, **(more or {})})
        if not self.github.pulls:
            self.github.pull(NUMBER, head, branch=BRANCH)
        self.github.pulls[0]["head"]["sha"] = head
        return head

    def runner(self, event: dict[str, Any]) -> Runner:
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        folder.mkdir()
        environment = {"GITHUB_API_URL": self.github.address}
        outputs = {"steps.pages.outputs.base_url": "https://team.example/maps"}
        return Runner(folder, self.repo.folder, event, self.artifacts, environment, TOKEN, outputs)

    def review(self, head: str) -> Ran:
        self.artifacts.clear()
        ends = {"head": {"sha": head, "ref": BRANCH}, "base": {"sha": self.base, "ref": "main"}}
        return self.runner({"number": NUMBER, "pull_request": ends}).run(self.workflow("review"))

    def comment(self, head: str) -> Ran:
        run = {
            "id": 4711, "event": "pull_request", "head_sha": head, "head_branch": BRANCH,
            "head_repository": {"full_name": "fork/maps"}, "pull_requests": [],
        }  # fmt: skip
        event = {"workflow_run": run, "repository": {"full_name": "team/maps"}}
        return self.runner(event).run(self.workflow("comment"))

    def clean(self) -> bool:
        """Return whether nothing ran that was a name."""
        return not list(self.folder.rglob("pwned*"))


@pytest.fixture(params=[True, False], ids=["ours", "init"])
def fork(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fork]:
    with serving(FakeGitHub()) as github:
        github.comment(NUMBER, f"{MARKER}\nNot the bot's.", "mallory")
        yield Fork(tmp_path, github, request.param)


def test_the_corpus_is_in_the_maps() -> None:
    assert len(READABLE) > 200
    assert len(REFUSED) > 5


def test_a_pull_request_of_a_fork(fork: Fork) -> None:
    more: dict[str, str | bytes | None] = {
        f"maps/bad{number}/current.md": f"---\ntitle: {text}\nsteps: [\n---\n"
        for number, text in enumerate(REFUSED)
    }
    more["maps/@all #1 |`x` <b>/current.md"] = hostile_map(["::error::x"], "1h")
    more["maps/::error::x/current.md"] = "---\n##[error]x: ::error::y\n---\n"
    first = fork.push("2d", more)
    reviewed = fork.review(first)
    # Maps that cannot be read are an error, and that alone fails the pull request.
    assert reviewed.failed == ["Check what the pull request brings in"]
    assert reviewed.steps == ["Compare with the base", *reviewed.failed]
    assert reviewed.commands
    for line in reviewed.commands:
        assert OURS.fullmatch(line), line
        assert "##[" not in line
    assert see(reviewed.summary).links == []
    assert set(fork.artifacts) == {"vsmdocs-report", "vsmdocs-preview.html"}

    commented = fork.comment(first)
    assert (commented.failed, commented.commands) == ([], [])
    (body,) = fork.github.bodies()
    assert see(body).links == ["https://github.com/team/maps/actions/runs/4711"]
    assert len(body) < 60_000
    assert len(fork.github.bodies("mallory")) == 1

    second = fork.push("3d", dict.fromkeys(more))
    assert fork.comment(first).failed == []
    assert fork.github.bodies() == [body]
    reviewed = fork.review(second)
    # Advice and warnings fail nothing.
    assert [OURS.fullmatch(line) is not None for line in reviewed.commands].count(False) == 0
    assert fork.comment(second).failed == []
    (newer,) = fork.github.bodies()
    assert newer != body
    assert "unreadable" not in newer
    assert see(newer).links
    methods = fork.github.methods().split()
    assert (methods.count("POST"), methods.count("PATCH"), methods.count("DELETE")) == (1, 1, 0)
    assert fork.clean()


def test_a_pull_request_that_takes_its_changes_back(fork: Fork) -> None:
    head = fork.repo.commit("Nothing", {"README.md": "@all"})
    fork.github.pull(NUMBER, head, branch=BRANCH)
    reviewed = fork.review(head)
    assert (reviewed.failed, reviewed.summary, reviewed.commands) == ([], "", [])
    assert fork.comment(head).failed == []
    assert fork.github.bodies() == []
    changed = fork.push("2d")
    fork.review(changed)
    fork.comment(changed)
    fork.repo.git("revert", "--no-edit", "HEAD")
    back = fork.repo.git("rev-parse", "HEAD")
    fork.github.pulls[0]["head"]["sha"] = back
    fork.review(back)
    fork.comment(back)
    assert fork.github.bodies() == [NO_CHANGES]


def test_an_artifact_that_is_no_report(fork: Fork) -> None:
    head = fork.push("2d")
    for data in (b"::error::x\n##[error]x", b"[" * 100_000, b" " * 6_000_000):
        fork.artifacts["vsmdocs-report"] = {"report.json": data}
        ran = fork.comment(head)
        assert ran.failed == []
        (line,) = ran.commands
        assert line.startswith("::warning title=vsmdocs comment::the report")
    fork.artifacts["vsmdocs-report"] = {"other.json": b"{}"}
    assert fork.comment(head).failed == []
    fork.artifacts.clear()
    ran = fork.comment(head)
    assert (ran.failed, ran.steps) == ([], [])
    assert fork.github.bodies() == []


@pytest.mark.parametrize("line", ["::error::y = [", 'maps = ["##[error]x"]'], ids=range(2))
def test_settings_of_a_fork(fork: Fork, line: str) -> None:
    """Settings that cannot be used end the review, and say nothing that a log obeys."""
    head = fork.push("2d", {"vsmdocs.toml": f"{line}\n"})
    ran = fork.review(head)
    assert "Compare with the base" in ran.failed
    assert ran.commands == []
    assert "vsmdocs.toml:1" in ran.output
    assert fork.comment(head).steps == []


def test_the_site_after_the_merge(fork: Fork) -> None:
    fork.push("2d")
    fork.repo.merge(BRANCH, "Merge ::error::x ##[error]x")
    ran = fork.runner({"ref": "refs/heads/main"}).run(fork.workflow("pages"))
    assert (ran.failed, ran.commands) == ([], [])
    site = fork.artifacts["github-pages"]
    assert "index.html" in site
    assert b"https://team.example/maps" in b"".join(site.values())
    assert fork.clean()
