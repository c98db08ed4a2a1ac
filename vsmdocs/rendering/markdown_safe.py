"""Text as GitHub-flavoured Markdown that is text there and nothing else.

What people wrote stands in code spans: there nothing is a mention, a link, a picture, a
reference, a formula or markup of any kind, whatever it holds. Our own words stand plain, but
only while they look like ours; so even words that come back to us in a file of somebody
else's can make nothing. A log of GitHub Actions obeys `##[x]` anywhere in a line, so that is
never written, not even in code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from vsmdocs.rendering.diff_values import Piece

_BACKTICKS = re.compile(r"`+")
_PIPE = re.compile(r"(\\*)\|")
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U000e0000-\U000e0fff]"
)
"""What shows nothing although its category says otherwise."""
_OURS = re.compile(r"(?:[A-Za-z0-9 \u00a0()%&+−;:,.→’…<>-]|(?<=[0-9])/(?=[a-z]))*")
_TELLING = re.compile(r"[0-9A-Fa-f]{7,}|[A-Za-z][-.]?[0-9]|[.:][A-Za-z]|www|--|[A-Za-z]-[A-Z]")
"""What GitHub makes something of without any sign: commits, GH-1, JIRA-1, addresses."""


def cell(pieces: Iterable[Piece]) -> str:
    """Return a sentence in pieces for a line or a cell.

    Neighbours are looked at together: what is harmless in two halves need not be as a whole,
    and two code spans side by side are read as one with other ends.
    """
    shown = [piece for piece in pieces if not piece.said or code(piece.text)]
    told = ""
    for said, run in groupby(shown, lambda piece: piece.said):
        texts = [piece.text for piece in run]
        for part in [code(text) for text in texts] if said else [ours("".join(texts))]:
            told += f" {part}" if told.endswith("`") and part.startswith("`") else part
    return told


def row(*cells: str) -> str:
    """Return one row of a table from cells that are Markdown already."""
    return f"| {' | '.join(cells)} |"


def ours(text: str) -> str:
    """Return words of our own as they are, and what cannot be any as code."""
    if _OURS.fullmatch(text) is None or _TELLING.search(text):
        return code(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    """Return text of anyone's as a code span that holds in a table as well.

    A table ends its cell at a bar even in code, unless a backslash stands before it; whether
    that one is itself escaped is read in two ways, so backslashes are kept apart from bars.
    """
    line = " ".join("".join(_visible(character) for character in text).split())
    if not line:
        return ""
    line = line.replace("##[", "## [")
    line = _PIPE.sub(lambda match: f"{match[1]} \\|" if match[1] else "\\|", line)
    longest = max((len(run) for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest and "`" in (line[0], line[-1]) else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _visible(character: str) -> str:
    """Return a character; one that nobody could see, or that turns text around, as its number."""
    category = unicodedata.category(character)
    if category in ("Cf", "Cs") or character == "\0" or _INVISIBLE.match(character):
        return f"U+{ord(character):04X}"
    return " " if category in ("Cc", "Zl", "Zp") else character
