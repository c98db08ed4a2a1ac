"""One note on a merge request, kept up to date: the gate to GitLab's REST API.

The token goes to the API's own address and nowhere else; no redirection is followed. See
https://docs.gitlab.com/api/notes/ and https://docs.gitlab.com/api/rest/ for pagination.
"""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from vsmdocs import __version__
from vsmdocs.errors import UsageError, VsmdocsError
from vsmdocs.review.comment import MARKER
from vsmdocs.review.web import opener, trusted

NO_CHANGES = f"{MARKER}\nThis merge request no longer changes any value stream map.\n"
_SILENCE_SECONDS = 20.0
_MOST_BYTES = 32_000_000
_MOST_PAGES = 100
_ATTEMPTS = 4
_LONGEST_WAIT_SECONDS = 90.0


class GitLabError(VsmdocsError):
    """What GitLab would not do; `status` is 0 where there was no answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """Where the note belongs, as a job's environment says it."""

    api: str
    project: str
    number: str

    @property
    def notes(self) -> str:
        """Address of its notes."""
        return f"{self.api}/projects/{self.project}/merge_requests/{self.number}/notes"


def merge_request(environment: Mapping[str, str]) -> MergeRequest:
    """Read where a job runs.

    Raises
    ------
    UsageError
        When it is none of a merge request, or the address is none for a token.
    """
    api = environment.get("CI_API_V4_URL", "").rstrip("/")
    project = environment.get("CI_PROJECT_ID", "")
    number = environment.get("CI_MERGE_REQUEST_IID", "")
    if not (project.isascii() and project.isdigit() and number.isascii() and number.isdigit()):
        raise UsageError(
            "CI_PROJECT_ID and CI_MERGE_REQUEST_IID are not set: this runs in a job of a merge "
            'request (rules: if: $CI_PIPELINE_SOURCE == "merge_request_event")'
        )
    if not trusted(api):
        raise UsageError("CI_API_V4_URL has to start with https://, because a token is sent there")
    return MergeRequest(api, project, number)


@dataclass(frozen=True, slots=True)
class GitLab:
    """The API, asked with a token."""

    token: str = field(repr=False)
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        if not self.token or not self.token.isascii() or not self.token.isprintable():
            raise UsageError(
                "there is no usable token: set VSMDOCS_GITLAB_TOKEN to a project access token with "
                "the scope api"
            )

    def pages(self, address: str) -> Iterator[Any]:
        """Yield every entry of a list."""
        page = "1"
        for _ in range(_MOST_PAGES):
            found, page = self.ask("GET", f"{address}?per_page=100&sort=asc&page={page}")
            yield from found if isinstance(found, list) else ()
            if not page.isdecimal():
                return
        raise GitLabError(f"there are more than {_MOST_PAGES} pages: that is not all read")

    def ask(self, method: str, address: str, body: Mapping[str, str] | None = None) -> Any:
        """Return what was answered, and the number of the next page or nothing.

        What makes something new is sent once, since nobody knows whether it was made.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(method, address, body)
            except GitLabError as error:
                again = error.status == 429 or (
                    method != "POST" and (error.status == 0 or error.status >= 500)
                )
                if not again or attempt == _ATTEMPTS:
                    raise
            self.sleep(min(2.0**attempt, _LONGEST_WAIT_SECONDS))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, method: str, address: str, body: Mapping[str, str] | None) -> Any:
        headers = {"PRIVATE-TOKEN": self.token, "User-Agent": f"vsmdocs/{__version__}"}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(address, data, headers, method=method)
        try:
            with opener().open(request, timeout=_SILENCE_SECONDS) as response:
                status, following = response.status, response.headers.get("X-Next-Page") or ""
                content = response.read(_MOST_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            raise GitLabError(f"GitLab does not answer: {type(error).__name__}") from None
        if not 200 <= status < 300:
            raise GitLabError(f"{_WORDS.get(status, 'GitLab refuses this')} ({status})", status)
        try:
            return json.loads(content[:_MOST_BYTES] or b"null"), following
        except (ValueError, RecursionError):
            raise GitLabError("GitLab's answer cannot be read as JSON", status) from None


_WORDS = {
    301: "CI_API_V4_URL leads elsewhere, where no token is sent",
    302: "CI_API_V4_URL leads elsewhere, where no token is sent",
    401: "GitLab does not know this token: look at VSMDOCS_GITLAB_TOKEN",
    403: "the token may not do this: it needs the scope api and the role Reporter",
    404: "GitLab finds nothing there, or the token may not see it",
    429: "GitLab's rate limit is reached: run this again later",
}


def keep_note(api: GitLab, place: MergeRequest, text: str) -> str:
    """Make the merge request have this note and no second one; return what was done.

    An empty text stands for no changes: then nothing is written, but for a note that is there
    already and says otherwise.
    """
    me, _ = api.ask("GET", f"{place.api}/user")
    own = _own_note(api, place, me.get("id") if isinstance(me, dict) else None)
    if own is None and not text:
        return "no map changed, so there is nothing to note"
    wanted = {"body": text or NO_CHANGES}
    if own is None:
        api.ask("POST", place.notes, wanted)
        return "a note was written"
    if str(own.get("body", "")).strip() == wanted["body"].strip():
        return "the note is up to date"
    api.ask("PUT", f"{place.notes}/{own['id']}", wanted)
    return "the note was brought up to date"


def _own_note(api: GitLab, place: MergeRequest, me: object) -> dict[str, Any] | None:
    """Return our own note: the marker alone anyone could write."""
    for note in api.pages(place.notes):
        if not isinstance(note, dict) or not isinstance(note.get("id"), int):
            continue
        author = note.get("author")
        mine = isinstance(author, dict) and me is not None and author.get("id") == me
        if mine and str(note.get("body", "")).startswith(MARKER):
            return note
    return None
