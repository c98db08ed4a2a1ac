"""What the team promised itself, and how it changed its mind about that."""

from __future__ import annotations

from vsmdocs.demo.changes import (
    edited,
    flow,
    head,
    loop,
    planned,
    prose,
    step,
    targets,
    without_step,
)
from vsmdocs.demo.delivery import DELIVERY

PROMISE = edited(
    DELIVERY,
    head(state="future", mapped_on="2025-06-05", target_date="2026-03-31"),
    planned("refinement", wait_time="1.5d", complete_accurate="85%", wastes=None, notes=None),
    planned("ready", wait_time="1d", wip="2", wastes=None),
    planned("review", wait_time="1d", wip="1", notes="One working day at most."),
    planned("staging", wait_time="1d"),
    planned("regression-test", process_time="6h", wait_time="6h", notes=None),
    planned("acceptance", wait_time="6h"),
    planned("release", wait_time="1d", batch_size="2", wip="2"),
    loop("review -> build", rate="25%"),
    targets("metric: lead_time, at_most: 20d, by: 2026-03-31"),
    prose("How it was mapped"),
    prose("What was found"),
    prose(
        "What is to be different",
        "A review begins within a working day, and nobody waits a week for the regression "
        "test. The rest is smaller: a shorter queue before the build, a release every week.",
    ),
    prose(
        "How sure we are", "Not very. Every number here is a hope until the current map says it."
    ),
)

MORE_MODEST = (
    planned("design", wait_time="1d", complete_accurate="85%"),
    planned("refinement", wait_time="1.75d", complete_accurate="80%"),
    prose(
        "How sure we are",
        "Not very. Every number here is a hope until the current map says it. Refinement will "
        "not answer every question, with examples or without: four features in five is a lot.",
    ),
)

BY_JUNE = (
    head(
        target_date="2026-06-30",
        mapped_on="2025-10-13",
        outcome="A feature reaches merchants within seventeen working days",
    ),
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
    planned("review", wait_time="0.9d"),
    planned("staging", process_time="15m", wait_time="2h", automation="automated", wastes=None),
    planned("build", complete_accurate="80%"),
    planned("acceptance", wait_time="4h"),
    planned("release", wait_time="6h"),
    loop("review -> build", rate="20%"),
    flow(
        "design -> refinement -> ready -> build -> review -> staging",
        "staging -> [automated-tests, exploratory-test] -> acceptance",
        "acceptance -> change-approval -> release -> monitor",
    ),
    targets(
        "metric: lead_time, at_most: 17d, by: 2026-06-30",
        "metric: activity_ratio, at_least: 30%",
    ),
    prose(
        "What is to be different",
        "The regression test is automated already, months early, so this promises more: "
        "a staging environment for every change, and a review wait that is 70 % shorter than "
        "the three days that we measured. It also promises it later, in June: the platform "
        "group has no time for staging before the new year.",
    ),
)

BY_MARCH = (
    head(
        target_date="2027-03-31",
        mapped_on="2026-05-18",
        outcome="A feature reaches merchants within fourteen working days",
    ),
    planned("refinement", wait_time="1.5d"),
    planned("staging", wait_time="4h"),
    planned("exploratory-test", wait_time="6h"),
    planned("acceptance", wait_time="4h"),
    planned("release", wait_time="4h", batch_size="1", wip="1"),
    planned("monitor", wait_time="4h"),
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
        evidence="assumed",
    ),
    planned("change-approval", wip="1"),
    loop("acceptance -> refinement", rate="5%"),
    flow(
        "design -> refinement -> ready -> build -> review -> staging",
        "staging -> [automated-tests, exploratory-test] -> acceptance",
        "acceptance -> [standard-change 80%, change-approval 20%] -> release -> monitor",
    ),
    targets(
        "metric: lead_time, at_most: 14d",
        "metric: activity_ratio, at_least: 35%",
    ),
    prose(
        "What is to be different",
        "June will not do. Staging waits for its data again, and what is left lies with "
        "other groups: the change board, and who accepts. We promise less of staging than "
        "before, and more of the way from acceptance to merchants, by the end of March.",
    ),
    prose(
        "How sure we are",
        "Surer than a year ago. Review and build stand where they were promised, and the "
        "standard path for changes is agreed with the board.",
    ),
)
