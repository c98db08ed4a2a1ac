"""How a reader changes a map: the editor with its file, and an improvement to paste into it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from vsmdocs.analysis.answer import Answer
from vsmdocs.editing.quoting import written
from vsmdocs.language import tr
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import slugify
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.pages import forge as addresses
from vsmdocs.rendering.pages.forge import Forge
from vsmdocs.rendering.quantities import SPACE, format_hours

_KEY = "improvements"
_LONGEST_ID, _LONGEST_NAME = 50, 120
_UNSEEN = dict.fromkeys(map(ord, "\u200e\u2066\u2067\u2068\u2069"))
"""What keeps directions apart on a page; nobody wants it in a file."""


class EditView(NamedTuple):
    """What a page offers to whoever wants to change its map; empty where there is no such page."""

    path: str
    forge: str = ""
    """What the forge is called."""
    view_href: str = ""
    edit_href: str = ""
    issue_href: str = ""
    future_href: str = ""
    """The editor with a future state beside a current map, which it begins as."""
    block: str = ""
    """An improvement in YAML, to be pasted; empty where it cannot be said where."""
    where: str = ""
    """Where it goes, in a sentence's words: `after line 33, at the end of the improvements`."""


class Place(NamedTuple):
    """Where a new improvement goes in a file."""

    after: int
    """Number of the line after which it is pasted."""
    indent: int
    """Blanks before the hyphen of an improvement."""
    headed: bool
    """Whether the key `improvements` stands there already."""
    words: str


def edit_view(
    forge: Forge | None, path: str, document: MapDocument | None, answer: Answer | None
) -> EditView:
    """Return what is offered for a map; `document` is None where its file cannot be read now."""
    block = where = issue = future = ""
    place = find_place(document) if document is not None else None
    if document is not None and place is not None:
        block = improvement(document.map, answer, place)
        where = tr("after line {line}, {place}", line=place.after, place=place.words)
    if forge is None:
        return EditView(path, block=block, where=where)
    if document is not None and block:
        title = tr("An improvement for “{title}”").format(title=document.map.title)
        issue = addresses.new_issue(forge, title, _issue(path, where, block))
    if document is not None and document.map.name == "current":
        future = addresses.new_file(forge, *future_file(document))
    return EditView(
        path,
        forge.name,
        addresses.view(forge, path),
        addresses.edit(forge, path),
        issue,
        future,
        block,
        where,
    )


def future_file(document: MapDocument) -> tuple[str, str]:
    """Return path and text of a future state that begins as a copy of the current one."""
    folder, _, name = document.path.rpartition("/")
    stream = document.map.stream
    if name == f"{stream}.md" and folder.rpartition("/")[2] != stream:
        # A stream that is one file so far gets a folder.
        folder = f"{folder}/{stream}" if folder else stream
    text, state = document.source.text, document.marks.values.get(("state",))
    if state is not None:
        region = document.marks.region(("state",))
        lines = text.split("\n")
        line = lines[region.line - 1]
        lines[region.line - 1] = f"{line[: region.column - 1]}future{line[region.end_column - 1 :]}"
        text = "\n".join(lines)
    return f"{folder}/future.md" if folder else "future.md", text


def find_place(document: MapDocument) -> Place | None:
    """Return where an improvement can be pasted; None where the map's keys stand in brackets."""
    marks, first = document.marks, document.marks.first_line
    closing = document.body_line - 1
    root = marks.values.get(())
    keys = {path[0]: event for path, event in marks.keys.items() if len(path) == 1}
    if not isinstance(root, MappingStartEvent) or root.flow_style or not keys:
        return None
    indent = min(event.start_mark.column for event in keys.values())
    lines = {event.start_mark.line + first for event in keys.values()}
    if any(marks.lines[line - 1][:indent].strip() for line in lines):
        return None
    if _KEY not in keys:
        return Place(closing - 1, indent + 2, False, tr("right above the second line of ---"))
    own, value = keys[_KEY].start_mark.line + first, marks.values.get((_KEY,))
    if isinstance(value, ScalarEvent) and not value.value and not value.style:
        return Place(own, indent + 2, True, tr("below the key {key}", key=_KEY))
    if not isinstance(value, SequenceStartEvent) or value.flow_style:
        return None
    listed = [event for path, event in marks.values.items() if path[:1] == (_KEY,)]
    hyphen = marks.values[(_KEY,)].start_mark.column
    written_to = max(event.end_mark.line for event in listed) + first
    end = min((line for line in lines if line > own), default=closing) - 1
    while end > written_to and _is_between(marks.lines[end - 1], hyphen):
        end -= 1
    return Place(end, hyphen, True, tr("at the end of the improvements"))


