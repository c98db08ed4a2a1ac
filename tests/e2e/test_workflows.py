"""Workflows, actions and hooks: pinned, with few permissions, and nothing of strangers run.

zizmor looks at all of them, and actionlint where it is installed; what this project holds them
to beyond that is looked at here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from vsmdocs import __version__
from vsmdocs.starting.project import WORKFLOWS, Facts, ci_files, workflow

ROOT = Path(__file__).parents[2]
PINS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/configure-pages": ("983d7736d9b0ae728b81ab479565c72886d7745b", "v5.0.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "actions/github-script": ("ed597411d8f924073f98dfc5c65a23a2325f34cd", "v8.0.0"),
    "actions/attest-build-provenance": ("a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32", "v4.1.0"),
    "github/codeql-action": ("8aad20d150bbac5944a9f9d289da16a4b0d87c1e", "v4.36.2"),
    "pypa/gh-action-pypi-publish": ("81e9d935c883d0b210363ab89cf05f3894778450", "v1.8.14"),
}
"""As looked up in the actions' own repositories. A newer one is changed here by hand."""
MOST = {
    "ci": [{"contents": "read"}] * 3,
    "review": [{"contents": "read"}],
    "comment": [{"actions": "read", "pull-requests": "write"}],
    "pages": [{"contents": "read", "pages": "read"}, {"pages": "write", "id-token": "write"}],
    "release": [
        {"contents": "read"},
        {"contents": "read"},
        {"id-token": "write", "attestations": "write", "contents": "read"},
        {"id-token": "write"},
        {"contents": "write"},
    ],
}
"""What each job may do, in the order of the jobs."""
FROM_PYPI = f"        run: pip install --disable-pip-version-check vsmdocs=={__version__}\n"
FROM_CHECKOUT = """\
        run: |
          pip install --disable-pip-version-check --require-hashes -r requirements/run.lock -r requirements/build.lock
          pip install --disable-pip-version-check --no-deps --no-index --no-build-isolation .
"""  # noqa: E501
FROM_DEFAULT_BRANCH = """\
        # The newest commit of the default branch, which is what GITHUB_SHA is for this event.
        run: |
          locks="https://raw.githubusercontent.com/$GITHUB_REPOSITORY/$GITHUB_SHA/requirements"
          pip install --disable-pip-version-check --require-hashes -r "$locks/run.lock" -r "$locks/build.lock"
          pip install --disable-pip-version-check --no-deps --no-build-isolation "vsmdocs @ git+https://github.com/$GITHUB_REPOSITORY@$GITHUB_SHA"
"""  # noqa: E501
OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))
FACTS = Facts(date(2026, 11, 22), __version__, ci="github")


def _load(text: str) -> dict[Any, Any]:
    loaded = yaml.safe_load(text)
    assert isinstance(loaded, dict)
    return loaded


def _texts() -> dict[str, str]:
    own = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in OWN}
    own["action.yml"] = (ROOT / "action.yml").read_text("utf-8")
    return own | {f"init: {file.path}": file.text for file in ci_files(FACTS)}


TEXTS = _texts()
FLOWS = {name: text for name, text in TEXTS.items() if "/workflows/" in name}


def _steps(text: str) -> Iterator[dict[str, Any]]:
    loaded = _load(text)
    for job in loaded.get("jobs", {}).values():
        yield from job.get("steps", [])
    yield from loaded.get("runs", {}).get("steps", [])


def test_there_are_the_workflows_that_are_meant() -> None:
    assert [path.stem for path in OWN] == sorted(MOST)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_this_repository_uses_what_init_writes(name: str) -> None:
    written = workflow(name, FACTS)
    assert written.count(FROM_PYPI) == 1
    install = FROM_DEFAULT_BRANCH if name == "comment" else FROM_CHECKOUT
    expected = written.replace(FROM_PYPI, install)
    assert (ROOT / f".github/workflows/{name}.yml").read_text("utf-8") == expected


@pytest.mark.parametrize("name", TEXTS)
def test_every_action_is_pinned_to_a_commit_that_was_looked_up(name: str) -> None:
    lines = [line for line in TEXTS[name].splitlines() if re.match(r"\s*(- )?uses:", line)]
    used = [step for step in _steps(TEXTS[name]) if "uses" in step]
    assert len(lines) == len(used)
    for line in lines:
        match = re.fullmatch(r"\s*(?:- )?uses: ([^@\s]+)@([0-9a-f]{40}) # (v\S+)", line)
        if match is None:
            assert "uses: ./ #" in line
            continue
        assert PINS[match[1]] == (match[2], match[3])


