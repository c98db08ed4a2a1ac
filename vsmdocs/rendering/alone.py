"""A map's drawing out of its figure on a page: as an SVG file, or for another page.

The figure is rendered once. What else shows the map takes the drawing out of that markup, which
costs a twentieth of drawing it again.
"""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup, escape

from vsmdocs.rendering.picture.parts import Picture


class Drawing(NamedTuple):
    """What is in the two drawings of a map, as markup without links."""

    lanes: Markup
    """The lanes' names; nothing where there are no lanes."""
    map: Markup


def drawing(figure: str) -> Drawing:
    """Take the drawings out of a map's figure."""
    # Methods of markup escape what they are given, and cost ten times those of text.
    figure = str(figure)
    return Drawing(
        _still(_inside(figure, '<svg class="map-lanes"')),
        _still(_inside(figure, '<svg class="map-canvas"')),
    )


def stand_alone(picture: Picture, drawn: Drawing, heading: str, style: str) -> str:
    """Return a map as an SVG file that needs nothing beside it; `style` is `alone_style`'s."""
    left = picture.lane_width if drawn.lanes else 0
    width, height = left + picture.width, picture.height
    lanes = f'<svg width="{left}" height="{height}">{drawn.lanes}</svg>' if drawn.lanes else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vsm" role="img" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
        f"<title>{escape(heading)}</title><desc>{escape(picture.description)}</desc>"
        f'<style>{style}</style><rect class="ground" width="100%" height="100%"/>'
        f'{lanes}<svg x="{left}" width="{picture.width:g}" height="{height:g}" '
        f'overflow="visible">{drawn.map}</svg></svg>\n'
    )


def _inside(figure: str, start: str) -> str:
    _, found, rest = figure.partition(start)
    return rest.partition(">")[2].partition("</svg>")[0] if found else ""


def _still(markup: str) -> Markup:
    """Return a drawing without what leads elsewhere or takes the focus.

    Text and attributes of others have their quotes and angle brackets escaped: what is found
    here can only be the template's own.
    """
    for name in ("href", "tabindex"):
        first, *rest = markup.split(f' {name}="')
        markup = first + "".join(part.partition('"')[2] for part in rest)
    return Markup(markup.replace("<a ", "<g ").replace("</a>", "</g>"))
