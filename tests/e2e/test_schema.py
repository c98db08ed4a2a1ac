"""The command that prints schemas, and the addresses at which a site has them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vsmdocs.__main__ import main
from vsmdocs.schemas import SCHEMAS

MAP = "---\ntitle: T\nsteps:\n  - {id: a, process_time: 1h}\n  - {id: b, wait_time: 1d}\n---\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "vsmdocs.toml").touch()
    file = tmp_path / "maps" / "s" / "current.md"
    file.parent.mkdir(parents=True)
    file.write_text(MAP)
    return tmp_path


def test_without_a_name_it_lists_what_there_is(tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", str(tmp_path), "schema"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == list(SCHEMAS)
    assert "vsmdocs schema map" in err


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_needs_no_project(name: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", str(tmp_path), "schema", name]) == 0
    made = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(made)
    assert made["$id"] == f"urn:vsmdocs:schema:v1:{name}"


def test_an_unknown_name_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", str(tmp_path), "schema", "sites"]) == 2
    assert "'findings'" in capsys.readouterr().err


def test_the_id_is_the_address_on_the_site(project: Path, capsys: Capture) -> None:
    (project / "vsmdocs.toml").write_text('[site]\nbase_url = "https://example.org/a"\n')
    assert main(["-C", str(project), "schema", "map"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["$id"] == "https://example.org/a/schema/v1/map.json"
    assert main(["-C", str(project), "build"]) == 0
    for name in SCHEMAS:
        text = (project / "site" / "schema" / "v1" / f"{name}.json").read_text(encoding="utf-8")
        published = json.loads(text)
        assert published["$id"] == f"https://example.org/a/schema/v1/{name}.json"
        Draft202012Validator.check_schema(published)


def test_settings_that_are_wrong_do_not_keep_their_schema_back(
    project: Path, capsys: Capture
) -> None:
    (project / "vsmdocs.toml").write_text('[site]\ntitel = "T"\n')
    assert main(["-C", str(project), "schema", "config"]) == 0
    out, err = capsys.readouterr()
    assert "the settings cannot be used" in err
    wrong = tomllib.loads((project / "vsmdocs.toml").read_text())
    assert not Draft202012Validator(json.loads(out)).is_valid(wrong)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("metrics", ["metrics", "s/current", "-f", "json"]),
        ("metrics", ["metrics", "s", "-f", "json"]),
        ("findings", ["check", "-f", "json"]),
    ],
)
def test_what_is_printed_is_valid(
    name: str, words: list[str], project: Path, capsys: Capture
) -> None:
    assert main(["-C", str(project), "schema", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert main(["-C", str(project), *words]) in (0, 1)
    Draft202012Validator(schema).validate(json.loads(capsys.readouterr().out))
