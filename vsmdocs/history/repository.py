"""The one gate to git: what is asked of it, in an environment in which nothing else runs.

A repository's configuration can name programs (hooks, monitors, pagers, helpers that fetch),
and its names can look like options. So only plumbing commands are run, every name is resolved
to an object id first, and whatever git could start is switched off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from vsmdocs.errors import HistoryError, UsageError

_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.pager=cat",
    "core.quotePath=false",
    "core.useReplaceRefs=false",
    "core.commitGraph=true",
    "protocol.allow=never",
    "maintenance.auto=false",
    "gc.auto=0",
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
    "GIT_NAMESPACE": "",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # Newer versions of git do not fetch what is missing; older ones find no way to.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_TRACE": "0",
    "GIT_FLUSH": "0",
    "GIT_LITERAL_PATHSPECS": "0",
    "GIT_GLOB_PATHSPECS": "0",
    "GIT_NOGLOB_PATHSPECS": "0",
    "GIT_ICASE_PATHSPECS": "0",
    "TZ": "UTC",
}
_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Repository:
    """A git repository around a project's folder, for one run: some answers are remembered."""

    def __init__(self, git_folder: Path, work_tree: Path, root: Path) -> None:
        self.git_folder = git_folder
        self.common_folder = _common_folder(git_folder)
        """What all work trees of it share."""
        self.work_tree = work_tree
        inside = root.resolve().relative_to(work_tree.resolve()).as_posix()
        self.prefix = "" if inside == "." else f"{inside}/"
        """Where the project lies in the repository: empty or with a slash at its end."""

    def start(
        self, arguments: Sequence[str], source: Any = None, more: Mapping[str, str] | None = None
    ) -> Any:
        """Start a command and return its process, whose pipes the caller reads.

        `source` is what it reads: nothing, a file, or `subprocess.PIPE`; `more` is added to its
        environment.
        """
        from git.cmd import Git

        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        common = self.common_folder
        # All of them, since a hook or a shell may have set any for another repository.
        place = {
            "GIT_DIR": str(self.git_folder),
            "GIT_WORK_TREE": str(self.work_tree),
            "GIT_COMMON_DIR": str(common),
            "GIT_OBJECT_DIRECTORY": str(common / "objects"),
            "GIT_INDEX_FILE": str(self.git_folder / "index"),
        }
        try:
            return Git(self.work_tree).execute(
                ["git", "--no-pager", *settings, *arguments],
                istream=source,
                as_process=True,
                env={**_ENVIRONMENT, **place, **(more or {})},
            )
        except (OSError, _git_error()) as error:
            raise HistoryError(f"git cannot be run: {str(error)[:200]}") from None

    @contextmanager
    def reading(
        self, arguments: Sequence[str], source: Any = None, more: Mapping[str, str] | None = None
    ) -> Iterator[BinaryIO]:
        """Give a command's output; end the command when the caller is done or fails.

        Raises
        ------
        HistoryError
            When git says that it failed, with its own words.
        """
        process = self.start(arguments, source, more)
        try:
            yield process.stdout
        except BaseException:
            process.proc.kill()
            process.proc.communicate()
            raise
        failed = finish(process)
        if failed is not None:
            raise HistoryError(failed)

    def ask(self, *arguments: str) -> str | None:
        """Return the output of a command without its last line feed; None where it fails."""
        process = self.start(arguments)
        output, _ = process.proc.communicate()
        if process.proc.returncode:
            return None
        text: str = output.decode("utf-8", "replace")
        return text.removesuffix("\n")

    def resolve(self, name: str) -> str | None:
        """Return the commit that a name stands for; None where there is none."""
        if "\0" in name or not name:
            return None
        found = self.ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        return found if found and _OBJECT_ID.fullmatch(found) else None

    def commit(self, name: str) -> str:
        """Return the commit that a name stands for.

        Raises
        ------
        UsageError
            When there is none.
        """
        found = self.resolve(name)
        if found is None and name == "HEAD":
            raise UsageError("there are no commits here yet: commit a map, and its history begins")
        if found is None:
            raise UsageError(f"there is no commit, branch or tag “{name[:100]}” in this repository")
        return found

    def default_branch(self) -> str | None:
        """Return the commit of the default branch, as the remote or common names say."""
        names = (
            "refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master",
            "refs/heads/main", "refs/heads/master", "refs/heads/trunk",
        )  # fmt: skip
        listed = self.ask("for-each-ref", "--format=%(objectname) %(refname)", *names) or ""
        found = {
            name: commit
            for commit, _, name in (line.partition(" ") for line in listed.splitlines())
        }
        return next((self.resolve(found[name]) for name in names if name in found), None)

    def tracks(self, path: Path) -> bool:
        """Return whether a file or folder of the work tree came with the repository."""
        try:
            inside = path.relative_to(self.work_tree).as_posix()
        except ValueError:
            return False
        return bool(self.ask("ls-tree", "HEAD", "--", inside))

    @cached_property
    def tags_and_end(self) -> str:
        """What history depends on beside the commit it is read from: tags, and its end."""
        tags = self.ask("for-each-ref", "--format=%(objectname) %(refname)", "refs/tags/")
        try:
            end = (self.common_folder / "shallow").read_bytes()
        except OSError:
            end = b""
        return f"{tags}\0{end!r}"

    @property
    def shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return self.ask("rev-parse", "--is-shallow-repository") == "true"

    @cached_property
    def promisor(self) -> str:
        """The remote that has the contents which were left out of a partial clone, or empty."""
        for key, value in self._remotes:
            if key.endswith(".promisor") and value == "true":
                return key.removeprefix("remote.").removesuffix(".promisor")
        return ""

    @property
    def remote_address(self) -> str:
        """The address of `origin`, else of the first remote there is, or nothing.

        It is as it was configured: it can hold a password, and it can be anything.
        """
        addresses = [(key, value) for key, value in self._remotes if key.endswith(".url")]
        origin = (value for key, value in addresses if key == "remote.origin.url")
        return next(origin, addresses[0][1] if addresses else "")

    @cached_property
    def _remotes(self) -> list[tuple[str, str]]:
        """What is configured of remotes: one question for all that is asked of them."""
        keys = r"^remote\..*\.(promisor|url)$"
        found = self.ask("config", "--local", "--null", "--get-regexp", keys) or ""
        pairs = (entry.partition("\n") for entry in found.split("\0") if entry)
        return [(key, value) for key, _, value in pairs]

    @cached_property
    def default_branch_name(self) -> str:
        """The name of the remote's default branch, else of the one checked out, or nothing.

        Where neither is known, as in most CI, it is a usual name that the remote has. What says
        it is mostly two small files, and then no program is started.
        """
        origin = "refs/remotes/origin/"
        for name, below in ((f"{origin}HEAD", origin), ("HEAD", "refs/heads/")):
            target = self._symbolic(name)
            if target.startswith(below):
                return target.removeprefix(below)
        usual = [f"{origin}{name}" for name in ("main", "master", "trunk")]
        listed = (self.ask("for-each-ref", "--format=%(refname)", *usual) or "").splitlines()
        return next((name.removeprefix(origin) for name in usual if name in listed), "")

    def _symbolic(self, name: str) -> str:
        """Return the whole name of what a symbolic name stands for, or nothing."""
        folder = self.git_folder if name == "HEAD" else self.common_folder
        try:
            kind, _, target = (folder / name).read_text("utf-8").strip().partition(": ")
        except (OSError, UnicodeDecodeError):
            return ""
        if target == "refs/heads/.invalid":
            # Names are kept in tables here, and this file is for programs that do not know them.
            return self.ask("symbolic-ref", "--quiet", name) or ""
        return target if kind == "ref" else ""

    def present(self) -> set[str]:
        """Return the ids of all objects that are here; git would try to fetch any other."""
        arguments = [
            "cat-file",
            "--batch-all-objects",
            "--unordered",
            "--batch-check=%(objectname)",
        ]
        with self.reading(arguments) as output:
            return {line.decode().strip() for line in output}

    def fetch(self, blobs: Iterable[str]) -> None:
        """Fetch contents from where the clone was made, in one go.

        Raises
        ------
        HistoryError
            When the remote does not give them.
        """
        with TemporaryFile() as names:
            names.write("".join(f"{blob}\n" for blob in blobs).encode())
            names.seek(0)
            arguments = [
                "-c", "protocol.allow=user", "-c", "fetch.negotiationAlgorithm=noop",
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no",
                "--filter=blob:none", "--stdin", "--", self.promisor,
            ]  # fmt: skip
            allowed = {"GIT_ALLOW_PROTOCOL": "https:http:ssh:git:file", "GIT_NO_LAZY_FETCH": "0"}
            with self.reading(arguments, names, allowed):
                pass


