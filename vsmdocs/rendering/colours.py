"""Colours as settings write them, and whether text in one can be read on another.

Contrast is that of WCAG 2.2 (1.4.3 and 1.4.11). What is asked for is measured on the very value
that a style sheet gets, not on what it was rounded from.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from functools import lru_cache

TEXT = 4.5
"""What text needs on its ground."""
MARK = 3.0
"""What a line or shape needs beside what is around it."""
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})(?:\s*,\s*|\s+)(\d{1,3})(?:\s*,\s*|\s+)(\d{1,3})\s*\)", re.I)
_HSL = re.compile(
    r"hsl\(\s*(\d{1,3})(?:deg)?(?:\s*,\s*|\s+)(\d{1,3})%(?:\s*,\s*|\s+)(\d{1,3})%\s*\)", re.I
)
_FINEST = 256
"""How many shades there are between black and white."""


def parse_colour(text: str) -> str | None:
    """Return a colour as `#rrggbb`; None where it is written in no way that is known here."""
    if _HEX.fullmatch(text):
        digits = text[1:].lower()
        return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}"
    if match := _RGB.fullmatch(text):
        numbers = [int(part) for part in match.groups()]
        return None if max(numbers) > 255 else _hex(number / 255 for number in numbers)
    if match := _HSL.fullmatch(text):
        hue, saturation, lightness = (int(part) for part in match.groups())
        if hue > 360 or saturation > 100 or lightness > 100:
            return None
        return _hex(colorsys.hls_to_rgb(hue / 360, lightness / 100, saturation / 100))
    return None


def contrast(one: str, other: str) -> float:
    """Return how much two colours differ in luminance: 1 for none, 21 for black and white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lowest(colour: str, grounds: Iterable[str]) -> float:
    """Return the contrast with that ground on which a colour is hardest to read."""
    return min(contrast(colour, ground) for ground in grounds)


def readable(colour: str, grounds: Iterable[str], least: float = TEXT) -> str | None:
    """Return the nearest shade of a colour that has this contrast with every ground, if any has.

    It keeps its hue and saturation, and is made darker or lighter.
    """
    grounds = tuple(grounds)
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    start = round(lightness * _FINEST)
    for distance in range(_FINEST + 1):
        for shade in (start - distance, start + distance):
            if not 0 <= shade <= _FINEST:
                continue
            # The colour itself is not put through a conversion that could round it.
            found = (
                _hex(colorsys.hls_to_rgb(hue, shade / _FINEST, saturation)) if distance else colour
            )
            if lowest(found, grounds) >= least:
                return found
    return None


def mix(colour: str, other: str, part: float) -> str:
    """Return a colour with this part of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _hex(one * (1 - part) + two * part for one, two in pairs)


def difference(one: str, other: str) -> float:
    """Return how far apart two colours look: 0 for the same, 1 for black and white (OKLab)."""
    pairs = zip(_oklab(one), _oklab(other), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, c)) * 255):02x}" for c in channels)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    )
    return red, green, blue


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    # https://bottosson.github.io/posts/oklab/
    one = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    two = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    three = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * one + 0.7936177850 * two - 0.0040720468 * three,
        1.9779984951 * one - 2.4285922050 * two + 0.4505937099 * three,
        0.0259040371 * one + 0.7827717662 * two - 0.8086757660 * three,
    )
