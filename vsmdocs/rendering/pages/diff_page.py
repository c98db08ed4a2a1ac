"""A comparison as one page that stands alone: no other file, no script, no address."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vsmdocs import __version__
from vsmdocs.analysis.diff import MapDiff
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.diff_rows import change_rows
from vsmdocs.rendering.diff_sentence import headline
from vsmdocs.rendering.pages.compare_view import CompareView, compare_view
from vsmdocs.rendering.pages.figures import state_label
from vsmdocs.rendering.pages.theme import Theme, assets
from vsmdocs.rendering.picture.engine import lay_out
from vsmdocs.rendering.picture.overlay import draw_overlay, overlay_spec


@dataclass(frozen=True, slots=True)
class DiffView:
    """One map that changed."""

    anchor: str
    name: str
    """No other map of the page has it."""
    headline: str
    compare: CompareView | None
    """None where the map is new or gone."""


@dataclass(frozen=True, slots=True)
class DiffPage:
    """All maps that changed, and the page's own style."""

    title: str
    views: tuple[DiffView, ...]
    unreadable: tuple[str, ...]
    """Paths of maps that could not be compared."""
    style: Markup
    style_hash: str
    """By which a browser knows that the style is the page's own."""
    version: str


def diff_html(
    diffs: Sequence[MapDiff],
    engine: str,
    title: str = "What changed",
    unreadable: Sequence[str] = (),
) -> str:
    """Return the page; pictures are laid out by the program `engine`.

    `unreadable` are the paths of maps that changed too, but could not be read.
    """
    style = assets()["style.css"][1].decode().replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    views = tuple(
        _view(number, name, one, engine)
        for number, (name, one) in enumerate(zip(_names(diffs), diffs, strict=True), 1)
    )
    page = DiffPage(title, views, tuple(unreadable), Markup(style), f"sha256-{digest}", __version__)
    return Theme().render("pages/diff.html.j2", diff=page)


def _names(diffs: Sequence[MapDiff]) -> list[str]:
    """Return what the maps are called; where titles are the same, with what tells them apart."""
    known = [_known(one) for one in diffs]
    names = [f"{one.title} ({state_label(one)})" for one in known]
    count = Counter(names)
    return [
        name if count[name] == 1 else f"{name}, {one.stream}/{one.name}"
        for name, one in zip(names, known, strict=True)
    ]


def _known(one: MapDiff) -> ValueStreamMap:
    known = one.head or one.base
    if known is None:
        raise ValueError("a comparison needs a map")
    return known


def _view(number: int, name: str, one: MapDiff, engine: str) -> DiffView:
    sentence = headline(one)
    compared = None
    if one.base and one.head and one.base_metrics and one.head_metrics:
        base, head = (one.base, one.base_metrics), (one.head, one.head_metrics)
        overlay = overlay_spec(base, head)
        layout = lay_out([overlay.spec], engine)[overlay.spec.key]
        view = compare_view(
            base,
            head,
            draw_overlay(overlay, layout) if layout else None,
            headline=sentence,
            changes=change_rows(one),
            prefix=f"map-{number}",
        )
        compared = view._replace(heading=f"{name}, before and after")
    return DiffView(f"diff-{number}", name, sentence, compared)
