"""Two changes of one map put together: by step and number, and not by line.

The layout and the comments are ours; what the other side changed is put in. Every merge is
done twice, once in favour of either side, and where the two outcomes differ there is a
conflict: both are then written out between git's markers.
"""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.editing.diff3 import merge3, with_markers
from vsmdocs.editing.edits import LINE_END
from vsmdocs.editing.format import Parts, join_parts, split_parts
from vsmdocs.editing.layout import lay_out
from vsmdocs.editing.merge_nodes import Conflict, Merger
from vsmdocs.editing.nodes import Collection
from vsmdocs.editing.outline import read_outline
from vsmdocs.errors import InvalidMap
from vsmdocs.reading.reader import read_map


@dataclass(frozen=True, slots=True)
class MergedMap:
    """What came of a merge."""

    data: bytes
    conflicts: tuple[Conflict, ...]
    """What both sides changed, and not alike; empty where the merge is done."""
    problems: tuple[str, ...] = ()
    """Why the map that came of it cannot be read, though nothing in it is in conflict."""
    by_lines: bool = False
    """Whether it was merged line by line, because a side is no map that can be read."""

    @property
    def clean(self) -> bool:
        """Whether nobody has to look at it."""
        return not (self.conflicts or self.problems)


def merge_maps(
    path: str, base: bytes, ours: bytes, theirs: bytes, *, maps_folder: str = "maps"
) -> MergedMap:
    """Merge what two sides made of `base`, which is empty where both added the file."""
    try:
        before = _parts(path, base, maps_folder) if base.strip() else None
        here, there = (_parts(path, data, maps_folder) for data in (ours, theirs))
    except InvalidMap:
        return _by_lines(base, ours, theirs)
    variants = []
    conflicts: list[Conflict] = []
    nothing = Collection([], True, column=0)
    for prefer_theirs in (False, True):
        merger = Merger(prefer_theirs)
        root = merger.root(
            read_outline(before.front, in_place=True) if before else nothing,
            read_outline(here.front, in_place=True),
            read_outline(there.front, in_place=True),
        )
        variants.append(lay_out(root, keep=True))
        conflicts = merger.conflicts
    body, apart = _body(before.body if before else "", here, there)
    if apart:
        conflicts.append(Conflict("the text below the frontmatter"))
    elif variants[0] == variants[1]:
        conflicts = []
    data = join_parts(with_markers(*variants), body, here.line_end)
    problems = () if conflicts else _problems(path, data, maps_folder)
    return MergedMap(data, tuple(conflicts), problems)


def _body(base: str, ours: Parts, theirs: Parts) -> tuple[str, bool]:
    """Return the merged prose, and whether it has conflicts."""
    if theirs.body == base:
        return ours.body, False
    if ours.body == base:
        return theirs.body, False
    merged = merge3(*(_lines(text) for text in (base, ours.body, theirs.body)))
    return ours.line_end.join(with_markers(merged.ours, merged.theirs)), not merged.clean


def _parts(path: str, data: bytes, maps_folder: str) -> Parts:
    return split_parts(read_map(path, data, maps_folder=maps_folder), data)


def _lines(text: str) -> list[str]:
    lines = LINE_END.split(text)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _problems(path: str, data: bytes, maps_folder: str) -> tuple[str, ...]:
    try:
        read_map(path, data, maps_folder=maps_folder)
    except InvalidMap as invalid:
        return tuple(f"{found.place}: {found.message}" for found in invalid.findings[:3])
    return ()


def _by_lines(base: bytes, ours: bytes, theirs: bytes) -> MergedMap:
    """Merge files of any content line by line, as git would."""
    texts = [data.decode("utf-8", "surrogateescape") for data in (base, ours, theirs)]
    first = LINE_END.search(texts[1])
    end = first[0] if first else "\n"
    merged = merge3(*(LINE_END.split(text) for text in texts))
    lines = with_markers(merged.ours, merged.theirs)
    data = end.join(lines).encode("utf-8", "surrogateescape")
    conflicts = () if merged.clean else (Conflict("the file, which is no map that can be read"),)
    return MergedMap(data, conflicts, by_lines=True)
