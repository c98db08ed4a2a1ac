"""A map's picture as finished values: every position and every text that the template draws.

Coordinates are pixels from the top left. The lanes' names are a picture of their own, so
that they stay in sight while a wide map scrolls.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from math import ceil

from markupsafe import Markup

from vsmdocs.language import own_way, spoken, tr, tr_n
from vsmdocs.model.flow import START, Edge
from vsmdocs.model.metrics import StepMetrics, StreamMetrics, is_handoff
from vsmdocs.model.stream import Step, ValueStreamMap
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.picture.compact import compact_hours
from vsmdocs.rendering.picture.curves import arrow_at_end, corners, middle, path_data
from vsmdocs.rendering.picture.frame import frame
from vsmdocs.rendering.picture.ladder import HEIGHT as LADDER
from vsmdocs.rendering.picture.ladder import draw_ladder
from vsmdocs.rendering.picture.layout import Curve, Layout, LayoutSpec, Point
from vsmdocs.rendering.picture.parts import (
    EdgeLabel,
    EdgeLine,
    EndPoint,
    LaneBand,
    Lines,
    Page,
    Picture,
    StepBox,
)
from vsmdocs.rendering.picture.rails import Rails, route
from vsmdocs.rendering.picture.sizing import (
    BADGES,
    END_WIDTH,
    LABEL_LINE,
    LABEL_SIZE,
    PADDING,
    TAGS,
    Sizes,
    choose_sizes,
    label_lines,
    layout_spec,
    name_room,
    owners_in_order,
)
from vsmdocs.rendering.picture.textfit import is_rtl, text_width, wrap
from vsmdocs.rendering.quantities import format_hours, format_percent
from vsmdocs.rendering.words import automation_word, from_to, kind_word

LANE_NAMES = 104
MARGIN = 8
# Of a window of 1440, what is left inside the page, the card and a scroll bar.
_NARROWEST, _WIDEST = 980, 1_640
"""Of a drawing that follows the window's width; its text then stays between 0.8 and 1.2."""


END = " "
"""The virtual node after the last steps, as `START` is before the first: not a step's id."""
Pair = tuple[str, str]
Labels = dict[Pair, tuple[str, ...]]


def edge_labels(stream_map: ValueStreamMap, metrics: StreamMetrics) -> Labels:
    """Return what stands on each edge of the flow, by its two steps."""
    labels: Labels = {}
    for edge in metrics.flow.edges:
        share = ""
        if edge.choice is not None:
            share = format_percent(metrics.flow.choices[edge.choice].shares[edge.option])
        wait = compact_hours(edge.wait_hours, stream_map.calendar) if edge.wait_hours else ""
        lines = label_lines(edge, share, wait)
        if lines:
            labels[edge.source, edge.target] = lines
    return labels


def spec_of(stream_map: ValueStreamMap, metrics: StreamMetrics) -> LayoutSpec:
    """Return what Graphviz is asked to lay out for a map."""
    return layout_spec(stream_map, metrics.flow, edge_labels(stream_map, metrics))


def draw(
    stream_map: ValueStreamMap, metrics: StreamMetrics, spec: LayoutSpec, layout: Layout
) -> Picture:
    """Compose the picture of a map on its layout."""
    return Drawing(stream_map, metrics, spec, layout).picture()


