"""What a single setting may say: each kind reads what is written, or says what to write.

They are strict, because nothing in settings may make this program write outside the project, or
run a program of the project's: a build of somebody else's branch must be no more than a build.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from vsmdocs.reading.source import forbidden_character

DEFAULT_ENGINE = "graphviz-pure"


def problem(message: str, hint: str, *below: str | int) -> PydanticCustomError:
    """Return what a reader of values raises: what is wrong, and what to write instead.

    `below` leads from the value that is read to the one at fault.
    """
    context = {"message": message, "hint": hint, "below": below}
    return PydanticCustomError("settings-value", "{message}", context)


def _text(longest: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        if bad := forbidden_character(value):
            raise problem(bad[1].replace("in a map", "here"), bad[2])
        if not value.strip():
            raise problem("nothing is written here", "write some text, or drop the key")
        if len(value) > longest:
            raise problem(f"this is {len(value):,} characters long", f"keep it under {longest:,}")
        return value.strip()

    return read


def read_folder(value: str) -> str:
    """Read a folder below the root, with forward slashes."""
    path = PurePosixPath(value)
    windows = PureWindowsPath(value)
    if path.is_absolute() or windows.drive or windows.root or "\\" in value:
        raise problem(
            "a folder is given relative to the project, with forward slashes",
            'write "docs/maps", say',
        )
    if ".." in path.parts:
        raise problem("this folder lies outside the project", "name a folder below its root")
    if not path.parts:
        raise problem("the project's root itself cannot be used", "name a folder below it")
    return path.as_posix()


def _web_address(value: str) -> str:
    from urllib.parse import urlsplit

    hint = 'write "https://example.org/streams/", say'
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        raise problem("this is not a web address", hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        raise problem("this is not a web address", hint)
    if re.search(r"[\s\"'<>\\]", value):
        raise problem("a web address has no blanks or quotes in it", "encode them, as in %20")
    if "@" in parts.netloc:
        raise problem("this address holds a user name or password", "leave out all before the @")
    if parts.query or parts.fragment:
        raise problem("this address goes on after its path", "leave out all from the ? or # on")
    return value.rstrip("/") + "/"


def _engine(value: str) -> str:
    """Read a layout engine; a program is found by its one known name, not by any path.

    A relative path could name a file of the project itself.
    """
    path = PurePosixPath(value.replace("\\", "/"))
    absolute = PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()
    if value in (DEFAULT_ENGINE, "dot") or (absolute and path.name in ("dot", "dot.exe")):
        return value
    raise problem(
        f"“{value[:60]}” is not a layout engine",
        f'write "{DEFAULT_ENGINE}", "dot", or the whole path of a program named dot',
    )


def _days(value: int) -> int:
    if not 1 <= value <= 36_500:
        raise problem(f"{value:,} days cannot be meant", "write 180, say")
    return value


def _pages(value: object) -> object:
    if value == "all" or (type(value) is int and 0 <= value <= 1_000_000):
        return value
    raise problem("this is no number of pages", 'write 100, say, or "all"')


read_line = _text(200)
"""Read one line of text."""
Line = Annotated[str, AfterValidator(read_line)]
Folder = Annotated[str, AfterValidator(_text(500)), AfterValidator(read_folder)]
WebAddress = Annotated[str, AfterValidator(_text(2_000)), AfterValidator(_web_address)]
Engine = Annotated[str, AfterValidator(_engine)]
Days = Annotated[int, AfterValidator(_days)]
SiteLanguage = Literal["en", "he"]
"""Those that have a catalogue, in `vsmdocs.language`."""
PageCount = Annotated[int | Literal["all"], BeforeValidator(_pages)]


class Table(BaseModel):
    """A table of settings, all of whose keys are known."""

    # Most runs find few settings or none: what checks them is built when it is needed.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
