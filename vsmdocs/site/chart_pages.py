"""The pages of a stream's figures over time, and of the gap to its future states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from vsmdocs.analysis.trend.burndown import Burndown, find_burndown
from vsmdocs.analysis.trend.trends import Trend, find_trends
from vsmdocs.language import tr, tr_n
from vsmdocs.model.snapshot import Milestone
from vsmdocs.rendering.charts.burndown_chart import burndown_chart
from vsmdocs.rendering.charts.run_chart import run_chart, target_lines
from vsmdocs.rendering.charts.words import state_words
from vsmdocs.rendering.pages.compare_view import compare_view
from vsmdocs.rendering.pages.pages import Link
from vsmdocs.rendering.pages.past_pages import PastPages
from vsmdocs.rendering.pages.past_view import GapPage, HistoryView
from vsmdocs.rendering.pages.stream_view import ShownMap, future_map, gap_sentence, main_map
from vsmdocs.rendering.picture.engine import lay_out
from vsmdocs.rendering.picture.overlay import draw_overlay, overlay_spec
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.lines import Line
from vsmdocs.site.versions import told_of

_FIRST = {"lead_time": 0, "activity_ratio": 1}
"""The figures that answer whether it is getting better; the others follow."""


class ChartPages:
    """Writes the pages about figures over time."""

    def __init__(
        self, pages: PastPages, engine: str, today: date, milestones: Sequence[Milestone]
    ) -> None:
        self._pages, self._engine, self._today = pages, engine, today
        self._milestones = milestones

    def write(
        self, stream: str, title: str, maps: Sequence[ShownMap], lines: Sequence[Line],
        states: Sequence[Link], folder: SiteFolder,
    ) -> Trend | None:  # fmt: skip
        """Write a stream's history and gaps; return the trend of its lead time, if known."""
        main = main_map(tuple(maps))
        by_name = {line.history.name: line for line in lines}
        current = by_name[main.map.name]
        futures = [by_name[item.map.name] for item in futures_of(maps)]
        below = f"streams/{stream}/"
        links = {
            (line.history.name, commit): href.removeprefix(below)
            for line in lines
            for commit, href in line.hrefs.items()
        }
        now = datetime.combine(self._today, time.max, UTC)
        trends = find_trends(
            current.history, [line.history for line in futures], now=now, until=now
        )
        marks = self._milestones
        charts = [
            run_chart(
                trend.current,
                trend.futures[0] if trend.futures else None,
                target_lines(main.map.targets, trend.key, main.map.calendar),
                marks,
                links,
            )
            for trend in sorted(trends, key=lambda trend: _FIRST.get(trend.key, 2))
            if trend.current.points
        ]
        count = sum(pair.version is not None for pair in current.pairs)
        view = HistoryView(
            title,
            _versions(count, state_words(main.map.name), second=bool(futures)),
            tuple(charts),
            f"data/{stream}.{main.map.name}.history.json",
        )
        href = f"{below}history.html"
        folder.write(href, self._pages.history(view, href, states))
        for place, item in enumerate(futures_of(maps)):
            trend = trends[0]
            burndown = find_burndown(trend.current, trend.futures[place], item.map.target_date)
            self._write_gap(main, item, burndown, marks, links, states, folder)
        return trends[0].current if trends[0].current.points else None

    def _write_gap(
        self, main: ShownMap, future: ShownMap, burndown: Burndown | None,
        marks: Sequence[Milestone], links: Mapping[tuple[str, str], str], states: Sequence[Link],
        folder: SiteFolder,
    ) -> None:  # fmt: skip
        base, head = (main.map, main.metrics), (future.map, future.metrics)
        overlay = overlay_spec(base, head)
        layout = lay_out([overlay.spec], self._engine)[overlay.spec.key]
        one = told_of(base, head)
        view = GapPage(
            main.map.title,
            gap_sentence(main, future),
            burndown_chart(burndown, marks, links) if burndown else None,
            compare_view(
                base, head, draw_overlay(overlay, layout) if layout else None,
                headline=one.headline, changes=one.changes,
                before=tr("Current"), after=state_words(future.map.name).capitalize(),
                table="", rows="",
            ),
        )  # fmt: skip
        href = gap_href(future)
        folder.write(href, self._pages.gap(view, href, states))


def _versions(count: int, state: str, *, second: bool) -> str:
    shown = f"{count:,}"
    if second:
        return tr_n(
            "{n} version of the {state} state, with the future state as a second line.",
            "{n} versions of the {state} state, with the future state as a second line.",
            count,
            n=shown,
            state=state,
        )
    return tr_n(
        "{n} version of the {state} state.",
        "{n} versions of the {state} state.",
        count,
        n=shown,
        state=state,
    )


def futures_of(maps: Sequence[ShownMap]) -> list[ShownMap]:
    """Return the states to get to, where there is a current one to start from."""
    main = main_map(tuple(maps))
    if main.map.state != "current":
        return []
    first = future_map(tuple(maps))
    others = [item for item in maps if item.map.state != "current" and item is not first]
    return [first, *others] if first is not None else others


def gap_name(item: ShownMap) -> str:
    """Return what the gap to a state is called."""
    name = item.map.name
    return tr("Gap") if name == "future" else tr("Gap to {state}", state=state_words(name))


def gap_href(item: ShownMap) -> str:
    """Return the page of the gap to a state, below the site's root."""
    return f"streams/{item.map.stream}/gap-{item.map.name}.html"
