"""How wide text will be without asking a browser, and how to break it into lines.

The widths are those of a wide sans-serif (DejaVu Sans Bold, the widest of the usual default
fonts), so what fits here fits in the narrower ones as well. East Asian wide characters are
one em by definition; what is not known counts as a broad letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Advance widths of DejaVu Sans Bold in thousandths of an em, rounded up to 25.
_GROUPS = {
    300: "י",
    325: "'",
    350: " \u00a0\u202fijlון",
    375: "/IJ\\|",
    400: ",.:;·’ז",
    425: "-־",
    450: "fגנ׳",
    475: "!()[]",
    500: "_`rt–",
    525: '"*',
    575: "כ",
    600: "?cszדך",
    625: "בלר",
    650: "Lx",
    675: "akvy“”עףפץצ",
    700: "$0123456789EFTeo€£החטםסת",
    725: "SYbdghnpqu{}מ״",
    750: "CPZאק",
    775: "ABKRVXש",
    825: "GU",
    850: "#+<=>DHN^~×→−≥≤",
    875: "&OQ",
    925: "w",
    1000: "@M…—",
    1025: "%",
    1050: "m",
    1125: "W",
}
_WIDTHS = {char: width / 1000 for width, chars in _GROUPS.items() for char in chars}
_NARROW_MARKS = ("Mn", "Me", "Cf")
_OPENING = "\u2066\u2067\u2068"
"""Marks that belong to what comes after them."""
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


@lru_cache(maxsize=4_096)
def char_width(char: str) -> float:
    """Return the width of a character in em, rather too much than too little."""
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) in _NARROW_MARKS:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.02 if ord(char) < 0x1F000 else 1.4
    if "\u0300" <= char <= "\u04ff":
        return 0.85
    if "\u0590" <= char <= "\u08ff":
        return 0.8
    return 1.1


def text_width(text: str) -> float:
    """Return the width of a line in em."""
    return sum(map(char_width, text))


@lru_cache(maxsize=4_096)
def wrap(text: str, width: float, most: int) -> tuple[str, ...]:
    """Break text into at most `most` lines of `width` em; what is left ends in an ellipsis.

    Breaks at spaces other than no-break ones, after hyphens and slashes, anywhere between East
    Asian characters, and inside a word only when it is longer than a line.
    """
    lines: list[str] = []
    current = ""
    room = width
    text = _SPACES.sub(" ", text).strip()
    for piece in _pieces(text):
        needed = text_width(piece.rstrip())
        if needed <= room + 1e-9:
            current += piece
            room -= text_width(piece)
            continue
        if current.strip():
            lines.append(current.strip())
            current, room = "", width
        piece = piece.lstrip()
        while text_width(piece.rstrip()) > width:
            head = _head(piece, width)
            if head.strip():
                lines.append(head.strip())
            piece = piece[len(head) :]
        current = piece
        room = width - text_width(piece)
    if current.strip():
        lines.append(current.strip())
    if len(lines) <= most:
        return tuple(lines)
    shown = 0
    for line in lines[: most - 1]:
        shown = text.index(line, shown) + len(line)
    last = _head(text[shown:].lstrip(), width - _WIDTHS["…"])
    while last and text_width(last) + _WIDTHS["…"] > width:
        last = _drop_last(last)
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for index, char in enumerate(text):
        after = text[index + 1] if index + 1 < len(text) else ""
        marked = after and unicodedata.category(after) in _NARROW_MARKS
        joined = marked and after not in _OPENING
        wide = unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char) != "Ps"
        closing = after and unicodedata.category(after) in ("Pe", "Pf", "Po")
        if not joined and (char in " -/" or (wide and not closing)):
            pieces.append(text[start : index + 1])
            start = index + 1
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _head(text: str, width: float) -> str:
    """Return as much of a word as fits a line, at least one character with its marks."""
    total = 0.0
    for index, char in enumerate(text):
        total += char_width(char)
        if total > width and index:
            return text[:index]
    return text


def _drop_last(text: str) -> str:
    text = text[:-1]
    while text and unicodedata.category(text[-1]) in _NARROW_MARKS:
        text = text[:-1]
    return text


def is_rtl(text: str) -> bool:
    """Return whether the first strong character runs from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
