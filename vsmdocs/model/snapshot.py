"""Maps as the revisions of a repository left them: what history is told in.

A snapshot keeps figures and no map: a long history has tens of thousands of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vsmdocs.model.metrics import Totals
from vsmdocs.model.units import Calendar

USUAL = Calendar()


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit on the first-parent history: what the branch said, and since when."""

    commit: str
    """Full object id."""
    committed_at: datetime
    """When it was committed, with its offset from UTC."""
    author: str
    subject: str
    pull_request: int | None = None
    """Its number, where the subject or the merge names one."""
    place: int = 0
    """How many commits of the branch are older than it."""
    merged: bool = False
    """Whether it merged another branch."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A tag."""

    name: str
    commit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One map at one revision at which it changed."""

    revision: Revision | None
    """None for what stands in the working tree and was not committed yet."""
    path: str
    blob: str
    """Object id of the file's content; empty where the map was removed."""
    title: str = ""
    totals: Totals | None = None
    """With today's formulas; None where it cannot be read or calculated, or was removed."""
    calendar: Calendar = USUAL
    """On which its times were written."""
    error: str = ""
    """Why there are no totals: `line:column: what is wrong`, or that it was removed."""

    @property
    def readable(self) -> bool:
        """Whether there are figures."""
        return self.totals is not None

    @property
    def removed(self) -> bool:
        """Whether this revision took the map away."""
        return not self.blob


@dataclass(frozen=True, slots=True)
class MapHistory:
    """All snapshots of one map, whatever its files were called."""

    stream: str
    state: str
    variant: str
    """Empty where there is none."""
    snapshots: Sequence[Snapshot]
    """Oldest first; never empty."""
    digest: str = ""
    """Of all snapshots; empty where something in them was not committed yet."""
    former: tuple[str, ...] = ()
    """Names that its stream had before."""

    @property
    def name(self) -> str:
        """State and variant in one word, such as `future-q2`."""
        return f"{self.state}-{self.variant}" if self.variant else self.state

    @property
    def identity(self) -> tuple[str, str, str]:
        """Stream, state and variant, as of now."""
        return (self.stream, self.state, self.variant)


@dataclass(frozen=True, slots=True)
class RepositoryHistory:
    """The maps of a repository over its first-parent history."""

    maps: tuple[MapHistory, ...]
    """By stream, then state."""
    milestones: tuple[Milestone, ...]
    """Oldest first; those on the first-parent history."""
    head: Revision | None
    """None in a repository without a commit."""
    shallow: bool = False
    """Whether the repository was cloned without its older commits: then history is short."""
    lacking: int = 0
    """How many versions this clone was made without the contents of."""
    broken: str = ""
    """Why it could not be read further back, in git's words; empty where it was read whole."""

    @property
    def whole(self) -> bool:
        """Whether nothing of the past is missing."""
        return not (self.shallow or self.lacking or self.broken)
