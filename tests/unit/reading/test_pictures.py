"""Pictures of a project: their kind and size, and SVGs that can do nothing but be looked at."""

from __future__ import annotations

import json
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.reading.pictures import BadPicture, PictureInfo, read_picture

NS = 'xmlns="http://www.w3.org/2000/svg"'
HOSTILE = Path(__file__).parents[2] / "data" / "hostile-strings.json"


def svg(inside: str = "", attributes: str = "", before: str = "") -> bytes:
    return f"{before}<svg {NS} {attributes}>{inside}</svg>".encode()


def test_sizes() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 200) + b"\x08\x06"
    jpg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 20, 30) + b"\0" * 9
    webp = b"RIFF....WEBPVP8X" + b"\0" * 8 + b"\x09\0\0\x13\0\0"
    assert read_picture("a", png) == PictureInfo("png", "image/png", 640, 200)
    assert read_picture("a.svg", jpg) == PictureInfo("jpg", "image/jpeg", 30, 20)
    assert read_picture("a", webp) == PictureInfo("webp", "image/webp", 10, 20)
    assert read_picture("a.svg", svg(attributes='viewBox="0 0 12.4 9"'))[2:] == (12, 9)
    assert read_picture("a.SVG", svg(attributes='width="30px" height="20"'))[2:] == (30, 20)
    assert read_picture("a.svg", svg(attributes='width="100%" height="1e9"'))[2:] == (0, 0)


def test_what_editors_write_is_let_be() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/x" pagecolor="#fff"/>'
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        "<style>.a{fill:url(#a)}</style>"
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a" style="fill:url(#a)"/>'
    )
    doctype = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/y">'
    assert read_picture("a.svg", svg(inside, before=doctype)).suffix == "svg"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "<script> is more"),
        ("<SCRIPT/>", "<SCRIPT> is more"),
        ('<rect onload="alert(1)"/>', "runs a script"),
        ('<rect OnLoad="alert(1)"/>', "runs a script"),
        ('<a href="javascript:alert(1)"/>', "<a> is more"),
        ("<foreignObject/>", "is more than a drawing"),
        ('<image href="https://a.example/x.png"/>', "is more than a drawing"),
        ('<animate attributeName="href"/>', "is more than a drawing"),
        ('<set attributeName="onload" to="x"/>', "is more than a drawing"),
        ('<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="x"/>', "is more"),
        ('<use href="https://a.example/x.svg#a"/>', "leads out"),
        (
            '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>',
            "leads out",
        ),
        ('<rect fill="url(https://a.example)"/>', "loads something"),
        ("<rect style=\"fill:url('http://x')\"/>", "loads something"),
        ('<rect style="fill:u\\72l(http://x)"/>', "loads something"),
        ('<style>@import "https://a.example";</style>', "loads something"),
        ('<style>@im<g/>port "x";</style>', "text alone"),
        ('<g xml:base="https://a.example/"><use href="#a"/></g>', "xml:base"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "no part of an SVG"),
        ('<?xml-stylesheet href="x"?>', "is more than a drawing"),
        ("<g>" * 200 + "</g>" * 200, "too large"),
    ],
)
def test_what_is_more_than_a_drawing_is_refused_at_its_place(inside: str, words: str) -> None:
    with pytest.raises(BadPicture) as caught:
        read_picture("brand/logo.svg", svg(f"\n {inside}"))
    finding = caught.value.finding
    assert words in finding.message
    assert finding.hint
    assert (finding.path, finding.line, finding.rule) == ("brand/logo.svg", 2, "picture-content")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<html/>", b"<svg>", b"GIF89a", b"\xff\xfe<", b"<svg/>",
        b'<?xml version="1.0" encoding="utf-7"?><svg/>',
        b'<!DOCTYPE s [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE s [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><svg/>',
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadPicture):
        read_picture("a.svg", data)
    with pytest.raises(BadPicture):
        read_picture("a.txt", data)


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"RIFF....WEBPVP8L", b"<"]))
def test_any_bytes_are_a_picture_or_none(data: bytes, start: bytes) -> None:
    # Whatever else it raised would fail here.
    with suppress(BadPicture):
        assert read_picture("a.svg", start + data).mime.startswith("image/")


@pytest.mark.parametrize("text", [one["text"] for one in json.loads(HOSTILE.read_text("utf-8"))])
def test_no_script_that_strangers_think_of_comes_through(text: str) -> None:
    try:
        read_picture("a.svg", svg(text))
    except BadPicture:
        return
    # What is left holds no element but shapes: the reader stops at the first other one.
    assert "<script" not in text.lower()
