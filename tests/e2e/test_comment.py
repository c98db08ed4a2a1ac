"""`vsmdocs comment` against a server that answers as GitHub does, also when it does not want to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.github import BOT, TOKEN, FakeGitHub, Said, refusal, serving
from tests.unit.review.reports import NEW, OLD, data, everything, with_text
from tests.unit.review.safe_markdown import assert_no_commands, see
from vsmdocs.errors import UsageError
from vsmdocs.review.comment import MARKER, NO_CHANGES, comment
from vsmdocs.review.event import FinishedRun, read_event
from vsmdocs.review.github import GitHub, GitHubError
from vsmdocs.review.keeping import find_pull_request, keep_comment
from vsmdocs.review.make import make_report
from vsmdocs.review.report import report_json

SHA = "5e" * 20
TEXT = f"{MARKER}\nOne map changed.\n"


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub()) as server:
        server.pull(7, SHA)
        yield server


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def api(github: FakeGitHub, slept: list[float]) -> GitHub:
    return GitHub(github.address, TOKEN, sleep=slept.append, clock=lambda: 1000.0)


def keep(api: GitHub, text: str = TEXT) -> str:
    return keep_comment(api, "team/maps", 7, text)


def refused(api: GitHub, text: str = TEXT) -> str:
    with pytest.raises(GitHubError) as caught:
        keep(api, text)
    return str(caught.value)


def event(**changes: Any) -> dict[str, Any]:
    """Return the event of a finished review of a fork's branch."""
    run = {
        "id": 4711,
        "name": "vsmdocs review",
        "event": "pull_request",
        "status": "completed",
        "conclusion": "success",
        "head_sha": SHA,
        "head_branch": "patch-1",
        "head_repository": {"full_name": "fork/maps", "owner": {"login": "fork"}, "fork": True},
        "repository": {"full_name": "team/maps"},
        "pull_requests": [],
        **changes,
    }
    return {"action": "completed", "workflow_run": run, "repository": {"full_name": "team/maps"}}


def finished(**changes: Any) -> FinishedRun:
    return read_event(json.dumps(event(**changes)).encode())


# --- one comment, kept ---------------------------------------------------------


def test_written_once_and_then_kept(github: FakeGitHub, api: GitHub) -> None:
    assert keep(api) == "a comment was written"
    assert keep(api) == "the comment is up to date"
    assert keep(api, f"{TEXT}More.\n") == "the comment was brought up to date"
    assert github.bodies() == [f"{TEXT}More.\n"]
    assert github.methods() == "GET POST GET GET PATCH"


def test_nothing_is_written_where_nothing_changed(github: FakeGitHub, api: GitHub) -> None:
    assert "nothing to comment" in keep(api, "")
    assert github.comments == []
    keep(api)
    keep(api, "")
    assert github.bodies() == [NO_CHANGES]
    assert keep(api, "") == "the comment is up to date"
    keep(api)
    assert github.bodies() == [TEXT]


def test_found_by_marker_and_author(github: FakeGitHub, api: GitHub) -> None:
    github.comment(7, TEXT, "mallory")
    github.comment(7, f"> {TEXT}", BOT)
    github.comment(7, "Coverage rose.", BOT)
    assert keep(api) == "a comment was written"
    assert github.bodies("mallory") == [TEXT]
    assert github.bodies() == [f"> {TEXT}", "Coverage rose.", TEXT]


def test_line_ends_are_no_difference(github: FakeGitHub, api: GitHub) -> None:
    github.comment(7, TEXT.replace("\n", "\r\n").rstrip())
    assert keep(api) == "the comment is up to date"


def test_a_second_comment_of_ours_goes(github: FakeGitHub, api: GitHub) -> None:
    for number in range(3):
        github.comment(7, f"{TEXT}{number}")
    keep(api)
    assert github.bodies() == [TEXT]


def test_a_comment_on_a_later_page(github: FakeGitHub, api: GitHub) -> None:
    github.page_size = 2
    for number in range(5):
        github.comment(7, f"Talk {number}", "ada")
    github.comment(7, TEXT)
    assert keep(api) == "the comment is up to date"
    assert [one.target.partition("?")[2] for one in github.asked] == [
        "per_page=100", "per_page=100&page=2", "per_page=100&page=3",
    ]  # fmt: skip


