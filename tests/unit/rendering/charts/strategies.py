"""Random histories to draw, from one version to many, with everything that may go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from tests.unit.analysis.histories import DAY, START, pair, trend
from vsmdocs.analysis.trend.trends import FIGURES, Trend
from vsmdocs.model.snapshot import Milestone
from vsmdocs.model.stream import RATIO_METRICS, TIME_METRICS
from vsmdocs.rendering.charts.parts import Plot, Text
from vsmdocs.rendering.charts.run_chart import TargetLine
from vsmdocs.rendering.picture.textfit import text_width

NAMES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["v1.0", "גרסה שתיים", "리팩토링-完了", "a" * 200]),
    st.sampled_from(["v1\u202e.0\x07", "", "<b>&"]),
)
Steps = list[tuple[datetime | None, Any]]


def values(key: str) -> st.SearchStrategy[Any]:
    if key in RATIO_METRICS:
        known: st.SearchStrategy[Any] = st.floats(0, 1)
    elif key in TIME_METRICS:
        known = st.one_of(
            st.floats(0, 400),
            st.sampled_from([0.0, 1e-6, 1e9, 1e300]),
            st.tuples(st.floats(1, 9), st.integers(1, 3)),
        )
    else:
        known = st.integers(0, 10_000)
    gaps = st.sampled_from([None, "?", "gone"])
    return st.one_of(known, known, known, gaps)


@st.composite
def lines(draw: st.DrawFn, key: str) -> Steps:
    size = draw(st.sampled_from([1, 2, 3, 12, 40]))
    apart = draw(st.sampled_from([0.0, 1e-5, 0.02, 0.4, 3, 90, 700]))
    found = draw(st.lists(values(key), min_size=size, max_size=size))
    steps: Steps = []
    at = START
    for value in found:
        steps.append((at, value))
        at += timedelta(days=apart * draw(st.sampled_from([0, 0.1, 1, 2])))
    return steps


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Trend, Trend]:
    key = draw(st.sampled_from(FIGURES))
    current, future = draw(lines(key)), draw(lines(key))
    until = START + draw(st.sampled_from([0, 1, 400, 3000])) * DAY
    return pair(current, future, key, START + 100_000 * DAY, until)


milestones = st.lists(st.tuples(st.floats(-10, 3000), NAMES), max_size=12).map(
    lambda drawn: tuple(Milestone(name, "c", START + days * DAY) for days, name in sorted(drawn))
)


@st.composite
def targets(draw: st.DrawFn, key: str) -> list[TargetLine]:
    bounds = st.floats(0, 1) if key in RATIO_METRICS else st.floats(0, 500)
    dates = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    kinds = st.sampled_from(["at most", "at least"])
    return draw(st.lists(st.builds(TargetLine, bounds, kinds, dates), max_size=6))


def many(count: int, key: str = "lead_time") -> Trend:
    """Return a long history with one peak that nothing else shows."""
    steps: Steps = [(START + n * DAY / 2, 40.0 + n % 7) for n in range(count)]
    steps[count // 3] = (steps[count // 3][0], 190.0)
    steps[count // 2] = (steps[count // 2][0], 2.0)
    return trend(steps, key, START + 100_000 * DAY)


Box = tuple[float, float, float, float]


def box(text: Text) -> Box:
    """Return left, top, right and bottom, with the widest of the usual fonts."""
    width = text_width(text.text) * text.size
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
    return left, text.y - text.size * 0.76, left + width, text.y + text.size * 0.22


def collisions(texts: Sequence[Text]) -> list[tuple[str, str]]:
    """Return the texts that lie on one another; a tenth of a unit is lost in rounding."""
    found = []
    for one, other in combinations(texts, 2):
        a, b = box(one), box(other)
        if a[0] < b[2] - 0.2 and b[0] < a[2] - 0.2 and a[1] < b[3] - 0.2 and b[1] < a[3] - 0.2:
            found.append((one.text, other.text))
    return found


def outside(plot: Plot) -> list[str]:
    """Return the texts that leave the picture."""
    found = []
    for text in plot.texts:
        left, top, right, bottom = box(text)
        if left < -0.2 or top < -0.2 or right > plot.width + 0.2 or bottom > plot.height + 0.2:
            found.append(text.text)
    return found
