"""What every key of a map means, with values that can be written behind it.

Kept apart from the models so that no command but those which show it has to load it. The keys
are those of the file; a test holds that none is missing and that the examples are valid.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Text(NamedTuple):
    """The words for one key."""

    meaning: str
    examples: tuple[Any, ...]
    """As a YAML reader sees them."""


def _t(meaning: str, *examples: Any) -> Text:
    return Text(meaning, examples)


_EXAMPLE_STEP = {"id": "review", "owner": "Engineering", "wait_time": "3d", "process_time": "2h"}
_WAY = {"from": "build", "to": "test", "wait": "1d", "kind": "push"}
_TARGET = {"metric": "lead_time", "at_most": "10d", "by": "2027-03-31"}

MAP: dict[str, Text] = {
    "schema_version": _t("Version of the map format.", 1),
    "title": _t("What the map is called.", "Feature delivery"),
    "owner": _t("Who answers for the whole stream.", "Payments"),
    "stream": _t(
        "Which value stream this is. Without it, the name of the map's folder.", "feature-delivery"
    ),
    "state": _t(
        "Whether the stream is shown as it is, as it is to be by a date, or as it would be if "
        "nothing stood in the way. Without it, what the file's name says, else current.",
        "current",
        "future",
    ),
    "variant": _t(
        "Tells several future states of one stream apart. Without it, what follows the state in "
        "the file's name.",
        "q2",
    ),
    "unit": _t("What flows through the stream.", "feature", "incident"),
    "trigger": _t("What sets the stream off.", "A request is accepted"),
    "customer": _t("Who receives the value.", "Merchants"),
    "outcome": _t(
        "What a better stream is for, so that one can measure it.",
        "Merchants report fewer defects",
    ),
    "demand": _t("How many items the customer asks for.", "12/month", "920/day"),
    "calendar": _t(
        "Working time: how long a day and a week are.", {"hours_per_day": 8, "days_per_week": 5}
    ),
    "mapped_on": _t("When people last walked the stream.", "2026-09-21"),
    "review_by": _t("When the stream is to be walked again.", "2027-01-15"),
    "target_date": _t("When a future or ideal state is to be real.", "2027-03-31"),
    "extends": _t("Reserved: write a future state as a whole map of its own.", None),
    "changes": _t("Reserved: write a future state as a whole map of its own.", None),
    "steps": _t("The steps that the work goes through.", [_EXAMPLE_STEP]),
    "flow": _t(
        "How the steps follow one another; without it, in the order in which they are listed. "
        "Where it stands, every step has to be in it.",
        ["design -> build -> [test, review] -> release"],
        ["design -> build -> [test, review] -> release", _WAY],
    ),
    "rework": _t(
        "Work that goes back and comes through again.",
        [{"from": "review", "to": "build", "rate": "25%", "reason": "unclear requirements"}],
    ),
    "improvements": _t(
        "What is being thought of or tried (kaizen bursts). It leaves the figures alone.",
        [{"id": "pairing", "title": "We pair on critical changes", "step": "review"}],
    ),
    "targets": _t("Limits that `vsmdocs check` holds the map to.", [_TARGET]),
    "stated_totals": _t(
        "Figures as a workshop wrote them on the wall; `vsmdocs check` says where the arithmetic "
        "comes to something else.",
        {"lead_time": "9.5w", "activity_ratio": "14.5%"},
    ),
    "tags": _t("For finding maps that belong together.", ["payments", "workshop"]),
}

STEP: dict[str, Text] = {
    "id": _t("What flow, rework and history refer to; unique in the map.", "code-review"),
    "name": _t("What is shown for the step; without it, made from the id.", "Code review"),
    "owner": _t(
        "The team or role that does it. A change of owner along the flow is a handoff.",
        "Engineering",
    ),
    "kind": _t(
        "work unless stated. An approval permits what others have done, and a queue only waits.",
        "approval",
        "queue",
    ),
    "process_time": _t("Hands-on work for one item (PT).", "2h", "2h..4h..12h"),
    "wait_time": _t("Working time that passes before the work begins (WT).", "3d"),
    "lead_time": _t(
        "Waiting and working together (LT). Any two of the three times give the third.", "3d 2h"
    ),
    "complete_accurate": _t(
        "%C&A: the share of the output that the next step can use as it is. A list is what "
        "several receivers say; their answers multiply.",
        "80%",
        ["90%", "80%"],
    ),
    "people": _t("How many do it for one item.", 2),
    "wip": _t("Items that wait before it or are in it.", 5),
    "batch_size": _t("Items that are moved on together.", 3),
    "capacity": _t("The most items that it can finish.", "10/day"),
    "automation": _t("How far a machine does it.", "manual", "assisted"),
    "value": _t(
        "adding: the customer would pay for it. necessary: it adds nothing and is needed today. "
        "waste: it could go.",
        "adding",
        "necessary",
    ),
    "wastes": _t("What takes time here and gives the customer nothing.", ["waiting", "handoffs"]),
    "systems": _t("Tools that it runs on.", ["issue tracker"]),
    "evidence": _t(
        "How well the numbers are known: a grade, with a source and a date if there are any, for "
        "the whole step or for one number at a time.",
        "measured",
        {"grade": "measured", "source": "issue tracker", "on": "2026-09-18"},
        {"wait_time": "measured", "process_time": "estimated"},
    ),
    "notes": _t("Whatever else there is to say, in Markdown.", "The board meets on *Thursdays*."),
}

EVIDENCE: dict[str, Text] = {
    "grade": _t(
        "measured on all items, sampled from some, estimated by those who do the work, or assumed "
        "by those who do not know.",
        "measured",
        "estimated",
    ),
    "source": _t("Where the number comes from.", "58 pull requests"),
    "on": _t("When that was.", "2026-09-18"),
}

FLOW_EDGE: dict[str, Text] = {
    "from": _t("The step that this way leaves.", "build"),
    "to": _t("The step that it leads to.", "release"),
    "wait": _t("Working time on the way.", "1d"),
    "kind": _t(
        "Whether work is pushed on, pulled by the step that takes it, or waits in a line (fifo).",
        "push",
        "pull",
    ),
    "label": _t("A word or two that are shown on the way.", "by mail"),
}

REWORK: dict[str, Text] = {
    "from": _t("The step after which work goes back.", "review"),
    "to": _t("The step that it goes back to: an earlier one, or the same.", "build"),
    "rate": _t("The share of what leaves `from` that goes back.", "25%", 0.25),
    "passes": _t("The most rounds for one item; without it every round is as likely.", 1),
    "reason": _t("Why it comes back.", "unclear requirements"),
    "wait": _t("Working time on the way back.", "1d"),
}

IMPROVEMENT: dict[str, Text] = {
    "id": _t("A short name, unique among the map's improvements.", "review-limit"),
    "title": _t("What is to be different.", "Reviews start within a day"),
    "step": _t("The step where its mark stands on the map.", "review"),
    "owner": _t("Who looks after it.", "Engineering"),
    "status": _t("How far it is; idea unless stated.", "trial", "adopted"),
    "hypothesis": _t(
        "What is expected, and why.", "An agreed limit and pairing cut the wait by 70 %"
    ),
    "change": _t(
        "New values by step.number: absolute, or relative to the value that the step has.",
        {"review.wait_time": "-70%"},
    ),
    "started": _t("A trial's first day.", "2026-09-28"),
    "ended": _t("A trial's last day.", "2026-11-30"),
    "effort": _t("What it takes to bring it about.", "2w"),
}

TARGET: dict[str, Text] = {
    "metric": _t("The figure that is limited.", "lead_time", "activity_ratio"),
    "at_most": _t("The figure is not to be above this.", "10d", 3),
    "at_least": _t("The figure is not to be below this.", "25%"),
    "by": _t("The day from which the limit counts.", "2027-03-31"),
}

CALENDAR: dict[str, Text] = {
    "hours_per_day": _t("Working hours in a day; 8 unless stated.", 8, 7.5),
    "days_per_week": _t("Working days in a week; 5 unless stated.", 5),
}

PARTS: dict[str, dict[str, Text]] = {
    "ValueStreamMap": MAP,
    "Step": STEP,
    "Evidence": EVIDENCE,
    "FlowEdge": FLOW_EDGE,
    "Rework": REWORK,
    "Improvement": IMPROVEMENT,
    "Target": TARGET,
    "Calendar": CALENDAR,
}