# --- the right pull request ----------------------------------------------------


def test_a_fork_is_found_by_its_branch(github: FakeGitHub, api: GitHub) -> None:
    github.page_size = 1
    github.pull(8, "6f" * 20, head="fork/maps", branch="patch-2")
    github.pull(9, SHA, head="other/maps")
    github.pull(10, SHA, head="fork/other-repository")
    github.pull(11, SHA, state="closed")
    assert find_pull_request(api, finished()).number == 7
    assert "state=open&head=fork%3Apatch-1" in github.asked[0].target
    assert len(github.asked) == 2


def test_names_are_compared_without_case(github: FakeGitHub, api: GitHub) -> None:
    run = finished(head_repository={"full_name": "Fork/Maps"})
    assert find_pull_request(api, run).number == 7


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"head_sha": "6f" * 20}, "newer commits"),
        ({"head_branch": "gone"}, "no open pull request"),
        ({"head_branch": "patch-1&state=all"}, "no open pull request"),
        ({"head_repository": {"full_name": "fork/other"}}, "no open pull request"),
        ({"head_repository": None}, "is gone"),
        ({"head_branch": None}, "is gone"),
    ],
)
def test_no_pull_request(api: GitHub, changes: dict[str, Any], why: str) -> None:
    found = find_pull_request(api, finished(**changes))
    assert (found.number, why in found.why) == (0, True)


def test_a_head_without_repository(github: FakeGitHub, api: GitHub) -> None:
    github.pulls.clear()
    github.pull(7, SHA)["head"]["repo"] = None
    assert find_pull_request(api, finished()).number == 0


