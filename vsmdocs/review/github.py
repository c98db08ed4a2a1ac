"""The one gate to GitHub's REST API: what may be sent where, how long, how often, how much.

The token goes to the API's own origin and nowhere else: an address out of an answer (the next
page, a redirection) is followed only there, and only over TLS, but for a server on this very
machine. What GitHub refuses becomes a `GitHubError` in words that say what to do about it.

See https://docs.github.com/en/rest/using-the-rest-api for pagination, rate limits and retries.
"""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import Any
from urllib.parse import urljoin, urlsplit

from vsmdocs import __version__
from vsmdocs.errors import UsageError, VsmdocsError
from vsmdocs.rendering.strangers import one_line
from vsmdocs.review.web import opener, trusted

_VERSION = "2022-11-28"
_SILENCE_SECONDS = 20.0
_ANSWER_SECONDS = 60.0
_MOST_BYTES = 32_000_000
"""A hundred comments at their longest."""
_MOST_PAGES = 100
_ATTEMPTS = 4
_LONGEST_WAIT_SECONDS = 90.0
"""Of one wait; a job that sleeps for an hour helps nobody."""
_NEXT = re.compile(r'<([^<>]*)>\s*;[^,]*\brel="?next"?')


class GitHubError(VsmdocsError):
    """What GitHub would not do; the message is for people, `status` is 0 without an answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class NoAnswer(GitHubError):
    """Silence: whether GitHub did what it was asked nobody knows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    status: int
    headers: HTTPMessage
    data: bytes

    def json(self) -> Any:
        """Return what was said, or raise `GitHubError` where it is no JSON."""
        try:
            return json.loads(self.data or b"null")
        except (ValueError, RecursionError):
            raise GitHubError("GitHub's answer cannot be read as JSON", self.status) from None


