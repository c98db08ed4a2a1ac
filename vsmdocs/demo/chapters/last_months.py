"""June to October 2026: what other groups decide, and the end."""

from __future__ import annotations

from vsmdocs.demo.changes import flow, head, improvement, loop, prose, seen, step
from vsmdocs.demo.commits import Tag
from vsmdocs.demo.entries import AMARA, CURRENT, LUIS, NINA, Entry, to

ENTRIES = (
    Entry(
        "2026-06-15T14:42:00+02:00",
        AMARA,
        "Standard changes pass the board by (#38)",
        {
            CURRENT: to(
                step(
                    "standard-change",
                    after="acceptance",
                    name="Standard change",
                    owner="Platform",
                    kind="approval",
                    process_time="15m",
                    wait_time="2h",
                    people="1",
                    automation="assisted",
                    value="necessary",
                    systems="[change register]",
                    evidence="sampled",
                ),
                flow(
                    "design -> refinement -> ready -> build -> review -> staging",
                    "staging -> [automated-tests, exploratory-test] -> acceptance",
                    "acceptance -> [standard-change 65%, change-approval 35%] -> release "
                    "-> monitor",
                ),
            )
        },
    ),
    Entry(
        "2026-07-06T09:36:00+02:00",
        AMARA,
        "Mask staging data every night",
        {
            CURRENT: to(
                seen("staging", "wait_time", "4h", "measured", "the platform's log", "2026-07-03"),
                step("staging", wip="1", wastes=None, notes="Data is masked every night."),
                improvement("staging-on-demand", status="adopted", ended="2026-07-03"),
            )
        },
        branch="payments/masked-data",
    ),
    Entry(
        "2026-07-08T16:11:00+01:00",
        LUIS,
        "Count the defects that reach merchants",
        {
            CURRENT: to(
                loop("exploratory-test -> build", rate="15%"),
                loop("monitor -> build", rate="3%"),
                seen(
                    "exploratory-test",
                    "complete_accurate",
                    "92%",
                    "sampled",
                    "the support desk since January",
                    "2026-07-07",
                ),
            )
        },
        branch="payments/masked-data",
    ),
    Entry(
        "2026-07-10T13:19:00+02:00",
        NINA,
        "Merge pull request #40 from payments/masked-data\n\nStaging is quick again",
        {},
        merges="payments/masked-data",
    ),
    Entry(
        "2026-09-14T10:50:00+02:00",
        AMARA,
        "Release every change by itself (#43)",
        {
            CURRENT: to(
                seen("release", "wait_time", "4h", "measured", "the pipeline's log", "2026-09-11"),
                step("release", batch_size="1", wip="1"),
                step("monitor", wait_time="6h"),
            )
        },
    ),
    Entry(
        "2026-10-30T15:25:00+01:00",
        NINA,
        "Walk the stream once more, and compare it with the promise (#45)",
        {
            CURRENT: to(
                head(mapped_on="2026-10-29", review_by="2027-04-30"),
                seen(
                    "refinement",
                    "complete_accurate",
                    "82%",
                    "measured",
                    "questions that were asked while building",
                    "2026-10-29",
                ),
                loop("refinement -> design", rate="10%"),
                loop("acceptance -> refinement", rate="6%"),
                step("ready", wait_time="1d"),
                step("acceptance", wait_time="6h"),
                improvement("examples-first", status="adopted", ended="2026-10-29"),
                improvement(
                    "accept-while-testing",
                    title="Accept a change while it is tested",
                    step="acceptance",
                    owner="Product",
                    status="trial",
                    hypothesis="Who accepts looks on at the exploratory test, and decides the "
                    "same day",
                    change="{acceptance.wait_time: 2h}",
                    started="2026-10-19",
                    effort="1w",
                ),
                prose(
                    "What was found",
                    "In May 2025 code waited in review for three days, longer than it took to "
                    "write. With a limit, more reviewers, and pairs on critical changes it waits "
                    "for less than one, 70 % less.",
                    "What is left of the wait lies where other groups decide: with who accepts, "
                    "and with the board for one change in three.",
                ),
            )
        },
        tags=(Tag("eighteen-months", "The stream as measured at the end"),),
    ),
)
