"""Pages that join streams: which template, and where each stands."""

from __future__ import annotations

from vsmdocs.language import tr
from vsmdocs.rendering.pages.pages import (
    HOME,
    ORGANISATION,
    TEAMS,
    Link,
    PageContext,
    Pages,
    SiteContext,
)
from vsmdocs.rendering.pages.slice_organisation import OrganisationView
from vsmdocs.rendering.pages.slice_tag import SliceView
from vsmdocs.rendering.pages.slice_team import TeamsView, TeamView

TEMPLATES = ("organisation", "team", "teams", "slice")


class SlicePages:
    """Renders the pages of teams, tags, systems and the organisation."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    @property
    def site(self) -> SiteContext:
        """What all of them have in common with every other page."""
        return self._pages.site

    def _page(self, href: str, here: str, section: str, *above: Link) -> PageContext:
        return PageContext(
            "../", section, here, (HOME, *above), canonical=self._pages.address(href)
        )

    def organisation(self, view: OrganisationView) -> str:
        """Return the page of the organisation."""
        page = self._page(ORGANISATION.href, tr(ORGANISATION.name), "organisation")
        return self._pages.render("organisation", page, view=view)

    def teams(self, view: TeamsView) -> str:
        """Return the page of all teams."""
        page = self._page(TEAMS.href, tr(TEAMS.name), "teams")
        return self._pages.render("teams", page, view=view)

    def team(self, view: TeamView, href: str) -> str:
        """Return a team's page."""
        page = self._page(href, view.name, "teams", TEAMS)
        return self._pages.render("team", page, view=view)

    def slice(self, view: SliceView, href: str) -> str:
        """Return the page of a tag or a system."""
        page = self._page(href, view.name, "organisation", ORGANISATION)
        return self._pages.render("slice", page, view=view)
