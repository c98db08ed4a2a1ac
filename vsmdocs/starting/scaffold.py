"""The text of a new map: steps to fill in, or what another map of its stream has.

A map that is copied is laid out anew, with the comments where they were. What was found when
people walked the stream is left out of a state that is not there yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vsmdocs.editing.layout import lay_out
from vsmdocs.editing.nodes import Collection, Entry, Scalar
from vsmdocs.editing.outline import read_outline
from vsmdocs.editing.quoting import written
from vsmdocs.starting.project import fill

if TYPE_CHECKING:
    from vsmdocs.reading import MapDocument

FOUND = ("mapped_on", "review_by", "target_date", "stated_totals", "improvements")
"""Keys that are about one state only: who would walk a future, and what is tried there?"""
_HALF_A_YEAR = 182
_PROSE = {
    "current": "Write here what the numbers do not say: who walked the stream, and what "
    "surprised them.",
    "future": "Write here what is to be different from today, and what has to happen for it.",
    "ideal": "Write here what the stream would be like if nothing stood in its way.",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Which map it is to be."""

    stream: str
    state: str
    variant: str = ""

    @property
    def name(self) -> str:
        """As people type it: `current`, `future` or `future-q2`."""
        return f"{self.state}-{self.variant}" if self.variant else self.state

    @property
    def path(self) -> str:
        """Where it lies in the maps folder."""
        return f"{self.stream}/{self.name}.md"


def empty_map(identity: Identity, title: str, today: date) -> str:
    """Return a map of two steps, in which the writer is told what to put."""
    text = fill("new_map.md", title=written(title), prose=_PROSE[identity.state])
    front, body = text.removeprefix("---\n").split("\n---\n", 1)
    root = read_outline(front + "\n")
    _identify(root, identity, today)
    if identity.state == "current":
        _put(root, "mapped_on", today.isoformat())
    return _join(root, body)


def copied_map(document: MapDocument, identity: Identity, title: str | None, today: date) -> str:
    """Return another state of a map's stream that begins with what the map has.

    Evidence of single numbers goes, since nobody has measured what is not there yet, and so
    does the prose. A copy of one future for another keeps both the evidence and the date.
    """
    closing = document.body_line - 2
    front = "".join(line + "\n" for line in document.source.lines[1:closing])
    root = read_outline(front)
    planned = document.map.state != "current"
    _drop(root, [key for key in FOUND if not (planned and key == "target_date")])
    if not planned:
        steps = root.get("steps")
        for step in steps.value.entries if steps and isinstance(steps.value, Collection) else ():
            if isinstance(step.value, Collection):
                _drop(step.value, ["evidence"])
    if title is not None:
        _put(root, "title", title)
    _drop(root, ["variant"])
    _identify(root, identity, today)
    return _join(root, _PROSE[identity.state] + "\n")


def _identify(root: Collection, identity: Identity, today: date) -> None:
    """Write out what the map is, so that a rename of the file never cuts its history."""
    _put(root, "stream", identity.stream)
    _put(root, "state", identity.state)
    if identity.variant:
        _put(root, "variant", identity.variant)
    last = root.get("variant" if identity.variant else "state")
    if last is not None and identity.state == "future" and root.get("target_date") is None:
        due = today + timedelta(days=_HALF_A_YEAR)
        last.after = [*last.after, f"# target_date: {due}   when it is to be real"]


def _put(node: Collection, key: str, value: str) -> None:
    entry = node.get(key)
    if entry is None:
        node.entries.append(Entry(Scalar(value), Scalar(key)))
    else:
        entry.value, entry.source = Scalar(value), ()


def _drop(node: Collection, keys: list[str]) -> None:
    """Take entries out, with the comments that are about them."""
    node.entries = [entry for entry in node.entries if entry.name not in keys]


def _join(root: Collection, body: str) -> str:
    return "\n".join(["---", *lay_out(root), "---", body])
