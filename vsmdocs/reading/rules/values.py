"""Rules about single values: that each is of its kind."""

from __future__ import annotations

from vsmdocs.reading.rules.words import reading_rule

_ONE = "steps:\n  - {id: pack, process_time: 1h}\n"

VALUES = (
    reading_rule(
        "unknown-key",
        "Every key is one of the map format's.",
        "A key that nobody knows would be ignored, and with it what somebody meant to say. It "
        "is nearly always a slip of the hand.",
        bad="steps:\n  - {id: pack, proces_time: 1h}\n",
        good=_ONE,
    ),
    reading_rule(
        "missing-key",
        "Required keys are given.",
        "A step without an id cannot be referred to, and a loop without a rate cannot be "
        "calculated. Only a few keys are required; the others are unknown when left out.",
        bad="steps:\n  - {name: Pack the parcel, process_time: 1h}\n",
        good="steps:\n  - {id: pack, name: Pack the parcel, process_time: 1h}\n",
    ),
    reading_rule(
        "wrong-type",
        "Lists, mappings and text stand where they are expected.",
        "A text where a list belongs can be meant in several ways.",
        bad=_ONE + "tags: shipping\n",
        good=_ONE + "tags: [shipping]\n",
    ),
    reading_rule(
        "empty-text",
        "A text is not empty.",
        "An empty name leaves a gap wherever it is shown. What is not known is left out.",
        bad='steps:\n  - {id: pack, owner: "", process_time: 1h}\n',
        good=_ONE,
    ),
    reading_rule(
        "too-long",
        "A text is not longer than its kind may be.",
        "Names stand in a picture and in tables. What takes more words belongs below the "
        "frontmatter.",
    ),
    reading_rule(
        "bad-slug",
        "A name that others refer to has lower-case letters, digits and hyphens.",
        "Such names become addresses of pages, and are typed in flow lines and commands.",
        bad="steps:\n  - {id: Pack parcel, process_time: 1h}\n",
        good="steps:\n  - {id: pack-parcel, name: Pack parcel, process_time: 1h}\n",
    ),
    reading_rule(
        "bad-choice",
        "A value of a fixed set is one of that set.",
        "The word decides how a step is counted and drawn.",
        bad="steps:\n  - {id: pack, kind: waiting, wait_time: 1d}\n",
        good="steps:\n  - {id: pack, kind: queue, wait_time: 1d}\n",
    ),
    reading_rule(
        "bad-duration",
        "A duration is a number with s, m, h, d, w or mo, or ISO 8601.",
        "A bare 2 could be minutes or days. Days, weeks and months are working time on the "
        "map's calendar.",
        bad="steps:\n  - {id: pack, process_time: 2}\n",
        good="steps:\n  - {id: pack, process_time: 2h}\n",
    ),
    reading_rule(
        "bad-estimate",
        "An estimate goes from least to most.",
        "Means are taken of its two or three points, in the order least, likeliest, most.",
        bad="steps:\n  - {id: pack, process_time: 8h..2h}\n",
        good="steps:\n  - {id: pack, process_time: 2h..8h}\n",
    ),
    reading_rule(
        "bad-percent",
        "A percentage is from 0% to 100%, or a number from 0 to 1.",
        "Without its sign, 80 could be 80 % or 80 times all of it.",
        bad="steps:\n  - {id: pack, process_time: 1h, complete_accurate: 80}\n",
        good="steps:\n  - {id: pack, process_time: 1h, complete_accurate: 80%}\n",
    ),
    reading_rule(
        "bad-rate",
        "A rate is a number of items per period.",
        "Demand and capacity are compared with each other and with the lead time, so each "
        "needs its period: hour, day, week, month, quarter or year.",
        bad=_ONE + "demand: 12 per month\n",
        good=_ONE + "demand: 12/month\n",
    ),
    reading_rule(
        "bad-number",
        "A number is written in digits, and in the range that makes sense.",
        "People, items and batches are counted, so there is no half of one.",
        bad="steps:\n  - {id: pack, process_time: 1h, people: a few}\n",
        good="steps:\n  - {id: pack, process_time: 1h, people: 3}\n",
    ),
    reading_rule(
        "bad-date",
        "A date is written year-month-day.",
        "01/02/2027 is a day in January to some readers and in February to others.",
        bad=_ONE + "mapped_on: 21.9.2026\n",
        good=_ONE + "mapped_on: 2026-09-21\n",
    ),
    reading_rule(
        "bad-calendar",
        "A calendar has working hours a day and days a week.",
        "All times are reckoned in working hours, and the calendar says how long a day is.",
        bad=_ONE + "calendar: {hours_per_day: 25}\n",
        good=_ONE + "calendar: {hours_per_day: 8, days_per_week: 5}\n",
    ),
    reading_rule(
        "bad-change",
        "A change gives a new value for a number of a step.",
        "What an improvement is to gain is calculated from it: from the number that it names "
        "and the value that the number is to have.",
        bad=_ONE + "improvements:\n  - {id: faster, title: Pack faster, change: {pack: -20%}}\n",
        good=_ONE + "improvements:\n"
        "  - {id: faster, title: Pack faster, change: {pack.process_time: -20%}}\n",
    ),
    reading_rule(
        "bad-target",
        "A target has one bound.",
        "A target says how far a figure may go: at most or at least so much.",
        bad=_ONE + "targets:\n  - {metric: lead_time}\n",
        good=_ONE + "targets:\n  - {metric: lead_time, at_most: 2h}\n",
    ),
    reading_rule(
        "schema-version",
        "The version of the map format is known here.",
        "A later version may mean something else by the same keys.",
        bad="schema_version: 2\n" + _ONE,
        good="schema_version: 1\n" + _ONE,
    ),
    reading_rule(
        "no-steps",
        "A map has steps.",
        "The steps are the map; without one there is nothing to show or to calculate.",
        bad="steps: []\n",
        good=_ONE,
    ),
    reading_rule(
        "too-many-steps",
        "A map has at most 1,000 steps.",
        "No picture of so many can be read. Several maps, each of a part, can.",
    ),
    reading_rule(
        "not-yet",
        "What this version does not support yet is refused.",
        "A key that is part of the format but not supported yet would otherwise be ignored in "
        "silence.",
        bad="---\ntitle: Orders\nstate: future\nextends: current\n" + _ONE + "---\n",
        good="---\ntitle: Orders\nstate: future\n" + _ONE + "---\n",
    ),
)
