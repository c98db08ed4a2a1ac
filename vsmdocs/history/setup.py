"""What a new project asks of its repository, and tells it."""

from __future__ import annotations

from vsmdocs.history.repository import Repository


def configure(repository: Repository, key: str, value: str) -> str:
    """Set a key of the repository's own configuration where it has none; return what it is."""
    present = repository.ask("config", "--local", "--get", key)
    if present is not None:
        return present
    with repository.reading(["config", "--local", key, value]):
        pass
    return value
