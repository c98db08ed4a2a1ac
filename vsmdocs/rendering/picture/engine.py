"""The only caller of Graphviz: a child process under a limit of time and memory.

`graphviz-pure` comes with the installation and lays out many graphs in one process with the
same bytes on every machine; a system `dot` does the same job with one graph a process. A
graph that fails is tried once more with cheap settings; after that there is no picture.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from vsmdocs.errors import RenderError, UsageError
from vsmdocs.rendering.picture.dot import read_order, settled_order, to_dot
from vsmdocs.rendering.picture.layout import Layout, LayoutSpec
from vsmdocs.rendering.picture.placing import place

SECONDS = 10.0
MEMORY_BYTES = 1 << 30
BUNDLED = "graphviz-pure"
_BATCH = 25
_MOST_OUTPUT = 64 << 20


def find_engine(name: str = BUNDLED) -> str:
    """Return the path of the layout program.

    Raises
    ------
    UsageError
        When there is no such program.
    """
    if name == BUNDLED:
        for scheme in dict.fromkeys((sysconfig.get_default_scheme(), "posix_user", "nt_user")):
            if scheme in sysconfig.get_scheme_names():
                found = shutil.which(name, path=sysconfig.get_path("scripts", scheme))
                if found:
                    return found
    found = shutil.which(name)
    if found is None:
        raise UsageError(f"there is no layout program “{name}”: install it, or set layout_engine")
    return found


def lay_out(
    specs: Iterable[LayoutSpec],
    engine: str,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY_BYTES,
) -> dict[str, Layout | None]:
    """Lay out every distinct spec; None stands for one that cannot be laid out in bounds.

    The engine is asked where there is something to decide: two things in one place.
    """
    results: dict[str, Layout | None] = {}
    pending = []
    for spec in {spec.key: spec for spec in specs}.values():
        order = settled_order(spec)
        if order is None:
            pending.append(spec)
        else:
            results[spec.key] = place(spec, order)
    size = _BATCH if Path(engine).stem == BUNDLED else 1
    # Large graphs go first and alone, so that the limit of time holds for each of them.
    pending.sort(key=lambda spec: (-len(spec.lanes), spec.key))
    batches: list[list[LayoutSpec]] = []
    for spec in pending:
        alone = len(spec.lanes) > 60
        if alone or not batches or len(batches[-1]) >= size or len(batches[-1][0].lanes) > 60:
            batches.append([spec])
        else:
            batches[-1].append(spec)
    if not batches:
        return results
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=max(os.cpu_count() or 1, 1)) as pool:
        runs = pool.map(lambda batch: _batch(batch, engine, seconds, memory), batches)
        for batch, layouts in zip(batches, runs, strict=True):
            results.update(zip((spec.key for spec in batch), layouts, strict=True))
    return results


def _batch(
    batch: Sequence[LayoutSpec], engine: str, seconds: float, memory: int
) -> list[Layout | None]:
    try:
        sources = [to_dot(spec) for spec in batch]
        answers = _run("\n".join(sources), len(batch), engine, seconds, memory)
        return [_read(spec, answer, engine, seconds, memory)
                for spec, answer in zip(batch, answers, strict=True)]  # fmt: skip
    except RenderError:
        if len(batch) == 1:
            return [_cheap(batch[0], engine, seconds, memory)]
        return [_batch([spec], engine, seconds, memory)[0] for spec in batch]


def _read(spec: LayoutSpec, answer: str, engine: str, seconds: float, memory: int) -> Layout | None:
    try:
        return place(spec, read_order(spec, answer))
    except RenderError:
        return _cheap(spec, engine, seconds, memory)


def _cheap(spec: LayoutSpec, engine: str, seconds: float, memory: int) -> Layout | None:
    try:
        (answer,) = _run(to_dot(spec, cheap=True), 1, engine, seconds, memory)
        return place(spec, read_order(spec, answer))
    except RenderError:
        return None


def _run(source: str, count: int, engine: str, seconds: float, memory: int) -> list[str]:
    """Return the plain answers for `count` graphs, or say that the engine failed."""
    try:
        # Into a file rather than a pipe: the limit on file sizes bounds what comes back.
        with tempfile.TemporaryFile() as output:
            with subprocess.Popen(
                [engine, "-Tplain"],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.DEVNULL,
                # The engine needs nothing of the caller's environment, nor may be steered by it.
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            ) as child:
                try:
                    # It does nothing before it is given a graph, so this is early enough.
                    _limit(child.pid, memory)
                    child.communicate(source.encode(), timeout=seconds)
                finally:
                    child.kill()
            if child.returncode:
                raise RenderError(f"the layout program ended with {child.returncode}")
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise RenderError(f"the layout program failed ({type(error).__name__})") from error
    answers = text.replace("\r\n", "\n").split("\nstop\n")
    if len(answers) != count + 1 or answers[-1].strip():
        raise RenderError("the layout program gave another number of answers")
    return answers[:-1]


def _limit(process: int, memory: int) -> None:
    """Bound a child's memory and what it writes, on systems that can."""
    try:
        import resource

        prlimit = resource.prlimit
    except (ImportError, AttributeError):
        return
    prlimit(process, resource.RLIMIT_AS, (memory, memory))
    prlimit(process, resource.RLIMIT_CORE, (0, 0))
    prlimit(process, resource.RLIMIT_FSIZE, (_MOST_OUTPUT, _MOST_OUTPUT))
