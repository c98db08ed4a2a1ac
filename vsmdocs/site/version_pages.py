"""The pages of single versions, and of two that lie further apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from markupsafe import Markup

from vsmdocs.language import tr
from vsmdocs.rendering.pages.compare_view import CompareView, compare_view
from vsmdocs.rendering.pages.figures import headline_figures
from vsmdocs.rendering.pages.pages import Link
from vsmdocs.rendering.pages.past_pages import PastPages
from vsmdocs.rendering.pages.past_view import (
    SHORT,
    ComparePage,
    PageLink,
    VersionEntry,
    VersionView,
)
from vsmdocs.rendering.pages.time_strip import STOPS
from vsmdocs.rendering.picture.drawing import draw, spec_of
from vsmdocs.rendering.picture.engine import lay_out
from vsmdocs.rendering.picture.layout import Layout, LayoutSpec
from vsmdocs.rendering.picture.overlay import draw_overlay, overlay_spec
from vsmdocs.rendering.picture.parts import Picture
from vsmdocs.rendering.words import state_name
from vsmdocs.site.lines import Line, date_of
from vsmdocs.site.manifest import digest
from vsmdocs.site.reuse import Reuse
from vsmdocs.site.versions import Pair, Told, Version, Versions, compare

_TOGETHER = 40
"""Versions whose pictures are laid out in one go, and kept in memory until then."""


class VersionPages:
    """Writes the pages of versions; each worker has its own."""

    def __init__(
        self, pages: PastPages, versions: Versions, engine: str, marks: Mapping[str, list[str]]
    ) -> None:
        self._pages, self._versions, self._engine, self._marks = pages, versions, engine, marks
        self._layouts: dict[str, Layout | None] = {}

    def write(
        self,
        line: Line,
        title: str,
        states: Sequence[Link],
        entry: Callable[[Line, Pair, Told], VersionEntry],
        reuse: Reuse,
    ) -> None:
        """Write a page for each version that has one, and tell in `line` what all of them did."""
        numbered = [pair for pair in line.pairs if line.href(pair)]
        places = {id(pair): place for place, pair in enumerate(numbered)}
        for start in range(0, len(line.pairs), _TOGETHER):
            some = line.pairs[start : start + _TOGETHER]
            told = self._versions.tell(some)
            line.told += told
            new = []
            for pair, one in zip(some, told, strict=True):
                place = places.get(id(pair))
                if place is None or pair.version is None:
                    continue
                is_newest = place + 1 == len(numbered)
                near = (
                    _link(numbered[place - 1]) if place else None,
                    None if is_newest else _link(numbered[place + 1]),
                    _present(line) if is_newest else None,
                )
                about = entry(line, pair, one)
                key = digest(pair.key, about, near, place, title, states)
                if not reuse.take(line.href(pair), key):
                    new.append((pair, one, near, about, key, _position(place)))
            pictures = self.draw([(pair.before, pair.version) for pair, *_ in new])
            for (pair, one, near, about, key, position), picture in zip(new, pictures, strict=True):
                view = _view(pair, one, picture, near, about, position, title)
                figure = Markup("")
                if view.compare is None and picture is not None:
                    figure = self._pages.picture(
                        picture, tr("{title}, {state}", title=title, state=about.state)
                    )
                href = line.href(pair)
                reuse.write(href, self._pages.version(view, figure, href, states), key)
            for pair in some[:-1]:
                if pair.version is not None and pair.version is not some[-1].before:
                    pair.version.release()

    def draw(self, pairs: Sequence[tuple[Version | None, Version | None]]) -> list[Picture | None]:
        """Return the picture of each version, with what changed marked in it."""
        asked: list[tuple[LayoutSpec, Callable[[Layout], Picture]]] = []
        for before, after in pairs:
            if after is None:
                raise ValueError("a picture needs a version")
            if before is None:
                stream_map, metrics = after.measured
                spec = spec_of(stream_map, metrics)
                asked.append((spec, partial(draw, stream_map, metrics, spec)))
            else:
                overlay = overlay_spec(before.measured, after.measured)
                asked.append((overlay.spec, partial(draw_overlay, overlay)))
        unknown = [spec for spec, _ in asked if spec.key not in self._layouts]
        self._layouts.update(lay_out(unknown, self._engine))
        drawn = []
        for spec, compose in asked:
            layout = self._layouts[spec.key]
            drawn.append(compose(layout) if layout is not None else None)
        return drawn

    def write_comparisons(
        self, line: Line, title: str, states: Sequence[Link], reuse: Reuse
    ) -> list[PageLink]:
        """Compare neighbouring milestones, and the first version with the newest."""
        readable = [pair for pair in line.pairs if pair.version is not None]
        marked = [pair for pair in readable if self._names(pair)]
        wanted = list(pairwise(marked))
        ends = (readable[0], readable[-1]) if len(readable) > 2 else None
        if ends and ends not in wanted:
            wanted.insert(0, ends)
        links = []
        for old, new in wanted:
            links.append(self._write_comparison(line, old, new, title, states, reuse))
            for pair in (old, new):
                if pair.version is not None:
                    pair.version.release()
        return links

    def _names(self, pair: Pair) -> list[str]:
        return self._marks.get(pair.shot.revision.commit, []) if pair.shot.revision else []

    def _write_comparison(
        self, line: Line, old: Pair, new: Pair, title: str, states: Sequence[Link],
        reuse: Reuse,
    ) -> PageLink:  # fmt: skip
        name, stream = line.history.name, line.history.stream
        ids = (_short(old), _short(new))
        href = f"streams/{stream}/compare/{name}/{ids[0]}..{ids[1]}.html"
        labels = [", ".join(self._names(pair)) or date_of(pair) for pair in (old, new)]
        if labels[0] == labels[1]:
            labels = [
                tr("{name} ({id})", name=label, id=short)
                for label, short in zip(labels, ids, strict=True)
            ]
        state = state_name(line.history.state, line.history.variant)
        span = tr("{before} to {after}", before=labels[0], after=labels[1])
        lead = tr(
            "{state}, {before} to {after}.", state=state, before=date_of(old), after=date_of(new)
        )
        ends = tuple(
            PageLink(label, line.href(pair))
            for label, pair in zip(labels, (old, new), strict=True)
            if line.href(pair)
        )
        # What was not committed has no id to be known by.
        committed = old.shot.revision and new.shot.revision
        key = digest(old.key, new.key, span, lead, ends, title, states) if committed else ""
        if not (key and reuse.take(href, key)):
            compared = self._compare(old.version, new.version, labels)
            view = ComparePage(title, span, lead, ends, compared)
            reuse.write(href, self._pages.compare(view, href, states), key)
        return PageLink(tr("{state}: {span}", state=state, span=span), href)

    def _compare(
        self, old: Version | None, new: Version | None, labels: Sequence[str]
    ) -> CompareView:
        if old is None or new is None:
            raise ValueError("a comparison needs two versions")
        (picture,) = self.draw([(old, new)])
        one = compare(old, new)
        return compare_view(
            old.measured, new.measured, picture, headline=one.headline, changes=one.changes,
            before=labels[0], after=labels[1],
        )  # fmt: skip


def _view(
    pair: Pair,
    one: Told,
    picture: Picture | None,
    near: tuple[PageLink | None, PageLink | None, PageLink | None],
    about: VersionEntry,
    position: str,
    title: str,
) -> VersionView:
    if pair.version is None:
        raise ValueError("a page needs a version")
    compared = None
    if pair.before is not None:
        compared = compare_view(
            pair.before.measured, pair.version.measured, picture,
            headline=about.headline, changes=one.changes,
        )  # fmt: skip
    all_versions = PageLink("", f"../../changelog.html#{about.anchor}")
    figures = () if compared else headline_figures(*pair.version.measured)
    stops = f"../../{about.name}{STOPS}"
    return VersionView(title, about, *near, stops, all_versions, position, compared, figures)


def _position(place: int) -> str:
    return tr("version {number}", number=f"{place + 1:,}")


def _present(line: Line) -> PageLink | None:
    """Return the way from a version's page to the map as it is now."""
    return (
        PageLink(tr("the map today"), f"../../{line.history.name}.html") if line.present else None
    )


def _link(pair: Pair) -> PageLink | None:
    """Return the way to another version's page, beside this one."""
    revision = pair.shot.revision
    return PageLink(date_of(pair), f"{revision.commit[:SHORT]}.html") if revision else None


def _short(pair: Pair) -> str:
    return pair.shot.revision.commit[:SHORT] if pair.shot.revision else "present"
