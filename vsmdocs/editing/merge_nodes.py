"""Three outlines into one: mappings by key, steps and improvements by id, loops by their way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vsmdocs.editing.layout import entry_lines
from vsmdocs.editing.merge_flow import merge_flow
from vsmdocs.editing.merge_order import merge_order
from vsmdocs.editing.nodes import Collection, Entry, Node, Path, Scalar, plain

_IDENTITY = {"steps": ("id",), "improvements": ("id",), "rework": ("from", "to"),
             "flow": ("from", "to"), "targets": ("metric",)}  # fmt: skip
_NAMES = {"steps": "step", "improvements": "improvement", "rework": "rework", "flow": "flow",
          "targets": "target"}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """What both sides changed, each in its own way."""

    place: str
    """In the words of the map, such as `step review, wait_time`."""
    ours: str = ""
    theirs: str = ""


class Merger:
    """Merges in favour of one side where both changed the same."""

    def __init__(self, prefer_theirs: bool) -> None:
        self.prefer_theirs = prefer_theirs
        self.conflicts: list[Conflict] = []

    def root(self, base: Collection, ours: Collection, theirs: Collection) -> Collection:
        """Merge whole frontmatters."""
        return self._collection(base, ours, theirs, (), ())

    def _collection(
        self,
        base: Collection | None,
        ours: Collection,
        theirs: Collection,
        where: Path,
        label: tuple[str, ...],
    ) -> Collection:
        """Merge two collections whose entries have names that are different each."""
        if where == ("flow",) and base is not None:
            pair = merge_flow(base, ours, theirs)
            if pair is None:
                self._conflict(label, ours, theirs)
                return theirs if self.prefer_theirs else ours
            ours, theirs = pair
        before, here, there = (_named(side, where) for side in (base, ours, theirs))
        if before is None or here is None or there is None:
            self._conflict(label, ours, theirs)
            return theirs if self.prefer_theirs else ours
        merged: dict[str, Entry] = {}
        for name in dict.fromkeys([*here, *there]):
            inner: Path = (*where, name if ours.is_mapping else 0)
            own = (*label, name if ours.is_mapping else _shown(name))
            three = (before.get(name), here.get(name), there.get(name))
            found = self._entry(*three, inner, own, ours.is_mapping)
            if found is not None:
                merged[name] = found
        order = merge_order(
            list(before),
            list(here),
            list(there),
            merged.keys(),
            prefer_theirs=self.prefer_theirs,
            free=_order_is_free(where, ours),
        )
        if order.both_moved:
            self._conflict((*label, "order"), ours, theirs)
        entries = [merged[name] for name in order.names]
        tail = _three(base.tail if base else [], ours.tail, theirs.tail)
        if tail is ours.tail and list(map(id, entries)) == list(map(id, ours.entries)):
            return ours
        below = ours.below if tail is ours.tail else ()
        return replace(ours, entries=entries, tail=tail, below=below)

    def _entry(
        self,
        base: Entry | None,
        ours: Entry | None,
        theirs: Entry | None,
        where: Path,
        label: tuple[str, ...],
        pair: bool,
    ) -> Entry | None:
        was, here, there = (_text(side, where, pair) for side in (base, ours, theirs))
        if there == was or here == there:
            return ours
        if ours is None or theirs is None:
            left = ours or theirs
            if base is None or left is None:
                return left
            if plain(left.value) == plain(base.value):
                return None
            values = (ours.value if ours else None, theirs.value if theirs else None)
            self._conflict(label, *values)
            return theirs if self.prefer_theirs else ours
        value = self._value(base.value if base else None, ours.value, theirs.value, where, label)
        old = base or Entry(Scalar(""))
        lead = _three(old.lead, ours.lead, theirs.lead)
        after = _three(old.after, ours.after, theirs.after)
        note = _one_of_three(old.note, ours.note, theirs.note)
        if value is ours.value and lead is ours.lead and after is ours.after and note == ours.note:
            return ours
        above = ours.above if lead is ours.lead else None
        return replace(ours, value=value, lead=lead, note=note, after=after, above=above, source=())

    def _value(
        self, base: Node | None, ours: Node, theirs: Node, where: Path, label: tuple[str, ...]
    ) -> Node:
        was = plain(base) if base is not None else None
        here, there = plain(ours), plain(theirs)
        if isinstance(ours, Collection) and isinstance(theirs, Collection):
            alike = ours.is_mapping == theirs.is_mapping
            old = base if isinstance(base, Collection) else None
            alike = alike and (old is None or old.is_mapping == ours.is_mapping)
            named = all(_named(side, where) is not None for side in (old, ours, theirs))
            if alike and named:
                return self._collection(old, ours, theirs, where, label)
        if base is not None and here == was:
            # With the same values, comments inside may be theirs.
            sides = [_text(Entry(side), where, False) for side in (base, ours)]
            return theirs if here != there or sides[0] == sides[1] else ours
        if here == there or (base is not None and there == was):
            return ours
        self._conflict(label, ours, theirs)
        return theirs if self.prefer_theirs else ours

    def _conflict(self, label: tuple[str, ...], ours: Node | None, theirs: Node | None) -> None:
        self.conflicts.append(Conflict(_place(label), _value_text(ours), _value_text(theirs)))


def _named(node: Collection | None, where: Path) -> dict[str, Entry] | None:
    """Return entries by what tells them apart; None where that does not."""
    found: dict[str, Entry] = {}
    for entry in node.entries if node else ():
        name = entry.name if node and node.is_mapping else _name(entry, where)
        if name is None or name in found:
            return None
        found[name] = entry
    return found


def _name(entry: Entry, where: Path) -> str | None:
    names = [name for name in where if isinstance(name, str)]
    if isinstance(entry.value, Scalar):
        lists = (["flow"], ["tags"], ["steps", "wastes"], ["steps", "systems"])
        return entry.value.value if names in lists else None
    data = plain(entry.value)
    keys = _IDENTITY.get(names[0]) if len(names) == 1 else None
    if keys is None or not isinstance(data, dict) or not all(data.get(key) for key in keys):
        return None
    # A figure may have a bound on either side.
    more = [bound for bound in ("at_most", "at_least") if data.get(bound)] * (names == ["targets"])
    return "\0".join([*(str(data[key]) for key in keys), *more])


def _shown(name: str) -> str:
    return " -> ".join(part for part in name.split("\0")[:2] if part)


def _order_is_free(where: Path, node: Collection) -> bool:
    """Return whether the order of a mapping's keys says nothing."""
    return node.is_mapping and where[-1:] != ("change",)


def _text(entry: Entry | None, where: Path, pair: bool) -> tuple[Any, list[str]] | None:
    """Return what an entry says, with its comments, whatever its layout."""
    if entry is None:
        return None
    lines = entry_lines(entry, where[:-1], mapping=pair)
    return plain(entry.value), [line for line in lines if line.strip()]


def _one_of_three(base: str, ours: str, theirs: str) -> str:
    return theirs if ours == base else ours


def _three(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return comments of both sides; blank lines alone are layout, and that is ours."""
    was, here, there = (list(filter(None, lines)) for lines in (base, ours, theirs))
    if here == there or was == there:
        return ours
    if was == here:
        return theirs
    return [*ours, *(line for line in there if line not in here and line not in was)]


def _place(label: tuple[str, ...]) -> str:
    if len(label) > 1 and label[0] in _NAMES:
        parts = [
            f"{_NAMES[label[0]]} {label[1]}" if label[1] != "order" else f"order of {label[0]}"
        ]
        return ", ".join([*parts, *label[2:]])
    return ", ".join(label)


def _value_text(node: Node | None) -> str:
    if node is None:
        return "removed"
    if isinstance(node, Collection):
        return "changed"
    return node.value or "nothing"
