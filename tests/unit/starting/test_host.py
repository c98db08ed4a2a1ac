"""Where a repository lives, and which CI that means."""

from __future__ import annotations

import pytest

from vsmdocs.rendering.pages.remotes import Remote, parse_remote
from vsmdocs.starting.host import choose_ci, known_branch


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        ("https://github.com/acme/streams.git", "github.com", "acme/streams"),
        ("https://github.com/acme/streams/", "github.com", "acme/streams"),
        ("https://ada:s3cret@github.com/acme/streams", "github.com", "acme/streams"),
        ("git@GitHub.com:acme/streams.git", "github.com", "acme/streams"),
        ("ssh://git@gitlab.example.org:2222/a/b/c.git", "gitlab.example.org", "a/b/c"),
        ("gitlab.com:acme/streams", "gitlab.com", "acme/streams"),
    ],
)
def test_addresses_of_remotes(address: str, host: str, path: str) -> None:
    assert parse_remote(address) == Remote(host, path)
    assert parse_remote(address).web_address == f"https://{host}/{path}/"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/srv/git/streams.git",
        "../streams",
        "file:///srv/git/streams.git",
        "C:/work/streams",
        "https://github.com/acme",
        "https://github.com/../../etc",
        'https://github.com/acme/"]\nx = "',
        "https://exa mple.org/a/b",
        "ext::sh -c touch% /tmp/x a/b",
    ],
)
def test_what_is_no_place_on_the_web(address: str) -> None:
    assert parse_remote(address) is None


@pytest.mark.parametrize(
    ("host", "present", "ci"),
    [
        ("github.com", [".gitlab-ci.yml"], "github"),
        ("gitlab.example.org", [".github"], "gitlab"),
        ("github-enterprise.example.org", [], "github"),
        ("codeberg.org", [], "none"),
        ("codeberg.org", [".github"], "github"),
        ("", [".gitlab-ci.yml", ".github"], "gitlab"),
        ("", [".github"], "github"),
        ("", [], "github"),
        ("notgithub.com", [], "none"),
    ],
)
def test_the_remote_decides_then_what_is_there(host: str, present: list[str], ci: str) -> None:
    choice = choose_ci(Remote(host, "a/b") if host else None, present)
    assert choice.ci == ci
    assert choice.reason


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("main", "main"),
        ("release/1.x", "release/1.x"),
        (None, "main"),
        ('x", "**', "main"),
        ("--output=x", "main"),
        ("a..b", "main"),
        ("feature/[a-z]", "main"),
    ],
)
def test_only_a_plain_branch_gets_into_a_workflow(name: str | None, shown: str) -> None:
    assert known_branch(name) == shown
