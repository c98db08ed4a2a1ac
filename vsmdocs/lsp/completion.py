"""What could be written at a place: keys that are still free there, and values of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from vsmdocs.lsp import grammar
from vsmdocs.lsp.entries import Path, Spot
from vsmdocs.lsp.mentions import refers_to_steps
from vsmdocs.lsp.outline import Outline, read_outline, spot_at
from vsmdocs.lsp.positions import Span
from vsmdocs.model.stream import CHANGEABLE, RATIO_METRICS, TIME_METRICS, ValueStreamMap

Kind = Literal["key", "word", "step", "unit", "used", "day"]

_NUMBER = re.compile(r"(?:^|(?<=[\s+-])|(?<=\.\.))(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$")
_WORD = re.compile(r"[^\s\[\],]*$")
_REST = re.compile(r"[^\s:,\]}]*")
_UNITS = {
    "h": "hours", "d": "working days", "m": "minutes", "w": "working weeks",
    "mo": "working months", "s": "seconds",
}  # fmt: skip
_PERIODS = ("day", "week", "month", "hour", "quarter", "year")
_USED_AGAIN = ("owner", "systems", "tags", "unit", "customer", "source")
"""Texts that are often written more than once."""
_MOST = 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to write in place of a stretch of text."""

    label: str
    insert: str
    kind: Kind
    span: Span
    detail: str = ""
    about: str = ""
    """Markdown."""


def complete(
    lines: tuple[str, ...], line: int, column: int, today: date, used: dict[str, set[str]]
) -> list[Suggestion]:
    """Return what could be written at a place, the likeliest first.

    `used` are texts that other maps have behind the keys in which they come again.
    """
    spot = spot_at(lines, line, column)
    if spot is None:
        return []
    outline = read_outline(lines)
    place = _Place(outline, spot, lines, line, column, today, used)
    found = [*place.values(), *place.keys()]
    unique = {(one.label, one.kind): one for one in reversed(found)}
    return list(reversed(unique.values()))[:_MOST]


