"""Where handoffs go: a matrix of teams, a row hands over to a column.

Teams stand in the order in which work reaches them, so that work on its way lies on one side
of the diagonal, and what goes back to a team before on the other. Each square has its number,
and is darker the larger that is; the bar in it is the longest wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

from vsmdocs.rendering.charts.parts import Shape, Text
from vsmdocs.rendering.charts.words import fitted
from vsmdocs.rendering.picture.textfit import is_rtl, text_width

MOST_TEAMS = 30
"""More than these no one can read at a glance; the table has all of them."""
LEVELS = 4
"""Shades, from few handoffs to many."""
_WIDTH = 1_180.0
_LARGEST, _SMALLEST = 76.0, 27.0
"""Sides of a square."""
_NAME_SIZE, _LONGEST_NAME = 13.0, 190.0
_SLANT = 0.7072
_SUMS = 46.0
"""Room for a sum at the end of a row, or under a column."""
_GAP = 2.0


class Flow(NamedTuple):
    """What goes from one team to another."""

    number: int
    wait: float | None
    """The longest wait in hours; None where it is unknown."""
    title: str
    href: str


class Square(NamedTuple):
    """One square with something in it."""

    x: float
    y: float
    side: float
    level: int
    text: str
    size: float
    text_y: float
    bar: str
    """The path of the wait's bar; empty where nothing is known to wait."""
    title: str
    href: str


class Head(NamedTuple):
    """The name of a row or a column."""

    text: Text
    transform: str
    title: str
    href: str


class Matrix(NamedTuple):
    """The whole drawing."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    heads: tuple[Head, ...]
    squares: tuple[Square, ...]
    sums: tuple[Text, ...]
    description: str


def draw_matrix(
    teams: Sequence[tuple[str, str]], flows: Mapping[tuple[str, str], Flow], description: str
) -> Matrix:
    """Draw the matrix of some teams, given as (name, href); `flows` is by (giver, taker)."""
    names = [name for name, _ in teams]
    short = [fitted(name, _LONGEST_NAME, _NAME_SIZE) for name in names]
    longest = max((text_width(name) * _NAME_SIZE for name in short), default=0.0)
    left = ceil(longest) + 14.0
    slant = longest * _SLANT
    top = ceil(slant) + 18.0
    count = max(len(teams), 1)
    side = min(max((_WIDTH - left - _SUMS - slant) / count, _SMALLEST), _LARGEST)
    side = float(int(side))
    end = left + side * count
    base = top + side * count
    most = max((flow.number for flow in flows.values()), default=1)
    slowest = max((flow.wait or 0.0 for flow in flows.values()), default=0.0)
    place = {name: index for index, name in enumerate(names)}
    squares = [
        _square(flow, left + side * place[taker], top + side * place[giver], side, most, slowest)
        for (giver, taker), flow in sorted(
            flows.items(), key=lambda item: (place[item[0][0]], place[item[0][1]])
        )
    ]
    lines = "".join(
        f"M{left:g} {top + side * n:g}H{end:g}M{left + side * n:g} {top:g}V{base:g}"
        for n in range(count + 1)
    )
    own = "".join(
        f"M{left + side * n:g} {top + side * n:g}h{side:g}v{side:g}h-{side:g}z"
        for n in range(len(teams))
    )
    heads = [
        head
        for index, (name, href) in enumerate(teams)
        for head in _heads(name, short[index], href, left, top, side, index)
    ]
    return Matrix(
        ceil(end + max(_SUMS, slant - side / 2 + 12)),
        ceil(base + 40),
        (Shape("own", own), Shape("grid", lines)),
        tuple(heads),
        tuple(squares),
        _sums(names, flows, left, top, side),
        description,
    )


def _square(flow: Flow, x: float, y: float, side: float, most: int, slowest: float) -> Square:
    level = max(ceil(flow.number / most * LEVELS), 1)
    inner = side - 2 * _GAP
    bar = ""
    if flow.wait and slowest:
        height = max(round(side / 12), 3)
        length = max(flow.wait / slowest * (inner - 2 * _GAP), 2.0)
        bar = f"M{2 * _GAP:g} {side - 2 * _GAP - height:g}h{length:.4g}v{height}h-{length:.4g}z"
    size = min(max(round(side / 3.2), 12), 20)
    return Square(
        x, y, side, level, f"{flow.number:,}", size,
        round(side / 2 + size * 0.36 - (2 if bar else 0), 1), bar, flow.title, flow.href,
    )  # fmt: skip


def _heads(
    name: str, short: str, href: str, left: float, top: float, side: float, index: int
) -> tuple[Head, Head]:
    middle = side * (index + 0.5)
    full, rtl = name if short != name else "", is_rtl(name)
    row = Text("team", 0, 0, short, "end", _NAME_SIZE, full, rtl)
    column = Text("team", 0, 0, short, "start", _NAME_SIZE, full, rtl)
    return (
        Head(row, f"translate({left - 8:g} {top + middle + 4.5:g})", name, href),
        Head(column, f"translate({left + middle + 3:g} {top - 7:g}) rotate(-45)", name, href),
    )


def _sums(
    names: Sequence[str], flows: Mapping[tuple[str, str], Flow],
    left: float, top: float, side: float,
) -> tuple[Text, ...]:  # fmt: skip
    given, taken = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for (giver, taker), flow in flows.items():
        given[giver] += flow.number
        taken[taker] += flow.number
    end, base = left + side * len(names), top + side * len(names)
    rows = (
        Text("sum", end + 8, top + side * (n + 0.5) + 4.5, f"{given[name]:,}")
        for n, name in enumerate(names)
    )
    columns = (
        Text("sum", left + side * (n + 0.5), base + 18, f"{taken[name]:,}", "middle")
        for n, name in enumerate(names)
    )
    return (*rows, *columns)
