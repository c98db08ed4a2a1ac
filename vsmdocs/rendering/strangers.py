"""Text of people whom nothing was asked of: what git has of authors, subjects and tags."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_JOINERS = "\u200c\u200d"


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """Return a stranger's text as one line that turns nothing beside it around.

    Names and subjects out of git may hold control and direction-changing characters, which
    no map can. The joiners that some scripts are spelled with stay.
    """
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cf", "Cs") or char in _JOINERS:
            kept.append(char)
    return " ".join("".join(kept).split())