@pytest.mark.parametrize("name", FLOWS)
def test_permissions_are_none_at_the_top_and_few_in_a_job(name: str) -> None:
    loaded = _load(FLOWS[name])
    assert loaded["permissions"] == {}
    stem = Path(name).stem.removeprefix("vsmdocs-")
    assert [job["permissions"] for job in loaded["jobs"].values()] == MOST[stem]


@pytest.mark.parametrize("name", TEXTS)
def test_checkouts_keep_no_credentials(name: str) -> None:
    for step in _steps(TEXTS[name]):
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", TEXTS)
def test_no_expression_stands_in_a_script(name: str) -> None:
    for step in _steps(TEXTS[name]):
        assert "${{" not in step.get("run", "")
        assert "script" not in step.get("with", {})


@pytest.mark.parametrize("name", FLOWS)
def test_jobs_end_and_runs_are_told_apart(name: str) -> None:
    loaded = _load(FLOWS[name])
    assert all(1 <= job["timeout-minutes"] <= 45 for job in loaded["jobs"].values())
    assert all(job["runs-on"] == "ubuntu-24.04" for job in loaded["jobs"].values())
    assert loaded["concurrency"]["group"]


@pytest.mark.parametrize("name", [name for name in FLOWS if "comment" in name])
def test_what_may_write_checks_nothing_out_and_shows_its_token_to_nobody_else(name: str) -> None:
    loaded = _load(FLOWS[name])
    assert set(loaded[True]) == {"workflow_run"}
    assert loaded[True]["workflow_run"]["workflows"] == [_load(workflow("review", FACTS))["name"]]
    steps = list(_steps(FLOWS[name]))
    used = [str(step.get("uses", "")).split("@")[0] for step in steps]
    assert used == ["actions/download-artifact", "actions/setup-python", "", ""]
    assert [step["name"] for step in steps if "github.token" in str(step)] == [
        "Fetch the report",
        "Write the comment",
    ]
    assert "env" not in loaded
    assert "env" not in loaded["jobs"]["comment"]
    assert loaded["concurrency"]["cancel-in-progress"] is False


def test_the_report_is_asked_for_under_the_name_that_it_is_kept_under() -> None:
    kept = [s["with"] for s in _steps(workflow("review", FACTS)) if "upload" in s.get("uses", "")]
    asked = next(s["with"] for s in _steps(workflow("comment", FACTS)) if "download" in str(s))
    assert asked["name"] == kept[0]["name"] == "vsmdocs-report"
    assert Path(kept[0]["path"]).name == "report.json"
    assert kept[1] == {
        "path": "${{ runner.temp }}/vsmdocs/vsmdocs-preview.html",
        "archive": False,
        "if-no-files-found": "error",
        "retention-days": 14,
    }


