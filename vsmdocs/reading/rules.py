"""The rules that a file must keep to be read at all, each with what it is about.

Ids are never reused. Everything here is an error; advice on maps that can be read lives in
`vsmdocs.analysis.lint`.
"""

from __future__ import annotations

READING_RULES: dict[str, str] = {
    # The file
    "not-utf8": "The file is UTF-8 text.",
    "control-character": "No control characters and no invisible line breaks stand in a map.",
    "bidi-control": "No bidirectional embeddings, overrides or isolates stand in a map.",
    "no-frontmatter": "The first line is --- and begins the frontmatter.",
    "frontmatter-not-closed": "A line --- ends the frontmatter.",
    "frontmatter-too-long": "The frontmatter is at most 1 MB long.",
    "body-too-long": "The text below the frontmatter is at most 256 KB long.",
    "too-many-errors": "At most 100 errors of a file are shown.",
    # YAML
    "yaml-syntax": "The frontmatter is YAML.",
    "yaml-tab": "The frontmatter is indented and aligned with spaces.",
    "yaml-anchor": "No value has a YAML anchor.",
    "yaml-alias": "No value is a YAML alias.",
    "yaml-merge": "No mapping takes over the keys of another one.",
    "yaml-tag": "No value has a YAML tag.",
    "yaml-key": "Every key is text.",
    "yaml-directive": "No YAML directives stand in the frontmatter.",
    "yaml-documents": "The frontmatter is a single YAML document.",
    "not-a-mapping": "The frontmatter is made of keys and values.",
    "too-deep": "Nothing is nested more than 20 levels deep.",
    "too-many-values": "A map has at most 30,000 values.",
    "duplicate-key": "No key stands twice in one mapping.",
    # Values
    "unknown-key": "Every key is one of the map format's.",
    "missing-key": "Required keys are given.",
    "wrong-type": "Lists, mappings and text stand where they are expected.",
    "empty-text": "A text is not empty.",
    "too-long": "A text is not longer than its kind may be.",
    "bad-slug": "A name that others refer to has lower-case letters, digits and hyphens.",
    "bad-choice": "A value of a fixed set is one of that set.",
    "bad-duration": "A duration is a number with s, m, h, d, w or mo, or ISO 8601.",
    "bad-estimate": "An estimate goes from least to most.",
    "bad-percent": "A percentage is from 0% to 100%, or a number from 0 to 1.",
    "bad-rate": "A rate is a number of items per period.",
    "bad-number": "A number is written in digits, and in the range that makes sense.",
    "bad-date": "A date is written year-month-day.",
    "bad-calendar": "A calendar has working hours a day and days a week.",
    "bad-change": "A change gives a new value for a number of a step.",
    "bad-target": "A target has one bound.",
    "schema-version": "The version of the map format is known here.",
    "no-steps": "A map has steps.",
    "too-many-steps": "A map has at most 1,000 steps.",
    "not-yet": "What this version does not support yet is refused.",
    # Structure
    "duplicate-id": "An id is given once.",
    "unknown-step": "A step that is referred to exists.",
    "lead-below-process": "A lead time is not shorter than its process time.",
    "lead-below-wait": "A lead time is not shorter than its wait.",
    "times-disagree": "Wait and process add up to the lead time where all three are given.",
    "flow-syntax": "A line of the flow is a chain of steps.",
    "flow-circle": "The flow does not go in circles.",
    "step-not-in-flow": "Where there is a flow, every step is in it.",
    "duplicate-edge": "A way between two steps is described once.",
    "too-many-edges": "The flow has no more ways between steps than can be drawn.",
    "ambiguous-choice": "A way belongs to one choice only.",
    "rework-forward": "Rework goes back, not forward.",
    "rework-rates": "The rework rates of a step add up to at most 100%.",
    "duplicate-rework": "A loop from one step to another is listed once.",
    "ended-before-start": "An improvement ends after it starts.",
}
