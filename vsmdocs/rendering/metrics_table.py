"""A map's figures as plain text for a terminal: the totals, the steps, and what is stuck."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.stuck import StuckPoint
from vsmdocs.rendering.quantities import UNKNOWN, format_count, format_hours, format_percent

_WIDEST = 40
_MOST_STUCK = 10


def metrics_table(stream_map: ValueStreamMap, metrics: StreamMetrics) -> str:
    """Return the tables, without trailing spaces and with a line feed at the end."""
    calendar = metrics.calendar
    state = f"{stream_map.stream}/{stream_map.name}"
    lines = [
        f"{_shown(stream_map.title)} ({state})",
        f"Working days of {calendar.hours_per_day:g} h, weeks of {calendar.days_per_week:g} days",
        "",
        *columns(_totals(metrics), "<<"),
        "",
        *columns(_steps(stream_map, metrics), "<<>>>>>"),
    ]
    stuck = _stuck(stream_map, metrics)
    if len(stuck) > 1:
        lines += ["", "Where value gets stuck, and what its removal would gain:"]
        lines += columns(stuck, "<<>>")
    return "\n".join(lines) + "\n"


def _totals(metrics: StreamMetrics) -> list[tuple[str, ...]]:
    totals, calendar = metrics.totals, metrics.calendar

    def hours(value: float | None, left_out: int = 0) -> str:
        return format_hours(value, calendar) + _without(left_out)

    rows = [
        ("Lead time", hours(totals.lead_time, totals.lead_time_left_out)),
        ("Process time", hours(totals.process_time, totals.process_time_left_out)),
        ("Wait time", hours(totals.wait_time)),
        ("Activity ratio", format_percent(totals.activity_ratio)),
        ("Value-adding ratio", _known(totals.value_adding_ratio, format_percent)),
        ("Effort", hours(totals.effort, totals.effort_left_out)),
        ("Labour", "" if totals.labour is None else hours(totals.labour, totals.labour_left_out)),
    ]
    assessed = totals.complete_accurate_assessed
    quality = format_percent(totals.complete_accurate)
    if totals.complete_accurate is not None:
        quality += f" over {assessed} of {totals.steps} steps"
    rows.append(("Rolled %C&A", quality))
    if totals.rework_loops:
        rows += [
            ("Expected lead time", hours(totals.expected_lead_time, totals.lead_time_left_out)),
            ("Expected process time", hours(totals.expected_process_time)),
            ("Spread from rework", hours(totals.lead_time_sd)),
            ("First pass", format_percent(totals.first_pass)),
        ]
    rows += [
        ("Handoffs", format_count(totals.handoffs)),
        ("Approvals", format_count(totals.approvals)),
        ("Manual steps", format_count(totals.manual_steps)),
        ("Rework loops", format_count(totals.rework_loops)),
        ("Scenarios", "" if totals.scenarios == 1 else format_count(totals.scenarios)),
        ("Work in process", "" if totals.wip is None else format_count(totals.wip)),
        ("Lead time by Little's law", _known(totals.littles_law_lead_time, hours)),
        ("Takt time", _known(totals.takt_time, hours)),
        ("Constraint", totals.constraint or ""),
        ("Critical path", " -> ".join(totals.critical_path)),
    ]
    return [row for row in rows if row[1]]


def _known(value: float | None, form: Callable[[float], str]) -> str:
    return "" if value is None else form(value)


def _without(left_out: int) -> str:
    if not left_out:
        return ""
    return f" without {left_out} step{'' if left_out == 1 else 's'} of unknown time"


def _steps(stream_map: ValueStreamMap, metrics: StreamMetrics) -> list[tuple[str, ...]]:
    calendar = metrics.calendar
    rows: list[tuple[str, ...]] = [
        ("Step", "Owner", "Wait", "Process", "%C&A", "Visits", "Slack"),
    ]
    for step, row in zip(stream_map.steps, metrics.steps, strict=True):
        quality = row.complete_accurate
        rows.append(
            (
                step.title,
                step.owner or "",
                _hours(row.wait_time, metrics),
                _hours(row.process_time, metrics),
                "-" if quality is None else format_percent(quality),
                format_count(row.visits),
                "never reached"
                if row.slack is None
                else "critical"
                if row.on_critical_path
                else format_hours(row.slack, calendar),
            )
        )
    return rows


def _hours(hours: float | None, metrics: StreamMetrics) -> str:
    return "?" if hours is None else format_hours(hours, metrics.calendar)


def _stuck(stream_map: ValueStreamMap, metrics: StreamMetrics) -> list[tuple[str, ...]]:
    titles = {step.id: step.title for step in stream_map.steps}
    points = [point for point in metrics.stuck if point.gain is None or point.gain > 0]
    rows: list[tuple[str, ...]] = [("What", "Where", "Gain", "Of expected")]
    for point in points[:_MOST_STUCK]:
        gain = UNKNOWN if point.gain is None else format_hours(point.gain, metrics.calendar)
        share = "" if point.share is None else format_percent(point.share)
        rows.append((_kind(point), _where(point, titles), gain, share))
    return rows


def _kind(point: StuckPoint) -> str:
    return {"wait": "wait", "loop": "rework", "step": "step"}[point.kind]


def _where(point: StuckPoint, titles: dict[str, str]) -> str:
    if point.to is None:
        return titles[point.step]
    return f"{_cut(titles[point.step], 18)} -> {_cut(titles[point.to], 18)}"


def columns(rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Align cells by the width that a terminal gives them; the last column may be long."""
    last = len(sides) - 1
    shown = [
        [_shown(cell) if number == last else _cut(cell, _WIDEST) for number, cell in enumerate(row)]
        for row in rows
    ]
    widths = [max(width(row[number]) for row in shown) for number in range(len(sides))]
    lines = []
    for row in shown:
        cells = []
        for cell, side, wide in zip(row, sides, widths, strict=True):
            blank = " " * (wide - width(cell))
            cells.append(cell + blank if side == "<" else blank + cell)
        lines.append("  ".join(cells).rstrip())
    return lines


def width(text: str) -> int:
    """Return how many cells a terminal gives a text: wide characters two, marks none."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _cut(text: str, most: int) -> str:
    text = _shown(text)
    if width(text) <= most:
        return text
    kept, left = [], most - 1
    for character in text:
        left -= _cells(character)
        if left < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def _shown(text: str) -> str:
    """Escape what a terminal would obey, should any of it ever get here."""
    return "".join(
        character
        if unicodedata.category(character) not in ("Cc", "Zl", "Zp", "Cs")
        else f"\\u{ord(character):04x}"
        for character in text
    )
