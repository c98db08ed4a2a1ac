"""Frontmatter as an editor's YAML reader sees it: YAML 1.2 and its core schema.

PyYAML's own loaders keep to YAML 1.1, which reads `no` as false, `1:30` as 90 and a date as a
date; the readers in editors do not.
"""

from __future__ import annotations

import re
from typing import Any

import yaml


class CoreLoader(yaml.SafeLoader):
    """A loader that knows null, true, false and numbers, as the core schema does."""


def _int(loader: yaml.SafeLoader, node: Any) -> int:
    text = node.value
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def _float(loader: yaml.SafeLoader, node: Any) -> float:
    return float(node.value.replace(".inf", "inf").replace(".nan", "nan").lower())


_KINDS = {
    "null": (r"~|null|Null|NULL|", None),
    "bool": (r"true|True|TRUE|false|False|FALSE", None),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", _int),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        _float,
    ),
}
CoreLoader.yaml_implicit_resolvers = {}
for _name, (_pattern, _read) in _KINDS.items():
    _tag = f"tag:yaml.org,2002:{_name}"
    CoreLoader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), None)
    if _read is not None:
        CoreLoader.add_constructor(_tag, _read)


def frontmatter(text: str) -> Any:
    """Return what stands between the first two lines of `---`."""
    return load(text.split("---\n")[1])


def load(text: str) -> Any:
    """Return the value of a YAML text."""
    return yaml.load(text, CoreLoader)
