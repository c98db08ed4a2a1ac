"""What settings say of addresses: the forge, its branch, and names that streams had before."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from vsmdocs.model.units import slugify
from vsmdocs.workspace.setting_values import problem, read_line

ForgeKind = Literal["github", "gitlab", "gitea", "bitbucket", "none"]

# As git-check-ref-format has it.
_NO_BRANCH = re.compile(
    r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/]|/$|\.$|(?:^|/)\.|\.lock(?:/|$)|^@$"
)


def _branch(value: str) -> str:
    if _NO_BRANCH.search(value):
        raise problem("git has no branch of such a name", 'write "main", say')
    return value


def _stream(value: str) -> str:
    better = slugify(value)
    if value != better or not value:
        hint = f"write {better}" if better else "write its folder's name, feature-delivery, say"
        raise problem(f"“{value[:60]}” is no name of a stream", hint)
    return value


def _ending(aliases: dict[str, str]) -> dict[str, str]:
    """Refuse names that lead to one another: each leads to a stream itself."""
    for old, new in aliases.items():
        if new in aliases:
            message = f"“{new}” is an old name itself"
            raise problem(message, "write the name that the stream has now", old)
    return aliases


Branch = Annotated[str, AfterValidator(read_line), AfterValidator(_branch)]
StreamName = Annotated[str, AfterValidator(_stream)]
Aliases = Annotated[dict[StreamName, StreamName], AfterValidator(_ending)]
