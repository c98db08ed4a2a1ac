"""Waste in waiting: the longest wait, approvals, batches, and more work than flows."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Path, Subject
from vsmdocs.analysis.lint.words import hours_text, percent_text
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import FlowEdge
from vsmdocs.model.stuck import StuckPoint

_MOST = 2
"""How many findings of one rule are worth reading at a time."""
_MANY_TIMES = 8
"""How much longer than the work a wait is that is worth a word: less is usual."""
_DESIGN = "steps:\n  - {id: design, process_time: 2d, wait_time: 1d}\n"
_BUILD = "  - {id: build, process_time: 3d, wait_time: 1d}\n"
_SLOW = "  - {id: review, process_time: 2h, wait_time: 4d}\n"
_QUICK = "  - {id: review, process_time: 2h, wait_time: 4h}\n"


def _waits(metrics: StreamMetrics) -> list[StuckPoint]:
    """Return the waits that lengthen the expected lead time, the worst one first."""
    return [point for point in metrics.stuck if point.kind == "wait" and point.gain]


def _place(subject: Subject, wait: StuckPoint) -> Path:
    if wait.to is not None:
        for number, item in enumerate(subject.map.flow or ()):
            if isinstance(item, FlowEdge) and (item.source, item.target) == (wait.step, wait.to):
                return ("flow", number, "wait")
    step = subject.step(wait.step)
    key = next((key for key in ("wait_time", "lead_time") if getattr(step, key)), "id")
    return (*subject.place(wait.step), key)


@rule(
    "longest-wait",
    "waste",
    "info",
    summary="No single wait makes up a large part of the lead time.",
    reason="Shortening the longest wait gains more than any speed in the work itself, and mostly "
    "needs an agreement instead of a budget. Waiting is the waste that maps are best at showing.",
    bad=_DESIGN + _BUILD + _SLOW,
    good=_DESIGN.replace("1d}", "2h}")
    + _BUILD.replace("1d}", "2h}")
    + _QUICK.replace("4h}", "2h}"),
)
def longest_wait(subject: Subject) -> Iterator[Found]:
    """Find the wait whose end would gain most, where that is a tenth or more."""
    metrics = subject.practice
    waits = _waits(metrics) if metrics is not None else []
    if not waits or (waits[0].share or 0) < 0.1:
        return
    wait = waits[0]
    calendar, step = subject.map.calendar, subject.step(wait.step)
    length = hours_text(wait.hours or 0.0, calendar)
    where = f"before “{step.title}”"
    if wait.to is not None:
        where = f"between “{step.title}” and “{subject.step(wait.to).title}”"
    elif step.kind == "queue":
        where = f"in “{step.title}”"
    gain = f"{hours_text(wait.gain or 0.0, calendar)} ({percent_text(wait.share or 0.0)})"
    if step.kind == "queue":
        hint = "limit how many items may lie there, and let the next step pull one when it is ready"
    elif step.kind == "approval":
        hint = "agree on a day by which it is decided, or on what needs no decision at all"
    else:
        hint = (
            "limit the work in process before it, and agree how soon it is picked up, such as "
            "within a day; then look at the list together every day"
        )
    yield Found(
        _place(subject, wait),
        f"the longest wait is {where}: {length}; without it the expected lead time is {gain} "
        "shorter",
        hint,
    )


@rule(
    "wait-outweighs-work",
    "waste",
    "info",
    summary="Work is not waited for many times longer than it takes.",
    reason="Work that takes an hour and waits for days does not wait for capacity, but for a "
    "person, a date, a batch or an environment. Such waits often end with a new habit.",
    bad=_DESIGN.replace("1d", "5d") + _BUILD + _SLOW,
    good=_DESIGN.replace("1d", "5d") + _BUILD + _QUICK,
)
def wait_outweighs_work(subject: Subject) -> Iterator[Found]:
    """Find short work after long waits: the two worst, beside the longest wait of all."""
    metrics = subject.practice
    if metrics is None:
        return
    rows = {row.id: row for row in metrics.steps}
    shown = 0
    for wait in _waits(metrics)[1:]:
        if (wait.share or 0) < 0.05 or shown == _MOST:
            return
        step, work = subject.step(wait.step), rows[wait.step].process_time
        if wait.to is not None or step.kind != "work" or not work or not wait.hours:
            continue
        if wait.hours < _MANY_TIMES * work:
            continue
        shown += 1
        calendar = subject.map.calendar
        yield Found(
            _place(subject, wait),
            f"“{step.title}” is {hours_text(work, calendar)} of work after "
            f"{hours_text(wait.hours, calendar)} of waiting, "
            f"{wait.hours / work:,.0f} times as long",
            "ask what it waits for: short work can be done as it comes, or together with the step "
            "before it",
        )


@rule(
    "approval-step",
    "waste",
    "info",
    summary="Approvals hold up only what is risky.",
    reason="Decades of data on software delivery (DORA, Accelerate) find that approval by an "
    "outside board slows delivery and does not make it safer; review by peers does. An approval "
    "that hardly ever says no is a wait and nothing else.",
    bad=_DESIGN + _BUILD + "  - {id: board, kind: approval, process_time: 1h, wait_time: 3d}\n",
    good=_DESIGN + _BUILD + "  - {id: board, kind: approval, process_time: 1h, wait_time: 30m}\n",
)
def approval_step(subject: Subject) -> Iterator[Found]:
    """Find approvals that wait longer than they take and are felt, the worst two."""
    metrics = subject.practice
    if metrics is None:
        return
    sends_back = {loop.source for loop in subject.map.rework if loop.rate > 0}
    rows = {row.id: row for row in metrics.steps}
    shown = 0
    for wait in _waits(metrics):
        step, work = subject.step(wait.step), rows[wait.step].process_time or 0.0
        if wait.to is not None or step.kind != "approval" or not wait.hours:
            continue
        if wait.hours <= work or (wait.share or 0) < 0.02 or shown == _MOST:
            continue
        shown += 1
        calendar = subject.map.calendar
        never = ""
        if sends_back and step.id not in sends_back:
            never = ", and no rework says that it ever turns anything down"
        yield Found(
            (*subject.place(step.id), "kind"),
            f"“{step.title}” holds work up for {hours_text(wait.hours, calendar)} before "
            f"{hours_text(work, calendar)} of approving{never}",
            "write down what it looks for, so that those who do the work can decide themselves; "
            "approve only what is risky, or look at samples afterwards",
        )


@rule(
    "large-batch",
    "waste",
    "info",
    summary="Items move on one by one.",
    reason="The first item of a batch waits for the last one, its faults are found as late, and "
    "everything behind it gets a wave instead of a flow. Batches grow where handing on is dear; "
    "making that cheap is the improvement.",
    bad="demand: 10/week\n" + _DESIGN + _BUILD
    + "  - {id: release, process_time: 2h, wait_time: 1d, batch_size: 20}\n",
    good="demand: 10/week\n" + _DESIGN + _BUILD
    + "  - {id: release, process_time: 2h, wait_time: 1d, batch_size: 1}\n",
)  # fmt: skip
def large_batch(subject: Subject) -> Iterator[Found]:
    """Find batches that take a tenth of the lead time or more to fill, the largest two."""
    metrics = subject.practice
    takt = metrics.totals.takt_time if metrics is not None else None
    if metrics is None:
        return
    batches = [
        (step.batch_size, index, step)
        for index, step in enumerate(subject.map.steps)
        if step.batch_size is not None and step.batch_size > 1
    ]
    batches.sort(key=lambda batch: (-batch[0], batch[1]))
    shown = 0
    for size, index, step in batches:
        fills = (size - 1) * takt if takt else None
        if shown == _MOST or (fills is not None and fills < 0.1 * metrics.totals.lead_time):
            continue
        shown += 1
        demand = subject.map.demand
        told = ""
        if fills is not None and demand is not None:
            length = hours_text(fills, subject.map.calendar)
            told = f": at {demand.text} the first of them waits {length} for the last"
        yield Found(
            ("steps", index, "batch_size"),
            f"“{step.title}” moves {size:,} items on together{told}",
            "halve the batch, and see what makes that hard: it is the cost of handing on once, "
            "and that can come down",
        )


@rule(
    "wip-above-throughput",
    "waste",
    "info",
    summary="No more work is in process than its lead time explains.",
    reason="By Little's law, the work in process divided by what leaves is the time each item "
    "takes. Where that is longer than the map says, work waits somewhere that the map does not "
    "show, or is begun faster than it is finished.",
    bad="demand: 10/week\n" + _DESIGN.replace("1d}", "1d, wip: 40}") + _BUILD + _QUICK,
    good="demand: 10/week\n" + _DESIGN.replace("1d}", "1d, wip: 12}") + _BUILD + _QUICK,
)
def wip_above_throughput(subject: Subject) -> Iterator[Found]:
    """Find more work in process than demand and lead time account for."""
    metrics, demand = subject.practice, subject.map.demand
    if metrics is None or demand is None or metrics.totals.lead_time_left_out:
        return
    totals, calendar = metrics.totals, subject.map.calendar
    implied, mapped = totals.littles_law_lead_time, totals.expected_lead_time
    if implied is None or implied <= 1.25 * mapped:
        return
    explained = max(round(mapped * demand.per_hour(calendar)), 1)
    yield Found(
        ("demand",),
        f"{totals.wip:,} items in process at {demand.text} take {hours_text(implied, calendar)} "
        f"each (Little's law), and the map accounts for {hours_text(mapped, calendar)}",
        f"stop starting and start finishing: limit the work in process to about {explained:,}, or "
        "look for the wait that is not on the map",
    )
