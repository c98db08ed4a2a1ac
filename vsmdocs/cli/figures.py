"""Which maps somebody means by a name, and their figures as text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vsmdocs.analysis.lint import calculation_finding
from vsmdocs.errors import CalculationError, Finding, InvalidMap, UsageError
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.units import nearest
from vsmdocs.reading import MapDocument
from vsmdocs.workspace import Loaded, Workspace
from vsmdocs.workspace.workspace import Report


@dataclass(frozen=True, slots=True)
class Chosen:
    """The maps that were meant, measured."""

    maps: tuple[tuple[ValueStreamMap, StreamMetrics], ...]
    stream: str | None
    """The stream, where a whole one was asked for and not a single map."""
    findings: tuple[Finding, ...]
    """Errors that keep maps out which were meant too."""


def select(workspace: Workspace, target: str, report: Report | None = None) -> Chosen:
    """Find the map or stream that `target` names: a file, a folder, `stream/state` or a stream.

    Raises
    ------
    UsageError
        When there is none; its message says which there are.
    """
    path = workspace.start / target
    if path.is_file():
        return _measured(workspace.load([target], report=report), None)
    if path.is_dir():
        loaded = workspace.load([target], report=report)
        streams = sorted({document.map.stream for document in loaded.documents})
        if len(streams) > 1:
            raise UsageError(f"{target} holds several streams; name one of {', '.join(streams)}")
        return _measured(loaded, streams[0] if streams else target)
    return _by_name(workspace, target, workspace.load(report=report))


def find_document(workspace: Workspace, target: str) -> MapDocument:
    """Find the one map that `target` names: a file, `stream/state`, or a stream's current state.

    Raises
    ------
    UsageError
        When there is none.
    InvalidMap
        When it cannot be read.
    """
    if (workspace.start / target).is_file():
        loaded = workspace.load([target])
        documents, findings = loaded.documents, loaded.findings
    else:
        wanted = target if "/" in target else f"{target}/current"
        loaded = workspace.load()
        documents, findings = _named(workspace, wanted, loaded)
    if not documents and not findings:
        raise _unknown(target, loaded)
    if not documents:
        raise InvalidMap(findings)
    return documents[0]


def _by_name(workspace: Workspace, target: str, loaded: Loaded) -> Chosen:
    documents, findings = _named(workspace, target, loaded)
    if not documents and not findings:
        raise _unknown(target, loaded)
    meant = replace(loaded, documents=documents, findings=findings)
    return _measured(meant, None if "/" in target else target)


def _named(
    workspace: Workspace, target: str, loaded: Loaded
) -> tuple[tuple[MapDocument, ...], tuple[Finding, ...]]:
    stream, slash, name = target.partition("/")
    documents = tuple(
        document
        for document in loaded.documents
        if document.map.stream == stream and (not slash or document.map.name == name)
    )
    folder = f"{workspace.settings.maps}/{stream}"
    files = (f"{folder}/{name}.md",) if slash else (f"{folder}/", f"{folder}.md")
    return documents, tuple(f for f in loaded.findings if f.path.startswith(files))


def _unknown(target: str, loaded: Loaded) -> UsageError:
    streams = {document.map.stream for document in loaded.documents}
    maps = {f"{document.map.stream}/{document.map.name}" for document in loaded.documents}
    near = nearest(target, tuple(sorted(streams | maps)))
    hint = f"did you mean {near}?" if near else f"there are {', '.join(sorted(streams)) or 'none'}"
    if loaded.findings:
        hint += " (some files cannot be read; `vsmdocs check` says why)"
    return UsageError(f"there is no map and no stream {target!r}: {hint}")


def _measured(loaded: Loaded, stream: str | None) -> Chosen:
    maps = []
    findings = list(loaded.findings)
    for document in loaded.documents:
        try:
            maps.append((document.map, measure(document.map)))
        except CalculationError as error:
            findings.append(calculation_finding(document, error))
    return Chosen(tuple(maps), stream, tuple(sorted(findings)))


def figures(chosen: Chosen, format: Literal["table", "json", "csv"]) -> str:
    """Return the figures as text; nothing where no map could be read.

    A single map is one JSON object, a stream an object with a list of them.
    """
    if not chosen.maps:
        return ""
    if format == "csv":
        from vsmdocs.rendering.metrics_csv import metrics_csv

        return metrics_csv(chosen.maps)
    if format == "table":
        from vsmdocs.rendering.metrics_table import metrics_table

        return "\n".join(metrics_table(*pair) for pair in chosen.maps)
    from vsmdocs.rendering.metrics_json import metrics_json, stream_json

    if chosen.stream is None:
        return metrics_json(*chosen.maps[0])
    return stream_json(chosen.stream, chosen.maps)
