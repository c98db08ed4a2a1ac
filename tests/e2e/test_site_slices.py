"""The pages that join streams, in a built site: all there, true to the data, and taken over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.maps.generate import as_map
from tests.unit.rendering.pages.safe_html import name_of, parse
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.site import build as building
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

OWNERS = {"features": ("Team", "QA", "Team"), "orders": ("Team", "team", "Board"), "bugs": ("QA",)}


def stream(owners: tuple[str, ...], wait: str = "1d", **keys: Any) -> str:
    steps = [
        {"id": f"s{number}", "owner": owner, "process_time": "1h", "wait_time": wait,
         "systems": ["tracker"]}
        for number, owner in enumerate(owners)
    ]  # fmt: skip
    return as_map({"title": "T", "owner": "Office", "steps": steps, "tags": ["web"], **keys}, "")


def write(root: Path, name: str, text: str) -> None:
    path = root / f"maps/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def build(root: Path, cache: Path | None = None) -> Path:
    build_site(open_workspace(root, explicit=True), root / "site", cache=cache)
    return root / "site"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, owners in OWNERS.items():
        write(tmp_path, f"{name}/current", stream(owners, title=name.capitalize()))
    write(tmp_path, "bugs/future", stream(("Robots",), tags=["later"]))
    return tmp_path


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for folder in ("organisation", "teams", "tags", "systems")
        for path in sorted((site / folder).iterdir())
    }


def links(page: Path) -> set[str]:
    tree = parse(page.read_text("utf-8"))
    return {e.attrib["href"] for e in tree.iter() if name_of(e) == "a" and "href" in e.attrib}


def test_every_slice_has_its_page(project: Path) -> None:
    site = build(project)
    names = {name for owners in OWNERS.values() for name in owners} | {"Office", "Robots"}
    assert set(contents(site)) == {
        "organisation/index.html", "teams/index.html", "tags/web.html", "tags/later.html",
        "systems/tracker.html", *(team_href(name) for name in names),
    }  # fmt: skip
    assert len({name.casefold() for name in contents(site)}) == len(contents(site))
    # In the order of the bar, on every page.
    nav = [site / "index.html", site / "streams/bugs/future.html", site / "teams/qa.html"]
    for page in nav:
        text = page.read_text("utf-8")
        places = [text.index(f">{name}</a></li>") for name in ("Streams", "Organisation", "Teams",
                                                               "Checks", "Method")]  # fmt: skip
        assert places == sorted(places), page


def test_names_of_owners_lead_to_their_pages(project: Path) -> None:
    site = build(project)
    assert "teams/office.html" in links(site / "index.html")
    assert {"../../teams/team.html", "../../teams/board.html", "../../tags/web.html"} <= links(
        site / "streams/orders/current.html"
    )
    assert "../../teams/robots.html" in links(site / "streams/bugs/future.html")
    assert "../streams/orders/current.html#current-step-s2" in links(site / "teams/board.html")


def test_handoffs_are_the_sum_of_the_streams_own(project: Path) -> None:
    site = build(project)
    told = [
        json.loads(path.read_text("utf-8"))["totals"]["handoffs"]
        for path in sorted((site / "data").glob("*.current.json"))
    ]
    assert told == [0, 2, 2]
    page = (site / "organisation/index.html").read_text("utf-8")
    assert f'<span class="value">{sum(told)}</span> <span class="note">of 4 moves</span>' in page


def test_what_an_edit_does_not_touch_is_taken_over(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    site = build(project, cache)
    before = {name: (site / name).stat().st_ino for name in contents(site)}
    write(project, "bugs/current", stream(("QA",), "9d", title="Bugs"))
    after = contents(build(project, cache))
    taken = {name for name in after if (site / name).stat().st_ino == before.get(name)}
    others = ("Team", "team", "Board", "Office", "Robots")
    assert taken == {team_href(name) for name in others}, "all but those that tell of the edit"
    build(project)
    assert contents(site) == after, "the same as made anew"


def test_what_all_pages_have_in_common_is_on_all_of_them(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = contents(build(project, cache))
    (project / "vsmdocs.toml").write_text('[site]\ntitle = "Ours"\n', "utf-8")
    after = contents(build(project, cache))
    assert after.keys() == before.keys()
    assert all(b"Ours</title>" in page for page in after.values())


def test_a_little_work_is_not_shared_out(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amounts: list[int] = []

    def alone(amount: int) -> int:
        amounts.append(amount)
        return 1

    monkeypatch.setattr(building, "_PORTION", 1)
    monkeypatch.setattr(building, "cores_for", alone)
    cache = tmp_path / "cache"
    build(project, cache)
    write(project, "bugs/current", stream(("QA",), "9d", title="Bugs"))
    build(project, cache)
    (project / "vsmdocs.toml").write_text('[site]\ntitle = "Ours"\n', "utf-8")
    build(project, cache)
    shutil.rmtree(project / "site")
    build(project, cache)
    assert amounts == [4, 1, 4, 4]


def test_without_a_map_that_can_be_read_there_is_nothing_to_join(tmp_path: Path) -> None:
    write(tmp_path, "broken/current", "---\ntitle: x\n---\n")
    site = build(tmp_path)
    for folder in ("organisation", "teams", "tags", "systems"):
        assert not (site / folder).exists()
    assert not {"organisation/index.html", "teams/index.html"} & links(site / "index.html")
