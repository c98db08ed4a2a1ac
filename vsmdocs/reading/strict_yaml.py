"""The small, strict part of YAML that a map is written in, with a place for every value.

Values are text, lists and mappings, or nothing; what a text means is decided by the model
and not by YAML, which reads `no` as false and `1:30` as 90. What lets a short file become a
huge value, or one value hide another, is refused: anchors, aliases, merges, tags, duplicate
keys, deep nesting, several documents.

The builder stands on the parser's events, so it stops at the first level too deep; PyYAML's
own C loader composes recursively and crashes on 200,000 open brackets.
"""

from __future__ import annotations

import re
from typing import Any, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from vsmdocs.errors import Finding
from vsmdocs.reading.event_parsers import FASTEST_PARSER, EventParser
from vsmdocs.reading.marks import Marks, Path
from vsmdocs.reading.source import SourceText, forbidden_character
from vsmdocs.reading.yaml_errors import COLON_NEEDS_SPACE, NOTHING_AFTER_INDICATOR, explain

DEEPEST = 20
MOST_VALUES = 30_000
_NOTHING = ("", "~", "null")
_NO_KEY = ("", "<<")
_HASH_IN_HEADER = re.compile(r"[|>][-+0-9]*#")
_FLOW = tuple("?,[]{}")
_QUOTE = "put quotes around it if it is meant as text"


class _StopReadingError(Exception):
    """Ends the reading of a file; what was found is kept."""


class YamlTree:
    """What was read: plain data, where it stands, and what is wrong with it."""

    __slots__ = ("data", "findings", "incomplete", "marks", "refused")

    def __init__(self, marks: Marks) -> None:
        self.data: dict[str, Any] | None = None
        """None where the text could not be read to its end."""
        self.marks = marks
        self.findings: list[Finding] = []
        self.refused: set[Path] = set()
        """Values that were refused, so that nothing is said of them twice."""
        self.incomplete: set[Path] = set()
        """Mappings from which a merge was left out, so that no key of theirs is missed."""


def read_yaml(
    text: str, source: SourceText, first_line: int, parser: type[Any] = FASTEST_PARSER
) -> YamlTree:
    """Read the frontmatter `text`, whose first line is `first_line` of `source`."""
    tree = YamlTree(Marks(source.lines, first_line))
    if "\t" in text:
        tree.findings += _tabs(text, source, first_line)
        return tree
    builder = _Builder(tree, source, first_line)
    try:
        builder.read(cast(EventParser, parser(text)))
    except _StopReadingError:
        pass
    except yaml.YAMLError as error:
        tree.findings.append(explain(error, source, first_line, text.count("\n")))
    except (ValueError, OverflowError):
        # The parser in Python lets these through for escapes and versions out of range.
        builder.complain(
            builder.last, "yaml-syntax", "a value near here cannot be read", "remove the escape"
        )
    return tree


def _tabs(text: str, source: SourceText, first_line: int) -> list[Finding]:
    return [
        source.finding(
            first_line + number,
            line.index("\t") + 1,
            "yaml-tab",
            "a tab stands in the frontmatter",
            "write spaces instead",
        )
        for number, line in enumerate(text.split("\n"))
        if "\t" in line
    ][:101]


