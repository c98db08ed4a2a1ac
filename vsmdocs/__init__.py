"""Value stream maps in a repository become a site that shows where value gets stuck.

The front door for programs:

>>> import vsmdocs
>>> for document in vsmdocs.load("maps/feature-delivery"):
...     print(document.map.title, vsmdocs.metrics(document).totals.lead_time)

Importing this costs next to nothing; what a function needs is imported when it is called.
"""

from __future__ import annotations

__version__ = "0.1.0"

# Known to type checkers without importing `typing`, which takes longer than all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from vsmdocs.errors import ConfigError, Finding, InvalidMap, UsageError, VsmdocsError
    from vsmdocs.model.metrics import StreamMetrics
    from vsmdocs.model.stream import ValueStreamMap
    from vsmdocs.reading import MapDocument
    from vsmdocs.site.result import BuildResult

_HOMES = {
    "BuildResult": "vsmdocs.site.result",
    "ConfigError": "vsmdocs.errors",
    "Finding": "vsmdocs.errors",
    "InvalidMap": "vsmdocs.errors",
    "MapDocument": "vsmdocs.reading",
    "StreamMetrics": "vsmdocs.model.metrics",
    "UsageError": "vsmdocs.errors",
    "ValueStreamMap": "vsmdocs.model.stream",
    "VsmdocsError": "vsmdocs.errors",
}
__all__ = [
    "BuildResult",
    "ConfigError",
    "Finding",
    "InvalidMap",
    "MapDocument",
    "StreamMetrics",
    "UsageError",
    "ValueStreamMap",
    "VsmdocsError",
    "build",
    "load",
    "metrics",
]


def load(path: str | Path = ".") -> list[MapDocument]:
    """Read maps: one file, those below a folder, or all of a project.

    Parameters
    ----------
    path
        A map's file, a folder of maps, or the root of a project: a folder with settings
        (`vsmdocs.toml` and so on) or with a folder `maps`.

    Returns
    -------
    list of MapDocument
        In order of path. `document.map` is the map, `document.body` the prose below it.

    Raises
    ------
    InvalidMap
        When any of the files is no valid map; `findings` says all that is wrong with them.
    UsageError
        When there is nothing to read.
    ConfigError
        When the project's settings cannot be used.
    """
    from pathlib import Path

    from vsmdocs.errors import InvalidMap
    from vsmdocs.workspace import open_workspace

    start = Path(path).absolute()
    workspace = open_workspace(start if start.is_dir() else start.parent)
    is_project = start == workspace.root and workspace.maps_folder.is_dir()
    loaded = workspace.load(None if is_project else [start])
    if loaded.findings:
        raise InvalidMap(loaded.findings)
    return list(loaded.documents)


def metrics(of: MapDocument | ValueStreamMap) -> StreamMetrics:
    """Calculate every figure of a map; times are in working hours, ratios from 0 to 1.

    Raises
    ------
    CalculationError
        When the figures do not exist, such as for a rework loop that nothing leaves.
    """
    from vsmdocs.model.metrics import measure
    from vsmdocs.model.stream import ValueStreamMap

    return measure(of if isinstance(of, ValueStreamMap) else of.map)


def build(root: str | Path = ".", output: str | Path | None = None) -> BuildResult:
    """Build the site of a project, as `vsmdocs build` does.

    Parameters
    ----------
    root
        The project's root.
    output
        Folder to build into, relative to `root`; as the settings say where it is left out. It
        is replaced whole or not at all, and only if vsmdocs made it or it is empty.

    Raises
    ------
    UsageError
        When there is nothing to build, or the output folder must not be replaced.
    ConfigError
        When the project's settings cannot be used.
    """
    from pathlib import Path

    from vsmdocs.site.build import build_site
    from vsmdocs.workspace import open_workspace

    workspace = open_workspace(Path(root), explicit=True)
    return build_site(workspace, workspace.output(output))


def __getattr__(name: str) -> object:
    """Import a type when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
