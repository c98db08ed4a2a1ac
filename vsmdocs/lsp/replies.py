"""What is known of a text, in the words of the protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lsprotocol import types

from vsmdocs.errors import Finding, Severity
from vsmdocs.lsp.completion import Kind, Suggestion
from vsmdocs.lsp.documents import Opened
from vsmdocs.lsp.entries import Entry
from vsmdocs.lsp.hover import Hover
from vsmdocs.lsp.positions import Lines, Span

_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_KINDS: dict[Kind, types.CompletionItemKind] = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.EnumMember,
    "step": types.CompletionItemKind.Reference,
    "unit": types.CompletionItemKind.Unit,
    "used": types.CompletionItemKind.Value,
    "day": types.CompletionItemKind.Value,
}
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_LISTS = {
    "steps": ("Steps", types.SymbolKind.Function),
    "rework": ("Rework", types.SymbolKind.Event),
    "improvements": ("Improvements", types.SymbolKind.Event),
    "targets": ("Targets", types.SymbolKind.Number),
}


def diagnostics(findings: Iterable[Finding], lines: Lines) -> list[types.Diagnostic]:
    """Return findings as an editor shows them: what is wrong, and below it what to write."""
    return [
        types.Diagnostic(
            _range(finding, lines),
            f"{finding.message}\n{finding.hint}" if finding.hint else finding.message,
            severity=_SEVERITIES[finding.severity],
            code=finding.rule,
            source="vsmdocs",
        )
        for finding in findings
    ]


def _range(finding: Finding, lines: Lines) -> types.Range:
    line, start = max(finding.line - 1, 0), max(finding.column - 1, 0)
    known = finding.end_column > finding.column
    end = finding.end_column - 1 if known else start + 1 if finding.line else 0
    return lines.to_range(Span(line, start, end))


def completion(found: Iterable[Suggestion], lines: Lines) -> types.CompletionList:
    """Return suggestions in their order; what is typed on is asked about anew."""
    items = [
        types.CompletionItem(
            one.label,
            kind=_KINDS[one.kind],
            detail=one.detail or None,
            documentation=_markdown(one.about) if one.about else None,
            sort_text=f"{number:04}",
            filter_text=one.insert.strip(" "),
            text_edit=types.TextEdit(lines.to_range(one.span), one.insert),
        )
        for number, one in enumerate(found)
    ]
    return types.CompletionList(is_incomplete=any(i.kind is _KINDS["unit"] for i in items),
                                items=items)  # fmt: skip


def hover(found: Hover | None, lines: Lines) -> types.Hover | None:
    """Return what is shown over a place."""
    return types.Hover(_markdown(found.text), lines.to_range(found.span)) if found else None


def _markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def locations(opened: Opened, spans: Iterable[Span]) -> list[types.Location]:
    """Return places of a text."""
    return [types.Location(opened.uri, opened.lines.to_range(span)) for span in spans]


def symbols(opened: Opened) -> list[types.DocumentSymbol]:
    """Return the parts of a map by name: its steps, loops, improvements and targets."""
    found = []
    entries = opened.outline.entries
    for entry in entries:
        if entry.key is None or len(entry.path) != 1:
            continue
        name = str(entry.path[0])
        if name == "title":
            found.append(
                _symbol(entry.text or "title", types.SymbolKind.File, [entry], opened.lines)
            )
        elif name in _LISTS:
            label, kind = _LISTS[name]
            inside = [one for one in entries if one.path[:1] == (name,)]
            symbol = _symbol(label, types.SymbolKind.Array, inside, opened.lines)
            symbol.children = [
                _symbol(_title(item), kind, item, opened.lines) for item in _items(inside)
            ]
            found.append(symbol)
    return found


def _items(entries: list[Entry]) -> list[list[Entry]]:
    items: dict[str | int, list[Entry]] = {}
    for entry in entries:
        if len(entry.path) > 1:
            items.setdefault(entry.path[1], []).append(entry)
    return list(items.values())


def _title(item: list[Entry]) -> str:
    texts = {entry.path[2]: entry.text for entry in item if len(entry.path) == 3 and entry.text}
    if "from" in texts:
        return f"{texts['from']} → {texts.get('to', '…')}"
    names = ("name", "title", "id", "metric")
    return next((texts[name] for name in names if name in texts), "…")


def _symbol(
    name: str, kind: types.SymbolKind, entries: list[Entry], lines: Lines
) -> types.DocumentSymbol:
    first = entries[0].key or entries[0].value
    last = max((entry.value for entry in entries), key=lambda span: (span.line, span.end))
    whole = types.Range(
        lines.to_client(first.line, first.start),
        lines.to_client(last.line, max(last.end, first.end if last.line == first.line else 0)),
    )
    return types.DocumentSymbol(name.strip() or "…", kind, whole, lines.to_range(first))


def _pieces(text: str) -> list[str]:
    """Return the lines of a text with what ends them."""
    return [match[0] for match in _LINE.finditer(text)]


def whole_text(old: str, new: str, lines: Lines) -> list[types.TextEdit]:
    """Return the edit that makes one text of another, of the lines alone that differ."""
    if old == new:
        return []
    before, after = _pieces(old), _pieces(new)
    top = 0
    while top < min(len(before), len(after)) and before[top] == after[top]:
        top += 1
    end = 0
    while end < min(len(before), len(after)) - top and before[-1 - end] == after[-1 - end]:
        end += 1
    start = types.Position(top, 0)
    stop = len(before) - end
    last = types.Position(stop, 0) if stop < len(lines.lines) else lines.whole().end
    return [types.TextEdit(types.Range(start, last), "".join(after[top : len(after) - end]))]
