"""What the parts of a map must have to do with one another, as located problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from vsmdocs.model.flow import (
    MOST_SHARED_STEPS,
    SHARED,
    START,
    Flow,
    FlowItems,
    build_flow,
    flow_of,
)
from vsmdocs.model.flow_text import FlowSyntaxError, parse_line
from vsmdocs.model.stream import FlowEdge, Step, ValueStreamMap
from vsmdocs.model.times import TOLERANCE_HOURS
from vsmdocs.model.units import Calendar, nearest

MOST_EDGES = 20_000
"""Ways from step to step that the lines of one flow may draw; a few a step are usual."""
MOST_PROBLEMS = 101
"""One more than is reported, so that it can be said that there are more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit together, at a path of keys into the frontmatter."""

    rule: str
    message: str
    hint: str
    where: tuple[str | int, ...]
    offset: int = 0
    """Characters into the value."""
    length: int = 0
    key: bool = False
    """Whether it is about the key rather than the value."""


def find_problems(stream_map: ValueStreamMap) -> list[Problem]:
    """Return what contradicts itself in a map whose values are well formed each.

    It stops at `MOST_PROBLEMS`, because looking for what was meant instead takes time.
    """
    return list(islice(_problems(stream_map), MOST_PROBLEMS))


def _problems(stream_map: ValueStreamMap) -> Iterator[Problem]:
    yield from _duplicate_ids(stream_map)
    yield from _times(stream_map)
    flow = _flow(stream_map)
    yield from flow
    steps = _Steps(step.id for step in stream_map.steps)
    if not flow and steps.unique:
        yield from _rework(stream_map, steps)
    yield from _improvements(stream_map, steps)


class _Steps:
    """The steps that others refer to, and what to say where there is none of that name."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.known = tuple(ids)
        self._set = set(self.known)
        self.unique = len(self._set) == len(self.known)
        """Whether a name says which step is meant."""
        self._guesses = 20
        """Names that are still compared with every step, which takes time in a long map."""

    def __contains__(self, name: str) -> bool:
        return name in self._set

    def missing(self, name: str) -> tuple[str, str]:
        """Return message and hint for a name that no step has."""
        near = None
        if self._guesses > 0:
            self._guesses -= 1
            near = nearest(name, self.known)
        listed = ", ".join(self.known[:8]) + (", …" if len(self.known) > 8 else "")
        return f"there is no step “{name}”", (
            f"did you mean {near}?" if near else f"the steps are {listed}"
        )


def _duplicate_ids(stream_map: ValueStreamMap) -> Iterator[Problem]:
    ids = {
        "steps": [step.id for step in stream_map.steps],
        "improvements": [improvement.id for improvement in stream_map.improvements],
    }
    for key, names in ids.items():
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                yield Problem(
                    "duplicate-id",
                    f"“{name}” is the id of an earlier entry already",
                    "give each its own id",
                    (key, index, "id"),
                )
            seen.add(name)


def _times(stream_map: ValueStreamMap) -> Iterator[Problem]:
    calendar = stream_map.calendar
    for index, step in enumerate(stream_map.steps):
        yield from _step_times(step, calendar, ("steps", index))


def _step_times(step: Step, calendar: Calendar, where: tuple[str | int, ...]) -> Iterator[Problem]:
    if step.lead_time is None:
        return
    lead = step.lead_time.hours(calendar)
    parts = {
        name: value.hours(calendar)
        for name, value in (("process_time", step.process_time), ("wait_time", step.wait_time))
        if value is not None
    }
    for name, hours in parts.items():
        if hours > lead + TOLERANCE_HOURS:
            yield Problem(
                "lead-below-process" if name == "process_time" else "lead-below-wait",
                f"the lead time of “{step.id}”, {step.lead_time.text}, is shorter than its "
                f"{name.replace('_', ' ')} alone",
                "lead time is wait plus process: make it longer, or leave it out",
                (*where, "lead_time"),
            )
            return
    if len(parts) == 2 and abs(sum(parts.values()) - lead) > TOLERANCE_HOURS:
        yield Problem(
            "times-disagree",
            f"wait and process of “{step.id}” add up to {sum(parts.values()):g} h, "
            f"and its lead time says {lead:g} h",
            "state two of the three times; the third follows",
            (*where, "lead_time"),
        )


