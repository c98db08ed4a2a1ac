"""Which pull request a finished run is about: as the event says, which GitHub itself wrote."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from vsmdocs.errors import UsageError

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}/[A-Za-z0-9._-]{1,100}")
_SERVER = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/?")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """What `workflow_run` says of the run that made the report."""

    repository: str
    """`owner/name` of where the workflow and the pull request are."""
    run: int
    head_repository: str
    """`owner/name` of where the branch is; empty where a fork is gone."""
    head_branch: str
    head_commit: str
    numbers: frozenset[int]
    """Pull requests that the event names; none where the branch is in a fork."""

    @property
    def head_owner(self) -> str:
        """Whose the branch is."""
        return self.head_repository.partition("/")[0]

    def link(self, server: str) -> str:
        """Return the address of the run on a server, or nothing where that is none."""
        if not self.run or not _SERVER.fullmatch(server):
            return ""
        return f"{server.rstrip('/')}/{self.repository}/actions/runs/{self.run}"


def read_event(data: bytes) -> FinishedRun:
    """Read the event's file.

    Raises
    ------
    UsageError
        When it is no event of `workflow_run` for a pull request.
    """
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        raise UsageError("the file of GITHUB_EVENT_PATH is not JSON") from None
    run = _part(event, "workflow_run")
    if not run:
        raise UsageError(
            "this runs on `workflow_run`, when the review of a pull request is done; the event "
            "here is another one. Without GitHub, use --dry-run"
        )
    if run.get("event") != "pull_request":
        raise UsageError("the run that ended was not one of a pull request")
    repository = _text(_part(event, "repository"), "full_name")
    number = run.get("id")
    commit = _text(run, "head_sha")
    if not _REPOSITORY.fullmatch(repository) or not _COMMIT.fullmatch(commit):
        raise UsageError("the event does not say which repository and commit it is about")
    head = _text(_part(run, "head_repository"), "full_name")
    listed = run.get("pull_requests")
    return FinishedRun(
        repository,
        number if isinstance(number, int) and number > 0 else 0,
        head if _REPOSITORY.fullmatch(head) else "",
        _text(run, "head_branch"),
        commit,
        frozenset(_numbers(listed if isinstance(listed, list) else [])),
    )


def _numbers(listed: list[Any]) -> list[int]:
    return [one["number"] for one in listed
            if isinstance(one, dict) and isinstance(one.get("number"), int)]  # fmt: skip


def _part(value: Any, key: str) -> dict[str, Any]:
    part = value.get(key) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    return text if isinstance(text, str) else ""
