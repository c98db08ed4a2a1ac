"""Two values in one short text: the old one, an arrow, the new one, as far as there is room."""

from __future__ import annotations

import re

_UNIT = re.compile(r"^([0-9.,]+)(\u00a0\S+)$")
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
        return (f"was {was}", "")
    return (f"{was} {ARROW} {now}", f"{shortened(was, now)}{ARROW}{now}", now)


def shortened(was: str, now: str) -> str:
    """Return the old value without its unit where the new one has the same."""
    old, new = _UNIT.match(was), _UNIT.match(now)
    return old[1] if old and new and old[2] == new[2] else was
