"""What is marked on each box of the picture of two versions: old and new values, and a tag.

All boxes keep the size that they have in a picture of one version. Where numbers changed, three
narrow rows take the place of the two usual ones, so that there is room for both values.
"""

from __future__ import annotations

from vsmdocs.language import mark, own_way, tr
from vsmdocs.model.metrics import StepMetrics
from vsmdocs.model.stream import Step
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.picture.compact import compact_hours
from vsmdocs.rendering.picture.curves import rounded
from vsmdocs.rendering.picture.marks import Change, Number, NumberRow, StepMark
from vsmdocs.rendering.picture.parts import StepBox
from vsmdocs.rendering.picture.sizing import PADDING, Sizes
from vsmdocs.rendering.picture.textfit import text_width, wrap
from vsmdocs.rendering.picture.was_now import ARROW, was_now
from vsmdocs.rendering.quantities import format_hours, format_percent, unknown
from vsmdocs.rendering.words import automation_word, field_value, kind_word

Version = tuple[Step, StepMetrics, Calendar]
"""A step in one of the two versions."""
ROWS = (12, 25, 38)
"""Baselines of the narrow rows, below the name."""
_SIZE, _KEY, _TAG = 11, 10, 10.5
_ICON = 15
"""The figure that stands for people, with the room around it."""
_WORST = 80
"""What the mark of the longest wait takes under a box."""
_SAME = 1e-9
_KEYS = {
    "process_time": mark("PT"),
    "wait_time": mark("Wait"),
    "complete_accurate": mark("%C&A"),
}
"""What stands before a number in a box."""
_CHANGED = {
    "process_time": mark("process time from {old} to {new}"),
    "wait_time": mark("wait from {old} to {new}"),
    "complete_accurate": mark("complete and accurate from {old} to {new}"),
    "people": mark("people from {old} to {new}"),
    "wip": mark("work in process from {old} to {new}"),
    "kind": mark("kind from {old} to {new}"),
    "automation": mark("automation from {old} to {new}"),
}
"""What became of what is said of a step."""


