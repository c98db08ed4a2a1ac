"""A project on disk: its root, its settings and the maps in it.

The root is where the nearest settings lie, so that every command works from any folder of
the project; without settings it is the nearest folder that has maps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vsmdocs.cache import FOLDER as CACHE_FOLDER
from vsmdocs.errors import ConfigError, Finding, InvalidMap, UsageError
from vsmdocs.workspace.files import (
    FoundMaps,
    MapFile,
    UnreadableFile,
    find_maps,
    is_prose,
    printable,
    read_regular,
)
from vsmdocs.workspace.settings import DEFAULTS, Settings, parse_settings

if TYPE_CHECKING:
    from vsmdocs.history.repository import Repository
    from vsmdocs.reading import MapDocument

Report = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

SETTINGS_FILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("vsmdocs.toml", ()),
    ("pyproject.toml", ("tool", "vsmdocs")),
)
"""Where settings are looked for in a folder, first to last, and in which table."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The maps that could be read, and what is wrong with the others."""

    documents: tuple[MapDocument, ...]
    """In order of path."""
    findings: tuple[Finding, ...]
    """At least one for each file that could not be read as a map."""
    files: int
    """How many files were looked at, those that could not be read included."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project: everything relative in its settings is relative to its root."""

    root: Path
    """Absolute."""
    settings: Settings
    start: Path
    """Absolute; what the user types is relative to it."""

    def repository(self) -> Repository | None:
        """Return the git repository around the project; None where there is none."""
        from vsmdocs.history.repository import open_repository

        return open_repository(self.root)

    def cache_folder(self, given: Path | None = None) -> Path | None:
        """Return where the cache is: `given`, else beside the settings; None for no cache.

        One that came with the repository is not believed: it could say anything of the past.
        """
        folder = self.start / given if given is not None else self.root / CACHE_FOLDER
        repository = self.repository() if folder.exists() else None
        return None if repository is not None and repository.tracks(folder) else folder

    @property
    def maps_folder(self) -> Path:
        """The folder of the maps, whether or not it exists."""
        return self.root / self.settings.maps

    def output(self, given: str | Path | None = None) -> Path:
        """Return the folder to build into: as the user typed it, else as it is set.

        Settings come with the repository, so they choose a folder inside it; whoever types
        a path can choose any.
        """
        if given is not None:
            return self.start / given
        folder = self.root / self.settings.site.output
        if not folder.parent.resolve().is_relative_to(self.root.resolve()):
            raise UsageError(
                f"the output folder {self.settings.site.output} leads out of the project by a "
                "link; set another one as output below [site], or give one with -o"
            )
        return folder

    def load(
        self, paths: Sequence[str | Path] | None = None, *, report: Report | None = None
    ) -> Loaded:
        """Read all maps, or those in the files and folders of `paths`.

        Raises
        ------
        UsageError
            When there is nothing to read; its message says what to do.
        """
        found = self.find(paths)
        documents: list[MapDocument] = []
        findings = list(found.findings)
        for number, file in enumerate(found.files):
            if report:
                report("Reading maps", number, len(found.files))
            try:
                documents.append(self.read(file))
            except InvalidMap as invalid:
                findings += invalid.findings
        if report:
            report("Reading maps", len(found.files), len(found.files))
        return Loaded(tuple(documents), tuple(sorted(findings)), found.count)

    def read(self, file: MapFile) -> MapDocument:
        """Read one map that was found, or raise `InvalidMap`."""
        return self.parse(file, self.content(file))

    def content(self, file: MapFile) -> bytes:
        """Return what is in a map's file, or raise `InvalidMap`."""
        try:
            return read_regular(file.path)
        except UnreadableFile as error:
            finding = Finding(file.shown, 0, 0, error.rule, "error", error.message, error.hint)
            raise InvalidMap((finding,)) from None

    def parse(self, file: MapFile, content: bytes) -> MapDocument:
        """Read the map that a file's content is, or raise `InvalidMap`."""
        from vsmdocs.reading import read_map

        return read_map(file.shown, content, maps_folder=self.settings.maps)

    def find_any(self) -> FoundMaps:
        """Return all maps of the project, unread, which may be none."""
        folder = self.maps_folder
        inside = folder.is_dir() and folder.resolve().is_relative_to(self.root.resolve())
        return find_maps(folder, self.settings.maps, folder.resolve()) if inside else FoundMaps()

    def find(self, paths: Sequence[str | Path] | None = None) -> FoundMaps:
        """Return all maps of the project, or those in files and folders, unread.

        Raises
        ------
        UsageError
            When there are none; its message says what to do.
        """
        if paths:
            return self._find(paths)
        folder, name = self.maps_folder, self.settings.maps
        shown = printable(str(self.root))
        if not folder.is_dir():
            raise UsageError(
                f"there is no folder {name}/ in {shown}; put a map there, such as "
                f'{name}/feature-delivery/current.md, or write maps = "another/folder" into '
                "vsmdocs.toml"
            )
        if not folder.resolve().is_relative_to(self.root.resolve()):
            raise UsageError(
                f"{name}/ in {shown} leads out of the project by a link; put the maps themselves "
                "there, or start from the project that has them, with -C"
            )
        found = find_maps(folder, name, folder.resolve())
        if not found.files and not found.findings:
            raise UsageError(
                f"there are no maps in {name}/ of {shown}; a map is a file such as "
                f"{name}/feature-delivery/current.md (a README.md is prose)"
            )
        return found

    def holds(self, path: Path) -> bool:
        """Return whether a path inside the project leads to a file inside it, links followed.

        A path that whoever called typed from elsewhere is theirs to choose.
        """
        inside = _lexical(path).is_relative_to(self.root)
        return not inside or path.resolve().is_relative_to(self.root.resolve())

    def _find(self, paths: Sequence[str | Path]) -> FoundMaps:
        found = FoundMaps()
        for given in paths:
            path = self.start / given
            if not path.exists() and not path.is_symlink():
                raise UsageError(f"there is no file or folder {printable(str(given))}")
            shown = self._shown(path, given)
            if path.is_dir():
                inside = find_maps(path, shown, self._boundary(path))
                if not inside.files and not inside.findings:
                    raise UsageError(f"there are no maps in {shown}")
                found.files += inside.files
                found.findings += inside.findings
            elif path.suffix != ".md":
                raise UsageError(f"{shown} is no map: those end in .md")
            elif not is_prose(path.name):
                found.add(path, shown, self._boundary(path))
        # The same file can be named twice, as in `maps maps/a.md`.
        found.files = sorted(
            {file.shown: file for file in found.files}.values(), key=lambda file: file.shown
        )
        found.findings = sorted(set(found.findings))
        return found

    def _shown(self, path: Path, given: str | Path) -> str:
        """Name a path from the root on where it lies inside, else as it was typed."""
        absolute = _lexical(path)
        if absolute.is_relative_to(self.root):
            return printable(absolute.relative_to(self.root).as_posix())
        return printable(Path(given).as_posix())

    def _boundary(self, path: Path) -> Path:
        """Return the folder that links must not leave; outside the maps any file will do."""
        if _lexical(path).is_relative_to(self.maps_folder):
            return self.maps_folder.resolve()
        return path.resolve() if path.is_dir() else Path(path.anchor)


