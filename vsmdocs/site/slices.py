"""The pages that join streams: written last, of what each stream has told.

A page depends on what it shows of the streams that name what it is about, and is taken over
where all of that is the same: an edited map makes the pages anew that tell of the edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from vsmdocs.analysis.teams import OrganisationFacts, SliceFacts, TeamFacts, join
from vsmdocs.rendering.pages.pages import ORGANISATION, TEAMS, Pages
from vsmdocs.rendering.pages.slice_addresses import system_href, tag_href, team_href
from vsmdocs.rendering.pages.slice_organisation import organisation_view
from vsmdocs.rendering.pages.slice_pages import SlicePages
from vsmdocs.rendering.pages.slice_tag import SliceView, system_view, tag_view
from vsmdocs.rendering.pages.slice_team import team_view, teams_view
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.manifest import MadeBefore, digest
from vsmdocs.workers import Workers, cores_for

if TYPE_CHECKING:
    from vsmdocs.site.made import MadeStream
    from vsmdocs.site.streams import Work

Page = tuple[str, str, Callable[[], str]]
"""Its address, what it was made from, and what makes it."""

_MANY_STREAMS = 100
"""From which on a page takes so long that workers are worth their beginning."""


def write_slices(
    folder: SiteFolder, pages: Pages, streams: Sequence[MadeStream], errors: int, work: Work
) -> tuple[dict[str, str], dict[str, MadeBefore]]:
    """Write the pages by team, tag and system and that of the organisation.

    Returns every owner's page, and what each page was made from. `errors` is how many files
    cannot be read. Without a stream there is nothing to join, and no page.
    """
    if not streams:
        return {}, {}
    facts, own = join(stream.slice for stream in streams), SlicePages(pages)
    new: list[tuple[str, Callable[[], str]]] = [
        (ORGANISATION.href, lambda: own.organisation(organisation_view(facts, errors))),
        (TEAMS.href, lambda: own.teams(teams_view(facts))),
    ]
    made: dict[str, MadeBefore] = {}
    for href, key, make in _pages(facts, own, streams, work):
        # Names that were made up to have one hash cannot end a build.
        if href in made:
            continue
        made[href] = MadeBefore(key, (href,))
        if work.before.get(href) == made[href]:
            folder.take(href, work.output)
        else:
            new.append((href, make))
    count = cores_for(len(new)) if len(streams) >= _MANY_STREAMS else 1
    with Workers(lambda: new, count) as workers:
        tasks = [(number % count, number) for number in range(len(new))]
        for _, (href, text) in workers.run(_made, tasks):
            folder.write(href, text)
    return {team.name: team_href(team.name) for team in facts.teams}, made


def _made(new: Sequence[tuple[str, Callable[[], str]]], number: int) -> tuple[str, str]:
    href, make = new[number]
    return href, make()


def _pages(
    facts: OrganisationFacts, own: SlicePages, streams: Sequence[MadeStream], work: Work
) -> Iterator[Page]:
    site = digest(work.key, own.site)
    keys = _keys(site, ((one.name, one.shares.teams) for one in streams))
    for team in facts.teams:
        href = team_href(team.name)
        yield href, keys[team.name], partial(_team, own, team, href)
    keys = _keys(site, ((one.name, _tags(one)) for one in streams))
    for tag in facts.tags:
        href = tag_href(tag.name)
        yield href, keys[tag.name], partial(_slice, own, tag_view, tag, href)
    keys = _keys(site, ((one.name, one.shares.systems) for one in streams))
    for system in facts.systems:
        href = system_href(system.name)
        yield href, keys[system.name], partial(_slice, own, system_view, system, href)


def _team(own: SlicePages, team: TeamFacts, href: str) -> str:
    return own.team(team_view(team), href)


def _slice(
    own: SlicePages, view: Callable[[SliceFacts], SliceView], facts: SliceFacts, href: str
) -> str:
    return own.slice(view(facts), href)


def _tags(stream: MadeStream) -> Mapping[str, str]:
    """Return by tag what its page shows of a stream, which is about all there is."""
    return {tag: stream.key for state in stream.slice.states for tag in state.tags}


def _keys(site: str, told: Iterable[tuple[str, Mapping[str, str]]]) -> Mapping[str, str]:
    """Return by name what its page is made from: the site, and what all streams tell of it."""
    found: dict[str, dict[str, str]] = {}
    for stream, shares in told:
        for name, share in shares.items():
            found.setdefault(name, {})[stream] = share
    return {name: digest(site, name, keys) for name, keys in found.items()}
