"""What is written beside a stream's pages for elsewhere: cards, their tags, pictures, a badge."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.e2e.repositories import a_map
from vsmdocs.rendering import card
from vsmdocs.site.along import NO_CARDS
from vsmdocs.site.build import build_site
from vsmdocs.site.result import BuildResult
from vsmdocs.workspace import open_workspace

ADDRESS = "https://streams.example.org/all/"
HOSTILE = '"><script>alert(1)</script> & 本番'


def build(root: Path, base_url: str = ADDRESS) -> BuildResult:
    """Build a project of two streams."""
    maps = {"delivery": a_map(), "odd": a_map(title=f"'{HOSTILE}'")}
    for name, text in maps.items():
        path = root / f"maps/{name}/current.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    settings = f'[site]\nbase_url = "{base_url}"\n' if base_url else ""
    (root / "vsmdocs.toml").write_text(settings, "utf-8")
    return build_site(open_workspace(root, explicit=True), root / "site", cache=root / "cache")


def tags(page: Path) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page.read_text("utf-8")
    )
    return dict(found)


def test_a_shared_link_is_shown_with_a_card(tmp_path: Path) -> None:
    result = build(tmp_path)
    assert result.warnings == ()
    site = tmp_path / "site"
    for name in ("card.png", "streams/delivery/card.png", "streams/odd/card.png"):
        data = (site / name).read_bytes()
        assert struct.unpack(">II", data[16:24]) == (1200, 630)
        assert len(data) < 100_000
    about = tags(site / "streams/delivery/current.html")
    assert about["og:image"] == f"{ADDRESS}streams/delivery/card.png"
    assert about["og:url"] == f"{ADDRESS}streams/delivery/current.html"
    assert about["og:title"].startswith("Delivery (Current)")
    assert about["og:description"] == about["description"] != ""
    assert about["twitter:card"] == "summary_large_image"
    assert tags(site / "index.html")["og:image"] == f"{ADDRESS}card.png"
    assert tags(site / "streams/odd/poster.html")["og:image"].endswith("/odd/card.png")
    # Names of others stay within the attribute.
    odd = (site / "streams/odd/index.html").read_text("utf-8")
    assert "<script>alert" not in odd
    assert "&lt;script&gt;" in tags(site / "streams/odd/index.html")["og:title"]


def test_cards_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    before = (tmp_path / "site/streams/delivery/card.png").read_bytes()
    monkeypatch.setattr(card, "to_png", lambda svg: b"made again")
    (tmp_path / "maps/odd/current.md").write_text(a_map(wait="5d", title="Odd"), "utf-8")
    workspace = open_workspace(tmp_path, explicit=True)
    # Another output, so that no page is taken over.
    build_site(workspace, tmp_path / "other", cache=tmp_path / "cache")
    assert (tmp_path / "other/streams/delivery/card.png").read_bytes() == before
    assert (tmp_path / "other/streams/odd/card.png").read_bytes() == b"made again"


def test_without_an_address_there_is_nothing_to_share(tmp_path: Path) -> None:
    result = build(tmp_path, base_url="")
    assert result.warnings == ()
    assert not list((tmp_path / "site").rglob("card.png"))
    about = tags(tmp_path / "site/streams/delivery/index.html")
    assert not [name for name in about if name.startswith(("og:", "twitter:"))]


def test_without_resvg_the_words_remain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "can_draw", lambda: False)
    assert build(tmp_path).warnings == (NO_CARDS,)
    assert not list((tmp_path / "site").rglob("card.png"))
    about = tags(tmp_path / "site/streams/delivery/index.html")
    assert "og:image" not in about
    assert about["og:title"]
    assert about["twitter:card"] == "summary"


def test_pictures_for_elsewhere(tmp_path: Path) -> None:
    build(tmp_path, base_url="")
    for name in ("delivery", "odd"):
        folder = tmp_path / "site/streams" / name
        for file in ("current.svg", "badge.svg"):
            root = ElementTree.parse(folder / file).getroot()
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
            assert root.get("role") == "img"
        badge = ElementTree.parse(folder / "badge.svg").getroot()
        # There is no past here that it could have got better or worse in.
        assert re.fullmatch(r"Lead time of .+: 5.d.3.h", badge.get("aria-label", ""))
    assert HOSTILE in (badge.get("aria-label") or "")
    assert 'href="poster.html"' in (folder / "index.html").read_text("utf-8")
