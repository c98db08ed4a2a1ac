"""Files' contents by their object ids, through one `git cat-file --batch`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha1, sha256
from subprocess import PIPE
from typing import Any

from vsmdocs.errors import HistoryError
from vsmdocs.history.repository import Repository, finish

_AT_ONCE = 32
"""Ids that are written at once. While one lot is answered the next waits, so that git need not;
two lots fit into any pipe."""


class Blobs:
    """Reads blobs; give each process its own, for a pipe cannot be shared."""

    def __init__(self, repository: Repository, most_bytes: int) -> None:
        self._repository = repository
        self._most = most_bytes
        self._process: Any = None

    def __enter__(self) -> Blobs:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.stdin.close()
            finish(self._process)
            self._process = None

    def read(self, ids: Iterable[str]) -> Iterator[bytes | HistoryError]:
        """Yield the content of each blob, or why it cannot be had."""
        waiting = list(ids)
        answered = 0
        while answered < len(waiting):
            try:
                for content in self._batch(waiting, answered):
                    yield content
                    answered += 1
            except _Ended as ended:
                # A damaged object ends git; the next ones are asked of a new process.
                yield HistoryError(f"the content {waiting[answered][:12]} is damaged: {ended}")
                answered += 1

    def _batch(self, ids: Sequence[str], first: int) -> Iterator[bytes | HistoryError]:
        if self._process is None:
            self._process = self._repository.start(["cat-file", "--batch"], PIPE)
        process = self._process
        asked = first
        for place in range(first, len(ids)):
            if place + _AT_ONCE >= asked and asked < len(ids):
                self._ask(process, ids[asked : asked + _AT_ONCE])
                asked += _AT_ONCE
            head = process.stdout.readline().split()
            if len(head) == 2 and head[1] == b"missing":
                yield HistoryError("the content is missing from this repository")
                continue
            if len(head) != 3:
                raise self._ended()
            yield self._content(process.stdout, int(head[2]))

    def _ask(self, process: Any, ids: Sequence[str]) -> None:
        try:
            process.stdin.write("".join(f"{blob}\n" for blob in ids).encode())
            process.stdin.flush()
        except OSError:
            raise self._ended() from None

    def _content(self, pipe: Any, size: int) -> bytes | HistoryError:
        kept = pipe.read(min(size, self._most + 1))
        left = size - len(kept)
        while left > 0 and (more := pipe.read(min(left, 1 << 20))):
            left -= len(more)
        if left or pipe.read(1) != b"\n":
            raise self._ended()
        if size > self._most:
            return HistoryError(f"the file was larger than {self._most // 1_000_000} MB")
        return bytes(kept)

    def _ended(self) -> _Ended:
        process, self._process = self._process, None
        with suppress(OSError):
            process.stdin.close()
        return _Ended(finish(process) or "git ended")


class _Ended(Exception):
    """The process ended before it answered."""


def blob_ids(data: bytes) -> set[str]:
    """Return the ids that git may have given a file's content.

    Where lines end in CR LF, git may have kept them with LF.
    """
    found = set()
    for content in {data, data.replace(b"\r\n", b"\n")}:
        whole = b"blob %d\0" % len(content) + content
        found |= {sha1(whole, usedforsecurity=False).hexdigest(), sha256(whole).hexdigest()}
    return found