def _flow(stream_map: ValueStreamMap) -> tuple[Problem, ...]:
    if stream_map.flow is None:
        return ()
    steps = tuple(step.id for step in stream_map.steps)
    judge = _judge_once if len(steps) <= MOST_SHARED_STEPS else _judge
    return judge(steps, stream_map.flow)


def _judge(steps: tuple[str, ...], items: FlowItems) -> tuple[Problem, ...]:
    return tuple(islice(_flow_problems(steps, items), MOST_PROBLEMS))


_judge_once = lru_cache(maxsize=SHARED)(_judge)


def _flow_problems(steps: tuple[str, ...], items: FlowItems) -> Iterator[Problem]:
    known = _Steps(steps)
    mentioned: set[str] = set()
    long_forms: set[tuple[str, str]] = set()
    failed = False
    edges = 0
    for number, item in enumerate(items):
        where = ("flow", number)
        if isinstance(item, FlowEdge):
            for key, name in (("from", item.source), ("to", item.target)):
                mentioned.add(name)
                if name not in known:
                    failed = True
                    yield Problem("unknown-step", *known.missing(name), (*where, key))
            pair = (item.source, item.target)
            if pair in long_forms:
                failed = True
                yield Problem(
                    "duplicate-edge",
                    f"the way from “{pair[0]}” to “{pair[1]}” is described twice",
                    "keep one of the two entries",
                    (*where, "to"),
                )
            long_forms.add(pair)
            continue
        try:
            groups = parse_line(item)
        except FlowSyntaxError as error:
            failed = True
            yield Problem(
                "flow-syntax", error.message, error.hint, where, error.offset, error.length
            )
            continue
        edges += sum(len(a.mentions) * len(b.mentions) for a, b in pairwise(groups))
        if edges > MOST_EDGES:
            yield Problem(
                "too-many-edges",
                f"from this line on the flow draws more than {MOST_EDGES:,} ways between steps",
                "put a step between large groups, so that each way is drawn once",
                where,
            )
            return
        for mention in (mention for group in groups for mention in group.mentions):
            mentioned.add(mention.id)
            if mention.id not in known:
                failed = True
                message, hint = known.missing(mention.id)
                yield Problem("unknown-step", message, hint, where, mention.offset, len(mention.id))
    if failed:
        return
    for index, step in enumerate(steps):
        if step not in mentioned:
            yield Problem(
                "step-not-in-flow",
                f"“{step}” is in no line of the flow",
                f"add it to the flow, such as - {step} -> …, or remove the step",
                ("steps", index, "id"),
            )
    if not known.unique:
        return
    yield from _circles(flow_of(steps, items))
    yield from _choice_conflicts(items)


def _circles(flow: Flow) -> Iterator[Problem]:
    if len(flow.order) == len(flow.steps):
        return
    left = set(flow.steps) - set(flow.order)
    # Walk backwards among what could not be ordered: every such step has one before it.
    before = {
        edge.target: edge.source
        for edge in flow.edges
        if edge.source in left and edge.target in left
    }
    step = next(s for s in flow.steps if s in left)
    walk: list[str] = []
    while step not in walk:
        walk.append(step)
        step = before[step]
    circle = walk[walk.index(step) :][::-1]
    first = min(range(len(circle)), key=lambda index: flow.steps.index(circle[index]))
    circle = [*circle[first:], *circle[:first], circle[first]]
    closing = next(e for e in flow.edges if (e.source, e.target) == (circle[-2], circle[-1]))
    yield Problem(
        "flow-circle",
        f"the flow goes in a circle: {' -> '.join(circle)}",
        f"work that comes back is rework: write rework: - {{from: {circle[-2]}, "
        f"to: {circle[-1]}, rate: 20%}}",
        (*closing.where, "to") if closing.annotated and not closing.offset else closing.where,
        closing.offset,
        len(closing.target) if closing.offset else 0,
    )


