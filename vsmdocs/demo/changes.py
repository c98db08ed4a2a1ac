"""What people do to a map, each as a function from one map to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from vsmdocs.demo.map_text import NUMBERS, Change, MapText

Value = TypeVar("Value")


def edited(map: MapText, *changes: Change) -> MapText:
    """Return a map after some changes, first to last."""
    for change in changes:
        map = change(map)
    return map


def head(**values: str | None) -> Change:
    """Set what is said about the whole stream; None takes a value away, here as below."""
    return lambda map: replace(map, head=_with(map.head, values))


def step(id: str, *, after: str = "", **values: str | None) -> Change:
    """Set values of a step; a new one comes last, or after another."""
    return _set_step(id, values, after)


def _set_step(id: str, values: Mapping[str, str | None], after: str = "") -> Change:
    def change(map: MapText) -> MapText:
        steps = {**map.steps, id: _with(map.steps.get(id, {}), values)}
        order = [key for key in steps if key != id] if after else [*steps]
        if after:
            order.insert(order.index(after) + 1, id)
        return replace(map, steps={key: steps[key] for key in order})

    return change


def without_step(id: str) -> Change:
    """Take a step away."""
    return lambda map: replace(map, steps=_with(map.steps, {id: None}))


def seen(id: str, number: str, value: str, grade: str, source: str, on: str) -> Change:
    """Set one number of a step and say how it is known."""
    evidence = f"{{grade: {grade}, source: {source}, on: {on}}}"
    return _set_step(id, {number: value, f"evidence {number}": evidence})


def planned(id: str, **values: str | None) -> Change:
    """Set values of a step of which nothing is known yet."""
    forgotten = {f"evidence {number}": None for number in NUMBERS}
    return _set_step(id, {"evidence": "assumed", **forgotten, **values})


def flow(*lines: str) -> Change:
    """Set how steps follow one another."""
    return lambda map: replace(map, flow=lines)


def loop(way: str, **values: str | None) -> Change:
    """Set what comes back on a way, such as `review -> build`."""
    return lambda map: replace(
        map, rework={**map.rework, way: _with(map.rework.get(way, {}), values)}
    )


def without_loop(way: str) -> Change:
    """Say that nothing comes back on a way any more."""
    return lambda map: replace(map, rework=_with(map.rework, {way: None}))


def improvement(id: str, **values: str | None) -> Change:
    """Set what is said about an improvement; a new one comes last."""
    return lambda map: replace(
        map,
        improvements={**map.improvements, id: _with(map.improvements.get(id, {}), values)},
    )


def targets(*lines: str) -> Change:
    """Set what the map is held to."""
    return lambda map: replace(map, targets=lines)


def prose(heading: str, *paragraphs: str) -> Change:
    """Write a section anew, or leave it out when nothing is said."""
    text = "\n\n".join(paragraphs) or None
    return lambda map: replace(map, prose=_with(map.prose, {heading: text}))


def slip(meant: str, typed: str) -> Change:
    """Mistype something; the same text twice mends it."""
    return lambda map: replace(map, slip=(meant, typed))


def _with(values: Mapping[str, Value], new: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return values with new ones in their places, and without those that are None now."""
    both = {**values, **new}
    return {key: value for key, value in both.items() if value is not None}
