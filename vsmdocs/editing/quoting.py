"""How a text is written as a value of YAML: without quotes wherever it can be."""

from __future__ import annotations

import re

from vsmdocs.editing.nodes import NOTHING, Scalar

_INDICATORS = "!\"#%&'*,>@[]`{|}"
_FLOW_SIGNS = re.compile(r"[,\[\]{}?]|:(?![^\s,\[\]{}:])")
_BRACKETS = re.compile(r"[,\[\]{}]")
_COMMENT_OR_COLON = re.compile(r":(?: |$)| #")
# Escapes that stand for themselves; any other was asked for, to make something visible.
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def needs_quotes(text: str, *, flow: bool = False, key: bool = False) -> bool:
    """Return whether YAML would read `text` as something else without quotes."""
    if text in NOTHING or text != text.strip() or "\n" in text or "\t" in text:
        return True
    if text[0] in _INDICATORS or text.startswith(("---", "...")):
        return True
    if text[0] in "-?:" and text[1:2] in ("", " "):
        return True
    if text[0] in "?:" and (flow or key):
        return True
    if key and (text == "<<" or len(text) > 120):
        return True
    return bool(_COMMENT_OR_COLON.search(text) or (flow and _FLOW_SIGNS.search(text)))


def quoted(text: str) -> str:
    """Return `text` in quotes: single ones unless an apostrophe or a line break is in it."""
    if "\n" in text or ("'" in text and not set('"\\') & set(text)):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
    return "'" + text.replace("'", "''") + "'"


def written(text: str, *, flow: bool = False, key: bool = False) -> str:
    """Return `text` as a value in one line."""
    return quoted(text) if needs_quotes(text, flow=flow, key=key) else text


def in_one_line(scalar: Scalar, *, flow: bool = False, key: bool = False) -> str:
    """Return a value as it is written in one line, with quotes only where they are needed."""
    if not scalar.style and scalar.value in NOTHING:
        return scalar.value
    if not scalar.style and len(scalar.lines) == 1:
        # In brackets it may come from a line of its own, where it needed no quotes.
        out_of_place = flow and _BRACKETS.search(scalar.value)
        return quoted(scalar.value) if out_of_place else scalar.lines[0]
    if scalar.style == '"' and len(scalar.lines) == 1 and _was_escaped(scalar.lines[0]):
        return scalar.lines[0]
    return written(scalar.value, flow=flow, key=key)


def _was_escaped(source: str) -> bool:
    """Return whether a double-quoted text spells characters out."""
    return any(match[1] not in '"\\/' for match in _ESCAPE.finditer(source))
