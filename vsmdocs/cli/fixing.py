"""Mending in maps what has one right answer, for `check --fix`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from vsmdocs.editing.fixes import fix_map
from vsmdocs.rendering.findings_text import safe
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.files import UnreadableFile, read_regular
from vsmdocs.workspace.writing import write_file


def fix_maps(
    workspace: Workspace, paths: Sequence[Path] | None, say: Callable[[str], None]
) -> None:
    """Mend all maps, or those in `paths`, and say what was done.

    Raises
    ------
    UsageError
        When there are no maps.
    OSError
        When one cannot be written; those before it are mended then.
    """
    for file in workspace.find(paths).files:
        try:
            before = read_regular(file.path)
        except UnreadableFile:
            continue
        after, done = fix_map(file.shown, before, workspace.settings.maps)
        if after == before:
            continue
        if not workspace.holds(file.path):
            say(f"Not mended: {file.shown} leads out of the project by a link")
            continue
        write_file(file.path, after)
        for sentence in done:
            say(f"Mended: {file.shown}: {safe(sentence)}")
