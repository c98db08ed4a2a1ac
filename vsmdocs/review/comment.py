"""The comment on a pull request, out of a report alone.

The report may come from anyone, so every text of it goes through `markdown_safe`, and every
figure is put into words here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vsmdocs.model.units import Calendar
from vsmdocs.rendering.diff_sentence import (
    NAMES,
    effect_text,
    figure_text,
    is_better,
    share_text,
)
from vsmdocs.rendering.diff_values import Piece
from vsmdocs.rendering.diff_words import label_of
from vsmdocs.rendering.markdown_safe import cell, code, ours, row
from vsmdocs.rendering.quantities import UNKNOWN
from vsmdocs.review.fitting import Part, fit, length
from vsmdocs.review.report import (
    Counts,
    FigureChange,
    Figures,
    FindingReport,
    MapChange,
    MapReport,
    Report,
    SentencePart,
)

MARKER = "<!-- vsmdocs-review -->"
"""The first line of every comment, by which it is found again."""
MOST_CHARACTERS = 59_000
"""GitHub takes 65,536."""
NO_CHANGES = f"{MARKER}\nThis pull request no longer changes any value stream map.\n"
_MESSAGE, _TITLE = 300, 100
_SEVERITIES = {"error": "error", "warning": "warning", "info": "hint"}


def comment(report: Report, link: str = "") -> str:
    """Return the comment as GitHub-flavoured Markdown, empty where no map changed.

    `link` is the address of the run that has the pictures, where one is known.
    """
    if not report.maps:
        return ""
    names = _names(report.maps)
    top = f"{MARKER}\n### {_title(report.counts)}\n\n{_tally(report.counts)}"
    end = _end(report, link)
    room = MOST_CHARACTERS - length(top) - length(end)
    return (top + fit(list(_parts(report, names)), room)).rstrip("\n") + "\n\n" + end


def _title(counts: Counts) -> str:
    told = [(counts.changed, "changed"), (counts.added, "new"), (counts.removed, "removed"),
            (counts.unreadable, "unreadable")]  # fmt: skip
    parts = [f"{count:,} {word}" for count, word in told if count]
    return f"Value stream maps: {', '.join(parts)}" if parts else "Value stream maps"


def _tally(counts: Counts) -> str:
    found = [(counts.error, "error"), (counts.warning, "warning"), (counts.info, "hint")]
    parts = [f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in found if n]
    return f"This change brings in {', '.join(parts)}.\n\n" if parts else ""


def _end(report: Report, link: str) -> str:
    head = code(report.head[:12]) if report.head else "the working tree"
    preview = f" · [Pictures before and after, and the data]({link})" if link else ""
    about = f"From {code(report.base[:12])} to {head}. Times are working time."
    return f"<sub>{about}{preview}</sub>\n"


def _parts(report: Report, names: Sequence[str]) -> Iterator[Part]:
    """Yield what the comment has, in the order in which it is read."""
    sentences = tuple(f"- {_sentence_of(one)}" for one in report.maps)
    yield Part(0.15, sentences, left_out=report.maps_left_out)
    measured = [(one, name) for one, name in zip(report.maps, names, strict=True)
                if one.before or one.after]  # fmt: skip
    figures = tuple(_figures(one, name) for one, name in measured)
    yield Part(0.25, figures, _head("Map", *(_capital(name) for name in NAMES.values())))
    several = len({name for one, name in measured if one.changes}) > 1
    told = [(one, name, change) for one, name in measured for change in one.changes]
    mattered = [one for one in told if _mattered(one[0], one[2])]
    others = [one for one in told if not _mattered(one[0], one[2])]
    columns = _head(*(["Map"] if several else []), "Change", "Where", "What", "What it did")
    if mattered:
        rows = tuple(_change_row(*one, several) for one in mattered)
        yield Part(0.25, rows, ("#### What mattered", "", *columns))
    grave = [one for one in report.findings if one.severity != "info"]
    if grave:
        rows = tuple(_finding_row(one) for one in grave)
        yield Part(0.2, rows, ("#### New findings", "", *_FOUND), left_out=report.findings_left_out)
    left_out = sum(one.changes_left_out for one in report.maps)
    if others or left_out:
        rows = tuple(_change_row(*one, several) for one in others)
        summary = _count(len(others) + left_out, "other change" if mattered else "change")
        yield _folded(0.1, summary, columns, rows, left_out)
    hints = [one for one in report.findings if one.severity == "info"]
    if hints:
        left_out = report.findings_left_out if not grave else 0
        rows = tuple(_finding_row(one) for one in hints)
        summary = _count(len(hints) + left_out, "new hint")
        yield _folded(0.05, summary, _FOUND, rows, left_out)


def _folded(
    share: float, summary: str, head: tuple[str, ...], rows: tuple[str, ...], left_out: int
) -> Part:
    above = (f"<details><summary>{summary}</summary>", "", *head)
    return Part(share, rows, above, ("", "</details>"), left_out)


def _head(*columns: str) -> tuple[str, ...]:
    return (row(*(ours(column) for column in columns)), row(*(":--" for _ in columns)))


_FOUND = _head("Severity", "Where", "What", "Rule")


def _sentence_of(one: MapReport) -> str:
    """Return a map's headline; at the start of a line stands no sign that could mean more."""
    told = cell(_pieces(one.headline))
    return told if told.startswith("`") else f"Map {code(one.path)}: {told}"


