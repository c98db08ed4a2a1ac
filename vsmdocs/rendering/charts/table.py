"""The versions behind a chart, in words: the same story for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdocs.analysis.trend.trends import SAME, Known, Trend, direction_of
from vsmdocs.language import tr_n
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.marks import Links
from vsmdocs.rendering.charts.parts import ChartRow, ChartTable
from vsmdocs.rendering.charts.words import (
    change_text,
    no_value,
    state_words,
    uncommitted,
    value_text,
)
from vsmdocs.rendering.strangers import one_line


def chart_table(trends: Sequence[Trend], calendar: Calendar, links: Links, most: int) -> ChartTable:
    """Return the versions at which any of these trends changed, newest first."""
    # Of equal times the later version comes first, and the first trend before the others.
    found = [
        (trend.moments[index].at, -order, index, trend, before)
        for order, trend in enumerate(trends)
        for index, before in _changes(trend)
    ]
    found.sort(key=lambda item: item[:3], reverse=True)
    rows = tuple(
        _row(trend, index, before, calendar, links) for _, _, index, trend, before in found[:most]
    )
    rest = len(found) - len(rows)
    left_out = ""
    if rest > 0:
        left_out = tr_n(
            "{n} older change not listed here.",
            "{n} older changes not listed here.",
            rest,
            n=f"{rest:,}",
        )
    return ChartTable(rows, left_out)


def _changes(trend: Trend) -> Iterator[tuple[int, Known | None]]:
    """Yield the first moment and those that change what is known, each with what was before."""
    before: Known | None = None
    unknown = False
    for index, value in enumerate(trend.values):
        if value is None:
            if not unknown:
                yield index, before
            unknown = True
            continue
        if before is None or unknown or abs(value - before.value) > SAME:
            yield index, before
        before, unknown = trend.known(index), False


def _row(
    trend: Trend, index: int, before: Known | None, calendar: Calendar, links: Links
) -> ChartRow:
    moment, known = trend.moments[index], trend.known(index)
    change = tone = ""
    if known is not None and before is not None:
        difference = known.value - before.value
        change = change_text(trend.key, difference, before.value, calendar)
        direction = direction_of(trend.key, difference)
        partial = known.partial or before.partial
        tone = "" if partial or direction == "same" else direction
    revision = moment.snapshot.revision
    return ChartRow(
        state_words(trend.name),
        revision.committed_at.date().isoformat() if revision else uncommitted(),
        value_text(trend.key, known, calendar) if known else no_value(moment.snapshot),
        change,
        tone,
        one_line(revision.subject) if revision else "",
        one_line(revision.author) if revision else "",
        f"#{revision.pull_request}" if revision and revision.pull_request else "",
        one_line(moment.snapshot.error) if known is None and not moment.snapshot.removed else "",
        links.get((trend.name, revision.commit), "") if revision else "",
    )
