"""How well the numbers are known, and whether they are still true."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.answer import find_answer
from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.analysis.lint.words import hours_text

_LONG_AGO_DAYS = 365
_STEPS = """steps:
  - {id: design, process_time: 2d, wait_time: 1d, complete_accurate: 90%}
  - {id: build, process_time: 3d, wait_time: 1d, complete_accurate: 90%}
"""
_TEST = "  - {id: test, process_time: 1d, wait_time: 2d"
_ANSWER_KEYS = {"wait": ("wait_time", "lead_time"), "step": ("process_time", "lead_time")}


@rule(
    "review-due",
    "evidence",
    "warning",
    summary="A map is reviewed when it is due.",
    reason="A map that nobody walks again tells of a stream that is gone, and decisions are "
    "still made by it.",
    bad="review_by: 2026-01-15\nsteps:\n  - {id: build, process_time: 2d}\n",
    good="review_by: 2027-01-15\nsteps:\n  - {id: build, process_time: 2d}\n",
)
def review_due(subject: Subject) -> Iterator[Found]:
    """Find a map whose day of review is past."""
    due = subject.map.review_by
    if due is None or due >= subject.today:
        return
    days = (subject.today - due).days
    yield Found(
        ("review_by",),
        f"the review was due {days} day{'' if days == 1 else 's'} ago",
        "walk the stream again, then move mapped_on and review_by on",
    )


@rule(
    "mapped-long-ago",
    "evidence",
    "info",
    summary="A current state was walked within the last year, or says when it is due again.",
    reason="Teams, tools and demand change within a year. Figures from before that are history, "
    "however well they were measured.",
    bad="mapped_on: 2024-03-01\nsteps:\n  - {id: build, process_time: 2d}\n",
    good="mapped_on: 2026-09-21\nreview_by: 2027-03-01\n"
    "steps:\n  - {id: build, process_time: 2d}\n",
)
def mapped_long_ago(subject: Subject) -> Iterator[Found]:
    """Find current states that nobody has walked for a year."""
    day = subject.map.mapped_on
    if subject.map.state != "current" or day is None or subject.map.review_by is not None:
        return
    days = (subject.today - day).days
    if days > _LONG_AGO_DAYS:
        yield Found(
            ("mapped_on",),
            f"this map was made {days:,} days ago, and nothing says when it is due again",
            "walk the stream again with those who do the work, and set review_by to a day in "
            "three to six months",
        )


@rule(
    "stale-numbers",
    "evidence",
    "warning",
    summary="Numbers are asked again before they are too old.",
    reason="A number that was true once is believed for years when nobody asks again. Too old is "
    "what was not said since the day of review, or for longer than stale_after_days in the "
    "settings.",
    bad="# With stale_after_days = 180 in vsmdocs.toml.\n"
    "steps:\n  - id: review\n    process_time: 2h\n    wait_time: 3d\n"
    "    evidence: {wait_time: {grade: measured, on: 2025-01-10}}\n",
    good="steps:\n  - id: review\n    process_time: 2h\n    wait_time: 3d\n"
    "    evidence: {wait_time: {grade: measured, on: 2026-11-10}}\n",
    needs="past",
)
def stale_numbers(subject: Subject) -> Iterator[Found]:
    """Find numbers that nobody has said again for too long, one for each step."""
    if not subject.stale:
        return
    for index, step in enumerate(subject.map.steps):
        old = {field: why for (name, field), why in subject.stale.items() if name == step.id}
        if not old:
            continue
        first = next(iter(old))
        names = ", ".join(field.replace("_", " ") for field in old)
        yield Found(
            ("steps", index, first),
            f"{names} of “{step.title}”: {old[first]}",
            "ask again, and write the number or its evidence with the day on which it was said",
        )


@rule(
    "no-evidence",
    "evidence",
    "info",
    summary="A current state says how its numbers are known.",
    reason="A measured wait and one that somebody in the room remembered look the same on a map. "
    "Evidence tells readers how far to trust a figure, and the team what to measure next.",
    bad=_STEPS + _TEST + "}\n",
    good=_STEPS + _TEST + ", evidence: sampled}\n",
)
def no_evidence(subject: Subject) -> Iterator[Found]:
    """Find current states without any evidence."""
    if subject.practice is None or any(step.evidence for step in subject.map.steps):
        return
    yield Found(
        ("steps",),
        "nothing says how the numbers of this map are known",
        "begin with the longest wait: evidence: measured, sampled, estimated or assumed, and "
        "where it comes from",
        key=True,
    )


@rule(
    "assumed-answer",
    "evidence",
    "info",
    summary="The number on which the answer hangs is not just assumed.",
    reason="The map says that value gets stuck there, and people will act on it. That number is "
    "worth an afternoon of measuring before any other.",
    bad=_STEPS + _TEST + ", evidence: assumed}\n",
    good=_STEPS + _TEST + ", evidence: sampled}\n",
)
def assumed_answer(subject: Subject) -> Iterator[Found]:
    """Find an answer to where value gets stuck that rests on an assumption."""
    metrics = subject.practice
    answer = find_answer(metrics) if metrics is not None else None
    if answer is None or answer.to is not None or answer.kind not in _ANSWER_KEYS:
        return
    place, step = subject.place(answer.step), subject.step(answer.step)
    graded = step.evidence or {}
    keys = [key for key in _ANSWER_KEYS[answer.kind] if getattr(step, key) is not None]
    known = next((graded[key] for key in (*keys, "all") if key in graded), None)
    if known is None or known.grade != "assumed":
        return
    what = "the work of " if answer.kind == "step" else "the wait before "
    if step.kind == "queue":
        what = ""
    length = hours_text(answer.hours or 0.0, subject.map.calendar)
    yield Found(
        (*place, "evidence"),
        f"value gets stuck most in {what}“{step.title}”, and how long that is, {length}, is "
        "assumed",
        "note for the next ten items when each arrived and when its work began, and write the "
        "mean with evidence: sampled",
    )
