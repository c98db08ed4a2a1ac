"""June to October 2025: a limit on review time, and no regression test by hand."""

from __future__ import annotations

from vsmdocs.demo.changes import flow, improvement, prose, seen, step, targets, without_step
from vsmdocs.demo.entries import AMARA, CURRENT, INCIDENTS_FILE, LUIS, NINA, TOMASZ, Entry, to
from vsmdocs.demo.incidents import INCIDENTS

ENTRIES = (
    Entry(
        "2025-06-16T11:15:00+02:00",
        TOMASZ,
        "Try a limit on review time (#7)",
        {
            CURRENT: to(
                improvement("review-limit", status="trial", started="2025-06-16"),
                improvement(
                    "board-twice-a-week",
                    title="The change board meets twice a week",
                    step="change-approval",
                    owner="Change board",
                    status="trial",
                    hypothesis="A second meeting halves the wait",
                    change="{change-approval.wait_time: -50%}",
                    started="2025-06-16",
                ),
                targets("metric: lead_time, at_most: 20d, by: 2026-03-31"),
                prose(
                    "Working agreements",
                    "- A request for review is answered within one working day; everyone looks "
                    "at the list at ten and at two.\n"
                    "- Nobody starts a new feature while a review has waited for more than a "
                    "day.",
                ),
            )
        },
    ),
    Entry(
        "2025-07-14T09:50:00+02:00",
        TOMASZ,
        "Reviews wait two days by now (#9)",
        {
            CURRENT: to(
                seen(
                    "review",
                    "wait_time",
                    "2d",
                    "sampled",
                    "19 pull requests since the limit",
                    "2025-07-11",
                ),
                step("review", wip="3"),
            )
        },
    ),
    Entry(
        "2025-08-04T13:26:00+02:00",
        NINA,
        "Give up the board's second meeting (#11)",
        {
            CURRENT: to(
                improvement("board-twice-a-week", status="rejected", ended="2025-07-31"),
                step(
                    "change-approval",
                    notes="The board meets on Thursdays. In the last quarter "
                    "it turned nothing down.",
                ),
                prose(
                    "What was tried and given up",
                    "The board met twice a week for six weeks. The second meeting had too little "
                    "to decide, and was cancelled more often than held.",
                ),
            )
        },
    ),
    Entry(
        "2025-08-18T10:02:00+01:00",
        LUIS,
        "Run half of the regression plan in the pipeline",
        {
            CURRENT: to(
                step(
                    "regression-test",
                    process_time="5h",
                    people="1",
                    automation="assisted",
                    notes="What the pipeline does not cover yet is still done by hand.",
                ),
                improvement(
                    "regression-in-pipeline",
                    title="Regression tests run in the pipeline",
                    step="regression-test",
                    owner="QA",
                    status="trial",
                    hypothesis="Testers spend their time on what is new",
                    started="2025-07-21",
                    effort="6w",
                ),
            )
        },
        branch="payments/regression-in-pipeline",
    ),
    Entry(
        "2025-09-03T15:48:00+01:00",
        LUIS,
        "Run all of it, beside the exploratory test",
        {
            CURRENT: to(
                without_step("regression-test"),
                step(
                    "automated-tests",
                    after="staging",
                    name="Automated tests",
                    owner="QA",
                    process_time="1h",
                    wait_time="0",
                    complete_accurate="95%",
                    automation="automated",
                    value="necessary",
                    systems="[continuous integration]",
                    evidence="measured",
                ),
                flow(
                    "design -> refinement -> ready -> build -> review -> staging",
                    "staging -> [automated-tests, exploratory-test] -> acceptance",
                    "acceptance -> change-approval -> release -> monitor",
                ),
                improvement(
                    "regression-in-pipeline",
                    step="automated-tests",
                    status="adopted",
                    ended="2025-09-03",
                ),
            )
        },
        branch="payments/regression-in-pipeline",
    ),
    Entry(
        "2025-09-04T11:20:00+02:00",
        NINA,
        "Merge pull request #14 from payments/regression-in-pipeline\n\nNobody regresses by hand "
        "any more",
        {},
        merges="payments/regression-in-pipeline",
    ),
    Entry(
        "2025-09-15T14:10:00+01:00",
        AMARA,
        "Map how we answer incidents (#16)",
        {INCIDENTS_FILE: INCIDENTS},
    ),
    Entry(
        "2025-09-29T10:37:00+02:00",
        TOMASZ,
        "Adopt the review limit (#17)\n\nThe wait is down from 3 d to 1.2 d. That is 60 %, not "
        "70 %.",
        {
            CURRENT: to(
                seen(
                    "review",
                    "wait_time",
                    "1.2d",
                    "measured",
                    "34 pull requests since July",
                    "2025-09-26",
                ),
                step("review", wip="2"),
                step("ready", wait_time="1.5d", wip="2"),
                improvement("review-limit", status="adopted", ended="2025-09-26"),
            )
        },
    ),
)
