"""The answer of a map in words: what the reader sees first."""

from __future__ import annotations

from typing import NamedTuple

from vsmdocs.analysis.answer import Answer
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.quantities import format_hours, format_percent


class Part(NamedTuple):
    """A piece of a sentence; `strong` for the name of the place."""

    text: str
    strong: bool = False


class AnswerView(NamedTuple):
    """The headline of a page."""

    kind: str
    """`wait`, `loop`, `step` or `none`, which colours it."""
    parts: tuple[Part, ...]
    then: tuple[str, ...]
    """What follows from it, a sentence each."""
    place: str
    """The place alone, for tables."""
    detail: str
    """What it costs, for tables."""


def answer_view(
    stream_map: ValueStreamMap, metrics: StreamMetrics, answer: Answer | None
) -> AnswerView:
    """Return the answer as sentences."""
    names = {step.id: step.title for step in stream_map.steps}
    if answer is None:
        text = "Nothing that is known here waits, comes back or takes time."
        return AnswerView("none", (Part(text),), _unknown(metrics), "unknown", "")
    calendar = stream_map.calendar
    gain = format_hours(answer.gain, calendar)
    share = format_percent(answer.share)
    there = Part(names[answer.step], strong=True)
    rest: tuple[Part, ...]
    if answer.kind == "loop":
        other = Part(names[answer.to or ""], strong=True)
        rest = (
            Part("Value gets stuck in rework from "), there, Part(" back to "), other,
            Part(f": it adds {gain} on average, {share} of the expected lead time."),
        )  # fmt: skip
        place = f"{there.text} → {other.text}"
        detail = f"{gain} of rework"
    elif answer.kind == "step":
        rest = (
            Part("Nothing waits. Most of the time is work in "), there,
            Part(f": {gain}, {share} of the expected lead time."),
        )  # fmt: skip
        place, detail = there.text, f"{gain} of work"
    else:
        hours = format_hours(answer.hours, calendar)
        where = Part("Value gets stuck in ")
        to: tuple[Part, ...] = ()
        if answer.to:
            where = Part("Value gets stuck between ")
            to = (Part(" and "), Part(names[answer.to], strong=True))
        if answer.share_of_lead_time is not None:
            cost = f"{format_percent(answer.share_of_lead_time)} of the lead time"
        else:
            cost = f"{share} of the expected lead time"
        rest = (where, there, *to, Part(f": {hours} of waiting, {cost}."))
        place = f"{there.text} → {names[answer.to]}" if answer.to else there.text
        detail = f"{hours} of waiting"
    return AnswerView(answer.kind, rest, _then(stream_map, metrics, answer), place, detail)


def _then(stream_map: ValueStreamMap, metrics: StreamMetrics, answer: Answer) -> tuple[str, ...]:
    calendar = stream_map.calendar
    what = {"wait": "that wait", "loop": "that rework", "step": "that step"}[answer.kind]
    unit = stream_map.unit or "item"
    article = "An" if unit[:1].lower() in "aeiou" else "A"
    rework = " with rework counted" if stream_map.rework else ""
    least = "at least " if metrics.totals.lead_time_left_out else ""
    now = format_hours(metrics.totals.expected_lead_time, calendar)
    return (
        f"{article} {unit} takes {least}{now} on average{rework}; without {what} it would take "
        f"{least}{format_hours(answer.without, calendar)}.",
        *_unknown(metrics),
    )


def _unknown(metrics: StreamMetrics) -> tuple[str, ...]:
    left_out = metrics.totals.lead_time_left_out
    if not left_out:
        return ()
    if left_out == 1:
        return ("The time of 1 step is unknown; without it the lead time is at least this long.",)
    return (
        f"The times of {left_out} steps are unknown; without them the lead time is at least "
        "this long.",
    )
