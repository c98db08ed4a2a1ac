"""Rules about a file as a whole: its bytes, its characters and its two halves."""

from __future__ import annotations

from vsmdocs.reading.rules.words import reading_rule

FILE = (
    reading_rule(
        "not-utf8",
        "The file is UTF-8 text.",
        "Every tool then reads the same letters. What an older editor or a spreadsheet saves "
        "may be another encoding, in which names come out garbled.",
    ),
    reading_rule(
        "control-character",
        "No control characters and no invisible line breaks stand in a map.",
        "A reader cannot see them, but a terminal or a browser obeys them, so that a line could "
        "look like something that it is not.",
    ),
    reading_rule(
        "bidi-control",
        "No bidirectional embeddings, overrides or isolates stand in a map.",
        "They turn the direction of text around, so that a reviewer reads something else than "
        "a program does (“Trojan Source”). Marks that only place punctuation are allowed.",
    ),
    reading_rule(
        "no-frontmatter",
        "The first line is --- and begins the frontmatter.",
        "The facts of a map stand between two lines of ---, where programs find them; prose "
        "comes below.",
        bad="# Orders\n\n---\ntitle: Orders\nsteps: [{id: pack, process_time: 1h}]\n---\n",
        good="---\ntitle: Orders\nsteps: [{id: pack, process_time: 1h}]\n---\n\n# Orders\n",
    ),
    reading_rule(
        "frontmatter-not-closed",
        "A line --- ends the frontmatter.",
        "Without it nobody can tell where the facts end and the prose begins.",
        bad="---\ntitle: Orders\nsteps: [{id: pack, process_time: 1h}]\n\nOrders wait too long.\n",
        good="---\ntitle: Orders\nsteps: [{id: pack, process_time: 1h}]\n---\n\n"
        "Orders wait too long.\n",
    ),
    reading_rule(
        "frontmatter-too-long",
        "The frontmatter is at most 1 MB long.",
        "No stream that people can talk about needs more, and reading stays quick.",
    ),
    reading_rule(
        "body-too-long",
        "The text below the frontmatter is at most 256 KB long.",
        "The text is shown on the map's page. Longer documents have a place of their own, and "
        "a link leads there.",
    ),
    reading_rule(
        "too-many-errors",
        "At most 100 errors of a file are shown.",
        "Many errors often have one cause; when that is mended, the others go with it.",
    ),
)
