"""What a rule's examples stand for: the files that they are short for."""

from __future__ import annotations

import re
from datetime import date

from vsmdocs.analysis.blame import Blame, stale_places
from vsmdocs.analysis.lint import run
from vsmdocs.analysis.numbers import numbers
from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.reader import MapDocument, read_map

TODAY = date(2026, 11, 20)
_FILE = re.compile(r"^# (maps/\S+\.md)\n", re.MULTILINE)


def files(example: str) -> dict[str, str]:
    """Return the files that an example shows, each with what it leaves out."""
    first, *rest = _FILE.split(example)
    parts = {"maps/orders/current.md": first} if first.strip() else {}
    parts |= dict(zip(rest[::2], rest[1::2], strict=True))
    return {path: text if "---\n" in text else _whole(text) for path, text in parts.items()}


def _whole(keys: str) -> str:
    return f"---\ntitle: Orders\n{keys}---\n"


def findings(example: str) -> list[Finding]:
    """Return what is found in an example, by reading and by advice."""
    found: list[Finding] = []
    documents: list[MapDocument] = []
    for path, text in files(example).items():
        try:
            documents.append(read_map(path, text.encode()))
        except InvalidMap as invalid:
            found += invalid.findings
    return found + run(documents, TODAY, stale={d.path: stale(d) for d in documents})


def stale(document: MapDocument) -> dict[tuple[str, str], str]:
    """Return the numbers whose evidence is older than 180 days."""
    blames = {place: Blame(one, None, None) for place, one in numbers(document.map).items()}
    return stale_places(blames, document.map, TODAY, 180)
