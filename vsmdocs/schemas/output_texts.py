"""What the keys of printed figures, differences and findings mean.

Figures that the method defines are described by it (`vsmdocs.model.terms`); here is the rest.
"""

from __future__ import annotations

TOTALS: dict[str, str] = {
    "complete_accurate_assessed": "How many steps state their %C&A.",
    "lead_time_left_out": (
        "Steps whose lead time is unknown: the lead time is at least what it says."
    ),
    "process_time_left_out": "Steps on the critical path whose process time is unknown.",
    "effort_left_out": "Steps whose process time is unknown.",
    "labour_left_out": "Steps whose process time or number of people is unknown.",
    "critical_path": "The steps that make up the lead time, in the likeliest scenario.",
    "steps": "How many steps there are.",
    "scenarios": "How many combinations of alternatives an item can meet.",
}

STEP: dict[str, str] = {
    "id": "What flow, rework and history refer to.",
    "name": "What is shown for the step.",
    "owner": "The team or role that does it.",
    "kind": "work, approval, or a queue that only waits.",
    "process_time_hours": "Hands-on work for one item.",
    "wait_time_hours": "Working time that passes before the work begins.",
    "lead_time_hours": "Waiting and working together.",
    "complete_accurate": "The share of the output that the next step can use as it is.",
    "visits": "How many times one item comes to the step on average, with rework.",
    "share": "How likely an item goes through it at all, rework aside.",
    "on_critical_path": "Whether it lengthens the lead time in any scenario.",
    "slack_hours": "How much longer it may take before the lead time grows.",
    "utilisation": "Demand over capacity; above 1 the step is over capacity.",
}

STUCK: dict[str, str] = {
    "kind": "Whether value waits, is worked on, or goes back.",
    "step": "The step that waits or works; of a way or a loop, the one that it leaves.",
    "to": "The other end of a way or a loop.",
    "hours": "Its own length, for one visit.",
    "gain_hours": "By how much the expected lead time gets shorter if it goes.",
    "share": "The gain as a part of the expected lead time.",
}

DIFF: dict[str, str] = {
    "headline": "What the change does, in a sentence.",
    "new": "Whether the map was not there before.",
    "removed": "Whether it is not there any more.",
    "totals": "The figures of the whole map on both sides; null where there is no map.",
    "effect": "By how much the figures change, after less before; null is unknown.",
    "changes": "What changed, in an order in which the changes can be made one by one.",
}

CHANGE: dict[str, str] = {
    "kind": "What kind of change it is.",
    "step": "The step that it is about, as it is called afterwards; of a loop, its start.",
    "to": "The other end of a loop or a way.",
    "improvement": "The improvement that it is about.",
    "field": "The key that says something else; times end in _hours.",
    "before": "What was there: a value, a whole part of the map, or null.",
    "after": "What is there now.",
    "effect": "What this change alone does to the figures.",
    "note": "Why it gained nothing, or what else is worth knowing.",
}

FINDING: dict[str, str] = {
    "path": "The file, with forward slashes.",
    "line": "From 1; 0 where it is about the whole file.",
    "column": "From 1, in characters; 0 where it is about the whole file.",
    "end_column": "One past the last character on the same line; 0 where it is unknown.",
    "rule": "The rule's stable id.",
    "severity": "How grave it is.",
    "message": "What is wrong.",
    "hint": "What to write instead.",
}
