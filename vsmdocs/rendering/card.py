"""What a link to the site looks like where it is shared: a picture of 1200 by 630 pixels.

It is drawn as an SVG and made into a PNG by resvg, in this process and with the fonts that come
along, so that it is the same wherever it is built. A character that those fonts do not have is
never drawn: a name that cannot be written gives way to one that can, or to none.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from vsmdocs.language import own_way, spoken
from vsmdocs.rendering.card_text import Run, heading, runs, written
from vsmdocs.rendering.pages.sentences import Part
from vsmdocs.rendering.pages.theme import templates_folder
from vsmdocs.rendering.picture.mini import MiniBox, MiniPicture
from vsmdocs.rendering.picture.textfit import is_rtl, text_width, wrap

WIDTH, HEIGHT = 1200, 630
FAMILY = "Noto Sans"
LEFT, RIGHT = 72, WIDTH - 72
_BOXES = (620, 372, RIGHT - 620, 194)
"""Where the shape of the map is: left, top, and room; figures stand on the other side."""
_COLOURS = {"mini-worst": "--wait-bar", "mini-path": "--flow", "mini-rest": "--line-strong"}
_STRONG = {"wait": "--wait", "loop": "--rework", "step": "--flow"}
_NARROWER = 1.08
"""How much more of the fonts that come along fits than of the widest of fonts."""


class CardFigure(NamedTuple):
    """A figure at the foot of a card."""

    label: str
    value: str


class Line(NamedTuple):
    """A line of text; one that runs from right to left ends at the right edge."""

    y: int
    runs: tuple[Run, ...]
    x: int
    anchor: str


class Placed(NamedTuple):
    """A figure in its place."""

    x: int
    label: str
    value: str
    size: int
    """Of the value, which is smaller where it would run into its neighbour."""


class Block(NamedTuple):
    """A step of the map as a block of colour."""

    x: float
    y: float
    width: float
    height: float
    fill: str


class CardView(NamedTuple):
    """A card, ready to be drawn."""

    brand: str
    title: tuple[Line, ...]
    title_size: int
    sentence: tuple[Line, ...]
    figures: tuple[Placed, ...]
    blocks: tuple[Block, ...]
    strong: str
    colours: dict[str, str]
    backwards: bool = False
    """Whether it is read from right to left, and so begins at the right edge."""


def card_view(
    *,
    brand: str,
    titles: Sequence[str],
    kind: str,
    sentence: Sequence[Part],
    figures: Sequence[CardFigure],
    mini: MiniPicture | None,
    tokens: Mapping[str, str],
) -> CardView:
    """Bring a stream or a site onto a card.

    The first of `titles` that can be written is taken; `kind` is that of the answer, which
    colours it.
    """
    known, backwards = characters(), spoken().direction == "rtl"
    title = next((text for text in (written(one, known) for one in titles) if text), "")
    size = 64 if len(wrap(title, (RIGHT - LEFT) / 64 * _NARROWER, 9)) < 2 else 52
    lines = wrap(title, (RIGHT - LEFT) / size * _NARROWER, 2)
    first = 176 if len(lines) < 2 else 160
    titled = tuple(
        _line(first + number * 62, heading(text), backwards or is_rtl(title))
        for number, text in enumerate(lines)
    )
    below = first + 62 * max(len(lines) - 1, 0) + 76
    said = runs(sentence, known, (RIGHT - LEFT) / 32 * _NARROWER, 3 if len(lines) < 2 else 2)
    return CardView(
        written(brand, known),
        titled,
        size,
        tuple(
            _line(below + number * 44, _own_way(line), backwards)
            for number, line in enumerate(said)
        ),
        tuple(_placed(figures, known, backwards)),
        tuple(_blocks(mini, tokens)) if mini else (),
        tokens[_STRONG.get(kind, "--ink")],
        {name[2:].replace("-", "_"): value for name, value in tokens.items()},
        backwards,
    )


def _line(y: int, parts: tuple[Run, ...], backwards: bool) -> Line:
    return Line(y, parts, RIGHT, "end") if backwards else Line(y, parts, LEFT, "start")


def _placed(figures: Sequence[CardFigure], known: Set[str], backwards: bool) -> Iterator[Placed]:
    for number, figure in enumerate(figures):
        x = RIGHT - number * 290 if backwards else LEFT + number * 290
        label, value = written(figure.label, known), written(figure.value, known)
        width = max(text_width(value), 1) / _NARROWER
        size = min(50, int(560 / len(figures) / width))
        yield Placed(x, own_way(label), own_way(value), size)


def _own_way(parts: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return a line so that all of it reads the way of the language."""
    begin, _, end = own_way(" ").partition(" ")
    return (Run(begin, False), *parts, Run(end, False)) if begin else parts


def _blocks(mini: MiniPicture, tokens: Mapping[str, str]) -> Iterator[Block]:
    left, top, width, height = _BOXES
    backwards = spoken().direction == "rtl"
    scale = min(width / mini.width, height / mini.height)
    # A shape that does not fill its room lies at the end and in the middle of it.
    x = WIDTH - RIGHT if backwards else left + width - mini.width * scale
    y = top + (height - mini.height * scale) / 2
    for box in mini.boxes:
        yield _block(box, x, y, scale, tokens)


def _block(box: MiniBox, x: float, y: float, scale: float, tokens: Mapping[str, str]) -> Block:
    return Block(
        round(x + box.x * scale, 1),
        round(y + box.y * scale, 1),
        # A map of a hundred steps is still seen to have them.
        round(max(box.width * scale, 2.0), 1),
        round(max(box.height * scale, 2.0), 1),
        tokens[_COLOURS[box.tone]],
    )


# --- fonts, and from a drawing to a picture ------------------------------------------------


def can_draw() -> bool:
    """Return whether cards can be made here."""
    return find_spec("resvg_py") is not None and bool(_fonts())


def drawn_with() -> str:
    """Return what a card's bytes depend on beside its drawing."""
    import resvg_py

    contents = (hashlib.sha256(path.read_bytes()).hexdigest() for path in _fonts())
    return " ".join((resvg_py.__version__, *contents))


def to_png(svg: str) -> bytes:
    """Return a drawing as a PNG file."""
    # Only sites that know their address have cards.
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(path) for path in _fonts()],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


@lru_cache(maxsize=1)
def _fonts() -> tuple[Path, ...]:
    return tuple(sorted((templates_folder() / "fonts").glob("*.ttf")))


@lru_cache(maxsize=1)
def characters() -> frozenset[str]:
    """Return what can be written with the fonts that come along."""
    return frozenset(chr(code) for path in _fonts() for code in _codes(path.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    """Yield the characters of a font: those in the segments of its `cmap` of format 4."""
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            offset = start + struct.unpack_from(">I", font, start + 8)[0]
            count = struct.unpack_from(">H", font, offset + 6)[0] // 2
            ends = struct.unpack_from(f">{count}H", font, offset + 14)
            begins = struct.unpack_from(f">{count}H", font, offset + 16 + 2 * count)
            for begin, end in zip(begins, ends, strict=True):
                yield from range(begin, min(end, 0xFFFE) + 1)
