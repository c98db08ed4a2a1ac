"""Work spread over the cores, its results in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Portion = TypeVar("Portion")
Result = TypeVar("Result")

_do: Callable[[Any], Any] | None = None
_portions: Sequence[Any] = ()


def spread(do: Callable[[Portion], Result], portions: Sequence[Portion]) -> Iterator[Result]:
    """Yield `do` of every portion, in order.

    Workers are forked, so that they have what is read already without being sent it. Where
    that is not to be had, or there is little to do, the work is done here.
    """
    cores = min(os.cpu_count() or 1, len(portions))
    if cores < 2 or sys.platform != "linux":
        yield from map(do, portions)
        return
    global _do, _portions
    _do, _portions = do, portions
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(cores, context, _begin) as pool:
            yield from pool.map(_one, range(len(portions)))
    finally:
        _do, _portions = None, ()


def _begin() -> None:
    """Leave what was inherited alone: touching it would copy it, and a worker lives briefly."""
    gc.freeze()
    gc.disable()


def _one(index: int) -> Any:
    if _do is None:
        raise RuntimeError("a worker was started without work")
    return _do(_portions[index])
