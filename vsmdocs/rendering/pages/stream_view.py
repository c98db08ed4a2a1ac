"""What the start page and a stream's page show: states side by side, and the gap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.analysis.gap import find_gap
from vsmdocs.language import isolated, signed, tr, tr_n
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.parts import Sparkline
from vsmdocs.rendering.pages.figures import calendar_text, state_label
from vsmdocs.rendering.pages.gap_rows import GapRow, StepGapRow, gap_rows, step_gap_rows
from vsmdocs.rendering.pages.map_view import MapView
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.picture.mini import MiniPicture
from vsmdocs.rendering.quantities import MINUS, format_hours, format_percent


class ShownMap(NamedTuple):
    """A map with its figures, its view and its picture."""

    map: ValueStreamMap
    metrics: StreamMetrics
    view: MapView
    figure: Markup
    """Its picture as markup, the same on its own page and its stream's."""

    @property
    def file(self) -> str:
        """Its page's name, beside the stream's own."""
        return f"{self.map.name}.html"

    @property
    def href(self) -> str:
        """Its page's address below the site's root."""
        return f"streams/{self.map.stream}/{self.file}"


class GapView(NamedTuple):
    """Current against one future state."""

    label: str
    figures: tuple[GapRow, ...]
    steps: tuple[StepGapRow, ...]


class StateView(NamedTuple):
    """One state on a stream's page."""

    map: MapView
    file: str
    """Its page, beside the stream's own."""
    figure: Markup
    """Its picture."""


class StreamView(NamedTuple):
    """A stream's page."""

    title: str
    main: MapView
    views: tuple[StateView, ...]
    gaps: tuple[GapView, ...]
    gap_sentence: str


class Cell(NamedTuple):
    """A value as text, and as what a table is sorted by; nothing where it is unknown."""

    text: str
    sort: str = ""


class HomeRow(NamedTuple):
    """One stream on the start page."""

    title: str
    owner: str
    href: str
    mini: MiniPicture | None
    lead: Cell
    ratio: Cell
    quality: Cell
    stuck: Cell
    stuck_detail: str
    future: Cell
    gap: Cell
    spark: Sparkline | None
    """Its lead time over the past; None where there is no history."""
    team: str = ""
    """The page of its owner, below the site's root."""


class Worst(NamedTuple):
    """The place where most time is lost anywhere."""

    kind: str
    place: str
    detail: str
    stream: str
    href: str


class HomeStream(NamedTuple):
    """One stream for the start page."""

    row: HomeRow
    cost: float
    """Hours that its worst wait or loop costs."""
    place: Worst
    calendar: str


class HomeView(NamedTuple):
    """The start page."""

    rows: tuple[HomeRow, ...]
    worst: Worst | None
    summary: str
    banner: str
    calendars: str


def main_map(maps: tuple[ShownMap, ...]) -> ShownMap:
    """Return the map that stands for a stream: the current one, else the first."""
    return next((shown for shown in maps if shown.map.name == "current"), maps[0])


def future_map(maps: tuple[ShownMap, ...]) -> ShownMap | None:
    """Return the future that counts: the plain one, else the first with the nearest date."""
    futures = [shown for shown in maps if shown.map.state == "future"]
    futures.sort(
        key=lambda shown: (
            shown.map.variant is not None,
            shown.map.target_date is None,
            str(shown.map.target_date or ""),
        )
    )
    ideals = [shown for shown in maps if shown.map.state == "ideal"]
    return next(iter([*futures, *ideals]), None)


def stream_view(maps: tuple[ShownMap, ...]) -> StreamView:
    """Bring a stream's states into one page."""
    main = main_map(maps)
    gaps = tuple(
        _gap_view(shown, main)
        for shown in maps
        if shown is not main and main.map.state == "current" and shown.map.state != "current"
    )
    return StreamView(
        main.map.title,
        main.view,
        tuple(StateView(shown.view, shown.file, shown.figure) for shown in maps),
        gaps,
        gap_sentence(main, future_map(maps)),
    )


