"""A map as values that a story can change, and the text that a team would have written.

Values stay the text that stands in the file, so that a map says exactly what the story does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import indent, wrap

Values = Mapping[str, str]
Change = Callable[["MapText"], "MapText"]
WIDTH = 88
NUMBERS = ("process_time", "wait_time", "complete_accurate", "capacity")
"""Numbers of a step that people say how they know."""
_HEAD_KEYS = (
    "title", "owner", "stream", "state", "unit", "trigger", "customer", "outcome", "demand",
    "calendar", "mapped_on", "review_by", "target_date", "tags",
)  # fmt: skip
_STEP_KEYS = (
    "name", "owner", "kind", *NUMBERS[:3], "people", "wip", "batch_size", "capacity",
    "automation", "value", "wastes", "systems",
)  # fmt: skip
_LOOP_KEYS = ("from", "to", "rate", "passes", "reason", "wait")
_IMPROVEMENT_KEYS = (
    "title", "step", "owner", "status", "hypothesis", "change", "started", "ended", "effort",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapText:
    """One map."""

    head: Values = field(default_factory=dict)
    steps: Mapping[str, Values] = field(default_factory=dict)
    """By id. Evidence for a single number stands under `evidence` and the number's name."""
    flow: tuple[str, ...] = ()
    rework: Mapping[str, Values] = field(default_factory=dict)
    """By way, such as `review -> build`."""
    improvements: Mapping[str, Values] = field(default_factory=dict)
    targets: tuple[str, ...] = ()
    prose: Mapping[str, str] = field(default_factory=dict)
    """By heading; what stands under the empty one comes first, without a heading."""
    slip: tuple[str, str] = ("", "")
    """A text and what somebody typed in its place."""

    def text(self) -> str:
        """Return the file."""
        lines = ["---", *_pairs(self.head, _HEAD_KEYS), "", "steps:", *self._step_lines()]
        lines += _listed("flow", (f"  - {line}" for line in self.flow))
        lines += _listed("rework", (_loop(way, loop) for way, loop in self.rework.items()))
        lines += _listed("improvements", self._improvement_lines())
        lines += _listed("targets", (f"  - {{{target}}}" for target in self.targets))
        text = "\n".join([*lines, "---", *self._prose_lines()]) + "\n"
        return text.replace(*self.slip, 1) if self.slip[0] else text

    def _step_lines(self) -> Iterator[str]:
        for number, (id, step) in enumerate(self.steps.items()):
            if number:
                yield ""
            yield f"  - id: {id}"
            yield from _pairs(step, _STEP_KEYS, "    ")
            yield from _evidence(step)
            yield from _notes(step.get("notes", ""))

    def _improvement_lines(self) -> Iterator[str]:
        for number, (id, values) in enumerate(self.improvements.items()):
            if number:
                yield ""
            yield f"  - id: {id}"
            yield from _pairs(values, _IMPROVEMENT_KEYS, "    ")

    def _prose_lines(self) -> Iterator[str]:
        for number, (heading, text) in enumerate(self.prose.items()):
            if number:
                yield ""
            if heading:
                yield from (f"## {heading}", "")
            yield _wrapped(text)


def _pairs(values: Values, keys: Sequence[str], margin: str = "") -> Iterator[str]:
    """Write what there is of these keys, in their order."""
    return (f"{margin}{key}: {values[key]}" for key in keys if key in values)


def _listed(key: str, lines: Iterator[str]) -> list[str]:
    found = list(lines)
    return ["", f"{key}:", *found] if found else []


def _loop(way: str, loop: Values) -> str:
    source, target = way.split(" -> ")
    pairs = _pairs({"from": source, "to": target, **loop}, _LOOP_KEYS)
    return f"  - {{{', '.join(pairs)}}}"


def _evidence(step: Values) -> Iterator[str]:
    """Write one grade for all numbers, or one for each where any of them has its own."""
    grade = step.get("evidence")
    own = {key: step[f"evidence {key}"] for key in NUMBERS if f"evidence {key}" in step}
    if own:
        yield "    evidence:"
        rest = {key: grade for key in NUMBERS if key in step} if grade else {}
        yield from (f"      {key}: {value}" for key, value in {**rest, **own}.items())
    elif grade:
        yield f"    evidence: {grade}"


def _notes(notes: str) -> Iterator[str]:
    if len(notes) > WIDTH:
        yield "    notes: |"
        yield indent(_wrapped(notes), "      ")
    elif notes:
        yield f"    notes: {notes}"


def _wrapped(text: str) -> str:
    """Break paragraphs and list items into lines."""
    parts = []
    for part in text.split("\n"):
        inner = "  " if part.startswith("- ") else ""
        parts.append("\n".join(wrap(part, WIDTH, subsequent_indent=inner, break_on_hyphens=False)))
    return "\n".join(parts)
