"""The JSON Schema of vsmdocs.toml, made from the settings' own types and docstrings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from textwrap import dedent
from typing import Any, get_args

from pydantic import BaseModel

from vsmdocs.schemas.config_shapes import EXAMPLES, LIMITS
from vsmdocs.schemas.shapes import Schema
from vsmdocs.workspace.settings import Settings


def config_schema() -> Schema:
    """Return the schema of the settings, without `$schema` and `$id`."""
    made = Settings.model_json_schema()
    models = {model.__name__: model for model in _models(Settings)}
    definitions = made.pop("$defs", {})
    tables = {name: _table(models[name], table) for name, table in definitions.items()}
    return {
        "title": "Settings of vsmdocs",
        "description": (
            "The whole of vsmdocs.toml; in pyproject.toml the same keys stand below [tool.vsmdocs]."
        ),
        **_table(Settings, made, described=False),
        **({"$defs": tables} if tables else {}),
    }


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a table of the settings and all below it."""
    yield model
    waiting = [field.annotation for field in model.model_fields.values()]
    while waiting:
        kind: Any = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _models(kind)
        waiting += get_args(kind)


def _table(model: type[BaseModel], table: Schema, *, described: bool = True) -> Schema:
    words = _docstrings(model)
    properties = {
        key: _setting(f"{model.__name__}.{key}", shape, words.get(key) or _of_table(model, key))
        for key, shape in table.get("properties", {}).items()
    }
    return {
        **({"description": _plain(model.__doc__ or "")} if described else {}),
        "type": "object",
        "properties": properties,
        **({"required": table["required"]} if table.get("required") else {}),
        "additionalProperties": False,
    }


def _of_table(model: type[BaseModel], key: str) -> str:
    kind = model.model_fields[key].annotation
    return (inspect.getdoc(kind) or "") if isinstance(kind, type) else ""


def _setting(name: str, shape: Schema, meaning: str) -> Schema:
    shape = _without_nothing({key: part for key, part in shape.items() if key != "title"})
    if shape.get("default", 0) is None or isinstance(shape.get("default"), dict):
        del shape["default"]
    return {
        "description": _plain(meaning),
        **shape,
        **LIMITS.get(name, {}),
        "examples": list(EXAMPLES.get(name, ())),
    }


def _without_nothing(shape: Schema) -> Schema:
    """Leave out null, which TOML does not have."""
    kinds = [kind for kind in shape.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        return {**{key: part for key, part in shape.items() if key != "anyOf"}, **kinds[0]}
    return {**shape, "anyOf": kinds} if kinds else shape


def _plain(text: str) -> str:
    return " ".join(text.split())


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings below a model's fields.

    Python does not keep them; they are read from the source, which costs nothing until
    somebody asks for a schema.
    """
    found: dict[str, str] = {}
    (tree,) = ast.parse(dedent(inspect.getsource(model))).body
    name = ""
    for line in tree.body if isinstance(tree, ast.ClassDef) else ():
        text = line.value if isinstance(line, ast.Expr) else None
        if name and isinstance(text, ast.Constant) and isinstance(text.value, str):
            found[name] = text.value
        target = line.target if isinstance(line, ast.AnnAssign) else None
        name = target.id if isinstance(target, ast.Name) else ""
    return found
