"""The folder of a review: three files, each there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from vsmdocs.errors import UsageError

REPORT, COMMENT, PREVIEW = "report.json", "comment.md", "preview.html"


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, which is made where it is missing; others in it stay.

    Raises
    ------
    UsageError
        When that cannot be; nothing is ever written through a link, which may have come with
        the branch that is reviewed.
    """
    if folder.is_symlink():
        raise UsageError(f"the output folder {folder} is a link; name a folder of its own with -o")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            _write(folder / name, text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the review cannot be written to {folder}: {reason}; name another with -o"
        raise UsageError(message) from None


def _write(path: Path, text: str) -> None:
    """Write a file beside its place and put it there; a link in its place is replaced."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".vsmdocs-review-")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
        fresh.chmod(0o644)
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise
