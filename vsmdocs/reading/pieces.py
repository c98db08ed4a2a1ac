"""A map read without places, piece by piece, for those who read thousands of its versions.

Between two versions of a map nearly every line is the same, and nobody asks where in the file
of two years ago a value stood. So a key with all that stands below it, and each step, is read
once for all versions that have it word for word. Whatever is not perfectly right is left to
`read_map`, which says what is wrong and where.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from vsmdocs.errors import InvalidMap
from vsmdocs.model.stream import Step, ValueStreamMap
from vsmdocs.model.structure import find_problems
from vsmdocs.reading.frontmatter import split_frontmatter
from vsmdocs.reading.marks import Marks
from vsmdocs.reading.reader import MapDocument, add_defaults, read_map
from vsmdocs.reading.source import SourceText, read_source
from vsmdocs.reading.strict_yaml import MOST_VALUES, read_yaml

_MOST_CHARACTERS = MOST_VALUES
"""Of a frontmatter: one value more than is allowed does not fit into them."""
_LONGEST_PIECE = 2_000
"""What is longer is seldom repeated, and takes much room to remember."""
# A key at the first column. A value can go on there only in brackets or quotes, which the
# piece before would then not close.
_KEY = re.compile(r"^(?=[a-z_]+:(?: |$))", re.MULTILINE)
_FIRST_STEP = re.compile(r"steps: *\n( *)- ")


class _NotPlainError(Exception):
    """Something is not right, or not simple enough."""


def read_version(path: str, data: bytes, *, maps_folder: str = "maps") -> MapDocument:
    """Read one of many versions of a map; where in it things stand is not asked.

    Raises
    ------
    InvalidMap
        As `read_map` does.
    """
    found = read_in_pieces(path, data, maps_folder=maps_folder)
    return found or read_map(path, data, maps_folder=maps_folder)


def read_in_pieces(path: str, data: bytes, *, maps_folder: str = "maps") -> MapDocument | None:
    """Return the map that `read_map` would, without marks; None where that may find a fault."""
    try:
        source = read_source(path, data)
        front = split_frontmatter(source)
        if front.findings or len(front.text) > _MOST_CHARACTERS:
            return None
        tree = _read(front.text)
        if add_defaults(tree, source, maps_folder):
            return None
        found = ValueStreamMap.model_validate(tree)
    except (InvalidMap, ValidationError, _NotPlainError):
        return None
    if find_problems(found):
        return None
    marks = Marks(source.lines, front.first_line)
    return MapDocument(path, found, front.body, front.body_line, source, marks)


def _read(text: str) -> dict[str, Any]:
    """Return what a frontmatter says, with its steps as models."""
    tree: dict[str, Any] = {}
    for piece in _KEY.split(text):
        if not piece:
            continue
        first = _FIRST_STEP.match(piece)
        key, value = ("steps", _steps(piece, first)) if first else _pair(piece)
        if key in tree:
            raise _NotPlainError
        tree[key] = value
    return tree


def _steps(piece: str, first: re.Match[str]) -> list[Step]:
    mark = f"\n{first[1]}- "
    # The heading ends in the line feed before the first of them.
    _, *steps = piece.split(mark)
    return [_step(f"{mark}{step}") for step in steps]


def _pair(piece: str) -> tuple[str, Any]:
    return _known_pair(piece) if len(piece) <= _LONGEST_PIECE else _read_pair(piece)


def _step(piece: str) -> Step:
    return _known_step(piece) if len(piece) <= _LONGEST_PIECE else _read_step(piece)


def _read_pair(piece: str) -> tuple[str, Any]:
    tree = read_yaml(piece, SourceText("", piece, tuple(piece.split("\n"))), 1)
    if tree.findings or tree.data is None or len(tree.data) != 1:
        raise _NotPlainError
    ((key, value),) = tree.data.items()
    return key, value


def _read_step(piece: str) -> Step:
    _, value = _read_pair(f"steps:{piece}")
    if not isinstance(value, list) or len(value) != 1:
        raise _NotPlainError
    return Step.model_validate(value[0])


_known_pair = lru_cache(maxsize=2_048)(_read_pair)
_known_step = lru_cache(maxsize=4_096)(_read_step)
