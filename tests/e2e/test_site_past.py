"""The pages about the past, built from real repositories."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import html5lib
import pytest

from tests.e2e.repositories import Repo, a_map, identified
from vsmdocs.cache import Cache
from vsmdocs.reading import MapDocument
from vsmdocs.rendering.pages.dates import dated
from vsmdocs.site.build import build_site
from vsmdocs.site.output import MARKER
from vsmdocs.site.result import BuildResult
from vsmdocs.workspace import MapFile, Workspace, open_workspace

CURRENT = "maps/delivery/current.md"
FUTURE = "maps/delivery/future.md"
TODAY = date(2026, 1, 15)
ATOM = "{http://www.w3.org/2005/Atom}"


def build(repo: Repo, output: Path, cache: Path | None = None) -> BuildResult:
    return build_site(open_workspace(repo.folder), output, today=TODAY, cache=cache)


def content(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def beside(name: str, href: str) -> str:
    """Give the path within a site to which a page's link leads."""
    return os.path.normpath(Path(name).parent / href)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A stream that got better, with a promise, a broken version and milestones."""
    repo = Repo(tmp_path / "project")
    repo.commit("Map the stream", {CURRENT: a_map("5d")})
    repo.git("tag", "baseline")
    repo.commit("Promise (#2)", {FUTURE: a_map("1d", more="target_date: 2026-12-31\n")})
    repo.commit("Break it", {CURRENT: a_map("5 fortnights")})
    repo.commit("Agree on a limit <b>&amp;", {CURRENT: a_map("3d")})
    repo.branch("work")
    repo.commit("Pair on it", {CURRENT: a_map("2d")})
    repo.merge("work", "Merge pull request #7 from team/work")
    repo.git("tag", "halfway")
    repo.commit("Only words", {CURRENT: a_map("2d", body="Some words.\n")})
    return repo


def test_every_kind_of_page_is_there(repo: Repo, tmp_path: Path) -> None:
    result = build(repo, tmp_path / "site")
    files = content(tmp_path / "site")
    below = "streams/delivery/"
    assert {
        f"{below}history.html", f"{below}changelog.html", f"{below}gap-future.html",
        f"{below}feed.xml", "changes/index.html", "changes/feed.xml",
        "data/delivery.current.history.json", "data/delivery.future.history.json",
    } <= files.keys()  # fmt: skip
    versions = [name for name in files if name.startswith(f"{below}versions/")]
    # The broken version has none.
    assert sum("/current/" in name for name in versions) == 4
    assert sum("/future/" in name for name in versions) == 1
    comparisons = [name for name in files if name.startswith(f"{below}compare/current/")]
    assert len(comparisons) == 2
    assert result.pages == sum(name.endswith(".html") for name in files)
    told = json.loads(files["data/delivery.current.history.json"])["versions"]
    assert [row["readable"] for row in told] == [True, False, True, True, True]
    assert [row["pull_request"] for row in told] == [None, None, None, 7, None]


def test_the_changelog_tells_every_version(repo: Repo, tmp_path: Path) -> None:
    build(repo, tmp_path / "site")
    page = (tmp_path / "site/streams/delivery/changelog.html").read_text()
    text = re.sub(r"<[^>]*>", "", page).replace("\u00a0", " ")
    assert text.count("Ada") == 6
    assert "Agree on a limit &lt;b&gt;&amp;amp;" in text
    assert "lead time 5 d 3 h to 4 d 3 h" in text
    assert "fortnights" in text
    for word in ("baseline", "halfway", "#7", "Merge pull request"):
        assert word in text
    first = text.index("Only words")
    assert first < text.index("Merge pull request") < text.index("Map the stream")


def test_pages_are_valid_and_links_lead_somewhere(repo: Repo, tmp_path: Path) -> None:
    build(repo, tmp_path / "site")
    files = content(tmp_path / "site")
    for name, data in files.items():
        if not name.endswith(".html"):
            continue
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(data)
        text = data.decode()
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        assert len(ids) == len(re.findall(r'\bid="', text)), name
        for href in re.findall(r'href="([^"]+)"', text):
            if re.match(r"[a-z]+:", href):
                continue
            target, _, anchor = href.partition("#")
            path = beside(name, target) if target else name
            assert path in files, (name, href)
            if anchor:
                assert f'id="{anchor}"' in files[path].decode(), (name, href)


def test_feeds_are_atom(repo: Repo, tmp_path: Path) -> None:
    repo.commit("Name \x01 it \u202eback", {CURRENT: a_map("1d")})
    build(repo, tmp_path / "site")
    for name in ("changes/feed.xml", "streams/delivery/feed.xml"):
        root = ET.fromstring((tmp_path / "site" / name).read_bytes())
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == 7
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 7
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            target = beside(name, link.attrib["href"])
            assert (tmp_path / "site" / target).is_file()


def test_feeds_have_whole_addresses_where_the_site_s_is_known(repo: Repo, tmp_path: Path) -> None:
    repo.write({"vsmdocs.toml": '[site]\nbase_url = "https://example.org/vsm/"\n'})
    build(repo, tmp_path / "site")
    root = ET.fromstring((tmp_path / "site/changes/feed.xml").read_bytes())
    links = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    assert all(link.startswith("https://example.org/vsm/") for link in links)


def test_how_many_versions_have_a_page_is_a_setting(repo: Repo, tmp_path: Path) -> None:
    for setting, expected in (("1", 3), ("0", 2), ('"all"', 4)):
        repo.write({"vsmdocs.toml": f"[site]\nversion_pages = {setting}\n"})
        build(repo, tmp_path / "site")
        folder = tmp_path / "site/streams/delivery/versions/current"
        # Those with a tag always have one.
        assert len(list(folder.iterdir())) == expected
        changelog = (tmp_path / "site/streams/delivery/changelog.html").read_text()
        assert changelog.count('class="version-head"') == 6


def test_what_is_not_committed_stands_at_the_end(repo: Repo, tmp_path: Path) -> None:
    repo.write({CURRENT: a_map("1d"), "maps/new/current.md": a_map("4d")})
    build(repo, tmp_path / "site")
    changelog = (tmp_path / "site/streams/delivery/changelog.html").read_text()
    assert changelog.index("not committed yet") < changelog.index("Only words")
    rows = json.loads((tmp_path / "site/data/delivery.current.history.json").read_text())
    assert rows["versions"][-1]["commit"] is None
    new = (tmp_path / "site/streams/new/history.html").read_text()
    assert "Lead time" in new


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("text", ["---\ntitle: [\n---\n", a_map(
    "1d", more="rework: [{from: deploy, to: build, rate: 100%}]\n")])  # fmt: skip
def test_a_map_that_is_broken_now_keeps_its_last_good_pages(
    repo: Repo, tmp_path: Path, committed: bool, text: str
) -> None:
    build(repo, tmp_path / "before")
    repo.write({CURRENT: text})
    if committed:
        repo.commit("Break it")
    result = build(repo, tmp_path / "site")
    assert [finding.path for finding in result.findings if finding.severity == "error"] == [CURRENT]
    for name in ("index.html", "current.html"):
        page = (tmp_path / "site/streams/delivery" / name).read_text()
        was = f"cannot be read or calculated now. This is how it was on {dated('2023-11-15')}"
        assert was in page
    before, after = content(tmp_path / "before"), content(tmp_path / "site")
    assert {name for name in before if "/versions/" in name} <= after.keys()
    changelog = after["streams/delivery/changelog.html"].decode()
    assert ("Break it</" in changelog) or ("Break it”" in changelog)
    assert after["streams/delivery/history.html"]


def test_a_stream_of_which_nothing_can_be_read_keeps_its_pages(repo: Repo, tmp_path: Path) -> None:
    broken = "---\ntitle: [\n---\n"
    repo.commit("Break both", {CURRENT: broken, FUTURE: broken})
    build(repo, tmp_path / "site")
    assert (tmp_path / "site/streams/delivery/gap-future.html").is_file()
    repo.commit("Remove both", {CURRENT: None, FUTURE: None, "maps/x.md": a_map()})
    build(repo, tmp_path / "site")
    assert not (tmp_path / "site/streams/delivery").exists()


def test_a_shallow_clone_says_so_on_every_page_about_time(repo: Repo, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(clone))
    result = build_site(open_workspace(clone), tmp_path / "site", today=TODAY)
    assert "shallow" in result.missing[0]
    assert "shallow clone" in (tmp_path / "site/index.html").read_text()
    for name in ("index.html", "current.html", "history.html", "changelog.html", "gap-future.html"):
        assert "shallow clone" in (tmp_path / "site/streams/delivery" / name).read_text()
    for version in (tmp_path / "site/streams/delivery/versions/current").iterdir():
        assert "shallow clone" in version.read_text()
    command = [sys.executable, "-m", "vsmdocs", "-C", str(clone), "build", "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "git fetch --unshallow" in done.stderr
    done = subprocess.run([*command, "--require-full-history"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "shallow" in done.stderr


def test_a_folder_that_is_no_repository_has_no_past(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/x.md").write_text(a_map())
    build_site(open_workspace(tmp_path), tmp_path / "site", today=TODAY)
    assert not (tmp_path / "site/changes").exists()
    assert "history.html" not in (tmp_path / "site/streams/x/index.html").read_text()


# --- the cache -----------------------------------------------------------------


def edit(repo: Repo, chance: random.Random) -> None:
    """Do one thing that people do."""
    wait = f"{chance.randint(1, 40)}h"
    path = chance.choice([CURRENT, FUTURE, "maps/other/current.md", "maps/third/current.md"])
    name = path.split("/")[1]
    match chance.randint(0, 7):
        case 0 | 1 | 2:
            repo.commit(f"Set {wait}", {path: a_map(wait, body=f"{chance.random()}\n")})
        case 3:
            repo.commit("Break", {path: "---\ntitle: x\nsteps: nothing\n---\n"})
        case 4:
            if (repo.folder / path).exists():
                repo.commit("Remove", {path: None})
        case 5:
            repo.git("tag", f"t{chance.random()}")
        case 6:
            target = f"maps/moved-{chance.randint(0, 9)}/current.md"
            said = identified(name)
            if (repo.folder / path).exists() and not (repo.folder / target).exists():
                repo.commit("Move", {path: None, target: a_map(wait, more=said)})
        case 7:
            if int(repo.git("rev-list", "--count", "HEAD")) > 3:
                repo.git("reset", "-q", "--hard", "HEAD~1")


@pytest.mark.parametrize("seed", range(3))
def test_a_warm_build_gives_the_very_bytes_of_a_cold_one(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    repo = Repo(tmp_path / "project")
    repo.commit("Map", {CURRENT: a_map("3d"), FUTURE: a_map("1d")})
    for turn in range(6):
        for _ in range(chance.randint(1, 3)):
            edit(repo, chance)
        if not list((repo.folder / "maps").rglob("*.md")):
            repo.commit("Again", {CURRENT: a_map("3d")})
        warm = build(repo, tmp_path / "warm", tmp_path / "cache")
        if turn == 3:
            # As after a build that was killed, or a folder that somebody tidied.
            next((tmp_path / "warm").rglob("*.html")).unlink()
            warm = build(repo, tmp_path / "warm", tmp_path / "cache")
        cold = build(repo, tmp_path / f"cold-{turn}")
        assert content(tmp_path / "warm") == content(tmp_path / f"cold-{turn}")
        assert warm == cold
        shutil.rmtree(tmp_path / f"cold-{turn}")


def test_only_streams_that_changed_are_made_again(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("Another", {"maps/other/current.md": a_map("2d")})
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(repo, site, cache)
    before = {path: path.stat().st_ino for path in site.rglob("*.html")}
    repo.commit("Change the other", {"maps/other/current.md": a_map("1d")})
    build(repo, site, cache)
    kept = {path for path, inode in before.items() if path.exists() and path.stat().st_ino == inode}
    assert site / "streams/delivery/history.html" in kept
    assert site / "streams/other/history.html" not in kept
    assert site / "index.html" not in kept


def test_a_new_version_leaves_the_pages_of_old_ones_as_they_are(repo: Repo, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(repo, site, cache)
    old = sorted((site / "streams/delivery/versions/current").glob("*.html"))
    before = {path: path.stat().st_ino for path in old}
    stops = site / "streams/delivery/current.versions.js"
    assert all(path.stem in stops.read_text() for path in old)
    new = repo.commit("Once more", {CURRENT: a_map("1d")})[:12]
    build(repo, site, cache)
    assert new in stops.read_text()
    changed = [path for path, inode in before.items() if path.stat().st_ino != inode]
    # The one that was the newest leads on to it now.
    assert len(changed) == 1
    assert f'rel="next" href="{new}.html"' in changed[0].read_text()
    # Without scripts the newest one leads to the map, and the map to it.
    newest = (site / f"streams/delivery/versions/current/{new}.html").read_text()
    assert 'href="../../current.html" data-key="ArrowRight"' in newest
    present = (site / "streams/delivery/current.html").read_text()
    assert f'rel="prev" href="../../streams/delivery/versions/current/{new}.html"' in present
    assert ">halfway</bdi>" in present


def test_a_map_whose_pages_are_taken_over_is_not_parsed(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("Another", {"maps/other/current.md": a_map("2d")})
    site, cache = tmp_path / "site", tmp_path / "cache"
    first = build(repo, site, cache)
    parsed: list[str] = []
    parse = Workspace.parse

    def noting(self: Workspace, file: MapFile, content: bytes) -> MapDocument:
        parsed.append(file.shown)
        return parse(self, file, content)

    monkeypatch.setattr(Workspace, "parse", noting)
    repo.write({"maps/other/current.md": a_map("1d"), "maps/third/current.md": "---\n- no\n---\n"})
    second = build(repo, site, cache)
    assert sorted(parsed) == ["maps/other/current.md", "maps/third/current.md"]
    assert second.maps == first.maps
    # One that cannot be read is told of in every build, until it is mended.
    again = build(repo, site, cache)
    assert again.findings == second.findings
    assert {finding.path for finding in again.findings if finding.severity == "error"} == {
        "maps/third/current.md"
    }


def test_a_file_that_somebody_changed_is_not_taken_over(repo: Repo, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(repo, site, cache)
    page = site / "streams/delivery/history.html"
    good = page.read_text()
    page.write_text("graffiti")
    build(repo, site, cache)
    assert page.read_text() == good


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vsmdocs", "-C", str(folder), *words],
        capture_output=True, text=True,
    )  # fmt: skip


def test_a_build_with_nothing_new_touches_nothing(repo: Repo) -> None:
    first = run(repo.folder, "build")
    site = repo.folder / "site"
    before = {path: path.stat().st_ino for path in site.rglob("*")}
    second = run(repo.folder, "build")
    assert {path: path.stat().st_ino for path in site.rglob("*")} == before
    assert (second.returncode, second.stdout, second.stderr) == (
        first.returncode, first.stdout, first.stderr,
    )  # fmt: skip
    (site / "extra.txt").write_text("x")
    run(repo.folder, "build")
    assert not (site / "extra.txt").exists()
    repo.git("tag", "another")
    run(repo.folder, "build")
    assert "another" in (site / "streams/delivery/changelog.html").read_text()


def test_the_cache_is_not_seen_by_git_and_not_believed_when_committed(repo: Repo) -> None:
    run(repo.folder, "build")
    assert (repo.folder / ".vsmdocs-cache/cache.sqlite3").is_file()
    assert ".vsmdocs-cache" not in repo.git("status", "--porcelain")
    repo.git("add", "-f", ".vsmdocs-cache")
    repo.commit("Smuggle")
    assert open_workspace(repo.folder).cache_folder() is None
    with Cache(open_workspace(repo.folder).cache_folder()) as cache:
        assert cache.find("site", [str(repo.folder / "site")]) == {}