@dataclass(frozen=True, slots=True)
class _Place:
    outline: Outline
    spot: Spot
    lines: tuple[str, ...]
    line: int
    column: int
    today: date
    used: dict[str, set[str]]

    def _span(self, start: int) -> Span:
        return Span(self.line, start, self.column)

    # --- keys ---

    def keys(self) -> Iterator[Suggestion]:
        parent = self.spot.parent
        if parent is None or self.spot.text[:1] in ("'", '"') or " " in self.spot.text:
            return
        known = grammar.keys(parent)
        if not known and not self.spot.flow and grammar.is_list(parent):
            yield from self._items(parent)
            return
        taken = {
            entry.path[-1]
            for entry in self.outline.below(parent)
            if entry.key is not None
            and not (self.spot.text and entry.key.holds(self.line, self.column))
        }
        after = self._after()
        span = Span(self.line, self.spot.start, self.column + len(after))
        colon = not self.lines[self.line][span.end :].lstrip(" ").startswith(":")
        names = {name: grammar.meaning((*parent, name)) for name in known}
        if tuple(key for key in parent if isinstance(key, str)) == ("improvements", "change"):
            names = {f"{step}.{field}": "" for step in self._steps() for field in CHANGEABLE}
        needed = set(grammar.needed(parent))
        for name, about in names.items():
            if name not in taken:
                insert = name + (self._colon((*parent, name)) if colon else "")
                detail = "required" if name in needed else ""
                yield Suggestion(name, insert, "key", span, detail, about)

    def _after(self) -> str:
        """Return what is left of the word that stands here."""
        match = _REST.match(self.lines[self.line], self.column)
        return match[0] if match and self.spot.text else ""

    def _colon(self, path: Path) -> str:
        return ": " if self.spot.flow or grammar.is_plain(path) else ":"

    def _items(self, parent: Path) -> Iterator[Suggestion]:
        """Suggest how an item of a list of mappings begins."""
        if self.spot.text:
            return
        item = (*parent, 0)
        first = next(iter(grammar.needed(item)), "")
        if first and not refers_to_steps(item):
            about = grammar.meaning((*item, first))
            yield Suggestion(
                f"- {first}", f"- {first}: ", "key", self._span(self.column), "", about
            )

    # --- values ---

    def values(self) -> Iterator[Suggestion]:
        path = self.spot.value
        if path is None:
            return
        text = self.spot.text
        blank = " " if self.lines[self.line][: self.column].endswith(":") else ""
        for one in self._values(path, text):
            yield replace(one, insert=blank + one.insert) if blank else one

    def _values(self, path: Path, text: str) -> Iterator[Suggestion]:
        whole = self._span(self.spot.start)
        name = _name_of(path)
        about = grammar.meaning(path)
        if refers_to_steps(path):
            match = _WORD.search(text.lstrip("'\""))
            start = self.column - len(match[0] if match else "")
            for step, detail in self._steps().items():
                yield Suggestion(step, step, "step", self._span(start), detail)
        for word in grammar.choices(path):
            yield Suggestion(word, word, "word", whole, "", about)
        if name in _USED_AGAIN:
            for word in sorted(self._words(name), key=str.casefold):
                yield Suggestion(word, _scalar(word, self.spot.flow), "used", whole, "", about)
        kinds = self._kinds(path)
        if "day" in kinds:
            day = self.today.isoformat()
            yield Suggestion(day, day, "day", whole, "today")
        yield from self._units(kinds, text)

    def _kinds(self, path: Path) -> set[str]:
        if path[:1] == ("targets",) and path[-1] in ("at_most", "at_least"):
            metrics = [e.text for e in self.outline.entries if e.path == (*path[:-1], "metric")]
            if not metrics or metrics[0] in TIME_METRICS:
                return {"time"}
            return {"percent"} if metrics[0] in RATIO_METRICS else set()
        if path[:1] == ("improvements",) and path[-2:-1] == ("change",):
            field = str(path[-1]).rpartition(".")[2]
            return {"time", "percent"} if field.endswith("_time") else {"percent"}
        return grammar.kinds(path)

    def _units(self, kinds: set[str], text: str) -> Iterator[Suggestion]:
        match = _NUMBER.search(text)
        if match is None:
            return
        number, span = match[0], self._span(self.column - len(match[0]))
        if kinds & {"time", "duration"}:
            for unit, words in _UNITS.items():
                yield Suggestion(f"{number}{unit}", f"{number}{unit}", "unit", span, words)
        if "percent" in kinds and float(number) <= 100:
            yield Suggestion(f"{number}%", f"{number}%", "unit", span, "per cent")
        if "rate" in kinds:
            for period in _PERIODS:
                rate = f"{number}/{period}"
                yield Suggestion(rate, rate, "unit", span, f"items a {period}")

    def _steps(self) -> dict[str, str]:
        """Return the steps that stand in the text, each with its name."""
        steps: dict[str, str] = {}
        names = {e.path[:2]: e.text for e in self.outline.entries
                 if len(e.path) == 3 and e.path[::2] == ("steps", "name")}  # fmt: skip
        for entry in self.outline.entries:
            if len(entry.path) == 3 and entry.path[::2] == ("steps", "id") and entry.text:
                steps[entry.text] = names.get(entry.path[:2], "")
        return steps

    def _words(self, key: str) -> set[str]:
        here = {
            entry.text
            for entry in self.outline.entries
            if entry.text
            and _name_of(entry.path) == key
            and not entry.value.holds(self.line, self.column)
        }
        return here | self.used.get(key, set())


def used_words(maps: Iterable[ValueStreamMap]) -> dict[str, set[str]]:
    """Return what maps have behind the keys in which texts come again."""
    found: dict[str, set[str]] = {key: set() for key in _USED_AGAIN}
    for one in maps:
        found["owner"] |= {step.owner for step in one.steps if step.owner} | {one.owner or ""}
        found["systems"] |= {system for step in one.steps for system in step.systems}
        found["tags"] |= set(one.tags)
        for key in ("unit", "customer"):
            found[key].add(getattr(one, key) or "")
    return {key: words - {""} for key, words in found.items()}


def _name_of(path: Path) -> str:
    """Return the key that a value stands behind, itself or as one of a list."""
    return next((key for key in reversed(path[-2:]) if isinstance(key, str)), "")


def _scalar(text: str, flow: bool) -> str:
    """Return a text as YAML, in quotes where it would read as something else."""
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~][^#:\n]*", text)
    if plain and text == text.strip() and not (flow and re.search(r"[,\[\]{}]", text)):
        return text
    return "'" + text.replace("'", "''") + "'"
