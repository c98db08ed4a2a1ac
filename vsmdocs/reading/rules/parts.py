"""Rules about what the parts of a map have to do with one another."""

from __future__ import annotations

from vsmdocs.reading.rules.words import reading_rule

_TWO = "steps:\n  - {id: pack, process_time: 1h}\n  - {id: ship, process_time: 1h}\n"
_THREE = _TWO + "  - {id: bill, process_time: 1h}\n"

PARTS = (
    reading_rule(
        "duplicate-id",
        "An id is given once.",
        "Flow, rework and history refer to steps by their ids; with two of one name nobody "
        "knows which is meant.",
        bad="steps:\n  - {id: pack, process_time: 1h}\n  - {id: pack, process_time: 2h}\n",
        good="steps:\n  - {id: pack, process_time: 1h}\n  - {id: pack-again, process_time: 2h}\n",
    ),
    reading_rule(
        "unknown-step",
        "A step that is referred to exists.",
        "A way that leads nowhere is left over when a step was renamed, or is a slip of the hand.",
        bad=_TWO + "flow:\n  - pack -> shipping\n",
        good=_TWO + "flow:\n  - pack -> ship\n",
    ),
    reading_rule(
        "lead-below-process",
        "A lead time is not shorter than its process time.",
        "Lead time is wait plus process, so it cannot be less than one of the two. Often the "
        "work of several people was added up.",
        bad="steps:\n  - {id: pack, lead_time: 1h, process_time: 2h}\n",
        good="steps:\n  - {id: pack, lead_time: 2h, process_time: 1h}\n",
    ),
    reading_rule(
        "lead-below-wait",
        "A lead time is not shorter than its wait.",
        "Lead time is wait plus process, so it cannot be less than one of the two.",
        bad="steps:\n  - {id: pack, lead_time: 1h, wait_time: 2h}\n",
        good="steps:\n  - {id: pack, lead_time: 3h, wait_time: 2h}\n",
    ),
    reading_rule(
        "times-disagree",
        "Wait and process add up to the lead time where all three are given.",
        "One of the three is wrong, and a program cannot know which.",
        bad="steps:\n  - {id: pack, wait_time: 2h, process_time: 1h, lead_time: 1d}\n",
        good="steps:\n  - {id: pack, wait_time: 2h, process_time: 1h}\n",
    ),
    reading_rule(
        "flow-syntax",
        "A line of the flow is a chain of steps.",
        "The picture and every figure follow from the flow, so it must have one meaning.",
        bad=_TWO + "flow:\n  - pack then ship\n",
        good=_TWO + "flow:\n  - pack -> ship\n",
    ),
    reading_rule(
        "flow-circle",
        "The flow does not go in circles.",
        "Work that comes back is rework, with a rate. As part of the flow it would never end.",
        bad=_TWO + "flow:\n  - pack -> ship\n  - ship -> pack\n",
        good=_TWO + "flow:\n  - pack -> ship\nrework:\n  - {from: ship, to: pack, rate: 5%}\n",
    ),
    reading_rule(
        "step-not-in-flow",
        "Where there is a flow, every step is in it.",
        "A step that nothing leads to would be drawn beside the stream and count for nothing.",
        bad=_THREE + "flow:\n  - pack -> ship\n",
        good=_THREE + "flow:\n  - pack -> ship -> bill\n",
    ),
    reading_rule(
        "duplicate-edge",
        "A way between two steps is described once.",
        "Two waits for one way contradict each other.",
        bad=_TWO + "flow:\n"
        "  - {from: pack, to: ship, wait: 1d}\n"
        "  - {from: pack, to: ship, wait: 2d}\n",
        good=_TWO + "flow:\n  - {from: pack, to: ship, wait: 2d}\n",
    ),
    reading_rule(
        "too-many-edges",
        "The flow has no more ways between steps than can be drawn.",
        "A group of a hundred steps before another one draws ten thousand arrows.",
    ),
    reading_rule(
        "ambiguous-choice",
        "A way belongs to one choice only.",
        "Else it would have two shares, or a share and none.",
        bad=_THREE + 'flow:\n  - "pack -> [ship 80%, bill 20%]"\n  - pack -> ship\n',
        good=_THREE + 'flow:\n  - "pack -> [ship 80%, bill 20%]"\n',
    ),
    reading_rule(
        "rework-forward",
        "Rework goes back, not forward.",
        "Work that skips steps takes another way through the flow, which is an alternative.",
        bad=_THREE + "rework:\n  - {from: pack, to: bill, rate: 10%}\n",
        good=_THREE + 'flow:\n  - "pack -> [ship 90%, bill 10%]"\n',
    ),
    reading_rule(
        "rework-rates",
        "The rework rates of a step add up to at most 100%.",
        "No more can go back than comes. Two rates may have been meant one after the other.",
        bad=_THREE + "rework:\n"
        "  - {from: bill, to: ship, rate: 60%}\n"
        "  - {from: bill, to: pack, rate: 50%}\n",
        good=_THREE + "rework:\n"
        "  - {from: bill, to: ship, rate: 10%}\n"
        "  - {from: bill, to: pack, rate: 5%}\n",
    ),
    reading_rule(
        "duplicate-rework",
        "A loop from one step to another is listed once.",
        "Two rates for one loop could be meant to be added, or one could be left over.",
        bad=_TWO + "rework:\n"
        "  - {from: ship, to: pack, rate: 5%, reason: wrong label}\n"
        "  - {from: ship, to: pack, rate: 3%, reason: wrong parcel}\n",
        good=_TWO + "rework:\n"
        "  - {from: ship, to: pack, rate: 8%, reason: wrong label or parcel}\n",
    ),
    reading_rule(
        "ended-before-start",
        "An improvement ends after it starts.",
        "Its days are compared with the figures of the time; the two were probably swapped.",
        bad=_TWO + "improvements:\n"
        "  - {id: labels, title: New labels, started: 2026-09-01, ended: 2026-06-01}\n",
        good=_TWO + "improvements:\n"
        "  - {id: labels, title: New labels, started: 2026-06-01, ended: 2026-09-01}\n",
    ),
)
