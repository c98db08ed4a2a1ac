"""Which CI a repository gets, by where it lives on the web."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from vsmdocs.rendering.pages.remotes import Remote

Ci = Literal["github", "gitlab", "none"]

_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")


@dataclass(frozen=True, slots=True)
class CiChoice:
    """Which continuous integration a project gets, and why."""

    ci: Ci
    reason: str
    """Completes "because ..."."""


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
