"""What is marked on the ways of the picture of two versions: labels with old and new, and words.

Labels keep the room that they have in a picture of one version, so that a changed share moves
nothing; what finds no room there is told by a sign on the arrow, its title and the description.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vsmdocs.language import isolated, mark, own_way, tr
from vsmdocs.model.flow import START, Edge
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import Rework
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.picture.compact import compact_hours
from vsmdocs.rendering.picture.drawing import Pair
from vsmdocs.rendering.picture.layout import LayoutSpec
from vsmdocs.rendering.picture.marks import Change, WayMark
from vsmdocs.rendering.picture.placing import LABEL_ROOM
from vsmdocs.rendering.picture.rails import rail_label
from vsmdocs.rendering.picture.sizing import LABEL_SIZE, label_lines
from vsmdocs.rendering.picture.textfit import text_width, wrap
from vsmdocs.rendering.picture.union import Union
from vsmdocs.rendering.picture.was_now import ARROW, was_now
from vsmdocs.rendering.quantities import format_percent
from vsmdocs.rendering.words import change_word, from_to, way_word

SIGNS: dict[Change, str] = {"added": "+", "removed": "×"}
_CHANGED = {
    "share": mark("share from {old} to {new}"),
    "wait": mark("wait on the way from {old} to {new}"),
    "kind": mark("kind from {old} to {new}"),
    "label": mark("label from {old} to {new}"),
    "rate": mark("rate from {old} to {new}"),
    "rounds": mark("rounds from {old} to {new}"),
    "reason": mark("reason from {old} to {new}"),
}
"""What became of what is said of a way."""
_CLEAR = 2
"""Between a label and the boxes beside it, both sides together."""
_LOOP_ROOM = 12
"""By which the label of a loop may grow without touching another on its track."""


class EdgeChange(NamedTuple):
    """What became of an edge: how its label says it, and its title."""

    change: Change
    label: tuple[str, ...]
    """Empty where there is nothing to stand on it."""
    told: bool
    """Whether the label says it; else a sign on the arrow has to."""
    words: str
    """For its title."""


def edge_changes(
    union: Union, spec: LayoutSpec, labels: Mapping[Pair, tuple[str, ...]]
) -> dict[Pair, EdgeChange]:
    """Return by its ends every edge of the union that is not as before.

    `labels` has what stands on each edge in a picture of one version.
    """
    starts = len(union.metrics.flow.starts)
    found = {}
    for number, edge in enumerate(union.metrics.flow.edges):
        pair = (edge.source, edge.target)
        size = spec.label_sizes[starts + number]
        room = (size[0] + LABEL_ROOM - _CLEAR) / LABEL_SIZE - 10 / LABEL_SIZE if size else 0.0
        plain = labels.get(pair, ())
        change = union.change_of(pair)
        if change:
            told = (f"{SIGNS[change]} {plain[0]}", *plain[1:]) if plain else ()
            fits = _fits(told, room)
            found[pair] = EdgeChange(change, told if fits else plain, fits, change_word(change))
        elif changed := _reworded(union, pair, edge, plain, room):
            found[pair] = changed
    return found


def _fits(lines: tuple[str, ...], room: float) -> bool:
    return bool(lines) and max(map(text_width, lines)) <= room


def _reworded(
    union: Union, pair: Pair, edge: Edge, plain: tuple[str, ...], room: float
) -> EdgeChange | None:
    """Return how an edge that both have says its new share, wait, kind or label."""
    before = union.edges_before[pair]
    if before is None and not (
        edge.wait_hours or edge.kind or edge.label or edge.choice is not None
    ):
        return None
    (was_share, was_wait), (share, wait) = (
        _said(before, union.base[1]), _said(edge, union.head[1])
    )  # fmt: skip
    was_kind, was_label = (before.kind, before.label) if before else (None, None)
    words = _changed(
        ("share", was_share, share),
        ("wait", was_wait, wait),
        ("kind", was_kind and way_word(was_kind), edge.kind and way_word(edge.kind)),
        ("label", _quoted(was_label), _quoted(edge.label)),
    )
    if not words:
        return None
    shares, waits = was_now(was_share, share), was_now(was_wait, wait)
    for level in range(2):
        lines = label_lines(edge, _at(shares, level), _at(waits, level))
        if lines != plain and len(lines) == len(plain) and _fits(lines, room):
            return EdgeChange("changed", lines, True, words)
    return EdgeChange("changed", plain, False, words)


def _changed(*values: tuple[str, str | None, str | None]) -> str:
    """Return which of some things are not as before, given as (what, before, now)."""
    return "; ".join(
        tr(_CHANGED[what], old=old or tr("none"), new=new or tr("none"))
        for what, old, new in values
        if old != new
    )


def _quoted(words: str | None) -> str:
    return tr("“{words}”", words=words) if words else ""


def _number(count: int | None) -> str:
    return str(count) if count else ""


def _at(texts: tuple[str, ...], level: int) -> str:
    text = texts[min(level, len(texts) - 1)]
    # The arrow leads from left to right, whatever stands around it.
    return isolated(text) if ARROW in text else text


def _said(edge: Edge | None, metrics: StreamMetrics) -> tuple[str, str]:
    """Return the share and the wait of an edge, nothing where it has none."""
    if edge is None:
        return "", ""
    share = ""
    if edge.choice is not None:
        share = format_percent(metrics.flow.choices[edge.choice].shares[edge.option])
    return share, compact_hours(edge.wait_hours, metrics.calendar) if edge.wait_hours else ""


class LoopChange(NamedTuple):
    """What became of a loop: its label in full and in little room, and its words."""

    change: Change
    label: str
    short: str
    words: str


def loop_changes(union: Union) -> dict[int, LoopChange]:
    """Return by its place in the union every loop that is not as before."""
    base, head = union.base[1].calendar, union.head[1].calendar
    kept = len(union.head[0].rework)
    found = {}
    for number, (loop, was) in enumerate(zip(union.map.rework, union.loops_before, strict=True)):
        change: Change = "removed" if number >= kept else "changed" if was else "added"
        calendar = base if change == "removed" else head
        plain = rail_label(loop, *_loop_said(loop, calendar))
        room = text_width(plain) + _LOOP_ROOM / LABEL_SIZE
        if change != "changed":
            text = f"{SIGNS[change]} {plain}"
            found[number] = LoopChange(change, text, wrap(text, room, 1)[0], change_word(change))
        elif was and (words := _loop_words(was, loop, base, head)):
            (rate, wait), (old_rate, old_wait) = _loop_said(loop, head), _loop_said(was, base)
            texts = [
                rail_label(
                    loop, _at(was_now(old_rate, rate), level), _at(was_now(old_wait, wait), level)
                )
                for level in range(2)
            ]
            found[number] = LoopChange(change, texts[0], wrap(texts[1], room, 1)[0], words)
    return found


def _loop_said(loop: Rework, calendar: Calendar) -> tuple[str, str]:
    wait = compact_hours(loop.wait.hours(calendar), calendar) if loop.wait else ""
    return format_percent(loop.rate), wait


def _loop_words(was: Rework, loop: Rework, base: Calendar, head: Calendar) -> str:
    (rate, wait), (old_rate, old_wait) = _loop_said(loop, head), _loop_said(was, base)
    return _changed(
        ("rate", old_rate, rate),
        ("rounds", _number(was.passes), _number(loop.passes)),
        ("reason", _quoted(was.reason), _quoted(loop.reason)),
        ("wait", old_wait, wait),
    )


def way_marks(
    union: Union, edges: Mapping[Pair, EdgeChange], loops: Mapping[int, LoopChange]
) -> tuple[WayMark, ...]:
    """Return all that changed between steps, in words, edges before loops."""
    titles = {step.id: step.title for step in union.map.steps}

    def name(source: str, target: str) -> str:
        return own_way(
            from_to(tr("Trigger") if source == START else titles[source], titles[target])
        )

    marks = [
        WayMark(found.change, _told(name(*pair), found.change, found.words))
        for pair, found in edges.items()
    ]
    for edge in union.left_out:
        way = name(edge.source, edge.target)
        text = tr("{way} (not drawn: it ran against the flow)", way=way)
        marks.append(WayMark("removed", text))
    for number, loop in loops.items():
        rework = union.map.rework[number]
        text = tr("rework {way}", way=name(rework.source, rework.target))
        marks.append(WayMark(loop.change, _told(text, loop.change, loop.words)))
    return tuple(marks)


def _told(way: str, change: Change, words: str) -> str:
    return tr("{way}: {words}", way=way, words=words) if change == "changed" else way
