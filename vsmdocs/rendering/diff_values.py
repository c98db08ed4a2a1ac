"""One value of a map before and after a change, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any, NamedTuple

from vsmdocs.language import ENGLISH, apart, isolated, spoken, tr, tr_parts
from vsmdocs.model.stream import Evidence, StepChange, Target
from vsmdocs.model.units import Calendar, Duration, Estimate, Rate
from vsmdocs.rendering.pages.figures import calendar_text, format_metric, label, number_name
from vsmdocs.rendering.quantities import format_hours, format_percent, unknown
from vsmdocs.rendering.words import (
    field_value,
    grade_word,
    status_word,
    waste_word,
    way_word,
)

_LONGEST = 80
_OUR_WAY = "\u200f"
"""Makes a sentence one from right to left, whatever letters it begins with."""
_BEGIN, _END = "\u2066\u2067\u2068", "\u2069"
"""What keeps the direction of a part apart from that of the rest."""
_UNKNOWN_AT_FIRST = (
    "process_time", "wait_time", "lead_time", "complete_accurate",
    "people", "wip", "batch_size", "capacity", "demand",
)  # fmt: skip


class Piece(NamedTuple):
    """A part of a sentence."""

    text: str
    said: bool = False
    """Whether people wrote it into a map, so that it may hold anything."""


Part = str | Piece | tuple["Part", ...]
"""Of a sentence in the order of a language: words of ours, a piece, or a sentence in it."""


def said(text: str) -> Piece:
    """Return what people wrote on one line, cut where it is very long."""
    line = " ".join(text.split())
    return Piece(line if len(line) <= _LONGEST else _cut(line), True)


def _cut(line: str) -> str:
    # What turns words of a language from right to left the right way takes no room.
    seen = [place for place, sign in enumerate(line) if sign not in (*_BEGIN, _END)]
    if len(seen) <= _LONGEST:
        return line
    cut = line[: seen[_LONGEST - 1]].rstrip() + "…"
    return cut + _END * (sum(map(cut.count, _BEGIN)) - cut.count(_END))


def told(parts: Iterable[Part]) -> tuple[Piece, ...]:
    """Return a sentence, of which `tr_parts` gave the parts, in pieces."""
    found: list[Piece] = []
    ours = ""
    for part in _flat(parts):
        if isinstance(part, str):
            ours += part
            continue
        found += [Piece(ours), part] if ours else [part]
        ours = ""
    return (*found, Piece(ours)) if ours else tuple(found)


def _flat(parts: Iterable[Part]) -> Iterator[str | Piece]:
    for part in parts:
        if isinstance(part, (str, Piece)):
            yield part
        else:
            yield from _flat(part)


def titled(title: Piece, what: Part) -> tuple[Piece, ...]:
    """Return what is said of a map, with its title before it."""
    return told(tr_parts("{title}: {what}", title=title, what=what))


def way(places: Iterable[Part]) -> Part:
    """Return the way from one place to the next, and on from there."""
    return reduce(lambda one, other: tr_parts("{source} → {target}", source=one, target=other),
                  places)  # fmt: skip


def plain(pieces: Iterable[Piece]) -> str:
    """Return a sentence as text, in which the direction of one piece leaves the others alone."""
    pieces = tuple(pieces)
    if spoken().direction == "ltr" or all(piece.said for piece in pieces):
        return "".join(piece.text for piece in pieces)
    texts = (str(apart(piece.text)) if piece.said else piece.text for piece in pieces)
    return _OUR_WAY + "".join(texts)


def shown_pair(
    field: str, values: tuple[Any, Any], calendars: tuple[Calendar, Calendar]
) -> tuple[Piece, Piece]:
    """Return a value before and after; as they are written where the words are the same."""
    before = shown_value(field, values[0], calendars[0])
    after = shown_value(field, values[1], calendars[1])
    if before == after and all(isinstance(value, Estimate) for value in values):
        return Piece(isolated(values[0].text)), Piece(isolated(values[1].text))
    return before, after


def shown_value(field: str, value: Any, calendar: Calendar) -> Piece:
    """Return one value in words."""
    if value is None or value in ((), {}):
        return Piece(unknown() if field in _UNKNOWN_AT_FIRST else tr("none"))
    if isinstance(value, str):
        return said(_word(field, value))
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return said(", ".join(_word(field, item) for item in value))
    if field == "evidence":
        return said(_evidence(value))
    if field == "change":
        return said(", ".join(_step_change(change) for change in value))
    return Piece(_ours(field, value, calendar))


def _word(field: str, value: str) -> str:
    """Return a word of the format as this language has it, and all other text as it is."""
    if field == "status":
        return status_word(value)
    if field == "wastes":
        # In English it is what stands in the file.
        return value if spoken() is ENGLISH else waste_word(value)
    # Steps and arrows both have kinds, and no two of them are called alike.
    return way_word(field_value(field, value)) if field == "kind" else field_value(field, value)


def _ours(field: str, value: Any, calendar: Calendar) -> str:
    if isinstance(value, Estimate):
        mean = format_hours(value.hours(calendar), calendar)
        if len(value.points) == 1:
            return mean
        return tr("{range} (mean {time})", range=isolated(value.text), time=mean)
    if isinstance(value, Duration):
        return format_hours(value.hours(calendar), calendar)
    if isinstance(value, Rate):
        return isolated(value.text)
    if isinstance(value, Calendar):
        return calendar_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format_percent(value)
    if isinstance(value, Mapping):
        return ", ".join(_bound(metric, figure, calendar) for metric, figure in value.items())
    if isinstance(value, tuple):
        return ", ".join(_item(item, calendar) for item in value)
    return str(value)


def _item(item: Any, calendar: Calendar) -> str:
    if isinstance(item, float):
        return format_percent(item)
    return _target(item, calendar)


def _step_change(change: StepChange) -> str:
    number, value = number_name(change.field), _word(change.field, change.value)
    return tr("{step}: {number} {value}", step=change.step, number=number, value=value)


def _target(target: Target, calendar: Calendar) -> str:
    most = target.at_least is None
    bound = target.at_most if most else target.at_least
    figure, value = label(target.metric), _figure(target.metric, bound, calendar)
    if target.by is None:
        if most:
            return tr("{figure} at most {value}", figure=figure, value=value)
        return tr("{figure} at least {value}", figure=figure, value=value)
    day = target.by.isoformat()
    if most:
        return tr("{figure} at most {value} by {day}", figure=figure, value=value, day=day)
    return tr("{figure} at least {value} by {day}", figure=figure, value=value, day=day)


def _bound(metric: str, value: Any, calendar: Calendar) -> str:
    text = _figure(metric, value, calendar)
    return tr("{figure} {value}", figure=label(metric), value=text)


def _figure(metric: str, value: Any, calendar: Calendar) -> str:
    hours = value.hours(calendar) if isinstance(value, Estimate) else value
    return format_metric(metric, hours, calendar)


def _evidence(value: Mapping[str, Evidence]) -> str:
    parts = []
    for number, known in value.items():
        how = _known_how(known)
        if number != "all":
            how = tr("{number} {evidence}", number=number_name(number), evidence=how)
        parts.append(how)
    return ", ".join(parts)


def _known_how(known: Evidence) -> str:
    grade, source, day = grade_word(known.grade), known.source, str(known.on or "")
    if source and day:
        return tr("{grade} from {source} on {day}", grade=grade, source=source, day=day)
    if source:
        return tr("{grade} from {source}", grade=grade, source=source)
    return tr("{grade} on {day}", grade=grade, day=day) if day else grade
