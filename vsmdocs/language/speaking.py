"""The language that is spoken now, and texts in it.

A build speaks one language from its beginning to its end, and so do the workers that it forks:
what is spoken belongs to the process. Whatever remembers texts has to remember the language too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup, escape

from vsmdocs.language import languages
from vsmdocs.language.languages import ENGLISH, LANGUAGES, Language

if TYPE_CHECKING:
    from gettext import NullTranslations

Value = TypeVar("Value")

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _AS_IT_IS, _END = "\u2066", "\u2067", "\u2068", "\u2069"
_SIGN = "\u200e"
_ISOLATED = (_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _AS_IT_IS)


class _Now:
    """What is spoken."""

    language: Language = ENGLISH
    catalogue: NullTranslations | None = None
    """None for English, which is what the texts are written in."""
    backwards: bool = False
    """Whether it is written from right to left."""


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language, one of `LANGUAGES`, until the end of a block."""
    before = _Now.language, _Now.catalogue, _Now.backwards
    language = LANGUAGES[code]
    _Now.catalogue = languages.catalogue_of(language) if language is not ENGLISH else None
    _Now.language, _Now.backwards = language, language.direction == "rtl"
    try:
        yield
    finally:
        _Now.language, _Now.catalogue, _Now.backwards = before


def spoken() -> Language:
    """Return the language that is spoken."""
    return _Now.language


def catalogue() -> NullTranslations | None:
    """Return its catalogue; None for English, in which the texts are written."""
    return _Now.catalogue


# --- texts ------------------------------------------------------------------------


def mark(message: str, /) -> str:
    """Return a text as it is; marks a constant that `tr` is given where it is used."""
    return message


def tr(message: str, /, **values: object) -> str:
    """Return a text, with its `{names}` filled in."""
    said = message if _Now.catalogue is None else _Now.catalogue.gettext(message)
    return _filled(said, values) if values else said


def tr_c(context: str, message: str, /, **values: object) -> str:
    """Return a text that other languages say otherwise elsewhere: `context` says what it is."""
    said = message if _Now.catalogue is None else _Now.catalogue.pgettext(context, message)
    return _filled(said, values) if values else said


def tr_n(one: str, many: str, n: float, /, **values: object) -> str:
    """Return the text for a number, as which `{n}` is filled in unless `values` have another."""
    if _Now.catalogue is None:
        said = one if n == 1 else many
    else:
        # Catalogues choose by whole numbers, and what is no whole number is many.
        said = _Now.catalogue.ngettext(one, many, int(n) if n == int(n) else 2)
    values.setdefault("n", n if isinstance(n, int) else f"{n:g}")
    return _filled(said, values)


def tr_m(message: str, /, **values: object) -> Markup:
    """Return a text as markup: values that are markup stay so, and all else is escaped."""
    said = message if _Now.catalogue is None else _Now.catalogue.gettext(message)
    found: list[str] = []
    for literal, name in _cut(said):
        found.append(literal)
        if name is not None:
            value = values[name]
            if type(value) is Markup:
                found.append(value)
            elif _Now.backwards and type(value) is str:
                found.append(f"<bdi>{escape(value)}</bdi>")
            else:
                found.append(escape(value))
    return Markup("".join(found))


@lru_cache(maxsize=4096)
def _cut(said: str) -> tuple[tuple[str, str | None], ...]:
    # Markup's own `format` does this anew each time, for tens of thousands of rows.
    return tuple((str(escape(text)), name) for text, name, _, _ in Formatter().parse(said))


def tr_parts(message: str, /, **values: Value) -> tuple[str | Value, ...]:
    """Return a text in order: what is ours as text, and between it the values as they are."""
    said = message if _Now.catalogue is None else _Now.catalogue.gettext(message)
    found: list[str | Value] = []
    for literal, name, _, _ in Formatter().parse(said):
        if literal:
            found.append(literal)
        if name is not None:
            found.append(values[name])
    return tuple(found)


def _filled(said: str, values: dict[str, Any]) -> str:
    if _Now.backwards:
        values = {name: apart(value) for name, value in values.items()}
    return said.format(**values)


# --- from right to left --------------------------------------------------------------


def apart(value: object) -> object:
    """Return a value so that its own direction does not mix with that of the text around it."""
    if not isinstance(value, str) or not value or value.startswith(_ISOLATED):
        return value
    return f"{_AS_IT_IS}{value}{_END}"


def digest() -> bytes:
    """Return what changes whenever the texts of the language that is spoken do."""
    return languages.digest_of(_Now.language)


def own_way(words: str) -> str:
    """Return words of this language so that they read its way inside a drawing that does not."""
    return f"{_RIGHT_TO_LEFT}{words}{_END}" if _Now.backwards else words


def isolated(figure: str) -> str:
    """Return a figure so that it reads from left to right, as figures do in every language."""
    return f"{_LEFT_TO_RIGHT}{figure}{_END}" if _Now.backwards else figure


def signed(sign: str, size: str) -> str:
    """Return a size with its sign before it, where a language from right to left has it too."""
    if not (sign and _Now.backwards):
        return sign + size
    if size.startswith(_ISOLATED):
        # The sign belongs to the number, which is the first of what is isolated.
        return f"{size[0]}{_SIGN}{sign}{size[1:]}"
    return f"{_SIGN}{sign}{size}"
