"""Waste where work changes hands: between people, and between people and machines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.analysis.lint.words import hours_text
from vsmdocs.model.flow import START, Flow
from vsmdocs.model.metrics import Rung
from vsmdocs.model.stream import Step

_MOST = 2


@rule(
    "no-owner",
    "waste",
    "info",
    summary="Every step has an owner, or none has.",
    reason="Work that belongs to nobody waits for somebody to notice it, and handoffs can only "
    "be counted between owners.",
    bad="steps:\n  - {id: build, owner: Engineering, process_time: 2d}\n"
    "  - {id: release, process_time: 1h}\n",
    good="steps:\n  - {id: build, owner: Engineering, process_time: 2d}\n"
    "  - {id: release, owner: Platform, process_time: 1h}\n",
)
def no_owner(subject: Subject) -> Iterator[Found]:
    """Find steps without an owner among steps that have one."""
    if not any(step.owner for step in subject.map.steps):
        return
    for index, step in enumerate(subject.map.steps):
        if step.owner is None:
            yield Found(
                ("steps", index, "id"),
                f"“{step.id}” has no owner, so handoffs to and from it are not counted",
                "name the team or role that does it",
            )


@rule(
    "ping-pong",
    "waste",
    "info",
    summary="Work does not go to another owner and back for a little work in between.",
    reason="Each handoff costs a wait and some of what was known. Where another team does a short "
    "piece in the middle, the one that has the work could do it, with their help, and spare two "
    "handoffs.",
    bad="steps:\n"
    "  - {id: build, owner: Engineering, process_time: 2d}\n"
    "  - {id: database, owner: Operations, process_time: 30m, wait_time: 2d}\n"
    "  - {id: test, owner: Engineering, process_time: 1d, wait_time: 4h}\n",
    good="steps:\n"
    "  - {id: build, owner: Engineering, process_time: 2d}\n"
    "  - {id: database, owner: Engineering, process_time: 30m}\n"
    "  - {id: test, owner: Engineering, process_time: 1d}\n",
)
def ping_pong(subject: Subject) -> Iterator[Found]:
    """Find short work elsewhere, between two parts of one owner's, on the way that most items take.

    It is worth a word where handing over costs more time than the work between, and that is
    less than what is done before and after it. At most two are told, the dearest ones.
    """
    metrics = subject.practice
    if metrics is None:
        return
    steps = {step.id: step for step in subject.map.steps}
    runs = [
        (owner, list(rungs))
        for owner, rungs in groupby(metrics.ladder.rungs, key=lambda rung: steps[rung.step].owner)
    ]
    found = []
    for (one, before), (other, middle), (again, after) in zip(
        runs, runs[1:], runs[2:], strict=False
    ):
        if one is None or other is None or one != again:
            continue
        if any(
            steps[rung.step].kind == "approval" or steps[rung.step].automation == "automated"
            for rung in middle
        ):
            continue  # approvals have a rule of their own, and machines are nobody else
        own, work = _work(before) + _work(after), _work(middle)
        waits = sum(rung.wait or 0.0 for rung in (*middle, after[0]))
        if waits > work and work < own:
            found.append((waits, work, one, other, middle))
    found.sort(key=lambda row: -row[0])
    calendar = subject.map.calendar
    for waits, work, one, other, middle in found[:_MOST]:
        step = steps[middle[0].step]
        yield Found(
            (*subject.place(step.id), "owner"),
            f"the work goes from “{one}” to “{other}” and back: {hours_text(waits, calendar)} of "
            f"waiting around {hours_text(work, calendar)} of work in “{step.title}”",
            f"let “{one}” do it themselves: ask “{other}” for a template, a tool or an hour "
            "together, and for what must never be done without them",
        )


def _work(rungs: list[Rung]) -> float:
    return sum(rung.process or 0.0 for rung in rungs)


@rule(
    "manual-beside-automated",
    "waste",
    "info",
    summary="No short manual step stands beside an automated one.",
    reason="An automated step is done in minutes, and then its result waits for a person to pick "
    "it up or to pass it on. What a person decides there by looking is often a rule that the "
    "automation can follow.",
    bad="steps:\n"
    "  - {id: build, process_time: 2d}\n"
    "  - {id: checks, process_time: 10m, automation: automated}\n"
    "  - {id: merge, process_time: 10m, wait_time: 4h, automation: manual}\n",
    good="steps:\n"
    "  - {id: build, process_time: 2d}\n"
    "  - {id: checks, process_time: 10m, automation: automated}\n"
    "  - {id: merge, process_time: 1m, automation: automated}\n",
)
def manual_beside_automated(subject: Subject) -> Iterator[Found]:
    """Find manual work of an hour or less between automated steps, or waiting beside one."""
    metrics = subject.practice
    if metrics is None or all(step.automation != "automated" for step in subject.map.steps):
        return
    steps = {step.id: step for step in subject.map.steps}
    rows = {row.id: row for row in metrics.steps}
    beside = _automated_neighbours(steps, metrics.flow)
    found = []
    for index, step in enumerate(subject.map.steps):
        row = rows[step.id]
        work, wait = row.process_time, row.wait_time or 0.0
        if step.automation != "manual" or step.kind != "work" or step.value == "adding":
            continue
        if work is None or work > 1 or not row.share:
            continue
        near = beside.get(step.id, {})
        if near and (wait > work or len(near) == 2):
            found.append((-(work + wait) * row.visits, index, step, near))
    for _, index, step, near in sorted(found, key=lambda row: row[:2])[:_MOST]:
        row = rows[step.id]
        order, other = next(iter(near.items()))
        waits = ""
        if row.wait_time:
            waits = f", {hours_text(row.wait_time, subject.map.calendar)} of waiting included"
        whole = hours_text((row.process_time or 0.0) + (row.wait_time or 0.0), subject.map.calendar)
        yield Found(
            ("steps", index, "automation"),
            f"“{step.title}” is done by hand and {order} “{steps[other].title}”, which is "
            f"automated: it takes {whole}{waits}",
            "ask what a person looks at there: what can be said as a rule can be part of "
            f"“{steps[other].title}”, and people are asked about the rest",
        )


def _automated_neighbours(steps: dict[str, Step], flow: Flow) -> dict[str, dict[str, str]]:
    """Return by step which automated one it `follows` or `comes before`.

    Where it has to wait for people as well, or its work goes to people too, it does not count.
    """
    sides: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for edge in flow.edges:
        if edge.source != START:
            way = edge.choice is not None
            sides.setdefault((edge.target, "follows"), []).append((edge.source, way))
            sides.setdefault((edge.source, "comes before"), []).append((edge.target, way))
    found: dict[str, dict[str, str]] = {}
    for (step, order), others in sides.items():
        people = any(not way and steps[o].automation != "automated" for o, way in others)
        for other, way in others:
            if steps[other].automation == "automated" and (way or not people):
                found.setdefault(step, {}).setdefault(order, other)
    return found
