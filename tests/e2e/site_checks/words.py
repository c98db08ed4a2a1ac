"""What pages say: dates that are marked as such, and pictures whose content stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from tests.e2e.site_checks.markup import named, text_of
from tests.unit.rendering.pages.safe_html import name_of
from vsmdocs.rendering.pages.dates import spoken

_ISO = re.compile(r"(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-])")
# What people wrote, and what stands there as it stands in a file, is left as it is.
_AS_WRITTEN = {"prose", "mono", "source", "version-subject", "as-written"}
_NO_TEXT = {"svg", "pre", "code", "title", "script", "style", "time"}


def unmarked_dates(tree: Element) -> Iterator[str]:
    """Give the texts of a page with a date that nothing marks."""
    body = next(iter(named(tree, "body")))
    for element, text in _texts(body):
        if found := _ISO.search(text):
            shown = " ".join(text.split())
            at = max(shown.find(found[0]) - 40, 0)
            yield f"<{name_of(element)} class={element.attrib.get('class')}> {shown[at : at + 80]}"


def silent_dates(tree: Element) -> Iterator[str]:
    """Give what is wrong with the marked dates: each is a day, shown in ISO, and can be heard."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    for time in named(tree, "time"):
        at, shown = time.attrib.get("datetime", ""), text_of(time)
        try:
            day = date.fromisoformat(at[:10])
        except ValueError:
            yield f"“{at}” is no day: {shown}"
            continue
        said = f"{day.isoformat()}{spoken(day.isoformat())}"
        link = _link_around(time, parents)
        if link is not None:
            # Its name has to begin with what one sees of it.
            if spoken(day.isoformat()) not in link.attrib.get("title", ""):
                yield f"the link “{text_of(link)}” does not say {spoken(day.isoformat())}"
        elif shown != said:
            yield f"{shown} is heard as it stands"


def pictures_alone(tree: Element) -> Iterator[str]:
    """Give the pictures that have no table or list beside them with what they show."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    for image in tree.iter():
        if image.attrib.get("role") != "img" or not _is_drawing(image, parents):
            continue
        around: Element | None = image
        while around is not None and name_of(around) not in ("figure", "section", "main"):
            around = parents.get(around)
        while around is not None and name_of(around) != "main" and not _lists(around):
            around = parents.get(around)
        if around is None or not _lists(around):
            yield f"{image.attrib.get('aria-label') or image.attrib.get('aria-labelledby')}"


def _is_drawing(image: Element, parents: dict[Element, Element]) -> bool:
    """Whether it is a drawing of many marks, and not a sign or a line in a text."""
    svg: Element | None = image
    while svg is not None and name_of(svg) != "svg":
        svg = parents.get(svg)
    return svg is not None and sum(name_of(e) == "text" for e in svg.iter()) > 3


def _lists(around: Element) -> bool:
    return any(len(named(e, "tr", "li", "dd")) > 0 for e in named(around, "table", "ol", "dl", "ul")
               if "legend" not in e.attrib.get("class", ""))  # fmt: skip


def _link_around(element: Element, parents: dict[Element, Element]) -> Element | None:
    above = parents.get(element)
    while above is not None and name_of(above) != "a":
        above = parents.get(above)
    return above


def _texts(element: Element) -> Iterator[tuple[Element, str]]:
    """Give every text below an element with the element that it stands in."""
    yield element, element.text or ""
    for child in element:
        classes = set(child.attrib.get("class", "").split())
        if name_of(child) not in _NO_TEXT and not classes & _AS_WRITTEN:
            yield from _texts(child)
        yield element, child.tail or ""
