"""GitLab: the pipeline that `init` writes, and the note, against a server that answers alike."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from vsmdocs.__main__ import main
from vsmdocs.errors import UsageError
from vsmdocs.review.comment import MARKER
from vsmdocs.review.gitlab import GitLab, GitLabError, keep_note, merge_request
from vsmdocs.starting.project import Facts, ci_files

PIPELINE = yaml.safe_load(ci_files(Facts(date(2026, 11, 22), "1.2.3", ci="gitlab"))[0].text)
ME, OTHER = 7, 8


class Server(ThreadingHTTPServer):
    """GitLab's notes of one merge request, as its documented API has them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.notes: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.tokens: set[str | None] = set()
        self.refusals: list[int] = []
        """Statuses with which the next requests are answered."""
        self.page_size = 2

    def note(self, author: int, body: str) -> None:
        self.notes.append({"id": len(self.notes) + 1, "author": {"id": author}, "body": body})

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/v4"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def _answer(self, status: int, value: Any, **headers: str) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, said in headers.items():
            self.send_header(name.replace("_", "-"), said)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _ask(self) -> None:
        server, path = self.server, self.path
        server.asked.append(f"{self.command} {path.removeprefix('/api/v4')}")
        server.tokens.add(self.headers.get("PRIVATE-TOKEN"))
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"null")
        if server.refusals:
            self._answer(server.refusals.pop(0), {}, Location="http://127.0.0.1:1/elsewhere")
        elif path == "/api/v4/user":
            self._answer(200, {"id": ME})
        elif self.command == "POST":
            server.note(ME, body["body"])
            self._answer(201, server.notes[-1])
        elif self.command == "PUT":
            note = server.notes[int(path.rpartition("/")[2]) - 1]
            note["body"] = body["body"]
            self._answer(200, note)
        else:
            page = int(re.search(r"[?&]page=(\d+)", path)[1])  # type: ignore[index]
            start = (page - 1) * server.page_size
            more = len(server.notes) > start + server.page_size
            found = server.notes[start : start + server.page_size]
            self._answer(200, found, X_Next_Page=str(page + 1) if more else "")

    do_GET = do_POST = do_PUT = _ask

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    """A GitLab of one's own."""
    with Server() as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def _place(server: Server) -> Any:
    return merge_request(
        {"CI_API_V4_URL": server.api, "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "5"}
    )


def _keep(server: Server, text: str) -> str:
    return keep_note(GitLab("t0ken", sleep=lambda _: None), _place(server), text)


TEXT = f"{MARKER}\n### Value stream maps: 1 changed\n"


def test_one_note_is_written_and_then_kept(server: Server) -> None:
    for number in range(5):
        server.note(OTHER, f"said {number}")
    server.note(OTHER, TEXT)  # somebody else's with our marker
    assert _keep(server, TEXT) == "a note was written"
    assert _keep(server, TEXT) == "the note is up to date"
    assert _keep(server, TEXT + "more") == "the note was brought up to date"
    assert _keep(server, "") == "the note was brought up to date"
    assert "no longer changes" in server.notes[-1]["body"]
    assert len(server.notes) == 7
    assert server.notes[5]["body"] == TEXT
    assert server.tokens == {"t0ken"}
    assert server.asked[1].startswith("GET /projects/3/merge_requests/5/notes?")


def test_without_changes_there_is_no_note(server: Server) -> None:
    assert "nothing to note" in _keep(server, "")
    assert server.notes == []


@pytest.mark.parametrize(
    ("refusals", "attempts"), [([503, 429], 3), ([401], 1), ([403], 1), ([404], 1), ([302], 1)]
)
def test_what_waiting_changes_is_tried_again(
    server: Server, refusals: list[int], attempts: int
) -> None:
    server.refusals = list(refusals)
    if len(refusals) == 2:
        assert _keep(server, TEXT) == "a note was written"
    else:
        with pytest.raises(GitLabError, match=str(refusals[0])):
            _keep(server, TEXT)
    assert [asked for asked in server.asked if asked == "GET /user"] == ["GET /user"] * attempts


def test_a_note_is_never_sent_twice(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _Handler._answer

    def broken(self: _Handler, status: int, value: Any, **headers: str) -> None:
        answer(self, 502 if self.command == "POST" else status, value, **headers)

    monkeypatch.setattr(_Handler, "_answer", broken)
    with pytest.raises(GitLabError, match="502"):
        _keep(server, TEXT)
    assert sum(asked.startswith("POST") for asked in server.asked) == 1


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"CI_API_V4_URL": "https://x.org/api/v4", "CI_PROJECT_ID": "1/../2"},
        {"CI_API_V4_URL": "http://x.org", "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "2"},
        {"CI_API_V4_URL": "https://a@x.org", "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "2"},
    ],
)
def test_where_no_token_is_sent(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="CI_"):
        merge_request(environment)


def test_the_command_says_what_it_did_and_never_fails_the_pipeline(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "comment.md").write_text(TEXT)
    words = ["gitlab-note", str(tmp_path / "comment.md")]
    for name, value in (
        ("CI_API_V4_URL", server.api),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "5"),
        ("VSMDOCS_GITLAB_TOKEN", "t0ken"),
    ):
        monkeypatch.setenv(name, value)
    assert main(words) == 0
    assert capsys.readouterr().err == "Merge request 5: a note was written.\n"
    server.refusals = [403, 403]
    assert main(words) == 0
    assert "scope api" in capsys.readouterr().err
    assert main([*words, "--strict"]) == 1
    monkeypatch.delenv("VSMDOCS_GITLAB_TOKEN")
    assert main(words) == 2
    assert "VSMDOCS_GITLAB_TOKEN" in capsys.readouterr().err


def test_every_command_of_the_pipeline_is_one_of_this_program() -> None:
    jobs = {name: job for name, job in PIPELINE.items() if not name.startswith(".")}
    assert list(jobs) == ["vsmdocs review", "vsmdocs note", "pages"]
    lines = [line for job in jobs.values() for line in job["script"]]
    assert len(lines) == 4
    for line in lines:
        verb = line.split()[1]
        done = subprocess.run(
            [sys.executable, "-m", "vsmdocs", verb, "--help"], capture_output=True, text=True
        )
        assert done.returncode == 0, verb
        for option in re.findall(r" (--?[a-z-]+)", line.split("||")[0]):
            assert option in done.stdout, (verb, option)


def test_the_pipeline_keeps_what_it_says() -> None:
    review, pages = PIPELINE["vsmdocs review"], PIPELINE["pages"]
    assert PIPELINE[".vsmdocs"]["variables"]["GIT_DEPTH"] == "0"
    report = review["artifacts"]["reports"]["codequality"]
    assert f"gitlab:{report}" in review["script"][1]
    assert pages["artifacts"]["paths"] == ["public"]
    assert "-o public" in pages["script"][0]
    assert "CI_DEFAULT_BRANCH" in pages["rules"][0]["if"]
    assert "VSMDOCS_GITLAB_TOKEN" in PIPELINE["vsmdocs note"]["rules"][0]["if"]
