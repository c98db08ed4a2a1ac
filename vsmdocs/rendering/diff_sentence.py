"""The difference between two maps as one sentence, and each effect and reason in words."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Literal

from vsmdocs.analysis.answer import Answer, find_answer
from vsmdocs.analysis.diff import FIGURES, Change, CountedLater, Effect, MapDiff, OffPath
from vsmdocs.language import isolated, mark, tr, tr_n, tr_parts
from vsmdocs.model.metrics import Totals
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.stuck import StuckPoint
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.diff_values import Part, Piece, plain, said, titled, told, way
from vsmdocs.rendering.diff_words import Words, describe
from vsmdocs.rendering.quantities import (
    MINUS,
    SPACE,
    format_change,
    format_hours,
    format_percent,
    format_points,
    unknown,
)
from vsmdocs.rendering.words import state_name

NAMES = {
    "lead_time": mark("lead time"),
    "expected_lead_time": mark("expected lead time"),
    "activity_ratio": mark("activity ratio"),
    "complete_accurate": mark("rolled %C&A"),
}
"""What the four figures are called in English."""
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
    return plain(headline_pieces(found))


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
        known = (tr("{figure} {value}", figure=tr(NAMES[key]),
                    value=_figure(key, metrics.totals, metrics.calendar))
                 for key in ("lead_time", "activity_ratio"))  # fmt: skip
        figures = ", ".join(known)
        if gone:
            return titled(title, tr("map removed, which had {figures}", figures=figures))
        return titled(title, tr("new map, {figures}", figures=figures))
    if found.base.name != found.head.name:
        title = Piece(_between(title.text, found.base, found.head), title.said)
    if not found.changes:
        return titled(title, tr("nothing changed"))
    if found.only_words:
        return titled(title, tr("only words changed"))
    figures = ", ".join(_changed_figures(found))
    count = len(found.changes)
    if not figures:
        effects = (change.effect for change in found.changes)
        if all(effect is not None and not any(astuple(effect)) for effect in effects):
            figures = tr_n(
                "{n} change, none of the figures changed",
                "{n} changes, none of the figures changed",
                count,
            )
        else:
            figures = tr_n(
                "{n} change, none of the figures changed by much",
                "{n} changes, none of the figures changed by much",
                count,
            )
    sentence, worst = titled(title, figures), _worst(found)
    return (
        told(tr_parts("{sentence}; {more}", sentence=sentence, more=worst)) if worst else sentence
    )


def _between(title: str, base: ValueStreamMap, head: ValueStreamMap) -> str:
    before, after = (
        state_name(one.state, (one.variant or "").replace("-", " ")).lower() for one in (base, head)
    )
    return tr("{title}, {before} to {after}", title=title, before=before, after=after)


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
        share = _share(key, change, values[0])
        if before == after and change is not None:
            if key not in _LESS_IS_BETTER:
                continue  # less than its digits show
            share = _change(key, change, head.calendar)
        figure = tr(NAMES[key])
        texts.append(
            tr("{figure} {before} to {after} ({change})",
               figure=figure, before=before, after=after, change=share)
            if share
            else tr("{figure} {before} to {after}", figure=figure, before=before, after=after)
        )  # fmt: skip
    return texts


def _figure(key: str, totals: Totals, calendar: Calendar) -> str:
    return figure_text(key, getattr(totals, key), calendar, least=totals.lead_time_left_out > 0)


def figure_text(key: str, value: float | None, calendar: Calendar, *, least: bool) -> str:
    """Return one of the four figures; of a lead time `least` says that steps are left out of it."""
    if key not in _LESS_IS_BETTER:
        return format_percent(value)
    time = format_hours(value, calendar)
    return tr("at least {figure}", figure=time) if least else time


def share_text(key: str, change: float | None, before: float | None) -> str:
    """Return a change of time as part of what it was, such as ` (-22 %)`."""
    share = _share(key, change, before)
    return f" ({share})" if share else ""


def _share(key: str, change: float | None, before: float | None) -> str:
    if key not in _LESS_IS_BETTER or change is None or not before:
        return ""
    percent = abs(change / before) * 100
    if percent < 0.5:
        return ""
    return isolated(f"{MINUS if change < 0 else '+'}{percent:,.0f}{SPACE}%")


def _change(key: str, change: float, calendar: Calendar) -> str:
    kind: Literal["hours", "ratio"] = "hours" if key in _LESS_IS_BETTER else "ratio"
    text = format_change(change, kind, calendar)
    if "<" not in text:
        return text
    # What is less than can be shown has no sign.
    return format_hours(abs(change), calendar) if kind == "hours" else format_points(abs(change))


def _worst(found: MapDiff) -> tuple[Part, ...]:
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
            ends = {"step": said(titles[new.step]), "target": said(titles[new.to])}
            return tr_parts("rework from {step} back to {target} now costs most", **ends)
    grown = (
        found.head_metrics.totals.expected_lead_time > found.base_metrics.totals.expected_lead_time
    )
    if grown and found.head is not None and new is not None and new.kind == "wait" and not new.to:
        name = next(step.title for step in found.head.steps if step.id == new.step)
        return tr_parts("{step} now the worst wait", step=said(name))
    names = {step.id: step.title for step in found.base.steps}
    place = said(names[old.step])
    if old.to is None:
        return tr_parts("{step} no longer the worst wait", step=place)
    other = said(names[old.to])
    if old.kind == "loop":
        return tr_parts(
            "rework from {step} back to {target} no longer costs most", step=place, target=other
        )
    return tr_parts(
        "the wait between {step} and {target} no longer the worst", step=place, target=other
    )


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
        return unknown()
    better = is_better(key, change)
    text = _change(key, change, calendar) + share
    if better is None:
        return text
    return tr("{change}, better", change=text) if better else tr("{change}, worse", change=text)


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
                texts.append(tr("{figure} {value}", figure=tr(name), value=unknown()))
        elif abs(change) >= _NOISE:
            text = (effect_text if judged else _change)(key, change, calendar)
            texts.append(tr("{figure} {value}", figure=tr(name), value=text))
    return tuple(texts)


def note_pieces(found: MapDiff, index: int, words: Words) -> tuple[Piece, ...]:
    """Return why a change gained nothing, or where its effect is counted; mostly nothing."""
    change = found.changes[index]
    if isinstance(change.reason, CountedLater):
        later = describe(found.changes[index + change.reason.further], words)
        return told(
            tr_parts("its effect is counted with: {place} ({change})",
                     place=later.place, change=later.label)
        )  # fmt: skip
    if isinstance(change.reason, OffPath):
        return _off_path(change, change.reason, words)
    return ()


def _off_path(change: Change, reason: OffPath, words: Words) -> tuple[Piece, ...]:
    time = format_hours(reason.slack, words.calendars[1]) if reason.slack else ""
    if reason.path:
        beside = way([words.step(step) for step in reason.path])
        if not time:
            return told(tr_parts("gained nothing: beside it {steps} takes as long", steps=beside))
        return told(
            tr_parts("gained nothing: beside it {steps} takes {time} longer",
                     steps=beside, time=time)
        )  # fmt: skip
    if reason.slack is None:
        return (Piece(tr("gained nothing: it does not lie on the longest path")),)
    if not time:
        return (Piece(tr("gained nothing: the longest path is as long")),)
    return (Piece(tr("gained nothing: the longest path is {time} longer", time=time)),)
