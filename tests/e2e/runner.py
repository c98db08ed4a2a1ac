"""The steps of a workflow, run here one after the other as GitHub's runner would.

Commands run in the shell that the runner takes, with its variables and files, and every line
of theirs goes through its search for commands. Of actions only those are played that move
files: the checkout is a clone that stands there already, and artifacts are folders.

See https://docs.github.com/en/actions/reference/workflows-and-actions and, for the log,
`ActionCommand.cs` in actions/runner.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_INSTALLS = re.compile(r"\bpip install\b")
_NOTHING_HERE = ("actions/checkout", "actions/setup-python", "actions/configure-pages",
                 "actions/deploy-pages")  # fmt: skip
Artifacts = dict[str, dict[str, bytes]]
"""Files by name, by the name of the artifact."""


@dataclass
class Ran:
    """What came of a job."""

    failed: list[str] = field(default_factory=list)
    """Names of the steps that failed."""
    output: str = ""
    """All that was printed."""
    summary: str = ""
    steps: list[str] = field(default_factory=list)
    """Names of the commands that were run."""

    @property
    def commands(self) -> list[str]:
        """Lines that the runner obeys."""
        lines = re.split(r"\r\n|\r|\n", self.output)
        return [line for line in lines if line.strip().startswith("::") or "##[" in line]


@dataclass
class Runner:
    """A machine with a clone, an event, and what earlier runs left."""

    folder: Path
    """Empty: for temporary files."""
    workspace: Path
    """The clone."""
    event: Mapping[str, Any]
    artifacts: Artifacts = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """What expressions give that are played here."""

    def run(self, workflow: str) -> Ran:
        """Run all jobs of a workflow, in the order in which they stand."""
        ran, loaded = Ran(), yaml.safe_load(workflow)
        for job in loaded["jobs"].values():
            outcomes: dict[str, str] = {}
            if self._holds(job.get("if", "true"), outcomes, ok=True):
                self._job(job["steps"], outcomes, ran)
        return ran

    def _job(self, steps: list[dict[str, Any]], outcomes: dict[str, str], ran: Ran) -> None:
        ok = True
        for step in steps:
            if not self._holds(str(step.get("if", "success()")), outcomes, ok):
                outcomes[step.get("id", "")] = "skipped"
                continue
            done = self._uses(step, outcomes) if "uses" in step else self._runs(step, outcomes, ran)
            outcomes[step.get("id", "")] = "success" if done else "failure"
            if not done and not step.get("continue-on-error"):
                ok = False
                ran.failed.append(step.get("name", step.get("uses", "")))

    def _holds(self, condition: str, outcomes: Mapping[str, str], ok: bool) -> bool:
        """Return whether a condition holds; without a status of its own, success is one too."""
        condition = condition.removeprefix("${{").removesuffix("}}").strip()
        if condition in ("true", "success()"):
            return ok
        if condition == "!cancelled()":
            return True
        left, equals, right = condition.partition(" == ")
        assert equals, f"no condition that is known here: {condition}"
        return ok and self._value(left, outcomes) == right.strip("'")

    def _value(self, expression: str, outcomes: Mapping[str, str]) -> str:
        if found := re.fullmatch(r"steps\.(\w+)\.outcome", expression):
            return outcomes[found[1]]
        if expression in self.outputs:
            return self.outputs[expression]
        if expression == "runner.temp":
            return str(self.folder / "temp")
        if expression == "github.token":
            return self.token
        value: Any = self.event
        assert expression.startswith("github.event."), expression
        for key in expression.split(".")[2:]:
            value = value[key]
        return str(value)

    def _filled(self, value: Any, outcomes: Mapping[str, str]) -> str:
        return _EXPRESSION.sub(lambda found: self._value(found[1], outcomes), str(value))

    def _runs(self, step: Mapping[str, Any], outcomes: Mapping[str, str], ran: Ran) -> bool:
        script = self._filled(step["run"], outcomes)
        # No text of an event stands in a script itself: it comes through the environment.
        assert script == step["run"]
        if _INSTALLS.search(script):
            return True
        temp = self.folder / "temp"
        temp.mkdir(parents=True, exist_ok=True)
        files = {name: self.folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_ENV",
                 "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}  # fmt: skip
        for path in files.values():
            path.write_text("")
        (self.folder / "event.json").write_text(json.dumps(self.event))
        (self.folder / "script.sh").write_text(script)
        own = {key: self._filled(value, outcomes) for key, value in step.get("env", {}).items()}
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "GIT_"))},
            "PATH": f"{self._tools()}{os.pathsep}{os.environ['PATH']}",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_SERVER_URL": "https://github.com",
            "RUNNER_TEMP": str(temp),
            **{name: str(path) for name, path in files.items()},
            **self.environment,
            **own,
        }
        shell = ["bash", "-e"] if "shell" not in step else ["bash", "--noprofile", "--norc", "-eo",
                                                            "pipefail"]  # fmt: skip
        done = subprocess.run(
            [*shell, str(self.folder / "script.sh")], cwd=self.workspace, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        ran.steps.append(step.get("name", ""))
        ran.output += done.stdout.decode("utf-8", "backslashreplace")
        ran.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        assert files["GITHUB_ENV"].read_text() == files["GITHUB_PATH"].read_text() == ""
        return done.returncode == 0

    def _tools(self) -> Path:
        """Return a folder with the program that was installed."""
        folder = self.folder / "bin"
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / "vsmdocs"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vsmdocs "$@"\n')
        program.chmod(0o755)
        return folder

    def _uses(self, step: Mapping[str, Any], outcomes: Mapping[str, str]) -> bool:
        action = step["uses"].partition("@")[0]
        given = {key: self._filled(value, outcomes) for key, value in step.get("with", {}).items()}
        if action in ("actions/upload-artifact", "actions/upload-pages-artifact"):
            path = Path(given["path"])
            files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
            if not files:
                return given.get("if-no-files-found") != "error"
            whole = given.get("archive") == "False"
            name = path.name if whole else given.get("name", "github-pages")
            start = path.parent if path.is_file() else path
            self.artifacts[name] = {
                file.relative_to(start).as_posix(): file.read_bytes() for file in files
            }
        elif action == "actions/download-artifact":
            if given["name"] not in self.artifacts:
                return False
            folder = Path(given["path"])
            shutil.rmtree(folder, ignore_errors=True)
            for name, data in self.artifacts[given["name"]].items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
        else:
            assert action in _NOTHING_HERE, action
        return True
