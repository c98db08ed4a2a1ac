"""The page that lists everything, for whoever reads without scripts or likes a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.language import mark, tr, tr_n
from vsmdocs.rendering.pages.pages import HOME, Link, PageContext, Pages
from vsmdocs.rendering.pages.search_entries import FoundImprovement, FoundStep, FoundStream
from vsmdocs.rendering.pages.search_index import FoundChange, FoundOwner
from vsmdocs.rendering.quantities import format_count

FIND = Link(mark("Find"), "find/index.html", "find")
CHANGES_SHOWN = 100


class OwnerRow(NamedTuple):
    """Somebody who answers for something, and where."""

    name: str
    page: str
    """Their own page below the site's root; empty where there is none."""
    anchor: str
    streams: tuple[Link, ...]


class EverythingView(NamedTuple):
    """The page of everything."""

    summary: str
    streams: tuple[Markup, ...]
    owners: tuple[OwnerRow, ...]
    changes: tuple[FoundChange, ...]
    all_changes: str
    """Where there are more of them; empty where there is no past."""


class FoundLine(NamedTuple):
    """A step or an improvement, with the page of each state that has it."""

    title: str
    href: str
    facts: tuple[str, ...]
    others: tuple[Link, ...]
    """Where it stands besides, by state."""


class StreamListing(NamedTuple):
    """One stream as the page of everything lists it."""

    found: FoundStream
    href: str
    states: tuple[Link, ...]
    steps: tuple[FoundLine, ...]
    improvements: tuple[FoundLine, ...]


def owner_anchor(number: int) -> str:
    """Return where on the page an owner stands."""
    return f"owner-{number}"


def stream_listing(pages: Pages, found: FoundStream) -> Markup:
    """Return the lines of one stream, as they stand on that page."""
    below = f"streams/{found.name}/"

    def line(entry: FoundStep | FoundImprovement, anchors: Sequence[str], *facts: str) -> FoundLine:
        links = [
            Link(found.states[at].label, f"{below}{found.states[at].name}.html#{anchors[at]}")
            for at in entry.states
        ]
        told = tuple(fact for fact in facts if fact)
        return FoundLine(entry.title, links[0].href, told, tuple(links[1:]))

    def step(entry: FoundStep) -> FoundLine:
        return line(entry, [f"{one.name}-step-{entry.id}" for one in found.states], entry.owner)

    def improvement(entry: FoundImprovement) -> FoundLine:
        anchors = [f"improvement-{entry.id}"] * len(found.states)
        return line(entry, anchors, entry.status, entry.step, entry.owner)

    listing = StreamListing(
        found,
        f"{below}index.html",
        tuple(Link(state.label, f"{below}{state.name}.html") for state in found.states),
        tuple(map(step, found.steps)),
        tuple(map(improvement, found.improvements)),
    )
    return pages.part("everything", root="../", stream=listing)


def everything_view(
    listings: Sequence[Markup],
    streams: Sequence[Link],
    owners: Sequence[FoundOwner],
    changes: Sequence[FoundChange],
    all_changes: str,
) -> EverythingView:
    """Bring all that a site has into one list; `streams` are the links to the streams."""
    return EverythingView(
        _summary(len(listings), len(owners), len(changes)),
        tuple(listings),
        tuple(
            OwnerRow(one.name, "" if one.href.startswith(FIND.href) else one.href,
                     owner_anchor(number), tuple(streams[place] for place in one.streams))
            for number, one in enumerate(owners)
        ),
        tuple(changes[:CHANGES_SHOWN]),
        all_changes,
    )  # fmt: skip


def _summary(streams: int, owners: int, changes: int) -> str:
    told = []
    if streams:
        n = format_count(streams)
        told.append(tr_n("{n} value stream", "{n} value streams", streams, n=n))
    if owners:
        told.append(tr_n("{n} owner", "{n} owners", owners, n=format_count(owners)))
    if changes:
        n = format_count(changes)
        told.append(tr_n("{n} newest change", "{n} newest changes", changes, n=n))
    return f"{', '.join(told)}." if told else tr("There is no map that could be read yet.")


def everything_page(pages: Pages, view: EverythingView) -> str:
    """Return the page of everything."""
    page = PageContext("../", "find", tr(FIND.name), (HOME,), canonical=pages.address(FIND.href))
    return pages.render("everything", page, view=view)