def _figures(one: MapReport, name: str) -> str:
    return row(code(name), *(_figure(key, one) for key in NAMES))


def _figure(key: str, one: MapReport) -> str:
    """Return a figure before and after, and in a second line how it changed."""
    before, after = (_shown(key, side) for side in (one.before, one.after))
    if one.before is None or one.after is None:
        return f"new: {after}" if one.before is None else f"was {before}"
    change = _value(key, one.change)
    better = is_better(key, change)
    if change is None:
        return f"{before} → {after}" if before != after else after
    if better is None:
        return f"{after}, unchanged"
    calendar = Calendar(hours_per_day=one.after.hours_per_day)
    share = share_text(key, change, _value(key, one.before))
    text = ours(effect_text(key, change, calendar, share))
    return f"{before} → {after}<br>{'▲' if change > 0 else '▼'} {text}"


def _shown(key: str, side: Figures | None) -> str:
    if side is None:
        return ""
    calendar = Calendar(hours_per_day=side.hours_per_day)
    least = side.lead_time_left_out > 0
    return ours(figure_text(key, _value(key, side), calendar, least=least))


def _value(key: str, of: Figures | FigureChange | None) -> float | None:
    name = f"{key}_hours" if key.endswith("_time") else key
    value: float | None = getattr(of, name) if of is not None else None
    return value


def _mattered(one: MapReport, change: MapChange) -> bool:
    return bool(_effects(one, change) or change.note)


def _effects(one: MapReport, change: MapChange) -> list[str]:
    """Return what a change did in words; nothing of figures that it left alone."""
    sides = [side for side in (one.before, one.after) if side is not None]
    if change.effect is None or not sides:
        return []
    calendar = Calendar(hours_per_day=sides[-1].hours_per_day)
    texts = []
    for key, name in NAMES.items():
        value = _value(key, change.effect)
        if value is None:
            if any(_value(key, side) is not None for side in sides):
                texts.append(f"{name} {UNKNOWN}")
        elif is_better(key, value) is not None:
            texts.append(f"{name} {effect_text(key, value, calendar)}")
    return texts


def _change_row(one: MapReport, name: str, change: MapChange, several: bool) -> str:
    did = [ours(text) for text in _effects(one, change)]
    did += [note] if (note := cell(_pieces(change.note))) else []
    told = (label_of(change.kind), cell(_pieces(change.place)), cell(_pieces(change.text)))
    return row(*([code(name)] if several else []), *told, "; ".join(did))


def _finding_row(one: FindingReport) -> str:
    place = f"{one.path}:{one.line}" if one.line else one.path
    message = code(_cut(one.message, _MESSAGE))
    return row(_SEVERITIES[one.severity], code(place), message, code(one.rule))


def _names(maps: Sequence[MapReport]) -> list[str]:
    """Return what the maps are called; where titles are the same, with what tells them apart."""
    states = [" ".join(filter(None, (one.state, one.variant))) for one in maps]
    names = [
        _cut(one.title or one.path, _TITLE)
        + (f" ({state})" if state not in ("", "current") else "")
        for one, state in zip(maps, states, strict=True)
    ]
    count = Counter(names)
    return [
        name if count[name] == 1 else f"{name}, {one.path}"
        for name, one in zip(names, maps, strict=True)
    ]


def _pieces(sentence: Iterable[SentencePart]) -> list[Piece]:
    return [Piece(part.text, part.said) for part in sentence]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