def gap_sentence(main: ShownMap, future: ShownMap | None) -> str:
    """Return what a future state plans, in a sentence; nothing without one."""
    if future is None or future is main:
        return ""
    now, then = main.metrics.totals.lead_time, future.metrics.totals.lead_time
    planned = format_hours(then, future.map.calendar)
    when = str(future.map.target_date or "")
    if then < now - 1e-6:
        less = format_hours(now - then, main.map.calendar)
        share = format_percent((now - then) / now)
        if when:
            return tr(
                "The future state plans a lead time of {time} by {date}, {less} less ({share}).",
                time=planned, date=when, less=less, share=share,
            )  # fmt: skip
        return tr(
            "The future state plans a lead time of {time}, {less} less ({share}).",
            time=planned, less=less, share=share,
        )  # fmt: skip
    if when:
        return tr(
            "The future state plans a lead time of {time} by {date}, no shorter than today's.",
            time=planned, date=when,
        )  # fmt: skip
    return tr(
        "The future state plans a lead time of {time}, no shorter than today's.", time=planned
    )


def _gap_view(future: ShownMap, main: ShownMap) -> GapView:
    found = find_gap((main.map, main.metrics), (future.map, future.metrics))
    return GapView(
        state_label(future.map),
        gap_rows(found, main.map, future.map),
        step_gap_rows(found, main.map, future.map),
    )


def home_stream(
    name: str, maps: tuple[ShownMap, ...], spark: Sparkline | None = None
) -> HomeStream:
    """Return what the start page says of one stream."""
    main = main_map(maps)
    costs = [p.gain for p in main.metrics.stuck if p.gain and p.kind != "step"]
    answer = main.view.answer
    place = Worst(answer.kind, answer.place, answer.detail, main.map.title, stream_href(name))
    return HomeStream(
        _home_row(name, maps, spark),
        costs[0] if costs else 0.0,
        place,
        calendar_text(main.map.calendar),
    )


def home_view(streams: Sequence[HomeStream], errors: int) -> HomeView:
    """Bring all streams into the start page, with the costliest place of all as the answer."""
    rows = tuple(stream.row for stream in streams)
    worst = max(streams, key=lambda stream: stream.cost, default=None)
    count = len(rows)
    with_future = sum(bool(row.future.sort) for row in rows)
    summary = tr_n(
        "{n} value stream, {planned} with a future state to get to.",
        "{n} value streams, {planned} with a future state to get to.",
        count, planned=with_future,
    )  # fmt: skip
    banner = ""
    if errors:
        banner = tr_n(
            "{n} file has errors and no page here.",
            "{n} files have errors and no page here.",
            errors,
        )
    calendars = {stream.calendar for stream in streams}
    return HomeView(
        rows,
        worst.place if worst and worst.cost else None,
        summary,
        banner,
        tr("Times on {calendar}.", calendar=calendars.pop())
        if len(calendars) == 1
        else tr("Each stream's page names its calendar."),
    )


def stream_href(name: str) -> str:
    """Return a stream's address below the site's root."""
    return f"streams/{name}/index.html"


def _home_row(name: str, maps: tuple[ShownMap, ...], spark: Sparkline | None) -> HomeRow:
    main = main_map(maps)
    future = future_map(maps)
    totals, calendar = main.metrics.totals, main.map.calendar
    answer = main.view.answer
    costs = [p.gain for p in main.metrics.stuck if p.gain and p.kind != "step"]
    planned, difference = Cell(tr("none")), Cell("")
    if future is not None and future is not main:
        then = future.metrics.totals.lead_time
        planned = Cell(format_hours(then, future.map.calendar), f"{then:g}")
        if main.map.state == "current":
            change = then - totals.lead_time
            difference = Cell(_change(change, totals.lead_time, calendar), f"{change:g}")
    lead = format_hours(totals.lead_time, calendar)
    return HomeRow(
        main.map.title,
        main.map.owner or "",
        stream_href(name),
        main.view.mini,
        Cell(
            tr("≥ {time}", time=lead) if totals.lead_time_left_out else lead,
            f"{totals.lead_time:g}",
        ),
        _share(totals.activity_ratio),
        _share(totals.complete_accurate),
        Cell(answer.place, f"{costs[0]:g}" if costs else ""),
        answer.detail,
        planned,
        difference,
        spark,
        team_href(main.map.owner) if main.map.owner else "",
    )


def _change(change: float, whole: float, calendar: Calendar) -> str:
    """Return a change of the lead time with its share of it."""
    if abs(change) <= 1e-9:
        return tr("none")
    sign = MINUS if change < 0 else "+"
    text = signed(sign, format_hours(abs(change), calendar))
    return f"{text} ({isolated(sign + format_percent(abs(change) / whole))})" if whole else text


def _share(share: float | None) -> Cell:
    return Cell(format_percent(share), "" if share is None else f"{share:g}")
