"""Where a repository lives on the web, by the address of its remote, and which CI that means.

The address comes out of a configuration: it may hold a password, and it may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Ci = Literal["github", "gitlab", "none"]

_URL = re.compile(r"(?:https?|ssh|git)://(?:[^@/]*@)?([^/:@]+)(?::\d+)?/(.+)", re.IGNORECASE)
_SCP = re.compile(r"(?:[^@/:]+@)?([^@/:]{2,}):(?!//)(.+)")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PATH = re.compile(r"[A-Za-z0-9_.~-]+(/[A-Za-z0-9_.~-]+)+")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")


@dataclass(frozen=True, slots=True)
class Remote:
    """A place on the web that has the repository."""

    host: str
    path: str
    """Owner and name, with slashes between them."""

    @property
    def web_address(self) -> str:
        """The address at which people look at it."""
        return f"https://{self.host}/{self.path}/"


@dataclass(frozen=True, slots=True)
class CiChoice:
    """Which continuous integration a project gets, and why."""

    ci: Ci
    reason: str
    """Completes "because ..."."""


def parse_remote(address: str) -> Remote | None:
    """Read a remote's address; None for a folder, and for what no host would be called."""
    address = address.strip()
    match = _URL.fullmatch(address) or ("://" not in address and _SCP.fullmatch(address))
    if not match:
        return None
    host = match[1].lower()
    path = match[2].strip("/").removesuffix(".git").strip("/")
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path) or len(host + path) > 300:
        return None
    return None if any(part in (".", "..") for part in path.split("/")) else Remote(host, path)


def choose_ci(remote: Remote | None, present: Collection[str]) -> CiChoice:
    """Choose by the remote, else by what lies at the top of the repository, else GitHub."""
    if remote is not None:
        for ci in ("github", "gitlab"):
            if ci in remote.host.split(".") or remote.host.startswith(f"{ci}-"):
                return CiChoice(ci, f"the repository's remote is on {remote.host}")
    if ".gitlab-ci.yml" in present:
        return CiChoice("gitlab", "there is a .gitlab-ci.yml")
    if ".github" in present:
        return CiChoice("github", "there is a folder .github")
    if remote is not None:
        return CiChoice("none", f"the repository's remote is on {remote.host}")
    return CiChoice("github", "nothing here says otherwise")


def known_branch(name: str | None) -> str:
    """Return a branch that can stand in a workflow as it is; `main` where it could not."""
    fits = name and len(name) <= 200 and _BRANCH.fullmatch(name) and ".." not in name
    return name if name and fits else "main"
