"""Versions of maps as documents, read once for all who ask for them one after the other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from vsmdocs.errors import HistoryError, InvalidMap
from vsmdocs.history.blobs import Blobs
from vsmdocs.history.facts import MOST_BYTES
from vsmdocs.history.repository import Repository
from vsmdocs.reading import MapDocument
from vsmdocs.reading.pieces import read_version

_KEPT = 160
"""Documents that are kept: more than most maps have versions, and some megabytes."""


class Documents:
    """Reads versions of maps; each process has its own."""

    def __init__(self, repository: Repository, maps_folder: str) -> None:
        """`maps_folder` is relative to the project, as it is set."""
        self._folder = f"{repository.prefix}{maps_folder.strip('/')}/"
        self._blobs = Blobs(repository, MOST_BYTES)
        self._kept: OrderedDict[tuple[str, str], MapDocument | InvalidMap | HistoryError]
        self._kept = OrderedDict()
        self._ahead: dict[str, bytes | HistoryError] = {}

    def close(self) -> None:
        """End what it reads with."""
        self._blobs.close()

    def expect(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Have git hand over at once what will be asked for one after the other.

        `wanted` are contents and their paths; what was expected before is forgotten.
        """
        blobs = dict.fromkeys(key[0] for key in wanted if key not in self._kept)
        self._ahead = dict(zip(blobs, self._blobs.read(blobs), strict=True))

    def read(self, blob: str, path: str) -> MapDocument:
        """Return the document of a content at a path.

        Raises
        ------
        InvalidMap
            When it is none.
        HistoryError
            When the content cannot be had.
        """
        key = (blob, path)
        found = self._kept.pop(key, None)
        if found is None:
            try:
                found = self._read(blob, path)
            except (InvalidMap, HistoryError) as error:
                found = error
            if len(self._kept) >= _KEPT:
                self._kept.popitem(last=False)
        self._kept[key] = found
        if isinstance(found, Exception):
            raise found
        return found

    def _read(self, blob: str, path: str) -> MapDocument:
        data = self._ahead.pop(blob, None)
        if data is None:
            data = next(self._blobs.read([blob]))
        if isinstance(data, HistoryError):
            raise data
        return read_version(path, data, maps_folder=self._folder)
