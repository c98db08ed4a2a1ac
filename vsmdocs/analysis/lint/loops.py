"""Waste in doing things again: loops that cost much, and faults that are found late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.analysis.lint.ways import origin, repeated
from vsmdocs.analysis.lint.words import hours_text, percent_text
from vsmdocs.model.flow import Flow
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import Rework, Step

_RELEASE = re.compile(
    r"\b(?:release|releases|releasing|go[- ]?live|(?:in|into|to) production|publish|publishing"
    r"|roll[- ]?out|ship|shipping|launch|deploy|deployment)\b",
    re.IGNORECASE,
)
_NO_RELEASE = re.compile(
    r"\b(?:stag(?:e|ing)|test(?:s|ing)?|qa|uat|preview|dev|development|plan(?:ning)?|approval"
    r"|notes?|candidate|pre-?production|canary|sandbox)\b",
    re.IGNORECASE,
)
_STEPS = """steps:
  - {id: refine, process_time: 3h, complete_accurate: 75%}
  - {id: build, process_time: 2d, complete_accurate: 90%}
  - {id: review, process_time: 2h, complete_accurate: 95%}
  - {id: test, process_time: 1d, complete_accurate: 95%}
  - {id: accept, process_time: 1h}
"""
_RELEASED = "  - {id: release, process_time: 1h}\n  - {id: support, process_time: 2h}\n"


_MANY_STEPS = 4
"""From the fault to its discovery, both included: less is what a check is there for."""


def _loops(subject: Subject, metrics: StreamMetrics) -> Iterator[tuple[int, Rework, float, float]]:
    """Yield the loops that lengthen the expected lead time: place, loop, gain, share of it."""
    places = {(loop.source, loop.target): index for index, loop in enumerate(subject.map.rework)}
    for point in metrics.stuck:
        if point.kind == "loop" and point.gain and point.to is not None:
            index = places[point.step, point.to]
            yield index, subject.map.rework[index], point.gain, point.share or 0.0


@rule(
    "costly-rework",
    "waste",
    "info",
    summary="No rework loop makes up a large part of the lead time.",
    reason="Rework is paid twice: in the work that is done again, and in all the waits on the way "
    "back. It is mended where the faults are made and not where they are found.",
    bad=_STEPS + "rework:\n  - {from: test, to: build, rate: 40%, reason: defects}\n",
    good=_STEPS + "rework:\n  - {from: test, to: build, rate: 5%, reason: defects}\n",
)
def costly_rework(subject: Subject) -> Iterator[Found]:
    """Find the loop that costs most, where that is a tenth of the lead time, and its origin."""
    metrics = subject.practice
    loops = _loops(subject, metrics) if metrics is not None else iter(())
    index, loop, gain, share = next(loops, (0, None, 0.0, 0.0))
    if metrics is None or loop is None or share < 0.1:
        return
    source, target = subject.step(loop.source), subject.step(loop.target)
    message = (
        f"{percent_text(loop.rate)} of what leaves “{source.title}” goes back to “{target.title}”, "
        f"which adds {hours_text(gain, subject.map.calendar)} ({percent_text(share)}) to the "
        "expected lead time"
    )
    found = origin(subject, repeated(metrics.flow, loop), loop)
    if found is None:
        hint = (
            f"ask those of “{source.title}” what comes to them unfit, and from where; then write "
            f"complete_accurate for the steps from “{target.title}” on"
        )
    else:
        maker = subject.step(found[0]).title
        message += f"; on that way “{maker}” hands on the least that is usable, {_fit(found[1])}"
        hint = (
            f"begin at “{maker}”: agree on what has to be true before it hands on, with one "
            "example of what goes wrong, and build the check in there"
        )
    yield Found(("rework", index, "rate"), message, hint)


@rule(
    "late-discovery",
    "waste",
    "info",
    summary="Faults are found near where they are made.",
    reason="The longer a fault travels, the more work is built on it and the less anyone "
    "remembers of it. What is found a step later costs minutes, and at the end days.",
    bad=_STEPS + "rework:\n  - {from: accept, to: refine, rate: 10%, reason: misunderstood}\n",
    good=_STEPS + "rework:\n  - {from: build, to: refine, rate: 10%, reason: misunderstood}\n",
)
def late_discovery(subject: Subject) -> Iterator[Found]:
    """Find the loop that goes back over most steps, where that is a good part of the stream."""
    metrics = subject.practice
    if metrics is None or not subject.map.rework:
        return
    released = _released(subject, metrics.flow)
    place = {step: index for index, step in enumerate(metrics.flow.order)}
    far = []
    for index, loop, gain, _ in _loops(subject, metrics):
        if loop.source in released and loop.target not in released:
            continue  # which has a rule of its own
        if place[loop.source] - place[loop.target] < _MANY_STEPS - 1:
            continue
        steps = _work_steps(subject, repeated(metrics.flow, loop))
        if len(steps) >= _MANY_STEPS and len(steps) >= 0.4 * len(subject.map.steps):
            far.append((gain, -index, loop, steps))
    if not far:
        return
    _, number, loop, steps = max(far, key=lambda row: row[:2])
    source, target = subject.step(loop.source), subject.step(loop.target)
    usable = prod(target.complete_accurate or (1.0,))
    known = f"; what it hands on is usable {_fit(usable)}" if usable < 1 else ""
    yield Found(
        ("rework", -number, "from"),
        f"what goes wrong in “{target.title}” is found in “{source.title}” in "
        f"{percent_text(loop.rate)} of the items, {len(steps) - 1} steps later{known}",
        f"bring the look at it forward: let those of “{source.title}” say at “{target.title}” "
        "what they will look for, and check a first part of it as soon as there is one",
    )


@rule(
    "feedback-after-release",
    "waste",
    "info",
    summary="Faults are found before the customer has them.",
    reason="What comes back after a release went through the whole stream, and the customer has "
    "already met it. Small releases to a few people first find the same fault while it is small.",
    bad=_STEPS + _RELEASED + "rework:\n  - {from: support, to: build, rate: 5%}\n",
    good=_STEPS + _RELEASED + "rework:\n  - {from: test, to: build, rate: 5%}\n",
)
def feedback_after_release(subject: Subject) -> Iterator[Found]:
    """Find work that comes back from after a release to before it, the loop that costs most.

    A release is known by its name, in the second half of the flow.
    """
    metrics = subject.practice
    if metrics is None or not subject.map.rework:
        return
    released = _released(subject, metrics.flow)
    for index, loop, _, _ in _loops(subject, metrics):
        if loop.source not in released or loop.target in released:
            continue
        source, target = subject.step(loop.source), subject.step(loop.target)
        yield Found(
            ("rework", index, "from"),
            f"{percent_text(loop.rate)} come back from “{source.title}” to “{target.title}” after "
            "the release",
            "release smaller parts, to a few people first, and be able to take them back; look for "
            "the check before the release that would have found the last one",
        )
        return


def _fit(share: float) -> str:
    return f"as it is in {percent_text(share)} of cases"


def _work_steps(subject: Subject, names: list[str]) -> list[str]:
    kinds = {step.id: step.kind for step in subject.map.steps}
    return [name for name in names if kinds[name] != "queue"]


def _released(subject: Subject, flow: Flow) -> frozenset[str]:
    """Return the release, by its name, and what comes after it."""
    steps = {step.id: step for step in subject.map.steps}
    second_half = flow.order[len(flow.order) // 2 :]
    after: set[str] = set()
    for name in second_half:
        if name in after or _is_release(steps[name]):
            after.add(name)
            after.update(edge.target for edge in flow.outgoing[name])
    return frozenset(after)


def _is_release(step: Step) -> bool:
    if step.kind != "work":
        return False
    text = f"{step.id.replace('-', ' ')} {step.title}"
    return bool(_RELEASE.search(text)) and not _NO_RELEASE.search(text)
