"""One comment on the right pull request, kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from vsmdocs.review.comment import MARKER, NO_CHANGES
from vsmdocs.review.event import FinishedRun
from vsmdocs.review.github import GitHub, GitHubError, NoAnswer

BOT = "github-actions[bot]"
"""Who comments with a job's own token."""
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Where to comment: none with number 0, and then `why` says it."""

    number: int
    why: str = ""


def find_pull_request(api: GitHub, run: FinishedRun) -> PullRequest:
    """Return the open pull request whose newest commit is the one that was reviewed.

    The list is asked for by the branch, since a fork's event names no pull request. Commit and
    repository have to be the same too: anyone can call a branch as somebody else does.
    """
    if not run.head_repository or not run.head_branch:
        return PullRequest(0, "the repository or branch of this change is gone")
    head = quote(f"{run.head_owner}:{run.head_branch}", safe="")
    found = list(api.pages(f"/repos/{run.repository}/pulls?state=open&head={head}&per_page=100"))
    there = [
        one
        for one in found
        if _at(one, "head", "repo", "full_name").lower() == run.head_repository.lower()
        and _at(one, "base", "repo", "full_name").lower() == run.repository.lower()
        and _at(one, "head", "ref") == run.head_branch
    ]
    newest = [one for one in there if _at(one, "head", "sha") == run.head_commit]
    same = {one["number"] for one in newest if isinstance(one.get("number"), int)}
    if len(same) > 1 and run.numbers:
        same &= run.numbers
    if len(same) == 1:
        return PullRequest(same.pop())
    if same:
        return PullRequest(0, "several pull requests have this commit, and nothing says which")
    if there:
        return PullRequest(0, "the pull request has newer commits, whose review comes by itself")
    return PullRequest(0, "there is no open pull request of this branch any more")


def keep_comment(api: GitHub, repository: str, number: int, text: str, author: str = BOT) -> str:
    """Make the pull request have this comment and no second one; return what was done.

    An empty text stands for no changes: then nothing is written, but for a comment that is
    there already and says otherwise.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _keep(api, repository, number, text, author)
        except _Unsure as unsure:
            # Looked at again, because it may have been written all the same.
            if attempt == _ATTEMPTS:
                raise unsure.error from None
            api.sleep(2.0**attempt)
    raise AssertionError("the last attempt returns or raises")


class _Unsure(Exception):
    """A comment was sent, and nobody knows whether it is there."""

    def __init__(self, error: GitHubError) -> None:
        self.error = error


def _keep(api: GitHub, repository: str, number: int, text: str, author: str) -> str:
    issue = f"/repos/{repository}/issues/{number}/comments"
    own = list(_own(api, issue, author))
    for extra in own[1:]:
        _remove(api, f"/repos/{repository}/issues/comments/{extra['id']}")
    wanted = text or NO_CHANGES
    if own:
        if _same(own[0]["body"], wanted):
            return "the comment is up to date"
        api.send("PATCH", f"/repos/{repository}/issues/comments/{own[0]['id']}", {"body": wanted})
        return "the comment was brought up to date"
    if not text:
        return "no map changed, so there is nothing to comment"
    try:
        api.send("POST", issue, {"body": wanted})
    except GitHubError as error:
        if isinstance(error, NoAnswer) or error.status >= 500:
            raise _Unsure(error) from None
        raise
    return "a comment was written"


def _own(api: GitHub, issue: str, author: str) -> Iterator[dict[str, Any]]:
    """Yield our own comments, oldest first: the marker alone anyone could write."""
    for one in api.pages(f"{issue}?per_page=100"):
        if (
            isinstance(one, dict)
            and isinstance(one.get("id"), int)
            and _at(one, "body").startswith(MARKER)
            and _at(one, "user", "login").lower() == author.lower()
        ):
            yield one


def _remove(api: GitHub, path: str) -> None:
    try:
        api.send("DELETE", path)
    except GitHubError as error:
        if error.status != 404:
            raise


def _same(one: str, other: str) -> bool:
    """Return whether two texts are the same but for line ends, which are not kept as sent."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _at(value: Any, *keys: str) -> str:
    """Return a text deep in an answer; empty where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
