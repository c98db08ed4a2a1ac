"""Views to pages: which template, where it stands, and what every page has in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from vsmdocs import __version__
from vsmdocs.errors import Finding
from vsmdocs.model.terms import TERMS
from vsmdocs.rendering.findings_text import excerpt
from vsmdocs.rendering.pages.map_view import MapView
from vsmdocs.rendering.pages.stream_view import HomeView, StreamView
from vsmdocs.rendering.pages.theme import Theme, assets, first_script
from vsmdocs.rendering.picture.parts import Picture

if TYPE_CHECKING:
    from vsmdocs.rendering.pages.past_view import FeedView
    from vsmdocs.rendering.pages.said_rows import SaidRow


class Link(NamedTuple):
    """A link below the site's root."""

    name: str
    href: str
    section: str = ""
    current: bool = False


class PageContext(NamedTuple):
    """Where a page stands."""

    root: str
    """The way up to the site's root, such as `../../`."""
    section: str
    here: str
    crumbs: tuple[Link, ...] = ()
    states: tuple[Link, ...] = ()
    data: str = ""
    canonical: str = ""
    """The page's own web address, where the site's is known."""
    missing: tuple[str, ...] = ()
    """What of the past is not there; for pages that tell of time."""


class SiteContext(NamedTuple):
    """What all pages have in common."""

    title: str
    version: str
    maps_folder: str
    style: str
    script: str
    icon: str
    first_script: Markup
    """What runs before a page is painted."""
    first_hash: str
    nav: tuple[Link, ...]


class ShownFinding(NamedTuple):
    """A finding with the source line that it points at."""

    place: str
    rule: str
    severity: str
    message: str
    hint: str
    excerpt: str


class FindingGroup(NamedTuple):
    """What was found in one file."""

    path: str
    href: str
    findings: tuple[ShownFinding, ...]


class ChecksView(NamedTuple):
    """The page of findings."""

    summary: str
    groups: tuple[FindingGroup, ...]


HOME = Link("Streams", "index.html", "streams")


class Pages:
    """Renders the pages of one site."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        maps_folder: str,
        base_url: str = "",
        sections: tuple[Link, ...] = (),
        missing: tuple[str, ...] = (),
    ) -> None:
        """`sections` are more links for the top; `missing` says what of the past is not there."""
        self._theme = theme
        self._base_url = base_url
        self._missing = missing
        known, first = assets(), first_script()
        self.site = SiteContext(
            title,
            __version__,
            maps_folder,
            known["style.css"][0],
            known["script.js"][0],
            known["icon.svg"][0],
            Markup(first[0]),
            first[1],
            (
                HOME,
                *sections,
                Link("Checks", "checks/index.html", "checks"),
                Link("Method", "method/index.html", "method"),
            ),
        )

    def render(self, template: str, page: PageContext, **values: object) -> str:
        """Return a page; `values` are what its template asks for."""
        page = page._replace(missing=self._missing) if self._missing else page
        return self._theme.render(f"pages/{template}.html.j2", site=self.site, page=page, **values)

    def render_feed(self, feed: FeedView) -> str:
        """Return an Atom feed."""
        return self._theme.render("pages/feed.xml.j2", site=self.site, feed=feed)

    def address(self, href: str) -> str:
        """Return a page's web address, where the site's is known, else nothing."""
        return self._base_url + href.removesuffix("index.html") if self._base_url else ""

    def home(self, view: HomeView) -> str:
        """Return the start page."""
        page = PageContext("", "streams", self.site.title, canonical=self._base_url)
        return self.render("index", page, home=view)

    def stream(self, view: StreamView, states: Sequence[Link]) -> str:
        """Return a stream's page; `states` lists it and its maps."""
        page = PageContext(
            "../../",
            "streams",
            view.title,
            (HOME,),
            marked(states, states[0]),
            canonical=self.address(states[0].href),
        )
        return self.render("stream", page, stream=view)

    def figure(self, view: MapView) -> Markup:
        """Return the picture of a map as markup; nothing where it could not be drawn."""
        if view.picture is None:
            return Markup("")
        heading = f"{view.title}, {view.state_label}"
        return self.picture(view.picture, view.name, heading, f"{view.name}.html")

    def picture(self, picture: Picture, prefix: str, heading: str, table: str) -> Markup:
        """Return a picture as markup; its steps lead to the rows on the page `table`."""
        return Markup(
            self._theme.render(
                "parts/figure.html.j2",
                picture=picture,
                prefix=prefix,
                heading=heading,
                table=table,
            )
        )

    def map(
        self,
        view: MapView,
        figure: Markup,
        states: Sequence[Link],
        own: Link,
        said: Sequence[SaidRow] = (),
    ) -> str:
        """Return a map's page.

        `states` lists its stream and the maps in it, `own` among them; `said` is who said its
        numbers.
        """
        page = PageContext(
            "../../",
            "streams",
            view.state_label,
            (HOME, Link(view.title, states[0].href)),
            marked(states, own),
            f"data/{view.stream}.{view.name}.json",
            self.address(own.href),
        )
        findings = tuple(_shown(finding) for finding in view.findings)
        anchors = {row.anchor: bool(row.stale) for row in said}
        return self.render(
            "map", page, view=view, figure=figure, findings=findings, said=said, anchors=anchors
        )

    def method(self) -> str:
        """Return the page of terms."""
        page = PageContext(
            "../", "method", "Method", (HOME,), canonical=self.address("method/index.html")
        )
        return self.render("method", page, terms=TERMS)

    def checks(self, findings: Iterable[Finding], files: int, hrefs: dict[str, str]) -> str:
        """Return the page of findings; `hrefs` gives the page of a map's file."""
        page = PageContext(
            "../", "checks", "Checks", (HOME,), canonical=self.address("checks/index.html")
        )
        ordered = sorted(findings)
        groups = tuple(
            FindingGroup(path, hrefs.get(path, ""), tuple(_shown(finding) for finding in found))
            for path, found in groupby(ordered, key=lambda finding: finding.path)
        )
        counts = [
            f"{number} {noun if number == 1 else noun + 's'}"
            for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "hint"))
            if (number := sum(finding.severity == severity for finding in ordered))
        ]
        maps = f"{files} {'map' if files == 1 else 'maps'} checked"
        summary = f"{maps}: {', '.join(counts)}." if counts else f"{maps}, nothing found."
        return self.render("checks", page, checks=ChecksView(summary, groups))


def marked(states: Sequence[Link], current: Link | None) -> tuple[Link, ...]:
    """Return links with the one to the page itself marked as such."""
    return tuple(link._replace(current=True) if link == current else link for link in states)


def _shown(finding: Finding) -> ShownFinding:
    return ShownFinding(
        finding.place,
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        excerpt(finding),
    )