@dataclass(frozen=True, slots=True)
class GitHub:
    """The API at an address, asked with a token.

    Raises
    ------
    UsageError
        When the address is none that a token may be sent to.
    """

    address: str
    token: str = field(repr=False)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        if not trusted(self.address):
            raise UsageError(
                "the address of the API has to start with https://, because a token is sent "
                "there: look at GITHUB_API_URL"
            )
        if not self.token or not self.token.isascii() or not self.token.isprintable():
            raise UsageError("there is no usable token: set GITHUB_TOKEN to the job's token")

    def get(self, path: str) -> Any:
        """Return what stands at a path below the API's address."""
        return self._ask("GET", self._url(path)).json()

    def pages(self, path: str) -> Iterator[Any]:
        """Yield every entry of a list, page by page."""
        url: str | None = self._url(path)
        for _ in range(_MOST_PAGES):
            if url is None:
                return
            answer = self._ask("GET", url)
            entries = answer.json()
            if not isinstance(entries, list):
                raise GitHubError("GitHub's answer is no list where one was asked for")
            yield from entries
            following = _NEXT.search(answer.headers.get("Link") or "")
            url = self._own(url, following[1]) if following else None
        if url is not None:
            raise GitHubError(f"there are more than {_MOST_PAGES} pages: that is not all read")

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Change something, and return what it is now."""
        return self._ask(method, self._url(path), body).json()

    def _url(self, path: str) -> str:
        return self.address.rstrip("/") + path

    def _own(self, url: str, link: str) -> str:
        """Return where an answer leads to, or raise `GitHubError` where that is another host."""
        try:
            found = urljoin(url, link)
            here, there = urlsplit(self.address), urlsplit(found)
        except ValueError:
            raise GitHubError("GitHub's answer leads to an address that is none") from None
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            raise GitHubError("GitHub's answer leads to another host, where no token is sent")
        return found

    def _ask(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> Answer:
        """Ask until there is an answer that waiting does not change.

        What makes something new is not repeated where nobody knows whether it was made.
        """
        again = method != "POST"
        for attempt in range(1, _ATTEMPTS + 1):
            pause: float | None = 2.0 ** (attempt - 1)
            try:
                answer = self._once(method, url, body)
            except NoAnswer:
                if attempt == _ATTEMPTS or not again:
                    raise
            else:
                if 200 <= answer.status < 300:
                    return answer
                if answer.status in (301, 302, 307, 308):
                    url, pause = self._own(url, answer.headers.get("Location") or ""), 0.0
                elif _limited(answer):
                    pause = _pause(answer, attempt, self.clock())
                elif answer.status < 500 or not again:
                    pause = None
                if pause is None or pause > _LONGEST_WAIT_SECONDS or attempt == _ATTEMPTS:
                    raise _refused(answer)
            if pause:
                self.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, method: str, url: str, body: Mapping[str, Any] | None) -> Answer:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": f"vsmdocs/{__version__}",
            "X-GitHub-Api-Version": _VERSION,
        }
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with opener().open(request, timeout=_SILENCE_SECONDS) as response:
                content = self._read(response)
                return Answer(response.status, response.headers, content)
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise NoAnswer(f"GitHub does not answer: {one_line(str(reason))[:200]}") from None

    def _read(self, response: Any) -> bytes:
        end, chunks, size = time.monotonic() + _ANSWER_SECONDS, [], 0
        while chunk := response.read1(1 << 16):
            size += len(chunk)
            if size > _MOST_BYTES:
                raise GitHubError(f"GitHub's answer is larger than {_MOST_BYTES // 10**6} MB")
            if time.monotonic() > end:
                raise NoAnswer(f"GitHub's answer takes longer than {_ANSWER_SECONDS:.0f} s")
            chunks.append(chunk)
        return b"".join(chunks)


def _limited(answer: Answer) -> bool:
    """Return whether GitHub wants fewer requests rather than none: 403 stands for both."""
    if answer.status == 429:
        return True
    return answer.status == 403 and (
        "Retry-After" in answer.headers
        or answer.headers.get("X-RateLimit-Remaining") == "0"
        or "rate limit" in _said(answer).lower()
    )


def _pause(answer: Answer, attempt: int, now: float) -> float:
    """Return how many seconds to wait: as told, else a minute, and longer each time."""
    after = answer.headers.get("Retry-After") or ""
    if after.isdecimal():
        return float(after[:9])
    reset = answer.headers.get("X-RateLimit-Reset") or ""
    if answer.headers.get("X-RateLimit-Remaining") == "0" and reset.isdecimal():
        return max(float(reset[:12]) - now, 0.0) + 1.0
    return 60.0 * 2.0 ** (attempt - 1)


def _said(answer: Answer) -> str:
    """Return GitHub's own message on one line; empty where there is none."""
    try:
        told = answer.json()
    except GitHubError:
        return ""
    if not isinstance(told, dict):
        return ""
    texts = [told.get("message")]
    errors = told.get("errors")
    for one in errors if isinstance(errors, list) else []:
        texts.append(one.get("message") if isinstance(one, dict) else one)
    return one_line(": ".join(text for text in texts if isinstance(text, str)))[:300]


def _refused(answer: Answer) -> GitHubError:
    """Return an answer that is no success in words that say what to do."""
    said = _said(answer)
    what = _WORDS.get(answer.status, "GitHub refuses this")
    if _limited(answer):
        what = "GitHub's rate limit is reached: run this again later"
    elif answer.status >= 500:
        what = "GitHub has a fault of its own: run this again later"
    elif "locked" in said.lower():
        what = "the conversation of this pull request is locked: unlock it, or leave it uncommented"
    own = f"; GitHub says “{said}”" if said else ""
    return GitHubError(f"{what} ({answer.status}){own}", answer.status)


_WORDS = {
    401: "GitHub does not know this token: give the job's own, as GITHUB_TOKEN",
    403: "the token may not do this: the job needs `permissions: pull-requests: write`",
    404: "GitHub finds nothing there, or the token may not see it: the job needs "
    "`permissions: pull-requests: write`",
    410: "conversations are switched off in this repository",
    422: "GitHub does not take this comment",
}
