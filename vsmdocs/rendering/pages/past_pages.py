"""Pages about the past: which template, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from vsmdocs.language import mark, tr
from vsmdocs.rendering.pages.pages import HOME, Link, PageContext, Pages, marked
from vsmdocs.rendering.pages.past_view import (
    ChangelogView,
    ChangesView,
    ComparePage,
    FeedView,
    GapPage,
    HistoryView,
    VersionView,
)
from vsmdocs.rendering.picture.parts import Picture

CHANGES = Link(mark("Changes"), "changes/index.html", "changes")
"""Its name is in English, as that of `HOME` is."""


class PastPages:
    """Renders pages that tell of time."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def _page(
        self, href: str, here: str, stream: Link | None, states: Sequence[Link], section: str
    ) -> PageContext:
        return PageContext(
            "../" * href.count("/"),
            section,
            here,
            (HOME,) if stream is None else (HOME, stream),
            marked(states, next((state for state in states if state.href == href), None)),
            canonical=self._pages.address(href),
        )

    def _in_stream(
        self, template: str, href: str, here: str, states: Sequence[Link], **values: object
    ) -> str:
        stream = Link(str(values.pop("title")), states[0].href)
        page = self._page(href, here, stream, states, "streams")
        return self._pages.render(template, page, **values)

    def picture(self, picture: Picture, heading: str) -> Markup:
        """Return a picture as markup, its steps without rows to lead to."""
        return self._pages.picture(picture, "map", heading, "")

    def version(self, view: VersionView, figure: Markup, href: str, states: Sequence[Link]) -> str:
        """Return the page of one version."""
        here = tr("{state}, {day}", state=view.entry.state, day=view.entry.date)
        return self._in_stream(
            "version", href, here, states, title=view.title, view=view, figure=figure
        )

    def compare(self, view: ComparePage, href: str, states: Sequence[Link]) -> str:
        """Return a page that compares two versions."""
        return self._in_stream("compare", href, view.span, states, title=view.title, view=view)

    def changelog(self, view: ChangelogView, href: str, states: Sequence[Link]) -> str:
        """Return the page of all versions of a stream's maps."""
        here = tr("Changelog")
        return self._in_stream("changelog", href, here, states, title=view.title, view=view)

    def history(self, view: HistoryView, href: str, states: Sequence[Link]) -> str:
        """Return the page of a stream's figures over time."""
        return self._in_stream("history", href, tr("History"), states, title=view.title, view=view)

    def gap(self, view: GapPage, href: str, states: Sequence[Link]) -> str:
        """Return the page of current against a future state."""
        return self._in_stream("gap", href, tr("Gap"), states, title=view.title, view=view)

    def changes(self, view: ChangesView) -> str:
        """Return the page of the newest changes anywhere."""
        page = self._page(CHANGES.href, tr(CHANGES.name), None, (), "changes")
        return self._pages.render("changes", page, view=view)

    def feed(self, view: FeedView) -> str:
        """Return an Atom feed."""
        return self._pages.render_feed(view)
