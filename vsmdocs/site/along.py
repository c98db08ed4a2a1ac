"""What can be taken along from a stream: pictures, a poster, a badge, a card for shared links."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from vsmdocs.cache import Cache
from vsmdocs.language import tr, tr_parts
from vsmdocs.rendering.alone import Drawing, drawing, stand_alone
from vsmdocs.rendering.alone_style import alone_style, tokens
from vsmdocs.rendering.badge import badge_view
from vsmdocs.rendering.pages.pages import Link, Pages
from vsmdocs.rendering.pages.past_view import VersionEntry
from vsmdocs.rendering.pages.sentences import Part
from vsmdocs.rendering.pages.stream_view import HomeStream, HomeView, ShownMap, main_map
from vsmdocs.rendering.poster import poster_page, poster_view
from vsmdocs.rendering.quantities import format_count
from vsmdocs.site.folder import SiteFolder

NO_CARDS = (
    "share cards are left out: resvg-py, which makes pictures of them, is not installed; "
    "links to the site are shown with text alone"
)


def can_have_cards() -> bool:
    """Return whether share cards can be made here."""
    from vsmdocs.rendering.card import can_draw

    return can_draw()


def write_along(
    folder: SiteFolder,
    pages: Pages,
    cache: Cache,
    name: str,
    maps: tuple[ShownMap, ...],
    row: HomeStream,
    states: Sequence[Link],
    newest: VersionEntry | None,
    today: date,
) -> None:
    """Write all that can be taken along from one stream; `newest` is its newest version, if any."""
    main, below = main_map(maps), f"streams/{name}/"
    drawn: Drawing | None = None
    for item in maps:
        picture = item.view.picture
        if picture is not None:
            own = drawing(item.figure)
            drawn = own if item is main else drawn
            heading = f"{item.view.title}, {item.view.state_label}"
            text = stand_alone(picture, own, heading, alone_style(pages.style))
            folder.write(f"{below}{item.map.name}.svg", text)
    poster = poster_view(main.view, drawn, today, newest)
    folder.write(f"{below}poster.html", poster_page(pages, poster, states))
    spark = row.row.spark
    direction = spark.direction if spark is not None else ""
    shown = badge_view(row.row.title, row.row.lead.text, direction, tokens(pages.style))
    folder.write(f"{below}badge.svg", pages.svg("badge", badge=shown))
    if pages.cards:
        folder.write(f"{below}card.png", _stream_card(pages, cache, name, main, row))


def write_site_card(
    folder: SiteFolder, pages: Pages, cache: Cache, home: HomeView, streams: Sequence[HomeStream]
) -> None:
    """Write the card of the whole site."""
    from vsmdocs.rendering.card import CardFigure

    worst = home.worst
    parts: tuple[Part, ...] = (Part(home.summary),)
    mini, figures = None, [CardFigure(tr("value streams"), format_count(len(streams)))]
    if worst is not None:
        place, stream = Part(worst.place, strong=True), Part(worst.stream, strong=True)
        said = tr_parts(
            "Value gets stuck most of all in {place}: {cost}, in {stream}.",
            place=place, cost=Part(worst.detail), stream=stream,
        )  # fmt: skip
        parts = tuple(Part(one) if isinstance(one, str) else one for one in said)
        row = next(one.row for one in streams if one.place == worst)
        mini = row.mini
        figures.append(CardFigure(tr("lead time there"), row.lead.text))
    title = pages.site.title
    svg = _card(
        pages, brand="", titles=(title, tr("Value streams")), kind=worst.kind if worst else "none",
        sentence=parts, figures=figures, mini=mini,
    )  # fmt: skip
    folder.write("card.png", _png(cache, svg))


def _stream_card(pages: Pages, cache: Cache, name: str, main: ShownMap, row: HomeStream) -> bytes:
    from vsmdocs.rendering.card import CardFigure

    figures = [CardFigure(tr("lead time"), row.row.lead.text)]
    if row.row.ratio.sort:
        figures.append(CardFigure(tr("activity ratio"), row.row.ratio.text))
    answer = main.view.answer
    svg = _card(
        pages, brand=pages.site.title, titles=(main.view.title, name), kind=answer.kind,
        sentence=answer.parts, figures=figures, mini=main.view.mini,
    )  # fmt: skip
    return _png(cache, svg)


def _card(pages: Pages, **about: object) -> str:
    from vsmdocs.rendering.card import FAMILY, card_view

    view = card_view(tokens=tokens(pages.style), **about)  # type: ignore[arg-type]
    return pages.svg("card", card=view, family=FAMILY)


def _png(cache: Cache, svg: str) -> bytes:
    """Return a card's picture: kept by its drawing, since making it takes as long as a few maps."""
    from vsmdocs.rendering.card import to_png

    key = f"{_drawn_with()} {svg}"
    kept = cache.find("card", [key]).get(key)
    if isinstance(kept, str):
        return base64.b64decode(kept)
    made = to_png(svg)
    cache.keep("card", {key: base64.b64encode(made).decode()})
    return made


@lru_cache(maxsize=1)
def _drawn_with() -> str:
    from vsmdocs.rendering.card import drawn_with

    return drawn_with()