def _choice_conflicts(items: FlowItems) -> Iterator[Problem]:
    """A way may belong to one choice only, else its share is ambiguous."""
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for number, item in enumerate(items):
        if isinstance(item, FlowEdge):
            continue
        groups = parse_line(item)
        for position, group in enumerate(groups):
            sources = (
                [m.id for m in groups[position - 1].mentions]
                if position
                else ([START] if group.is_choice else [])
            )
            kind = (number, position) if group.is_choice else (-1, -1)
            for source in sources:
                for mention in group.mentions:
                    if seen.setdefault((source, mention.id), kind) != kind:
                        yield Problem(
                            "ambiguous-choice",
                            f"the way to “{mention.id}” has a share here and another meaning "
                            "in an earlier line",
                            "write it in one line only",
                            ("flow", number),
                            mention.offset,
                            len(mention.id),
                        )


def _descendants(flow: Flow) -> dict[str, int]:
    """Return what comes after each step, as a set of bits by position in the order."""
    place = {step: 1 << index for index, step in enumerate(flow.order)}
    after: dict[str, int] = {}
    for step in reversed(flow.order):
        bits = 0
        for edge in flow.outgoing[step]:
            bits |= place[edge.target] | after[edge.target]
        after[step] = bits
    return after


def _rework(stream_map: ValueStreamMap, known: _Steps) -> Iterator[Problem]:
    if not stream_map.rework:
        return
    flow = build_flow(stream_map)
    after = _descendants(flow)
    place = {step: index for index, step in enumerate(flow.order)}
    seen: set[tuple[str, str]] = set()
    rates: dict[str, float] = {}
    for index, loop in enumerate(stream_map.rework):
        where = ("rework", index)
        unknown = [
            (k, n) for k, n in (("from", loop.source), ("to", loop.target)) if n not in known
        ]
        for key, name in unknown:
            yield Problem("unknown-step", *known.missing(name), (*where, key))
        if unknown:
            continue
        if after[loop.source] >> place[loop.target] & 1:
            yield Problem(
                "rework-forward",
                f"“{loop.target}” comes after “{loop.source}”, so this skips steps instead of "
                "going back",
                "rework goes back to an earlier step, or to the step itself",
                (*where, "to"),
            )
        if (loop.source, loop.target) in seen:
            yield Problem(
                "duplicate-rework",
                f"rework from “{loop.source}” to “{loop.target}” is listed twice",
                "add the two rates up into one entry",
                (*where, "to"),
            )
        seen.add((loop.source, loop.target))
        rates[loop.source] = rates.get(loop.source, 0.0) + loop.rate
        if rates[loop.source] > 1 + 1e-9:
            yield Problem(
                "rework-rates",
                f"more than 100 % of what leaves “{loop.source}” would go back",
                "the rates from one step add up to at most 100%",
                (*where, "rate"),
            )


def _improvements(stream_map: ValueStreamMap, known: _Steps) -> Iterator[Problem]:
    for index, improvement in enumerate(stream_map.improvements):
        where = ("improvements", index)
        if improvement.step is not None and improvement.step not in known:
            message, hint = known.missing(improvement.step)
            yield Problem("unknown-step", message, hint, (*where, "step"))
        for change in improvement.change:
            if change.step not in known:
                message, hint = known.missing(change.step)
                key = f"{change.step}.{change.field}"
                yield Problem("unknown-step", message, hint, (*where, "change", key), key=True)
        if improvement.started and improvement.ended and improvement.ended < improvement.started:
            yield Problem(
                "ended-before-start",
                f"“{improvement.id}” ends before it starts",
                "swap the two dates, or drop one",
                (*where, "ended"),
            )
