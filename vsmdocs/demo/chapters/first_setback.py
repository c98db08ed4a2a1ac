"""October 2025 to February 2026: more is promised, people leave, and a map breaks."""

from __future__ import annotations

from vsmdocs.demo.changes import head, improvement, loop, prose, seen, slip, step, targets
from vsmdocs.demo.commits import Tag
from vsmdocs.demo.entries import (
    AMARA,
    CURRENT,
    FUTURE,
    INCIDENTS_FILE,
    NINA,
    PRIYA,
    TOMASZ,
    Entry,
    to,
)
from vsmdocs.demo.promise import BY_JUNE

_WORKFLOW = """\
name: maps
on: [pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: pipx run vsmdocs check
"""

ENTRIES = (
    Entry(
        "2025-10-13T18:05:00+05:30",
        PRIYA,
        "Promise more, and later: seventeen days by June (#19)",
        {
            FUTURE: to(*BY_JUNE),
            CURRENT: to(
                head(outcome="A feature reaches merchants within seventeen working days"),
                targets(
                    "metric: lead_time, at_most: 17d, by: 2026-06-30",
                    "metric: activity_ratio, at_least: 30%",
                ),
            ),
        },
        tags=(Tag("second-promise", "Seventeen working days by the end of June"),),
    ),
    Entry(
        "2025-11-10T09:14:00+01:00",
        TOMASZ,
        "Reviews wait two days again (#21)\n\nTwo of six reviewers left in October, and the rest "
        "stopped looking at ten and at two.",
        {
            CURRENT: to(
                seen(
                    "review",
                    "wait_time",
                    "2.1d",
                    "measured",
                    "22 pull requests in October",
                    "2025-11-07",
                ),
                step("review", wip="4"),
                prose(
                    "Set-backs",
                    "Two of six reviewers left in October. The agreement held for as long as "
                    "there were people to keep it.",
                ),
            )
        },
    ),
    Entry(
        "2025-11-24T16:22:00+01:00",
        TOMASZ,
        "Build critical changes in pairs",
        {
            CURRENT: to(
                improvement(
                    "pair-on-critical",
                    title="Two people build critical changes together",
                    step="build",
                    owner="Engineering",
                    status="trial",
                    hypothesis="A change that two people wrote needs fewer corrections "
                    "after review",
                    change="{build.complete_accurate: 80%}",
                    started="2025-11-24",
                    effort="1w",
                ),
            )
        },
        branch="payments/pair-on-critical",
    ),
    Entry(
        "2025-11-27T12:40:00+01:00",
        AMARA,
        "Let the platform group review too",
        {
            CURRENT: to(
                seen(
                    "review",
                    "wait_time",
                    "1.4d",
                    "sampled",
                    "9 pull requests in November",
                    "2025-11-26",
                ),
                step("review", wip="2", systems="[source control, rota]"),
            )
        },
        branch="payments/pair-on-critical",
    ),
    Entry(
        "2025-12-02T10:55:00+01:00",
        NINA,
        "Merge pull request #22 from payments/pair-on-critical\n\nPairs for critical changes, and "
        "more reviewers",
        {},
        merges="payments/pair-on-critical",
    ),
    Entry(
        "2025-12-15T15:33:00+01:00",
        AMARA,
        "An alert pages the person on call (#24)",
        {
            INCIDENTS_FILE: to(
                step(
                    "page",
                    process_time="1m",
                    wait_time="5m",
                    complete_accurate="75%",
                    owner="Platform",
                    automation="automated",
                    value="necessary",
                    wastes=None,
                    systems="[pager]",
                ),
                loop("diagnose -> page", rate="15%"),
            )
        },
    ),
    Entry(
        "2026-01-12T11:48:00+01:00",
        NINA,
        "Walk the stream again for the new year",
        {
            CURRENT: to(
                head(mapped_on="2026-01-09"),
                seen(
                    "design",
                    "complete_accurate",
                    "85%",
                    "sampled",
                    "the last 12 features",
                    "2026-01-09",
                ),
                seen("release", "wait_time", "1d", "measured", "the pipeline's log", "2026-01-09"),
                slip(
                    "the last 12 features, on: 2026-01-09}", "the last 12 features, on: 2026-01-09"
                ),
            )
        },
    ),
    Entry(
        "2026-01-12T12:31:00+01:00",
        TOMASZ,
        "Close the bracket that broke the map",
        {CURRENT: to(slip("", ""))},
    ),
    Entry(
        "2026-01-19T09:20:00+01:00",
        AMARA,
        "Check maps before they are merged (#27)",
        {".github/workflows/maps.yml": _WORKFLOW},
    ),
    Entry(
        "2026-02-02T16:15:00+05:30",
        PRIYA,
        "Refine features with examples (#28)",
        {
            CURRENT: to(
                improvement(
                    "examples-first",
                    title="Every feature is refined with examples",
                    step="refinement",
                    owner="Product",
                    status="trial",
                    hypothesis="One example for the case that goes wrong answers most of "
                    "the later questions",
                    change="{refinement.complete_accurate: 85%}",
                    started="2026-01-26",
                    effort="2d",
                ),
                step(
                    "refinement",
                    wait_time="1.5d",
                    wip="1",
                    notes="Two short sessions a week, with an example for the case that goes "
                    "wrong.",
                ),
            )
        },
    ),
)
