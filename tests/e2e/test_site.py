"""The built site as files: valid, linked, harmless, the same twice, and true to `metrics`."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.e2e.maps.generate import READABLE, BuiltSite, build_project
from tests.e2e.site_checks.found import nothing
from tests.e2e.site_checks.links import addresses, dead
from tests.e2e.site_checks.markup import problems
from tests.unit.rendering.pages.safe_html import check_harmless, name_of, parse
from vsmdocs.__main__ import main

Tree = ElementTree.Element
LEFT_OVER = re.compile(r"{{|{%|%}|}}|\bNone\b|\bUndefined\b|Markup\(|<vsmdocs| object at 0x")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def trees(site: BuiltSite) -> dict[str, Tree]:
    """Every page as a strict parser reads it: the first error of the markup ends it."""
    return {name: parse((site.folder / name).read_text("utf-8")) for name in site.pages()}


def text_of(element: Tree) -> str:
    return "".join(element.itertext())


def named(tree: Tree, *names: str) -> list[Tree]:
    return [e for e in tree.iter() if name_of(e) in names]


def test_every_kind_of_page_is_there(site: BuiltSite) -> None:
    pages = site.pages()
    assert {"index.html", "method/index.html", "checks/index.html"} < set(pages)
    assert sum(page.startswith("streams/fifteen/") for page in pages) == 5, (
        "a stream, its poster and three maps"
    )
    assert not any("broken" in page for page in pages)
    assert site.result.pages == len(pages)
    assert site.result.maps == 11
    assert site.result.warnings == ()


def test_the_markup_of_every_page_is_sound(trees: dict[str, Tree]) -> None:
    nothing(f"{page}: {problem}" for page, tree in trees.items() for problem in problems(tree))


def test_titles_tell_pages_apart(trees: dict[str, Tree]) -> None:
    titles = Counter(text_of(named(tree, "title")[0]) for tree in trees.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_link_hits_a_file_and_an_id(site: BuiltSite, trees: dict[str, Tree]) -> None:
    assert sum(len(addresses(tree)) for tree in trees.values()) > 1_000
    nothing(dead(site.folder, trees))


def test_every_map_s_steps_lead_to_their_rows(trees: dict[str, Tree]) -> None:
    for page in ("streams/large/current.html", "streams/fifteen/future.html"):
        rows = {
            e.attrib["id"] for e in named(trees[page], "tr") if "-step-" in e.attrib.get("id", "")
        }
        links = [
            e.attrib["href"].partition("#")[2] for e in named(trees[page], "a")
            if "step" in e.attrib.get("class", "").split()
        ]  # fmt: skip
        assert len(rows) == len(links) == (120 if "large" in page else 15)
        assert set(links) == rows


def test_pages_run_nothing_and_load_nothing(site: BuiltSite, trees: dict[str, Tree]) -> None:
    for page, tree in trees.items():
        check_harmless(tree)
        policies = [
            e.attrib["content"] for e in named(tree, "meta")
            if e.attrib.get("http-equiv", "").lower() == "content-security-policy"
        ]  # fmt: skip
        assert len(policies) == 1, page
        assert "default-src 'none'" in policies[0]
        assert "unsafe" not in policies[0]
        assert "*" not in policies[0]
        # It holds for what comes after it.
        head = [name_of(e) for e in next(iter(named(tree, "head")))]
        assert head[:2] == ["meta", "meta"], page
        # These show what the hostile map says, which looks like that on purpose.
        hostile = "hostile" in page or page.startswith(
            ("find/", "organisation/", "teams/", "systems/")
        )
        assert hostile or not LEFT_OVER.search(_visible(tree)), page
    for asset in (site.folder / "assets").iterdir():
        if asset.name.startswith("search."):
            # A library, held to its hash elsewhere, and what can be found, which is put in as text.
            continue
        text = asset.read_text("utf-8")
        without_names = text.replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z0-9]|@import|url\(|eval|innerHTML|document\.write",
                             re.sub(r"// .*", "", without_names)), asset.name  # fmt: skip


def _visible(tree: Tree) -> str:
    return " ".join(tree.itertext())


def test_hostile_text_is_shown_as_it_was_written(trees: dict[str, Tree]) -> None:
    page = trees["streams/hostile/current.html"]
    shown = " ".join(text_of(page).split())
    for text in ("<script>alert(1)</script>", "{{ 7 * 7 }}{% x %}", "--><svg onload=alert(1)>"):
        assert text in shown
    labels = {e.attrib.get("aria-label", "") for e in named(page, "a")}
    for text in READABLE[: len(READABLE) // 3 * 3 : 3]:
        assert any(text.strip()[:200] in label for label in labels), text


def test_no_name_of_this_machine_is_in_the_site(site: BuiltSite) -> None:
    for path in site.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert str(site.root).encode() not in data, path.name
            assert str(Path(__file__).parents[2]).encode() not in data, path.name


def test_two_builds_are_the_same_to_the_byte(
    site: BuiltSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = build_project(tmp_path_factory.mktemp("elsewhere"))
    files = [p.relative_to(site.folder) for p in sorted(site.folder.rglob("*")) if p.is_file()]
    again = [p.relative_to(other.folder) for p in sorted(other.folder.rglob("*")) if p.is_file()]
    assert files == again
    for name in files:
        assert (site.folder / name).read_bytes() == (other.folder / name).read_bytes(), name


def test_data_is_what_metrics_prints(site: BuiltSite, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted((site.folder / "data").glob("*.json"))
    assert len(files) == 11
    titles = []
    for file in files:
        name = file.stem.replace(".", "/")
        assert main(["-C", str(site.root), "-q", "metrics", name, "-f", "json"]) == 0
        assert capsys.readouterr().out == file.read_text("utf-8"), name
        titles.append(json.loads(file.read_text("utf-8"))["title"])
    rows = list(csv.reader(io.StringIO((site.folder / "data/metrics.csv").read_text("utf-8"))))
    lines: list[list[str]] = []
    for stream in sorted({file.stem.partition(".")[0] for file in files}):
        main(["-C", str(site.root), "-q", "metrics", stream, "-f", "csv"])
        lines += list(csv.reader(io.StringIO(capsys.readouterr().out)))[bool(lines) :]
    assert rows[0] == lines[0]
    assert sorted(rows) == sorted(lines)


def test_one_is_singular(trees: dict[str, Tree]) -> None:
    for page, tree in trees.items():
        nouns = "steps|maps|loops|files|hints|moves|times|errors|warnings|days"
        assert re.findall(rf"(?<![\d.,])1 (?:{nouns})\b", text_of(tree)) == [], page


def test_unknown_is_said_and_never_counted(trees: dict[str, Tree]) -> None:
    page = text_of(trees["streams/unknown/current.html"])
    assert "The times of 4 steps are unknown" in page
    assert "takes at least" in page
    assert "at least" in page
    home = text_of(trees["index.html"])
    assert "≥" in home
    assert "1 file has errors" in home
    checks = text_of(trees["checks/index.html"])
    assert "maps/broken/current.md" in checks
    assert "line 4:17" in checks
    assert "process_tme" in checks