def improvement(stream_map: ValueStreamMap, answer: Answer | None, place: Place) -> str:
    """Return a new improvement as lines of YAML, about where value gets stuck most."""
    used = {known.id for known in stream_map.improvements}
    item = list(_keys(stream_map, answer, used))
    blanks = " " * place.indent
    lines = [f"{blanks}- {item[0]}", *(f"{blanks}  {line}" for line in item[1:])]
    if not place.headed:
        lines.insert(0, f"{blanks[2:]}{_KEY}:")
    return "".join(f"{line}\n" for line in lines)


def _keys(
    stream_map: ValueStreamMap, answer: Answer | None, used: Collection[str]
) -> Iterator[str]:
    if answer is None:
        yield f"id: {_fresh('improvement', used)}"
        yield f"title: {written(tr('What is to be tried'))}"
        yield "status: idea"
        return
    # A wait on the way is in the hands of who waits for it.
    about = answer.to if answer.kind == "wait" and answer.to else answer.step
    step = next(one for one in stream_map.steps if one.id == about)
    name = step.title if len(step.title) <= _LONGEST_NAME else step.id
    hours = _plain(format_hours(answer.hours, stream_map.calendar)).replace(SPACE, " ")
    change = ""
    # Filled in by hand: `tr` would keep the directions of what it fills in apart.
    if answer.kind == "loop":
        id, title = f"less-rework-after-{about}", tr("Less comes back after {step}")
        hypothesis = tr("Fewer items come back because …")
    elif answer.kind == "step":
        id, title = f"less-work-in-{about}", tr("Less work in {step}")
        hypothesis = tr("The work of {time} takes a fifth less because …")
        change = f"{about}.process_time: -20%"
    else:
        id, title = f"shorter-wait-for-{about}", tr("A shorter wait for {step}")
        hypothesis = tr("The wait of {time} halves because …")
        change = "" if answer.to else f"{about}.wait_time: -50%"
    yield f"id: {_fresh(id, used)}"
    yield f"title: {written(title.format(step=name))}  # {tr('what is to be tried')}"
    yield f"step: {about}"
    if owner := step.owner or stream_map.owner:
        yield f"owner: {written(owner)}  # {tr('who takes it on')}"
    yield "status: idea"
    yield f"hypothesis: {written(hypothesis.format(time=hours))}"
    if change:
        yield f"change: {{{change}}}"


def _fresh(wanted: str, used: Collection[str]) -> str:
    """Return an id that no improvement of the map has."""
    base = slugify(wanted)[:_LONGEST_ID].rstrip("-")
    if base not in used:
        return base
    # One more than there are will do.
    return next(id for n in range(2, len(used) + 3) if (id := f"{base}-{n}") not in used)


def _is_between(line: str, hyphen: int) -> bool:
    """Return whether a line is blank, or a comment about what comes after the improvements."""
    text = line.lstrip(" ")
    return not text.strip() or (text.startswith("#") and len(line) - len(text) <= hyphen)


def _plain(text: str) -> str:
    return text.translate(_UNSEEN)


def _issue(path: str, where: str, block: str) -> str:
    runs = re.findall(r"`+", block)
    fence = "`" * max(3, *(len(run) + 1 for run in runs), 3)
    return f"{fence}yaml\n# {path}, {_plain(where)}\n{block}{fence}\n"
