"""Markdown of strangers as safe HTML: no raw HTML, no images, no links but plain web ones.

The strict preset of markdown-it-py escapes HTML but lets images load from anywhere and
allows unknown link schemes. Here a link goes to an http, https or mailto address or it is
text; images are not loaded, so that reading a site tells nobody that it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from vsmdocs.language import tr

ALLOWED = re.compile(r"(?:https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)
_DEEPEST_HEADING = 6
_MARKS = "[]*_`~<&!\\|>"
_MOST_MARKS = 5_000
_PRE = '<pre tabindex="0">'


class Renderer(RendererHTML):
    """Writes HTML: links that tell nobody where they were, code that can be scrolled."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Tell nobody where a link was followed from."""
        tokens[idx].attrSet("rel", "nofollow noopener noreferrer")
        return self.renderToken(tokens, idx, options, env)

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Let long lines of code be scrolled by keyboard."""
        return super().fence(tokens, idx, options, env).replace("<pre>", _PRE, 1)

    def code_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Do the same for code that is indented."""
        return super().code_block(tokens, idx, options, env).replace("<pre>", _PRE, 1)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show what the image is said to show, as text."""
        return str(Markup.escape(tokens[idx].content or tr("image")))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"linkify": False, "html": False}, renderer_cls=Renderer)
    parser.validateLink = lambda url: bool(ALLOWED.match(url))  # type: ignore[method-assign]
    parser.core.ruler.push("headings", _lower_headings)
    parser.core.ruler.push("direction", set_direction)
    return parser


def _lower_headings(state: Any) -> None:
    """Put headings below the page's own, from h3 on, each at most one level below the last."""
    above: list[int] = []
    tag = ""
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            tag = f"h{min(2 + len(above), _DEEPEST_HEADING)}"
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag


def set_direction(state: Any) -> None:
    """Let every block find its own writing direction."""
    for token in state.tokens:
        if token.type in ("paragraph_open", "heading_open", "list_item_open"):
            token.attrSet("dir", "auto")


def render_prose(text: str) -> Markup:
    """Return Markdown as HTML that can do nothing but be read.

    Text with more marks than prose ever has is shown as it is: looking for the ends of a
    quarter of a million open brackets takes a parser of Markdown ten seconds and more.
    """
    if is_no_prose(text):
        return as_it_is(text)
    # The renderer escapes all text; the only markup in its output is its own.
    return Markup(_parser().render(text))


def is_no_prose(text: str) -> bool:
    """Return whether text has more marks than a parser should look through."""
    return any(text.count(mark) > _MOST_MARKS for mark in _MARKS)


def as_it_is(text: str) -> Markup:
    """Return text as it was written."""
    return Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(text)
