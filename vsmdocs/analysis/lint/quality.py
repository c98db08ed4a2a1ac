"""Whether the map knows how good the work is, and whether what it says fits together."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.analysis.lint.ways import repeated
from vsmdocs.analysis.lint.words import percent_text

_MUCH_UNUSABLE = 0.7
"""Below this share of usable work, rework that is missing makes figures plainly wrong."""
_POINTS_OFF = 0.15
"""How far a rate and the %C&A before it may be apart: both are mostly estimates."""


@rule(
    "quality-unknown",
    "quality",
    "info",
    summary="Steps say what share of their output can be used as it is.",
    reason="Much lead time comes of work that has to be corrected. Percent complete and accurate "
    "(%C&A) finds where, and only those who receive the work can tell it.",
    bad="steps:\n"
    "  - {id: design, process_time: 2d, wait_time: 1w}\n"
    "  - {id: build, process_time: 3d, wait_time: 1d}\n"
    "  - {id: test, process_time: 1d, wait_time: 2d}\n",
    good="steps:\n"
    "  - {id: design, process_time: 2d, wait_time: 1w, complete_accurate: 70%}\n"
    "  - {id: build, process_time: 3d, wait_time: 1d, complete_accurate: 80%}\n"
    "  - {id: test, process_time: 1d, wait_time: 2d}\n"
    "rework:\n"
    "  - {from: test, to: build, rate: 20%}\n",
)
def quality_unknown(subject: Subject) -> Iterator[Found]:
    """Find maps that say nothing of quality."""
    if subject.practice is None:
        return
    if any(step.complete_accurate is not None for step in subject.map.steps):
        return
    yield Found(
        ("steps",),
        "no step says what share of its output the next one can use as it is",
        "ask at each step: how many of ten items can you use without correcting, adding or "
        "asking? Write the answer as complete_accurate of the step before",
        key=True,
    )


@rule(
    "rework-missing",
    "quality",
    "info",
    summary="Work that cannot be used as it is goes somewhere on the map.",
    reason="What is not complete and accurate is corrected somewhere, and that takes time. "
    "Without rework the expected lead time counts as if everything were right at once.",
    bad="steps:\n"
    "  - {id: design, process_time: 2d, wait_time: 1w, complete_accurate: 60%}\n"
    "  - {id: build, process_time: 3d, wait_time: 1d, complete_accurate: 80%}\n"
    "  - {id: test, process_time: 1d, wait_time: 2d}\n",
    good="steps:\n"
    "  - {id: design, process_time: 2d, wait_time: 1w, complete_accurate: 60%}\n"
    "  - {id: build, process_time: 3d, wait_time: 1d, complete_accurate: 80%}\n"
    "  - {id: test, process_time: 1d, wait_time: 2d}\n"
    "rework:\n"
    "  - {from: build, to: design, rate: 40%, reason: unclear requirements}\n"
    "  - {from: test, to: build, rate: 20%, reason: defects}\n",
)
def rework_missing(subject: Subject) -> Iterator[Found]:
    """Find maps of much unusable work that goes nowhere."""
    metrics = subject.practice
    if metrics is None or subject.map.rework:
        return
    usable = metrics.totals.complete_accurate
    if usable is None or usable >= _MUCH_UNUSABLE:
        return
    yield Found(
        ("steps",),
        f"only {percent_text(usable)} of the items get through without a correction, and no "
        "rework says where the others go",
        "list the loops as rework: from the step that finds the fault to the one that mends it, "
        "and what share goes back",
        key=True,
    )


@rule(
    "quality-disagrees",
    "quality",
    "info",
    summary="No more comes back than the steps before say is unusable.",
    reason="A rework rate and %C&A are two views of the same faults: one from the step that finds "
    "them, one of the steps that make them. Where they are far apart, one of them is a guess.",
    bad="steps:\n"
    "  - {id: build, process_time: 3d, complete_accurate: 95%}\n"
    "  - {id: test, process_time: 1d}\n"
    "rework:\n"
    "  - {from: test, to: build, rate: 40%}\n",
    good="steps:\n"
    "  - {id: build, process_time: 3d, complete_accurate: 60%}\n"
    "  - {id: test, process_time: 1d}\n"
    "rework:\n"
    "  - {from: test, to: build, rate: 40%}\n",
)
def quality_disagrees(subject: Subject) -> Iterator[Found]:
    """Find loops that bring back more than the steps in them spoil."""
    if subject.metrics is None:
        return
    shares = {step.id: step.complete_accurate for step in subject.map.steps}
    for index, loop in enumerate(subject.map.rework):
        if loop.source == loop.target or loop.rate <= _POINTS_OFF or not shares[loop.target]:
            continue
        makers = [step for step in repeated(subject.metrics.flow, loop) if step != loop.source]
        stated = [known for step in makers if (known := shares[step]) is not None]
        if len(stated) < len(makers):
            continue
        spoilt = 1 - prod(prod(known) for known in stated)
        if loop.rate > spoilt + _POINTS_OFF + 1e-9:
            target = subject.step(loop.target).title
            who = "that step" if len(makers) == 1 else "the steps from there on"
            yield Found(
                ("rework", index, "rate"),
                f"{percent_text(loop.rate)} go back to “{target}”, and by the %C&A of {who} only "
                f"{percent_text(spoilt)} cannot be used as it is",
                "ask those at both ends about the same ten items, and write what they agree on",
            )
