"""What a project puts in place of our own on every page: colours, a logo, words at the foot."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from vsmdocs.reading.pictures import PictureInfo
from vsmdocs.rendering.pages.theme import Assets, assets


class ShownLogo(NamedTuple):
    """A logo at the top of every page."""

    href: str
    width: int
    height: int
    theme: str
    """In which it is shown, `light` or `dark`; nothing for both."""


class Brand(NamedTuple):
    """What is a project's own on every page."""

    assets: Assets
    """Address and bytes of every file that pages have in common, by its name."""
    logos: tuple[ShownLogo, ...] = ()
    icon_type: str = "image/svg+xml"
    footer: str = ""


def make_brand(
    style: str, pictures: tuple[tuple[str, PictureInfo, bytes], ...], footer: str
) -> Brand:
    """Return a brand of more for the style sheet, and of logos by the theme they are for."""
    known = dict(assets())
    if style:
        data = known["style.css"][1] + style.encode()
        known["style.css"] = (f"assets/style.{_digest(data)}.css", data)
    logos = []
    for theme, info, data in pictures:
        href = f"assets/logo.{_digest(data)}.{info.suffix}"
        known[f"logo-{theme}"] = (href, data)
        width, height = _fitted(info)
        logos.append(ShownLogo(href, width, height, theme))
    kind = "image/svg+xml"
    if pictures:
        known["icon.svg"], kind = known[f"logo-{pictures[0][0]}"], pictures[0][1].mime
    return Brand(known, tuple(logos), kind, footer)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


_HEIGHT = 32
_WIDEST = 240


def _fitted(info: PictureInfo) -> tuple[int, int]:
    """Return a size that fits the top of a page, so that nothing moves when the logo comes."""
    width, height = info.width or _HEIGHT, info.height or _HEIGHT
    scale = min(_HEIGHT / height, _WIDEST / width)
    return max(1, round(width * scale)), max(1, round(height * scale))
