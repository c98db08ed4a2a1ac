"""What has to be true of the markup of every page, beyond that it parses without an error.

Each function looks at one page and gives what is wrong with it, in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from tests.unit.rendering.pages.safe_html import name_of

Found = Iterator[str]
Parents = dict[Element, Element]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_REFERENCES = (
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details",
    "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns", "for", "headers", "list",
)  # fmt: skip
_NAMED_BY = ("aria-label", "aria-labelledby", "title")
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary"}
_FLOW = {
    "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset",
    "figure", "footer", "form", "header", "hr", "main", "nav", "ol", "p", "pre", "section",
    "table", "ul", *_HEADINGS,
}  # fmt: skip
_PHRASING_ONLY = {
    "abbr", "b", "bdi", "button", "cite", "code", "data", "em", "i", "kbd", "label", "mark", "p",
    "pre", "small", "span", "strong", "sub", "sup", "time", *_HEADINGS,
}  # fmt: skip
_CHILDREN = {
    "ul": {"li", "template"},
    "ol": {"li", "template"},
    "dl": {"dt", "dd", "div"},
    "tr": {"th", "td"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "select": {"option", "optgroup"},
    "picture": {"source", "img"},
}
_GLOBAL = {
    "class", "dir", "hidden", "id", "lang", "role", "tabindex", "title", "translate", "inert",
    "popover", "autofocus", "accesskey",
}  # fmt: skip
_OWN = {
    "a": {"href", "rel", "type", "download", "hreflang", "target"},
    "button": {"type", "value", "disabled", "popovertarget"},
    "data": {"value"},
    "details": {"open", "name"},
    "dialog": {"open"},
    "html": set(),
    "img": {"alt", "src", "width", "height", "loading", "decoding"},
    "input": {"type", "value", "min", "max", "step", "placeholder", "autocomplete", "name",
              "readonly", "checked", "disabled", "list", "spellcheck"},
    "label": {"for"},
    "link": {"href", "rel", "type", "sizes", "media", "as", "color"},
    "meta": {"charset", "content", "http-equiv", "name", "property"},
    "ol": {"start", "reversed"},
    "option": {"value", "selected"},
    "output": {"for"},
    "script": {"src", "defer", "async", "type", "blocking"},
    "select": {"name", "disabled"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
}  # fmt: skip


def text_of(element: Element) -> str:
    """Return the text of an element as one line."""
    return " ".join("".join(element.itertext()).split())


def named(tree: Element, *names: str) -> list[Element]:
    """Return the elements of these names, in their order."""
    return [element for element in tree.iter() if name_of(element) in names]


def problems(tree: Element) -> list[str]:
    """Return everything that is wrong with a page."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    return [
        *_head(tree), *_headings(tree), *_ids(tree), *_landmarks(tree, parents),
        *_names(tree, parents), *_tables(tree, parents), *_content(tree, parents),
        *_attributes(tree),
    ]  # fmt: skip


def _head(tree: Element) -> Found:
    (html,) = named(tree, "html")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", html.attrib.get("lang", "")):
        yield "the page says no language"
    titles = [text_of(title) for title in named(next(iter(named(tree, "head"))), "title")]
    if len(titles) != 1 or not titles[0]:
        yield f"titles: {titles}"
    metas = {e.attrib.get("name"): e.attrib.get("content", "") for e in named(tree, "meta")}
    if not metas.get("description", "").strip():
        yield "no description"
    if "width=device-width" not in metas.get("viewport", "") or re.search(
        "user-scalable|maximum-scale", metas["viewport"] or ""
    ):
        yield "the viewport is not set, or cannot be zoomed"


