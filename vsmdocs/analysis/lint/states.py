"""How the states of a stream stand beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.errors import Finding


def duplicate_identity(subject: Subject) -> Iterator[Finding]:
    """Find two files that are the same state of the same stream."""
    others = [path for path in subject.known[subject.map.identity] if path != subject.document.path]
    if not others:
        return
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    written = subject.map.model_fields_set
    key = next((key for key in ("variant", "state", "stream") if key in written), "title")
    yield subject.document.finding(
        (key,),
        "duplicate-identity",
        "error",
        f"{subject.map.stream}/{subject.map.name} is described in {others[0]}{more} as well",
        "give one of them another stream, state or variant",
    )


def future_without_current(subject: Subject) -> Iterator[Finding]:
    """Find a future or ideal state that nothing can be compared with."""
    stream, state = subject.map.stream, subject.map.state
    if state == "current" or any(key[:2] == (stream, "current") for key in subject.known):
        return
    yield subject.document.finding(
        ("state",),
        "future-without-current",
        "info",
        f"there is no current state of {stream}, so nothing shows what this one changes",
        f"write maps/{stream}/current.md",
    )