class StepMarks:
    """Marks boxes of one size."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes
        self._room = sizes.width - 2 * PADDING
        self._plain: dict[tuple[str, bool], StepMark] = {}

    def removed(self, box: StepBox) -> StepMark:
        """Return the mark of a step that only the base has."""
        return self._mark("removed", (tr("× removed"),), box, automation="")

    def added(self, box: StepBox) -> StepMark:
        """Return the mark of a step that only the head has."""
        return self._mark("added", (tr("+ added"),), box, automation=box.automation_word)

    def kept(self, box: StepBox, was: Version, now: Version) -> StepMark:
        """Return the mark of a step that both have, changed or not."""
        words, amounts = _words(was[0], now[0]), _amounts(was, now)
        if not words and not amounts:
            return self._unchanged(box)
        numbers = _numbers(was, now)
        people = _count(tr("people"), was[0].people, now[0].people)
        wip = _count(tr("WIP"), was[0].wip, now[0].wip)
        changed = any(number.was for number in numbers) or bool(people and people.was)
        on_card = [
            n for n in (numbers[0], numbers[2], people, wip) if n and (n.was or n.now != "?")
        ]
        return self._mark(
            "changed",
            _tag_words(was[0], now[0]),
            box,
            rows=self._rows(box, numbers, people) if changed else (),
            wip=wip._replace(was=f"{wip.was}{ARROW}") if wip and wip.was else None,
            automation=was_now(_automation(was[0]), _automation(now[0])),
            notes=(*words, *amounts),
            words=words,
            wait=_with_arrow(numbers[1]) if numbers[1].was else None,
            numbers=tuple(map(_with_arrow, on_card)),
        )

    def _unchanged(self, box: StepBox) -> StepMark:
        # Most boxes of most pictures: worked out once for all that look alike.
        key = (box.automation_word, box.worst)
        if key not in self._plain:
            self._plain[key] = self._mark(None, (), box, automation=key[0])
        return self._plain[key]

    def _mark(
        self,
        change: Change | None,
        tags: tuple[str, ...],
        box: StepBox,
        *,
        automation: str | tuple[str, ...],
        rows: tuple[NumberRow, ...] = (),
        wip: Number | None = None,
        notes: tuple[str, ...] = (),
        words: tuple[str, ...] = (),
        wait: Number | None = None,
        numbers: tuple[Number, ...] = (),
    ) -> StepMark:
        right = self._sizes.width - (_WORST if box.worst else 0)
        width = (right - 8) / _TAG
        fitting = (text for text in tags if text_width(text) <= width)
        word = next(fitting, None) or (wrap(tags[-1], width, 1)[0] if tags else "")
        tag_width = round(text_width(word) * _TAG + 10, 1) if word else 0.0
        left = 4 + (tag_width and tag_width + 4)
        texts = (automation,) if isinstance(automation, str) else automation
        room = right - left - 8
        shown = next((text for text in texts if text_width(text) * _TAG <= room), "")
        return StepMark(
            change=change,
            word=word,
            tag=rounded(-4, self._sizes.box - 2, tag_width, 16, 3) if word else "",
            tag_x=f"{tag_width / 2 - 4:g}",
            rows=rows,
            wip=wip,
            automation=shown,
            automation_x=f"{left:g}",
            notes=notes,
            words=words,
            wait=wait,
            numbers=numbers,
        )  # fmt: skip

    def _rows(
        self, box: StepBox, numbers: tuple[Number, ...], people: Number | None
    ) -> tuple[NumberRow, ...]:
        process, wait, quality = numbers
        if box.kind == "queue":
            # It has a wait alone, unless it was something else before.
            shown = [
                Number(kind_word("queue"), "", ""),
                wait,
                *(n for n in (process, quality) if n.was),
            ][:3]
        else:
            shown = [process, wait, quality]
        fitted = [self._fitted(number) for number in shown]
        free = [self._room - width for _, width in fitted]
        place, beside = self._beside(people, free) if people else (None, None)
        rows = []
        for row, number in enumerate(shown):
            y = self._sizes.header + ROWS[row]
            there = beside if row == place else None
            marked = number.was or (people and people.was and there)
            rows.append(
                NumberRow(
                    number=fitted[row][0],
                    y=str(y),
                    plate=f"M6 {y - 10}H{self._sizes.width - 5}v12.5H6z" if marked else "",
                    people=there,
                    people_at=f"{self._sizes.width - PADDING - 8:g} {y}" if there else "",
                )
            )
        return tuple(rows)

    def _fitted(self, number: Number) -> tuple[Number, float]:
        """Return a number as it fits a row, with the width that it takes."""
        key = text_width(number.key) * _KEY + 4
        if not number.was:
            return number, key + text_width(number.now) * _SIZE
        for text in was_now(number.was, number.now):
            width = key + text_width(text) * _SIZE
            if width <= self._room:
                break
        return number._replace(was=text.removesuffix(number.now)), width

    def _beside(self, people: Number, free: list[float]) -> tuple[int | None, Number | None]:
        """Return the row that has room for the people, and what fits there."""
        for text in was_now(people.was or people.now, people.now):
            needed = text_width(text) * _SIZE + _ICON
            for row in sorted(range(len(free)), key=lambda row: (row != 2, row)):
                if needed <= free[row]:
                    return row, Number("", text.removesuffix(people.now), people.now)
        return None, None


def _with_arrow(number: Number) -> Number:
    return number._replace(was=f"{number.was} {ARROW} ") if number.was else number


def _numbers(was: Version, now: Version) -> tuple[Number, ...]:
    """Return process time, wait and quality, with what each was where it changed."""
    found = []
    for attribute, key in _KEYS.items():
        old, new = getattr(was[1], attribute), getattr(now[1], attribute)
        is_share = attribute == "complete_accurate"
        if is_share:
            texts = tuple(_bare_percent(share) for share in (old, new))
        else:
            texts = (compact_hours(old, was[2]), compact_hours(new, now[2]))
        tone = ""
        if old is not None and new is not None:
            tone = "worse" if (new < old) == is_share else "better"
        changed = not _same(old, new)
        found.append(
            Number(tr(key), texts[0] if changed else "", texts[1], tone if changed else "")
        )
    return tuple(found)


def _automation(step: Step) -> str:
    return own_way(automation_word(step.automation)) if step.automation else ""


def _bare_percent(share: float | None) -> str:
    return "?" if share is None else format_percent(share).replace("\u00a0%", "")


def _same(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return abs(old - new) <= _SAME


def _count(key: str, was: int | None, now: int | None) -> Number | None:
    if was is None and now is None:
        return None
    texts = ["?" if count is None else f"{count:,}" for count in (was, now)]
    return Number(key, texts[0] if was != now else "", texts[1])


def _tag_words(was: Step, now: Step) -> tuple[str, ...]:
    """Return in few words what no number tells, in fewer, and the first of it alone."""
    long, short = [], []
    if was.title != now.title:
        long.append(tr("renamed"))
        short.append(tr("renamed"))
    if was.kind != now.kind:
        long.append(tr("was {value}", value=kind_word(was.kind)))
        short.append(tr("was {value}", value=kind_word(was.kind)))
    if was.owner != now.owner:
        long.append(tr("from {owner}", owner=was.owner) if was.owner else tr("moved"))
        short.append(tr("moved"))
    if not long:
        return ()
    return tuple(map(own_way, (", ".join(long), ", ".join(short), short[0])))


def _words(was: Step, now: Step) -> tuple[str, ...]:
    """Return what changed of a step besides its numbers."""
    words = []
    if was.title != now.title:
        words.append(tr("renamed from “{name}”", name=was.title))
    if was.owner != now.owner:
        nobody = tr("no owner")
        words.append(
            tr("moved from {old} to {new}", old=was.owner or nobody, new=now.owner or nobody)
        )
    words += _from_to(was, now, ("kind", "automation"))
    return tuple(words)


def _amounts(was: Version, now: Version) -> tuple[str, ...]:
    """Return which of its numbers changed."""
    notes = []
    for attribute in ("process_time", "wait_time"):
        old, new = getattr(was[1], attribute), getattr(now[1], attribute)
        if not _same(old, new):
            texts = format_hours(old, was[2]), format_hours(new, now[2])
            notes.append(_changed(attribute, *texts))
    shares = was[1].complete_accurate, now[1].complete_accurate
    if not _same(*shares):
        notes.append(_changed("complete_accurate", *map(format_percent, shares)))
    notes += _from_to(was[0], now[0], ("people", "wip"))
    return tuple(notes)


def _from_to(was: Step, now: Step, attributes: tuple[str, ...]) -> list[str]:
    values = ((name, getattr(was, name), getattr(now, name)) for name in attributes)
    return [_changed(name, _word(name, old), _word(name, new))
            for name, old, new in values if old != new]  # fmt: skip


def _changed(attribute: str, old: str, new: str) -> str:
    return tr(_CHANGED[attribute], old=old, new=new)


def _word(attribute: str, value: str | int | None) -> str:
    if value is None:
        return unknown()
    return field_value(attribute, value) if isinstance(value, str) else str(value)
