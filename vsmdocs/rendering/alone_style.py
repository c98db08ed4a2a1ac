"""The colours and lines of pictures, for an SVG file that has no page around it.

Elsewhere there are no custom properties and no `light-dark()`: README files are shown through
proxies, drawings are opened in programs. So the part of the style sheet that draws maps is
written out once with values, light ones, and the dark ones where the reader's system asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

Scheme = Literal["light", "dark"]
FONTS = "system-ui, sans-serif"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_SELECTOR = re.compile(r"\.vsm ([^,:]*(?::not\([^():]*\)[^,:]*)*)")
_MOST = 40
"""Values that refer to values that refer to values: more are a circle."""


class Rule(NamedTuple):
    """One rule of a style sheet, outside of any condition."""

    selectors: str
    declarations: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def tokens(style: str, scheme: Scheme = "light") -> Mapping[str, str]:
    """Return the custom properties of a style sheet's root as plain values, by name."""
    raw: dict[str, str] = {}
    for rule in _rules(style):
        if rule.selectors == ":root":
            raw |= {name: value for name, value in rule.declarations if name[:2] == "--"}
    return {name: _resolved(value, raw, scheme) for name, value in raw.items()}


@lru_cache(maxsize=4)
def alone_style(style: str) -> str:
    """Return the rules that draw a map: light ones, and what differs in the dark."""
    light, dark = [], []
    for rule in (Rule(".vsm .ground", (("fill", "var(--card)"),)), *_rules(style)):
        selectors = _drawing(rule.selectors)
        if not selectors:
            continue
        by_light, by_dark = _values(rule, style, "light"), _values(rule, style, "dark")
        if by_light:
            light.append(_written(selectors, by_light))
        changed = {name: value for name, value in by_dark.items() if by_light[name] != value}
        if changed:
            dark.append(_written(selectors, changed))
    return "".join(light) + "@media(prefers-color-scheme:dark){" + "".join(dark) + "}"


def _values(rule: Rule, style: str, scheme: Scheme) -> dict[str, str]:
    known = tokens(style, scheme)
    found = {}
    for name, value in rule.declarations:
        value = FONTS if name == "font-family" else _resolved(value, known, scheme)
        # Nothing that another file would be asked for, nor what ends the style in the file.
        if not re.search(r"url\(|<|&|var\(", value):
            found[name] = value
    return found


def _drawing(selectors: str) -> str:
    """Return those of some selectors that are about a drawing as it stands still."""
    found = (_SELECTOR.fullmatch(one.strip()) for one in selectors.split(","))
    return ",".join(one[1] for one in found if one and not one[1].startswith("a."))


def _written(selectors: str, values: Mapping[str, str]) -> str:
    return selectors + "{" + ";".join(f"{name}:{value}" for name, value in values.items()) + "}"


@lru_cache(maxsize=2)
def _rules(style: str) -> tuple[Rule, ...]:
    """Return the rules at the top of a style sheet, without conditions and what is in them."""
    style = _COMMENT.sub("", style)
    found = []
    depth, begun, opened = 0, 0, 0
    for place in re.finditer(r"[{}]", style):
        if place[0] == "{":
            opened = place.start() if depth == 0 else opened
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            selectors, body = style[begun:opened].strip(), style[opened + 1 : place.start()]
            begun = place.end()
            if selectors == ":root" or (".vsm " in selectors and selectors[:1] != "@"):
                pairs = (part.partition(":") for part in body.split(";") if ":" in part)
                declared = tuple((name.strip(), value.strip()) for name, _, value in pairs)
                found.append(Rule(" ".join(selectors.split()), declared))
    return tuple(found)


def _resolved(value: str, known: Mapping[str, str], scheme: Scheme) -> str:
    for _ in range(_MOST):
        match = _VAR.search(value)
        if match is None or match[1] not in known:
            break
        value = value[: match.start()] + known[match[1]] + value[match.end() :]
    while (start := value.find("light-dark(")) >= 0:
        inside, end = _arguments(value, start + len("light-dark("))
        if len(inside) != 2:
            break
        value = value[:start] + inside[scheme == "dark"].strip() + value[end:]
    return value


def _arguments(value: str, start: int) -> tuple[list[str], int]:
    """Return what stands between the commas of a function, and where it ends."""
    depth, found, begun = 0, [], start
    for place in range(start, len(value)):
        sign = value[place]
        if sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif sign in ",)" and not depth:
            found.append(value[begun:place])
            begun = place + 1
            if sign == ")":
                return found, begun
    return [], len(value)
