"""Settings: what can be set, what is refused, and the place of what is wrong.

They are read strictly, because a misspelt key that is passed over looks like a setting that
does nothing. Nothing in them makes this program write outside the project, or run a program
of the project's: a build of somebody else's branch must be no more than a build.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from vsmdocs.errors import ConfigError, Finding
from vsmdocs.model.units import nearest
from vsmdocs.workspace.address_settings import Aliases, Branch, ForgeKind
from vsmdocs.workspace.check_settings import CheckFolder, CheckSettings
from vsmdocs.workspace.setting_values import (
    DEFAULT_ENGINE,
    Days,
    Engine,
    Folder,
    Line,
    PageCount,
    SiteLanguage,
    Table,
    WebAddress,
)
from vsmdocs.workspace.theme_settings import ThemeColours, ThemeSettings


class SiteSettings(Table):
    """The table `[site]`."""

    title: Line = "Value streams"
    """Name of the whole site."""
    output: Folder = "site"
    """Where `build` puts it, below the root."""
    base_url: WebAddress | None = None
    """Where it will be published, with a slash at its end; pages never need it to work."""
    repository: WebAddress | None = None
    """The source's web address, with a slash at its end; pages link to it."""
    forge: ForgeKind | None = None
    """What answers there, for hosts whose name does not tell; `none` for no links to the source."""
    branch: Branch | None = None
    """The branch that pages link to; without it, the remote's default branch."""
    aliases: Aliases = Field(default_factory=dict)
    """Names that streams had before, each with the one it has now: old addresses lead there."""
    language: SiteLanguage = "en"
    """In which the pages speak; what people wrote stays as it is."""
    version_pages: PageCount = 100
    """How many of a map's newest versions get a page each, besides those with a tag."""
    pages: Folder = "pages"
    """Folder of pages of one's own, below the root; it need not be there."""


class Settings(Table):
    """Everything that can be set."""

    maps: Folder = "maps"
    """Folder of the maps, below the root."""
    layout_engine: Engine = DEFAULT_ENGINE
    """`graphviz-pure`, `dot` on the search path, or the absolute path of a `dot`."""
    stale_after_days: Days | None = None
    """How old a number may grow before it is marked stale; without it, only `review_by` counts."""
    site: SiteSettings = SiteSettings.model_construct()
    theme: ThemeSettings = ThemeSettings.model_construct()
    check: CheckSettings = CheckSettings.model_construct()


DEFAULTS = Settings.model_construct()
_TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    (): Settings,
    ("site",): SiteSettings,
    ("theme",): ThemeSettings,
    ("theme", "colours"): ThemeColours,
    ("check",): CheckSettings,
    ("check", "folder"): CheckFolder,
}
_KEY = "[key]"
"""How pydantic names the key itself of a table."""


def parse_settings(text: str, path: str, table: tuple[str, ...] = ()) -> Settings | None:
    """Read settings out of a TOML file; None where `table` is not in it.

    Raises
    ------
    ConfigError
        With a finding for everything that is wrong.
    """
    import tomllib

    try:
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError((_syntax(error, text, path),)) from None
    for name in table:
        if not isinstance(data, dict) or name not in data:
            return None
        data = data[name]
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_findings(error, text, path, table)) from None


def _findings(
    error: ValidationError, text: str, path: str, table: tuple[str, ...]
) -> tuple[Finding, ...]:
    from vsmdocs.workspace.toml_places import scan

    places = scan(text)
    lines = text.split("\n")
    findings = []
    for details in error.errors(include_url=False):
        context = details.get("ctx") or {}
        where = tuple(str(key) for key in (*details["loc"], *context.get("below", ())))
        # What is wrong with a key of a table that takes any.
        own_key = where[-1:] == (_KEY,)
        where = where[:-1] if own_key else where
        rule, message, hint = _word(details["type"], context, where)
        key = own_key or rule == "settings-unknown-key"
        place = places.find((*table, *where), key=key)
        findings.append(_finding(path, lines, *place, rule, message, hint))
    return tuple(sorted(findings))


def _word(kind: str, context: dict[str, Any], where: tuple[str, ...]) -> tuple[str, str, str]:
    name = ".".join(part for part in where if not part.isdigit())[:80]
    if kind == "settings-value":
        return kind, f"{name}: {context['message']}", context["hint"]
    if kind == "extra_forbidden":
        return "settings-unknown-key", f"“{name}” is not a setting", _known_keys(where)
    if kind == "missing":
        return "settings-type", f"{name} is missing", f'write it: {where[-1]} = "..."'
    if kind == "literal_error":
        return "settings-value", f"{name} is none of its values", f"write {context['expected']}"
    if kind == "tuple_type" and where[-1:] == ("folder",):
        return "settings-type", f"{name} is a list of tables", "write [[check.folder]]"
    if kind == "tuple_type":
        return "settings-type", f"{name} is a list", 'write ["no-owner"], say'
    if kind == "int_type":
        return "settings-type", f"{name} is a whole number", "write it without quotes: 180"
    if kind == "string_type":
        return "settings-type", f"{name} is text", 'put it in quotes: "like this"'
    return "settings-type", f"{name or 'this'} is a table", f"write [{name}] and its keys below it"


def _known_keys(where: tuple[str, ...]) -> str:
    """Return what an unknown key was to be, or where it belongs."""
    above = tuple(part for part in where[:-1] if not part.isdigit())
    model, key = _TABLES.get(above, Settings), where[-1]
    known = tuple(model.model_fields)
    if near := nearest(key, known):
        return f"did you mean {near}?"
    home = next((table for table, one in _TABLES.items() if key in one.model_fields), ())
    if model is Settings and home:
        return f"{key} belongs below [{'.'.join(home)}]"
    return f"possible keys are {', '.join(known)}"


def _syntax(error: Exception, text: str, path: str) -> Finding:
    said = str(error)
    match = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", said)
    lines = text.split("\n")
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    else:
        line = max((n for n, words in enumerate(lines, 1) if words.strip()), default=1)
        column = len(lines[line - 1]) + 1
    message = f"this is not TOML: {said[: match.start()] if match else said}"
    hint = "text needs quotes around it"
    return _finding(path, lines, line, column, column + 1, "settings-syntax", message, hint)


def _finding(
    path: str,
    lines: list[str],
    line: int,
    column: int,
    end_column: int,
    rule: str,
    message: str,
    hint: str,
) -> Finding:
    source = lines[min(line, len(lines)) - 1].rstrip("\r")
    return Finding(path, line, column, rule, "error", message, hint, end_column, source)
