"""What vsmdocs prints as JSON is what its schemas say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject
from jsonschema import Draft202012Validator

from tests.unit.analysis.diff.edits import pairs
from tests.unit.model.strategies import Drawn, drawn_maps
from tests.unit.rendering.diff_maps import BASE, BODIES, HEAD
from vsmdocs.analysis.diff import diff
from vsmdocs.analysis.lint import run
from vsmdocs.errors import CalculationError, InvalidMap
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading import read_map
from vsmdocs.rendering.diff_json import diff_document
from vsmdocs.rendering.findings_json import findings_json
from vsmdocs.rendering.metrics_json import metrics_document, stream_json
from vsmdocs.schemas import SCHEMAS, VERSION, schema, schema_text, site_files

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in SCHEMAS}
CASES = [
    *sorted(p for p in ROOT.glob("maps/**/*.md") if p.name != "README.md"),
    *sorted(ROOT.glob("tests/cases/**/*.md")),
]


def check(name: str, data: Any) -> None:
    """Validate what a reader of the JSON text gets."""
    VALIDATORS[name].validate(json.loads(json.dumps(data, allow_nan=False)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_schemas(name: str) -> None:
    made = schema(name)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["$id"] == f"urn:vsmdocs:schema:{VERSION}:{name}"
    assert made["title"]
    assert made["description"]
    assert json.loads(schema_text(name)) == made
    assert schema_text(name).isprintable() is False
    assert schema_text(name).endswith("}\n")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_reference_leads_somewhere_and_every_part_is_used(name: str) -> None:
    made = schema(name)
    used = {found.removeprefix("#/$defs/") for found in _references(made)}
    assert used == set(made.get("$defs", {}))


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(_references, part.values()))
    return set().union(*map(_references, part)) if isinstance(part, list) else set()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_description(name: str) -> None:
    made = schema(name)
    definitions = made.get("$defs", {})

    def bare(part: Any, where: str) -> list[str]:
        """Return keys that are said nothing about, here or where they refer to."""
        if isinstance(part, list):
            return [found for item in part for found in bare(item, where)]
        if not isinstance(part, dict):
            return []
        found = []
        for key, value in part.get("properties", {}).items():
            ways = value.get("anyOf", [value])
            targets = [definitions.get(way.get("$ref", "")[8:], {}) for way in (value, *ways)]
            if not any("description" in one for one in (value, *targets)):
                found.append(f"{where}.{key}")
            found += bare(value, f"{where}.{key}")
        rules = ("properties", "$defs", "examples", "if", "then", "oneOf")
        return found + [
            one for key, value in part.items() if key not in rules for one in bare(value, where)
        ]

    found = bare(made, name)
    for key, part in definitions.items():
        found += bare(part, f"{name}.{key}")
    # Their names are figures, numbers of a step and sides of a comparison.
    assert {one.rpartition(".")[0] for one in found} <= {
        "map.stated_totals", "map.step.evidence", "diff.effect",
    }, found  # fmt: skip


def test_the_address_is_that_of_the_site() -> None:
    files = dict(site_files("https://example.org/streams/"))
    assert list(files) == [f"schema/v1/{name}.json" for name in SCHEMAS]
    for path, text in files.items():
        assert json.loads(text)["$id"] == f"https://example.org/streams/{path}"
    assert all("urn:vsmdocs" in text for _, text in site_files())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_figures_of_real_maps(path: Path) -> None:
    stream_map = read_map(path.as_posix(), path.read_bytes()).map
    metrics = measure(stream_map)
    check("metrics", metrics_document(stream_map, metrics))
    check("metrics", json.loads(stream_json(stream_map.stream, [(stream_map, metrics)] * 2)))


@pytest.mark.parametrize("case", ["everything", "lean-enterprise", "norn-rework"])
def test_figures_of_goldens(case: str) -> None:
    check("metrics", json.loads((GOLDEN / f"metrics-{case}" / "metrics.json").read_text()))


@given(drawn_maps())
def test_figures_of_any_map(drawn: Drawn) -> None:
    try:
        stream_map = drawn.map()
        metrics = measure(stream_map)
    except CalculationError:
        reject()
    check("metrics", metrics_document(stream_map, metrics))


def test_differences_of_a_golden_and_of_maps_that_come_and_go() -> None:
    check("diff", {"maps": [json.loads((GOLDEN / "diff-everything" / "diff.json").read_text())]})
    found = [diff(None, BASE), diff(BASE, None), diff(BASE, BASE), diff(BASE, HEAD, *BODIES)]
    check("diff", {"maps": [diff_document(one) for one in found]})
    check("diff", {"maps": []})


@given(pairs())
def test_differences_of_any_maps(pair: tuple[ValueStreamMap, ValueStreamMap]) -> None:
    check("diff", {"maps": [diff_document(diff(*pair))]})


def test_findings_of_goldens_and_of_real_maps() -> None:
    findings = []
    for path in [*sorted(GOLDEN.glob("broken-*/map.md")), *CASES]:
        shown = path.relative_to(ROOT).as_posix()
        try:
            findings += run([read_map(shown, path.read_bytes())], date(2027, 1, 1))
        except InvalidMap as invalid:
            findings += invalid.findings
    assert len(findings) > 50
    check("findings", json.loads(findings_json(findings)))
    check("findings", json.loads(findings_json([])))


@pytest.mark.parametrize("name", ["metrics", "diff", "findings"])
def test_other_objects_are_refused(name: str) -> None:
    texts = {
        "metrics": (GOLDEN / "metrics-everything" / "metrics.json").read_text(),
        "diff": json.dumps(
            {"maps": [json.loads((GOLDEN / "diff-everything" / "diff.json").read_text())]}
        ),
        "findings": findings_json([]),
    }
    whole = json.loads(texts[name])
    check(name, whole)
    others: list[Any] = [{}, [], {**whole, "extra": 1}, dict(list(whole.items())[1:])]
    for other in others:
        assert not VALIDATORS[name].is_valid(other)
    for key, value in whole.items():
        assert not VALIDATORS[name].is_valid({**whole, key: value is None or 1.5})
