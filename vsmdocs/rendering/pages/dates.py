"""Dates for eyes and for ears: ISO on the page, and as one says it to who listens."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from vsmdocs.language import isolated, mark, tr
from vsmdocs.language import spoken as language

_ISO = re.compile(r"(?<![\w.-])(\d{4}-\d\d-\d\d)(?![\w-])")
MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"),
    mark("May"), mark("June"), mark("July"), mark("August"),
    mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip

_PLAIN = '<time datetime="{day}">{iso}</time>'
_SPOKEN = (
    '<time datetime="{day}"><span aria-hidden="true">{iso}</span>'
    '<span class="visually-hidden">{said}</span></time>'
)


@lru_cache(maxsize=4096)
def _spoken(iso: str, _: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return tr("{day} {month} {year}", day=day.day, month=tr(MONTHS[day.month - 1]), year=day.year)


def spoken(iso: str) -> str:
    """Return `30 October 2026` for `2026-10-30`, and what is no date as it is."""
    return _spoken(iso, language().code)


def dated(text: str | Markup) -> Markup:
    """Return text as markup in which every date is marked as such, with its spoken form."""
    return _marked(text, _SPOKEN, language().code)


def dated_name(text: str | Markup) -> Markup:
    """Return the same for the text of a link, whose name has to begin with what one sees of it.

    Who speaks to the browser says what stands there (WCAG 2.5.3), so that the spoken form of a
    date is not in the name; the link's title has it.
    """
    return _marked(text, _PLAIN, language().code)


def date_title(text: str) -> Markup:
    """Return a link's attribute with what `dated_name` leaves out; nothing where it has no date."""
    said = spoken_in(text)
    return Markup(' title="{}"').format(said) if said != text else Markup("")


def spoken_in(text: str) -> str:
    """Return a text that is only heard, with its dates as one says them."""
    return _ISO.sub(lambda found: spoken(found[1]), text)


# Markup is equal to the text that it holds, which is not escaped yet: types tell them apart.
@lru_cache(maxsize=8192, typed=True)
def _marked(text: str | Markup, form: str, _: str) -> Markup:
    parts = []
    for number, part in enumerate(_ISO.split(str(escape(text)))):
        said = spoken(part) if number % 2 else part
        # What only looks like a date stays text.
        shown = form.format(day=part, iso=isolated(part), said=said)
        parts.append(shown if said != part else part)
    return Markup("".join(parts))


FILTERS = {"dated": dated, "dated_name": dated_name, "date_title": date_title, "spoken": spoken_in}
"""For templates."""
