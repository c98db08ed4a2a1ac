"""Addresses on forges: a table each, and nothing that a remote holds besides."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vsmdocs.rendering.pages import forge as addresses
from vsmdocs.rendering.pages.forge import Forge, forge_of, kind_of
from vsmdocs.rendering.pages.remotes import parse_remote

FORGES = {
    "github": Forge("github", "https://github.com/a/b/", "main"),
    "gitlab": Forge("gitlab", "https://gitlab.com/a/group/b/", "main"),
    "gitea": Forge("gitea", "https://codeberg.org/a/b/", "main"),
    "bitbucket": Forge("bitbucket", "https://bitbucket.org/a/b/", "main"),
}
PATH = "maps/pay/current.md"


def test_where_forges_show_edit_and_discuss() -> None:
    table = {
        kind: (
            addresses.view(forge, PATH),
            addresses.edit(forge, PATH),
            addresses.new_file(forge, "maps/pay/future.md"),
            addresses.commit(forge, "c0ffee"),
            addresses.request(forge, 7),
            addresses.request_mark(forge),
            addresses.new_issue(forge, "T", "B"),
        )
        for kind, forge in FORGES.items()
    }
    github, gitlab = "https://github.com/a/b/", "https://gitlab.com/a/group/b/-/"
    gitea, bitbucket = "https://codeberg.org/a/b/", "https://bitbucket.org/a/b/"
    assert table == {
        "github": (
            f"{github}blob/main/{PATH}",
            f"{github}edit/main/{PATH}",
            f"{github}new/main/maps/pay?filename=future.md",
            f"{github}commit/c0ffee",
            f"{github}pull/7",
            "#",
            f"{github}issues/new?title=T&body=B",
        ),
        "gitlab": (
            f"{gitlab}blob/main/{PATH}",
            f"{gitlab}edit/main/{PATH}",
            f"{gitlab}new/main/maps/pay?file_name=future.md",
            f"{gitlab}commit/c0ffee",
            f"{gitlab}merge_requests/7",
            "!",
            f"{gitlab}issues/new?issue[title]=T&issue[description]=B",
        ),
        "gitea": (
            f"{gitea}src/branch/main/{PATH}",
            f"{gitea}_edit/main/{PATH}",
            f"{gitea}_new/main/maps/pay",
            f"{gitea}commit/c0ffee",
            f"{gitea}pulls/7",
            "#",
            f"{gitea}issues/new?title=T&body=B",
        ),
        "bitbucket": (
            f"{bitbucket}src/main/{PATH}",
            f"{bitbucket}src/main/{PATH}?mode=edit&at=main",
            "",
            f"{bitbucket}commits/c0ffee",
            f"{bitbucket}pull-requests/7",
            "#",
            "",
        ),
    }


def test_a_branch_that_is_not_known_can_be_read_but_not_edited() -> None:
    for kind, forge in FORGES.items():
        unknown = forge._replace(branch="")
        assert addresses.edit(unknown, PATH) == addresses.new_file(unknown, PATH) == ""
        shown = addresses.view(unknown, PATH)
        assert ("/HEAD/" in shown) if kind != "gitea" else not shown


def test_an_address_without_a_forge_stands_before_the_path_alone() -> None:
    plain = Forge("", "https://cgit.example.org/b/tree/", "main", "sub/")
    assert addresses.view(plain, "maps/a b.md") == "https://cgit.example.org/b/tree/maps/a%20b.md"
    for address in (addresses.edit(plain, PATH), addresses.new_file(plain, PATH),
                    addresses.commit(plain, "c"), addresses.request(plain, 1),
                    addresses.new_issue(plain, "T", "B"), addresses.commit(None, "c"),
                    addresses.request(None, 1)):  # fmt: skip
        assert address == ""


HARD = "docs/my maps/50% #1?/naïve \"quoted\" 'one' & <b>;=+,@:[x]/日本.md"


@pytest.mark.parametrize("kind", FORGES)
def test_paths_come_out_as_they_went_in(kind: str) -> None:
    forge = FORGES[kind]._replace(branch="release/1 x#y", folder="teams/pay & co/")
    for address in (addresses.view(forge, HARD), addresses.edit(forge, HARD)):
        parts = urlsplit(address)
        assert address.isascii()
        assert not set("\"'<> #\\") & set(address)
        path = unquote(parts.path)
        assert path.endswith(f"/release/1 x#y/teams/pay & co/{HARD}")
    if kind == "bitbucket":
        assert "/src/release%2F1%20x%23y/teams/" in addresses.view(forge, "a.md")
        assert parse_qs(parts.query) == {"mode": ["edit"], "at": ["release/1 x#y"]}


def test_texts_fit_or_are_left_out() -> None:
    github = FORGES["github"]
    text = "steps: [a & b]\n# ü\n"
    filled = addresses.new_file(github, "maps/x y.md", text)
    assert parse_qs(urlsplit(filled).query) == {"filename": ["x y.md"], "value": [text]}
    assert addresses.new_file(github, "maps/x.md", "ü" * 2_000).endswith("?filename=x.md")
    issue = addresses.new_issue(FORGES["gitlab"], "A & B", text)
    assert parse_qs(urlsplit(issue).query) == {"issue[title]": ["A & B"],
                                               "issue[description]": [text]}  # fmt: skip
    assert addresses.new_issue(github, "T", "b" * 8_000) == ""


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/"),
        ("https://github.com/a/b.git", "https://github.com/a/b/"),
        ("https://github.com/a/b.git/", "https://github.com/a/b/"),
        ("https://github.com:443/a/b", "https://github.com/a/b/"),
        ("https://user:pa55@github.com/a/b.git", "https://github.com/a/b/"),
        ("https://ghp_token@github.com/a/b.git", "https://github.com/a/b/"),
        ("https://us@er:p@ss@gitlab.com/a/b.git", "https://gitlab.com/a/b/"),
        ("http://gitlab.example.org:8080/a/b/c", "http://gitlab.example.org:8080/a/b/c/"),
        ("http://gitea:3000/a/b", "http://gitea:3000/a/b/"),
        ("https://gitea/a/b", "https://gitea/a/b/"),
        ("git@github.com:a/b.git", "https://github.com/a/b/"),
        ("github.com:a/b", "https://github.com/a/b/"),
        ("git@gitlab.com:/a/b.git", "https://gitlab.com/a/b/"),
        ("ssh://git@gitlab.example.org:2222/a/b/c.git", "https://gitlab.example.org/a/b/c/"),
        ("ssh://git@ssh.github.com:443/a/b.git", "https://github.com/a/b/"),
        ("git+ssh://git@altssh.gitlab.com:443/a/b", "https://gitlab.com/a/b/"),
        ("git://gitea.example.org/a/b", "https://gitea.example.org/a/b/"),
        ("ssh://git@forgejo-1.example.org/a/b", "https://forgejo-1.example.org/a/b/"),
        ("SSH://git@Codeberg.org/a/b", "https://codeberg.org/a/b/"),
        ("https://github.acme.example/a/b", "https://github.acme.example/a/b/"),
        ("https://acme.ghe.com/a/b", "https://acme.ghe.com/a/b/"),
    ],
)
def test_remotes_that_are_on_the_web(address: str, web: str) -> None:
    forge = forge_of(None, None, None, remote=address)
    assert forge is not None
    assert forge.address == web


@pytest.mark.parametrize(
    "address",
    [
        "", " ", "/srv/git/b.git", "../b", "b", "file:///srv/git/a/b", "C:/work/a/b", "C:\\a\\b",
        "javascript:alert(1)//a/b", "javascript://github.com/a/b", "data:text/html,a/b",
        "https://github.com/a", "https://github.com/a/b/c", "https://github.com/../b/c",
        "https://github.com/a/b?x=1", "https://github.com/a/b#x", "https://github.com/a b/c",
        "https://github.com/a/b\n", "https://github.com/a/b\nhttps://evil.example/x/y",
        "git@github.com:a/b\r\nx", "https://github.com\\@evil.example/a/b",
        'https://github.com/a/b"><script>', "https://gïthub.com/a/b", "https://[::1]/a/b",
        "https://user:pa/ss@github.com/a/b", "https://github.com:x/a/b",
        "https://github.com:99999999/a/b", "ftp://github.com/a/b", "ext::sh -c x% a/b",
        "git@example.org:a/b", "https://example.org/a/b", "https://notgithub.com/a/b",
        "https://github.com.evil.example:x@y/a/b", "github-work:a/b", "token:x@github.com:a/b",
        "-oProxyCommand=x:a/b", "https://.github.com/a/b", "https://github.com./a/b",
        "https://github.com/a/b/" + "c" * 400,
    ],
)  # fmt: skip
def test_what_gives_no_link(address: str) -> None:
    assert forge_of(None, None, None, remote=address) is None


NAMED = ("github.com", "gitlab.com", "codeberg.org", "gitlab.example.org", "forgejo.example.org")
SECRET = "s3cr3t"
ANY = st.text(st.characters(codec="utf-8") | st.sampled_from("@:/\\?#[]%<>\"' \n\t"), max_size=20)
REMOTES = st.one_of(
    ANY,
    st.tuples(
        st.sampled_from(("https://", "http://", "ssh://", "git://", "git+ssh://", "HTTPS://",
                         "javascript:", "file://", "", "//", "https:/", "https:///")),
        st.sampled_from(("", f"{SECRET}@", f"user:{SECRET}@", f"{SECRET}:@", f"a@b:{SECRET}@",
                         f"user:{SECRET}/x@", f"user:{SECRET}#@", f"user:{SECRET}\\@",
                         f"user:{SECRET}\n@", f":{SECRET}@", f"user:1/{SECRET}@")),
        st.sampled_from((*NAMED, "", "localhost", "exämple.org", "github.com\n")),
        st.sampled_from(("", ":22", ":443", ":", ":x")),
        st.sampled_from(("/", ":", "")),
        st.one_of(ANY, st.sampled_from(("a/b", "a/b.git", "a/b/c"))),
    ).map("".join),
)  # fmt: skip


@given(REMOTES, st.sampled_from((None, "github", "gitlab", "gitea", "bitbucket", "none")), ANY)
@example(f"https://user:{SECRET}@github.com/a/b", None, "main")
@example(f"https://user:1/{SECRET}@github.com/a/b", "gitlab", "main")
def test_no_remote_gives_away_more_than_a_place_on_the_web(
    remote: str, kind: str | None, branch: str
) -> None:
    forge = forge_of(None, kind, None, remote=remote, default_branch=branch)
    if forge is None:
        return
    for address in (
        addresses.view(forge, PATH), addresses.edit(forge, PATH), addresses.commit(forge, "c"),
        addresses.request(forge, 1), addresses.new_file(forge, PATH, "x"),
        addresses.new_issue(forge, "t", "b"), forge.address,
    ):  # fmt: skip
        if not address:
            continue
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert parts.username is None
        assert parts.password is None
        assert parts.hostname
        assert parts.hostname in remote.lower()
        assert address.isascii()
        assert not set("\"'<> \\\n\r\t@") & set(parts.netloc + parts.path)
        assert SECRET not in address


@given(REMOTES)
def test_a_remote_s_web_address_is_a_remote_of_the_same_place(remote: str) -> None:
    found = parse_remote(remote)
    if found is not None:
        again = parse_remote(found.web_address)
        assert again is not None
        assert (again.host, again.path) == (found.host, found.path.removesuffix(".git"))


def test_the_settings_go_before_the_remote() -> None:
    remote = {"remote": "git@github.com:a/b.git", "default_branch": "main", "folder": "sub/"}
    found = forge_of("https://git.example.org/x/y/", "gitea", "next", **remote)
    assert found == Forge("gitea", "https://git.example.org/x/y/", "next", "sub/")
    assert forge_of("https://git.example.org/x/y.git/", "gitlab", None).address.endswith("/x/y/")  # type: ignore[union-attr]
    assert forge_of(None, None, None, **remote) == Forge(
        "github", "https://github.com/a/b/", "main", "sub/"
    )
    assert forge_of(None, "gitlab", None, remote="https://git.example.org/x/y").kind == "gitlab"  # type: ignore[union-attr]
    assert forge_of("https://github.com/a/b/", "none", None, **remote) is None
    assert forge_of(None, None, None) is None


@pytest.mark.parametrize("name", ["", "a\nb", "\ufffd", "\x1b[0m", "b" * 251])
def test_a_branch_that_cannot_be_one_is_as_good_as_none(name: str) -> None:
    forge = forge_of(None, None, None, remote="https://github.com/a/b", default_branch=name)
    assert forge is not None
    assert forge.branch == ""


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("github.com", "github"), ("github.example.org", "github"), ("github-1.example", "github"),
        ("gitlab.com", "gitlab"), ("gitlab.example.org", "gitlab"), ("gitea.com", "gitea"),
        ("codeberg.org", "gitea"), ("forgejo.example", "gitea"), ("bitbucket.org", "bitbucket"),
        ("example.org", ""), ("my-gitlab.example", ""), ("git.example.org", ""), ("", ""),
    ],
)  # fmt: skip
def test_forges_are_told_by_their_hosts(host: str, kind: str) -> None:
    assert kind_of(host) == kind


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("https://github.com/a/b/", "github", "GitHub"),
        ("https://gitlab.example.org/a/b/", "gitlab", "gitlab.example.org"),
        ("https://codeberg.org/a/b/", "gitea", "codeberg.org"),
        ("https://git.example.org/a/b/", "", "git.example.org"),
    ],
)
def test_what_a_forge_is_called(address: str, kind: str, name: str) -> None:
    assert Forge(kind, address).name == name
