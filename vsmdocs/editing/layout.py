"""From an outline to text: two blanks a level, one line a value, comments where they were.

What the writer chose stays: brackets or lines, the order of lists, blank lines between things
that stay neighbours. An entry that is kept as it was written is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vsmdocs.editing.nodes import Collection, Entry, Node, Path, Scalar
from vsmdocs.editing.order import keys_in_order
from vsmdocs.editing.quoting import in_one_line

WIDTH = 100
_ORDERS = "vsmdocs:"
"""What a comment that switches a rule off has in it."""
_STEP = 2


def lay_out(root: Collection, *, keep: bool = False) -> list[str]:
    """Return the lines of a frontmatter.

    With `keep` entries stay in their order and, where they have their old lines, as they
    were written; else everything gets the one layout.
    """
    return _Layout(keep).document(root)


def entry_lines(entry: Entry, where: Path, *, mapping: bool) -> list[str]:
    """Return one entry in the one layout, for comparing."""
    return _Layout(False).entries(Collection([entry], mapping), where, 0)


class _Layout:
    def __init__(self, keep: bool) -> None:
        self.keep = keep

    def document(self, root: Collection) -> list[str]:
        """Return all lines; what stands above the first key and a blank line stays on top."""
        if self.keep:
            return self.entries(root, (), max(root.column, 0))
        header: list[str] = []
        entries = list(root.entries)
        if entries and "" in (lead := entries[0].lead):
            end = len(lead) - lead[::-1].index("")
            header, entries[0] = lead[:end], replace(entries[0], lead=lead[end:])
        root = replace(root, entries=entries)
        orders, ordered = _stay_on_top(root)
        top = _comments([*header, *orders], 0)
        lines = self.entries(root, (), 0, ordered)
        return [*top[top[:1] == [""] :], *lines]

    # --- blocks -------------------------------------------------------------------

    def entries(
        self, node: Collection, where: Path, column: int, ordered: list[Entry] | None = None
    ) -> list[str]:
        """Return a block's entries, in their order unless one is given."""
        if ordered is None:
            ordered = node.entries if self.keep else _ordered(node, where)
        leads = self._leads(node, ordered, where)
        lines: list[str] = []
        for number, (entry, lead) in enumerate(zip(ordered, leads, strict=True)):
            comments = self._above(entry, lead, column)
            if not self.keep and lines and lines[-1] == "" and comments[:1] == [""]:
                comments = comments[1:]
            path = (*where, entry.name if node.is_mapping else number)
            own = self._entry(entry, path, column, node.is_mapping)
            lines += [*comments, *own, *_comments(entry.after, column)]
        tail = list(node.below) if self.keep and node.below else _comments(node.tail, column)
        return [*lines, *tail]

    def _above(self, entry: Entry, lead: list[str], column: int) -> list[str]:
        """Return the lines above an entry: as they were where it stays where it was."""
        as_written = entry.source or not entry.inside
        if self.keep and entry.above is not None and as_written and entry.column >= column:
            return list(entry.above)
        return _comments(lead, column)

    def _leads(self, node: Collection, ordered: list[Entry], where: Path) -> list[list[str]]:
        """Return what stands above each entry, blank lines settled."""
        if self.keep:
            return [entry.lead for entry in ordered]
        before = {id(b): a for a, b in zip(node.entries, node.entries[1:], strict=False)}
        spaced = not node.is_mapping and any(
            entry.lead[:1] == [""] for entry in node.entries[1:] if _is_part(entry.value)
        )
        leads: list[list[str]] = []
        for number, entry in enumerate(ordered):
            lead = entry.lead
            if number == 0:
                lead = lead[1:] if lead[:1] == [""] else lead
            elif node.is_mapping and before.get(id(entry)) is not ordered[number - 1]:
                lead = lead[1:] if lead[:1] == [""] else lead
                lead = ["", *lead] if not where and _is_block(entry.value) else lead
            elif spaced and _is_part(entry.value) and "" not in lead:
                lead = ["", *lead]
            leads.append(lead)
        return leads

    def _entry(self, entry: Entry, where: Path, column: int, pair: bool) -> list[str]:
        """Return one entry in its column, without what stands above and below it."""
        inner = column if pair else column + _STEP
        margin = " " * column
        if self.keep and entry.source:
            if pair and entry.column == column:
                return [margin + entry.source[0], *entry.source[1:]]
            if not pair and entry.column > column + 1:
                dash = "-".ljust(entry.column - column)
                return [margin + dash + entry.source[0], *entry.source[1:]]
        if not pair:
            return self._item(entry, where, column)
        key = in_one_line(entry.key, key=True) if entry.key else ""
        return self._after_colon(f"{margin}{key}:", entry, where, inner)

    def _item(self, entry: Entry, where: Path, column: int) -> list[str]:
        value, margin = entry.value, " " * column
        if isinstance(value, Scalar) or value.flow:
            return self._after_colon(f"{margin}-", entry, where, column)
        inner = column + _STEP
        if self.keep and value.column > column + 1:
            inner = value.column
        lines = self.entries(value, where, inner)
        first = next((n for n, line in enumerate(lines) if not _is_remark(line)), 0)
        # What is about the first key stands above the whole item.
        above = [margin + line.lstrip(" ") for line in lines[:first] if line]
        dash = margin + "-".ljust(inner - column)
        note = [margin + _comment(entry.note)] if entry.note else []
        return [*note, *above, dash + lines[first][inner:], *lines[first + 1 :]]

    def _after_colon(self, start: str, entry: Entry, where: Path, column: int) -> list[str]:
        value = entry.value
        if isinstance(value, Collection) and not value.flow:
            inner = column + _STEP
            if self.keep and (
                value.column > column or (value.column == column >= 0 and not value.is_mapping)
            ):
                inner = value.column
            return [_noted(start, entry.note), *self.entries(value, where, inner)]
        if isinstance(value, Collection):
            lines = self._flow_lines(start + " ", value, where, column)
            return [*lines[:-1], _noted(lines[-1], entry.note)]
        margin = " " * (column + _STEP)
        if value.is_block:
            announced = _noted(f"{start} {value.header}", entry.note)
            return [announced, *(margin + line if line else "" for line in value.lines)]
        if len(value.lines) > 1:
            begun, *rest = value.lines
            head = [start, margin + begun] if value.below else [f"{start} {begun}"]
            lines = [*head, *(margin + line if line else "" for line in rest)]
            return [*lines[:-1], _noted(lines[-1], entry.note)]
        text = in_one_line(value)
        line = f"{start} {text}" if text else start
        if value.below and len(line) > WIDTH and text:
            return [start, _noted(margin + text, entry.note)]
        return [_noted(line, entry.note)]

    # --- brackets -----------------------------------------------------------------

    def _flow_lines(self, start: str, node: Collection, where: Path, column: int) -> list[str]:
        """Return a collection in brackets: one line where it was one, or where it fits."""
        line = start + self._in_brackets(node, where)
        if not node.has_comments and (not node.broken or len(line) <= WIDTH):
            return [line]
        opening, closing = "{}" if node.is_mapping else "[]"
        # A bracket closes deeper than its key: other readers of YAML insist on it.
        base = column + _STEP
        margin = " " * (base + _STEP)
        lines = [start + opening]
        ordered = node.entries if self.keep else _ordered(node, where)
        for number, entry in enumerate(ordered):
            path = (*where, entry.name if node.is_mapping else number)
            key = f"{in_one_line(entry.key, flow=True, key=True)}: " if entry.key else ""
            lines += _comments([line for line in entry.lead if line], base + _STEP)
            if isinstance(entry.value, Collection):
                own = self._flow_lines(margin + key, entry.value, path, base)
            else:
                own = [margin + key + in_one_line(entry.value, flow=True)]
            comma = "," if number < len(ordered) - 1 else ""
            lines += [*own[:-1], _noted(own[-1] + comma, entry.note)]
        lines += _comments([line for line in node.tail if line], base + _STEP)
        return [*lines, " " * base + closing]

    def _in_brackets(self, node: Node, where: Path) -> str:
        if isinstance(node, Scalar):
            return in_one_line(node, flow=True)
        ordered = node.entries if self.keep else _ordered(node, where)
        parts = []
        for number, entry in enumerate(ordered):
            path = (*where, entry.name if node.is_mapping else number)
            key = f"{in_one_line(entry.key, flow=True, key=True)}: " if entry.key else ""
            parts.append(key + self._in_brackets(entry.value, path))
        return ("{%s}" if node.is_mapping else "[%s]") % ", ".join(parts)


