"""The difference between two maps as one sentence, and each effect and reason in words."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Literal

from vsmdocs.analysis.answer import Answer, find_answer
from vsmdocs.analysis.diff import FIGURES, Change, CountedLater, Effect, MapDiff, OffPath
from vsmdocs.model.metrics import Totals
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.stuck import StuckPoint
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.diff_values import Piece, join, said
from vsmdocs.rendering.diff_words import Words, describe
from vsmdocs.rendering.quantities import (
    MINUS,
    SPACE,
    UNKNOWN,
    format_change,
    format_hours,
    format_percent,
)

NAMES = {
    "lead_time": "lead time",
    "expected_lead_time": "expected lead time",
    "activity_ratio": "activity ratio",
    "complete_accurate": "rolled %C&A",
}
_LESS_IS_BETTER = ("lead_time", "expected_lead_time")
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One of the four figures before and after."""

    label: str
    before: str
    after: str
    change: str
    """With its sign, and whether that is better or worse."""


def headline(found: MapDiff) -> str:
    """Return the difference as one sentence without a full stop."""
    return "".join(piece.text for piece in headline_pieces(found))


def headline_pieces(found: MapDiff) -> tuple[Piece, ...]:
    """Return the difference as one sentence, in pieces."""
    stream_map = found.head or found.base
    if stream_map is None:
        return ()
    title = said(stream_map.title)
    if found.base is None or found.head is None:
        gone = found.head is None
        metrics = found.base_metrics if gone else found.head_metrics
        if metrics is None:
            return (title,)
        what = ": map removed, which had " if gone else ": new map, "
        known = (f"{NAMES[key]} {_figure(key, metrics.totals, metrics.calendar)}"
                   for key in ("lead_time", "activity_ratio"))  # fmt: skip
        return (title, Piece(what + ", ".join(known)))
    if found.base.name != found.head.name:
        title = Piece(title.text + _states(found.base, found.head), title.said)
    if not found.changes:
        return (title, Piece(": nothing changed"))
    if found.only_words:
        return (title, Piece(": only words changed"))
    figures = ", ".join(_changed_figures(found))
    count = len(found.changes)
    if not figures:
        changes = "1 change" if count == 1 else f"{count} changes"
        effects = (change.effect for change in found.changes)
        same = all(effect is not None and not any(astuple(effect)) for effect in effects)
        figures = f"{changes}, none of the figures changed{'' if same else ' by much'}"
    return (title, Piece(f": {figures}"), *_worst(found))


def _states(base: ValueStreamMap, head: ValueStreamMap) -> str:
    names = (stream_map.name.replace("-", " ") for stream_map in (base, head))
    return f", {' to '.join(names)}"


def _changed_figures(found: MapDiff) -> list[str]:
    base, head, effect = found.base_metrics, found.head_metrics, found.effect
    if base is None or head is None or effect is None:
        return []
    texts: list[str] = []
    for key in FIGURES:
        change = getattr(effect, key)
        values = [getattr(side.totals, key) for side in (base, head)]
        if values[0] == values[1] or (change is not None and abs(change) < _NOISE):
            continue
        if key == "expected_lead_time" and texts:
            continue  # one time is enough for a sentence
        before = _figure(key, base.totals, base.calendar)
        after = _figure(key, head.totals, head.calendar)
        share = share_text(key, change, values[0])
        if before == after and change is not None:
            if key not in _LESS_IS_BETTER:
                continue  # less than its digits show
            share = f" ({_change(key, change, head.calendar)})"
        texts.append(f"{NAMES[key]} {before} to {after}{share}")
    return texts


def _figure(key: str, totals: Totals, calendar: Calendar) -> str:
    return figure_text(key, getattr(totals, key), calendar, least=totals.lead_time_left_out > 0)


def figure_text(key: str, value: float | None, calendar: Calendar, *, least: bool) -> str:
    """Return one of the four figures; of a lead time `least` says that steps are left out of it."""
    if key not in _LESS_IS_BETTER:
        return format_percent(value)
    return ("at least " if least else "") + format_hours(value, calendar)


def share_text(key: str, change: float | None, before: float | None) -> str:
    """Return a change of time as part of what it was, such as ` (-22 %)`."""
    if key not in _LESS_IS_BETTER or change is None or not before:
        return ""
    percent = abs(change / before) * 100
    if percent < 0.5:
        return ""
    return f" ({MINUS if change < 0 else '+'}{percent:,.0f}{SPACE}%)"


def _change(key: str, change: float, calendar: Calendar) -> str:
    kind: Literal["hours", "ratio"] = "hours" if key in _LESS_IS_BETTER else "ratio"
    text = format_change(change, kind, calendar)
    return text[1:] if text[1:2] == "<" else text


