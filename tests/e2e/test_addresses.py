"""Where pages lead: to the forge that has the source, from old names to new ones, and nowhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from tests.e2e.repositories import Repo, a_map, identified
from vsmdocs.__main__ import main

CURRENT = "maps/delivery/current.md"
PAGE = "site/streams/delivery/current.html"
SECRET = "s3cr3t"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with one map, in which the test stands."""
    repo = Repo(tmp_path / "project")
    repo.commit("Begin (#7)", {CURRENT: a_map()})
    monkeypatch.chdir(repo.folder)
    return repo


def outward(page: Path) -> dict[str, str]:
    """Give the links of a page that leave the site, by their words."""
    text = page.read_text("utf-8")
    found = re.findall(r'<a[^>]*href="(https?://[^"]*)"[^>]*>(.*?)</a>', text, re.S)
    return {re.sub(r"<[^>]*>", "", words): unescape(href) for href, words in found}


def build(*arguments: str, code: int = 0) -> None:
    assert main(["build", *arguments]) == code


# --- the forge ------------------------------------------------------------------


def test_links_follow_the_remote_and_give_no_secret_away(repo: Repo) -> None:
    build()
    assert outward(repo.folder / PAGE) == {}
    repo.git("remote", "add", "origin", f"https://ada:{SECRET}@github.com/acme/streams.git")
    build()
    links = outward(repo.folder / PAGE)
    github = "https://github.com/acme/streams/"
    assert links["Edit this map"] == f"{github}edit/main/{CURRENT}"
    assert links["Open the editor on GitHub"] == links["Edit this map"]
    assert links[CURRENT] == f"{github}blob/main/{CURRENT}"
    assert links["Discuss it in an issue first"].startswith(f"{github}issues/new?title=")
    stream = outward(repo.folder / "site/streams/delivery/index.html")
    assert stream["Edit the current map"] == links["Edit this map"]
    assert stream["Plan a future state"].startswith(
        f"{github}new/main/maps/delivery?filename=future.md&value="
    )
    log = outward(repo.folder / "site/streams/delivery/changelog.html")
    assert log["#7"] == f"{github}pull/7"
    assert (
        log[repo.git("rev-parse", "HEAD")[:12]] == f"{github}commit/{repo.git('rev-parse', 'HEAD')}"
    )
    files = [path for path in repo.folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    # What was built is not taken over when the remote is another one.
    repo.git("remote", "set-url", "origin", "git@gitlab.example.org:acme/flow/streams.git")
    build()
    links = outward(repo.folder / PAGE)
    assert links["Edit this map"] == (
        f"https://gitlab.example.org/acme/flow/streams/-/edit/main/{CURRENT}"
    )
    assert not any("github" in href for href in links.values())
    repo.git("remote", "remove", "origin")
    build()
    assert outward(repo.folder / PAGE) == {}


@pytest.mark.parametrize(
    "remote",
    [
        "/srv/git/streams.git",
        f"https://ada:{SECRET}/x@github.com/acme/streams",
        "javascript:alert(1)//github.com/a/b",
        "https://github.com/acme/streams\nhttps://evil.example/",
        "https://git.example.org/acme/streams",
        'https://github.com/acme/"onclick="x',
    ],
)
def test_a_remote_that_is_no_place_on_the_web_gives_no_link(repo: Repo, remote: str) -> None:
    repo.git("config", "remote.origin.url", remote)
    build()
    assert outward(repo.folder / PAGE) == {}
    files = [path for path in (repo.folder / "site").rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in path.read_bytes() for path in files)


def test_origin_goes_before_other_remotes_and_settings_before_all(repo: Repo) -> None:
    repo.git("config", "remote.mirror.url", "https://codeberg.org/mirror/streams")
    build()
    assert "codeberg.org/mirror" in outward(repo.folder / PAGE)["Edit this map"]
    repo.git("config", "remote.origin.url", "https://github.com/acme/streams")
    build()
    assert "github.com/acme" in outward(repo.folder / PAGE)["Edit this map"]
    settings = repo.folder / "vsmdocs.toml"
    settings.write_text(
        '[site]\nrepository = "https://git.example.org/a/b"\nforge = "gitea"\nbranch = "next/2"\n'
    )
    build()
    links = outward(repo.folder / PAGE)
    assert links["Edit this map"] == f"https://git.example.org/a/b/_edit/next/2/{CURRENT}"
    settings.write_text('[site]\nforge = "none"\n')
    build()
    assert outward(repo.folder / PAGE) == {}
    text = (repo.folder / PAGE).read_text()
    assert "Propose an improvement" in text, "which can be sent to somebody"


def test_the_branch_is_the_remote_s_default_one(repo: Repo) -> None:
    repo.git("config", "remote.origin.url", "https://github.com/acme/streams")
    repo.branch("a/topic#1")
    build()
    edit = outward(repo.folder / PAGE)["Edit this map"]
    assert edit == f"https://github.com/acme/streams/edit/a/topic%231/{CURRENT}"
    repo.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    build()
    assert "/edit/trunk/" in outward(repo.folder / PAGE)["Edit this map"]
    repo.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
    repo.git("checkout", "-q", "--detach")
    build()
    assert "/edit/trunk/" in outward(repo.folder / PAGE)["Edit this map"], "a usual name"
    repo.git("update-ref", "-d", "refs/remotes/origin/trunk")
    build()
    links = outward(repo.folder / PAGE)
    assert "Edit this map" not in links
    assert links["Open the file of this map"] == links["Open the file on GitHub"]
    assert "/blob/HEAD/maps/" in links[CURRENT]


def test_a_project_in_a_folder_of_the_repository_with_any_names(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "teams/pay & co/maps/delivery/50% #1? 'naïve' 日本.md"
    repo.commit("Move", {name: a_map(more=identified("delivery") + "variant: x\n")})
    repo.git("config", "remote.origin.url", "ssh://git@gitea.example.org:2222/a/b.git")
    project = repo.folder / "teams/pay & co"
    monkeypatch.chdir(project)
    build()
    edit = outward(project / "site/streams/delivery/current-x.html")["Edit this map"]
    assert edit.isascii()
    assert unquote(urlsplit(edit).path) == f"/a/b/_edit/main/{name}"


def test_a_map_that_cannot_be_read_now_can_be_edited_but_not_proposed_for(repo: Repo) -> None:
    repo.git("config", "remote.origin.url", "https://github.com/acme/streams")
    (repo.folder / CURRENT).write_text("---\ntitle: x\n---\n")
    build(code=1)
    page = (repo.folder / PAGE).read_text()
    assert "This is how it was on" in page
    assert "Edit this map" in outward(repo.folder / PAGE)
    assert "Propose an improvement" not in page


# --- addresses of pages ---------------------------------------------------------


def test_every_page_is_listed_under_its_canonical_address(repo: Repo) -> None:
    repo.commit("More", {"maps/delivery/future.md": a_map("1d"), "maps/other/current.md": a_map()})
    repo.write({"vsmdocs.toml": '[site.aliases]\nlong-ago = "other"\n'})
    build("--base-url", "https://example.org/flow/")
    site = repo.folder / "site"
    listed = {}
    for entry in ElementTree.parse(site / "sitemap.xml").getroot().iterfind("s:url", SPACE):
        listed[entry.findtext("s:loc", "", SPACE)] = entry.findtext("s:lastmod", "", SPACE)
    canonical = {}
    for page in site.rglob("*.html"):
        name = page.relative_to(site).as_posix()
        text = page.read_text("utf-8")
        found = re.findall(r'<link rel="canonical" href="([^"]*)">', text)
        if 'content="noindex"' in text:
            assert name == "404.html" or name.startswith("streams/long-ago/")
        else:
            assert len(found) == 1, f"{name} does not say its own address"
            canonical[name] = found[0]
    assert sorted(listed) == sorted(canonical.values())
    assert all(
        address == f"https://example.org/flow/{name.removesuffix('index.html')}"
        for name, address in canonical.items()
    )
    assert listed["https://example.org/flow/streams/delivery/current.html"] == "2023-11-15"
    assert listed["https://example.org/flow/method/"] == ""
    assert "\nSitemap: https://example.org/flow/sitemap.xml\n" in (site / "robots.txt").read_text()
    build()
    assert not list(site.glob("sitemap*")) + list(site.glob("robots.txt"))


def test_the_page_for_what_is_not_there_works_at_any_depth(repo: Repo) -> None:
    build("--base-url", "https://example.org/a/b")
    page = (repo.folder / "site/404.html").read_text()
    local = [href for href in re.findall(r'(?:href|src)="([^"]*)"', page) if href[0] != "#"]
    assert local
    for href in local:
        assert href.startswith("/a/b/"), href
        name = href.removeprefix("/a/b/")
        assert (repo.folder / "site" / name).is_file(), href
    assert "/a/b/streams/delivery/index.html" in local
    build()
    alone = (repo.folder / "site/404.html").read_text()
    assert re.findall(r'(?:href|src)="', alone) == []


# --- names that streams had before ----------------------------------------------


def test_old_names_lead_to_new_ones(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit("Two", {"maps/delivery/future.md": a_map("1d")})
    repo.write({"vsmdocs.toml": '[site.aliases]\nshipping = "delivery"\n'})
    build("--base-url", "https://example.org/flow/")
    site = repo.folder / "site"
    for name in ("index", "current", "future", "gap-future", "history", "changelog"):
        page = site / f"streams/shipping/{name}.html"
        text = page.read_text()
        (target,) = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]*)">', text)
        assert (page.parent / target).resolve() == (
            site / f"streams/delivery/{name}.html"
        ).resolve()
        assert f'<a href="{target}" data-moved>' in text
        shown = f"https://example.org/flow/streams/delivery/{name}.html".removesuffix("index.html")
        assert f'<link rel="canonical" href="{shown}">' in text
    assert not (site / "streams/shipping/versions").exists()
    build()
    text = (site / "streams/shipping/index.html").read_text()
    assert '<link rel="canonical" href="../../streams/delivery/index.html">' in text
    assert capsys.readouterr().err.count("pages about") == 2


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ('delivery = "other"', "there is a stream “delivery” now"),
        ('shipping = "delivry"', "did you mean delivery?"),
    ],
)
def test_an_old_name_that_does_not_fit_is_found_at_its_place(
    repo: Repo, alias: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("Two", {"maps/other/current.md": a_map()})
    repo.write({"vsmdocs.toml": f'[site]\ntitle = "T"\n\n[site.aliases]\n{alias}\n'})
    build(code=1)
    told = capsys.readouterr().err
    assert f"vsmdocs.toml:5:{alias.index('=') + 3}: error[settings-value]" in told
    assert words in told
    checks = (repo.folder / "site/checks/index.html").read_text()
    assert "vsmdocs.toml" in checks
    assert words in checks
    assert (repo.folder / PAGE).exists(), "all else is built"
    assert not (repo.folder / "site/streams/shipping").exists()
    assert main(["check"]) == 1
    assert words in capsys.readouterr().out


def test_a_stream_whose_maps_cannot_be_read_is_there_all_the_same(repo: Repo) -> None:
    repo.write({
        "vsmdocs.toml": '[site.aliases]\nold = "broken"\n', "maps/broken/current.md": "nothing",
    })  # fmt: skip
    build(code=1)
    assert "vsmdocs.toml" not in (repo.folder / "site/checks/index.html").read_text()
    assert not (repo.folder / "site/streams/old").exists()


def test_history_knows_what_a_stream_was_called(repo: Repo) -> None:
    moved: dict[str, Any] = {CURRENT: None, "maps/shipping/current.md": a_map()}
    repo.commit("Rename", moved)
    repo.commit("Another", {"maps/fresh/current.md": a_map("1d", title="Fresh")})
    for _ in range(2):
        # The second time from what was kept.
        build()
        page = repo.folder / "site/streams/delivery/current.html"
        assert "../../streams/shipping/current.html" in page.read_text()
        repo.write({"maps/fresh/current.md": a_map("2d", title="Fresh")})
    # A new stream of the old name has its addresses for itself.
    repo.commit("Again", {CURRENT: a_map("9d", title="Quite another")})
    build()
    assert "Quite another" in (repo.folder / "site/streams/delivery/index.html").read_text()


def test_where_history_does_not_agree_nothing_is_redirected(repo: Repo) -> None:
    future = a_map("1d", title="To be", body="quite another text, so that git can tell them apart")
    repo.commit("Future", {"maps/delivery/future.md": future})
    split: dict[str, Any] = {
        CURRENT: None, "maps/delivery/future.md": None,
        "maps/one/current.md": a_map(), "maps/two/future.md": future,
    }  # fmt: skip
    repo.commit("Split", split)
    build()
    assert (repo.folder / "site/streams/one/current.html").exists()
    assert not (repo.folder / "site/streams/delivery").exists()
