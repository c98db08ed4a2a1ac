"""What pages about the past show: versions in words, and the ways from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from vsmdocs.language import tr, tr_m, tr_n
from vsmdocs.model.snapshot import RepositoryHistory, Snapshot
from vsmdocs.rendering.diff_values import Piece, plain, titled
from vsmdocs.rendering.pages import forge as addresses
from vsmdocs.rendering.pages.compare_view import ChangeRow, CompareView, quiet_label
from vsmdocs.rendering.pages.figures import Figure
from vsmdocs.rendering.quantities import unknown
from vsmdocs.rendering.strangers import one_line

if TYPE_CHECKING:
    from vsmdocs.rendering.charts.parts import BurndownChart, RunChart
    from vsmdocs.rendering.pages.forge import Forge

_ENGLISH = Markup('<span lang="en" dir="ltr">{}</span>')
SHORT = 12
"""Characters of a commit's id in addresses: enough to be alone in any repository."""


class PageLink(NamedTuple):
    """A link below the site's root, or beside the page where it says so."""

    name: str
    href: str


class VersionEntry(NamedTuple):
    """One version of a map as a changelog tells of it."""

    stream: str
    title: str
    name: str
    """State and variant, such as `future-q2`."""
    state: str
    """The same for a reader, such as `Future q2`."""
    anchor: str
    time: str
    """When, for programs: ISO 8601 with its offset from UTC."""
    date: str
    author: str
    subject: str
    request: str
    """Such as `#12`; empty where none is named."""
    request_href: str
    commit: str
    """Shortened; empty for what was not committed yet."""
    place: int | None
    """How many commits of the branch are older than it; None where it was not committed yet."""
    commit_href: str
    milestones: tuple[str, ...]
    headline: str
    changes: tuple[ChangeRow, ...]
    quiet_label: str
    """Stands for those that are folded away; empty where none is."""
    error: str
    href: str
    """Its own page below the site's root; empty where it has none."""


class VersionView(NamedTuple):
    """The page of one version."""

    title: str
    entry: VersionEntry
    earlier: PageLink | None
    """Beside this page."""
    later: PageLink | None
    present: PageLink | None
    """The map as it is now, beside its stream's page, where this is the newest version of it."""
    stops: str
    """The script with all versions that have a page, from here."""
    all: PageLink
    position: str
    """Such as `version 12`."""
    compare: CompareView | None
    """With the version before; None for the first one."""
    figures: tuple[Figure, ...]
    """Of the first one, which nothing is compared with."""


class ComparePage(NamedTuple):
    """Two versions that lie further apart, or two states."""

    title: str
    span: str
    about: str
    links: tuple[PageLink, ...]
    compare: CompareView


class ChangelogView(NamedTuple):
    """All versions of the maps of a stream."""

    title: str
    summary: str
    comparisons: tuple[PageLink, ...]
    entries: tuple[VersionEntry, ...]


class ChangesView(NamedTuple):
    """The newest versions of all maps."""

    summary: str
    streams: tuple[PageLink, ...]
    entries: tuple[VersionEntry, ...]


class HistoryView(NamedTuple):
    """The figures of a stream over time."""

    title: str
    sentence: str
    charts: tuple[RunChart, ...]
    data: str


class GapPage(NamedTuple):
    """Current against one future state, and whether they come closer."""

    title: str
    sentence: str
    burndown: BurndownChart | None
    compare: CompareView


class FeedEntry(NamedTuple):
    """One version in an Atom feed."""

    id: str
    title: str
    time: str
    author: str
    href: str
    text: str


class FeedView(NamedTuple):
    """An Atom feed."""

    id: str
    title: str
    updated: str
    page: str
    own: str
    """Its own address, where the site's is known."""
    entries: tuple[FeedEntry, ...]


