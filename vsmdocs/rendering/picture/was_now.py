"""Two values in one short text: the old one, an arrow, the new one, as far as there is room.

They stand in drawings, which run from left to right in every language.
"""

from __future__ import annotations

import re

from vsmdocs.language import own_way, tr

_UNIT = re.compile(r"^[\u2066\u2067]?([0-9.,]+)(\u00a0\S+)$")
"""A figure; in a language from right to left it is isolated from what stands beside it."""
ARROW = "\u2192"


def was_now(was: str, now: str) -> tuple[str, ...]:
    """Return the ways to say both, longest first; the last leaves out what was.

    Nothing stands for a value that is not there.
    """
    if was == now:
        return (now,)
    if not was:
        return (f"{ARROW} {now}", now)
    if not now:
        return (own_way(tr("was {value}", value=was)), "")
    return (f"{was} {ARROW} {now}", f"{shortened(was, now)}{ARROW}{now}", now)


def shortened(was: str, now: str) -> str:
    """Return the old value without its unit where the new one has the same."""
    old, new = _UNIT.match(was), _UNIT.match(now)
    return old[1] if old and new and old[2] == new[2] else was
