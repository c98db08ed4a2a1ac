"""The texts that are open in the editor, each with what is known of its newest version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from vsmdocs.lsp.analysis import Analysis, analyse
from vsmdocs.lsp.outline import Outline, read_outline
from vsmdocs.lsp.positions import Lines
from vsmdocs.lsp.project import Neighbours, Place, place_of
from vsmdocs.reading import MapDocument


@dataclass(slots=True)
class Opened:
    """One version of an open text; a newer one is another object."""

    uri: str
    version: int | None
    text: str
    lines: Lines
    place: Place
    analysis: Analysis | None = None
    """None until this very version was looked at."""
    last: Analysis | None = None
    """Of the newest version that was a map with figures, this one or one before."""
    _outline: Outline | None = None

    @property
    def outline(self) -> Outline:
        """What stands where in it."""
        if self._outline is None:
            self._outline = read_outline(self.lines.lines)
        return self._outline


@dataclass(slots=True)
class Documents:
    """All open texts that are maps."""

    encoding: str = "utf-16"
    _open: dict[str, Opened] = field(default_factory=dict)
    _neighbours: Neighbours = field(default_factory=Neighbours)

    def put(self, uri: str, version: int | None, text: str) -> Opened | None:
        """Keep a new version of a text; None where it is no map."""
        before = self._open.pop(uri, None)
        place = place_of(uri, text)
        if place is None:
            return None
        opened = Opened(uri, version, text, Lines(text, self.encoding), place)
        opened.last = before.last if before else None
        self._open[uri] = opened
        return opened

    def get(self, uri: str) -> Opened | None:
        """Return the newest version of a text."""
        return self._open.get(uri)

    def drop(self, uri: str) -> None:
        """Forget a text that was closed."""
        self._open.pop(uri, None)

    def all(self) -> list[Opened]:
        """Return the newest version of every text."""
        return list(self._open.values())

    def is_newest(self, opened: Opened) -> bool:
        """Return whether no newer version has come, and the text is still open."""
        return self._open.get(opened.uri) is opened

    def look_at(self, opened: Opened, today: date) -> Analysis:
        """Return what is to be said of a version of a text."""
        if opened.analysis is None:
            beside = list(self.beside(opened))
            opened.analysis = analyse(opened.place, opened.text, today, beside)
            if opened.analysis.metrics is not None:
                opened.last = opened.analysis
        return opened.analysis

    def beside(self, opened: Opened) -> Iterator[MapDocument]:
        """Yield the other maps of its project, those that are open as they stand in the editor."""
        edited = {
            other.place.path: other.last.document
            for other in self.all()
            if other is not opened and other.last is not None and other.last.document is not None
        }
        for path, document in self._neighbours.beside(opened.place):
            yield edited.get(path) or document