class _Builder:
    """Turns events into data; one call reads one value with everything in it."""

    def __init__(self, tree: YamlTree, source: SourceText, first_line: int) -> None:
        self.tree, self.source, self.first_line = tree, source, first_line
        self.values, self.keys = tree.marks.values, tree.marks.keys
        self.last: Any = None
        self.count = 0
        self.next: Any = None

    def complain(self, event: Any, rule: str, message: str, hint: str) -> None:
        """Keep a finding about an event's place."""
        start, end = event.start_mark, event.end_mark
        finding = self.source.finding(
            self.first_line + start.line,
            start.column + 1,
            rule,
            message,
            hint,
            end_column=end.column + 1 if end.line == start.line else 0,
        )
        self.tree.findings.append(finding)

    def read(self, parser: EventParser) -> None:
        """Read the one document that there may be."""
        self.next = parser.get_event
        self.next()
        event = self.next()
        if event.__class__ is StreamEndEvent:
            self.complain(
                event, "not-a-mapping", "the frontmatter is empty", "write title: and steps:"
            )
            return
        self._check_start(event)
        event = self.next()
        if event.__class__ is not MappingStartEvent:
            self._not_a_mapping(event)
            return
        data = self._value(event, (), 1)
        end: DocumentEndEvent = self.next()
        if end.explicit:
            self._several_documents(end)
        following = self.next()
        if following.__class__ is not StreamEndEvent:
            self._several_documents(following)
        self.tree.data = data

    def _check_start(self, event: DocumentStartEvent) -> None:
        if event.version or event.tags:
            self.complain(
                event, "yaml-directive", "a YAML directive stands here", "remove the lines with %"
            )
            raise _StopReadingError
        if event.explicit:
            self._several_documents(event)

    def _several_documents(self, event: Any) -> None:
        self.complain(
            event,
            "yaml-documents",
            "a second YAML document begins or ends here",
            "a map has one frontmatter: keep its keys between two lines of --- alone",
        )
        raise _StopReadingError

    def _not_a_mapping(self, event: Any) -> None:
        self.complain(
            event,
            "not-a-mapping",
            "there is no “: ” between a key and its value here"
            if event.__class__ is ScalarEvent
            else "the frontmatter is not made of keys and values",
            "write one key a line, such as title: Feature delivery",
        )

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        self.last = event
        self.count += 1
        if self.count > MOST_VALUES:
            self.complain(
                event,
                "too-many-values",
                f"the frontmatter has more than {MOST_VALUES:,} values",
                "split the map into several",
            )
            raise _StopReadingError
        kind = event.__class__
        if kind is ScalarEvent:
            self.values[path] = event
            if event.anchor is not None or event.tag is not None:
                self._refuse_properties(event)
            style, text = event.style, event.value
            if not style:
                return None if text in _NOTHING else text
            if style == '"':
                if bad := forbidden_character(text):
                    self.complain(event, *bad)
            elif style != "'":
                self._check_block(event)
            return text
        if kind is AliasEvent:
            self.values[path] = event
            self.tree.refused.add(path)
            self.complain(
                event,
                "yaml-alias",
                f"*{event.anchor[:40]} repeats a value from elsewhere, which maps cannot do",
                f"write the value out, or {_QUOTE}",
            )
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if depth > DEEPEST:
            self.complain(
                event,
                "too-deep",
                f"this is nested more than {DEEPEST} levels deep",
                f"no part of a map goes that deep; {_QUOTE}",
            )
            raise _StopReadingError
        self.values[path] = event
        if kind is MappingStartEvent:
            return self._mapping(event, path, depth)
        return self._sequence(event, path, depth)

    def _sequence(self, event: Any, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while (item := self.next()).__class__ is not SequenceEndEvent:
            items.append(self._value(item, (*path, len(items)), depth + 1))
        if event.flow_style:
            event.end_mark = item.end_mark
        return items

    def _mapping(self, event: Any, path: Path, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        next_event, keys, values = self.next, self.keys, self.values
        while (key := next_event()).__class__ is not MappingEndEvent:
            self.last = key
            if not pairs and not event.flow_style:
                # A block mapping is a stretch of lines; its first key stands for it.
                event.start_mark, event.end_mark = key.start_mark, key.end_mark
            if event.flow_style and key.__class__ is ScalarEvent and not key.style:
                self._check_colon(key)
            name: str | None
            if (
                key.__class__ is ScalarEvent
                and not key.style
                and key.anchor is None
                and key.tag is None
                and key.value not in pairs
                and key.value not in _NO_KEY
            ):
                name = key.value
            else:
                name = self._key(key, pairs, path, depth)
            if name is None:
                value = next_event()
                # `<<: *name` is one mistake, not two.
                if value.__class__ is not AliasEvent or path not in self.tree.incomplete:
                    self._value(value, (*path, "\0refused"), depth + 1)
                continue
            where = (*path, name)
            keys[where] = key
            value = next_event()
            if (
                value.__class__ is ScalarEvent
                and not value.style
                and value.anchor is None
                and value.tag is None
                and self.count < MOST_VALUES
            ):
                # What nearly every key and value is, without a call: half of reading a map.
                self.last = values[where] = value
                self.count += 1
                text = value.value
                pairs[name] = None if text in _NOTHING else text
            else:
                pairs[name] = self._value(value, where, depth + 1)
        if event.flow_style:
            event.end_mark = key.end_mark
        return pairs

    def _check_block(self, event: Any) -> None:
        """Refuse `|#` as YAML does; the parser in C takes it for a comment."""
        mark = event.start_mark
        line = self.source.lines[mark.line + self.first_line - 1]
        if _HASH_IN_HEADER.match(line, mark.column):
            self.complain(event, "yaml-syntax", *NOTHING_AFTER_INDICATOR)

    def _check_colon(self, key: Any) -> None:
        """Refuse `{a:}` as the parser in C does; the one in Python lets it through."""
        mark = key.end_mark
        line = self.source.lines[mark.line + self.first_line - 1]
        if line[mark.column : mark.column + 1] == ":" and line[mark.column + 1 :][:1] in _FLOW:
            self.complain(key, "yaml-syntax", *COLON_NEEDS_SPACE)
            raise _StopReadingError

    def _key(self, event: Any, pairs: dict[str, Any], path: Path, depth: int) -> str | None:
        """Return the key's text, or None where it was refused."""
        if event.__class__ is not ScalarEvent:
            self._value(event, (*path, "\0refused"), depth + 1)
            self.tree.incomplete.add(path)
            if event.__class__ is not AliasEvent:
                self.complain(
                    event, "yaml-key", "a key is text, not a list or a mapping", "write key: value"
                )
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        name: str = event.value
        if name == "<<" and not event.style:
            self.tree.incomplete.add(path)
            self.complain(
                event,
                "yaml-merge",
                "<< takes over keys from elsewhere, which maps cannot do",
                "write the keys out",
            )
            return None
        if event.style == '"' and (bad := forbidden_character(name)):
            self.complain(event, *bad)
            return None
        if not name.strip():
            self.complain(
                event, "yaml-key", "a key is missing before the colon", "write key: value"
            )
            return None
        if name in pairs:
            first = self.keys[(*path, name)].start_mark.line + self.first_line
            self.complain(
                event,
                "duplicate-key",
                f"“{name[:60]}” stands twice here; the first one is in line {first}",
                "keep one of the two",
            )
            return None
        return name

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.complain(
                event,
                "yaml-anchor",
                f"&{event.anchor[:40]} names a value for use elsewhere, which maps cannot do",
                f"remove &{event.anchor[:40]}, or {_QUOTE}",
            )
        if event.tag is not None:
            self.complain(
                event,
                "yaml-tag",
                "a value that begins with ! has a YAML tag",
                f"remove the tag, or {_QUOTE}",
            )
