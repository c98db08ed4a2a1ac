"""A new repository out of a stream of commits, the same on every machine."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING

from vsmdocs.errors import HistoryError, UsageError

if TYPE_CHECKING:
    from git.cmd import Git

_SETTINGS = (
    "core.autocrlf=false",
    f"core.attributesFile={os.devnull}",
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    # What is logged has this machine's name in it.
    "core.logAllRefUpdates=false",
    "gc.auto=0",
)
_INIT = ("init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha1")


def make_repository(folder: Path, stream: bytes) -> None:
    """Make a repository in a new or empty folder out of what `git fast-export` would write.

    The files of the branch `main` are then in the folder. The user's and the system's
    configuration, templates and hooks have no part in it.

    Raises
    ------
    UsageError
        When there is something in the folder.
    HistoryError
        When there is no git, or it fails, with its own words.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder; name one that is, or a new one")
    git = _git(folder.absolute())
    folder.mkdir(parents=True, exist_ok=True)
    _run(git, _INIT)
    _run(git, ("fast-import", "--quiet", "--done"), stream)
    _run(git, ("read-tree", "-m", "-u", "main"))


def _git(folder: Path) -> Git:
    """Return git in a folder, deaf to whatever the environment says of another repository.

    Whoever starts this from a hook has variables set that name the hook's own repository.
    """
    try:
        from git.cmd import Git
    except ImportError:
        # GitPython looks for the program when it is imported.
        raise HistoryError("git cannot be run: is it installed?") from None
    own = folder / ".git"
    git = Git(folder)
    git.update_environment(
        GIT_DIR=str(own),
        GIT_WORK_TREE=str(folder),
        GIT_COMMON_DIR=str(own),
        GIT_INDEX_FILE=str(own / "index"),
        GIT_OBJECT_DIRECTORY=str(own / "objects"),
        GIT_ALTERNATE_OBJECT_DIRECTORIES="",
        GIT_NAMESPACE="",
        GIT_CONFIG_NOSYSTEM="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_COUNT="0",
        GIT_CONFIG_PARAMETERS="",
        GIT_ATTR_NOSYSTEM="1",
    )
    return git


def _run(git: Git, words: tuple[str, ...], source: bytes = b"") -> None:
    from git.exc import GitCommandNotFound

    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    try:
        process = git.execute(["git", *settings, *words], istream=PIPE, as_process=True)
    except GitCommandNotFound as error:
        raise HistoryError(f"git cannot be run: {error}") from None
    _, errors = process.communicate(source)
    if process.returncode:
        told = errors.decode("utf-8", "replace").strip()
        raise HistoryError(f"git {words[0]} failed: {told[:300]}")
