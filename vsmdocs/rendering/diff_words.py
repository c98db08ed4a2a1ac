"""What changed in a map, in words: one description a change, in pieces.

A piece says whether people wrote it into a map. Each format decides how such text becomes
harmless there; everything else is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from vsmdocs.analysis.diff import Change, MapDiff
from vsmdocs.model.stream import Rework, Step
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.diff_values import Piece, join, said, shown_pair, shown_value
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
        return said(self.names.get(name or "", name or "")) if name else Piece("the start")


def describe(change: Change, words: Words) -> Description:
    """Return what the change is, without its effect."""
    place, text = _DESCRIBE[change.kind](change, words)
    return Description(label_of(change.kind), tuple(place), tuple(text))


def label_of(kind: str) -> str:
    """Return what a kind of change is called."""
    return _LABELS.get(kind, kind)


_LABELS = {
    "loop-added": "rework added",
    "loop-removed": "rework removed",
    "loop-changed": "rework changed",
    "improvement-begun": "improvement begun",
    "improvement-adopted": "improvement adopted",
    "improvement-rejected": "improvement rejected",
    "improvement-changed": "improvement changed",
    "improvement-removed": "improvement removed",
    "map-changed": "map changed",
}
Pieces = Iterable[Piece]
_Said = tuple[Pieces, Pieces]


def _added(change: Change, words: Words) -> _Said:
    placed = change.after
    where = _where(placed.place.after, words)
    return (said(placed.step.title),), (*where, *_numbers(placed.step, words.calendars[1]))


def _removed(change: Change, words: Words) -> _Said:
    placed = change.before
    where = (Piece("was "), *_where(placed.place.after, words))
    return (said(placed.step.title),), (*where, *_numbers(placed.step, words.calendars[0]))


def _where(lead: str | None, words: Words) -> Pieces:
    return (Piece("first"),) if lead is None else (Piece("after "), words.step(lead))


def _numbers(step: Step, calendar: Calendar) -> Pieces:
    """Yield what is stated of a step that comes or goes."""
    for field in (*_TIMES, "complete_accurate"):
        value = getattr(step, field)
        if value is not None:
            yield Piece(f", {number_name(field)} ")
            yield shown_value(field, value, calendar)


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
            parts.append(Piece(f"{lead}{number_name(field)} from {texts[0]} to {texts[1]}"))
    return place, parts or (Piece("times are stated as a range, or no longer so"),)


def _from_to(field: str, before: Any, after: Any, words: Words) -> Pieces:
    one, other = shown_pair(field, (before, after), words.calendars)
    return (Piece(f"{number_name(field)} from "), one, Piece(" to "), other)


def _renamed(change: Change, words: Words) -> _Said:
    text = (Piece("id from "), said(change.before), Piece(" to "), said(change.after))
    return (words.step(change.step),), text


def _moved(change: Change, words: Words) -> _Said:
    there, here = (_where(place.after, words) for place in (change.after, change.before))
    return (words.step(change.step),), (*there, Piece(", was "), *here)


def _rewired(change: Change, words: Words) -> _Said:
    if change.field == "share":
        before, after = dict(change.before.options), dict(change.after.options)
        text: list[Piece] = []
        for step, share in after.items():
            share_text = f" from {format_percent(before[step])} to {format_percent(share)}"
            text += [Piece(", " if text else ""), words.step(step), Piece(share_text)]
        sources = [words.step(source or None) for source in change.after.sources]
        return (Piece("after "), *join(sources, " and ")), text
    if change.field is not None:
        text_of = _from_to(change.field, change.before, change.after, words)
        return _way(change.step, change.to, words), text_of
    return (Piece("the flow"),), tuple(_ways(change, words))


def _ways(change: Change, words: Words) -> Pieces:
    old = {way.pair for way in change.before}
    new = {way.pair for way in change.after}
    told = False
    for text, pairs in (("is gone", old - new), ("is new", new - old), ("forks", old & new)):
        both = (*change.before, *change.after)
        for source, target in dict.fromkeys(way.pair for way in both if way.pair in pairs):
            yield Piece("; " if told else "")
            yield from _way(source or None, target, words)
            yield Piece(f" {text}")
            told = True


def _way(source: str | None, target: str | None, words: Words) -> Pieces:
    return (words.step(source), Piece(" → "), words.step(target))


def _loop(change: Change, words: Words) -> _Said:
    place = (words.step(change.step), Piece(" back to "), words.step(change.to))
    if change.field is not None:
        return place, _from_to(change.field, change.before, change.after, words)
    loop: Rework = change.after or change.before
    rounds = ""
    if loop.passes is not None:
        rounds = ", at most once" if loop.passes == 1 else f", at most {loop.passes} times"
    text = [Piece(("was " if change.after is None else "") + format_percent(loop.rate) + rounds)]
    if loop.reason:
        text += [Piece(", "), said(loop.reason)]
    return place, text


def _improvement(change: Change, words: Words) -> _Said:
    text: list[Piece] = []
    if change.step is not None:
        text += [Piece("in "), words.step(change.step)]
    if change.field is not None:
        text += [Piece(", ")] if text else []
        text += _from_to(change.field, change.before, change.after, words)
    title = words.improvements.get(change.improvement or "", change.improvement or "")
    return (said(title),), text


def _map(change: Change, words: Words) -> _Said:
    return (Piece("the map"),), _from_to(change.field or "", change.before, change.after, words)


def _prose(change: Change, words: Words) -> _Said:
    before, after = (Counter((text or "").splitlines()) for text in (change.before, change.after))
    parts = [
        f"{count} {'line' if count == 1 else 'lines'} {word}"
        for count, word in (((after - before).total(), "new"), ((before - after).total(), "gone"))
        if count
    ]
    place = Piece("below the map") if change.step is None else words.step(change.step)
    about = "" if change.step is None else "notes: "
    return (place,), (Piece(about + (", ".join(parts) or "lines in another order")),)


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
