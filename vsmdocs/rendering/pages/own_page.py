"""Pages of a project's own: Markdown that can lead to other pages and show the project's pictures.

All else is as in the body of a map: HTML is text, and nothing is loaded from elsewhere. What
leads nowhere is shown as text, and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from vsmdocs.language import tr
from vsmdocs.rendering.pages.prose import (
    ALLOWED,
    Renderer,
    as_it_is,
    is_no_prose,
    set_direction,
)

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_DEEPEST_HEADING = 6


class OwnPageView(NamedTuple):
    """A page of the project's own."""

    title: str
    description: str
    body: Markup
    part: str
    """The name of the part that it belongs to; nothing where it stands alone."""
    beside: tuple[PartLink, ...]
    """All pages of that part."""


class PartLink(NamedTuple):
    """A page in the list of a part."""

    name: str
    href: str
    current: bool


class Target(NamedTuple):
    """Something that a page names: a page that it leads to, or a picture that it shows."""

    written: str
    """As it is written, without percent signs."""
    line: int
    """Of the body, counted from 0."""
    picture: bool


class Place(NamedTuple):
    """Where a target is; `href` is relative to the page that names it."""

    href: str
    width: int = 0
    height: int = 0


Resolve = Callable[[Target], Place | None]


class OwnDocument:
    """The body of a page, parsed once and rendered when it is known where everything is."""

    def __init__(self, body: str, title: str, fallback: str) -> None:
        """Take the title from the first heading where none is given."""
        self._body = body
        self._tokens: list[Token] | None = None if is_no_prose(body) else _parser().parse(body)
        self.title = title or fallback
        self.anchors: dict[str, str] = {}
        """The ids of headings on the page, by what a link to them says."""
        self.description = ""
        if self._tokens is None:
            return
        self._take_title(title)
        self._lower_headings()
        self.description = next(
            (token.content for token in self._tokens if token.type == "inline"), ""
        )[:200]

    def _take_title(self, given: str) -> None:
        """Let the first heading be the title, if it is to be or says the same."""
        assert self._tokens is not None
        first = next((n for n, t in enumerate(self._tokens) if t.type == "heading_open"), None)
        if first is None:
            return
        said = _text_of(self._tokens[first + 1])
        if not given and said:
            self.title = said
        if said == self.title and first == 0:
            del self._tokens[first : first + 3]

    def _lower_headings(self) -> None:
        """Put headings below the page's own, each at most one level below the last."""
        assert self._tokens is not None
        above: list[int] = []
        tag = ""
        for number, token in enumerate(self._tokens):
            if token.type == "heading_open":
                level = int(token.tag[1])
                while above and above[-1] >= level:
                    above.pop()
                above.append(level)
                tag = f"h{min(1 + len(above), _DEEPEST_HEADING)}"
                name = _anchor(_text_of(self._tokens[number + 1]), self.anchors)
                # Apart from the ids that the page itself has.
                self.anchors[name] = f"h-{name}"
                token.attrSet("id", f"h-{name}")
            if token.type in ("heading_open", "heading_close"):
                token.tag = tag

    def targets(self) -> list[Target]:
        """Return all that the page names and that is not elsewhere on the web."""
        return [target for _, target in self._named()]

    def render(self, resolve: Resolve) -> Markup:
        """Return the page as HTML that can do nothing but be read."""
        if self._tokens is None:
            return as_it_is(self._body)
        dead: list[Token] = []
        for token, target in self._named():
            place = resolve(target)
            if place is None:
                dead.append(token)
            elif target.picture:
                token.attrs = {"src": place.href}
                if place.width:
                    token.attrs |= {"width": place.width, "height": place.height}
            else:
                token.attrs = {"href": place.href}
        for token in dead:
            token.meta["dead"] = True
        # The renderer escapes all text; the only markup in its output is its own.
        return Markup(_parser().renderer.render(self._tokens, _parser().options, {}))

    def _named(self) -> Iterator[tuple[Token, Target]]:
        line = 0
        for token in self._tokens or ():
            line = token.map[0] if token.map else line
            here = line
            for child in token.children or ():
                if child.type in ("softbreak", "hardbreak"):
                    here += 1
                elif child.type == "image":
                    yield child, Target(unquote(str(child.attrs["src"])), here, True)
                elif child.type == "link_open":
                    href = str(child.attrs["href"])
                    if not ALLOWED.match(href):
                        yield child, Target(unquote(href), here, False)


class _Renderer(Renderer):
    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        if tokens[idx].meta.get("dead"):
            return "<span>"
        if ALLOWED.match(str(tokens[idx].attrs["href"])):
            return super().link_open(tokens, idx, options, env)
        return self.renderToken(tokens, idx, options, env)

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        # Links do not nest, so the last one that was opened is the one that is closed.
        opened = next(token for token in reversed(tokens[:idx]) if token.type == "link_open")
        return "</span>" if opened.meta.get("dead") else "</a>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        alt = Markup.escape(self.renderInlineAsText(token.children, options, env))
        if token.meta.get("dead"):
            return str(alt)
        size = "".join(
            f' {key}="{token.attrs[key]}"' for key in ("width", "height") if key in token.attrs
        )
        return f'<img src="{Markup.escape(token.attrs["src"])}" alt="{alt}"{size} loading="lazy">'

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        label = Markup.escape(tr("Table"))
        return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "</table></div>\n"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"linkify": False, "html": False}, renderer_cls=_Renderer)
    parser.validateLink = lambda url: bool(  # type: ignore[method-assign]
        ALLOWED.match(url) or not _SCHEME.match(url.strip())
    )
    parser.core.ruler.push("direction", set_direction)
    return parser


def _text_of(inline: Token) -> str:
    """Return what a heading says, without its marks."""
    kinds = ("text", "code_inline")
    parts = (c.content if c.type in kinds else " " for c in inline.children or ()
             if c.type in (*kinds, "softbreak", "image"))  # fmt: skip
    return " ".join("".join(parts).split())


def _anchor(text: str, known: dict[str, Any]) -> str:
    """Return what links say to lead to a heading, as forges make it."""
    plain = unicodedata.normalize("NFC", text).lower().replace(" ", "-")
    name = "".join(sign for sign in plain if sign.isalnum() or sign in "-_")[:80] or "section"
    number, found = 0, name
    while found in known:
        number += 1
        found = f"{name}-{number}"
    return found