def _stay_on_top(root: Collection) -> tuple[list[str], list[Entry]]:
    """Return comments that must stay above all keys, and the entries in order.

    A comment that switches a rule off does so for the whole file above the first key, and
    elsewhere for a line; which of the two must not change with the order of keys.
    """
    ordered = _ordered(root, ())
    if not ordered or ordered[0] is root.entries[0]:
        return [], ordered
    first, top = ordered[0], root.entries[0]
    own = [line for line in first.lead if _ORDERS in line]
    if len(own) > 1 or (own and first.note):
        # There is no room for them but above their key, so that key cannot be the first one.
        return [], [top, *(entry for entry in ordered if entry is not top)]
    if own:
        first.lead, first.note = [line for line in first.lead if _ORDERS not in line], own[0]
    orders = [line for line in top.lead if _ORDERS in line]
    top.lead = [line for line in top.lead if _ORDERS not in line]
    return [*orders, ""] if orders else [], ordered


def _ordered(node: Collection, where: Path) -> list[Entry]:
    keys = keys_in_order(where, node) if node.is_mapping else ()
    place = {key: number for number, key in enumerate(keys)}
    return sorted(node.entries, key=lambda entry: place.get(entry.name, len(place)))


def _is_block(node: Node) -> bool:
    return isinstance(node, Collection) and not node.flow


def _is_part(node: Node) -> bool:
    return isinstance(node, Collection) and not node.flow and node.is_mapping


def _is_remark(line: str) -> bool:
    return not line or line.lstrip(" ").startswith("#")


def _noted(line: str, note: str) -> str:
    return f"{line.rstrip(' ')}  {_comment(note)}" if note else line.rstrip(" ")


def _comment(text: str, below: bool = False) -> str:
    """Return a comment with a blank after its `#`; one more where it is `below` one that lacks it.

    What is commented out keeps its indentation so.
    """
    if _is_tight(text) or (below and text.startswith("#  ")):
        return f"# {text[1:]}"
    return text


def _is_tight(text: str) -> bool:
    return len(text) > 1 and text[1] not in " #"


def _comments(lines: Sequence[str], column: int) -> list[str]:
    """Return comments in their column, and of several blank lines one."""
    shown: list[str] = []
    below = False
    for text in lines:
        if text:
            below = below or _is_tight(text)
            shown.append(" " * column + _comment(text, below))
        else:
            below = False
            if not shown or shown[-1]:
                shown.append("")
    return shown
