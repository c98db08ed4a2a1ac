"""How a check tells what it found."""

from __future__ import annotations

from collections.abc import Iterable


def nothing(found: Iterable[str], advice: str = "") -> None:
    """Fail with everything that was found, a line each."""
    lines = list(found)
    more = [f"... and {len(lines) - 25} more"] if len(lines) > 25 else []
    assert not lines, "\n".join([advice or f"{len(lines)} found:", *lines[:25], *more])
