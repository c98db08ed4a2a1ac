"""Which files a site is made of, and so which changes on disk call for another build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vsmdocs.workspace.workspace import SETTINGS_FILES, Workspace

_OF_GIT = ("HEAD", "packed-refs", "shallow", "config")
"""What tells of commits, branches, tags and the remote, beside the folders of `_REFS`."""
_REFS = ("refs", "reftable")


class Watched(NamedTuple):
    """What is watched: folders with all that is in them, and single files."""

    folders: tuple[tuple[str, int], ...]
    """With the number of each on its disk: another folder may take its name."""
    files: tuple[str, ...]
    """They need not exist."""

    @property
    def deep(self) -> tuple[str, ...]:
        """Folders of which all is watched, at every level."""
        return tuple(path for path, _ in self.folders)

    @property
    def flat(self) -> tuple[str, ...]:
        """Folders in which single files are watched."""
        parents = dict.fromkeys(str(Path(file).parent) for file in self.files)
        return tuple(parent for parent in parents if Path(parent).is_dir())

    def concerns(self, path: str) -> bool:
        """Return whether a change there can change the site.

        What is hidden is no map, but what an editor writes beside one, and git its locks.
        """
        if path in self.files:
            return True
        changed = Path(path)
        for folder in self.deep:
            if changed.is_relative_to(folder):
                inside = changed.relative_to(folder).parts
                own = not any(part.startswith(".") for part in inside)
                return own and not path.endswith((".lock", "~"))
        return False


def watched(workspace: Workspace) -> Watched:
    """Return what a project's site is made of."""
    root = workspace.root.resolve()
    folders, files = [], list(_settings(root))
    for folder in _named(workspace):
        place = root / folder
        # It may come, go, and come again.
        for parent in (place, *place.parents):
            if parent == root or not parent.is_relative_to(root):
                break
            files.append(parent)
        if place.is_dir():
            folders.append(place.resolve())
    files += [root / file for file in _named_files(workspace)]
    repository = workspace.repository()
    if repository is None:
        files.append(root / ".git")
    else:
        own, common = repository.git_folder.resolve(), repository.common_folder.resolve()
        files += [place / name for place in dict.fromkeys((own, common)) for name in _OF_GIT]
        folders += [common / name for name in _REFS if (common / name).is_dir()]
    return Watched(
        tuple((str(folder), folder.stat().st_ino) for folder in dict.fromkeys(folders)),
        tuple(str(file) for file in dict.fromkeys(files)),
    )


def _settings(root: Path) -> Iterator[Path]:
    """Yield where settings are or could be; above the root only those that are there."""
    for folder in (root, *root.parents):
        for name, _ in SETTINGS_FILES:
            if folder == root or (folder / name).exists():
                yield folder / name
        if (folder / ".git").exists():
            return


def _named(workspace: Workspace) -> Iterator[str]:
    """Yield the folders that the settings name."""
    settings = workspace.settings
    yield from filter(None, (settings.maps, settings.site.pages, settings.theme.templates))


def _named_files(workspace: Workspace) -> Iterator[str]:
    """Yield the files that the settings name."""
    yield from workspace.settings.theme.logo or ()
