"""The time ladder under a map: each rung under its own step, waits up and work down, to scale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from vsmdocs.language import spoken, tr
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.picture.compact import compact_hours
from vsmdocs.rendering.picture.parts import Ladder, LadderRung, ScaleBar
from vsmdocs.rendering.picture.sizing import GAP
from vsmdocs.rendering.quantities import format_percent, unknown

HEIGHT = 146
BASE = 74
LONGEST_BAR = 46


def draw_ladder(
    stream_map: ValueStreamMap,
    metrics: StreamMetrics,
    middles: Mapping[str, float],
    width: float,
    y: float,
    end: float,
    worst: str | None,
) -> Ladder:
    """Return the ladder of the likeliest scenario's critical path.

    `middles` gives the middle of each step's box, `width` is the boxes' own.
    """
    ladder, calendar, totals = metrics.ladder, stream_map.calendar, metrics.totals
    base, half = y + BASE, width / 2 + GAP / 2
    times = [hours for rung in ladder.rungs for hours in (rung.wait, rung.process) if hours]
    longest = max(times, default=0.0)

    def bar(hours: float | None) -> float:
        return round(max(hours / longest * LONGEST_BAR, 1.5), 1) if hours else 0.0

    rungs = []
    for rung in ladder.rungs:
        middle = middles[rung.step]
        left, right = middle - half, middle + half
        up, down = bar(rung.wait), bar(rung.process)
        rungs.append(
            LadderRung(
                step=rung.step,
                x=left,
                middle=middle,
                end=right,
                wait_height=up,
                process_height=down,
                wait=compact_hours(rung.wait, calendar),
                process=compact_hours(rung.process, calendar),
                worst=rung.step == worst,
                wait_bar=f"M{left:.1f} {base:.1f}h{half:g}v-{up:g}h-{half:g}z" if up else "",
                process_bar=f"M{middle:.1f} {base:.1f}h{half:g}v{down:g}h-{half:g}z"
                if down
                else "",
                wait_at=f"{(left + middle) / 2:.1f} {base - up - 6:.1f}",
                process_at=f"{(right + middle) / 2:.1f} {base + down + 15:.1f}",
            )
        )
    lead_time, process_time, activity_ratio = ladder_totals(metrics, calendar)
    return Ladder(
        y=round(y, 1),
        base=round(base, 1),
        rungs=tuple(rungs),
        outline=_outline(rungs, base, end),
        bars=scale_bars(stream_map, metrics, ladder.lead_time),
        lead_time=lead_time,
        process_time=process_time,
        activity_ratio=activity_ratio,
        x_end=end,
        name_at=round(base - 4, 1),
        likeliest=format_percent(ladder.probability) if totals.scenarios > 1 else "",
    )


def ladder_totals(metrics: StreamMetrics, calendar: Calendar) -> tuple[str, str, str]:
    """Return what stands at the ladder's end: lead time, process time, activity ratio."""
    ladder = metrics.ladder
    certain = metrics.totals.activity_ratio is not None and ladder.lead_time > 0
    return (
        compact_hours(ladder.lead_time, calendar),
        compact_hours(ladder.process_time, calendar),
        format_percent(ladder.process_time / ladder.lead_time) if certain else unknown(),
    )


def _outline(rungs: list[LadderRung], base: float, end: float) -> str:
    parts = [f"M8 {base:.1f}"]
    for rung in rungs:
        parts.append(
            f"H{rung.x:.1f}V{base - rung.wait_height:.1f}H{rung.middle:.1f}"
            f"V{base + rung.process_height:.1f}H{rung.end:.1f}V{base:.1f}"
        )
    return "".join([*parts, f"H{end:.1f}"])


def scale_bars(
    stream_map: ValueStreamMap, metrics: StreamMetrics, whole: float
) -> tuple[ScaleBar, ...]:
    """Return the lead time, waits and work in order, on a line of 1,000 units for `whole` hours."""
    names = {step.id: step.title for step in stream_map.steps}
    ladder, calendar, language = metrics.ladder, stream_map.calendar, spoken().code
    bars: list[ScaleBar] = []
    x = 0.0
    for rung in ladder.rungs:
        for hours, is_wait in ((rung.wait, True), (rung.process, False)):
            if hours and whole > 0:
                width = hours / whole * 1000
                text = compact_hours(hours, calendar)
                title = _bar_title(names[rung.step], text, is_wait, language)
                bars.append(ScaleBar(round(x, 2), round(width, 2), is_wait, title))
                x += width
    return tuple(bars)


# Between two versions of a map nearly all times are the same.
@lru_cache(maxsize=8192)
def _bar_title(step: str, time: str, is_wait: bool, _: str) -> str:
    if is_wait:
        return tr("{step}: {time} of wait", step=step, time=time)
    return tr("{step}: {time} of work", step=step, time=time)
