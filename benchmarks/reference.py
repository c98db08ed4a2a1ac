"""The least that reading maps can cost: PyYAML's C events into plain data, and the model.

    python -m benchmarks.reference some/folder/maps

No positions are kept, nothing is refused, no references are followed, nothing is printed
but a count. `vsmdocs check` is measured against this.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from vsmdocs.model.stream import ValueStreamMap


def read(text: str) -> Any:
    """Build plain data from the parser's events; scalars stay text."""
    following: Any = CParser(text).get_event
    following()
    following()

    def value(event: Any) -> Any:
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            return event.value
        if kind is yaml.MappingStartEvent:
            pairs = {}
            while (key := following()).__class__ is not yaml.MappingEndEvent:
                pairs[key.value] = value(following())
            return pairs
        items = []
        while (item := following()).__class__ is not yaml.SequenceEndEvent:
            items.append(value(item))
        return items

    return value(following())


def main() -> None:
    maps = []
    for path in sorted(Path(sys.argv[1]).rglob("*.md")):
        front = path.read_text(encoding="utf-8").split("---\n", 2)[1]
        maps.append(ValueStreamMap.model_validate(read(front)))
    print(len(maps))


if __name__ == "__main__":
    main()
