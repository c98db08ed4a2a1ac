"""A server that answers as GitHub's REST API does, as far as a comment on a pull request goes.

Shapes, statuses and headers are those of https://docs.github.com/en/rest (version 2022-11-28):
"List pull requests", the four calls on issue comments, "Using pagination in the REST API",
"Rate limits for the REST API" and "Troubleshooting the REST API".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
TOKEN = "ghs_" + "a1B2" * 9
DOCS = "https://docs.github.com/rest"
MOST_CHARACTERS = 65_536


@dataclass
class Said:
    """An answer that is given in place of the real one, or after it with `done`."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    done: bool = False


@dataclass
class Asked:
    """One request that came."""

    method: str
    target: str
    headers: dict[str, str]
    body: Any


def refusal(status: int, message: str, **more: Any) -> Said:
    """Return an error as GitHub says it."""
    body = {"message": message, "documentation_url": DOCS, "status": str(status), **more}
    return Said(status, body)


@dataclass
class FakeGitHub:
    """A repository with pull requests and comments, and what is to go wrong."""

    repository: str = "team/maps"
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    script: list[tuple[str, Said]] = field(default_factory=list)
    """What comes in place of the next answers to requests of a method; `*` stands for any."""
    page_size: int = 100
    """The most entries of a page, whatever is asked for."""
    may_write: bool = True
    locked: bool = False
    address: str = ""

    def pull(
        self,
        number: int,
        sha: str,
        *,
        head: str = "fork/maps",
        branch: str = "patch-1",
        base: str | None = None,
        state: str = "open",
    ) -> dict[str, Any]:
        """Open a pull request; without a `head` its repository is gone."""
        owner = head.partition("/")[0]
        repository = {"full_name": head, "owner": {"login": owner}} if head else None
        base = base or self.repository
        one = {
            "number": number,
            "state": state,
            "title": "Measure",
            "user": {"login": owner or "ghost", "type": "User"},
            "head": {"label": f"{owner}:{branch}", "ref": branch, "sha": sha, "repo": repository},
            "base": {"ref": "main", "sha": "0" * 40, "repo": {"full_name": base}},
        }
        self.pulls.append(one)
        return one

    def comment(self, number: int, body: str, login: str = BOT) -> dict[str, Any]:
        """Write a comment."""
        kind = "Bot" if login.endswith("[bot]") else "User"
        one = {
            "id": 1000 + len(self.asked) + len(self.comments),
            "issue_url": f"{self.address}/repos/{self.repository}/issues/{number}",
            "body": body,
            "user": {"login": login, "type": kind},
            "author_association": "NONE",
        }
        self.comments.append(one)
        return one

    def bodies(self, login: str = BOT) -> list[str]:
        """Return what somebody commented."""
        return [one["body"] for one in self.comments if one["user"]["login"] == login]

    def methods(self) -> str:
        """Return the methods of all requests that came, by a blank."""
        return " ".join(one.method for one in self.asked)

    def answer(self, asked: Asked) -> Said:
        """Return the answer to a request."""
        self.asked.append(asked)
        planned = next((one for one in self.script if one[0] in (asked.method, "*")), None)
        if planned is not None:
            self.script.remove(planned)
            if planned[1].done:
                self._answer(asked)
            return planned[1]
        return self._answer(asked)

    def _answer(self, asked: Asked) -> Said:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return refusal(401, "Bad credentials")
        if not asked.headers.get("user-agent"):
            return refusal(403, "Request forbidden by administrative rules.")
        if asked.headers.get("x-github-api-version") != "2022-11-28":
            return refusal(400, "Unsupported API version")
        parts = urlsplit(asked.target)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        start = f"/repos/{self.repository}"
        if not parts.path.startswith(start):
            return refusal(404, "Not Found")
        path = parts.path.removeprefix(start)
        if (asked.method, path) == ("GET", "/pulls"):
            return self._page(self._listed(query), parts.path, query)
        if found := re.fullmatch(r"/issues/([0-9]+)/comments", path):
            return self._comments(asked, int(found[1]), parts.path, query)
        if found := re.fullmatch(r"/issues/comments/([0-9]+)", path):
            return self._single(asked, int(found[1]))
        return refusal(404, "Not Found")

    def _listed(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        state, head = query.get("state", "open"), query.get("head", "")
        # What is no `user:branch` filters nothing.
        wanted = head.lower() if ":" in head else ""
        return [
            one
            for one in reversed(self.pulls)
            if one["state"] == state or state == "all"
            if not wanted or one["head"]["label"].lower() == wanted
        ]

    def _comments(self, asked: Asked, number: int, path: str, query: Mapping[str, str]) -> Said:
        if number not in {one["number"] for one in self.pulls}:
            return refusal(404, "Not Found")
        if asked.method == "GET":
            own = [one for one in self.comments if one["issue_url"].endswith(f"/issues/{number}")]
            return self._page(own, path, query)
        if asked.method == "POST":
            return self._refused(asked) or Said(201, self.comment(number, asked.body["body"]))
        return refusal(404, "Not Found")

    def _single(self, asked: Asked, key: int) -> Said:
        one = next((one for one in self.comments if one["id"] == key), None)
        if one is None:
            return refusal(404, "Not Found")
        if refused := self._refused(asked):
            return refused
        if asked.method == "PATCH":
            one["body"] = asked.body["body"]
            return Said(200, one)
        if asked.method == "DELETE":
            self.comments.remove(one)
            return Said(204)
        return Said(200, one)

    def _refused(self, asked: Asked) -> Said | None:
        if not self.may_write:
            return refusal(403, "Resource not accessible by integration")
        if self.locked:
            return refusal(403, "Unable to create comment because issue is locked.")
        if asked.method in ("POST", "PATCH"):
            body = (asked.body or {}).get("body")
            if not isinstance(body, str) or not body.strip():
                error = {"resource": "IssueComment", "code": "missing_field", "field": "body"}
                return refusal(422, "Validation Failed", errors=[error])
            if len(body) > MOST_CHARACTERS:
                error = {"resource": "IssueComment", "code": "custom", "field": "body",
                         "message": "body is too long (maximum is 65536 characters)"}  # fmt: skip
                return refusal(422, "Validation Failed", errors=[error])
        return None

    def _page(self, entries: list[dict[str, Any]], path: str, query: Mapping[str, str]) -> Said:
        size = max(1, min(int(query.get("per_page", "30")), 100, self.page_size))
        page, last = int(query.get("page", "1")), max(1, -(-len(entries) // size))
        links = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        rest = "&".join(f"{key}={value}" for key, value in query.items() if key != "page")
        told = ", ".join(
            f'<{self.address}{path}?{rest}&page={number}>; rel="{name}"'
            for name, number in links.items()
            if 1 <= number <= last and not (name in ("last", "first") and number == page)
        )
        return Said(200, entries[(page - 1) * size : page * size], {"Link": told} if told else {})


class _Handler(BaseHTTPRequestHandler):
    github: FakeGitHub

    def _serve(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(size)
        headers = {key.lower(): value for key, value in self.headers.items()}
        body = json.loads(data) if data else None
        said = self.github.answer(Asked(self.command, self.path, headers, body))
        if said.status == 0:
            # Nothing comes: the connection is cut.
            self.close_connection = True
            return
        content = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
        content = b"" if said.status == 204 else content
        self.send_response(said.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-GitHub-Media-Type", "github.v3; format=json")
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(github: FakeGitHub) -> Iterator[FakeGitHub]:
    """Serve on this machine; `address` is where."""
    handler = type("Handler", (_Handler,), {"github": github})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        github.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield github
        finally:
            server.shutdown()
            thread.join()
