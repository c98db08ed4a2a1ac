"""The filters that a project's templates have, none of which makes much of little."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

LONGEST = 1_000_000
"""Characters of one text."""
MOST_ITEMS = 100_000
_FINEST = 15
FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min",
    "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort",
    "string", "striptags", "sum", "title", "trim", "truncate", "unique", "upper", "urlencode",
    "wordcount",
)  # fmt: skip
"""Those that make nothing large of something small, nor markup of text, nor lead into a value."""


class LimitError(TemplateRuntimeError):
    """A template that does more than a page needs."""


def kind_of(value: object) -> str:
    """Return what a writer of templates calls a value."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return "list"
    return "table" if isinstance(value, dict) else type(value).__name__


def _replace(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    text, old, new = (part if isinstance(part, str) else str(part) for part in (text, old, new))
    if len(text) + (text.count(old) if old else len(text) + 1) * len(new) > LONGEST:
        raise LimitError("this becomes too long")
    # Where the text is markup, what is put into it is escaped.
    made: str = text.replace(old, new, -1 if count is None else count)
    return made


def _sum(items: Iterable[Any], start: Any = 0) -> Any:
    total: Any = start
    for item in islice(items, MOST_ITEMS):
        if not isinstance(item, (int, float)):
            raise TemplateRuntimeError("sum is for numbers alone")
        total += item
    return total


def _round(value: Any, precision: Any = 0, method: str = "common") -> float:
    if not isinstance(precision, int) or abs(precision) > _FINEST:
        raise LimitError(f"round to at most {_FINEST} places")
    from jinja2.filters import do_round

    return float(do_round(value, precision, method))  # type: ignore[arg-type]


def _string(value: object) -> str:
    if not isinstance(value, (str, int, float)):
        raise TemplateRuntimeError(f"a {kind_of(value)} is no text")
    return value if isinstance(value, str) else str(value)


def _join(items: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
    if attribute is not None:
        raise TemplateRuntimeError("join takes no attribute here\nwrite |map(attribute=…)|join")
    parts = list(islice(items, MOST_ITEMS))
    for part in parts:
        if not isinstance(part, (str, int, float)):
            raise TemplateRuntimeError(f"a {kind_of(part)} cannot be joined to text")
    length = sum(len(part) for part in parts if isinstance(part, str))
    if length + len(parts) * (len(between) + 20) > LONGEST + 25 * len(parts):
        raise LimitError("this becomes too long")
    return Markup.escape(between).join(Markup.escape(part) for part in parts)


OWN_FILTERS: dict[str, Callable[..., Any]] = {
    "replace": _replace,
    "sum": _sum,
    "round": _round,
    "string": _string,
    "join": _join,
}
"""Those that are not as they come: what they make is bounded."""
