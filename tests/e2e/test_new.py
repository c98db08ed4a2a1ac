"""`vsmdocs new`: a map in the right place, or a reason why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vsmdocs.__main__ import main
from vsmdocs.reading import read_map

HOSTILE = [
    entry["text"]
    for entry in json.loads(
        (Path(__file__).parents[1] / "data/hostile-strings.json").read_text("utf-8")
    )
]
CURRENT = """\
---
title: How we deliver
mapped_on: 2026-09-01
steps:
  - {id: build, process_time: 2d, evidence: measured}
  - {id: review, wait_time: 3d, process_time: 2h}
---
Prose of today.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one map, in which the test stands."""
    (tmp_path / "vsmdocs.toml").touch()
    (tmp_path / "maps/delivery").mkdir(parents=True)
    (tmp_path / "maps/delivery/current.md").write_text(CURRENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_stream(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "customer-incidents"]) == 0
    path = project / "maps/customer-incidents/current.md"
    assert f"New: {path}\n" in capsys.readouterr().err
    found = read_map("maps/customer-incidents/current.md", path.read_bytes()).map
    assert found.title == "Customer incidents"
    assert main(["check"]) == 0


def test_the_future_begins_as_it_is_today(project: Path) -> None:
    assert main(["new", "delivery", "--from", "current"]) == 0
    text = (project / "maps/delivery/future.md").read_text()
    assert "measured" not in text
    assert "2026-09-01" not in text
    assert "Prose of today" not in text
    assert "state: future\n" in text
    assert "wait_time: 3d" in text
    assert main(["check"]) == 0
    assert (project / "maps/delivery/current.md").read_text() == CURRENT


def test_variants_and_titles(project: Path) -> None:
    main(["new", "delivery", "--from", "current", "--variant", "q2", "--title", "Sooner: 1st"])
    found = read_map("x.md", (project / "maps/delivery/future-q2.md").read_bytes()).map
    assert (found.stream, found.name, found.title) == ("delivery", "future-q2", "Sooner: 1st")
    assert main(["new", "delivery", "--from", "future-q2", "--variant", "q4"]) == 0
    assert (project / "maps/delivery/future-q4.md").is_file()


def test_another_folder_of_maps(project: Path) -> None:
    (project / "vsmdocs.toml").write_text('maps = "docs/streams"\n')
    assert main(["new", "incidents", "--state", "ideal"]) == 0
    assert (project / "docs/streams/incidents/ideal.md").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Feature Delivery"], "write feature-delivery"),
        (["../up"], "write up"),
        (["ürgh!"], "cannot be the name of a stream"),
        ([""], "needs a name"),
        (["delivery", "--state", "future", "--variant", "Q 2"], "write q-2"),
        (["delivery"], "maps/delivery/current.md is there already"),
        (["delivery", "--from", "futur"], "did you mean future?"),
        (["delivery", "--from", "future"], "it has current"),
        (["other", "--from", "current"], "other has no maps to begin with"),
        (["delivery", "--from", "current", "--state", "current"], "is there already"),
    ],
)
def test_what_cannot_be(
    project: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *words]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in (project / "maps").rglob("*.md")] == ["current.md"]


def test_a_map_that_says_itself_that_it_is_this_one_is_in_the_way(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = project / "maps/elsewhere.md"
    other.write_text(CURRENT.replace("title:", "stream: delivery\nstate: future\ntitle:"))
    assert main(["new", "delivery", "--state", "future"]) == 2
    assert "maps/elsewhere.md is there already" in capsys.readouterr().err


def test_a_source_that_cannot_be_read_is_told_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "maps/delivery/current.md").write_text(CURRENT.replace("2h", "2 hours"))
    assert main(["new", "delivery", "--from", "current"]) == 2
    assert "maps/delivery/current.md:6:" in capsys.readouterr().err
    assert not (project / "maps/delivery/future.md").exists()


def test_somebody_elses_broken_map_is_not_in_the_way(project: Path) -> None:
    (project / "maps/broken").mkdir()
    (project / "maps/broken/current.md").write_text("nothing")
    assert main(["new", "delivery", "--from", "current"]) == 0


def test_maps_behind_a_link_are_not_written_to(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (project / "maps/linked").symlink_to(outside)
    assert main(["new", "linked"]) == 2
    assert "link" in capsys.readouterr().err
    assert list(outside.iterdir()) == []


def test_any_title_comes_out_as_it_went_in_or_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = 0
    target = project / "maps/delivery/future.md"
    for text in HOSTILE:
        code = main(["new", "delivery", "--from", "current", "--title", text])
        said = capsys.readouterr().err
        if code:
            assert code == 2
            assert said.startswith("Error: ")
            assert not target.exists()
            continue
        found = read_map("maps/delivery/future.md", target.read_bytes()).map
        assert found.title == text.strip()
        assert found.state == "future"
        assert len(found.steps) == 2
        target.unlink()
        kept += 1
    assert kept > 100
