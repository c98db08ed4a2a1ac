"""A colour in both themes; apart from what measures it, which few runs need."""

from __future__ import annotations

from typing import NamedTuple


class Shades(NamedTuple):
    """A colour in both themes, as `#rrggbb`; nothing where it is not said."""

    light: str = ""
    dark: str = ""
    follows: bool = False
    """Whether the dark one is to be made of the light one."""
