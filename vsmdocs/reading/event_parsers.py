"""PyYAML's two parsers, the one in C where it is there; both yield the same events."""

from __future__ import annotations

from typing import Any, Protocol

from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class EventParser(Protocol):
    """What yields events; PyYAML has one in C and one in Python."""

    def get_event(self) -> Event | None:
        """Return the next event."""


class PythonParser(Reader, Scanner, Parser):
    """The parser for a PyYAML that was built without libyaml; about 15 times slower.

    It refuses a question mark in an unquoted text within brackets, where the one in C does
    not; in everything else the two agree.
    """

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def _fastest_parser() -> type[Any]:
    try:
        from yaml import cyaml
    except ImportError:
        return PythonParser
    parser: type[Any] = vars(cyaml)["CParser"]
    return parser


FASTEST_PARSER = _fastest_parser()
