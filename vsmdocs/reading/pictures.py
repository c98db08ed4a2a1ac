"""Pictures that a project brings along: which kinds are shown, how large, and that none can act.

A browser runs nothing in a picture that a page shows, but whoever opens its address opens a
document. So an SVG may hold shapes and text and nothing else: no script, no link, nothing from
elsewhere. It is checked and never rewritten, so that what is published is what was committed.
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple
from xml.parsers import expat

from vsmdocs.errors import Finding

MOST_BYTES = 2_000_000
SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# fmt: off
_SHAPES = frozenset((
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "textPath", "title", "desc", "defs", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern", "symbol", "use", "marker", "style", "metadata", "switch",
    "view", "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feMerge", "feMergeNode", "feMorphology", "feOffset", "feTile", "feTurbulence",
))
# fmt: on
_DEEPEST = 100
_MOST_ELEMENTS = 20_000
_ELSEWHERE = re.compile(
    r"url\(\s*(?!['\"]?#)|@import|image-set|expression\(|javascript:|\\", re.IGNORECASE
)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")


class PictureInfo(NamedTuple):
    """What a page has to know of a picture."""

    suffix: str
    """Of the file on the site, by what is in it and not by what it is called."""
    mime: str
    width: int
    """In pixels; 0 where the picture does not say."""
    height: int


class BadPicture(Exception):
    """A picture that is not shown; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_picture(path: str, data: bytes) -> PictureInfo:
    """Return what a picture is, or raise `BadPicture`."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return PictureInfo("png", "image/png", *_sane(width, height))
    if data.startswith(b"\xff\xd8\xff"):
        return PictureInfo("jpg", "image/jpeg", *_sane(*_jpeg_size(data)))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PictureInfo("webp", "image/webp", *_sane(*_webp_size(data)))
    if path.lower().endswith(".svg"):
        return _Svg(path, data).read()
    raise BadPicture(
        Finding(
            path, 0, 0, "picture-content", "error",
            "this is no picture that can be shown", "take an SVG, PNG, JPEG or WebP",
        )
    )  # fmt: skip


def _sane(width: int, height: int) -> tuple[int, int]:
    fits = 0 < width <= 100_000 and 0 < height <= 100_000
    return (width, height) if fits else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return 0, 0


def _webp_size(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


class _Svg:
    """Reads an SVG, and stops at the first thing that is more than a drawing."""

    def __init__(self, path: str, data: bytes) -> None:
        self._path, self._data = path, data
        self._depth = self._count = 0
        self._size = (0, 0)
        self._style: list[str] | None = None
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction

    def read(self) -> PictureInfo:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code) or "it cannot be read"
            raise self._bad(f"this is not XML: {said}", "export the picture again") from None
        except (ValueError, LookupError):
            raise self._bad("this encoding is not known", "save it as UTF-8") from None
        return PictureInfo("svg", "image/svg+xml", *self._size)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise self._bad("this picture is too large to be looked through", "simplify it")
        if self._count == 1 and (space, name) != (_SVG, "svg"):
            raise self._bad("this is no SVG", f'begin with <svg xmlns="{_SVG}">')
        if self._style is not None:
            raise self._bad("a <style> holds text alone", "take the element out of it")
        if space == _SVG and name not in _SHAPES:
            raise self._bad(f"<{name[:40]}> is more than a drawing", "take it out of the picture")
        if space.startswith("http://www.w3.org/") and space not in (_SVG, _RDF):
            raise self._bad(f"<{name[:40]}> is no part of an SVG", "take it out of the picture")
        if self._count == 1:
            self._size = _svg_size(attributes)
        for key, value in attributes.items():
            self._attribute(*key.rpartition(" ")[::2], value)
        self._style = [] if (space, name) == (_SVG, "style") else None

    def _attribute(self, space: str, name: str, value: str) -> None:
        shown = name[:40]
        if name.lower().startswith("on"):
            raise self._bad(f"the attribute {shown} runs a script", "take it out of the picture")
        if (space, name) == (_XML, "base"):
            raise self._bad("xml:base leads out of the picture", "take it out of the picture")
        if name.lower() in ("href", "src") and space in ("", _XLINK):
            if not value.startswith("#"):
                hint = "a picture leads nowhere and loads nothing: use shapes of its own, as #id"
                raise self._bad(f"{shown} leads out of the picture", hint)
        elif space in ("", _SVG, _XLINK, _XML) and _ELSEWHERE.search(value):
            raise self._bad(f"the attribute {shown} loads something", "take it out of the picture")

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._style is not None and _ELSEWHERE.search("".join(self._style)):
            raise self._bad("this <style> loads something", "take that out of the picture")
        self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _doctype(self, *_: object) -> None:
        # Editors write one without anything in it; entities are how a short file grows.
        self._parser.EntityDeclHandler = self._entity

    def _entity(self, *_: object) -> None:
        raise self._bad("an SVG that declares entities is not shown", "export it without")

    def _instruction(self, target: str, _: str) -> None:
        raise self._bad(f"<?{target[:40]}?> is more than a drawing", "take it out of the picture")

    def _bad(self, message: str, hint: str) -> BadPicture:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        lines = self._data.decode("utf-8", "replace").split("\n")
        source = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
        place = (line, column) if column <= len(source) + 1 else (line, 1)
        return BadPicture(
            Finding(
                self._path, *place, "picture-content", "error", message, hint,
                place[1] + 1, source[:2_000],
            )
        )  # fmt: skip


def _svg_size(attributes: dict[str, str]) -> tuple[int, int]:
    lengths = [_LENGTH.fullmatch(attributes.get(key, "")) for key in ("width", "height")]
    if all(lengths):
        return _sane(*(round(float(match[1])) for match in lengths if match))
    box = attributes.get("viewBox", "").replace(",", " ").split()
    numbers = [match for part in box[2:4] if (match := _LENGTH.fullmatch(part))]
    if len(numbers) == 2:
        return _sane(*(round(float(match[1])) for match in numbers))
    return 0, 0
