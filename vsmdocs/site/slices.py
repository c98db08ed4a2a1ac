"""The pages that join streams: written last, of what each stream has told.

A page depends on the streams that name what it is about, and is taken over where they are the
same: an edited map makes the pages of its own teams anew, and not those of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from vsmdocs.analysis.slices import StateFacts
from vsmdocs.analysis.teams import OrganisationFacts, SliceFacts, TeamFacts, join
from vsmdocs.rendering.pages.pages import ORGANISATION, TEAMS, Pages
from vsmdocs.rendering.pages.slice_addresses import system_href, tag_href, team_href
from vsmdocs.rendering.pages.slice_organisation import organisation_view
from vsmdocs.rendering.pages.slice_pages import SlicePages
from vsmdocs.rendering.pages.slice_tag import SliceView, system_view, tag_view
from vsmdocs.rendering.pages.slice_team import team_view, teams_view
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.manifest import MadeBefore, digest

if TYPE_CHECKING:
    from vsmdocs.site.streams import MadeStream, Work

Page = tuple[str, str, Callable[[], str]]
"""Its address, what it was made from, and what makes it."""


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
    folder.write(ORGANISATION.href, own.organisation(organisation_view(facts, errors)))
    folder.write(TEAMS.href, own.teams(teams_view(facts)))
    made: dict[str, MadeBefore] = {}
    for href, key, make in _pages(facts, own, streams):
        # Names that were made up to have one hash cannot end a build.
        if href in made:
            continue
        made[href] = MadeBefore(key, (href,))
        if work.before.get(href) == made[href]:
            folder.take(href, work.output)
        else:
            folder.write(href, make())
    return {team.name: team_href(team.name) for team in facts.teams}, made


def _pages(
    facts: OrganisationFacts, own: SlicePages, streams: Sequence[MadeStream]
) -> Iterator[Page]:
    keys = _keys(streams, lambda state: state.owners)
    for team in facts.teams:
        href = team_href(team.name)
        yield href, keys[team.name], partial(_team, own, team, href)
    keys = _keys(streams, lambda state: state.tags)
    for tag in facts.tags:
        href = tag_href(tag.name)
        yield href, keys[tag.name], partial(_slice, own, tag_view, tag, href)
    keys = _keys(streams, lambda state: state.systems)
    for system in facts.systems:
        href = system_href(system.name)
        yield href, keys[system.name], partial(_slice, own, system_view, system, href)


def _team(own: SlicePages, team: TeamFacts, href: str) -> str:
    return own.team(team_view(team), href)


def _slice(
    own: SlicePages, view: Callable[[SliceFacts], SliceView], facts: SliceFacts, href: str
) -> str:
    return own.slice(view(facts), href)


def _keys(
    streams: Sequence[MadeStream], named: Callable[[StateFacts], Iterable[str]]
) -> Mapping[str, str]:
    """Return by name what all streams that name it were made from."""
    found: dict[str, dict[str, str]] = {}
    for stream in streams:
        for state in stream.slice.states:
            for name in named(state):
                found.setdefault(name, {})[stream.name] = stream.key
    return {name: digest(name, keys) for name, keys in found.items()}
