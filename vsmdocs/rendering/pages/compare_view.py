"""Two versions of a map on a page: the headline, one picture of both, figures and changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsmdocs.analysis.gap import Measured, find_gap
from vsmdocs.language import tr, tr_n
from vsmdocs.rendering.pages.figures import calendar_text
from vsmdocs.rendering.pages.gap_rows import GapRow, gap_rows
from vsmdocs.rendering.picture.parts import Picture

QUIET = ("changed", "map-changed", "improvement-changed", "prose")
"""Kinds of changes that few want to see unless they moved a figure."""


class ChangeRow(NamedTuple):
    """One change between two versions, in words."""

    kind_label: str
    """What kind of change it is, such as `added`."""
    place: str
    """What changed, such as a step's name."""
    text: str
    effects: tuple[str, ...]
    """What it did, a figure each."""
    note: str = ""
    """Why it did nothing, say."""
    tone: str = ""
    """`better` or `worse`, where its effect is one of them."""
    kind: str = ""
    """Of change, as data has it."""

    @property
    def quiet(self) -> bool:
        """Whether it moved no figure, and nothing came or went with it."""
        return not (self.effects or self.note) and self.kind in QUIET


class CompareView(NamedTuple):
    """Two versions of a map, ready to be placed on a page."""

    headline: str
    prefix: str
    """Makes ids unique on a page."""
    heading: str
    """What the picture is called."""
    picture: Picture | None
    """None where it could not be drawn."""
    table: str
    """The page with the rows to which the steps lead; nothing where there are none."""
    rows: str
    """Those rows' own prefix."""
    before: str
    """What the base is called, above its column."""
    after: str
    figures: tuple[GapRow, ...]
    calendar: str
    changes: tuple[ChangeRow, ...]
    """Those that a reader wants to see."""
    quiet_changes: tuple[ChangeRow, ...]
    """The others, folded away."""
    quiet_label: str


def quiet_label(quiet: Sequence[ChangeRow]) -> str:
    """Return what stands for changes that are folded away."""
    return tr_n(
        "{n} more change that moved no figure",
        "{n} more changes that moved no figure",
        len(quiet),
        n=f"{len(quiet):,}",
    )


def compare_view(
    base: Measured,
    head: Measured,
    picture: Picture | None,
    *,
    headline: str,
    changes: Sequence[ChangeRow],
    before: str = "",
    after: str = "",
    prefix: str = "compare",
    table: str = "",
    rows: str = "",
) -> CompareView:
    """Bring two versions of a map into one view; `picture` is their overlay.

    `before` and `after` are what they are called where those words do not say it.
    """
    before, after = before or tr("Before"), after or tr("After")
    calendars = [calendar_text(version[0].calendar) for version in (base, head)]
    same = calendars[0] == calendars[1]
    quiet = tuple(change for change in changes if change.quiet)
    return CompareView(
        headline=headline,
        prefix=prefix,
        heading=tr(
            "{title}, {before} and {after}", title=head[0].title, before=before, after=after
        ),
        picture=picture,
        table=table,
        rows=rows,
        before=before,
        after=after,
        figures=gap_rows(find_gap(base, head), base[0], head[0]),
        calendar=calendars[0]
        if same
        else tr("{old} before, {new} after", old=calendars[0], new=calendars[1]),
        changes=tuple(change for change in changes if not change.quiet),
        quiet_changes=quiet,
        quiet_label=quiet_label(quiet),
    )
