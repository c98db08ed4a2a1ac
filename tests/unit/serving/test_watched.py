"""Which changes on disk call for another build."""

from __future__ import annotations

import pytest

from vsmdocs.serving.watched import Watched

WATCHED = Watched(
    (("/p/maps", 1), ("/p/.git/refs", 2)), ("/p/vsmdocs.toml", "/p/maps", "/p/.git/HEAD")
)


@pytest.mark.parametrize(
    "path",
    [
        "/p/maps",
        "/p/maps/a/current.md",
        "/p/maps/a",
        "/p/vsmdocs.toml",
        "/p/.git/HEAD",
        "/p/.git/refs/heads/topic/x",
    ],
)
def test_what_a_site_is_made_of_concerns_it(path: str) -> None:
    assert WATCHED.concerns(path)


@pytest.mark.parametrize(
    "path",
    [
        "/p/README.md",
        "/p/maps-of-old/a.md",
        "/p/.git/index",
        "/p/.git/refs/heads/main.lock",
        "/p/maps/a/.current.md.swp",
        "/p/maps/.drafts/a.md",
        "/p/maps/a/current.md~",
        "/p/.vsmdocs-cache/serve/site/index.html",
    ],
)
def test_what_lies_beside_it_does_not(path: str) -> None:
    assert not WATCHED.concerns(path)
