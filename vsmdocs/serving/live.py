"""How the site stands, and who waits to hear of it.

A page is told how things are and not what happened: whether it is the newest, and what is wrong.
So one that was asleep, or connected late, knows as much as one that was there all the time.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from vsmdocs.errors import Finding
from vsmdocs.serving.files import digest, find
from vsmdocs.serving.outcome import Outcome

_BEAT_SECONDS = 20.0
_MOST_SHOWN = 50


class Live:
    """The site as it stands."""

    def __init__(self, site: Path, outcome: Outcome) -> None:
        self.site, self.outcome, self.ended = site, outcome, False
        self._news = asyncio.Event()

    def show(self, outcome: Outcome) -> None:
        """Tell everybody what came of a build."""
        self.outcome = outcome
        self._tell()

    def end(self) -> None:
        """Let everybody who waits go."""
        self.ended = True
        self._tell()

    def _tell(self) -> None:
        told, self._news = self._news, asyncio.Event()
        told.set()

    async def follow(self, address: str, seen: str) -> AsyncIterator[str]:
        """Yield events for a page, of which `seen` is the digest that is on screen."""
        while not self.ended:
            news = self._news
            yield f"data: {json.dumps(self.told(address, seen))}\n\n"
            while not news.is_set():
                try:
                    await asyncio.wait_for(news.wait(), _BEAT_SECONDS)
                except TimeoutError:
                    # Or a line that nobody holds any more is never noticed.
                    yield ":\n\n"

    def told(self, address: str, seen: str) -> dict[str, Any]:
        """Return how things are, for a page."""
        now = digest(find(self.site, address))
        page = "same" if now == seen else "new" if now else "gone"
        errors = self.outcome.errors
        return {
            "page": page,
            "built": self.outcome.result is not None,
            "count": len(errors),
            "errors": [_plain(error) for error in errors[:_MOST_SHOWN]],
        }


def _plain(error: Finding) -> dict[str, Any]:
    return {
        "place": error.place,
        "rule": error.rule,
        "message": error.message,
        "hint": error.hint,
        "line": error.source_line,
        "from": error.column,
        "to": error.end_column,
    }
