"""Random maps as people type them: any order, any quotes, any indentation, comments anywhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.unit.analysis.diff.edits import Data, maps
from vsmdocs.editing.quoting import needs_quotes, quoted
from vsmdocs.reading.source import read_source

TEXTS = st.one_of(
    st.sampled_from(
        [
            "it's: done", "# not a comment", "a # b", "a#b", "- x", "-x", "[a, b]", "{a: b}",
            "null", "~", "yes", "1:30", "x:", ":x", "?x", "? x", "@x", "%x", "`x", "|", ">", "!t",
            "&a", "*a", 'say "hi"', "back\\slash", "ünïcödé 🚀", "---", "...", "--- x", "a: b",
            "x'", "a, b",
            "'", '"', "''", "http://x/#y", "a  b", "=", "<<", "a]b", "a}b", "#", "-", "?", ":",
        ]
    ),
    st.text(st.sampled_from("ab :#-'\"[]{},?&*!|>%@`\\~=.é"), min_size=1, max_size=12),
).map(str.strip).filter(bool)  # fmt: skip
COMMENTS = st.sampled_from(["# why", "#tight", "#", "## two", "#   far", "# it's: {a, 'b'", "#- x"])


@st.composite
def worded(draw: st.DrawFn) -> Data:
    """Draw a map some of whose texts are strange."""
    data = draw(maps())
    for key in draw(st.sets(st.sampled_from(["title", "owner", "unit", "outcome", "trigger"]))):
        data[key] = draw(TEXTS)
    for step in data["steps"]:
        if draw(st.booleans()):
            step[draw(st.sampled_from(["name", "owner", "notes"]))] = draw(TEXTS)
        if draw(st.integers(0, 4)) == 4:
            step["notes"] = draw(st.sampled_from(["a\nb", "a\n\nb\n", "a\n  b\n\n", "  a\nb"]))
    return data


class Scribe:
    """Writes a value in one of the many ways that YAML has for it."""

    def __init__(self, draw: st.DrawFn, *, comments: bool = True) -> None:
        self.draw = draw
        self.comments = comments
        self.written: list[str] = []
        self.in_block = False

    def flip(self, chance: int = 3) -> bool:
        return self.draw(st.integers(0, chance)) == chance

    def comment(self) -> str:
        text = self.draw(COMMENTS)
        self.written.append(text)
        return text

    def above(self, margin: str) -> list[str]:
        """Give comments and blank lines."""
        lines = []
        while self.flip(4):
            if self.comments and self.flip(1):
                # Deeper than a block of text it would be one more line of that.
                columns = [len(margin), 0] if self.in_block else [len(margin), 0, 9]
                lines.append(" " * self.draw(st.sampled_from(columns)) + self.comment())
            else:
                lines.append("")
        return lines

    def note(self) -> str:
        return " " * self.draw(st.integers(1, 3)) + self.comment() if self.ends() else ""

    def ends(self) -> bool:
        return self.comments and self.flip(5)

    def mapping(self, data: Data, margin: str, first: str | None = None) -> list[str]:
        keys = list(data)
        if "grade" in keys or "id" in keys or "from" in keys or "steps" in keys:
            keys = self.draw(st.permutations(keys))
        lines: list[str] = []
        for number, key in enumerate(keys):
            begin = margin if number or first is None else first
            if number or first is None:
                lines += self.above(margin)
            name = quoted(key) if self.flip(9) else key
            lines += self.value(data[key], f"{begin}{name}:", margin, True)
        return lines

    def value(self, value: Any, start: str, margin: str, pair: bool) -> list[str]:
        self.in_block = False
        if isinstance(value, str):
            return self.text(value, start, margin)
        if self.flow(value, pair):
            return self.in_brackets(value, start, margin)
        deeper = margin + " " * self.draw(st.integers(1, 4))
        if isinstance(value, dict):
            return [start + self.note(), *self.mapping(value, deeper)]
        inner = margin if pair and self.flip(2) else deeper
        lines = [start + self.note()]
        for item in value:
            lines += self.above(inner)
            dash = inner + "-" + " " * self.draw(st.integers(1, 3))
            if isinstance(item, dict) and not self.flow(item, False):
                lines += self.mapping(item, " " * len(dash), dash)
            else:
                lines += self.value(item, dash.rstrip(" "), inner, False)
        return lines

    def flow(self, value: Any, pair: bool) -> bool:
        plain = isinstance(value, dict) and "steps" in value
        return not value or (not plain and self.flip(1 if pair else 2) and _shallow(value))

    def in_brackets(self, value: Any, start: str, margin: str) -> list[str]:
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        parts = []
        for item in value:
            own = value[item] if isinstance(value, dict) else item
            text = self.plain(own, flow=True) if isinstance(own, str) else self.inner(own)
            parts.append(f"{item}: {text}" if isinstance(value, dict) else text)
        if not self.flip(3):
            return [f"{start} {opening}{', '.join(parts)}{closing}{self.note()}"]
        lines = [f"{start} {opening}"]
        for number, part in enumerate(parts):
            comma = "," if number < len(parts) - 1 else ""
            lines += [f"{margin}  {part}{comma}{self.note()}"]
        return [*lines, f"{margin} {closing}{self.note()}"]

    def inner(self, value: Any) -> str:
        if isinstance(value, str):
            return self.plain(value, flow=True)
        if isinstance(value, dict):
            parts = (f"{key}: {self.inner(item)}" for key, item in value.items())
            return f"{{{', '.join(parts)}}}"
        return f"[{', '.join(map(self.inner, value))}]"

    def plain(self, text: str, *, flow: bool = False) -> str:
        if "\n" in text or self.flip(5):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
        return quoted(text) if needs_quotes(text, flow=flow) or self.flip(5) else text

    def text(self, text: str, start: str, margin: str) -> list[str]:
        if "\n" in text and not self.flip(3) and not text.startswith((" ", "\n")):
            chomp = "" if text.endswith("\n") and not text.endswith("\n\n") else "-"
            if text.endswith("\n\n") or text.strip("\n") == "":
                return [f"{start} {self.plain(text)}{self.note()}"]
            deeper = margin + " " * self.draw(st.integers(1, 4))
            lines = [deeper + line if line else "" for line in text.rstrip("\n").split("\n")]
            self.in_block = True
            return [f"{start} |{chomp}{self.note()}", *lines]
        words = text.split(" ")
        long = len(words) > 3 and "" not in words and not needs_quotes(text) and "#" not in text
        if long and self.flip(2) and not any(w[:1] in "-?:" or w.endswith(":") for w in words[2:]):
            return [
                f"{start} {words[0]} {words[1]}",
                f"{margin}   {' '.join(words[2:])}{self.note()}",
            ]
        own = self.plain(text)
        if self.flip(9):
            between = self.above(margin + "  ")
            return [start + self.note(), *between, f"{margin}   {own}{self.note()}"]
        return [f"{start} {own}{self.note()}"]


def _shallow(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return all(
        isinstance(item, str) or (all(isinstance(x, str) for x in item) and isinstance(value, dict))
        for item in items
    )


@st.composite
def messy_maps(draw: st.DrawFn, *, comments: bool = True) -> tuple[Data, str, list[str]]:
    """Draw a map's data, a file that says it, and the comments in that."""
    data = draw(worded())
    scribe = Scribe(draw, comments=comments)
    lines = ["---", *scribe.mapping(data, draw(st.sampled_from(["", "", "", "  "])))]
    lines += scribe.above("")
    body = draw(st.sampled_from(["", "Prose.\n", "\n  Prose.  \n\n- a\n\n\n", "no end"]))
    text = "\n".join([*lines, "---", body])
    read_source("", text.encode())
    return data, text, scribe.written
