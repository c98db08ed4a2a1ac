"""The output folder: replaced whole or not at all, and the only code that writes one.

A site is written into a fresh folder beside its place and then changes places with the old
one in a single step, so that whoever looks, and whatever is killed when, there is one whole
site. Only a folder that bears this tool's mark, or an empty one, is ever replaced.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from vsmdocs.errors import UsageError
from vsmdocs.site.exchange import UNSUPPORTED, exchange
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.staging import Staging, remove_stale

MARKER = ".vsmdocs-site"
MARK = b"This folder was made by vsmdocs, and the next `vsmdocs build` replaces all of it.\n"
_ATTEMPTS = 20


def publish(
    fill: Callable[[SiteFolder], None],
    output: Path,
    *,
    protected: Iterable[Path] = (),
    placed: Callable[[], None] | None = None,
) -> None:
    """Make `output` a site of exactly the files that `fill` writes.

    Nothing that `check_output` protects is replaced. `placed` is called when the new site is
    there and the old one not yet cleared away.

    Raises
    ------
    UsageError
        When the folder must not or cannot be replaced. The old one is then still there.
    ValueError
        When a path leads out of the site or is written twice.
    """
    protected = tuple(protected)
    output = check_output(output, protected)
    made = _make_parents(output.parent)
    try:
        remove_stale(output.parent)
        with Staging(output) as staging:
            folder = SiteFolder(staging.fresh)
            folder.write(MARKER, MARK)
            fill(folder)
            _swap(staging, output, protected)
            if placed is not None:
                placed()
    except BaseException as error:
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            raise _unwritable(output, error) from None
        raise


def absolute(output: Path) -> Path:
    """Return the whole path of an output folder."""
    return Path(os.path.abspath(output))  # noqa: PTH100 - a link is refused, not followed


def check_output(output: Path, protected: Iterable[Path] = ()) -> Path:
    """Return the absolute path of a folder that may be replaced, or raise `UsageError`.

    None of the folders `protected` may be the output folder or lie inside it.
    """
    folder = absolute(output)
    name = f"the output folder {os.fsencode(output).decode('utf-8', 'backslashreplace')}"
    if folder.is_symlink():
        raise UsageError(f"{name} is a link; name the folder that it leads to, or remove it")
    real = folder.parent.resolve() / folder.name
    for other in protected:
        if other.resolve().is_relative_to(real):
            raise UsageError(
                f"{name} holds {other}, which a build would replace; name a folder of its own, "
                "such as -o site"
            )
    if ".git" in real.parts:
        raise UsageError(f"{name} lies inside a git directory; name one outside of it")
    if not real.name:
        raise UsageError(f"{name} is the top of the file system; name a folder, such as -o site")
    try:
        _check_content(folder, name)
    except OSError as error:
        raise _unwritable(folder, error) from None
    return folder


def _check_content(folder: Path, name: str) -> None:
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise UsageError(f"{name} is a file; name a folder, such as -o site")
    if os.path.lexists(folder / ".git"):
        raise UsageError(f"{name} is a git work tree; build elsewhere and copy the files there")
    if not _is_ours(folder) and any(folder.iterdir()):
        raise UsageError(
            f"{name} holds files that vsmdocs did not make; empty it, or name another one with -o"
        )


def _is_ours(folder: Path) -> bool:
    mark = folder / MARKER
    return mark.is_file() and not mark.is_symlink() and mark.read_bytes() == MARK


def _unwritable(output: Path, error: OSError) -> UsageError:
    reason = (error.strerror or str(error)).lower()
    return UsageError(f"the site cannot be written to {output}: {reason}; name another with -o")


def _make_parents(folder: Path) -> list[Path]:
    """Make the folders that are missing above the output; return them, deepest first."""
    missing = [parent for parent in (folder, *folder.parents) if not os.path.lexists(parent)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    return missing


def _swap(staging: Staging, output: Path, protected: tuple[Path, ...]) -> None:
    """Put the new site in the place of the old one, which is removed with the staging."""
    staging.fresh.chmod(0o755)
    for _ in range(_ATTEMPTS):
        # Looked at again, since a build takes long enough for somebody to put files there.
        check_output(output, protected)
        try:
            if not os.path.lexists(output):
                staging.fresh.rename(output)
            else:
                _replace(staging, output)
        except (FileExistsError, FileNotFoundError):
            continue
        except OSError as error:
            if error.errno == errno.ENOTEMPTY:
                continue
            raise
        return
    raise UsageError(f"other builds keep replacing {output}; try again when they are done")


def _replace(staging: Staging, output: Path) -> None:
    try:
        exchange(staging.fresh, output)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        # The second best: for a moment there is no site. If all ends there, then the next
        # build puts the old one back.
        output.rename(staging.old)
        try:
            staging.fresh.rename(output)
        except BaseException:
            with suppress(OSError):
                staging.old.rename(output)
            raise
        return
    try:
        # Now nobody can put files there any more.
        _check_content(staging.fresh, f"the output folder {output}")
    except UsageError:
        exchange(staging.fresh, output)
        raise