def test_a_publication_that_has_begun_is_carried_out() -> None:
    loaded = _load(workflow("pages", FACTS))
    assert loaded["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    steps = list(_steps(workflow("pages", FACTS)))
    assert steps[0]["with"]["fetch-depth"] == 0
    used = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert used[-3:] == [
        "actions/configure-pages",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]


def _as_repository(folder: Path) -> None:
    """Lay out everything as one repository would have it."""
    for name, text in TEXTS.items():
        path = folder / name.removeprefix("init: ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / ".git").mkdir()


def test_zizmor_finds_nothing_that_is_not_explained(tmp_path: Path) -> None:
    _as_repository(tmp_path)
    program = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [program, "--offline", "--no-progress", "--persona", "auditor", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout


@pytest.mark.parametrize("name", TEXTS)
def test_what_zizmor_is_told_to_pass_over_has_a_reason(name: str) -> None:
    for found in re.findall(r"# zizmor: ignore\[[^\]]*\](.*)", TEXTS[name]):
        assert len(found.split()) >= 5


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    program = os.environ.get("ACTIONLINT") or shutil.which("actionlint")
    if program is None:
        pytest.skip("no actionlint; put it on the path, or name it in ACTIONLINT")
    _as_repository(tmp_path)
    flows = sorted(map(str, (tmp_path / ".github/workflows").glob("*.yml")))
    assert len(flows) == len(FLOWS)
    done = subprocess.run(
        [program, "-no-color", *flows], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_hooks_run_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["vsmdocs-check", "vsmdocs-fmt"]
    for hook in hooks:
        assert hook["language"] == "python"
        program, verb = hook["entry"].split()
        done = subprocess.run(
            [sys.executable, "-m", program, verb, "--help"], capture_output=True, text=True
        )
        assert done.returncode == 0
        assert re.search(hook["files"], "maps/feature-delivery/current.md")
        assert not re.search(hook["files"], "docs/format.md")
    assert re.search(hooks[1]["exclude"], "maps/README.md")
    assert re.search(hooks[0]["files"], "theme/pages/map.html.j2")
    assert re.search(hooks[0]["files"], "pages/about.md")


def test_dependabot_follows_the_actions() -> None:
    for text in (
        (ROOT / ".github/dependabot.yml").read_text("utf-8"),
        next(file.text for file in ci_files(FACTS) if "dependabot" in file.path),
    ):
        (update,) = _load(text)["updates"]
        assert update["package-ecosystem"] == "github-actions"


class TestTheAction:
    """The composite action's scripts, as the runner starts them."""

    @pytest.fixture
    def script(self) -> str:
        return str(next(s["run"] for s in _steps(TEXTS["action.yml"]) if s.get("id") == "run"))

    def _run(self, script: str, folder: Path, **inputs: str) -> tuple[int, list[str], str]:
        """Run the script with a vsmdocs that writes down its words; return code, words, output."""
        tools = folder / "tools"
        tools.mkdir()
        fake = tools / "vsmdocs"
        fake.write_text(
            '#!/bin/bash\nprintf "%s\\n" "$@" > words\nprev=\n'
            'for w in "$@"; do if [[ $prev == -o ]]; then mkdir -p "$w"; echo "hi" > '
            '"$w/comment.md"; fi; prev=$w; done\nexit "${CODE:-0}"\n'
        )
        fake.chmod(0o755)
        names = ("COMMAND", "ARGS", "BASE", "HEAD_COMMIT", "OUTPUT")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            capture_output=True,
            text=True,
            env={
                **dict.fromkeys(names, ""),
                "PATH": f"{tools}:{os.environ['PATH']}",
                "RUNNER_TEMP": str(folder / "temp"),
                "GITHUB_OUTPUT": str(folder / "output"),
                "GITHUB_STEP_SUMMARY": str(folder / "summary"),
                **inputs,
            },
        )
        words = folder / "words"
        output = folder / "output"
        return (
            done.returncode,
            words.read_text().splitlines() if words.exists() else [],
            output.read_text() if output.exists() else "",
        )

    def test_check_says_annotations_of_what_is_new(self, script: str, tmp_path: Path) -> None:
        code, words, output = self._run(script, tmp_path, COMMAND="check", BASE="abc", CODE="1")
        assert code == 1
        assert words == ["check", "--format", "github", "--since", "abc"]
        assert output == "exit-code=1\n"

    def test_review_fills_the_summary(self, script: str, tmp_path: Path) -> None:
        code, words, output = self._run(
            script, tmp_path, COMMAND="review", BASE="a", HEAD_COMMIT="b", OUTPUT="out"
        )
        assert code == 0
        assert words == ["review", "-o", "out", "--base", "a", "--head", "b"]
        assert output == "output=out\nexit-code=0\n"
        assert (tmp_path / "summary").read_text() == "hi\n"

    def test_words_are_words_and_no_script(self, script: str, tmp_path: Path) -> None:
        arguments = '--fail-on  info\n$(touch evil) `touch evil` ;touch evil * "a b"'
        _, words, _ = self._run(script, tmp_path, COMMAND="build", ARGS=arguments, OUTPUT="o")
        assert words[3:] == [
            "--fail-on", "info", "$(touch", "evil)", "`touch", "evil`", ";touch", "evil", "*",
            '"a', 'b"',
        ]  # fmt: skip
        assert not (tmp_path / "evil").exists()

    def test_only_commands_of_vsmdocs_run(self, script: str, tmp_path: Path) -> None:
        assert self._run(script, tmp_path, COMMAND="check; touch evil")[:2] == (2, [])
        assert not (tmp_path / "evil").exists()

    def test_an_output_cannot_set_another(self, script: str, tmp_path: Path) -> None:
        hostile = "x\nexit-code=9"
        _, _, output = self._run(script, tmp_path, COMMAND="build", OUTPUT=hostile)
        assert output == "exit-code=0\n"