def _worst(found: MapDiff) -> tuple[Piece, ...]:
    """Return that what cost most in the base does so no longer, where that is so."""
    if found.base is None or found.base_metrics is None or found.head_metrics is None:
        return ()
    old, new = find_answer(found.base_metrics), find_answer(found.head_metrics)
    if old is None or old.kind == "step" or _same_place(found, old, new):
        return ()
    if new is not None and found.head is not None and new.kind == "loop" and new.to is not None:
        waits = (point for point in found.head_metrics.stuck if point.kind == "wait" and point.gain)
        if old.kind == "wait" and _same_place(found, old, next(waits, None)):
            titles = {step.id: step.title for step in found.head.steps}
            loop = said(titles[new.step]), Piece(" back to "), said(titles[new.to])
            return (Piece("; rework from "), *loop, Piece(" now costs most"))
    grown = (
        found.head_metrics.totals.expected_lead_time > found.base_metrics.totals.expected_lead_time
    )
    if grown and found.head is not None and new is not None and new.kind == "wait" and not new.to:
        name = next(step.title for step in found.head.steps if step.id == new.step)
        return (Piece("; "), said(name), Piece(" now the worst wait"))
    names = {step.id: step.title for step in found.base.steps}
    place = said(names[old.step])
    if old.to is None:
        return (Piece("; "), place, Piece(" no longer the worst wait"))
    other = said(names[old.to])
    if old.kind == "loop":
        rework = Piece("; rework from ")
        return (rework, place, Piece(" back to "), other, Piece(" no longer costs most"))
    between = Piece("; the wait between ")
    return (between, place, Piece(" and "), other, Piece(" no longer the worst"))


def _same_place(found: MapDiff, old: Answer, new: Answer | StuckPoint | None) -> bool:
    if new is None:
        return False
    there = found.steps.get(old.step), old.to and found.steps.get(old.to)
    return (old.kind, *there) == (new.kind, new.step, new.to)


def figure_rows(found: MapDiff) -> tuple[FigureRow, ...]:
    """Return the four figures before and after; of a map that is new or gone, one side."""
    effect = found.effect
    rows = []
    for key, name in NAMES.items():
        sides = [
            "" if side is None else _figure(key, side.totals, side.calendar)
            for side in (found.base_metrics, found.head_metrics)
        ]
        text = ""
        if effect is not None and found.head_metrics is not None and found.base_metrics is not None:
            change = getattr(effect, key)
            share = share_text(key, change, getattr(found.base_metrics.totals, key))
            text = effect_text(key, change, found.head_metrics.calendar, share)
        rows.append(FigureRow(name[0].upper() + name[1:], sides[0], sides[1], text))
    return tuple(rows)


def is_better(key: str, change: float | None) -> bool | None:
    """Return whether an effect is for the better; None where it is none, or unknown."""
    if change is None or abs(change) < _NOISE:
        return None
    return (change < 0) == (key in _LESS_IS_BETTER)


def effect_text(key: str, change: float | None, calendar: Calendar, share: str = "") -> str:
    """Return one effect with its sign and in words whether it is for the better."""
    if change is None:
        return UNKNOWN
    better = is_better(key, change)
    text = _change(key, change, calendar) + share
    return text if better is None else f"{text}, {'better' if better else 'worse'}"


def effect_texts(found: MapDiff, effect: Effect | None, *, judged: bool = True) -> tuple[str, ...]:
    """Return the effects of one change in words, a figure each, those that are 0 left out.

    So are those on figures that neither map has. `judged` says of each whether it is for the
    better.
    """
    metrics = [side for side in (found.base_metrics, found.head_metrics) if side is not None]
    if effect is None or not metrics:
        return ()
    calendar = metrics[-1].calendar
    texts = []
    for key, name in NAMES.items():
        change = getattr(effect, key)
        if change is None:
            if any(getattr(side.totals, key) is not None for side in metrics):
                texts.append(f"{name} {UNKNOWN}")
        elif abs(change) >= _NOISE:
            text = (effect_text if judged else _change)(key, change, calendar)
            texts.append(f"{name} {text}")
    return tuple(texts)


def note_pieces(found: MapDiff, index: int, words: Words) -> tuple[Piece, ...]:
    """Return why a change gained nothing, or where its effect is counted; mostly nothing."""
    change = found.changes[index]
    if isinstance(change.reason, CountedLater):
        later = describe(found.changes[index + change.reason.further], words)
        return (Piece("its effect is counted with: "), *later.place, Piece(f" ({later.label})"))
    if isinstance(change.reason, OffPath):
        return _off_path(change, change.reason, words)
    return ()


def _off_path(change: Change, reason: OffPath, words: Words) -> tuple[Piece, ...]:
    beside = join([words.step(step) for step in reason.path], " → ")
    if reason.slack is None and not beside:
        return (Piece("gained nothing: it does not lie on the longest path"),)
    longer = "as long" if not reason.slack else "longer"
    if reason.slack:
        longer = f"{format_hours(reason.slack, words.calendars[1])} longer"
    if not beside:
        return (Piece(f"gained nothing: the longest path is {longer}"),)
    return (Piece("gained nothing: beside it "), *beside, Piece(f" takes {longer}"))
