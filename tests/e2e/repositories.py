"""Real repositories for tests: commits with a clock of their own, and maps in a few lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

START = 1_700_000_000
ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def a_map(wait: str = "3d", *, title: str = "Delivery", more: str = "", body: str = "") -> str:
    """Give a map of three steps whose second one waits for `wait`."""
    return f"""---
title: {title}
{more}steps:
  - {{id: build, owner: Engineering, process_time: 2d, complete_accurate: 80%}}
  - {{id: review, owner: Quality, wait_time: {wait}, process_time: 2h}}
  - {{id: deploy, owner: Operations, process_time: 1h}}
---
{body}
"""


def identified(stream: str, state: str = "current") -> str:
    """Give the keys by which a map says itself which one it is."""
    return f"stream: {stream}\nstate: {state}\n"


class Repo:
    """A repository in a folder; every commit is an hour after the one before."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.clock = START
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """Run git and return what it says."""
        now = f"{self.clock} +0200"
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
                **ENVIRONMENT,
                "GIT_AUTHOR_DATE": now,
                "GIT_COMMITTER_DATE": now,
                **(environment or {}),
            },
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="replace").strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files; None removes one."""
        for name, text in files.items():
            path = self.folder / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(
        self,
        message: str,
        files: Mapping[str, str | bytes | None] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Commit everything that stands in the work tree; return the commit's id."""
        self.write(files or {})
        self.clock += 3600
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, environment=environment)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str) -> None:
        """Start a branch here and go onto it."""
        self.git("checkout", "-q", "-b", name)

    def merge(self, name: str, message: str, *options: str) -> str:
        """Go back to main and merge a branch with a merge commit."""
        self.git("checkout", "-q", "main")
        self.clock += 3600
        self.git("merge", "-q", "--no-ff", "-m", message, *options, name)
        return self.git("rev-parse", "HEAD")
