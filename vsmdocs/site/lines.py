"""One map over time, on its way to pages: its versions, their pages, and what they did."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.language import tr
from vsmdocs.model.snapshot import MapHistory
from vsmdocs.site.versions import Pair, Told


@dataclass(slots=True)
class Line:
    """One map over time."""

    history: MapHistory
    pairs: list[Pair]
    hrefs: dict[str, str]
    """The pages of versions below the site's root, by commit."""
    told: list[Told]
    present: str = ""
    """The page of the map as it is now, below the site's root; empty where it is gone."""

    def href(self, pair: Pair) -> str:
        """Return the page of a version below the site's root; empty where it has none."""
        return self.hrefs.get(pair.shot.revision.commit, "") if pair.shot.revision else ""


def date_of(pair: Pair) -> str:
    """Return the day of a version."""
    return f"{pair.shot.revision.committed_at:%Y-%m-%d}" if pair.shot.revision else tr("today")
