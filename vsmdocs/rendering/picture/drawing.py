"""A map's picture as finished values: every position and every text that the template draws.

Coordinates are pixels from the top left. The lanes' names are a picture of their own, so
that they stay in sight while a wide map scrolls.
"""

from __future__ import annotations

from itertools import pairwise

from vsmdocs.model.flow import START, Edge
from vsmdocs.model.metrics import StepMetrics, StreamMetrics, is_handoff
from vsmdocs.model.stream import Step, ValueStreamMap
from vsmdocs.rendering.picture.compact import compact_hours
from vsmdocs.rendering.picture.curves import arrow_at_end, middle, path_data
from vsmdocs.rendering.picture.layout import Curve, Layout, LayoutSpec
from vsmdocs.rendering.picture.parts import (
    EdgeLine,
    EndPoint,
    Ladder,
    LadderRung,
    LaneBand,
    Lines,
    Picture,
    ScaleBar,
    StepBox,
)
from vsmdocs.rendering.picture.rails import route
from vsmdocs.rendering.picture.sizing import (
    BADGES,
    END_WIDTH,
    GAP,
    TAGS,
    Sizes,
    choose_sizes,
    label_lines,
    layout_spec,
    name_room,
    owners_in_order,
)
from vsmdocs.rendering.picture.textfit import is_rtl, wrap
from vsmdocs.rendering.quantities import format_hours, format_percent

LANE_NAMES = 104
MARGIN = 8
LADDER = 146
LADDER_BASE = 74
LADDER_BAR = 46
_FIT, _SMALLEST, _LARGEST = 1320, 0.8, 1.2


Labels = dict[tuple[str, str], tuple[str, ...]]


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
    return _Drawing(stream_map, metrics, spec, layout).picture()


