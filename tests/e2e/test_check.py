"""`check` from the outside: what is chosen, what is new, what is kept, and what is written."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.repositories import Repo, a_map, identified
from vsmdocs.__main__ import main

ROOT = Path(__file__).parents[2]
OWNERLESS = """---
title: Delivery
steps:
  - {id: build, owner: Engineering, process_time: 2d, complete_accurate: 80%}
  - {id: review, wait_time: 3d, process_time: 2h}
stated_totals: {lead_time: 9d}
---
"""
BROKEN = "---\ntitle: Broken\nsteps:\n  - {id: build, process_tme: 2d}\n---\n"
Found = list[tuple[str, str]]
Check = Callable[..., Found]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a map that a little is wrong with, in which the test stands."""
    put(tmp_path / "maps/delivery/current.md", OWNERLESS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with one good and one bad map on main, in which the test stands."""
    repo = Repo(tmp_path)
    repo.commit("maps", {"maps/a/current.md": a_map(), "maps/old/current.md": OWNERLESS})
    monkeypatch.chdir(tmp_path)
    return repo


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """`check(...)` runs the verb and returns the path and rule of what it reports."""

    def run(*words: str, code: int | None = None) -> Found:
        ended = main(["check", "-f", "json", *words])
        out, err = capsys.readouterr()
        assert ended in ((0, 1) if code is None else (code,)), err
        return [(row["path"], row["rule"]) for row in json.loads(out)["findings"]]

    return run


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def rules(found: Found) -> set[str]:
    return {rule for _, rule in found}


# --- choosing ----------------------------------------------------------------


def test_rules_are_selected_and_ignored(project: Path, check: Check) -> None:
    put(project / "maps/delivery/future.md", a_map(more="state: future\n"))
    everything = rules(check())
    assert {"no-owner", "stated-total"} < everything
    assert rules(check("--select", "no-owner")) == {"no-owner"}
    both = check("--select", "no-owner", "--select", "targets")
    assert rules(both) == rules(check("--select", " no-owner , targets"))
    assert rules(both) == {"no-owner", "stated-total"}
    assert rules(check("--ignore", "no-owner,targets")) == everything - rules(both)
    assert rules(check("--select", "no-owner,targets", "--ignore", "targets")) == {"no-owner"}
    put(project / "maps/x.md", BROKEN)
    assert rules(check("--select", "no-owner")) == {"no-owner", "unknown-key"}
    assert rules(check("--ignore", "all")) == {"unknown-key"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--select", "no-ownr"], "--select: “no-ownr” is no rule and no group of rules; did you"),
        (["--ignore", "unknown-key"], "--ignore: “unknown-key” always counts"),
        (["--ignore", "no-owner,"], "--ignore: “” is no rule"),
        (["--fail-on", "never"], "never"),
        (["--since", "main"], "--since compares with a commit, and there is no git repository"),
        (["--baseline", "b.json"], "there is no baseline b.json; vsmdocs check --write-baseline"),
        (["--baseline", "maps"], "the baseline maps cannot be used: this is a folder"),
        (["--write-baseline", "b", "maps"], "leave out PATHS"),
        (["--write-baseline", "b", "--since", "x"], "leave out --since"),
        (["--write-baseline", "b", "--baseline", "c"], "leave out --baseline"),
        (["-f", "sarif:maps"], "maps cannot be written: is a directory"),
        (["-f", "json:maps/delivery/current.md/x"], "cannot be written: "),
    ],
)
def test_wrong_usage(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = sorted(project.rglob("*"))
    assert main(["check", *words]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert "Traceback" not in err
    assert out == ""
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 0),
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "warning", "--ignore", "targets"], 0),
        (["--fail-on", "info", "--ignore", "all"], 0),
    ],
)
def test_the_exit_code(project: Path, check: Check, words: list[str], code: int) -> None:
    check(*words, code=code)


def test_errors_always_fail(project: Path, check: Check) -> None:
    put(project / "maps/x.md", BROKEN)
    for least in ("error", "warning", "info"):
        check("--fail-on", least, "--ignore", "all", code=1)


def test_settings_choose_by_folder(project: Path, check: Check) -> None:
    put(project / "maps/legacy/current.md", OWNERLESS)
    put(
        project / "vsmdocs.toml",
        '[check]\nselect = ["no-owner", "targets"]\nfail_on = "warning"\n'
        'severity = {stated-total = "info", no-owner = "warning"}\n'
        '[[check.folder]]\npath = "maps/legacy"\nignore = ["no-owner"]\n'
        'severity = {targets = "error"}\n',
    )
    new, old = "maps/delivery/current.md", "maps/legacy/current.md"
    assert check(code=1) == [(new, "no-owner"), (new, "stated-total"), (old, "stated-total")]
    assert check("maps/delivery", "--fail-on", "error", code=0)
    assert check(old, "--fail-on", "error", code=1) == [(old, "stated-total")]
    assert check("--ignore", "targets") == [(new, "no-owner")]
    assert check("--select", "no-owner") == [(new, "no-owner"), (old, "no-owner")]


def test_a_folder_that_is_not_there_is_noted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(project / "vsmdocs.toml", '[[check.folder]]\npath = "maps/legcy"\n')
    assert main(["check"]) == 0
    assert "Note: [[check.folder]] is about maps/legcy, and there is no" in capsys.readouterr().err


def test_the_site_lists_what_check_reports(project: Path) -> None:
    put(project / "vsmdocs.toml", '[check]\nignore = ["no-owner"]\n')
    assert main(["build"]) == 0
    page = (project / "site/checks/index.html").read_text()
    assert "stated-total" in page
    assert "no-owner" not in page


def test_a_single_map_is_judged_beside_the_others(project: Path, check: Check) -> None:
    put(project / "maps/delivery/future.md", a_map(more="state: future\n"))
    whole = [one for one in check() if one[0] == "maps/delivery/future.md"]
    assert check("maps/delivery/future.md") == whole
    assert "future-without-current" not in rules(whole)


# --- baselines ---------------------------------------------------------------


def test_a_baseline_hides_what_was_there(
    project: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--write-baseline", "maps/b.json", "--fail-on", "info"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    count = json.loads((project / "maps/b.json").read_text())["findings"]
    assert f"Note: {len(count)} findings written to maps/b.json" in err
    assert f"1 map checked: nothing found, {len(count)} more in the baseline" in err
    put(project / "maps/delivery/current.md", "---\n# a line more\n" + OWNERLESS[4:])
    assert check("--baseline", "maps/b.json", "--fail-on", "info", code=0) == []
    put(project / "maps/new/current.md", OWNERLESS)
    assert {path for path, _ in check("--baseline", "maps/b.json")} == {"maps/new/current.md"}
    put(project / "vsmdocs.toml", '[check]\nbaseline = "maps/b.json"\n')
    assert {path for path, _ in check()} == {"maps/new/current.md"}


def test_a_broken_map_cannot_hide_in_a_baseline(project: Path, check: Check) -> None:
    put(project / "maps/x.md", BROKEN)
    assert rules(check("--write-baseline", "b.json", code=1)) == {"unknown-key"}
    assert rules(check("--baseline", "b.json", code=1)) == {"unknown-key"}


def test_what_a_baseline_outlived_is_noted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(project / "maps/new/current.md", OWNERLESS)
    assert main(["check", "--write-baseline", "b.json"]) == 0
    assert main(["check", "--baseline", "b.json"]) == 0
    assert "no more" not in capsys.readouterr().err
    put(project / "maps/delivery/current.md", OWNERLESS.replace("review,", "review, owner: QA,"))
    for words, noted in (([], True), (["maps/new"], False), (["--select", "targets"], False)):
        assert main(["check", "--baseline", "b.json", *words]) == 0
        err = capsys.readouterr().err
        assert ("of the baseline" in err) == noted, words
    assert main(["check", "--write-baseline", "b.json"]) == 0
    assert main(["check", "--baseline", "b.json"]) == 0
    assert "no more" not in capsys.readouterr().err


def test_a_baseline_that_cannot_be_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(project / "b.json", '{\n<<<<<<< HEAD\n"version": 1\n')
    assert main(["check", "--baseline", "b.json"]) == 2
    assert "b.json:2:1: error[baseline-syntax] this is not JSON" in capsys.readouterr().err
    (project / "b.json").write_bytes(b"\xff")
    assert main(["check", "--baseline", "b.json"]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_settings_read_no_file_of_elsewhere(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    put(secret, "a secret")
    (project / "b.json").symlink_to(secret)
    put(project / "vsmdocs.toml", '[check]\nbaseline = "b.json"\n')
    assert main(["check"]) == 2
    err = capsys.readouterr().err
    assert "leads out of the project by a link" in err
    assert "a secret" not in err


# --- what a change brought in ------------------------------------------------


def test_only_what_a_branch_brought_in(repo: Repo, check: Check) -> None:
    assert {path for path, _ in check()} >= {"maps/old/current.md"}
    assert check("--since", "main") == []
    repo.branch("change")
    repo.commit("more", {"maps/new/current.md": OWNERLESS})
    brought = check("--since", "main")
    assert {path for path, _ in brought} == {"maps/new/current.md"}
    assert rules(brought) == rules([one for one in check() if "old" in one[0]])
    # What is not committed yet was brought in as well.
    repo.write({"maps/x.md": BROKEN})
    assert check("--since", "main", code=1)[-1] == ("maps/x.md", "unknown-key")
    assert check("--since", "HEAD", code=1) == [("maps/x.md", "unknown-key")]
    assert check("--since", "main", "maps/old", code=0) == []


def test_what_came_to_main_meanwhile_was_not_brought_in(repo: Repo, check: Check) -> None:
    repo.branch("change")
    repo.commit("prose", {"maps/README.md": "x"})
    repo.git("checkout", "-q", "main")
    repo.commit("mended", {"maps/old/current.md": a_map(title="Old")})
    repo.git("checkout", "-q", "change")
    assert check("--since", "main") == []


def test_lines_that_move_and_maps_that_move_bring_nothing_in(repo: Repo, check: Check) -> None:
    stated = OWNERLESS.replace("---\n", "---\n" + identified("stated"), 1)
    repo.commit("more", {"maps/s.md": stated, "maps/broken/current.md": BROKEN})
    repo.branch("change")
    repo.commit(
        "moved",
        {
            "maps/s.md": None,
            "maps/elsewhere/entirely.md": stated.replace("title: D", "# new\ntitle: D"),
            "maps/old/current.md": None,
            "maps/young/current.md": OWNERLESS.replace("title: D", "owner: X\ntitle: D"),
            "maps/broken/current.md": None,
            "maps/cracked/current.md": BROKEN.replace("Broken", "Cracked"),
        },
    )
    assert {path for path, _ in check()} >= {"maps/young/current.md", "maps/cracked/current.md"}
    assert check("--since", "main", code=0) == []


def test_one_more_of_the_same_is_new(repo: Repo, check: Check) -> None:
    repo.branch("change")
    more = OWNERLESS.replace("stated", "  - {id: sign, process_time: 2h}\nstated")
    repo.commit("more", {"maps/old/current.md": more})
    assert rules(check("--since", "main")) >= {"no-owner"}


def test_old_numbers_are_no_news(repo: Repo, check: Check) -> None:
    repo.write({"vsmdocs.toml": "stale_after_days = 1\n"})
    assert "stale-numbers" in rules(check())
    assert "stale-numbers" not in rules(check("--since", "main"))


def test_since_goes_with_a_baseline(repo: Repo, check: Check) -> None:
    repo.branch("change")
    repo.commit("more", {"maps/new/current.md": OWNERLESS})
    assert main(["check", "--write-baseline", "b.json"]) == 0
    repo.commit("more", {"maps/newer/current.md": OWNERLESS})
    brought = check("--since", "main", "--baseline", "b.json")
    assert {path for path, _ in brought} == {"maps/newer/current.md"}


def test_the_project_below_the_top_of_its_repository(tmp_path: Path, check: Check) -> None:
    repo = Repo(tmp_path)
    repo.commit("maps", {"team/maps/old/current.md": OWNERLESS, "team/vsmdocs.toml": ""})
    repo.write({"team/maps/new/current.md": OWNERLESS})
    found = check("-C", str(tmp_path / "team"), "--since", "main")
    assert {path for path, _ in found} == {"maps/new/current.md"}


def test_since_what_is_not_there(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("nowhere", "", "--output=x", "HEAD:maps"):
        if name:
            assert main(["check", f"--since={name}"]) == 2
            assert f"there is no commit, branch or tag “{name}”" in capsys.readouterr().err
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("apart")
    assert main(["check", "--since", "main"]) == 2
    assert "have no commit in common" in capsys.readouterr().err


def test_since_in_a_shallow_clone(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("more", {"maps/x/current.md": a_map()})
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(clone))
    assert main(["-C", str(clone), "check", "--since", "HEAD~1"]) == 2
    assert "this clone is shallow" in capsys.readouterr().err


def test_since_without_any_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Repo(tmp_path).write({"maps/a/current.md": a_map()})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--since", "HEAD"]) == 2
    assert "there are no commits here yet" in capsys.readouterr().err


def test_a_past_that_cannot_be_had_makes_no_secret_of_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    blob = repo.git("rev-parse", "HEAD:maps/old/current.md")
    repo.write({"maps/old/current.md": OWNERLESS + "more\n"})
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert main(["check", "--since", "HEAD"]) == 0
    out, err = capsys.readouterr()
    assert "no-owner" in out
    assert "Note: maps/old/current.md as it was cannot be had, so all that is found" in err


# --- mending -----------------------------------------------------------------


def test_what_has_one_right_answer_is_mended(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "maps/x/current.md"
    put(file, "")
    file.write_bytes(BROKEN.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    written = file.read_bytes()
    assert main(["check", "--fix", "maps/x"]) == 0
    assert file.read_bytes() == written.replace(b"tme", b"time")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    out, err = capsys.readouterr()
    assert "Mended: maps/x/current.md: " in err
    assert "unknown-key" not in out
    before = file.stat().st_mtime_ns
    assert main(["check", "--fix"]) == 0
    assert "Mended" not in capsys.readouterr().err
    assert file.stat().st_mtime_ns == before


def test_what_has_none_is_left(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = BROKEN.replace("process_tme", "quux")
    put(project / "maps/x.md", text)
    assert main(["check", "--fix"]) == 1
    assert (project / "maps/x.md").read_text() == text
    assert "unknown-key" in capsys.readouterr().out


def test_mending_stays_in_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.md"
    put(outside, BROKEN)
    (project / "link.md").symlink_to(outside)
    assert main(["check", "--fix", "link.md"]) == 1
    assert outside.read_text() == BROKEN
    assert "Not mended: link.md leads out of the project" in capsys.readouterr().err


def test_mending_is_not_for_a_part_of_a_map(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"maps/x.md": BROKEN})
    assert main(["check", "--fix", "--since", "main"]) == 2
    assert "leave out --since" in capsys.readouterr().err
    assert (repo.folder / "maps/x.md").read_text() == BROKEN


# --- outputs -----------------------------------------------------------------


def test_several_formats_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(project / "maps/x.md", BROKEN)
    words = ["-f", "sarif:out/deep/x.sarif", "-f", "junit:out/j.xml", "-f", "gitlab:g.json"]
    assert main(["check", *words]) == 1
    out, err = capsys.readouterr()
    assert "maps/x.md:4:17: error[unknown-key]" in out
    assert "2 maps checked: 1 error" in err
    results = json.loads((project / "out/deep/x.sarif").read_text())["runs"][0]["results"]
    quality = json.loads((project / "g.json").read_text())
    assert len(results) == len(quality) > 1
    suite = ET.parse(project / "out/j.xml").getroot()[0]
    assert {case.get("name"): len(case) for case in suite} == {
        "maps/delivery/current.md": 1, "maps/x.md": 1,
    }  # fmt: skip
    assert suite.get("failures") == "1"
    mode = (project / "g.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o666 & ~_umask()
    assert [path.name for path in (project / "out").iterdir() if path.name[0] == "."] == []
    assert main(["check", "-f", "github", "-f", "json:out/f.json"]) == 1
    assert capsys.readouterr().out.startswith("::")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_file_keeps_its_rights_and_a_link_its_place(project: Path) -> None:
    real, link = project / "real.json", project / "link.json"
    put(real, "old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert main(["check", "-q", "-f", "json:link.json"]) == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["counts"]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_what_is_no_plain_file_is_written_into(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vsmdocs", "check", "-q", "-f", "json:/dev/stderr"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "findings" in json.loads(done.stderr)
    assert "warning[stated-total]" in done.stdout


@pytest.mark.parametrize("format", ["github", "sarif", "gitlab"])
def test_forges_know_files_by_their_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    repo = Repo(tmp_path)
    repo.write({"team/maps/x.md": BROKEN, "team/vsmdocs.toml": "", "other/y.md": BROKEN})
    other = str(tmp_path / "other/y.md")
    assert main(["-C", str(tmp_path / "team"), "check", "-f", format, "maps", other]) == 1
    assert _paths(format, capsys.readouterr().out) == {"team/maps/x.md", "other/y.md"}


def _paths(format: str, out: str) -> set[str]:
    if format == "github":
        return {line.split("file=")[1].split(",")[0] for line in out.splitlines()}
    read: Any = json.loads(out)
    if format == "gitlab":
        return {row["location"]["path"] for row in read}
    return {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in read["runs"][0]["results"]
    }


def test_a_hostile_map_says_nothing_to_the_runner(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(project / "maps/x.md", '---\ntitle: "##[add-mask]x"\n::error::x: 1\nsteps: []\n---\n')
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    for line in (out + err).splitlines():
        assert not line.strip().startswith("::")
        assert "##[" not in line
