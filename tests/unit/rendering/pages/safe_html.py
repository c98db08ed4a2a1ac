"""What HTML out of a stranger's text must never hold."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from xml.etree import ElementTree

import html5lib

from vsmdocs.rendering.pages.theme import first_script

ACTIVE = {
    "script", "style", "iframe", "object", "embed", "applet", "base", "form", "input", "button",
    "frame", "frameset", "template", "img", "image", "video", "audio", "source", "picture",
    "math", "foreignobject", "animate", "set", "handler", "marquee", "textarea", "select",
}  # fmt: skip
PROSE = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "div", "html", "head", "body",
}  # fmt: skip
PROSE_ATTRIBUTES = {"href", "rel", "dir", "title", "start", "class", "tabindex"}
_XHTML = "{http://www.w3.org/1999/xhtml}"


def name_of(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def parse(html: str) -> ElementTree.Element:
    """Parse a whole page; html5lib stops at the first error of the markup."""
    parser: Any = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True)
    return parser.parse(html)  # type: ignore[no-any-return]


def check_prose(html: str) -> ElementTree.Element:
    """Fail unless this fragment is balanced and holds nothing but plain prose."""
    tree = parse(f"<!DOCTYPE html><html><head><title></title></head><body>{html}</body></html>")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            raise AssertionError(f"a comment came through: {element.text}")
        name = name_of(element)
        assert element.tag.startswith(_XHTML), f"{element.tag} came through"
        assert name in PROSE | {"title"}, f"<{name}> came through"
        for attribute, value in element.attrib.items():
            assert attribute in PROSE_ATTRIBUTES, f"{attribute}={value} came through"
        if name == "a":
            assert re.match(r"(https?://[^/\s]|mailto:\S)", element.attrib["href"], re.I)
            assert "noopener" in element.attrib["rel"]
            assert "noreferrer" in element.attrib["rel"]
        assert element.attrib.get("class", "language-").startswith("language-")
    return tree


def check_harmless(tree: ElementTree.Element) -> None:
    """Fail if a page runs, loads or styles anything but our own files."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = name_of(element)
        if name == "script":
            # The one that has to run before anything is painted is allowed by its hash alone.
            own = element.text == first_script()[0]
            assert own or not element.text, "a script stands in the page"
            assert set(element.attrib) - {"blocking"} == (set() if own else {"src", "defer"})
        elif name == "style" and element.text:
            # A page that lies nowhere in particular carries ours with it, allowed by its hash.
            digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
            policies = [e.attrib["content"] for e in tree.iter() if "http-equiv" in e.attrib]
            assert f"style-src 'sha256-{digest}';" in policies[0], "a style stands in the page"
        else:
            assert name not in ACTIVE, f"<{name}> stands in the page"
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2].lower()
            assert not plain.startswith("on"), f"{plain}={value}"
            assert plain not in ("style", "srcdoc", "srcset", "formaction", "background", "ping")
            if plain in ("href", "src", "action", "cite", "poster", "data"):
                scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", value)
                assert scheme is None or scheme[1] in ("http", "https", "mailto"), value
                if scheme and name != "a" and element.attrib.get("rel") != "canonical":
                    raise AssertionError(f"<{name}> loads {value}")
