"""What of a text can be written with some characters, and in which lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from typing import NamedTuple

from vsmdocs.language import mark, spoken, tr, tr_c
from vsmdocs.rendering.pages.sentences import Part
from vsmdocs.rendering.picture.textfit import wrap

# What surrounds a name must not take its direction, nor the name that of what surrounds it.
_APART, _TOGETHER = "\u2068", "\u2069"
_DIRECTIONS = "\u200e\u2066\u2067\u2068\u2069"
"""What no font has to have, since it is not drawn."""
_UNJOINED = "\u200c"
_JOINED = re.compile("f(?=[fijl])")
_MIXED, _LAST_LETTER = "\u0250", "\u1fff"
"""Letters that are not Latin; signs and punctuation come later."""
_SOMEWHERE = mark("a step")


class Run(NamedTuple):
    """A piece of a line, in one weight and colour."""

    text: str
    strong: bool


def written(text: str, known: Set[str]) -> str:
    """Return what can be written of a text: nothing, where a letter or digit of it cannot.

    Signs that are missing are left out, for a name is still the same without them.
    """
    text = unicodedata.normalize("NFC", text)
    backwards = spoken().direction == "rtl"
    for sign, word in _words(backwards).items():
        text = text.replace(f"{sign}\u00a0", word).replace(sign, word)
    unseen = _DIRECTIONS if backwards else ""
    kept = "".join(char for char in text if char in known or char.isspace() or char in unseen)
    lost = {char for char in text if char not in known and unicodedata.category(char)[0] in "LMN"}
    # A sign that shows how the one before it is drawn is nothing by itself.
    if any(not 0xFE00 <= ord(char) <= 0xFE0F and char != "\u20e3" for char in lost):
        return ""
    return " ".join(part for part in kept.split(" ") if part).strip()


def _words(backwards: bool) -> dict[str, str]:
    """Return words for the signs of the site's own that few fonts have."""
    to = tr_c("from one place to another", "to")
    least, most = tr("at least"), tr("at most")
    words = {"\u2265": f"{least} ", "\u2264": f"{most} ", "\u2192": to, "\u2212": "-"}
    return {**words, "\u2190": to} if backwards else words


def runs(
    parts: Sequence[Part], known: Set[str], width: float, most: int
) -> tuple[tuple[Run, ...], ...]:
    """Break a sentence into at most `most` lines of `width` em, names among it still marked.

    A name that cannot be written is a step like any other.
    """
    marked: list[bool] = []
    text = ""
    for part in parts:
        shown = (
            (written(part.text, known) or tr(_SOMEWHERE)) if part.strong else _plain(part, known)
        )
        text += shown
        marked += [part.strong] * len(shown)
    found, place = [], 0
    for line in wrap(text, width, most):
        whole = line.removesuffix("…")
        # Lines are made of one piece of the text each, with the spaces around them gone.
        place = max(text.find(whole, place), 0)
        found.append(_runs(line, marked[place : place + len(whole)]))
        place += len(whole)
    return tuple(found)


def _plain(part: Part, known: Set[str]) -> str:
    if part.text.isspace():
        return " "
    ends = (" " if part.text[:1] == " " else "", " " if part.text[-1:] == " " else "")
    return ends[0] + written(part.text, known) + ends[1]


def heading(line: str) -> tuple[Run, ...]:
    """Return a line of a title."""
    return (Run(_unjoined(line) if _is_mixed(line) else line, False),)


def _is_mixed(line: str) -> bool:
    return any(_MIXED <= char <= _LAST_LETTER for char in line)


def _unjoined(text: str) -> str:
    """Return a text whose letters are drawn one by one.

    Letters that one font joins are fewer than another has, and then only one of the two draws
    what it knows of a line in two scripts.
    """
    return _JOINED.sub(f"f{_UNJOINED}", text)


def _runs(line: str, marked: Sequence[bool]) -> tuple[Run, ...]:
    mixed = _is_mixed(line)
    pieces: list[Run] = []
    for place, char in enumerate(line):
        strong = marked[min(place, len(marked) - 1)] if marked else False
        if pieces and pieces[-1].strong == strong:
            pieces[-1] = Run(pieces[-1].text + char, strong)
        else:
            pieces.append(Run(char, strong))
    if mixed:
        pieces = [Run(_unjoined(run.text), run.strong) for run in pieces]
    return tuple(
        Run(f"{_APART}{run.text}{_TOGETHER}", True) if run.strong else run for run in pieces
    )
