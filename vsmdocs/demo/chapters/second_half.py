"""February to October 2026: staging on demand, a second set-back, and a third promise."""

from __future__ import annotations

from vsmdocs.demo.changes import (
    flow,
    head,
    improvement,
    loop,
    prose,
    seen,
    step,
    targets,
    without_loop,
)
from vsmdocs.demo.commits import Tag
from vsmdocs.demo.entries import (
    AMARA,
    CURRENT,
    FUTURE,
    INCIDENTS_FILE,
    LUIS,
    NINA,
    PRIYA,
    TOMASZ,
    Entry,
    to,
)
from vsmdocs.demo.promise import BY_MARCH

ENTRIES = (
    Entry(
        "2026-02-16T13:05:00+01:00",
        AMARA,
        "Try staging environments on demand",
        {
            CURRENT: to(
                improvement(
                    "staging-on-demand",
                    title="A staging environment for every change",
                    step="staging",
                    owner="Platform",
                    status="trial",
                    hypothesis="Nobody books what everybody can start",
                    change="{staging.wait_time: 2h, staging.automation: automated}",
                    started="2026-02-16",
                    effort="6w",
                ),
                seen(
                    "staging",
                    "wait_time",
                    "1d",
                    "sampled",
                    "four changes in the new way",
                    "2026-02-13",
                ),
            )
        },
        branch="payments/staging-on-demand",
    ),
    Entry(
        "2026-03-02T10:44:00+01:00",
        AMARA,
        "Start an environment for every change",
        {
            CURRENT: to(
                seen("staging", "wait_time", "3h", "measured", "the platform's log", "2026-02-27"),
                step(
                    "staging",
                    process_time="15m",
                    automation="automated",
                    wastes=None,
                    systems="[staging environments on demand]",
                    notes="Every change starts its own environment.",
                ),
            )
        },
        branch="payments/staging-on-demand",
    ),
    Entry(
        "2026-03-04T15:17:00+00:00",
        LUIS,
        "Stop the damage first, look for the cause after (#30)",
        {
            INCIDENTS_FILE: to(
                head(mapped_on="2026-03-03"),
                flow("notice -> page -> [mitigate, inform] -> diagnose -> confirm"),
                step(
                    "mitigate",
                    wait_time="20m",
                    complete_accurate="80%",
                    notes="Going back to the last release needs nobody's approval.",
                ),
                without_loop("mitigate -> diagnose"),
                loop("diagnose -> mitigate", rate="10%", reason="it was not the cause"),
            )
        },
    ),
    Entry(
        "2026-03-09T14:00:00+01:00",
        NINA,
        "Merge pull request #29 from payments/staging-on-demand\n\nNobody books staging any more",
        {},
        merges="payments/staging-on-demand",
        tags=(Tag("halfway", "Review and staging no longer lead"),),
    ),
    Entry(
        "2026-04-13T10:26:00+02:00",
        TOMASZ,
        "Adopt pairing on critical changes (#33)\n\nWith it the wait for review is 0.9 d, the 70 % "
        "that we promised.",
        {
            CURRENT: to(
                seen(
                    "review",
                    "wait_time",
                    "0.9d",
                    "measured",
                    "41 pull requests since January",
                    "2026-04-10",
                ),
                step("review", wip="1"),
                seen(
                    "build",
                    "complete_accurate",
                    "80%",
                    "measured",
                    "reviews that asked for changes",
                    "2026-04-10",
                ),
                loop("review -> build", rate="20%"),
                improvement("pair-on-critical", status="adopted", ended="2026-04-10"),
                prose(
                    "Working agreements",
                    "- A request for review is answered within one working day; everyone looks "
                    "at the list at ten and at two.\n"
                    "- Nobody starts a new feature while a review has waited for more than a "
                    "day.\n"
                    "- Critical changes are written by two people. The review by a third stays, "
                    "and is short.",
                ),
            )
        },
    ),
    Entry(
        "2026-05-04T11:58:00+02:00",
        AMARA,
        "Staging waits for its data (#35)\n\nCopies of production have to be masked since April, "
        "which takes a day.",
        {
            CURRENT: to(
                seen(
                    "staging", "wait_time", "1.5d", "measured", "the platform's log", "2026-04-30"
                ),
                step(
                    "staging",
                    wip="3",
                    wastes="[waiting]",
                    notes="Every change starts its own environment, and waits for masked data.",
                ),
                prose(
                    "Set-backs",
                    "Two of six reviewers left in October 2025. The agreement held for as long "
                    "as there were people to keep it.",
                    "Since April 2026 data for staging has to be masked first. For a while the "
                    "wait was what it had been a year before.",
                ),
            )
        },
    ),
    Entry(
        "2026-05-18T17:30:00+05:30",
        PRIYA,
        "Say that June will not do, and promise March (#36)",
        {
            FUTURE: to(*BY_MARCH),
            CURRENT: to(
                head(outcome="A feature reaches merchants within fourteen working days"),
                targets(
                    "metric: lead_time, at_most: 14d",
                    "metric: activity_ratio, at_least: 35%",
                ),
            ),
        },
        tags=(Tag("third-promise", "Fourteen working days by the end of March 2027"),),
    ),
)
