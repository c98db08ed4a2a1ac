"""A page of a project's own: Markdown, with a few keys before it if there is more to say."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.model.units import nearest
from vsmdocs.reading.frontmatter import split_frontmatter
from vsmdocs.reading.source import BODY_BYTES, SourceText, read_source

KEYS = ("title", "order", "description", "nav")
_LONGEST = 200
_YES, _NO = ("true", "yes"), ("false", "no")


class OwnText(NamedTuple):
    """A page as it was written."""

    path: str
    title: str
    """As the keys say it; nothing where the first heading is to be it."""
    order: int
    description: str
    nav: bool
    """Whether the navigation leads to it."""
    body: str
    body_line: int
    """Number of the body's first line."""
    source: SourceText
    findings: tuple[Finding, ...]
    """What is worth a look, and keeps the page from nothing."""


def read_own_page(path: str, data: bytes) -> OwnText:
    """Read one page, or raise `InvalidMap` where it is no text or its keys are no YAML."""
    try:
        source = read_source(path, data)
    except InvalidMap as invalid:
        raise InvalidMap(tuple(map(_of_a_page, invalid.findings[:10]))) from None
    if source.cut or len(source.text.encode()) > BODY_BYTES:
        message = f"this page is longer than {BODY_BYTES // 1024} KB"
        raise InvalidMap((source.finding(1, 1, "page-too-long", message, "make two of it"),))
    if source.lines[0].rstrip(" \t") != "---":
        return OwnText(path, "", 0, "", True, source.text, 1, source, ())
    front = split_frontmatter(source)
    # Most pages have no keys, and no need of a parser.
    from vsmdocs.reading.strict_yaml import read_yaml

    tree = read_yaml(front.text, source, front.first_line) if front.text.strip() else None
    data_of = tree.data if tree is not None else {}
    if tree is not None and (tree.findings or data_of is None):
        raise InvalidMap(tuple(map(_of_a_page, tree.findings)))
    said: dict[str, str] = {}
    found: list[Finding] = []
    for key, value in (data_of or {}).items():
        assert tree is not None
        if key not in KEYS:
            near = nearest(key, KEYS)
            hint = f"did you mean {near}?" if near else f"possible keys are {', '.join(KEYS)}"
            place = tree.marks.region((key,), key=True)
            found.append(_warning(source, place, f"“{key[:60]}” is no key of a page", hint))
        elif (wrong := _wrong(key, value)) is not None:
            found.append(_warning(source, tree.marks.region((key,)), *wrong))
        elif isinstance(value, str):
            said[key] = value.strip()
    return OwnText(
        path,
        said.get("title", ""),
        int(said.get("order", "0")),
        said.get("description", ""),
        said.get("nav", "true").lower() in _YES,
        front.body,
        front.body_line,
        source,
        tuple(found),
    )


def _wrong(key: str, value: object) -> tuple[str, str] | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return f"{key} is a single value", f"write {key}: and the value behind it"
    if key == "order":
        digits = value.strip().removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
            return "order is a whole number", "write order: 10"
    if key == "nav" and value.strip().lower() not in (*_YES, *_NO):
        return "nav is true or false", "write nav: false"
    if len(value) > _LONGEST:
        return f"{key} is longer than {_LONGEST} characters", "keep it short"
    return None


def _warning(source: SourceText, place: tuple[int, int, int], message: str, hint: str) -> Finding:
    line, column, end = place
    found = source.finding(line, column, "page-keys", message, hint, end_column=end)
    return replace(found, severity="warning")


def _of_a_page(finding: Finding) -> Finding:
    return replace(finding, message=finding.message.replace("in a map", "here"))
