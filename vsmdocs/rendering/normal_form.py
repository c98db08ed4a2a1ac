"""A map as lines that each say what they are about, for git to compare instead of the file's.

Every line names its step, so that a part of a diff can be read without what stands around it,
and neither the order of keys nor the layout is in it. Figures come first: they change with
what matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vsmdocs.editing.format import split_parts
from vsmdocs.editing.layout import lay_out
from vsmdocs.editing.nodes import plain
from vsmdocs.editing.outline import read_outline
from vsmdocs.errors import CalculationError, InvalidMap
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import METRICS, RATIO_METRICS, TIME_METRICS, ValueStreamMap
from vsmdocs.reading.reader import read_map
from vsmdocs.rendering.findings_text import safe
from vsmdocs.rendering.quantities import SPACE, format_count, format_hours, format_percent

_PATH = "map.md"
"""git hands over copies under names of their own, which say nothing of the map."""
_ONE = {"steps": "step", "improvements": "improvement", "targets": "target", "rework": "rework",
        "flow": "flow", "changes": "change"}  # fmt: skip
_NAMED_BY = ("id", "metric")


def normal_form(data: bytes) -> str:
    """Return a map's figures and values in lines; what is no map as the text that it is."""
    try:
        document = read_map(_PATH, data)
    except InvalidMap as invalid:
        return _as_it_is(data, invalid)
    parts = split_parts(document, data)
    # In the one layout keys have the one order.
    front = "".join(f"{line}\n" for line in lay_out(read_outline(parts.front)))
    lines = [*_figures(document.map), ""]
    for key, value in plain(read_outline(front)).items():
        lines += _part(key, value)
    body = document.body.strip("\n")
    lines += ["", *body.split("\n")] if body else []
    return "".join(safe(line.expandtabs(4)).rstrip() + "\n" for line in lines)


def _as_it_is(data: bytes, invalid: InvalidMap) -> str:
    lines = data.decode("utf-8", "replace").splitlines()
    rules = {finding.rule for finding in invalid.findings}
    if rules != {"no-frontmatter"}:
        first = invalid.findings[0]
        lines.insert(0, f"# no map that can be read: line {first.line}: {first.message}")
    return "".join(safe(line.expandtabs(4)).rstrip() + "\n" for line in lines)


def _figures(value_map: ValueStreamMap) -> Iterator[str]:
    try:
        metrics = measure(value_map)
    except CalculationError as error:
        yield f"figures: none, because {error.message}"
        return
    for metric in METRICS:
        value = getattr(metrics.totals, metric)
        if value is None:
            continue
        if metric in TIME_METRICS:
            text = format_hours(value, metrics.calendar)
        else:
            text = format_percent(value) if metric in RATIO_METRICS else format_count(value)
        yield f"figure {metric}: {text.replace(SPACE, ' ')}"


def _part(key: str, value: Any) -> Iterator[str]:
    """Yield the lines of one of the map's keys."""
    if not isinstance(value, list) or key not in _ONE:
        yield from _value(key, value)
        return
    for number, item in enumerate(value):
        if isinstance(item, str):
            yield f"{_ONE[key]}: {item}"
            continue
        if key in ("steps", "improvements") and number == 0:
            yield ""
        name = f"{_ONE[key]} {_name(item)}".rstrip()
        left = {k: v for k, v in item.items() if k not in (*_NAMED_BY, "from", "to")}
        yield name
        for inner, own in left.items():
            yield from _value(f"{name}, {inner}", own)


def _name(item: dict[str, Any]) -> str:
    if item.get("from") and item.get("to"):
        return f"{item['from']} -> {item['to']}"
    return next((str(item[key]) for key in _NAMED_BY if item.get(key)), "")


def _value(place: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key in sorted(value):
            yield from _value(f"{place}, {key}", value[key])
    elif isinstance(value, list):
        yield f"{place}: {', '.join(str(item) for item in value)}"
    elif value is not None and "\n" in value:
        yield from (f"{place} | {line}" for line in value.rstrip("\n").split("\n"))
    elif value is not None:
        yield f"{place}: {value}"