class Drawing:
    """Composes one picture; what draws more than a map changes how its parts come about."""

    def __init__(
        self, stream_map: ValueStreamMap, metrics: StreamMetrics, spec: LayoutSpec, layout: Layout
    ) -> None:
        self.map, self.metrics, self.spec, self.layout = stream_map, metrics, spec, layout
        self.sizes: Sizes = choose_sizes([step.title for step in stream_map.steps])
        self.number = {step.id: index for index, step in enumerate(stream_map.steps)}
        self.steps: dict[str, Step] = {step.id: step for step in stream_map.steps}
        self.figures: dict[str, StepMetrics] = {row.id: row for row in metrics.steps}
        self.critical_edges = set(pairwise((START, *metrics.totals.critical_path, END)))
        self.worst = worst_wait(metrics)
        self.labels = edge_labels(stream_map, metrics)
        places = {
            step: (
                layout.centres[index][0] - self.sizes.width / 2,
                layout.centres[index][1] - self.sizes.place / 2 + BADGES,
            )
            for step, index in self.number.items()
        }
        rails = self.routed(places)
        self.top = rails.height + MARGIN
        self.rails = rails.rails
        self.corners = places
        self.lanes_height = layout.height + 2 * MARGIN
        self.width = layout.width + 2 * MARGIN

    def routed(self, places: dict[str, Point]) -> Rails:
        """Return the ways of rework above boxes at these places."""
        return self.labelled(places, {})

    def labelled(self, places: dict[str, Point], labels: Mapping[int, str]) -> Rails:
        """Return the same with other labels, by the loop's place in the map."""
        return route(
            self.map, places, self.sizes.width, self.layout.width,
            lambda hours: compact_hours(hours, self.map.calendar), labels,
        )  # fmt: skip

    def picture(self) -> Picture:
        """Return everything in its place."""
        names = owners_in_order(self.map, self.metrics.flow)
        lanes = self._lanes(names)
        ladder_y = self.top + self.lanes_height
        # A small map does not grow beyond what is pleasant: its lanes run on instead.
        width = round(max(self.width, _NARROWEST), 1)
        height = round(ladder_y + LADDER, 1)
        lanes_width = LANE_NAMES if any(names) else 0
        fluid = width + lanes_width <= _WIDEST
        calendar = self.map.calendar
        order = self.metrics.flow.order
        return Picture(
            width=width,
            height=height,
            fluid=fluid,
            canvas_size=Markup(_size(width, height, width + lanes_width, fluid)),
            lanes_size=Markup(_size(LANE_NAMES, height, width + lanes_width, fluid)),
            box_width=self.sizes.width,
            box_height=self.sizes.box,
            frame=frame(self.sizes),
            lane_width=LANE_NAMES,
            lanes=lanes,
            has_lanes=any(names),
            steps=tuple(self.box(self.steps[step]) for step in order),
            edges=tuple(self._edges()),
            rails=tuple(rail.moved(MARGIN, self.top + MARGIN) for rail in self.rails),
            trigger=self._end(len(self.number), tr("Trigger"), self.map.trigger),
            customer=self._end(len(self.number) + 1, tr("Customer"), self.map.customer),
            ladder=draw_ladder(
                self.map,
                self.metrics,
                self._middles(),
                self.sizes.width,
                ladder_y,
                self._x(self.layout.width),
                self.worst,
            ),
            calendar=(
                own_way(tr("{hours} h days,", hours=f"{calendar.hours_per_day:g}")),
                own_way(tr("{days}-day weeks", days=f"{calendar.days_per_week:g}")),
            ),
            description=self.description(order),
            pages=self._pages(),
        )

    def _x(self, x: float) -> float:
        return round(x + MARGIN, 1)

    def _y(self, y: float) -> float:
        return round(y + self.top + MARGIN, 1)

    def calendar(self, step: str) -> Calendar:
        """Return the calendar of the map that a step is from."""
        return self.map.calendar

    def _lanes(self, names: list[str | None]) -> tuple[LaneBand, ...]:
        limits = [0.0, *(y + MARGIN for y in self.layout.boundaries), self.lanes_height]
        nobody = tr("No owner")
        bands = []
        for lane, name in enumerate(names):
            text = _lines(name or nobody, (LANE_NAMES - 14) / 12, 5)
            y, height = limits[lane] + self.top, limits[lane + 1] - limits[lane]
            first = y + height / 2 - len(text.lines) * 7 - 3
            bands.append(
                LaneBand(text, name or nobody, round(y, 1), round(height, 1), f"{first:.1f}")
            )
        return tuple(bands)

    def box(self, step: Step) -> StepBox:
        """Return a step's box."""
        figures = self.figures[step.id]
        x, y = self.corners[step.id]
        bursts = tuple(
            str(number)
            for number, improvement in enumerate(self.map.improvements, 1)
            if improvement.step == step.id and improvement.status != "rejected"
        )
        return StepBox(
            id=step.id,
            kind=step.kind,
            title=step.title,
            name=_lines(step.title, name_room(self.sizes.width), self.sizes.name_lines),
            owner=step.owner or "",
            x=self._x(x),
            y=self._y(y),
            at=f"{self._x(x):g} {self._y(y):g}",
            process=compact_hours(figures.process_time, self.calendar(step.id)),
            wait=compact_hours(figures.wait_time, self.calendar(step.id)),
            quality="?"
            if figures.complete_accurate is None
            else format_percent(figures.complete_accurate).replace("\u00a0%", ""),
            people=step.people,
            wip=step.wip,
            automation=step.automation,
            automation_word=automation_word(step.automation) if step.automation else "",
            critical=figures.on_critical_path,
            worst=step.id == self.worst,
            bursts=",".join(bursts) if len(bursts) < 3 else f"{len(bursts)}×",
            people_at=f"{self.sizes.width - PADDING - 16 - 8 * len(str(step.people))}",
            label=self._label(step, figures),
        )

    def _label(self, step: Step, figures: StepMetrics) -> str:
        long, quality = self.calendar(step.id), figures.complete_accurate
        return _label(
            step.title,
            step.kind,
            step.owner or "",
            format_hours(figures.process_time, long),
            format_hours(figures.wait_time, long),
            "" if quality is None else format_percent(quality),
            figures.on_critical_path,
            step.id == self.worst,
            spoken().code,
        )

    def _edges(self) -> list[EdgeLine]:
        flow = self.metrics.flow
        ways: list[tuple[Pair, Edge | None]] = [
            *(((START, step), None) for step in flow.starts),
            *(((edge.source, edge.target), edge) for edge in flow.edges),
            *(((step, END), None) for step in flow.order if not flow.outgoing[step]),
        ]
        drawn = [
            self.line(curve, pair, edge)
            for curve, (pair, edge) in zip(self.layout.curves, ways, strict=True)
        ]
        # What matters most is drawn last, on top.
        return sorted(drawn, key=lambda line: line.critical)

    def line(self, curve: Curve, pair: Pair, edge: Edge | None) -> EdgeLine:
        """Return the arrow between two steps, or between one and an end, which is no edge."""
        critical = pair in self.critical_edges
        if edge is None:
            return self._line(curve, critical, "", (), handoff=False, title="")
        handoff = is_handoff(self.steps, edge.source, edge.target)
        return self._line(
            curve, critical, edge.kind or "", self.labels.get(pair, ()),
            handoff=handoff, title=self._edge_title(edge, handoff=handoff),
        )  # fmt: skip

    def _edge_title(self, edge: Edge, *, handoff: bool) -> str:
        """Return the names of the steps that an edge joins, and whose these are."""
        target = self.steps[edge.target]
        source = self.steps[edge.source] if edge.source else None
        title = source.title if source else tr("Trigger")
        giver = source.owner if source and handoff else None
        return _edge_title(title, target.title, giver, target.owner, spoken().code)

    def _line(
        self,
        curve: Curve,
        critical: bool,
        kind: str,
        label: tuple[str, ...],
        *,
        handoff: bool,
        title: str,
    ) -> EdgeLine:
        points = tuple((self._x(x), self._y(y)) for x, y in curve.points)
        return EdgeLine(
            path=path_data(points),
            head=corners(arrow_at_end(points, 9 if critical else 8)),
            critical=critical,
            kind=kind,
            handoff=middle(points[:4], 0.86 if label else 0.5) if handoff else None,
            label=self._edge_label(label, curve) if label else None,
            title=title,
        )

    def _edge_label(self, lines: tuple[str, ...], curve: Curve) -> EdgeLabel:
        x, y = curve.label or middle(curve.points)
        x, y = self._x(x), self._y(y)
        width = max(text_width(line) for line in lines) * LABEL_SIZE + 10
        height = len(lines) * LABEL_LINE + 2
        plate = f"M{x - width / 2:.1f} {y - height / 2:.1f}h{width:.1f}v{height}h-{width:.1f}z"
        return EdgeLabel(lines, x, round(y - height / 2 + 12.5, 1), plate)

    def _end(self, node: int, caption: str, name: str | None) -> EndPoint:
        x, y = self.layout.centres[node]
        return EndPoint(
            caption,
            _lines(name or "", (END_WIDTH - 22) / 11, 4),
            name or "",
            self._x(x),
            self._y(y + (BADGES - TAGS) / 2),
        )

    def _middles(self) -> dict[str, float]:
        return {step: self._x(self.layout.centres[n][0]) for step, n in self.number.items()}

    def description(self, order: tuple[str, ...]) -> str:
        """Return the picture in words, for those who listen."""
        totals = self.metrics.totals
        names = " → ".join(self.steps[step].title for step in order)
        long = self.map.calendar
        steps = tr_n(
            "{n} step from left to right: {names}.",
            "{n} steps from left to right: {names}.",
            len(order),
            names=names,
        )
        times = tr(
            "Lead time {lead}, process time {process}.",
            lead=format_hours(totals.lead_time, long),
            process=format_hours(totals.process_time, long),
        )
        return f"{steps} {times}"

    def _pages(self) -> tuple[Page, ...]:
        """Cut a wide picture into pieces of about a printed page, between columns."""
        width, height = self.width, self.top + self.lanes_height + LADDER
        # A landscape page is about 1.6 times as wide as high, and holds 1,900 pixels that can be
        # read. A high map is small on it anyhow: it may be as much wider.
        fits = max(1_900.0, height * 2.2) - LANE_NAMES
        pieces = max(ceil(width / fits - 0.1), 1)
        cuts = [0.0]
        # A column may hold ends and steps; its left edge is where its boxes begin.
        lefts = sorted(
            {
                x - self.sizes.width / 2 - self.spec.gap / 2 + MARGIN
                for x, _ in self.layout.centres[: len(self.number)]
            }
        )
        # Pieces of about one width, so that no page has a single step on it.
        for number in range(1, pieces):
            left = min(lefts, key=lambda left: abs(left - width * number / pieces))
            if left > cuts[-1]:
                cuts.append(left)
        return tuple(
            Page(
                f"{start:.1f} 0 {end - start:.1f} {height:.1f}",
                f"{end - start:.1f}",
                f"{LANE_NAMES + end - start:.1f} {height:.1f}",
            )
            for start, end in pairwise([*cuts, width])
        )


