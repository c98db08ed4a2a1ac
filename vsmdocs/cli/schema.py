"""The verb that prints JSON Schemas, for editors and for programs that read our output."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common


@app.command(
    epilog="""\b
Examples:
  $ vsmdocs schema                        lists what there is
  $ vsmdocs schema map > map.schema.json  what may stand in a map's frontmatter
  $ vsmdocs schema findings               what check -f json prints

\b
They are JSON Schema, draft 2020-12. A built site has them all below schema/v1/.
With base_url below [site] set, a schema's $id is its address there.
"""
)
@takes_common
def schema(
    given: Given,
    what: Annotated[
        Literal["map", "config", "metrics", "diff", "findings"] | None,
        typer.Argument(metavar="[WHAT]", help="map, config, metrics, diff or findings."),
    ] = None,
) -> int:
    """Print a JSON Schema, or list which there are."""
    from vsmdocs.schemas import SCHEMAS, schema_text

    terminal = given.terminal
    if what is None:
        rows = [f"{name:<10}{about}\n" for name, about in SCHEMAS.items()]
        terminal.put("".join(rows))
        terminal.say("Print one with: vsmdocs schema map")
        return 0
    terminal.put(schema_text(what, _base_url(given)))
    return 0


def _base_url(given: Given) -> str | None:
    """Return where the project's site is published, as far as its settings can be read."""
    from vsmdocs.errors import ConfigError

    try:
        return given.open_workspace().settings.site.base_url
    except ConfigError as error:
        # The schema of settings is what helps to mend them.
        given.terminal.say(f"Warning: the settings cannot be used: {error}")
        return None