def version_entry(
    shot: Snapshot,
    *,
    stream: str,
    name: str,
    title: str,
    state: str,
    headline: str,
    changes: Sequence[ChangeRow] = (),
    milestones: Sequence[str] = (),
    href: str = "",
    forge: Forge | None = None,
) -> VersionEntry:
    """Bring one version into words; `forge` is where the source is on the web."""
    revision = shot.revision
    quiet = [change for change in changes if change.quiet]
    request = revision.pull_request if revision else None
    return VersionEntry(
        stream=stream,
        title=one_line(title),
        name=name,
        state=state,
        anchor=f"{name}-{revision.commit[:SHORT]}" if revision else f"{name}-uncommitted",
        time=revision.committed_at.isoformat() if revision else "",
        date=f"{revision.committed_at:%Y-%m-%d}" if revision else tr("not committed yet"),
        author=one_line(revision.author) if revision else "",
        subject=one_line(revision.subject) if revision else "",
        request=f"{addresses.request_mark(forge)}{request}" if request else "",
        request_href=addresses.request(forge, request) if request else "",
        commit=revision.commit[:SHORT] if revision else "",
        place=revision.place if revision else None,
        commit_href=addresses.commit(forge, revision.commit) if revision else "",
        milestones=tuple(one_line(name) for name in milestones),
        # The title stands beside it on every page.
        headline=headline.removeprefix(plain(titled(Piece(one_line(title), True), ""))),
        changes=tuple(changes),
        quiet_label=quiet_label(quiet) if quiet else "",
        error="" if shot.removed else one_line(shot.error),
        href=href,
    )


def changelog_view(
    title: str, maps: int, comparisons: Sequence[PageLink], entries: Sequence[VersionEntry]
) -> ChangelogView:
    """Bring all versions of a stream's maps into one view; `entries` come newest first."""
    versions = _versions(len(entries))
    of = tr_n("{n} map", "{n} maps", maps)
    first = min((entry.date for entry in entries if entry.time), default="")
    if first:
        summary = tr("{versions} of {maps} since {day}.", versions=versions, maps=of, day=first)
    else:
        summary = tr("{versions} of {maps}.", versions=versions, maps=of)
    return ChangelogView(title, summary, tuple(comparisons), tuple(entries))


def _versions(count: int) -> str:
    return tr_n("{n} version", "{n} versions", count, n=f"{count:,}")


def newest_first(entries: Iterable[VersionEntry], most: int | None = None) -> list[VersionEntry]:
    """Return versions, the newest first; what was not committed yet comes before everything."""

    def order(entry: VersionEntry) -> tuple[bool, int, str, str]:
        return entry.place is not None, -(entry.place or 0), entry.stream, entry.name

    return sorted(entries, key=order)[:most]


def missing_sentences(history: RepositoryHistory) -> tuple[str, ...]:
    """Return what a reader has to know about a history that is not whole."""
    told = []
    if history.shallow:
        told.append(
            tr(
                "This site was built from a shallow clone: its history begins late, and what is "
                "said to be new may be old."
            )
        )
    if history.lacking:
        told.append(
            tr(
                "This site was built from a partial clone: the contents of {versions} are not "
                "in it.",
                versions=_versions(history.lacking),
            )
        )
    if history.broken:
        told.append(
            tr_m(
                "The history of this repository cannot be read to its beginning; git says: {error}",
                error=_ENGLISH.format(one_line(history.broken)),
            )
        )
    return tuple(told)


def feed_view(
    title: str, entries: Sequence[VersionEntry], *, page: str, own: str, root: str, newest: int = 50
) -> FeedView:
    """Bring the newest versions into a feed.

    `page` and `root` are the addresses of its page and of the site's root: whole ones where the
    site's is known, else relative to the feed.
    """
    told = [entry for entry in entries if entry.time][:newest]
    return FeedView(
        id=own or f"tag:vsmdocs.invalid,2026:{quote(title)}",
        title=title,
        updated=told[0].time if told else "1970-01-01T00:00:00+00:00",
        page=page,
        own=own,
        entries=tuple(
            FeedEntry(
                id=f"tag:vsmdocs.invalid,2026:{entry.stream}/{entry.name}/{entry.commit}",
                title=tr(
                    "{title} ({state}): {headline}",
                    title=entry.title,
                    state=entry.state.lower(),
                    headline=entry.headline,
                ),
                time=entry.time,
                author=entry.author or unknown(),
                href=f"{root}{entry.href or f'streams/{entry.stream}/changelog.html'}",
                text="\n".join(_told(entry)),
            )
            for entry in told
        ),
    )


def _told(entry: VersionEntry) -> list[str]:
    lines = [f"{entry.subject} {entry.request}".strip()]
    if entry.error:
        lines.append(entry.error)
    for change in entry.changes:
        effects = f" ({', '.join(change.effects)})" if change.effects else ""
        lines.append(
            tr("{change}: {place} {text}{effects} {note}", change=change.kind_label,
               place=change.place, text=change.text, effects=effects, note=change.note)
        )  # fmt: skip
    return [line.strip() for line in lines]
