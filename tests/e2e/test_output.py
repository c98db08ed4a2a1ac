"""The output folder: replaced whole or not at all, whatever lies there and whatever is killed."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from vsmdocs.errors import UsageError
from vsmdocs.site import exchange as exchange_module
from vsmdocs.site import output as output_module
from vsmdocs.site import staging
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.output import MARKER, check_output

ROOT = Path(__file__).parents[2]
OLD: dict[str, str | bytes] = {"index.html": "old", "a/page.html": "old", "a/b/data.json": b"old"}
NEW: dict[str, str | bytes] = {
    "index.html": "new",
    "a/page.html": "new",
    "c/page.html": b"new",
    "d.css": "new",
}


def publish(
    files: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]],
    output: Path,
    protected: tuple[Path, ...] = (),
) -> None:
    """Make a site of files that are known, or come one by one."""

    def fill(folder: SiteFolder) -> None:
        for name, text in files.items() if isinstance(files, Mapping) else files:
            folder.write(name, text)

    output_module.publish(fill, output, protected=protected)


def content(folder: Path) -> dict[str, str]:
    """Give every file of a folder, the mark aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def as_text(files: dict[str, str | bytes]) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text.decode() for name, text in files.items()}


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(staging.PREFIX)]


def unsupported(*_: object) -> None:
    raise OSError(errno.ENOSYS, "not here")


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of replacing a folder."""
    if request.param == "two renames":
        monkeypatch.setattr(output_module, "exchange", unsupported)
    return str(request.param)


# --- what is written ---------------------------------------------------------


def test_a_new_site(tmp_path: Path) -> None:
    publish(OLD, tmp_path / "some/where/site")
    assert content(tmp_path / "some/where/site") == as_text(OLD)
    assert left_over(tmp_path / "some/where") == []


def test_a_site_is_replaced_whole(tmp_path: Path, way: str) -> None:
    site = tmp_path / "site"
    publish(OLD, site)
    publish(iter(NEW.items()), site)
    assert content(site) == as_text(NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_an_empty_folder_is_taken(tmp_path: Path, way: str) -> None:
    (tmp_path / "site").mkdir()
    publish(NEW, tmp_path / "site")
    assert content(tmp_path / "site") == as_text(NEW)


def test_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    publish(NEW, Path("site"))
    publish(NEW, Path("other/../site"))
    assert content(tmp_path / "site") == as_text(NEW)


def test_everybody_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(NEW, tmp_path / "site")
    finally:
        os.umask(before)
    modes = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_the_same_bytes_again(tmp_path: Path) -> None:
    def every_byte(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    publish(NEW, tmp_path / "one")
    publish(NEW, tmp_path / "two")
    assert every_byte(tmp_path / "one") == every_byte(tmp_path / "two")
    assert MARKER in every_byte(tmp_path / "one")


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/x", "", ".", "a//b", "a/./b", "a\\b", "c:x", "a\0b", "a\nb", MARKER],
)
def test_a_path_that_leads_out_of_the_site(tmp_path: Path, name: str) -> None:
    publish(OLD, tmp_path / "site")
    with pytest.raises(ValueError, match="site"):
        publish({"ok.html": "", name: ""}, tmp_path / "site")
    assert content(tmp_path / "site") == as_text(OLD)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_a_path_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        publish([("a.html", "1"), ("a.html", "2")], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


# --- what is never replaced --------------------------------------------------


def foreign(site: Path) -> None:
    site.mkdir()
    (site / "thesis.txt").write_text("years of work")


def a_file(site: Path) -> None:
    site.write_text("years of work")


def a_link(site: Path) -> None:
    publish(OLD, site.parent / "real")
    site.symlink_to("real")


def a_dangling_link(site: Path) -> None:
    site.symlink_to("nothing")


def a_work_tree(site: Path) -> None:
    publish(OLD, site)
    (site / ".git").mkdir()


def a_forged_mark(site: Path) -> None:
    foreign(site)
    (site / MARKER).write_text("mine")


def a_linked_mark(site: Path) -> None:
    publish(OLD, site.parent / "real")
    foreign(site)
    (site / MARKER).symlink_to("../real/" + MARKER)


@pytest.mark.parametrize(
    "put", [foreign, a_file, a_link, a_dangling_link, a_work_tree, a_forged_mark, a_linked_mark]
)
def test_what_is_not_ours_is_let_be(tmp_path: Path, put: Callable[[Path], None]) -> None:
    site = tmp_path / "site"
    put(site)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=r"the output folder .*site"):
        publish(NEW, site)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("given", [".", "root", "root/maps", "root/..", "/", "root/.git/site"])
def test_the_project_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    maps = tmp_path / "root/maps"
    maps.mkdir(parents=True)
    (maps / MARKER).write_bytes(output_module.MARK)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        check_output(Path(given), (tmp_path / "root", maps))
    assert maps.is_dir()


def test_a_parent_by_way_of_a_link_is_the_parent_still(tmp_path: Path) -> None:
    (tmp_path / "real/root").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(UsageError, match="holds"):
        check_output(tmp_path / "link/root", (tmp_path / "real/root",))


def test_files_put_there_meanwhile_are_kept(tmp_path: Path, way: str) -> None:
    site = tmp_path / "site"
    publish(OLD, site)

    def pages() -> Iterator[tuple[str, str]]:
        yield "index.html", "new"
        (site / MARKER).unlink()

    with pytest.raises(UsageError, match="did not make"):
        publish(pages(), site)
    assert content(site) == as_text(OLD)
    assert left_over(tmp_path) == []


def test_files_put_there_in_the_last_moment_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    publish(OLD, site)
    real = exchange_module.exchange

    def late(one: Path, other: Path) -> None:
        (site / MARKER).unlink(missing_ok=True)
        real(one, other)

    monkeypatch.setattr(output_module, "exchange", late)
    with pytest.raises(UsageError, match="did not make"):
        publish(NEW, site)
    assert content(site) == as_text(OLD)


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        publish(NEW, tmp_path / "file/site")


# --- failure and death -------------------------------------------------------


@pytest.mark.parametrize("error", [RuntimeError("no"), KeyboardInterrupt(), OSError(28, "full")])
def test_a_failure_leaves_no_trace(tmp_path: Path, error: BaseException) -> None:
    def pages() -> Iterator[tuple[str, str]]:
        yield "index.html", "new"
        raise error

    publish(OLD, tmp_path / "site")
    expected = UsageError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        publish(pages(), tmp_path / "site")
    assert content(tmp_path / "site") == as_text(OLD)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]
    with pytest.raises(expected):
        publish(pages(), tmp_path / "a/b/site")
    assert not (tmp_path / "a").exists()


def test_without_an_exchange_a_failed_second_rename_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(OLD, tmp_path / "site")
    monkeypatch.setattr(output_module, "exchange", unsupported)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(errno.EIO, "broken disk")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(UsageError, match="broken disk"):
        publish(NEW, tmp_path / "site")
    assert content(tmp_path / "site") == as_text(OLD)


STAGES = ("write", "before swap", "after swap", "moved aside", "removing")

DYING = """
    import errno, os, shutil, signal, sys
    from pathlib import Path
    from vsmdocs.site import output, staging
    from vsmdocs.site.output import publish

    stage, site = sys.argv[1], Path(sys.argv[2])
    new = {new!r}

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    def fill(folder):
        for number, (name, text) in enumerate(new.items()):
            if stage == "write" and number == 2:
                die()
            folder.write(name, text)

    exchange = output.exchange
    def dying_exchange(one, other):
        if stage == "before swap":
            die()
        if stage == "moved aside":
            raise OSError(errno.ENOSYS, "not here")
        exchange(one, other)
        if stage == "after swap":
            die()
    output.exchange = dying_exchange
    rename = Path.rename
    def dying_rename(self, target):
        rename(self, target)
        if stage == "moved aside":
            die()
    Path.rename = dying_rename
    if stage == "removing":
        unlink = os.unlink
        def dying_unlink(*args, **more):
            unlink(*args, **more)
            die()
        os.unlink = dying_unlink
    publish(fill, site)