class _Drawing:
    def __init__(
        self, stream_map: ValueStreamMap, metrics: StreamMetrics, spec: LayoutSpec, layout: Layout
    ) -> None:
        self.map, self.metrics, self.spec, self.layout = stream_map, metrics, spec, layout
        self.sizes: Sizes = choose_sizes([step.title for step in stream_map.steps])
        self.number = {step.id: index for index, step in enumerate(stream_map.steps)}
        self.steps: dict[str, Step] = {step.id: step for step in stream_map.steps}
        self.figures: dict[str, StepMetrics] = {row.id: row for row in metrics.steps}
        path = metrics.totals.critical_path
        self.critical_edges = set(pairwise(path))
        self.worst = worst_wait(metrics)
        corners = {
            step: (
                layout.centres[index][0] - self.sizes.width / 2,
                layout.centres[index][1] - self.sizes.place / 2 + BADGES,
            )
            for step, index in self.number.items()
        }
        rails = route(
            stream_map, corners, self.sizes.width, layout.width,
            lambda hours: compact_hours(hours, stream_map.calendar),
        )  # fmt: skip
        self.top = rails.height + MARGIN
        self.rails = rails.rails
        self.corners = corners
        self.lanes_height = layout.height + 2 * MARGIN
        self.width = layout.width + 2 * MARGIN

    def picture(self) -> Picture:
        names = owners_in_order(self.map, self.metrics.flow)
        lanes = self._lanes(names)
        ladder_y = self.top + self.lanes_height
        natural = LANE_NAMES + self.width
        scale = min(_FIT / natural, _LARGEST) if natural * _SMALLEST <= _FIT else 1.0
        calendar = self.map.calendar
        order = self.metrics.flow.order
        return Picture(
            width=round(max(self.width, _FIT / _LARGEST - LANE_NAMES), 1),
            height=round(ladder_y + LADDER, 1),
            scale=round(scale, 3),
            box_width=self.sizes.width,
            box_height=self.sizes.box,
            header=self.sizes.header,
            lane_width=LANE_NAMES,
            lanes=lanes,
            has_lanes=any(names),
            steps=tuple(self._box(self.steps[step]) for step in order),
            edges=tuple(self._edges()),
            rails=tuple(rail.moved(MARGIN, self.top + MARGIN) for rail in self.rails),
            trigger=self._end(len(self.number), "Trigger", self.map.trigger),
            customer=self._end(len(self.number) + 1, "Customer", self.map.customer),
            ladder=self._ladder(ladder_y),
            calendar=f"{calendar.hours_per_day:g} h days, {calendar.days_per_week:g}-day weeks",
            description=self._description(order),
            pages=self._pages(),
        )

    def _x(self, x: float) -> float:
        return round(x + MARGIN, 1)

    def _y(self, y: float) -> float:
        return round(y + self.top + MARGIN, 1)

    def _hours(self, hours: float | None) -> str:
        return compact_hours(hours, self.map.calendar)

    def _lanes(self, names: list[str | None]) -> tuple[LaneBand, ...]:
        limits = [0.0, *(y + MARGIN for y in self.layout.boundaries), self.lanes_height]
        return tuple(
            LaneBand(
                _lines(name or "No owner", (LANE_NAMES - 14) / 12, 5),
                name or "No owner",
                round(limits[lane] + self.top, 1),
                round(limits[lane + 1] - limits[lane], 1),
            )
            for lane, name in enumerate(names)
        )

    def _box(self, step: Step) -> StepBox:
        figures = self.figures[step.id]
        x, y = self.corners[step.id]
        bursts = tuple(
            number
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
            process=self._hours(figures.process_time),
            wait=self._hours(figures.wait_time),
            quality="?"
            if figures.complete_accurate is None
            else format_percent(figures.complete_accurate).removesuffix("\u00a0%"),
            people=step.people,
            wip=step.wip,
            automation=step.automation,
            critical=figures.on_critical_path,
            worst=step.id == self.worst,
            over_capacity=(figures.utilisation or 0) > 1,
            bursts=bursts,
            label=self._label(step, figures),
        )

    def _label(self, step: Step, figures: StepMetrics) -> str:
        long = self.map.calendar
        parts = [step.title]
        if step.kind != "work":
            parts.append(step.kind)
        if step.owner:
            parts.append(f"by {step.owner}")
        parts.append(f"process time {format_hours(figures.process_time, long)}")
        parts.append(f"wait {format_hours(figures.wait_time, long)}")
        if figures.complete_accurate is not None:
            parts.append(f"complete and accurate {format_percent(figures.complete_accurate)}")
        if figures.on_critical_path:
            parts.append("on the critical path")
        if step.id == self.worst:
            parts.append("the longest wait")
        return ", ".join(parts)

    def _edges(self) -> list[EdgeLine]:
        flow = self.metrics.flow
        labels = edge_labels(self.map, self.metrics)
        drawn: list[EdgeLine] = []
        path = self.metrics.totals.critical_path
        curves = iter(self.layout.curves)
        for step in flow.starts:
            drawn.append(self._line(next(curves), path[:1] == (step,), "", (), None, ""))
        for edge in flow.edges:
            pair = (edge.source, edge.target)
            critical = pair in self.critical_edges or (
                edge.source == START and path[:1] == (edge.target,)
            )
            drawn.append(
                self._line(
                    next(curves), critical, edge.kind or "", labels.get(pair, ()),
                    self._handoff(edge), self._edge_title(edge),
                )
            )  # fmt: skip
        for curve, step in zip(
            curves, (s for s in flow.order if not flow.outgoing[s]), strict=True
        ):
            drawn.append(self._line(curve, path[-1:] == (step,), "", (), None, ""))
        # What matters most is drawn last, on top.
        return sorted(drawn, key=lambda line: line.critical)

    def _handoff(self, edge: Edge) -> str | None:
        if not is_handoff(self.steps, edge.source, edge.target):
            return None
        return f"Handoff from {self.steps[edge.source].owner} to {self.steps[edge.target].owner}"

    def _edge_title(self, edge: Edge) -> str:
        source = self.steps[edge.source].title if edge.source else "Trigger"
        return f"{source} → {self.steps[edge.target].title}"

    def _line(
        self,
        curve: Curve,
        critical: bool,
        kind: str,
        label: tuple[str, ...],
        handoff: str | None,
        title: str,
    ) -> EdgeLine:
        points = tuple((self._x(x), self._y(y)) for x, y in curve.points)
        at = curve.label or middle(curve.points)
        return EdgeLine(
            path=path_data(points),
            head=arrow_at_end(points, 9 if critical else 8),
            critical=critical,
            kind=kind,
            handoff=middle(points[:4], 0.86 if label else 0.5) if handoff else None,
            label=label,
            label_at=(self._x(at[0]), self._y(at[1])),
            title=f"{handoff}: {title}" if handoff else title,
        )

    def _end(self, node: int, caption: str, name: str | None) -> EndPoint:
        x, y = self.layout.centres[node]
        return EndPoint(
            caption,
            _lines(name or "", (END_WIDTH - 22) / 11, 4),
            name or "",
            self._x(x),
            self._y(y + (BADGES - TAGS) / 2),
        )

    def _ladder(self, y: float) -> Ladder:
        ladder = self.metrics.ladder
        base = y + LADDER_BASE
        longest = max(
            (max(rung.wait or 0.0, rung.process or 0.0) for rung in ladder.rungs), default=0.0
        )

        def height(hours: float | None) -> float:
            if not hours or not longest:
                return 0.0
            return round(max(hours / longest * LADDER_BAR, 1.5), 1)

        rungs = []
        half = self.sizes.width / 2
        for rung in ladder.rungs:
            centre = self.layout.centres[self.number[rung.step]][0]
            rungs.append(
                LadderRung(
                    rung.step,
                    self._x(centre - half - GAP / 2),
                    self._x(centre),
                    self._x(centre + half + GAP / 2),
                    height(rung.wait),
                    height(rung.process),
                    self._hours(rung.wait),
                    self._hours(rung.process),
                    rung.step == self.worst,
                )
            )
        several = self.metrics.totals.scenarios > 1
        lead = ladder.lead_time
        certain = self.metrics.totals.activity_ratio is not None and lead > 0
        return Ladder(
            y=round(y, 1),
            base=round(base, 1),
            rungs=tuple(rungs),
            outline=_outline(rungs, base, self._x(0), self._x(self.layout.width)),
            bars=self._bars(),
            lead_time=self._hours(lead),
            process_time=self._hours(ladder.process_time),
            activity_ratio=format_percent(ladder.process_time / lead) if certain else "unknown",
            x_end=self._x(self.layout.width),
            likeliest=format_percent(ladder.probability) if several else "",
        )

    def _bars(self) -> tuple[ScaleBar, ...]:
        ladder = self.metrics.ladder
        bars: list[ScaleBar] = []
        x = 0.0
        if ladder.lead_time <= 0:
            return ()
        for rung in ladder.rungs:
            for hours, is_wait in ((rung.wait, True), (rung.process, False)):
                if hours:
                    width = hours / ladder.lead_time * 1000
                    name = self.steps[rung.step].title
                    what = "wait" if is_wait else "work"
                    bars.append(
                        ScaleBar(
                            round(x, 2), round(width, 2), is_wait,
                            f"{name}: {self._hours(hours)} of {what}",
                        )
                    )  # fmt: skip
                    x += width
        return tuple(bars)

    def _description(self, order: tuple[str, ...]) -> str:
        totals = self.metrics.totals
        names = " → ".join(self.steps[step].title for step in order)
        long = self.map.calendar
        return (
            f"{len(order)} steps from left to right: {names}. "
            f"Lead time {format_hours(totals.lead_time, long)}, "
            f"process time {format_hours(totals.process_time, long)}."
        )

    def _pages(self) -> tuple[tuple[float, float], ...]:
        """Cut a wide picture into pieces of about a printed page, between columns."""
        width = self.width
        # A landscape page is about 1.6 times as wide as high; a high map may be as wide.
        fits = max(1_400.0, (self.top + self.lanes_height + LADDER) * 1.6)
        if width <= fits * 1.1:
            return ((0.0, round(width, 1)),)
        # A column may hold ends and steps; its left edge is where its boxes begin.
        lefts = sorted(
            {
                round(x - self.sizes.width / 2 - self.spec.gap / 2 + MARGIN, 1)
                for x, _ in self.layout.centres[: len(self.number)]
            }
        )
        pieces: list[tuple[float, float]] = []
        start = 0.0
        for left, following in zip(lefts, [*lefts[1:], width], strict=True):
            if following - start > fits and left > start:
                pieces.append((round(start, 1), round(left - start, 1)))
                start = left
        pieces.append((round(start, 1), round(width - start, 1)))
        return tuple(pieces)


def worst_wait(metrics: StreamMetrics) -> str | None:
    """Return the step behind the wait that costs most, if any costs anything."""
    for point in metrics.stuck:
        if point.kind == "wait" and point.to is None and point.gain:
            return point.step
    return None


def _outline(rungs: list[LadderRung], base: float, start: float, end: float) -> str:
    parts = [f"M{start} {base:.1f}"]
    for rung in rungs:
        parts.append(
            f"H{rung.x}V{base - rung.wait_height:.1f}H{rung.middle}"
            f"V{base + rung.process_height:.1f}H{rung.end}V{base:.1f}"
        )
    parts.append(f"H{end}")
    return "".join(parts)


def _lines(text: str, width: float, most: int) -> Lines:
    return Lines(wrap(text, width, most), is_rtl(text))
