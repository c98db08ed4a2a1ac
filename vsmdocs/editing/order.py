"""In which order the keys of a map are written: as the map format lists them."""

from __future__ import annotations

from functools import cache

from vsmdocs.editing.nodes import Collection, Path
from vsmdocs.model.stream import Evidence, ValueStreamMap
from vsmdocs.reading.validate import PARTS

_CALENDAR = ("hours_per_day", "days_per_week")


def keys_in_order(where: Path, mapping: Collection) -> tuple[str, ...]:
    """Return the keys that a mapping may have, in order; none where the writer's counts.

    Changes are applied in their order, and of the numbers in evidence and of totals each
    writer has an order of importance.
    """
    names = tuple(name for name in where if isinstance(name, str))
    if names == ("calendar",):
        return _CALENDAR
    if names[:2] == ("steps", "evidence"):
        graded = len(names) == 3 or mapping.get("grade") is not None
        return _names(("steps", "evidence")) if graded else ()
    return _names(names) if names in PARTS else ()


@cache
def _names(part: tuple[str, ...]) -> tuple[str, ...]:
    model = PARTS[part].model
    names = [field.alias or name for name, field in model.model_fields.items()]
    if model is ValueStreamMap:
        # Tags say what kind of map it is, so they stand at its head and not below its steps.
        names.remove("tags")
        names.insert(names.index("extends"), "tags")
    assert model is not Evidence or names[0] == "grade"
    return tuple(names)
