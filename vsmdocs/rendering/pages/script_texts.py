"""What the scripts say, taken from the catalogue along with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import c2py

from vsmdocs.language import catalogue

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_SAID = re.compile(rf"\b(?:tr(?:_parts)?\(\s*{_TEXT}|tr_n\(\s*{_TEXT},\s*{_TEXT})")
_RULE = re.compile(r"plural=([^;]+)")
_NUMBERS = range(200)
"""In which every form of every language is needed at least once."""


def said_in(script: str) -> Iterator[tuple[str, str]]:
    """Yield what a script says: a text and nothing, or one for one and one for many."""
    for match in _SAID.finditer(script):
        text, one, many = (json.loads(f'"{part or ""}"') for part in match.groups())
        yield text or one, many


def script_texts(script: str) -> str:
    """Return what stands before the scripts: their texts in the language that is spoken."""
    known = catalogue()
    if known is None:
        return "const SAID = {}, form = (n) => Number(n !== 1);\n"
    # The rule of a catalogue is an expression of C, which is one of JavaScript as well.
    found = _RULE.search(known.info().get("plural-forms", ""))
    rule = found[1] if found else "n != 1"
    chosen = c2py(rule)
    examples = {chosen(n): n for n in reversed(_NUMBERS)}
    said: dict[str, str | list[str]] = {}
    for text, many in said_in(script):
        if many:
            said[text] = [known.ngettext(text, many, examples[n]) for n in sorted(examples)]
        else:
            said[text] = known.gettext(text)
    texts = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return f"const SAID = {texts}, form = (n) => Number({rule});\n"