def finish(process: Any) -> str | None:
    """Wait for a process; return what git says went wrong, or None."""
    if process.stdout is not None and not process.stdout.closed:
        process.stdout.close()
    errors = process.stderr.read() if process.stderr is not None else b""
    code = process.proc.wait()
    if not code:
        return None
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    told = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    return told[0][:300] if told else f"git ended with {code}"


def _git_error() -> type[Exception]:
    from git.exc import GitError

    return GitError


def open_repository(root: Path) -> Repository | None:
    """Return the repository around a folder; None where there is none.

    Nothing is looked up by git itself, which would obey the environment of whoever calls.
    """
    for folder in (root, *root.parents):
        dot_git = folder / ".git"
        if dot_git.is_dir() or dot_git.is_file():
            found = _git_folder(dot_git)
            return Repository(found, folder, root) if found is not None else None
    return None


def _git_folder(dot_git: Path) -> Path | None:
    """Follow `.git`, which is a file in linked work trees and submodules."""
    if dot_git.is_dir():
        return dot_git if (dot_git / "HEAD").is_file() else None
    try:
        text = dot_git.read_text("utf-8")[:4096]
    except (OSError, UnicodeDecodeError):
        return None
    kind, _, target = text.strip().partition(": ")
    folder = dot_git.parent / target
    return folder if kind == "gitdir" and (folder / "HEAD").is_file() else None


def _common_folder(git_folder: Path) -> Path:
    """Return where a repository keeps what its work trees share."""
    try:
        inside = (git_folder / "commondir").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return git_folder
    return git_folder / inside
