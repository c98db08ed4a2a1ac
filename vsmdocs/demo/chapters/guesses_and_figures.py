"""May and June 2025: from guesses to figures, and to a first promise."""

from __future__ import annotations

from vsmdocs.demo.changes import head, improvement, prose, seen, step
from vsmdocs.demo.commits import Tag
from vsmdocs.demo.delivery import DELIVERY
from vsmdocs.demo.entries import CURRENT, FUTURE, LUIS, MEI, NINA, PRIYA, TOMASZ, Entry, to
from vsmdocs.demo.promise import MORE_MODEST, PROMISE

_FLAT = "maps/delivery.md"
_README = """\
# How payments delivers

Value stream maps of the payments team, and how they changed. The team and its figures are
made up; `vsmdocs demo` made this repository. `vsmdocs build` turns it into a site.
"""
_SETTINGS = '[site]\ntitle = "How payments delivers"\n'

ENTRIES = (
    Entry(
        "2025-05-05T10:12:00+02:00",
        NINA,
        "Begin: a place for our value stream maps",
        {"README.md": _README, "vsmdocs.toml": _SETTINGS, ".gitignore": "/site/\n"},
    ),
    Entry(
        "2025-05-07T16:40:00+02:00",
        NINA,
        "Map feature delivery as the workshop sees it\n\nNine people, one afternoon, all numbers "
        "from memory.",
        {_FLAT: DELIVERY},
    ),
    Entry(
        "2025-05-20T11:05:00+02:00",
        TOMASZ,
        "Measure how long code waits for review\n\nWorking time from the request to the first "
        "answer, 61 pull requests since February.",
        {
            _FLAT: to(
                seen(
                    "review",
                    "wait_time",
                    "3d",
                    "measured",
                    "61 pull requests since February",
                    "2025-05-19",
                ),
                step("review", wip="5", wastes="[waiting, task-switching]", evidence="estimated"),
            )
        },
        branch="payments/measure-the-waits",
    ),
    Entry(
        "2025-05-22T09:31:00+01:00",
        LUIS,
        "Measure the waits for staging and for tests",
        {
            _FLAT: to(
                seen(
                    "staging", "wait_time", "1.5d", "measured", "the booking calendar", "2025-05-21"
                ),
                seen(
                    "regression-test",
                    "wait_time",
                    "1d",
                    "sampled",
                    "the last ten test plans",
                    "2025-05-21",
                ),
                prose(
                    "What was found",
                    "Everybody expected testing to be slow. The pull requests said otherwise: "
                    "code waits in review for three days on average, longer than it takes to "
                    "write. The wait is paid again whenever a review asks for changes.",
                ),
                improvement(
                    "review-limit",
                    title="Reviews start within a day",
                    step="review",
                    owner="Engineering",
                    status="idea",
                    hypothesis="An agreed limit on review time cuts the wait by 70 %",
                    change="{review.wait_time: -70%}",
                    effort="3d",
                ),
            )
        },
        branch="payments/measure-the-waits",
    ),
    Entry(
        "2025-05-23T15:02:00+02:00",
        NINA,
        "Merge pull request #2 from payments/measure-the-waits\n\nMeasure waits instead of "
        "guessing them",
        {},
        merges="payments/measure-the-waits",
        tags=(Tag("baseline", "The stream as measured, before anything was changed"),),
    ),
    Entry(
        "2025-06-02T14:20:00+02:00",
        NINA,
        "Give every stream a folder of its own (#4)\n\nStream and state are written out, so that "
        "the file can be called anything.",
        {CURRENT: to(head(state="current"), came_from=_FLAT)},
    ),
    Entry(
        "2025-06-05T17:45:00+05:30",
        PRIYA,
        "Draft where we want to be by spring",
        {FUTURE: PROMISE},
        branch="payments/future-state",
    ),
    Entry(
        "2025-06-11T10:08:00+09:00",
        MEI,
        "Promise less of refinement, and something of design",
        {FUTURE: to(*MORE_MODEST)},
        branch="payments/future-state",
    ),
    Entry(
        "2025-06-12T16:30:00+02:00",
        NINA,
        "Merge pull request #5 from payments/future-state\n\nA first future state",
        {},
        merges="payments/future-state",
        tags=(Tag("first-promise", "Twenty working days by the end of March"),),
    ),
)
