"""One version of an open text, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vsmdocs.analysis.lint import run as lint
from vsmdocs.errors import CalculationError, Finding, InvalidMap
from vsmdocs.lsp.project import Place
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.reading import MapDocument, read_map


@dataclass(frozen=True, slots=True)
class Analysis:
    """What reading, calculating and checking a text gave."""

    document: MapDocument | None
    """None where the text cannot be read as a map."""
    metrics: StreamMetrics | None
    findings: tuple[Finding, ...]


def analyse(place: Place, text: str, today: date, beside: Iterable[MapDocument] = ()) -> Analysis:
    """Read, calculate and check a text; `beside` are the other maps of the project."""
    settings = place.workspace.settings
    try:
        document = read_map(place.shown, encode(text), maps_folder=settings.maps)
    except InvalidMap as invalid:
        return Analysis(None, None, invalid.findings)
    metrics: StreamMetrics | CalculationError
    try:
        metrics = measure(document.map)
    except CalculationError as error:
        metrics = error
    stream = [one for one in beside if one.map.stream == document.map.stream]
    found = [
        finding
        for finding in lint([document, *stream], today, {document.path: metrics})
        if finding.path == document.path
    ]
    kept = settings.check.policy().apply(found)
    return Analysis(document, metrics if isinstance(metrics, StreamMetrics) else None, tuple(kept))


def encode(text: str) -> bytes:
    """Return the bytes of a text; what is no text in it becomes what reading refuses."""
    return text.encode("utf-8", "surrogatepass")
