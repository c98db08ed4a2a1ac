"""Views to pages: which template, where it stands, and what every page has in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from vsmdocs import __version__
from vsmdocs.errors import Finding
from vsmdocs.language import ENGLISH, mark, spoken, tr
from vsmdocs.model.terms import TERMS
from vsmdocs.rendering.pages.checks_view import checks_view, shown
from vsmdocs.rendering.pages.map_view import MapView
from vsmdocs.rendering.pages.stream_view import HomeView, StreamView
from vsmdocs.rendering.pages.theme import Theme, assets, first_script
from vsmdocs.rendering.picture.parts import Picture

if TYPE_CHECKING:
    from vsmdocs.rendering.pages.brand import Brand, ShownLogo
    from vsmdocs.rendering.pages.past_view import FeedView
    from vsmdocs.rendering.pages.said_rows import SaidRow
    from vsmdocs.rendering.pages.time_strip import MapInTime


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
    card: str = ""
    """The web address of the picture that stands for the page where it is shared."""


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
    icon_type: str = "image/svg+xml"
    logos: tuple[ShownLogo, ...] = ()
    """The project's own, in place of the title at the top."""
    footer: str = ""
    """A line of the project's own at the foot."""
    language: str = "en"
    """As the `lang` of a page has it."""
    direction: str = "ltr"
    """Of the language, as the `dir` of a page has it."""
    locale: str = ""
    """Of the language, as whoever shows shared links asks for it; nothing for English."""


# Their names are in English; `Pages` says them in the language of the site.
HOME = Link(mark("Streams"), "index.html", "streams")
ORGANISATION = Link(mark("Organisation"), "organisation/index.html", "organisation")
TEAMS = Link(mark("Teams"), "teams/index.html", "teams")
_CHECKS = Link(mark("Checks"), "checks/index.html", "checks")
_METHOD = Link(mark("Method"), "method/index.html", "method")
_LOCALES = {"he": "he_IL"}


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
        cards: bool = False,
        brand: Brand | None = None,
        own: tuple[Link, ...] = (),
    ) -> None:
        """`sections` are more links for the top; `missing` says what of the past is not there.

        With `cards` pages that know their address have a picture for where they are shared.
        `brand` is the look that the project has set, and `own` are links to its own pages.
        """
        self._theme = theme
        self._base_url = base_url
        self._missing = missing
        self.cards = cards
        self.assets = brand.assets if brand is not None else assets()
        known, first = self.assets, first_script()
        self.style = known["style.css"][1].decode()
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
                *map(_said, (HOME, ORGANISATION, TEAMS, *sections)),
                *own,
                *map(_said, (_CHECKS, _METHOD)),
            ),
        )
        now = spoken()
        self.site = self.site._replace(
            language=now.code, direction=now.direction, locale=_LOCALES.get(now.code, "")
        )
        links = (HOME, ORGANISATION, TEAMS) if now is not ENGLISH else ()
        # People's own links lead elsewhere, and stay as they are whatever they are called.
        self._ours = {link: _said(link) for link in links}
        if brand is not None:
            self.site = self.site._replace(
                icon_type=brand.icon_type, logos=brand.logos, footer=brand.footer
            )

    def without_slices(self) -> None:
        """Leave out the links to pages that join streams, where there are none to join."""
        joining = (ORGANISATION.href, TEAMS.href)
        nav = tuple(link for link in self.site.nav if link.href not in joining)
        self.site = self.site._replace(nav=nav)

    def render(self, template: str, page: PageContext, **values: object) -> str:
        """Return a page; `values` are what its template asks for."""
        page = page._replace(missing=self._missing) if self._missing else page
        if self.cards and page.canonical and not page.card:
            page = page._replace(card=self._card(page.canonical))
        if self._ours:
            crumbs = tuple(self._ours.get(link, link) for link in page.crumbs)
            page = page._replace(crumbs=crumbs)
        return self._theme.render(f"pages/{template}.html.j2", site=self.site, page=page, **values)

    def part(self, template: str, **values: object) -> Markup:
        """Return a piece of a page as markup; `values` are what its template asks for."""
        return Markup(self._theme.render(f"parts/{template}.html.j2", **values))

    def svg(self, template: str, **values: object) -> str:
        """Return a drawing as a file; `values` are what its template asks for."""
        return self._theme.render(f"parts/{template}.svg.j2", **values)

    def _card(self, canonical: str) -> str:
        """Return the web address of the card of a page: its stream's, else the site's."""
        first, _, rest = canonical.removeprefix(self._base_url).partition("/")
        stream = rest.partition("/")[0] if first == "streams" else ""
        return f"{self._base_url}{f'streams/{stream}/' if stream else ''}card.png"

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
        time: MapInTime | None = None,
    ) -> str:
        """Return a map's page.

        `states` lists its stream and the maps in it, `own` among them; `said` is who said its
        numbers, and `time` the way to its versions.
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
        findings = tuple(shown(finding) for finding in view.findings)
        anchors = {row.anchor: bool(row.stale) for row in said}
        return self.render(
            "map", page, view=view, figure=figure, findings=findings, said=said, anchors=anchors,
            time=time,
        )  # fmt: skip

    def method(self) -> str:
        """Return the page of terms."""
        page = PageContext(
            "../", "method", tr(_METHOD.name), (HOME,), canonical=self.address(_METHOD.href)
        )
        return self.render("method", page, terms=TERMS)

    def checks(self, findings: Iterable[Finding], files: int, hrefs: dict[str, str]) -> str:
        """Return the page of findings; `hrefs` gives the page of a map's file."""
        page = PageContext(
            "../", "checks", tr(_CHECKS.name), (HOME,), canonical=self.address(_CHECKS.href)
        )
        return self.render("checks", page, checks=checks_view(findings, files, hrefs))


def _said(link: Link) -> Link:
    return link._replace(name=tr(link.name))


def marked(states: Sequence[Link], current: Link | None) -> tuple[Link, ...]:
    """Return links with the one to the page itself marked as such."""
    return tuple(link._replace(current=True) if link == current else link for link in states)
