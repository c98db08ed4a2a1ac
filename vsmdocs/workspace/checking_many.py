"""Checking many maps with all cores: each reads some, and judges the streams it read first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from vsmdocs.analysis.lint import Identity, identities
from vsmdocs.analysis.lint import run as lint
from vsmdocs.analysis.numbers import Place
from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading import MapDocument
from vsmdocs.workers import Workers, cores_for
from vsmdocs.workspace.files import MapFile
from vsmdocs.workspace.workspace import Report, Workspace

_PORTION = 50
"""Maps that are handed to a worker together: few enough to share out, enough to be worth it."""
Stale = Mapping[str, Mapping[Place, str]]


class Read(NamedTuple):
    """What came of reading some files."""

    maps: list[tuple[Identity, MapFile]]
    findings: list[Finding]
    dated: list[MapDocument]
    """Those whose numbers may be too old, which only the past can tell."""


class Job(NamedTuple):
    """All maps of some streams, to be judged."""

    files: list[MapFile]
    known: Mapping[Identity, Sequence[str]]
    stale: Stale


class _Checker:
    """Reads maps, and judges them."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace, self._today = workspace, today
        self._documents: dict[str, MapDocument] = {}

    def read(self, files: Sequence[MapFile]) -> Read:
        read = Read([], [], [])
        for file in files:
            try:
                document = self._document(file)
            except InvalidMap as invalid:
                read.findings.extend(invalid.findings)
                continue
            read.maps.append((document.map.identity, file))
            if may_be_stale(self._workspace, document, self._today):
                read.dated.append(document)
        return read

    def judge(self, job: Job) -> list[Finding]:
        documents = [self._document(file) for file in job.files]
        return lint(documents, self._today, among=job.known, stale=job.stale)

    def _document(self, file: MapFile) -> MapDocument:
        if file.shown not in self._documents:
            self._documents[file.shown] = self._workspace.read(file)
        return self._documents[file.shown]


def worth_it(files: int) -> bool:
    """Return whether there is enough to share out."""
    return cores_for(files // _PORTION) > 1


def may_be_stale(workspace: Workspace, document: MapDocument, today: date) -> bool:
    """Return whether any number of a map can be too old, by the settings or its own date."""
    until = document.map.review_by
    return bool(workspace.settings.stale_after_days or (until and until < today))


def check_many(
    workspace: Workspace,
    today: date,
    files: Sequence[MapFile],
    stale: Callable[[Sequence[MapDocument]], Stale],
    report: Report | None = None,
) -> list[Finding]:
    """Return what is found in all maps of a workspace; `stale` tells which numbers are too old."""
    say = report or (lambda text, done, whole: None)
    count = cores_for(len(files) // _PORTION)
    with Workers(lambda: _Checker(workspace, today), count) as workers:
        cuts = [len(files) * part // count for part in range(count + 1)]
        tasks = [(number, files[a:b]) for number, (a, b) in enumerate(pairwise(cuts))]
        say("Reading maps", 0, len(files))
        parts = list(workers.run(_Checker.read, tasks))
        say("Reading maps", len(files), len(files))
        findings = [finding for _, part in parts for finding in part.findings]
        old = stale([document for _, part in parts for document in part.dated])
        for _, found in workers.run(_Checker.judge, _jobs(parts, old)):
            findings += found
    return findings


def _jobs(parts: Sequence[tuple[int, Read]], stale: Stale) -> list[tuple[int, Job]]:
    """Share streams out, each to the worker that read the first of its maps."""
    homes: dict[str, int] = {}
    streams: dict[str, list[tuple[Identity, MapFile]]] = {}
    entries = [(*entry, worker) for worker, part in parts for entry in part.maps]
    for identity, file, worker in sorted(entries, key=lambda entry: entry[1].shown):
        homes.setdefault(identity[0], worker)
        streams.setdefault(identity[0], []).append((identity, file))
    jobs: list[tuple[int, Job]] = []
    for worker in sorted(set(homes.values())):
        waiting: list[tuple[Identity, MapFile]] = []
        mine = [stream for stream in streams if homes[stream] == worker]
        for stream in mine:
            waiting += streams[stream]
            if len(waiting) >= _PORTION or stream == mine[-1]:
                files = [file for _, file in waiting]
                known = identities((identity, file.shown) for identity, file in waiting)
                old = {f.shown: stale[f.shown] for f in files if f.shown in stale}
                jobs.append((worker, Job(files, known, old)))
                waiting = []
    return jobs
