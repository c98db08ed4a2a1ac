"""What may stand at a path of keys, as the schema of maps has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from vsmdocs.lsp.entries import Path
from vsmdocs.schemas import schema

Shape = dict[str, Any]


@cache
def _map() -> Shape:
    return schema("map")


def shapes(path: Path) -> list[Shape]:
    """Return what the value at a path may look like: each way to write it, without references."""
    found = list(_ways(_map()))
    for key in path:
        found = [way for shape in found for part in _members(shape, key) for way in _ways(part)]
    return found


def meaning(path: Path) -> str:
    """Return what the key at the end of a path means."""
    if not path:
        return ""
    for shape in shapes(path[:-1]):
        for part in _members(shape, path[-1]):
            if part.get("description"):
                return str(part["description"])
            for way in _ways(part):
                if way.get("description"):
                    return str(way["description"])
    return ""


def keys(path: Path) -> dict[str, Shape]:
    """Return the keys that the mapping at a path may have, without reserved ones."""
    return {
        key: part
        for shape in shapes(path)
        for key, part in shape.get("properties", {}).items()
        if part.get("type") != ["null"]
    }


def needed(path: Path) -> list[str]:
    """Return the keys that a mapping at a path has to have."""
    return [key for shape in shapes(path) for key in shape.get("required", ())]


def choices(path: Path) -> list[str]:
    """Return the fixed words that may be the value at a path."""
    words = [word for shape in shapes(path) for word in shape.get("enum", ())]
    return list(dict.fromkeys(str(word) for word in words if word is not None))


def kinds(path: Path) -> set[str]:
    """Return the names of the kinds of value that may stand at a path, such as `time`."""
    return {shape["$name"] for shape in shapes(path) if "$name" in shape}


def is_list(path: Path) -> bool:
    """Return whether a list may stand at a path."""
    return any("items" in shape for shape in shapes(path))


def is_plain(path: Path) -> bool:
    """Return whether a value of one line may stand at a path."""
    return any(
        not {"properties", "patternProperties", "items"} & set(shape) for shape in shapes(path)
    )


def _ways(shape: Shape) -> Iterator[Shape]:
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        for way in _ways(_map()["$defs"][name]):
            yield {"$name": name, **way}
    elif "anyOf" in shape:
        for way in shape["anyOf"]:
            yield from _ways(way)
    elif shape.get("type") != "null":
        yield shape


def _members(shape: Shape, key: str | int) -> Iterator[Shape]:
    if isinstance(key, int):
        if "items" in shape:
            yield shape["items"]
        return
    if key in shape.get("properties", {}):
        yield shape["properties"][key]
    for pattern, part in shape.get("patternProperties", {}).items():
        if re.search(pattern, key):
            yield part
