"""Maps whose figures do not exist, and ways that nobody takes."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject

_TWO = "steps:\n  - {id: build, process_time: 2d}\n  - {id: review, process_time: 2h}\n"
_THREE = _TWO + "  - {id: hotfix, process_time: 1h}\n"


@rule(
    "no-exit",
    "structure",
    "error",
    summary="Every item gets out of its rework loops.",
    reason="Work that always comes back is never done, so that its lead time has no end. Where "
    "everything comes back once, passes: 1 says so.",
    bad=_TWO + "rework:\n  - {from: review, to: build, rate: 100%}\n",
    good=_TWO + "rework:\n  - {from: review, to: build, rate: 100%, passes: 1}\n",
    firm=True,
)
def no_exit(subject: Subject) -> Iterator[Found]:
    """Find rework that nothing gets out of."""
    yield from _error(subject, "no-exit")


@rule(
    "too-many-scenarios",
    "structure",
    "error",
    summary="The alternatives make at most 1,024 combinations.",
    reason="Each combination of alternatives is calculated, and ten choices one after another "
    "make a thousand. Most of them do not change the figures.",
    firm=True,
)
def too_many_scenarios(subject: Subject) -> Iterator[Found]:
    """Find alternatives with more combinations than are calculated."""
    yield from _error(subject, "too-many-scenarios")


@rule(
    "too-complex",
    "structure",
    "error",
    summary="The figures can be calculated in a few seconds.",
    reason="Hundreds of parallel steps with hundreds of loops between them would take minutes, "
    "and nobody could read the picture.",
    firm=True,
)
def too_complex(subject: Subject) -> Iterator[Found]:
    """Find maps that would take too long to calculate."""
    yield from _error(subject, "too-complex")


@rule(
    "choice-never",
    "structure",
    "info",
    summary="An alternative is taken now and then.",
    reason="A way with a share of 0 % is drawn and counts for nothing. Either it is not there "
    "any more, or its share was never asked for.",
    bad=_THREE + 'flow:\n  - "build -> [review 100%, hotfix 0%]"\n',
    good=_THREE + 'flow:\n  - "build -> [review 95%, hotfix 5%]"\n',
)
def choice_never(subject: Subject) -> Iterator[Found]:
    """Find alternatives that no item takes."""
    if subject.metrics is None:
        return
    flow = subject.metrics.flow
    seen: set[tuple[int, int]] = set()
    for edge in flow.edges:
        if edge.choice is None or flow.choices[edge.choice].shares[edge.option] > 0:
            continue
        if (edge.choice, edge.option) in seen:
            continue
        seen.add((edge.choice, edge.option))
        yield Found(
            edge.where,
            f"no item takes the way to “{edge.target}”: its share is 0 %",
            "drop it, or give it its share",
            edge.offset,
            len(edge.target),
        )


def _error(subject: Subject, name: str) -> Iterator[Found]:
    error = subject.error
    if error is not None and error.rule == name:
        yield Found(error.where, error.message, error.hint)
