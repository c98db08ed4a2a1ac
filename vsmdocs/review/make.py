"""From what was compared to a report: what a reader needs of it, within a report's bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vsmdocs.analysis.diff import Effect, MapDiff
from vsmdocs.errors import Finding
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.rendering.diff_sentence import headline_pieces, note_pieces
from vsmdocs.rendering.diff_values import Piece
from vsmdocs.rendering.diff_words import Words, describe
from vsmdocs.rendering.metrics_json import tidy
from vsmdocs.review.report import (
    LEAST_HOURS_PER_DAY,
    LINE,
    MOST_BYTES,
    MOST_PIECES,
    MOST_ROWS,
    PATH,
    PIECE,
    SCHEMA_VERSION,
    Counts,
    FigureChange,
    Figures,
    FindingReport,
    MapChange,
    MapReport,
    Report,
    SentencePart,
    Status,
    report_json,
)

_SEVERITIES = ("error", "warning", "info")


def make_report(
    base: str,
    head: str | None,
    diffs: Sequence[tuple[str, MapDiff]],
    unreadable: Mapping[str, bool],
    findings: Sequence[Finding],
) -> Report:
    """Return the report of what lies between two commits, cut where it would be too long.

    Parameters
    ----------
    diffs
        The maps that were compared, each with its path. Those that changed most come first in
        the report, after those that cannot be read.
    unreadable
        Paths of maps that could not be, and whether it is the newer version that is at fault.
    findings
        What the change brings in.
    """
    maps = [*(_unreadable(path, newer, findings) for path, newer in sorted(unreadable.items()))]
    ranked = sorted(diffs, key=lambda pair: -_weight(pair[1]))
    maps += [_map(path, one) for path, one in ranked]
    worst = sorted(findings, key=lambda finding: (_SEVERITIES.index(finding.severity), finding))
    statuses = Counter(one.status for one in maps)
    severities = Counter(finding.severity for finding in findings)
    counts = Counts(
        added=statuses["added"],
        removed=statuses["removed"],
        changed=statuses["changed"],
        unreadable=statuses["unreadable"],
        error=severities["error"],
        warning=severities["warning"],
        info=severities["info"],
    )
    most = MOST_ROWS
    while True:
        report = Report(
            schema_version=SCHEMA_VERSION,
            base=base,
            head=head,
            counts=counts,
            maps=tuple(_shortened(one, most) for one in maps[:most]),
            maps_left_out=max(len(maps) - most, 0),
            findings=tuple(_finding(finding) for finding in worst[:most]),
            findings_left_out=max(len(worst) - most, 0),
        )
        if len(report_json(report)) <= MOST_BYTES or most == 1:
            return report
        most //= 2


def _unreadable(path: str, newer: bool, findings: Iterable[Finding]) -> MapReport:
    count = sum(finding.path == path and finding.severity == "error" for finding in findings)
    errors = f": {count:,} error{'' if count == 1 else 's'}" if count else ""
    what = " cannot be read" + errors if newer else " could not be read before this change"
    return MapReport(
        stream=None,
        state=None,
        variant=None,
        path=_cut(path, PATH),
        title=None,
        status="unreadable",
        headline=_sentence([Piece(path, said=True), Piece(what)]),
        before=None,
        after=None,
        change=None,
        changes=(),
        changes_left_out=0,
    )


def _map(path: str, one: MapDiff) -> MapReport:
    known = one.head or one.base
    if known is None:
        raise ValueError("a comparison needs a map")
    words = Words.of(one) if one.changes else None
    return MapReport(
        stream=known.stream,
        state=known.state,
        variant=known.variant,
        path=_cut(path, PATH),
        title=_cut(known.title, LINE),
        status=_status(one),
        headline=_sentence(headline_pieces(one)),
        before=_figures(one.base_metrics),
        after=_figures(one.head_metrics),
        change=_change(one.effect),
        changes=tuple(_told(one, index, words) for index in range(len(one.changes)))
        if words
        else (),
        changes_left_out=0,
    )


def _weight(one: MapDiff) -> float:
    """Return how much a map changed, as a part of its lead time; words alone less than nothing."""
    if one.base_metrics is None or one.effect is None:
        return 1.0
    change, whole = one.effect.expected_lead_time, one.base_metrics.totals.expected_lead_time
    if one.only_words:
        return -1.0
    return abs(change / whole) if change is not None and whole else 0.0


def _status(one: MapDiff) -> Status:
    if one.base is None:
        return "added"
    return "removed" if one.head is None else "changed"


def _told(one: MapDiff, index: int, words: Words) -> MapChange:
    change = one.changes[index]
    told = describe(change, words)
    return MapChange(
        kind=change.kind,
        step=_name(change.step),
        to=_name(change.to),
        improvement=_name(change.improvement),
        field=_name(change.field),
        place=_sentence(told.place),
        text=_sentence(told.text),
        note=_sentence(note_pieces(one, index, words)),
        effect=_change(change.effect),
    )


def _shortened(one: MapReport, most: int) -> MapReport:
    left_out = len(one.changes) - most
    if left_out <= 0:
        return one
    return one.model_copy(update={"changes": one.changes[:most], "changes_left_out": left_out})


def _finding(finding: Finding) -> FindingReport:
    return FindingReport(
        path=_cut(finding.path, PATH),
        line=finding.line,
        column=finding.column,
        rule=_cut(finding.rule, LINE),
        severity=finding.severity,
        message=_cut(finding.message, LINE),
        hint=_cut(finding.hint, LINE),
    )


def _figures(metrics: StreamMetrics | None) -> Figures | None:
    if metrics is None:
        return None
    totals = metrics.totals
    return Figures(
        lead_time_hours=_bounded(totals.lead_time, 1e15),
        expected_lead_time_hours=_bounded(totals.expected_lead_time, 1e15),
        activity_ratio=_bounded(totals.activity_ratio, 1e6),
        complete_accurate=_bounded(totals.complete_accurate, 1e6),
        lead_time_left_out=totals.lead_time_left_out,
        hours_per_day=max(tidy(metrics.calendar.hours_per_day), LEAST_HOURS_PER_DAY),
    )


def _change(effect: Effect | None) -> FigureChange | None:
    if effect is None:
        return None
    return FigureChange(
        lead_time_hours=_bounded(effect.lead_time, 1e15),
        expected_lead_time_hours=_bounded(effect.expected_lead_time, 1e15),
        activity_ratio=_bounded(effect.activity_ratio, 1e6),
        complete_accurate=_bounded(effect.complete_accurate, 1e6),
    )


def _bounded(value: float | None, most: float) -> float | None:
    return None if value is None else float(tidy(min(max(value, -most), most)))


def _sentence(pieces: Sequence[Piece]) -> tuple[SentencePart, ...]:
    kept = [SentencePart(text=_cut(p.text, PIECE), said=p.said) for p in pieces[:MOST_PIECES]]
    if len(pieces) > MOST_PIECES:
        kept[-1] = SentencePart(text=" …")
    return tuple(kept)


def _cut(text: str, most: int) -> str:
    """Return a text that JSON can hold; names of files need not be UTF-8."""
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= most else text[: most - 1] + "…"


def _name(text: str | None) -> str | None:
    return None if text is None else _cut(text, LINE)
