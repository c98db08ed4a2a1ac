"""The program from outside: what it prints where, and how it ends."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import vsmdocs
from vsmdocs.__main__ import main
from vsmdocs.errors import Finding
from vsmdocs.site.result import BuildResult

ROOT = Path(__file__).parents[2]
MAP = """\
---
title: Delivery
owner: Payments
mapped_on: 2026-09-01
steps:
  - {id: build, owner: Engineering, process_time: 2d, complete_accurate: 80%}
  - {id: review, owner: Engineering, wait_time: 3d, process_time: 2h, complete_accurate: 90%}
---
Prose.
"""
BROKEN = "---\ntitle: Broken\nsteps:\n  - {id: build, process_tme: 2d}\n---\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one good map, in which the test stands."""
    write(tmp_path / "maps/delivery/current.md", MAP)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def program(
    *arguments: str, python: tuple[str, ...] = (), **more: Any
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    command = [sys.executable, *python, "-m", "vsmdocs", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, **more
    )


# --- check -------------------------------------------------------------------


def test_check_of_good_maps_is_clean(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / "maps/delivery/future.md", MAP.replace("3d", "1d"))
    assert main(["check", "-f", "json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["counts"]["error"] == 0


def test_check_says_what_is_wrong_and_where(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    assert main(["check", "maps/broken"]) == 1
    out, err = capsys.readouterr()
    assert "maps/broken/current.md:4:17: error[unknown-key]" in out
    assert "did you mean process_time?" in out
    assert "\x1b" not in out
    assert "1 map checked: 1 error" in err
    assert main(["check", "maps/broken", "-q", "--color", "always"]) == 1
    out, err = capsys.readouterr()
    assert "\x1b[" in out
    assert err == ""


def test_check_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    assert main(["-q", "check", "-f", "json", "maps/broken/current.md"]) == 1
    out, err = capsys.readouterr()
    (finding,) = json.loads(out)["findings"]
    assert (finding["path"], finding["line"]) == ("maps/broken/current.md", 4)
    assert err == ""


def test_check_of_a_file_that_cannot_be_had(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(project / "maps/pipe.md")
    assert main(["check", "maps/pipe.md"]) == 1
    assert "maps/pipe.md: error[not-a-file]" in capsys.readouterr().out


# --- metrics -----------------------------------------------------------------


@pytest.mark.parametrize("target", ["delivery/current", "maps/delivery/current.md"])
def test_metrics_of_a_map(project: Path, capsys: pytest.CaptureFixture[str], target: str) -> None:
    assert main(["metrics", target, "-f", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["stream"], figures["state"], figures["variant"]) == (
        "delivery",
        "current",
        None,
    )
    assert figures["totals"]["lead_time_hours"] == 42
    assert figures["totals"]["complete_accurate"] == pytest.approx(0.72)


@pytest.mark.parametrize("target", ["delivery", "maps/delivery", "maps/delivery/"])
def test_metrics_of_a_stream(
    project: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    write(project / "maps/delivery/future-q2.md", MAP.replace("3d", "1d"))
    write(project / "maps/other/current.md", MAP)
    assert main(["metrics", target, "-f", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["stream"] == "delivery"
    assert [row["totals"]["lead_time_hours"] for row in figures["maps"]] == [42, 26]
    assert main(["metrics", target, "-f", "csv"]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.startswith("stream,state,variant")
    assert [row.split(",")[:3] for row in rows] == [
        ["delivery", "current", ""],
        ["delivery", "future", "q2"],
    ]
    assert main(["metrics", target]) == 0
    assert "delivery/future-q2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("delivry", "did you mean delivery?"),
        ("delivery/futur", "there is no map and no stream"),
        ("zzz", "there are delivery"),
        ("maps", "several streams; name one of delivery, other"),
    ],
)
def test_metrics_of_what_is_not_there(
    project: Path, capsys: pytest.CaptureFixture[str], target: str, words: str
) -> None:
    write(project / "maps/other/current.md", MAP)
    assert main(["metrics", target]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


def test_metrics_of_a_broken_map(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / "maps/delivery/future.md", BROKEN)
    for target in ("delivery/future", "maps/delivery/future.md"):
        assert main(["metrics", target, "-f", "json"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "maps/delivery/future.md:4:17" in err
    assert main(["metrics", "delivery", "-f", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["maps"]) == 1
    assert main(["metrics", "delivery/current", "-q"]) == 0


# --- build, with the building itself left out --------------------------------


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that were built into, by a builder that finds what `findings` holds."""
    folders: list[Path] = []
    module = ModuleType("vsmdocs.site.build")

    def build_site(workspace: Any, output: Path, *, report: Any = None, **_: Any) -> BuildResult:
        loaded = workspace.load(report=report)
        folders.append(output)
        return BuildResult(3, len(loaded.documents), loaded.findings, ("slow",), ())

    module.build_site = build_site  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "vsmdocs.site.build", module)
    return folders


def test_build_says_what_it_made(
    project: Path, built: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert built == [project / "site"]
    assert "3 pages about 1 map: " in err
    assert "Not a git repository" in err
    assert "Warning: slow" in err
    write(project / ".git/HEAD", "ref: refs/heads/main\n")
    assert main(["build", "-o", "public"]) == 0
    assert built[-1] == project / "public"
    assert "Not a git repository" not in capsys.readouterr().err
    assert main(["build", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_build_leaves_broken_maps_out(
    project: Path, built: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(7):
        write(project / f"maps/broken{number}/current.md", BROKEN)
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert err.count("error[unknown-key]") == 5
    assert "and 2 errors more" in err
    assert "3 pages about 1 map" in err


def test_two_real_builds_give_the_same_bytes(project: Path) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    for output in ("one", "two"):
        assert main(["-q", "build", "-o", output]) == 1
    one, two = (
        {
            path.relative_to(project / name).as_posix(): path.read_bytes()
            for path in (project / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two
    assert {"index.html", ".vsmdocs-site"} <= set(one)


# --- options, settings and what goes wrong -----------------------------------


@pytest.mark.parametrize("before", [True, False])
def test_common_options_stand_before_or_after_the_verb(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    before: bool,
) -> None:
    monkeypatch.chdir("/")
    common = ["-C", str(project), "-v", "--color", "never"]
    verb = ["check", "maps/delivery/current.md"]
    assert main([*common, *verb] if before else [*verb, *common]) in (0, 1)
    assert f"project: {project}" in capsys.readouterr().err


def test_wrong_settings_are_shown_with_their_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "vsmdocs.toml", "[site]\ntitel = 'x'\n")
    assert main(["check"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "vsmdocs.toml:2:1: error[settings-unknown-key]" in err
    assert "did you mean title?" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["checks"], "check"),
        (["check", "--nope"], "--nope"),
        (["check", "-f", "xml"], "xml"),
        (["metrics"], "MAP|STREAM"),
        (["check", "nothing.md"], "there is no file or folder nothing.md"),
        (["-C", "nothing", "check"], "is not a folder"),
        ([], "vsmdocs build"),
    ],
)
def test_wrong_usage_ends_with_2(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert words in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize("verb", ["build", "check", "metrics"])
def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    assert main([verb, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"$ vsmdocs {verb}" in out
    assert "--color" in out
    assert "\x1b" not in out


def test_a_bug_is_told_shortly(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("unthought of")

    monkeypatch.setattr("vsmdocs.reading.reader.read_map", fail)
    assert main(["check"]) == 2
    err = capsys.readouterr().err
    assert "RuntimeError: unthought of" in err
    assert "This is a bug" in err
    assert "Traceback" not in err
    assert main(["check", "-v"]) == 2
    assert "Traceback" in capsys.readouterr().err


# --- as a process ------------------------------------------------------------


def test_the_version_needs_nothing_else() -> None:
    done = program("--version", python=("-X", "importtime"))
    assert done.stdout == f"vsmdocs {vsmdocs.__version__}\n"
    imported = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    ours = {name for name in imported if name.startswith("vsmdocs")}
    assert ours <= {"vsmdocs", "vsmdocs.__main__"}
    assert not imported & {"typing", "re", "pydantic", "typer"}


def test_check_imports_nothing_that_only_a_build_needs(project: Path) -> None:
    script = (
        "import sys; from vsmdocs.__main__ import main; main(['-q', 'check']); "
        "print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    imported = set(done.stderr.split())
    assert {"pydantic", "yaml", "typer"} <= imported
    assert not imported & {"jinja2", "markdown_it", "graphviz", "git", "rich", "numpy"}


def test_importing_the_package_is_nearly_free() -> None:
    script = "import sys; before = {*sys.modules}; import vsmdocs; print({*sys.modules} - before)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert sorted(ast.literal_eval(done.stdout)) == ["__future__", "vsmdocs"]


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    command = [sys.executable, "-m", "vsmdocs", "-q", "check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_is_told(project: Path) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vsmdocs", "check"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_is_quiet(project: Path, number: int, code: int) -> None:
    script = (
        "import sys, time; import vsmdocs.reading.reader as r\n"
        "def wait(*a, **k): print('here', flush=True); time.sleep(30)\n"
        "r.read_map = wait\n"
        "from vsmdocs.__main__ import main; sys.exit(main(['check']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"here\n"
        time.sleep(0.05)
        process.send_signal(number)
        assert process.stderr.read() == b""
    assert process.returncode == code


def test_a_terminal_that_knows_few_letters(project: Path) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    done = program("check", "maps/broken", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "\\u201cprocess_tme\\u201d" in done.stdout


# --- the front door for programs ---------------------------------------------


def test_the_package_loads_and_measures(project: Path) -> None:
    for path in (".", project, "maps", "maps/delivery", "maps/delivery/current.md"):
        (document,) = vsmdocs.load(path)
        assert document.map.title == "Delivery"
    assert isinstance(document, vsmdocs.MapDocument)
    figures = vsmdocs.metrics(document)
    assert isinstance(figures, vsmdocs.StreamMetrics)
    assert figures == vsmdocs.metrics(document.map)
    assert figures.totals.lead_time == 42


def test_the_package_raises_what_is_wrong(project: Path) -> None:
    write(project / "maps/broken/current.md", BROKEN)
    with pytest.raises(vsmdocs.InvalidMap) as caught:
        vsmdocs.load()
    assert all(isinstance(finding, Finding) for finding in caught.value.findings)
    with pytest.raises(vsmdocs.UsageError):
        vsmdocs.load("nothing.md")
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        vsmdocs.nothing  # noqa: B018


def test_the_package_names_all_that_it_has() -> None:
    assert set(vsmdocs.__all__) <= set(dir(vsmdocs))
    assert "__version__" in dir(vsmdocs)


def test_the_package_builds(project: Path, built: list[Path]) -> None:
    result = vsmdocs.build(project, "public")
    assert result.pages == 3
    assert built == [project / "public"]
