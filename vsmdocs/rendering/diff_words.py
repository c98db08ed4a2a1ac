"""What changed in a map, in words: one description a change, in pieces.

A piece says whether people wrote it into a map. Each format decides how such text becomes
harmless there; everything else is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple

from vsmdocs.analysis.diff import Change, MapDiff
from vsmdocs.language import mark, tr, tr_n, tr_parts
from vsmdocs.model.stream import Rework, Step
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.diff_values import (
    Part,
    Piece,
    said,
    shown_pair,
    shown_value,
    told,
    way,
)
from vsmdocs.rendering.pages.figures import number_name
from vsmdocs.rendering.quantities import format_hours, format_percent

_TIMES = ("wait_time", "process_time", "lead_time")


class Description(NamedTuple):
    """What a change is, without its effect."""

    label: str
    """What kind of change it is."""
    place: tuple[Piece, ...]
    """What changed."""
    text: tuple[Piece, ...]
    """How."""


class Words(NamedTuple):
    """What the words of a change are about: the names of steps, and the working days."""

    names: Mapping[str, str]
    calendars: tuple[Calendar, Calendar]
    """Before and after."""
    improvements: Mapping[str, str]

    @classmethod
    def of(cls, found: MapDiff) -> Words:
        """Return the words for the changes between two maps."""
        maps = [stream_map for stream_map in (found.base, found.head) if stream_map is not None]
        return cls(
            {step.id: step.title for stream_map in maps for step in stream_map.steps},
            (maps[0].calendar, maps[-1].calendar),
            {item.id: item.title for stream_map in maps for item in stream_map.improvements},
        )

    def step(self, name: str | None) -> Piece:
        """Return what a step is called."""
        return said(self.names.get(name or "", name or "")) if name else Piece(tr("the start"))


def describe(change: Change, words: Words) -> Description:
    """Return what the change is, without its effect."""
    place, text = _DESCRIBE[change.kind](change, words)
    return Description(label_of(change.kind), tuple(place), tuple(text))


def label_of(kind: str) -> str:
    """Return what a kind of change is called."""
    return tr(_LABELS[kind]) if kind in _LABELS else kind


_LABELS = {
    "added": mark("added"),
    "removed": mark("removed"),
    "changed": mark("changed"),
    "renamed": mark("renamed"),
    "moved": mark("moved"),
    "rewired": mark("rewired"),
    "loop-added": mark("rework added"),
    "loop-removed": mark("rework removed"),
    "loop-changed": mark("rework changed"),
    "improvement-begun": mark("improvement begun"),
    "improvement-adopted": mark("improvement adopted"),
    "improvement-rejected": mark("improvement rejected"),
    "improvement-changed": mark("improvement changed"),
    "improvement-removed": mark("improvement removed"),
    "map-changed": mark("map changed"),
    "prose": mark("prose"),
}
Pieces = Iterable[Piece]
_Said = tuple[Pieces, Pieces]


def _added(change: Change, words: Words) -> _Said:
    placed = change.after
    where = _where(placed.place.after, words)
    return (said(placed.step.title),), (*where, *_numbers(placed.step, words.calendars[1]))


def _removed(change: Change, words: Words) -> _Said:
    placed = change.before
    where = told(tr_parts("was {place}", place=_where(placed.place.after, words)))
    return (said(placed.step.title),), (*where, *_numbers(placed.step, words.calendars[0]))


def _where(lead: str | None, words: Words) -> tuple[Piece, ...]:
    if lead is None:
        return (Piece(tr("first")),)
    return told(tr_parts("after {step}", step=words.step(lead)))


def _numbers(step: Step, calendar: Calendar) -> Pieces:
    """Yield what is stated of a step that comes or goes."""
    for field in (*_TIMES, "complete_accurate"):
        value = getattr(step, field)
        if value is not None:
            shown = shown_value(field, value, calendar)
            number: Part = tr_parts("{number} {value}", number=number_name(field), value=shown)
            yield from told((", ", number))


def _changed(change: Change, words: Words) -> _Said:
    place = (words.step(change.step),)
    if change.field != "times":
        return place, _from_to(change.field or "", change.before, change.after, words)
    parts: list[Piece] = []
    for field in _TIMES:
        key = field.removesuffix("_time")
        before, after = (getattr(side.hours, key) for side in (change.before, change.after))
        texts = [format_hours(hours, words.calendars[side])
                 for side, hours in enumerate((before, after))]  # fmt: skip
        if texts[0] != texts[1]:
            lead = ", " if parts else ""
            text = tr("{number} from {before} to {after}",
                      number=number_name(field), before=texts[0], after=texts[1])  # fmt: skip
            parts.append(Piece(lead + text))
    return place, parts or (Piece(tr("times are stated as a range, or no longer so")),)


def _from_to(field: str, before: Any, after: Any, words: Words) -> Pieces:
    one, other = shown_pair(field, (before, after), words.calendars)
    return told(
        tr_parts("{number} from {before} to {after}",
                 number=number_name(field), before=one, after=other)
    )  # fmt: skip


def _renamed(change: Change, words: Words) -> _Said:
    before, after = said(change.before), said(change.after)
    text = tr_parts("id from {before} to {after}", before=before, after=after)
    return (words.step(change.step),), told(text)


def _moved(change: Change, words: Words) -> _Said:
    there, here = (_where(place.after, words) for place in (change.after, change.before))
    return (words.step(change.step),), told(tr_parts("{now}, was {before}", now=there, before=here))


def _rewired(change: Change, words: Words) -> _Said:
    if change.field == "share":
        before, after = dict(change.before.options), dict(change.after.options)
        text: list[Piece] = []
        for step, share in after.items():
            shares = {"before": format_percent(before[step]), "after": format_percent(share)}
            parts: tuple[Part, ...] = tr_parts(
                "{step} from {before} to {after}", step=words.step(step), **shares
            )
            text += [Piece(", " if text else ""), *told(parts)]
        sources: list[Part] = [words.step(source or None) for source in change.after.sources]
        every = reduce(
            lambda one, more: tr_parts("{one} and {other}", one=one, other=more), sources
        )
        return told(tr_parts("after {step}", step=every)), text
    if change.field is not None:
        text_of = _from_to(change.field, change.before, change.after, words)
        return _way(change.step, change.to, words), text_of
    return (Piece(tr("the flow")),), tuple(_ways(change, words))


def _ways(change: Change, words: Words) -> Pieces:
    old = {way.pair for way in change.before}
    new = {way.pair for way in change.after}
    lead = ""
    for kind, pairs in (("gone", old - new), ("new", new - old), ("fork", old & new)):
        both = (*change.before, *change.after)
        for source, target in dict.fromkeys(one.pair for one in both if one.pair in pairs):
            yield Piece(lead)
            yield from told(_what_of(_way(source or None, target, words), kind))
            lead = "; "


def _what_of(one: Part, kind: str) -> tuple[Part, ...]:
    """Return what happens to a way."""
    if kind == "gone":
        return tr_parts("{way} is gone", way=one)
    return tr_parts("{way} is new", way=one) if kind == "new" else tr_parts("{way} forks", way=one)


def _way(source: str | None, target: str | None, words: Words) -> tuple[Piece, ...]:
    return told((way((words.step(source), words.step(target))),))


def _loop(change: Change, words: Words) -> _Said:
    ends = {"step": words.step(change.step), "target": words.step(change.to)}
    place = told(tr_parts("{step} back to {target}", **ends))
    if change.field is not None:
        return place, _from_to(change.field, change.before, change.after, words)
    loop: Rework = change.after or change.before
    rate = format_percent(loop.rate)
    if loop.passes is not None:
        rate = tr_n("{rate}, at most once", "{rate}, at most {n} times", loop.passes, rate=rate)
    text = [Piece(tr("was {rate}", rate=rate) if change.after is None else rate)]
    if loop.reason:
        text += [Piece(", "), said(loop.reason)]
    return place, text


def _improvement(change: Change, words: Words) -> _Said:
    text: list[Piece] = []
    if change.step is not None:
        text += told(tr_parts("in {step}", step=words.step(change.step)))
    if change.field is not None:
        text += [Piece(", ")] if text else []
        text += _from_to(change.field, change.before, change.after, words)
    title = words.improvements.get(change.improvement or "", change.improvement or "")
    return (said(title),), text


def _map(change: Change, words: Words) -> _Said:
    return (Piece(tr("the map")),), _from_to(change.field or "", change.before, change.after, words)


def _prose(change: Change, words: Words) -> _Said:
    before, after = (Counter((text or "").splitlines()) for text in (change.before, change.after))
    parts = []
    if new := (after - before).total():
        parts.append(tr_n("{n} line new", "{n} lines new", new))
    if gone := (before - after).total():
        parts.append(tr_n("{n} line gone", "{n} lines gone", gone))
    lines = ", ".join(parts) or tr("lines in another order")
    if change.step is None:
        return (Piece(tr("below the map")),), (Piece(lines),)
    return (words.step(change.step),), (Piece(tr("notes: {lines}", lines=lines)),)


_DESCRIBE: dict[str, Callable[[Change, Words], _Said]] = {
    "added": _added,
    "removed": _removed,
    "changed": _changed,
    "renamed": _renamed,
    "moved": _moved,
    "rewired": _rewired,
    "loop-added": _loop,
    "loop-removed": _loop,
    "loop-changed": _loop,
    "improvement-begun": _improvement,
    "improvement-adopted": _improvement,
    "improvement-rejected": _improvement,
    "improvement-changed": _improvement,
    "improvement-removed": _improvement,
    "map-changed": _map,
    "prose": _prose,
}