def open_workspace(start: Path | None = None, *, explicit: bool = False) -> Workspace:
    """Find root and settings from `start` upward, up to the top of its repository.

    With `explicit` the root is `start` itself, and only settings are looked for above it.

    Raises
    ------
    UsageError
        When `start` is no folder.
    ConfigError
        When the settings cannot be used.
    """
    start = _lexical(Path.cwd() / (start or ""))
    if not start.is_dir():
        raise UsageError(f"{printable(str(start))} is not a folder; -C takes the project's root")
    settings, root = DEFAULTS, None
    for folder in upward(start):
        if (nearest := _settings_in(folder, start)) is not None:
            settings, root = nearest, folder
            break
    if explicit:
        root = start
    elif root is None:
        with_maps = (up for up in upward(start) if (up / settings.maps).is_dir())
        root = next(with_maps, start)
    return Workspace(root, settings, start)


def _lexical(path: Path) -> Path:
    """Return an absolute path without `..`, links left as they are."""
    from os.path import abspath

    return Path(abspath(path))  # noqa: PTH100 - resolve() would follow links


def _is_top(folder: Path) -> bool:
    return (folder / ".git").exists()


def upward(start: Path) -> Iterator[Path]:
    """Yield a folder and those above it, up to the top of its repository."""
    for folder in (start, *start.parents):
        yield folder
        if _is_top(folder):
            return


def _settings_in(folder: Path, start: Path) -> Settings | None:
    from os.path import relpath

    for name, table in SETTINGS_FILES:
        path = folder / name
        if not path.exists() and not path.is_symlink():
            continue
        shown = printable(Path(relpath(path, start)).as_posix())
        try:
            text = read_regular(path).decode("utf-8-sig")
            settings = parse_settings(text, shown, table)
        except UnreadableFile as error:
            finding = Finding(shown, 0, 0, error.rule, "error", error.message, error.hint)
            raise ConfigError((finding,)) from None
        except UnicodeDecodeError:
            message, hint = "the file is not UTF-8 text", "save it as UTF-8"
            finding = Finding(shown, 0, 0, "settings-syntax", "error", message, hint)
            raise ConfigError((finding,)) from None
        except ConfigError:
            # Somebody else's file may be broken in ways that are not ours to tell.
            if table and ".".join(table) not in text:
                continue
            raise
        if settings is not None:
            return settings
    return None