# Between two versions of a map nearly all steps and ways are the same.
@lru_cache(maxsize=4096)
def _label(
    title: str,
    kind: str,
    owner: str,
    process: str,
    wait: str,
    quality: str,
    critical: bool,
    worst: bool,
    _: str,
) -> str:
    parts = [title]
    if kind != "work":
        parts.append(kind_word(kind))
    if owner:
        parts.append(tr("by {owner}", owner=owner))
    parts.append(tr("process time {time}", time=process))
    parts.append(tr("wait {time}", time=wait))
    if quality:
        parts.append(tr("complete and accurate {share}", share=quality))
    if critical:
        parts.append(tr("on the critical path"))
    if worst:
        parts.append(tr("the longest wait"))
    return ", ".join(parts)


@lru_cache(maxsize=4096)
def _edge_title(source: str, target: str, giver: str | None, taker: str | None, _: str) -> str:
    way = own_way(from_to(source, target))
    if giver is None:
        return way
    return tr("Handoff from {giver} to {taker}: {way}", giver=giver, taker=taker, way=way)


def _size(width: float, height: float, whole: float, fluid: bool) -> str:
    if fluid:
        # A height that follows is the style sheet's business.
        return f'width="{width / whole * 100:.3f}%"'
    return f'width="{width:.1f}" height="{height:.1f}"'


def worst_wait(metrics: StreamMetrics) -> str | None:
    """Return the step behind the wait that costs most, if any costs anything."""
    for point in metrics.stuck:
        if point.kind == "wait" and point.to is None and point.gain:
            return point.step
    return None


def _lines(text: str, width: float, most: int) -> Lines:
    return Lines(wrap(text, width, most), is_rtl(text))