def test_several_pull_requests_of_one_commit(github: FakeGitHub, api: GitHub) -> None:
    github.pull(8, SHA)
    assert "several" in find_pull_request(api, finished()).why
    named = finished(pull_requests=[{"number": 8}])
    assert find_pull_request(api, named).number == 8
    assert find_pull_request(api, finished(pull_requests=[{"number": 99}])).number == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "workflow_run"),
        (json.dumps({"pull_request": {}}).encode(), "--dry-run"),
        (json.dumps(event(event="push")).encode(), "not one of a pull request"),
        (json.dumps(event(head_sha="main")).encode(), "which repository and commit"),
        (json.dumps({**event(), "repository": {"full_name": "../.."}}).encode(), "which repo"),
        (json.dumps({**event(), "repository": {"full_name": "a/b/c"}}).encode(), "which repo"),
    ],
    ids=range(8),
)  # fmt: skip
def test_another_event(text: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_event(text)


def test_the_link_to_the_run() -> None:
    run = finished()
    assert run.link("https://github.com") == "https://github.com/team/maps/actions/runs/4711"
    assert run.link("https://github.com/)](x") == ""
    assert finished(id="4711)").link("https://github.com") == ""


# --- what GitHub refuses -------------------------------------------------------


def test_without_permission(github: FakeGitHub, api: GitHub, slept: list[float]) -> None:
    github.may_write = False
    said = refused(api)
    assert "permissions: pull-requests: write" in said
    assert "Resource not accessible by integration" in said
    assert (github.methods(), slept) == ("GET POST", [])


def test_a_locked_conversation(github: FakeGitHub, api: GitHub) -> None:
    github.locked = True
    assert "is locked" in refused(api)


def test_a_comment_that_is_too_long(github: FakeGitHub, api: GitHub) -> None:
    said = refused(api, f"{MARKER}{'x' * 70_000}")
    assert said.startswith("GitHub does not take this comment (422)")
    assert "body is too long (maximum is 65536 characters)" in said
    assert github.methods() == "GET POST"


def test_not_found_and_bad_token(github: FakeGitHub, api: GitHub) -> None:
    with pytest.raises(GitHubError, match=r"finds nothing there.*\(404\)"):
        keep_comment(api, "team/maps", 99, TEXT)
    with pytest.raises(GitHubError, match="does not know this token"):
        keep(GitHub(github.address, "wrong"))
    assert len(github.asked) == 2


def test_words_of_github_stay_on_one_line(github: FakeGitHub, api: GitHub) -> None:
    github.script.append(("GET", refusal(404, "x\n::error::y \u202e" + "z" * 900)))
    said = refused(api)
    assert_no_commands(said)
    assert "\n" not in said
    assert "\u202e" not in said
    assert len(said) < 600


# --- waiting -------------------------------------------------------------------


def test_a_fault_of_github_passes(github: FakeGitHub, api: GitHub, slept: list[float]) -> None:
    github.script += [("GET", Said(502, b"<html>")), ("GET", refusal(503, "Unavailable"))]
    assert keep(api) == "a comment was written"
    assert (github.methods(), slept) == ("GET GET GET POST", [1.0, 2.0])


def test_a_fault_that_stays(github: FakeGitHub, api: GitHub, slept: list[float]) -> None:
    github.script += [("GET", Said(500))] * 9
    assert "a fault of its own" in refused(api)
    assert (len(github.asked), slept) == (4, [1.0, 2.0, 4.0])


@pytest.mark.parametrize(
    ("answer", "pauses"),
    [
        (Said(429, {"message": "Too many"}, {"Retry-After": "7"}), [7.0]),
        (Said(403, {"message": "You have exceeded a secondary rate limit."}, {"Retry-After": "30"}),
         [30.0]),
        (Said(403, {"message": "API rate limit exceeded"},
              {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1019"}), [20.0]),
        (Said(403, {"message": "API rate limit exceeded"},
              {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "900"}), [1.0]),
        (Said(403, {"message": "You have exceeded a secondary rate limit."}), [60.0]),
    ],
    ids=["429", "secondary", "primary", "just-over", "unsaid"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rate_limits(
    github: FakeGitHub,
    api: GitHub,
    slept: list[float],
    answer: Said,
    pauses: list[float],
    method: str,
) -> None:
    github.script.append((method, answer))
    assert keep(api) == "a comment was written"
    assert slept == pauses
    assert github.bodies() == [TEXT]


def test_nobody_waits_for_an_hour(github: FakeGitHub, api: GitHub, slept: list[float]) -> None:
    github.script.append(("GET", Said(429, None, {"Retry-After": "3600"})))
    assert "rate limit is reached" in refused(api)
    assert slept == []


def test_a_comment_that_may_have_been_written(
    github: FakeGitHub, api: GitHub, slept: list[float]
) -> None:
    """An answer got lost: what was sent is looked for before it is sent again."""
    github.script.append(("POST", Said(502, b"", done=True)))
    assert keep(api) == "the comment is up to date"
    github.comments.clear()
    github.script.append(("POST", Said(0, done=True)))
    assert keep(api) == "the comment is up to date"
    github.comments.clear()
    github.script.append(("POST", Said(500)))
    assert keep(api) == "a comment was written"
    assert github.bodies() == [TEXT]
    assert slept == [2.0, 2.0, 2.0]


def test_a_removal_that_was_done_already(github: FakeGitHub, api: GitHub) -> None:
    github.comment(7, TEXT)
    github.comment(7, f"{TEXT}x")
    github.script.append(("DELETE", Said(502, None, done=True)))
    assert keep(api) == "the comment is up to date"
    assert github.bodies() == [TEXT]


def test_silence(slept: list[float]) -> None:
    with serving(FakeGitHub()) as server:
        address = server.address
    assert "does not answer" in refused(GitHub(address, TOKEN, sleep=slept.append))
    assert slept == [1.0, 2.0, 4.0]


# --- where a token may go ------------------------------------------------------


def test_a_renamed_repository(github: FakeGitHub, api: GitHub) -> None:
    moved = f"{github.address}/repos/team/maps/issues/7/comments?per_page=100"
    github.script.append(("GET", Said(301, {"message": "Moved"}, {"Location": moved})))
    there = {"Location": "/repos/team/maps/issues/7/comments"}
    github.script.append(("POST", Said(307, None, there)))
    assert keep_comment(api, "team/maps", 7, TEXT) == "a comment was written"
    assert github.methods() == "GET GET POST POST"
    assert github.bodies() == [TEXT]


@pytest.mark.parametrize(
    "place",
    ["https://evil.example/x", "//evil.example/x", "http://127.0.0.1:1/x", "file:///etc/passwd",
     "http://[", "ftp://127.0.0.1/x"],
)  # fmt: skip
@pytest.mark.parametrize("header", ["Location", "Link"])
def test_no_other_host_gets_the_token(
    github: FakeGitHub, api: GitHub, place: str, header: str
) -> None:
    if header == "Link":
        answer = Said(200, [], {"Link": f'<{place}>; rel="next"'})
    else:
        answer = Said(302, None, {"Location": place})
    github.script.append(("GET", answer))
    assert "leads to" in refused(api)
    assert len(github.asked) == 1


def test_redirections_end(github: FakeGitHub, api: GitHub) -> None:
    github.script += [("GET", Said(302, None, {"Location": "/x"}))] * 9
    refused(api)
    assert len(github.asked) == 4


@pytest.mark.parametrize(
    "address",
    ["http://api.github.com", "ftp://127.0.0.1", "https://", "", "https://a:b@host", "http://[",
     "http://127.0.0.1.evil.example", "https://host/?x=", "file:///x"],
)  # fmt: skip
def test_addresses_that_get_no_token(address: str) -> None:
    with pytest.raises(UsageError, match="GITHUB_API_URL"):
        GitHub(address, TOKEN)


@pytest.mark.parametrize("token", ["", "a\nb", "é"])
def test_tokens_that_are_none(token: str) -> None:
    with pytest.raises(UsageError, match="GITHUB_TOKEN"):
        GitHub("https://api.github.com", token)


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(GitHub("https://api.github.com", TOKEN))


@pytest.mark.parametrize("body", [b"<html>", b"", b'"x"', b"[" * 100_000], ids=range(4))
def test_answers_that_are_none(github: FakeGitHub, api: GitHub, body: bytes) -> None:
    github.script.append(("GET", Said(200, body)))
    assert "GitHub's answer" in refused(api)


def test_entries_of_any_shape(github: FakeGitHub, api: GitHub) -> None:
    odd: list[Any] = [None, 5, [], {}, {"id": 1}]
    odd += [{"id": "1", "body": TEXT, "user": {"login": BOT}}]
    odd += [{"id": 2, "body": None, "user": None}, {"id": 3, "body": TEXT, "user": None}]
    github.script.append(("GET", Said(200, odd)))
    assert keep(api) == "a comment was written"
    pulls = [*odd, {"number": "7", "head": SHA}, {"head": {"sha": SHA, "repo": 5}}]
    github.script.append(("GET", Said(200, pulls)))
    assert find_pull_request(api, finished()).number == 0


# --- the command ---------------------------------------------------------------


class Job:
    """What a workflow's job has around it."""

    def __init__(self, folder: Path, github: FakeGitHub) -> None:
        self.folder = folder
        self.report = folder / "report.json"
        self.event = folder / "event.json"
        self.report.write_text(report_json(everything()))
        self.event.write_text(json.dumps(event()))
        self.environment = {
            "GITHUB_API_URL": github.address,
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_EVENT_PATH": str(self.event),
            "GITHUB_TOKEN": TOKEN,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
        done = subprocess.run(
            [sys.executable, "-m", "vsmdocs", "comment", "--report", str(self.report), *arguments],
            cwd=self.folder, env={**plain, **self.environment}, capture_output=True,
            encoding="utf-8",
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        assert "bug in vsmdocs" not in done.stderr
        assert TOKEN not in done.stdout + done.stderr
        return done


@pytest.fixture
def job(tmp_path: Path, github: FakeGitHub) -> Job:
    return Job(tmp_path, github)


def test_the_command_writes_and_keeps(job: Job, github: FakeGitHub) -> None:
    for said in ("a comment was written", "the comment is up to date"):
        done = job.run()
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == f"Pull request 7: {said}.\n"
    link = "https://github.com/team/maps/actions/runs/4711"
    assert github.bodies() == [comment(everything(), link)]
    job.report.write_text(report_json(make_report(OLD, NEW, [], {}, [])))
    assert job.run().returncode == 0
    assert github.bodies() == [NO_CHANGES]


def test_a_dry_run_asks_nobody(job: Job, github: FakeGitHub) -> None:
    job.environment = {}
    done = job.run("--dry-run")
    assert (done.returncode, done.stdout) == (0, comment(everything()))
    assert github.asked == []


def test_paths_start_at_the_root(job: Job, tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    job.report = job.report.rename(tmp_path / "inside" / "other.json").relative_to(tmp_path)
    root = job.report.parent
    job.report = Path(job.report.name)
    assert job.run("--dry-run", "-C", str(root)).stdout == comment(everything())


def test_a_stale_run_says_so(job: Job, github: FakeGitHub) -> None:
    github.pulls[0]["head"]["sha"] = "6f" * 20
    done = job.run("--strict")
    assert (done.returncode, done.stdout) == (0, "")
    assert "newer commits" in done.stderr
    assert github.methods() == "GET"


def test_another_author(job: Job, github: FakeGitHub) -> None:
    theirs = github.comment(7, f"{MARKER}\nold", "maps-app[bot]")
    assert job.run("--author", "maps-app[bot]").returncode == 0
    assert theirs["body"] == comment(everything(), "https://github.com/team/maps/actions/runs/4711")


def test_refusals_do_not_fail_the_job(job: Job, github: FakeGitHub) -> None:
    github.may_write = False
    done = job.run()
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert line.startswith("::warning title=vsmdocs comment::the token may not do this")
    assert job.run("--strict").returncode == 1


def test_a_hostile_refusal_makes_no_command(job: Job, github: FakeGitHub) -> None:
    github.script.append(("GET", refusal(404, "x%0A::error::y\n::add-mask::a ##[error]z")))
    (line,) = job.run().stdout.splitlines()
    assert line.startswith("::warning title=vsmdocs comment::")
    assert "##[" not in line
    assert "%0A" not in line
    assert "%250A" in line


@pytest.mark.parametrize("text", ["", "{}", '{"x\\n::error::y": 1}', "[" * 100_000, "\0"])
def test_a_report_that_is_none(job: Job, github: FakeGitHub, text: str) -> None:
    job.report.write_text(text)
    done = job.run()
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert line.startswith("::warning title=vsmdocs comment::")
    assert github.asked == []
    assert job.run("--strict").returncode == 1


def test_a_report_that_is_no_file(job: Job, github: FakeGitHub) -> None:
    job.report.unlink()
    assert "no such file" in job.run().stdout
    job.report.mkdir()
    assert "folder" in job.run().stdout
    job.report.rmdir()
    os.mkfifo(job.report)
    assert "pipe" in job.run().stdout
    job.report.unlink()
    job.report.write_bytes(b" " * 5_000_001)
    assert "larger than 5 MB" in job.run().stdout
    assert github.asked == []


def test_a_report_with_hostile_text(job: Job, github: FakeGitHub) -> None:
    text = "@all ##[error]x | [x](http://y) `<img src=x>` #1"
    job.report.write_text(json.dumps(with_text(data(everything()), text)))
    done = job.run()
    assert (done.returncode, done.stdout) == (0, "")
    (body,) = github.bodies()
    assert see(body).links == ["https://github.com/team/maps/actions/runs/4711"]
    dry = job.run("--dry-run")
    assert_no_commands(dry.stdout)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GITHUB_TOKEN", "", "GITHUB_TOKEN"),
        ("GITHUB_EVENT_PATH", "", "GITHUB_EVENT_PATH"),
        ("GITHUB_EVENT_PATH", "/nothing/here", "no such file"),
        ("GITHUB_API_URL", "http://example.org", "https://"),
    ],
)
def test_a_job_that_is_set_up_wrong(
    job: Job, github: FakeGitHub, name: str, value: str, says: str
) -> None:
    job.environment[name] = value
    done = job.run()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert says in done.stderr
    assert github.asked == []
