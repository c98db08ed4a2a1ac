"""What streams have told when they were made, for the pages about all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from pydantic import TypeAdapter

from vsmdocs.analysis.slices import StreamFacts
from vsmdocs.cache import Cache
from vsmdocs.errors import Finding
from vsmdocs.rendering.pages.past_view import VersionEntry
from vsmdocs.rendering.pages.stream_view import HomeStream
from vsmdocs.site.finding import Findable
from vsmdocs.site.shares import Shares


@dataclass(frozen=True, slots=True)
class MadeStream:
    """What the pages about all streams say of one."""

    name: str
    row: HomeStream
    hrefs: dict[str, str]
    """The page of each map by its file."""
    csv: str
    """A heading and a line for each map."""
    entries: tuple[VersionEntry, ...]
    """Its newest versions, newest first."""
    key: str
    """What its pages depend on."""
    files: tuple[str, ...]
    keys: dict[str, str]
    """What single files of it were made from."""
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]
    search: Findable
    slice: StreamFacts
    shares: Shares
    """What single pages about many streams show of it."""


@dataclass(slots=True)
class Made:
    """What came of a portion, for the pages about all streams."""

    streams: list[MadeStream] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


_AT_HAND: dict[str, MadeStream] = {}
"""What the last build of this process asked for or made, by what it was made from."""


class ToldBefore:
    """What streams told in earlier builds, by what they were made from."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._used: dict[str, MadeStream] = {}

    def find(self, key: str) -> MadeStream | None:
        """Return what a stream told; None where that is not known any more."""
        made = _AT_HAND.get(key) if self._cache.folder is not None else None
        if made is None:
            kept = self._cache.find("stream", [key]).get(key)
            made = _plain().validate_python(kept) if kept is not None else None
        if made is not None:
            self._used[key] = made
        return made

    def keep(self, key: str, made: MadeStream) -> None:
        """Keep what a stream told."""
        if self._cache.folder is not None:
            self._cache.keep("stream", {key: _plain().dump_python(made, mode="json")})
            self._used[key] = made

    def close(self) -> None:
        """Have at hand what was of use now, for a process that builds again."""
        _AT_HAND.clear()
        _AT_HAND.update(self._used)


@lru_cache(maxsize=1)
def _plain() -> TypeAdapter[MadeStream]:
    return TypeAdapter(MadeStream)
