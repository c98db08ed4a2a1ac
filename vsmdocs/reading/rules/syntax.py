"""Rules about the YAML of the frontmatter: a small and strict part of it."""

from __future__ import annotations

from vsmdocs.reading.rules.words import reading_rule

_ONE = "steps:\n  - {id: pack, process_time: 1h}\n"

SYNTAX = (
    reading_rule(
        "yaml-syntax",
        "The frontmatter is YAML.",
        "A bracket or a quote that is never closed swallows what follows, so nothing after it "
        "can be trusted.",
        bad="steps:\n  - {id: pack, process_time: 1h\n  - {id: ship, process_time: 1h}\n",
        good="steps:\n  - {id: pack, process_time: 1h}\n  - {id: ship, process_time: 1h}\n",
    ),
    reading_rule(
        "yaml-tab",
        "The frontmatter is indented and aligned with spaces.",
        "A tab is as wide as each editor likes, and indentation has a meaning in YAML.",
        bad="steps:\n  - id: pack\n\tprocess_time: 1h\n",
        good="steps:\n  - id: pack\n    process_time: 1h\n",
    ),
    reading_rule(
        "yaml-anchor",
        "No value has a YAML anchor.",
        "An anchor is there to be repeated elsewhere, and a short file can grow huge by that. "
        "In a map every value stands where it counts.",
        bad="steps:\n  - {id: pack, wait_time: &wait 1d, process_time: 1h}\n",
        good="steps:\n  - {id: pack, wait_time: 1d, process_time: 1h}\n",
    ),
    reading_rule(
        "yaml-alias",
        "No value is a YAML alias.",
        "Who reads a step should see its numbers there, and a change of one number should not "
        "change another one somewhere else.",
        bad="steps:\n"
        "  - {id: pack, wait_time: &wait 1d, process_time: 1h}\n"
        "  - {id: ship, wait_time: *wait, process_time: 1h}\n",
        good="steps:\n"
        "  - {id: pack, wait_time: 1d, process_time: 1h}\n"
        "  - {id: ship, wait_time: 1d, process_time: 1h}\n",
    ),
    reading_rule(
        "yaml-merge",
        "No mapping takes over the keys of another one.",
        "A merge hides what a step says, and what wins where both say something.",
        bad="steps:\n  - {id: pack, process_time: 1h, <<: {owner: Warehouse}}\n",
        good="steps:\n  - {id: pack, process_time: 1h, owner: Warehouse}\n",
    ),
    reading_rule(
        "yaml-tag",
        "No value has a YAML tag.",
        "Tags tell programs to make something else of a value than text. A map has no use for "
        "that.",
        bad="steps:\n  - {id: pack, process_time: !!str 1h}\n",
        good=_ONE,
    ),
    reading_rule(
        "yaml-key",
        "Every key is text.",
        "A key names what its value means, and a list or nothing at all names nothing.",
        bad="steps:\n  - {id: pack, process_time: 1h, [owner]: Warehouse}\n",
        good="steps:\n  - {id: pack, process_time: 1h, owner: Warehouse}\n",
    ),
    reading_rule(
        "yaml-directive",
        "No YAML directives stand in the frontmatter.",
        "They switch to another YAML, and a map has only one.",
        bad="---\n%YAML 1.1\ntitle: Orders\n" + _ONE + "---\n",
        good="---\ntitle: Orders\n" + _ONE + "---\n",
    ),
    reading_rule(
        "yaml-documents",
        "The frontmatter is a single YAML document.",
        "A second document would be read by some programs and not by others.",
        bad="---\ntitle: Orders\n" + _ONE + "...\nowner: Warehouse\n---\n",
        good="---\ntitle: Orders\n" + _ONE + "owner: Warehouse\n---\n",
    ),
    reading_rule(
        "not-a-mapping",
        "The frontmatter is made of keys and values.",
        "Every fact of a map has a name. A list or a sentence has none.",
        bad="---\n- pack\n- ship\n---\n",
        good="---\ntitle: Orders\n" + _ONE + "---\n",
    ),
    reading_rule(
        "too-deep",
        "Nothing is nested more than 20 levels deep.",
        "No part of a map goes that deep, and programs can be brought down by it.",
    ),
    reading_rule(
        "too-many-values",
        "A map has at most 30,000 values.",
        "No stream that people can talk about needs more, and reading stays quick.",
    ),
    reading_rule(
        "duplicate-key",
        "No key stands twice in one mapping.",
        "Most programs keep the last one and forget the first in silence, and a reviewer may "
        "have read the other.",
        bad="steps:\n  - id: pack\n    process_time: 1h\n    process_time: 2h\n",
        good="steps:\n  - id: pack\n    process_time: 2h\n",
    ),
)
