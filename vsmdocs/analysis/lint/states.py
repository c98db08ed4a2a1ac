"""The maps of one stream beside one another, and whether the plan is a plan."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.rule import Found, rule
from vsmdocs.analysis.lint.subject import Subject

_STEPS = "steps:\n  - {id: build, process_time: 2d, wait_time: 1d}\n"
_CURRENT = "# maps/orders/current.md\n" + _STEPS
_FUTURE = "# maps/orders/future.md\nstate: future\n"
_BETTER = "steps:\n  - {id: build, process_time: 2d, wait_time: 4h}\n"
_DATED = _FUTURE + "target_date: 2027-06-30\n"


@rule(
    "duplicate-identity",
    "states",
    "error",
    summary="A stream has one file for each state and variant.",
    reason="History, comparison and addresses of pages follow stream, state and variant. With "
    "two files of the same, nobody knows which one is meant.",
    bad=_CURRENT + "# maps/orders.md\n" + _STEPS,
    good=_CURRENT
    + "# maps/orders/future-q2.md\nstate: future\ntarget_date: 2027-06-30\n"
    + _BETTER,
    firm=True,
)
def duplicate_identity(subject: Subject) -> Iterator[Found]:
    """Find two files that are the same state of the same stream."""
    others = [path for path in subject.known[subject.map.identity] if path != subject.document.path]
    if not others:
        return
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    written = subject.map.model_fields_set
    key = next((key for key in ("variant", "state", "stream") if key in written), "title")
    yield Found(
        (key,),
        f"{subject.map.stream}/{subject.map.name} is described in {others[0]}{more} as well",
        "give one of them another stream, state or variant",
    )


@rule(
    "future-without-current",
    "states",
    "info",
    summary="A future or ideal state has a current one to be compared with.",
    reason="What a future state is worth shows beside today's. Without that it is a wish.",
    bad=_DATED + _BETTER,
    good=_CURRENT + _DATED + _BETTER,
)
def future_without_current(subject: Subject) -> Iterator[Found]:
    """Find a future or ideal state that nothing can be compared with."""
    stream, state = subject.map.stream, subject.map.state
    if state == "current" or (stream, "current", "") in subject.known:
        return
    if any(key[:2] == (stream, "current") for key in subject.known):
        return
    yield Found(
        ("state",),
        f"there is no current state of {stream}, so nothing shows what this one changes",
        f"write maps/{stream}/current.md",
    )


@rule(
    "future-without-date",
    "states",
    "info",
    summary="A future state says when it is to be real.",
    reason="A future state without a day is put off. With one, its page shows how much is left "
    "and whether the pace is enough.",
    bad=_CURRENT + _FUTURE + _BETTER,
    good=_CURRENT + _DATED + _BETTER,
)
def future_without_date(subject: Subject) -> Iterator[Found]:
    """Find future states without a day."""
    if subject.map.state == "future" and subject.map.target_date is None:
        yield Found(
            ("state",),
            "nothing says when this future state is to be real",
            "agree on a day that is near enough to begin now, three to six months, and write it "
            "as target_date",
        )


@rule(
    "target-date-past",
    "states",
    "warning",
    summary="The day of a future state is still to come.",
    reason="After that day the map either became true, and is the current one, or was given up, "
    "and somebody should say so.",
    bad=_CURRENT + _FUTURE + "target_date: 2025-06-30\n" + _BETTER,
    good=_CURRENT + _DATED + _BETTER,
)
def target_date_past(subject: Subject) -> Iterator[Found]:
    """Find future and ideal states whose day is past."""
    day = subject.map.target_date
    if subject.map.state == "current" or day is None or day >= subject.today:
        return
    days = (subject.today - day).days
    yield Found(
        ("target_date",),
        f"this was to be real {days:,} day{'' if days == 1 else 's'} ago",
        "walk the stream: bring current up to what is true today, and this one to what comes next",
    )


@rule(
    "calendar-differs",
    "states",
    "warning",
    summary="All states of a stream have the same calendar.",
    reason="A day is as long as the calendar says. Where that differs, 2d in one map is not 2d "
    "in the other, and the gain between them is partly an illusion.",
    bad=_CURRENT + "calendar: {hours_per_day: 8}\n" + _DATED + "calendar: {hours_per_day: 6}\n"
    + _BETTER,
    good=_CURRENT + "calendar: {hours_per_day: 8}\n" + _DATED + "calendar: {hours_per_day: 8}\n"
    + _BETTER,
    needs="current",
)  # fmt: skip
def calendar_differs(subject: Subject) -> Iterator[Found]:
    """Find states that reckon with other days than the current one."""
    current = subject.current
    if current is None or current.map.calendar == subject.map.calendar:
        return
    there = current.map.calendar
    yield Found(
        ("calendar",),
        f"{current.path} has {there.hours_per_day:g} hours a day and {there.days_per_week:g} days "
        "a week, so a day there is not a day here",
        "give both maps the same calendar",
    )
