"""Work spread over the cores, each worker keeping what it made for what comes after.

Workers are forked, so that they start at once with all that is imported. Where that is not
to be had, or there is little to do, the same work is done by the one process there is.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from vsmdocs.errors import VsmdocsError

Keeper = TypeVar("Keeper")
Portion = TypeVar("Portion")
Result = TypeVar("Result")


def cores_for(portions: int) -> int:
    """Return how many workers are worth having."""
    return max(1, min(os.cpu_count() or 1, portions)) if sys.platform == "linux" else 1


class Workers(Generic[Keeper]):
    """`count` workers with a `Keeper` each, on which methods are called by `run`.

    A keeper that has a method `close` is closed in the end.
    """

    def __init__(self, keeper: Callable[[], Keeper], count: int) -> None:
        self.count = count
        self._keeper = keeper
        self._own: Keeper | None = None
        self._lines: list[Connection] = []
        self._processes: list[Any] = []

    def __enter__(self) -> Self:
        if self.count < 2:
            self._own = self._keeper()
            return self
        context = multiprocessing.get_context("fork")
        for _ in range(self.count):
            here, there = context.Pipe()
            self._lines.append(here)
            worker = context.Process(
                target=_serve, args=(self._keeper, there, tuple(self._lines)), daemon=True
            )
            worker.start()
            self._processes.append(worker)
            there.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        _close(self._own)
        for line in self._lines:
            line.close()
        for worker in self._processes:
            if kind is not None:
                worker.terminate()
            worker.join()

    def run(
        self,
        method: Callable[[Keeper, Portion], Result],
        portions: Sequence[tuple[int, Portion]],
    ) -> Iterator[tuple[int, Result]]:
        """Yield the worker and the result of each portion, as they come.

        `portions` gives for each portion the worker that has most of what it needs; one that is
        done with its own takes the last of another's. An exception of the method is raised here.
        """
        if self._own is not None:
            for _, portion in portions:
                yield 0, method(self._own, portion)
            return
        queues = [deque(p for own, p in portions if own == n) for n in range(self.count)]
        busy: dict[Connection, int] = {}
        for number, line in enumerate(self._lines):
            if _send_next(line, number, method, queues):
                busy[line] = number
        while busy:
            for ready in wait(list(busy)):
                line = ready  # type: ignore[assignment]
                number = busy.pop(line)
                result = _received(line)
                if _send_next(line, number, method, queues):
                    busy[line] = number
                yield number, result


def _send_next(
    line: Connection, number: int, method: Callable[..., Any], queues: list[deque[Any]]
) -> bool:
    """Hand a worker what comes next; return whether there was anything."""
    own, longest = queues[number], max(queues, key=len)
    if not longest:
        return False
    portion = own.popleft() if own else longest.pop()
    try:
        line.send((method, portion))
    except OSError:
        # It is gone, which its silence will tell.
        return True
    return True


def _received(line: Connection) -> Any:
    try:
        succeeded, result = line.recv()
    except (EOFError, OSError):
        raise VsmdocsError(
            "a worker process was ended from outside, perhaps for want of memory"
        ) from None
    if not succeeded:
        raise result
    return result


def _serve(keeper: Callable[[], Any], line: Connection, others: Iterable[Connection]) -> None:
    """Do what comes along the line until it is closed."""
    # Ctrl-C reaches every process at once; the one that was started answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        other.close()
    # A worker lives briefly, and to look through what it inherited would copy all of it.
    gc.freeze()
    gc.disable()
    kept = keeper()
    while True:
        try:
            method, portion = line.recv()
            line.send(_tried(method, kept, portion))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            break
    _close(kept)


def _close(keeper: object) -> None:
    close = getattr(keeper, "close", None)
    if close is not None:
        close()


def _tried(method: Callable[[Any, Any], Any], kept: Any, portion: Any) -> tuple[bool, Any]:
    try:
        return True, method(kept, portion)
    except Exception as error:
        error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            return False, RuntimeError(f"{type(error).__name__}: {error}")
        return False, error