"""


@pytest.mark.parametrize("stage", STAGES)
def test_killed_midway_one_whole_site_is_there(tmp_path: Path, stage: str) -> None:
    site = tmp_path / "site"
    publish(OLD, site)
    script = textwrap.dedent(DYING).format(new=NEW)
    dead = subprocess.run(
        [sys.executable, "-c", script, stage, str(site)], cwd=ROOT, capture_output=True
    )
    assert dead.returncode == -signal.SIGKILL, dead.stderr
    assert left_over(tmp_path) != []
    if stage == "moved aside":
        # Only where folders cannot change places: the next build finds the old one.
        assert not site.exists()
        staging.remove_stale(tmp_path)
    new = stage in ("after swap", "removing")
    assert content(site) == as_text(NEW if new else OLD)
    publish({"index.html": "third"}, site)
    assert content(site) == {"index.html": "third"}
    assert left_over(tmp_path) == []


def test_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from vsmdocs.site.output import publish
        for round in range(25):
            who = f"{sys.argv[1]} {round}"
            publish(
                lambda folder: [folder.write(f"{n}.html", who) for n in range(20)],
                Path(sys.argv[2]),
            )
    """)
    site = tmp_path / "site"
    builds = [
        subprocess.Popen([sys.executable, "-c", script, str(n), str(site)], cwd=ROOT)
        for n in range(4)
    ]
    seen = False
    while any(build.poll() is None for build in builds):
        # Once there is a site, there is always one.
        there = (site / "0.html").exists()
        assert there or not seen
        seen = there
    assert [build.returncode for build in builds] == [0, 0, 0, 0]
    assert len(set(content(site).values())) == 1
    assert len(content(site)) == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_a_live_build_is_not_taken_for_a_left_over(tmp_path: Path) -> None:
    def pages() -> Iterator[tuple[str, str]]:
        yield "index.html", "outer"
        publish(NEW, tmp_path / "other")
        yield "second.html", "outer"

    publish(pages(), tmp_path / "site")
    assert content(tmp_path / "site") == {"index.html": "outer", "second.html": "outer"}
    assert content(tmp_path / "other") == as_text(NEW)


def test_without_locks_only_what_is_old_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_lock", lambda _: None)
    young, old = tmp_path / f"{staging.PREFIX}young", tmp_path / f"{staging.PREFIX}old"
    young.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    publish(NEW, tmp_path / "site")
    assert left_over(tmp_path) == [young.name]
