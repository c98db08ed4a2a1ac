"""Settings: what can be set, what is refused, and the place of what is wrong.

They are read strictly, because a misspelt key that is passed over looks like a setting that
does nothing. Nothing in them makes this program write outside the project, or run a program
of the project's: a build of somebody else's branch must be no more than a build.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from vsmdocs.errors import ConfigError, Finding
from vsmdocs.model.units import nearest
from vsmdocs.reading.source import forbidden_character

SETTINGS_RULES: dict[str, str] = {
    "settings-syntax": "The settings are TOML in UTF-8.",
    "settings-unknown-key": "Every key of the settings is known.",
    "settings-type": "A setting is of its kind: text, a table.",
    "settings-value": "A setting has a value that can be used.",
}
DEFAULT_ENGINE = "graphviz-pure"


def _problem(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("settings-value", "{message}", {"message": message, "hint": hint})


def _text(longest: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        if bad := forbidden_character(value):
            raise _problem(bad[1].replace("in a map", "here"), bad[2])
        if not value.strip():
            raise _problem("nothing is written here", "write some text, or drop the key")
        if len(value) > longest:
            raise _problem(f"this is {len(value):,} characters long", f"keep it under {longest:,}")
        return value.strip()

    return read


def _folder(value: str) -> str:
    """Read a folder below the root, with forward slashes."""
    path = PurePosixPath(value)
    windows = PureWindowsPath(value)
    if path.is_absolute() or windows.drive or windows.root or "\\" in value:
        raise _problem(
            "a folder is given relative to the project, with forward slashes",
            'write "docs/maps", say',
        )
    if ".." in path.parts:
        raise _problem("this folder lies outside the project", "name a folder below its root")
    if not path.parts:
        raise _problem("the project's root itself cannot be used", "name a folder below it")
    return path.as_posix()


def _web_address(value: str) -> str:
    from urllib.parse import urlsplit

    hint = 'write "https://example.org/streams/", say'
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        raise _problem("this is not a web address", hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        raise _problem("this is not a web address", hint)
    if re.search(r"[\s\"'<>\\]", value):
        raise _problem("a web address has no blanks or quotes in it", "encode them, as in %20")
    if "@" in parts.netloc:
        raise _problem("this address holds a user name or password", "leave out all before the @")
    if parts.query or parts.fragment:
        raise _problem("this address goes on after its path", "leave out all from the ? or # on")
    return value.rstrip("/") + "/"


def _engine(value: str) -> str:
    """Read a layout engine; a program is found by its one known name, not by any path.

    A relative path could name a file of the project itself.
    """
    path = PurePosixPath(value.replace("\\", "/"))
    absolute = PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()
    if value in (DEFAULT_ENGINE, "dot") or (absolute and path.name in ("dot", "dot.exe")):
        return value
    raise _problem(
        f"“{value[:60]}” is not a layout engine",
        f'write "{DEFAULT_ENGINE}", "dot", or the whole path of a program named dot',
    )


def _days(value: int) -> int:
    if not 1 <= value <= 36_500:
        raise _problem(f"{value:,} days cannot be meant", "write 180, say")
    return value


def _pages(value: object) -> object:
    if value == "all" or (type(value) is int and 0 <= value <= 1_000_000):
        return value
    raise _problem("this is no number of pages", 'write 100, say, or "all"')


Line = Annotated[str, AfterValidator(_text(200))]
Folder = Annotated[str, AfterValidator(_text(500)), AfterValidator(_folder)]
WebAddress = Annotated[str, AfterValidator(_text(2_000)), AfterValidator(_web_address)]


class _Table(BaseModel):
    # Most runs find few settings or none: what checks them is built when it is needed.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class SiteSettings(_Table):
    """The table `[site]`."""

    title: Line = "Value streams"
    """Name of the whole site."""
    output: Folder = "site"
    """Where `build` puts it, below the root."""
    base_url: WebAddress | None = None
    """Where it will be published, with a slash at its end; pages never need it to work."""
    repository: WebAddress | None = None
    """The source's web address, with a slash at its end; pages link to it."""
    version_pages: Annotated[int | Literal["all"], BeforeValidator(_pages)] = 100
    """How many of a map's newest versions get a page each, besides those with a tag."""


class Settings(_Table):
    """Everything that can be set."""

    maps: Folder = "maps"
    """Folder of the maps, below the root."""
    layout_engine: Annotated[str, AfterValidator(_engine)] = DEFAULT_ENGINE
    """`graphviz-pure`, `dot` on the search path, or the absolute path of a `dot`."""
    stale_after_days: Annotated[int, AfterValidator(_days)] | None = None
    """How old a number may grow before it is marked stale; without it, only `review_by` counts."""
    site: SiteSettings = SiteSettings.model_construct()


DEFAULTS = Settings.model_construct()


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
        where = tuple(str(key) for key in details["loc"])
        rule, message, hint = _word(details["type"], details.get("ctx") or {}, where)
        place = places.find((*table, *where), key=rule == "settings-unknown-key")
        findings.append(_finding(path, lines, *place, rule, message, hint))
    return tuple(sorted(findings))


def _word(kind: str, context: dict[str, Any], where: tuple[str, ...]) -> tuple[str, str, str]:
    name = ".".join(where)[:80]
    if kind == "settings-value":
        return kind, f"{name}: {context['message']}", context["hint"]
    if kind == "extra_forbidden":
        model: type[BaseModel] = SiteSettings if where[:-1] == ("site",) else Settings
        known = tuple(model.model_fields)
        near = nearest(where[-1], known)
        hint = f"did you mean {near}?" if near else f"possible keys are {', '.join(known)}"
        if not near and model is Settings and where[-1] in SiteSettings.model_fields:
            hint = f"{where[-1]} belongs below [site]"
        return "settings-unknown-key", f"“{name}” is not a setting", hint
    if kind == "int_type":
        return "settings-type", f"{name} is a whole number", "write it without quotes: 180"
    if kind == "string_type":
        return "settings-type", f"{name} is text", 'put it in quotes: "like this"'
    return "settings-type", f"{name or 'this'} is a table", f"write [{name}] and its keys below it"


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