def _headings(tree: Element) -> Found:
    headings = named(tree, *_HEADINGS)
    levels = [int(name_of(heading)[1]) for heading in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"the headings are of levels {levels}"
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"h{level} follows h{before}"


def _ids(tree: Element) -> Found:
    ids = Counter(e.attrib["id"] for e in tree.iter() if "id" in e.attrib)
    yield from (f"the id {name} stands there {count} times" for name, count in ids.items()
                if count > 1)  # fmt: skip
    yield from (f"the id “{name}” has a space in it or is empty" for name in ids
                if not name or re.search(r"\s", name))  # fmt: skip
    for element in tree.iter():
        for attribute in _REFERENCES:
            for reference in element.attrib.get(attribute, "").split():
                if reference not in ids:
                    yield f"{_shown(element)}: {attribute} names {reference}, which is not there"


def _landmarks(tree: Element, parents: Parents) -> Found:
    mains = named(tree, "main")
    if [main.attrib.get("id") for main in mains] != ["content"]:
        yield "there is not one main with the id content"
    for name in ("header", "footer"):
        if sum(name_of(parents[e]) == "body" for e in named(tree, name)) != 1:
            yield f"there is not one {name} of the page"
    names = Counter(e.attrib.get("aria-label", "") for e in named(tree, "nav"))
    yield from (f"{count} navigations are called “{name}”" for name, count in names.items()
                if not name or count > 1)  # fmt: skip
    links = named(next(iter(named(tree, "body"))), "a")
    if named(tree, "nav") and links[0].attrib.get("href") != "#content":
        yield "the first link does not skip to the content"


def _names(tree: Element, parents: Parents) -> Found:
    for element in tree.iter():
        name, role = name_of(element), element.attrib.get("role", "")
        if _hidden(element, parents):
            continue
        if name in ("a", "button", "summary", "th", *_HEADINGS) and not _name(element):
            yield f"{_shown(element)} has no name"
        if name == "img" and "alt" not in element.attrib:
            yield f"{_shown(element)} has no alternative text"
        if role in ("img", "region", "group", "dialog", "toolbar") and not _name(element, False):
            yield f"{_shown(element)} has a role and no name"
        if name in ("input", "select", "textarea") and not _name(element, False):
            labels = {e.attrib.get("for") for e in named(tree, "label")}
            if element.attrib.get("id") not in labels and not _within(element, parents, "label"):
                yield f"{_shown(element)} has no label"
        if (
            name == "svg"
            and not _within(element, parents, "svg")
            and not any(e.attrib.get("role") == "img" or name_of(e) == "a" for e in element.iter())
        ):
            yield f"{_shown(element)} is neither hidden nor an image with a name"


def _tables(tree: Element, parents: Parents) -> Found:
    for table in named(tree, "table"):
        # What people write in Markdown can have neither.
        if _within(table, parents, "prose", by_class=True):
            continue
        if not named(table, "caption") and not any(n in table.attrib for n in _NAMED_BY[:2]):
            yield f"{_shown(table)} has neither a caption nor a name: {text_of(table)[:60]}"
        for head in named(table, "th"):
            if head.attrib.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                yield f"a th says not of what: {text_of(head)}"


def _content(tree: Element, parents: Parents) -> Found:
    for element, parent in parents.items():
        name, above = name_of(element), name_of(parent)
        if above in _CHILDREN and name not in _CHILDREN[above]:
            yield f"<{name}> in a <{above}>: {text_of(element)[:60]}"
        if name in _FLOW and above in _PHRASING_ONLY:
            yield f"<{name}> in a <{above}>: {text_of(element)[:60]}"
        if name in _INTERACTIVE:
            for outer in _INTERACTIVE - {"summary"}:
                if _within(element, parents, outer):
                    yield f"<{name}> in a <{outer}>: {text_of(element)[:60]}"
        if name == "figcaption" and (above != "figure" or element not in (parent[0], parent[-1])):
            yield f"a caption that is not at an end of its figure: {text_of(element)[:60]}"
        if name == "summary" and (above != "details" or parent[0] is not element):
            yield f"a summary that is not first in its details: {text_of(element)[:60]}"


def _attributes(tree: Element) -> Found:
    for element in tree.iter():
        if "{http://www.w3.org/2000/svg}" in str(element.tag):
            yield from (f"{_shown(element)} has {a}" for a in element.attrib
                        if a == "style" or a.startswith("on"))  # fmt: skip
            continue
        name = name_of(element)
        for attribute in element.attrib:
            if not (
                attribute in _GLOBAL
                or attribute in _OWN.get(name, ())
                or attribute.startswith(("aria-", "data-"))
            ):
                yield f"<{name}> may not have {attribute}"
        if element.attrib.get("tabindex", "0") not in ("0", "-1"):
            yield f"{_shown(element)} puts the keyboard out of order"


def _name(element: Element, content: bool = True) -> bool:
    """Whether an element has a name: said on it, as its title in SVG, or by what is in it."""
    if any(element.attrib.get(attribute, "").strip() for attribute in _NAMED_BY):
        return True
    if any(name_of(child) == "title" and text_of(child) for child in element):
        return True
    if content and text_of(element):
        return True
    return content and any(e.attrib.get("aria-label") or e.attrib.get("alt")
                           for e in element.iter())  # fmt: skip


def _hidden(element: Element, parents: Parents) -> bool:
    above: Element | None = element
    while above is not None:
        if above.attrib.get("aria-hidden") == "true":
            return True
        above = parents.get(above)
    return False


def _within(element: Element, parents: Parents, what: str, by_class: bool = False) -> bool:
    above = parents.get(element)
    while above is not None:
        found = above.attrib.get("class", "").split() if by_class else [name_of(above)]
        if what in found:
            return True
        above = parents.get(above)
    return False


def _shown(element: Element) -> str:
    words = [name_of(element), *(f"{key}={value[:60]!r}" for key, value in element.attrib.items())]
    return f"<{' '.join(words)}>"
