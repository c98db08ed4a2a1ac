"""Lines of the flow that both sides changed, merged group by group."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from vsmdocs.editing.diff3 import merge3
from vsmdocs.editing.nodes import Collection, Entry, Scalar, plain
from vsmdocs.editing.quoting import written


def merge_flow(
    base: Collection, ours: Collection, theirs: Collection
) -> tuple[Collection, Collection] | None:
    """Return both sides with the lines that both changed made alike; None where they cannot be.

    A line is a chain of groups. Where one side put a step into it and the other one put a step
    in elsewhere, the line has both.
    """
    here, there = _changed(base, ours), _changed(base, theirs)
    alike: dict[str, str] = {}
    for line in here.keys() & there.keys():
        one, other = here[line], there[line]
        if one == other:
            continue
        if len(one) != 1 or len(other) != 1:
            return None
        merged = merge3(*(_groups(text) for text in (line, *one, *other)))
        if not merged.clean:
            return None
        alike[line] = " -> ".join(merged.ours)
    return (
        _with(ours, {here[line][0]: text for line, text in alike.items()}),
        _with(theirs, {there[line][0]: text for line, text in alike.items()}),
    )


def _lines(node: Collection) -> list[str]:
    """Return the chains, and something that is none for each way in the long form."""
    return [
        entry.value.value if isinstance(entry.value, Scalar) else f"\0{plain(entry.value)}"
        for entry in node.entries
    ]


def _groups(line: str) -> list[str]:
    return [" ".join(group.split()) for group in line.split("->")]


def _changed(base: Collection, side: Collection) -> dict[str, tuple[str, ...]]:
    """Return the lines that are gone, each with what stands in its place."""
    before, after = _lines(base), _lines(side)
    found: dict[str, tuple[str, ...]] = {}
    still = set(after)
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for number, line in enumerate(before[i:j]):
            # A line that only moved is not gone.
            if line[:1] != "\0" and line not in still:
                one = j - i == m - k
                found[line] = (after[k + number],) if one else tuple(after[k:m])
    return found


def _with(node: Collection, lines: dict[str, str]) -> Collection:
    return replace(node, entries=[_entry(entry, lines, node.flow) for entry in node.entries])


def _entry(entry: Entry, lines: dict[str, str], flow: bool) -> Entry:
    if not isinstance(entry.value, Scalar) or entry.value.value not in lines:
        return entry
    text = lines[entry.value.value]
    quoted = written(text, flow=flow)
    style = quoted[0] if quoted[0] in "'\"" else ""
    return replace(entry, value=Scalar(text, style, "", (quoted,)), source=())
