"""Two versions of a map, figure by figure and step by step, in words.

For the gap between two states of a stream as for two versions of one state.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from vsmdocs.analysis.gap import Difference, Gap, StepDifference
from vsmdocs.language import isolated
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS, ValueStreamMap
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.pages.figures import format_metric, term_and_label
from vsmdocs.rendering.quantities import MINUS, format_change, format_percent
from vsmdocs.rendering.words import change_word, from_to


class GapRow(NamedTuple):
    """One figure in two versions."""

    term: str
    label: str
    current: str
    future: str
    change: str
    tone: str


class StepGapRow(NamedTuple):
    """One step that differs."""

    title: str
    kind: str
    process: str
    wait: str
    quality: str


def gap_rows(found: Gap, base: ValueStreamMap, head: ValueStreamMap) -> tuple[GapRow, ...]:
    """Return a row for each figure that either version has."""
    rows = []
    for difference in found.differences:
        if difference.current is None and difference.future is None:
            continue
        term, label = term_and_label(difference.key)
        tone = "" if difference.better is None else "better" if difference.better else "worse"
        rows.append(
            GapRow(
                term, label,
                format_metric(difference.key, difference.current, base.calendar),
                format_metric(difference.key, difference.future, head.calendar),
                _change(difference, base.calendar), tone,
            )
        )  # fmt: skip
    return tuple(rows)


def step_gap_rows(found: Gap, base: ValueStreamMap, head: ValueStreamMap) -> tuple[StepGapRow, ...]:
    """Return a row for each step that is not the same in both."""
    names = {step.id: step.title for version in (head, base) for step in version.steps}
    return tuple(_step_row(step, names[step.id], base.calendar) for step in found.steps)


def _change(difference: Difference, calendar: Calendar) -> str:
    key = difference.key
    kind: Literal["hours", "ratio", "count"] = (
        "hours" if key in TIME_METRICS else "ratio" if key in RATIO_METRICS else "count"
    )
    text = format_change(difference.change, kind, calendar)
    if difference.ratio and key in TIME_METRICS:
        sign = MINUS if difference.ratio < 0 else "+"
        text += f" ({isolated(sign + format_percent(abs(difference.ratio)))})"
    return text


def _step_row(step: StepDifference, title: str, calendar: Calendar) -> StepGapRow:
    cells = {difference.key: _cell(difference, calendar) for difference in step.differences}
    keys = ("process_time", "wait_time", "complete_accurate")
    process, wait, quality = (cells.get(key, "") for key in keys)
    return StepGapRow(title, change_word(step.kind), process, wait, quality)


def _cell(difference: Difference, calendar: Calendar) -> str:
    sides = [
        format_metric(difference.key, value, calendar)
        for value in (difference.current, difference.future)
        if value is not None
    ]
    return from_to(sides[0], sides[1]) if len(sides) == 2 else "".join(sides)
