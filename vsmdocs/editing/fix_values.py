"""Mends for values and keys: only what can have been meant in one way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic_core import PydanticCustomError

from vsmdocs.editing.edits import Edit
from vsmdocs.editing.fix_case import Fix, FixCase, replace, text_at, word_at
from vsmdocs.editing.nearness import meant
from vsmdocs.editing.quoting import written
from vsmdocs.errors import Finding
from vsmdocs.model.stream import CHANGEABLE
from vsmdocs.model.units import (
    parse_date,
    parse_duration,
    parse_estimate,
    parse_percent,
    parse_rate,
    slugify,
)
from vsmdocs.reading.validate import OTHER_NAMES, PARTS

_SEVERAL_MEANINGS = ("cycle_time", "ct")
"""Names that mean one thing here and another one there."""
_SUGGESTED = re.compile(r"did you mean (.+?)\?(?: Possible are (.+))?", re.DOTALL)
_THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
_DATE = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})")
_RATE = re.compile(r"([0-9.]+)\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b)\s*([a-z]+?)s?", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:%|percent|per cent|pct)?", re.IGNORECASE)
_SPELLABLE = re.compile(r"[A-Za-z0-9 _-]+")
_LISTED = re.compile(r"[A-Za-z0-9 _.,/+-]+")
_FLOW_PIECE = re.compile(r"->|[\[\],]|(?:(?!->)[^\[\],])+")
_FLOW_WORD = re.compile(r"[A-Za-z0-9_]+(?:-+[A-Za-z0-9_]+)*")
_SHARE = re.compile(r"\s+[0-9.]+\s*%\s*$")


def _as_value(finding: Finding, new: str | None, check: Callable[[Any], Any]) -> Fix | None:
    """Return the fix that writes a value which is right, or None."""
    if new is None or not _is_right(new, check):
        return None
    return replace(finding, written(new, flow=True))


def _is_right(text: str, check: Callable[[Any], Any]) -> bool:
    try:
        check(text)
    except PydanticCustomError:
        return False
    return True


def fix_duration(case: FixCase, finding: Finding) -> Fix | None:
    """Write `4 hours` as `4h`, `1,5d` as `1.5d`, each end of a range for itself."""
    word = word_at(finding)
    if word is None:
        return None
    parts = [_duration(part.strip()) for part in word.split("..")]
    return _as_value(finding, "..".join(part or "?" for part in parts), parse_estimate)


def _duration(text: str) -> str | None:
    for _ in range(3):
        try:
            parse_duration(text)
        except PydanticCustomError as error:
            hint = str((error.context or {}).get("hint", ""))
            if _THOUSANDS.search(text):
                return None
            better = hint.removeprefix("write the decimal with a point: ").removeprefix("write ")
            if better == hint:
                return None
            text = better
        else:
            return text
    return None


def fix_estimate(case: FixCase, finding: Finding) -> Fix | None:
    """Write the three dots of a range as two."""
    word = word_at(finding)
    return _as_value(finding, word and re.sub(r"\.{3,}", "..", word), parse_estimate)


def fix_percent(case: FixCase, finding: Finding) -> Fix | None:
    """Write `80` and `80,5 percent` as percentages; below 2 it could be a fraction."""
    match = _PERCENT.fullmatch(word_at(finding) or "")
    if not match or (text_at(finding).strip("'\" ") == match[1] and not match[1].isdigit()):
        return None
    if _THOUSANDS.search(match[1]) or float(match[1].replace(",", ".")) < 2:
        return None
    return _as_value(finding, match[1].replace(",", ".") + "%", parse_percent)


def fix_rate(case: FixCase, finding: Finding) -> Fix | None:
    """Write `12 per month` as `12/month`."""
    match = _RATE.fullmatch(word_at(finding) or "")
    return _as_value(finding, f"{match[1]}/{match[2].lower()}", parse_rate) if match else None


def fix_date(case: FixCase, finding: Finding) -> Fix | None:
    """Write `2026/9/3` as `2026-09-03`; which of two numbers is the month is clear so."""
    match = _DATE.fullmatch(word_at(finding) or "")
    if not match:
        return None
    return _as_value(finding, f"{match[1]}-{match[3]:>02}-{match[4]:>02}", parse_date)


def fix_choice(case: FixCase, finding: Finding) -> Fix | None:
    """Write the one word of the set that was meant."""
    word, match = word_at(finding), _SUGGESTED.match(finding.hint)
    choices = match[2] if match else finding.hint.removeprefix("write ")
    near = meant(word, re.split(r", | or ", choices or "")) if word else None
    return replace(finding, near) if near else None


def fix_key(case: FixCase, finding: Finding) -> Fix | None:
    """Write a key that is misspelt, or goes by another name elsewhere, as the format has it."""
    word, match, where = word_at(finding), _SUGGESTED.match(finding.hint), case.key_at(finding)
    if not word or not match or where is None:
        return None
    plain = word.lower().replace("-", "_").replace(" ", "_")
    if plain in _SEVERAL_MEANINGS:
        return None
    names = tuple(key for key in where[:-1] if isinstance(key, str))
    near = match[1] if OTHER_NAMES.get(plain) == match[1] else meant(word, _keys(names))
    if near != match[1] or (case.tree and (*where[:-1], near) in case.tree.marks.keys):
        return None
    return replace(finding, near)


def _keys(names: tuple[str, ...]) -> Iterable[str]:
    part = PARTS.get(names)
    fields = part.model.model_fields.items() if part else ()
    return [field.alias or name for name, field in fields]


def fix_change(case: FixCase, finding: Finding) -> Fix | None:
    """Write the number of a step that a change was meant for."""
    step, dot, field = (word_at(finding) or "").partition(".")
    near = meant(field, CHANGEABLE) if dot else None
    return replace(finding, f"{step}.{near}") if near and near != field else None


def fix_list(case: FixCase, finding: Finding) -> Fix | None:
    """Put a single text into the brackets of a list."""
    where, word = case.value_at(finding), word_at(finding)
    lists = ("tags", "wastes", "systems")
    if where is None or where[-1] not in lists or not word or not _LISTED.fullmatch(word):
        return None
    return replace(finding, f"[{word}]") if finding.hint == f"write [{word}]" else None


def fix_slug(case: FixCase, finding: Finding) -> Fix | None:
    """Write a name as others can refer to it, also where they do."""
    word, where = word_at(finding), case.value_at(finding)
    if not word or where is None or not _SPELLABLE.fullmatch(word):
        return None
    slug = slugify(word)
    if not slug or len(word) > 64:
        return None
    fix = replace(finding, written(slug, flow=True))
    steps = [str(step.get("id")) for step in case.part("steps") if isinstance(step, dict)]
    if where[0] == "steps" and where[-1] == "id":
        if sum(slugify(step) == slug for step in steps) > 1:
            return None
        mentions = _flow_mentions(case, word, slug)
        return None if mentions is None else Fix((*fix.edits, *mentions), fix.said)
    if where[-1] in ("from", "to", "step") and slug not in map(slugify, steps):
        return None
    return fix


def _flow_mentions(case: FixCase, old: str, new: str) -> tuple[Edit, ...] | None:
    """Return what renames a step in the lines of the flow; None where a line is out of reach."""
    edits: list[Edit] = []
    for index, line in enumerate(case.part("flow")):
        event = case.tree.marks.values.get(("flow", index)) if case.tree else None
        if not isinstance(line, str) or event is None or old not in line:
            continue
        start, end = event.start_mark, event.end_mark
        if start.line != end.line or "\\" in line or len(line) > 2_000 or case.tree is None:
            return None
        number = start.line + case.tree.marks.first_line
        text = case.tree.marks.lines[number - 1]
        for match in _FLOW_PIECE.finditer(text, start.column, end.column):
            name = _SHARE.sub("", match[0]).strip(" '\"")
            if name == old:
                column = text.index(old, match.start()) + 1
                edits.append(Edit(number, column, number, column + len(old), new))
    for index, improvement in enumerate(case.part("improvements")):
        change = improvement.get("change") if isinstance(improvement, dict) else None
        for key in change if isinstance(change, dict) else ():
            if key.partition(".")[0] == old and case.tree is not None:
                mark = case.tree.marks.keys[("improvements", index, "change", key)].start_mark
                number = mark.line + case.tree.marks.first_line
                column = case.tree.marks.lines[number - 1].index(old, mark.column) + 1
                edits.append(Edit(number, column, number, column + len(old), new))
    return tuple(edits)


def fix_flow(case: FixCase, finding: Finding) -> Fix | None:
    """Write the steps in a line of the flow as their ids are, where case or blanks differ."""
    word = text_at(finding)
    steps = [str(step.get("id")) for step in case.part("steps") if isinstance(step, dict)]
    text = finding.source_line
    edits: list[Edit] = []
    for match in _FLOW_WORD.finditer(text):
        slug = slugify(match[0])
        if slug != match[0] and slug in steps:
            place = (finding.line, match.start() + 1, finding.line, match.end() + 1)
            edits.append(Edit(*place, slug))
    here = [edit for edit in edits if edit.start_column == finding.column]
    fix = replace(finding, here[0].new_text) if here and _SPELLABLE.fullmatch(word) else None
    return Fix(tuple(edits), fix.said) if fix else None
