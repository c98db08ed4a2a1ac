"""The answer of a map in words: what the reader sees first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vsmdocs.analysis.answer import Answer
from vsmdocs.language import mark, tr, tr_n, tr_parts
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.quantities import format_hours, format_percent, unknown
from vsmdocs.rendering.words import from_to

_WITHOUT = {"wait": mark("that wait"), "loop": mark("that rework"), "step": mark("that step")}


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
        text = tr("Nothing that is known here waits, comes back or takes time.")
        return AnswerView("none", (Part(text),), _unknown(metrics), unknown(), "")
    calendar = stream_map.calendar
    gain = format_hours(answer.gain, calendar)
    share = format_percent(answer.share)
    there = Part(names[answer.step], strong=True)
    other = Part(names[answer.to], strong=True) if answer.to else None
    place = from_to(there.text, other.text) if other else there.text
    if answer.kind == "loop":
        assert other is not None
        said = tr_parts(
            "Value gets stuck in rework from {step} back to {other}: it adds {time} on average, "
            "{share} of the expected lead time.",
            step=there, other=other, time=Part(gain), share=Part(share),
        )  # fmt: skip
        detail = tr("{time} of rework", time=gain)
    elif answer.kind == "step":
        said = tr_parts(
            "Nothing waits. Most of the time is work in {step}: {time}, {share} of the expected "
            "lead time.",
            step=there, time=Part(gain), share=Part(share),
        )  # fmt: skip
        place, detail = there.text, tr("{time} of work", time=gain)
    else:
        hours = format_hours(answer.hours, calendar)
        said = _wait(there, other, Part(hours), answer)
        detail = tr("{time} of waiting", time=hours)
    then = _then(stream_map, metrics, answer)
    return AnswerView(answer.kind, _joined(said), then, place, detail)


def _wait(there: Part, other: Part | None, hours: Part, answer: Answer) -> tuple[str | Part, ...]:
    of_lead_time = answer.share_of_lead_time
    if of_lead_time is None:
        share = Part(format_percent(answer.share))
        if other is None:
            return tr_parts(
                "Value gets stuck in {step}: {time} of waiting, {share} of the expected lead time.",
                step=there, time=hours, share=share,
            )  # fmt: skip
        return tr_parts(
            "Value gets stuck between {step} and {other}: {time} of waiting, {share} of the "
            "expected lead time.",
            step=there, other=other, time=hours, share=share,
        )  # fmt: skip
    share = Part(format_percent(of_lead_time))
    if other is None:
        return tr_parts(
            "Value gets stuck in {step}: {time} of waiting, {share} of the lead time.",
            step=there, time=hours, share=share,
        )  # fmt: skip
    return tr_parts(
        "Value gets stuck between {step} and {other}: {time} of waiting, {share} of the lead time.",
        step=there, other=other, time=hours, share=share,
    )  # fmt: skip


def _joined(said: Iterable[str | Part]) -> tuple[Part, ...]:
    """Return what is said with all that is not strong in one piece."""
    parts: list[Part] = []
    for one in said:
        part = Part(one) if isinstance(one, str) else one
        if parts and not part.strong and not parts[-1].strong:
            part = Part(parts.pop().text + part.text)
        parts.append(part)
    return tuple(parts)


def _then(stream_map: ValueStreamMap, metrics: StreamMetrics, answer: Answer) -> tuple[str, ...]:
    unit = stream_map.unit or tr("item")
    item = tr("An {unit}", unit=unit) if unit[:1].lower() in "aeiou" else tr("A {unit}", unit=unit)
    now, then = (
        format_hours(hours, stream_map.calendar)
        for hours in (metrics.totals.expected_lead_time, answer.without)
    )
    if metrics.totals.lead_time_left_out:
        now, then = tr("at least {time}", time=now), tr("at least {time}", time=then)
    what = tr(_WITHOUT[answer.kind])
    if stream_map.rework:
        sentence = tr(
            "{item} takes {time} on average with rework counted; without {what} it would take "
            "{less}.",
            item=item, time=now, what=what, less=then,
        )  # fmt: skip
    else:
        sentence = tr(
            "{item} takes {time} on average; without {what} it would take {less}.",
            item=item, time=now, what=what, less=then,
        )  # fmt: skip
    return sentence, *_unknown(metrics)


def _unknown(metrics: StreamMetrics) -> tuple[str, ...]:
    left_out = metrics.totals.lead_time_left_out
    if not left_out:
        return ()
    return (
        tr_n(
            "The time of {n} step is unknown; without it the lead time is at least this long.",
            "The times of {n} steps are unknown; without them the lead time is at least this long.",
            left_out,
        ),
    )
