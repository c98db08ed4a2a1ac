"""Which schemas there are, under which addresses, and as what text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from vsmdocs.schemas.shapes import Schema

VERSION = "v1"
"""Part of every address. A change that refuses what was valid before makes a new one."""
SCHEMAS: dict[str, str] = {
    "map": "the frontmatter of a map",
    "config": "vsmdocs.toml",
    "metrics": "what `vsmdocs metrics -f json` prints",
    "diff": "what `vsmdocs diff -f json` prints",
    "findings": "what `vsmdocs check -f json` prints",
}
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str, base_url: str | None = None) -> Schema:
    """Return a schema by its name in `SCHEMAS`; `base_url` is where the site is published.

    Without a site its id is a name that stays the same everywhere.
    """
    where = f"{base_url}{_path(name)}" if base_url else f"urn:vsmdocs:schema:{VERSION}:{name}"
    return {"$schema": _DRAFT, "$id": where, **_make(name)}


def schema_text(name: str, base_url: str | None = None) -> str:
    """Return a schema as JSON, with a line feed at its end."""
    return json.dumps(schema(name, base_url), indent=2, ensure_ascii=False) + "\n"


def site_files(base_url: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield path and text of every schema, as a site publishes them."""
    for name in SCHEMAS:
        yield _path(name), schema_text(name, base_url)


def _path(name: str) -> str:
    return f"schema/{VERSION}/{name}.json"


def _make(name: str) -> Schema:
    # One is asked for at a time, and they are made from different rooms.
    if name == "map":
        from vsmdocs.schemas.map_schema import map_schema

        return map_schema()
    if name == "config":
        from vsmdocs.schemas.config_schema import config_schema

        return config_schema()
    if name == "metrics":
        from vsmdocs.schemas.metrics_schema import metrics_schema

        return metrics_schema()
    if name == "diff":
        from vsmdocs.schemas.diff_schema import diff_schema

        return diff_schema()
    from vsmdocs.schemas.findings_schema import findings_schema

    return findings_schema()
