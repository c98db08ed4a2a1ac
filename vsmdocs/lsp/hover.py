"""What is shown over a place: the figures of a step or of the whole map, or what a key means."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.lsp import grammar
from vsmdocs.lsp.analysis import Analysis
from vsmdocs.lsp.mentions import mention_at, mentions
from vsmdocs.lsp.outline import Outline
from vsmdocs.lsp.positions import Span
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.markdown_safe import code
from vsmdocs.rendering.quantities import format_count, format_hours, format_percent


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about a stretch of text."""

    text: str
    span: Span


def hover_at(
    outline: Outline, lines: tuple[str, ...], line: int, column: int, known: Analysis | None
) -> Hover | None:
    """Return what there is to say of a place; `known` is the last text that was a map."""
    entry = outline.at(line, column)
    if entry is None:
        return None
    if entry.key is not None and entry.key.holds(line, column):
        about = grammar.meaning(entry.path)
        figures = _totals(known) if entry.path == ("title",) else ""
        text = "\n\n".join(part for part in (about, figures) if part)
        return Hover(text, entry.key) if text else None
    if entry.path == ("title",) and known is not None:
        text = _totals(known)
        return Hover(text, entry.value) if text else None
    found = mention_at(mentions(outline, lines), line, column)
    if found is not None and known is not None:
        text = _step(known, found.id)
        return Hover(text, found.span) if text else None
    about = grammar.meaning(entry.path)
    return Hover(about, entry.value) if about and entry.text else None


def _totals(known: Analysis | None) -> str:
    if known is None or known.document is None or known.metrics is None:
        return ""
    totals, calendar = known.metrics.totals, known.metrics.calendar

    def time(hours: float | None) -> str:
        return format_hours(hours, calendar)

    least = "at least " if totals.lead_time_left_out else ""
    rows = [
        ("Lead time", least + time(totals.lead_time)),
        ("Process time", time(totals.process_time)),
        ("Wait time", time(totals.wait_time)),
        ("Activity ratio", format_percent(totals.activity_ratio)),
        ("Rolled %C&A", format_percent(totals.complete_accurate)),
        ("Expected lead time", least + time(totals.expected_lead_time)),
        ("First pass", format_percent(totals.first_pass)),
        ("Handoffs", format_count(totals.handoffs)),
    ]
    hours, days = format_count(calendar.hours_per_day), format_count(calendar.days_per_week)
    note = f"Working days of {hours} h, weeks of {days} days"
    return _table(known.document.map.title, rows, note)


def _step(known: Analysis, name: str) -> str:
    document, metrics = known.document, known.metrics
    if document is None or metrics is None:
        return ""
    step = next((one for one in document.map.steps if one.id == name), None)
    row = next((one for one in metrics.steps if one.id == name), None)
    if step is None or row is None:
        return ""
    calendar = metrics.calendar
    path = "on it" if row.on_critical_path else f"slack {format_hours(row.slack, calendar)}"
    if row.slack is None and not row.on_critical_path:
        path = "no item comes by"
    rows = [
        ("Owner", code(step.owner) if step.owner else "not stated"),
        ("Process time", format_hours(row.process_time, calendar)),
        ("Wait time", format_hours(row.wait_time, calendar)),
        ("Lead time", format_hours(row.lead_time, calendar)),
        ("Of the whole lead time", _part(document.map, metrics, name)),
        ("%C&A", format_percent(row.complete_accurate)),
        ("Visits", format_count(row.visits)),
        ("Comes by", format_percent(row.share)),
        ("Critical path", path),
    ]
    if row.utilisation is not None:
        rows.append(("Demand over capacity", format_percent(row.utilisation)))
    return _table(step.title, rows, "")


def _part(stream_map: ValueStreamMap, metrics: StreamMetrics, name: str) -> str:
    """Return what part of the expected lead time goes with the step."""
    found = [point.share for point in metrics.stuck if point.kind == "step" and point.step == name]
    return format_percent(found[0]) if found else format_percent(0.0)


def _table(title: str, rows: list[tuple[str, str]], note: str) -> str:
    body = "\n".join(f"| {name} | {value} |" for name, value in rows)
    text = f"{code(title)}\n\n| | |\n| --- | ---: |\n{body}"
    return f"{text}\n\n{note}" if note else text
