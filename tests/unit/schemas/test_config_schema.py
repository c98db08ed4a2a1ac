"""The schema of the settings and the settings' reader say the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from vsmdocs.errors import ConfigError
from vsmdocs.schemas import schema
from vsmdocs.schemas.config_shapes import EXAMPLES, LIMITS
from vsmdocs.workspace.settings import parse_settings

ROOT = Path(__file__).parents[3]
CONFIG = schema("config")
VALIDATOR = Draft202012Validator(CONFIG)
TABLES = {"Settings": CONFIG, **CONFIG["$defs"]}


def accepted(text: str) -> bool:
    try:
        parse_settings(text, "vsmdocs.toml")
    except ConfigError:
        return False
    return True


def test_every_setting_is_explained() -> None:
    names = set()
    for table, shape in TABLES.items():
        assert shape["additionalProperties"] is False
        for key, value in shape["properties"].items():
            names.add(f"{table}.{key}")
            assert value["description"].endswith("."), (table, key)
            assert value["examples"], f"give {table}.{key} an example in config_shapes.py"
            for example in value["examples"]:
                VALIDATOR.evolve(schema={**CONFIG, **_only(value)}).validate(example)
    assert set(EXAMPLES) == names
    assert set(LIMITS) <= names


def _only(shape: dict[str, Any]) -> dict[str, Any]:
    """Put a part in the place of the whole, so that its references still lead somewhere."""
    return {
        "properties": {}, "additionalProperties": True, "type": ["array", "boolean", "integer",
        "object", "string"], "allOf": [shape],
    }  # fmt: skip


@pytest.mark.parametrize("path", ["vsmdocs.toml", "docs/configuration.md"])
def test_our_own_settings_are_valid(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    blocks = [text] if path.endswith(".toml") else [
        block.split("```")[0] for block in text.split("```toml\n")[1:]
    ]  # fmt: skip
    assert blocks
    for block in blocks:
        VALIDATOR.validate(tomllib.loads(block))


@pytest.mark.parametrize(
    ("name", "valid", "refused"),
    [
        ("maps", ["maps", "docs/maps", "./a", "...", "a..b"],
         ["", "..", "a/../b", "/maps", "C:/maps", "a\\b", ".", "./.", " "]),
        ("layout_engine", ["dot", "graphviz-pure", "/usr/bin/dot", "C:\\Tools\\dot.exe"],
         ["neato", "bin/dot", "/usr/bin/neato", "./dot", ""]),
        ("stale_after_days", [1, 36_500], [0, 36_501, "30", 1.5, True]),
        ("site.title", ["T", " T "], ["", "  ", "T" * 201]),
        ("site.base_url", ["https://a.example", "http://a.example:8080/b/", "HTTPS://a.example/"],
         ["a.example", "ftp://a.example", "https://u@a.example", "https://a.example?b",
          "https://a.example/#c", "https://", "https://a b", "https://a.example/<b>"]),
        ("site.version_pages", [0, 100, "all"], [-1, "some", 1_000_001, 2.5, True]),
        ("site.colour", [], ["red"]),
        ("colour", [], ["red"]),
        ("site", [], ["red", 1]),
    ],
)  # fmt: skip
def test_values(name: str, valid: list[Any], refused: list[Any]) -> None:
    *tables, key = name.split(".")
    for value in (*valid, *refused):
        line = f"{key} = {json.dumps(value)}"
        text = "".join(f"[{table}]\n" for table in tables) + line
        fine = any(value is one for one in valid)
        assert accepted(text) is fine, text
        assert VALIDATOR.is_valid(tomllib.loads(text)) is fine, text
