"""The words of the format, such as `manual` or `estimated`, as pages show them.

A word that is none of the format's is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from vsmdocs.language import isolated, mark, own_way, tr

_STATES = {"current": mark("Current"), "future": mark("Future"), "ideal": mark("Ideal")}
_KINDS = {"work": mark("work"), "approval": mark("approval"), "queue": mark("queue")}
_AUTOMATION = {
    "manual": mark("manual"),
    "assisted": mark("assisted"),
    "automated": mark("automated"),
}
_VALUES = {
    "adding": mark("adding"),
    "necessary": mark("necessary"),
    "waste": mark("waste"),
}
_GRADES = {
    "measured": mark("measured"),
    "sampled": mark("sampled"),
    "estimated": mark("estimated"),
    "assumed": mark("assumed"),
}
_WAYS = {"push": mark("push"), "pull": mark("pull"), "fifo": mark("fifo")}
_STATUSES = {
    "idea": mark("idea"),
    "trial": mark("trial"),
    "adopted": mark("adopted"),
    "rejected": mark("rejected"),
}
_WASTES = {
    "partially-done": mark("partially done"),
    "extra-features": mark("extra features"),
    "relearning": mark("relearning"),
    "handoffs": mark("handoffs"),
    "waiting": mark("waiting"),
    "task-switching": mark("task switching"),
    "defects": mark("defects"),
    "unused-talent": mark("unused talent"),
}
_CHANGES = {"added": mark("added"), "removed": mark("removed"), "changed": mark("changed")}
_TONES = {"better": mark("better"), "worse": mark("worse"), "same": mark("same")}

_FIELDS = {
    "complete_accurate": mark("%C&A"),
    "title": mark("title"),
    "name": mark("name"),
    "owner": mark("owner"),
    "unit": mark("unit"),
    "trigger": mark("trigger"),
    "customer": mark("customer"),
    "outcome": mark("outcome"),
    "variant": mark("variant"),
    "demand": mark("demand"),
    "calendar": mark("calendar"),
    "mapped_on": mark("mapped on"),
    "review_by": mark("review by"),
    "target_date": mark("target date"),
    "state": mark("state"),
    "stream": mark("stream"),
    "steps": mark("steps"),
    "flow": mark("flow"),
    "rework": mark("rework"),
    "improvements": mark("improvements"),
    "targets": mark("targets"),
    "stated_totals": mark("stated totals"),
    "tags": mark("tags"),
    "kind": mark("kind"),
    "process_time": mark("process time"),
    "wait_time": mark("wait time"),
    "lead_time": mark("lead time"),
    "people": mark("people"),
    "wip": mark("wip"),
    "batch_size": mark("batch size"),
    "capacity": mark("capacity"),
    "automation": mark("automation"),
    "value": mark("value"),
    "wastes": mark("wastes"),
    "systems": mark("systems"),
    "evidence": mark("evidence"),
    "notes": mark("notes"),
    "wait": mark("wait"),
    "label": mark("label"),
    "share": mark("share"),
    "rate": mark("rate"),
    "passes": mark("passes"),
    "reason": mark("reason"),
    "step": mark("step"),
    "status": mark("status"),
    "hypothesis": mark("hypothesis"),
    "change": mark("change"),
    "started": mark("started"),
    "ended": mark("ended"),
    "effort": mark("effort"),
}
"""What maps say of steps, ways, rework, improvements and themselves."""


def state_word(state: str) -> str:
    """Return `Current` for `current`."""
    return _word(_STATES, state)


def state_name(state: str, variant: str | None) -> str:
    """Return `Current`, `Future` or `Future q2`."""
    if not variant:
        return state_word(state)
    return tr("{state} {variant}", state=state_word(state), variant=variant)


def kind_word(kind: str) -> str:
    """Return what a step is: `work`, `approval` or `queue`."""
    return _word(_KINDS, kind)


def automation_word(automation: str) -> str:
    """Return how a step is done: `manual`, `assisted` or `automated`."""
    return _word(_AUTOMATION, automation)


def value_word(value: str) -> str:
    """Return the class of a step's value: `adding`, `necessary` or `waste`."""
    return _word(_VALUES, value)


def grade_word(grade: str) -> str:
    """Return how well something is known, such as `estimated`."""
    return _word(_GRADES, grade)


def way_word(kind: str) -> str:
    """Return how items get from step to step: `push`, `pull` or `fifo`."""
    return _word(_WAYS, kind)


def status_word(status: str) -> str:
    """Return how far an improvement is, such as `trial`."""
    return _word(_STATUSES, status)


def waste_word(waste: str) -> str:
    """Return a waste in words, such as `partially done`."""
    return _word(_WASTES, waste)


def change_word(change: str) -> str:
    """Return what becomes of a step: `added`, `removed` or `changed`."""
    return _word(_CHANGES, change)


def tone_word(tone: str) -> str:
    """Return which way a figure went: `better`, `worse` or `same`."""
    return _word(_TONES, tone)


def field_word(field: str) -> str:
    """Return what a map says something about, such as `wait time` for `wait_time`."""
    return _word(_FIELDS, field) if field in _FIELDS else field.replace("_", " ")


def field_value(field: str, value: str) -> str:
    """Return a value of a step as it is written; what is a word of the format, as pages show it."""
    words = {"automation": _AUTOMATION, "kind": _KINDS, "value": _VALUES}.get(field, {})
    return _word(words, value) if value in words else isolated(value)


def from_to(source: str, target: str) -> str:
    """Return the way from one place to another; arrows point as the language reads."""
    return own_way(tr("{source} → {target}", source=source, target=target))


def _word(words: Mapping[str, str], key: str) -> str:
    return tr(words[key]) if key in words else key
