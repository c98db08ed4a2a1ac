"""What a new project asks of its repository, and tells it."""

from __future__ import annotations

from vsmdocs.history.repository import Repository


def remote_address(repository: Repository) -> str:
    """Return the address of `origin`, else of the first remote there is, or nothing.

    It is as it was configured, and can hold a password.
    """
    listed = repository.ask("config", "--local", "--get-regexp", r"^remote\..*\.url$") or ""
    found = dict(line.partition(" ")[::2] for line in reversed(listed.splitlines()))
    return found.get("remote.origin.url") or next(reversed(found.values()), "")


def default_branch_name(repository: Repository) -> str | None:
    """Return the name of the remote's default branch, else of the one that is checked out."""
    remote = repository.ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    if remote:
        return remote.removeprefix("origin/")
    return repository.ask("symbolic-ref", "--quiet", "--short", "HEAD") or None


def configure(repository: Repository, key: str, value: str) -> str:
    """Set a key of the repository's own configuration where it has none; return what it is."""
    present = repository.ask("config", "--local", "--get", key)
    if present is not None:
        return present
    with repository.reading(["config", "--local", key, value]):
        pass
    return value
