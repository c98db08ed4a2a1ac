"""A project is set up: what is there is looked at, what is missing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vsmdocs.errors import UsageError
from vsmdocs.rendering.pages.remotes import parse_remote
from vsmdocs.starting.host import Ci, CiChoice, choose_ci, known_branch
from vsmdocs.starting.project import (
    Facts,
    NewFile,
    attributes_file,
    ci_files,
    first_map,
    ignored_file,
    settings_file,
)
from vsmdocs.starting.writing import Outcome, write_new
from vsmdocs.workspace import Settings, open_workspace
from vsmdocs.workspace.files import UnreadableFile, printable, read_regular
from vsmdocs.workspace.settings import DEFAULTS

if TYPE_CHECKING:
    from vsmdocs.history.repository import Repository

DRIVERS = (
    ("merge.vsmdocs.name", "maps, merged by step id and number"),
    ("merge.vsmdocs.driver", "vsmdocs git-merge-driver %O %A %B %P"),
    ("diff.vsmdocs.textconv", "vsmdocs git-diff-driver"),
)
"""What `.gitattributes` counts on, and only a clone's own configuration may say."""


@dataclass(frozen=True, slots=True)
class Started:
    """What was done, and what is left to do by hand."""

    root: Path
    outcomes: tuple[Outcome, ...]
    passed_over: tuple[tuple[str, str], ...]
    """Paths that were not looked at, and why."""
    ci: CiChoice | None
    """None where that was not asked."""
    drivers: tuple[tuple[str, str, bool], ...] = ()
    """Keys of git's configuration, what they are now, and whether that is what was wanted."""
    repository: bool = True
    """Whether there is a git repository around it."""
    first_map: str = ""
    """Path of the map that was written, or empty."""


def start_project(root: Path, ci: Ci | None, git: bool, today: date, version: str) -> Started:
    """Write what a project needs and does not have, and tell git about maps where asked to.

    In a project that is set up already, `git` does its own part alone, for that is what
    everybody has to do who clones it.

    Raises
    ------
    UsageError
        When it cannot be done here; nothing is written then.
    ConfigError
        When there are settings that cannot be used.
    """
    from os.path import abspath

    from vsmdocs.history.repository import open_repository

    if root.exists() and not root.is_dir():
        raise UsageError(f"{printable(str(root))} is not a folder; name one, or a new one")
    repository = open_repository(Path(abspath(root)))  # noqa: PTH100 - resolve() would follow links
    if git and repository is None:
        raise UsageError(
            f"there is no git repository in {printable(str(root))} to set up; run git init there "
            "first, or leave out --git"
        )
    own = settings_in(root)
    settings = DEFAULTS
    if own:
        settings = open_workspace(root, explicit=True).settings
    facts = _facts(repository, settings, today, version)
    if git and own and ci is None:
        outcomes = write_new(root, [attributes_file(facts)])
        return Started(root, tuple(outcomes), (), None, _drive(repository))
    choice = CiChoice(ci, "you asked for it") if ci else _choose(repository, root)
    plan = _plan(root, own, settings, replace(facts, ci=choice.ci), repository)
    outcomes = write_new(root, plan.files)
    fresh = {outcome.file.path for outcome in outcomes if outcome.fate == "new"}
    return Started(
        root,
        tuple(outcomes),
        plan.passed_over,
        choice,
        _drive(repository) if git else (),
        repository is not None,
        plan.first_map if plan.first_map in fresh else "",
    )


def settings_in(root: Path) -> str:
    """Return the name of the file in a folder that has settings, or nothing."""
    if (root / "vsmdocs.toml").exists() or (root / "vsmdocs.toml").is_symlink():
        return "vsmdocs.toml"
    try:
        text = read_regular(root / "pyproject.toml").decode("utf-8", "replace")
    except UnreadableFile:
        return ""
    return "pyproject.toml" if "[tool.vsmdocs" in text else ""


@dataclass(frozen=True, slots=True)
class _Plan:
    files: tuple[NewFile, ...]
    passed_over: tuple[tuple[str, str], ...]
    first_map: str


def _plan(
    root: Path, own: str, settings: Settings, facts: Facts, repository: Repository | None
) -> _Plan:
    """Choose which of a project's files are missed here."""
    files: list[NewFile] = []
    passed: list[tuple[str, str]] = []

    def take(file: NewFile, unless: str) -> None:
        if unless:
            passed.append((file.path, unless))
        else:
            files.append(file)

    elsewhere = own == "pyproject.toml"
    take(settings_file(facts), "pyproject.toml has the settings" if elsewhere else "")
    map_file = first_map(facts)
    take(map_file, f"there are maps in {settings.maps}/" if _has_maps(root, settings) else "")
    take(attributes_file(facts), "")
    take(ignored_file(facts), "")
    top = repository.work_tree.resolve() if repository is not None else root.resolve()
    nested = "" if top == root.resolve() else "it would have to lie at the top of the repository"
    for file in ci_files(facts):
        take(file, nested)
    return _Plan(tuple(files), tuple(passed), map_file.path)


def _has_maps(root: Path, settings: Settings) -> bool:
    if not root.is_dir():
        return False
    workspace = replace(open_workspace(root, explicit=True), settings=settings)
    return workspace.find_any().count > 0


def _facts(repository: Repository | None, settings: Settings, today: date, version: str) -> Facts:
    facts = Facts(today, version, maps=settings.maps, site=settings.site.output)
    if repository is None:
        return facts
    remote = parse_remote(repository.remote_address)
    # Only of these is it known that a file's address begins with the repository's.
    known = remote is not None and choose_ci(remote, ()).ci != "none"
    return replace(
        facts,
        branch=known_branch(repository.default_branch_name),
        repository=remote.web_address if remote is not None and known else "",
    )


def _choose(repository: Repository | None, root: Path) -> CiChoice:
    top = repository.work_tree if repository is not None else root
    present = [name for name in (".github", ".gitlab-ci.yml") if (top / name).exists()]
    remote = None
    if repository is not None:
        remote = parse_remote(repository.remote_address)
    return choose_ci(remote, present)


def _drive(repository: Repository | None) -> tuple[tuple[str, str, bool], ...]:
    from vsmdocs.history.setup import configure

    assert repository is not None, "asked for before anything was written"
    found = [(key, value, configure(repository, key, value)) for key, value in DRIVERS]
    return tuple((key, now, now == value) for key, value, now in found)
